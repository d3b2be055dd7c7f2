import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { layOut, type Line } from '../../../../supabase/local/simulators/vapi/conversation.ts'
import { createPacer } from '../../../../supabase/local/simulators/shared/pacer.ts'
import { syllablesOf } from '../../../../supabase/local/simulators/vapi/syllables.ts'

const LINES: Line[] = [['assistant', 'Good morning, do you have a minute for me?'], ['contact', 'Yes. Go ahead, please.'], ['assistant', 'Thank you very much indeed.']]

describe('a conversation in time', () => {
  test('has turns one after the other, each with its words inside it', () => {
    const { turns, seconds, isCut } = layOut(LINES, 600)
    expect([turns.map((turn) => turn.text), isCut]).toEqual([LINES.map(([, text]) => text), false])
    let end = 0
    for (const turn of turns) {
      expect(turn.startsAt).toBeGreaterThan(end)
      end = turn.startsAt + turn.seconds
      for (const word of turn.words) expect(word.startsAt + word.seconds).toBeLessThanOrEqual(end + 0.002)
    }
    expect(seconds).toBeGreaterThan(end)
  })

  test.each([1, 2, 3.3, 4, 5])('cut at %d seconds holds only what was heard until then', (maximum) => {
    const { turns, seconds, isCut } = layOut(LINES, maximum)
    expect([seconds, isCut]).toEqual([maximum, true])
    for (const turn of turns) expect(turn.startsAt + turn.seconds).toBeLessThanOrEqual(maximum)
    expect(LINES.map(([, text]) => text).join(' ').startsWith(turns.map((turn) => turn.text).join(' '))).toBe(true)
  })

  test('without lines lasts no time', () => {
    expect(layOut([], 600)).toMatchObject({ turns: [], seconds: 0, isCut: false })
  })

  test.each([['minute', 2], ['rough', 1], ['assistant', 3], ['e-mail', 2], ['21', 2], ['Zürich', 2], ['…', 0], ['شكرا', 2]])('%s has %i syllables', (word, count) => {
    expect(syllablesOf(word)).toHaveLength(count)
  })
})

describe('the pacer', () => {
  test('divides waiting by the speed, and a new speed reaches those who wait already', async () => {
    const pacer = createPacer(0.001)
    const start = performance.now()
    const waiting = pacer.wait(60)
    pacer.setSpeed(6000)
    await waiting
    expect(performance.now() - start).toBeGreaterThanOrEqual(8)
    expect(performance.now() - start).toBeLessThan(20_000)
    expect(pacer.waitingCount()).toBe(0)
  })

  test('takes off what was waited before the speed changed', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const pacer = createPacer(1)
    let isOver = false
    void pacer.wait(10).then(() => (isOver = true))
    await vi.advanceTimersByTimeAsync(5000)
    pacer.setSpeed(5)
    await vi.advanceTimersByTimeAsync(990)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(20)
    expect(isOver).toBe(true)
  })

  test('lets nobody wait when it closes', async () => {
    const pacer = createPacer(1)
    const waiting = pacer.wait(3600)
    pacer.close()
    await expect(waiting).rejects.toThrow()
    await expect(pacer.wait(1)).rejects.toThrow()
  })

  test.each([0, -1, Number.NaN])('knows no speed of %d', (speed) => {
    expect(() => createPacer(speed)).toThrow(RangeError)
  })
})
