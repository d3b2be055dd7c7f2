// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useAutosave } from '../../../../app/composables/useAutosave.ts'
import { AppError } from '../../../../business/models/appError.ts'

interface Saved { revision: number, saved_at: string | null }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(save: (text: string, revision: number) => Promise<Saved>) {
  const text = ref('first')
  const scope = effectScope()
  const draft = scope.run(() => useAutosave({ start: { revision: 4, saved_at: null }, content: () => text.value, mayWrite: () => true, save }))!
  const pause = async (ms = 1000) => {
    await nextTick()
    await vi.advanceTimersByTimeAsync(ms)
  }
  return { text, draft, pause, close: () => scope.stop() }
}

const answering = () => {
  const sent: [string, number][] = []
  return { sent, save: async (text: string, revision: number): Promise<Saved> => {
    sent.push([text, revision])
    return { revision: revision + 1, saved_at: 'now' }
  } }
}

describe('a text that saves itself', () => {
  it('is sent once nobody types, with the revision it was read with, and the next with the one it led to', async () => {
    const { sent, save } = answering()
    const { text, draft, pause } = open(save)
    text.value = 's'
    await pause(500)
    text.value = 'second'
    await pause(500)
    expect([draft.state.value, sent]).toEqual(['waiting', []])
    await pause()
    text.value = 'third'
    await pause()
    expect(sent).toEqual([['second', 4], ['third', 5]])
    expect([draft.state.value, draft.revision.value]).toEqual(['saved', 6])
  })

  it('hears of a newer text before its own is refused, writes nothing over it, and takes its place only when told to', async () => {
    const { sent, save } = answering()
    const { text, draft, pause } = open(save)
    draft.hear({ revision: 4, by_name: 'Bo' })
    expect(draft.state.value, 'its own').toBe('saved')
    text.value = 'mine'
    draft.hear({ revision: 6, by_name: 'Bo' })
    await pause(5000)
    expect([draft.state.value, draft.conflict.value, sent]).toEqual(['conflict', { revision: 6, by_name: 'Bo' }, []])
    await draft.overwrite()
    expect([draft.state.value, sent]).toEqual(['saved', [['mine', 6]]])
    draft.hear({ revision: 9, by_name: null })
    await draft.overwrite()
    expect(sent.at(-1), 'also a text that was saved already').toEqual(['mine', 9])
  })

  it('leaves the answer to what is on its way', async () => {
    let answer = () => {}
    const { text, draft, pause } = open(() => new Promise((resolve) => (answer = () => resolve({ revision: 5, saved_at: 'now' }))))
    text.value = 'mine'
    await pause()
    draft.hear({ revision: 5, by_name: null })
    expect(draft.state.value).toBe('saving')
    answer()
    await pause()
    expect([draft.state.value, draft.conflict.value]).toEqual(['saved', null])
  })

  it('sends one at a time, and what was typed meanwhile after it', async () => {
    const answers: (() => void)[] = []
    const sent: [string, number][] = []
    const { text, draft, pause } = open((words, revision) => new Promise((resolve) => {
      sent.push([words, revision])
      answers.push(() => resolve({ revision: revision + 1, saved_at: 'now' }))
    }))
    text.value = 'second'
    await pause()
    text.value = 'third'
    await pause(5000)
    expect(sent).toEqual([['second', 4]])
    answers[0]?.()
    await pause()
    expect(sent).toEqual([['second', 4], ['third', 5]])
    answers[1]?.()
    await pause()
    expect(draft.state.value).toBe('saved')
  })

  it('stops where somebody else was faster, until a person keeps their own', async () => {
    const { sent, save } = answering()
    const refused = new AppError('conflict', 'Changed', { revision: 9, by_name: 'Bea' })
    const { text, draft, pause } = open((words, revision) => (revision === 4 ? Promise.reject(refused) : save(words, revision)))
    text.value = 'mine'
    await pause()
    expect([draft.state.value, draft.conflict.value]).toEqual(['conflict', { revision: 9, by_name: 'Bea' }])
    text.value = 'mine, longer'
    await pause(5000)
    expect(sent).toEqual([])
    expect(await draft.overwrite()).toBe(true)
    expect(sent).toEqual([['mine, longer', 9]])
  })

  it('says what failed, keeps it, and sends it again when asked', async () => {
    const { sent, save } = answering()
    let isDown = true
    const { text, draft, pause } = open((words, revision) => (isDown ? Promise.reject(new Error('down')) : save(words, revision)))
    text.value = 'kept'
    await pause()
    expect(draft.state.value).toBe('failed')
    isDown = false
    expect(await draft.flush()).toBe(true)
    expect([draft.state.value, sent]).toEqual(['saved', [['kept', 4]]])
  })

  it('sends at once what is not saved when its page goes away', async () => {
    const { sent, save } = answering()
    const { text, close } = open(save)
    text.value = 'last words'
    await nextTick()
    close()
    expect(sent).toEqual([['last words', 4]])
  })
})
