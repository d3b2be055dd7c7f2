import { describe, expect, it } from 'vitest'
import { linesAfter, turnAt, turnSpans, type LiveLine, type Turn } from '../../../../business/models/callRecord.ts'

const turn = (seconds_from_start: number | null): Turn => ({ role: 'contact', text: '', seconds_from_start, duration_seconds: null })
const line = (role: LiveLine['role'], text: string, is_final: boolean): LiveLine => ({ role, text, is_final })

describe('turnAt', () => {
  it('is the last turn that has begun', () => {
    expect([0, 3.9, 4, 60].map((second) => turnAt([turn(0), turn(4), turn(9)], second))).toEqual([0, 0, 1, 2])
  })

  it('is none before the first, and never one without a time', () => {
    expect(turnAt([turn(2), turn(null)], 1)).toBe(-1)
    expect(turnAt([turn(2), turn(null)], 5)).toBe(0)
  })
})

describe('linesAfter', () => {
  it('replaces what was only heard by what was meant', () => {
    const heard = linesAfter([], line('contact', 'Yes this', false))
    expect(linesAfter(heard, line('contact', 'Yes, this is Grace.', true))).toEqual([line('contact', 'Yes, this is Grace.', true)])
  })

  it('keeps finished lines and what the other one is saying', () => {
    const lines = [line('assistant', 'Hello.', true), line('assistant', 'How', false)]
    expect(linesAfter(lines, line('contact', 'Hi', false)).map(({ text }) => text)).toEqual(['Hello.', 'How', 'Hi'])
  })
})

describe('turnSpans', () => {
  it('lasts as long as was said, else until the next turn, and never beyond the recording', () => {
    const turns = [{ ...turn(0), duration_seconds: 3 }, turn(4), turn(null), { ...turn(9), duration_seconds: 60 }]
    expect(turnSpans(turns, 20).map(({ from, to }) => [from, to])).toEqual([[0, 3], [4, 9], [9, 20]])
  })
})
