import { describe, expect, it } from 'vitest'
import { processCallEvents } from '../../../../../business/services/calls/processCallEvents.ts'

interface Answer { processed: number, pending: number, unsent_ms?: number }

async function run(answers: Answer[]) {
  let batches = 0
  const answer = () => ({ unsent_ms: null, ...answers[Math.min(batches++, answers.length - 1)]! })
  const unsentMs = await processCallEvents({ dials: { processEvents: async () => answer() } })
  return { batches, unsentMs }
}

describe('processCallEvents', () => {
  it('goes on until the inbox is empty', async () => {
    expect(await run([{ processed: 200, pending: 30 }, { processed: 30, pending: 0 }])).toEqual({ batches: 2, unsentMs: null })
  })

  it('leaves events to the next tick that somebody else is working on', async () => {
    expect(await run([{ processed: 0, pending: 5 }])).toMatchObject({ batches: 1 })
  })

  it('ends after twenty batches, however much arrives meanwhile', async () => {
    expect(await run([{ processed: 200, pending: 1000 }])).toMatchObject({ batches: 20 })
  })

  it('says when what was kept back may be announced, as the last batch found it', async () => {
    const answers = [{ processed: 200, pending: 30, unsent_ms: 500 }, { processed: 30, pending: 0, unsent_ms: 420 }]
    expect(await run(answers)).toMatchObject({ unsentMs: 420 })
  })
})
