import { describe, expect, it } from 'vitest'
import { createEventWorker } from '../../../../../business/services/calls/eventWorker.ts'

const REST_MS = 100

/** A database that answers when the test lets it, and a sleep that ends when the test says so; rests end at once unless it says so, too. */
function stage(unsent: (number | null)[], { rests = false } = {}) {
  const batches: (() => void)[] = []
  const sleeps: { ms: number, end: () => void }[] = []
  const work = createEventWorker({
    dials: {
      processEvents: () => new Promise((resolve) => {
        batches.push(() => resolve({ processed: 1, pending: 0, unsent_ms: unsent.shift() ?? null }))
      }),
    },
    sleep: (ms) => (ms === REST_MS && !rests ? Promise.resolve() : new Promise((end) => sleeps.push({ ms, end }))),
  })
  return { work, batches, sleeps }
}

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('createEventWorker', () => {
  it('takes along in one more run whatever was asked for during a run', async () => {
    const { work, batches } = stage([])
    const first = work()
    await settle()
    expect(batches).toHaveLength(1)
    const all = [first, work(), work()]
    batches[0]!()
    await settle()
    expect(batches).toHaveLength(2)
    batches[1]!()
    await Promise.all(all)
    expect(batches).toHaveLength(2)
  })

  it('begins at once, and rests between two runs so that many events share one', async () => {
    const { work, batches, sleeps } = stage([], { rests: true })
    const first = work()
    await settle()
    batches[0]!()
    await first
    expect(sleeps).toMatchObject([{ ms: REST_MS }])
    const all = [work(), work()]
    await settle()
    expect(batches).toHaveLength(1)
    sleeps[0]!.end()
    await settle()
    expect(batches).toHaveLength(2)
    batches[1]!()
    await Promise.all(all)
    expect(batches).toHaveLength(2)
  })

  it('comes back when what was kept back may be announced', async () => {
    const { work, batches, sleeps } = stage([380])
    const done = work()
    await settle()
    batches[0]!()
    await settle()
    expect(sleeps).toMatchObject([{ ms: 380 }])
    sleeps[0]!.end()
    await settle()
    batches[1]!()
    await done
    expect(batches).toHaveLength(2)
  })

  it('does not let a new event wait for an announcement', async () => {
    const { work, batches, sleeps } = stage([380])
    const first = work()
    await settle()
    batches[0]!()
    await settle()
    expect(sleeps).toHaveLength(1)
    const second = work()
    await settle()
    expect(batches).toHaveLength(2)
    batches[1]!()
    await Promise.all([first, second])
  })

  it('tells everybody who asked when the database fails, and works again when asked again', async () => {
    let attempts = 0
    const work = createEventWorker({
      dials: { processEvents: async () => { if (attempts++ === 0) throw new Error('gone'); return { processed: 0, pending: 0, unsent_ms: null } } },
      sleep: async () => {},
    })
    await expect(work()).rejects.toThrow('gone')
    await work()
    expect(attempts).toBe(2)
  })
})
