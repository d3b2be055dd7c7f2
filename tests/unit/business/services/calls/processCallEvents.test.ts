import { describe, expect, it } from 'vitest'
import { processCallEvents } from '../../../../../business/services/calls/processCallEvents.ts'

async function batchesFor(answers: { processed: number, pending: number }[]): Promise<number> {
  let batches = 0
  await processCallEvents({ dials: { processEvents: async () => answers[Math.min(batches++, answers.length - 1)]! } })
  return batches
}

describe('processCallEvents', () => {
  it('goes on until the inbox is empty', async () => {
    expect(await batchesFor([{ processed: 200, pending: 30 }, { processed: 30, pending: 0 }])).toBe(2)
  })

  it('leaves events to the next tick that somebody else is working on', async () => {
    expect(await batchesFor([{ processed: 0, pending: 5 }])).toBe(1)
  })

  it('ends after twenty batches, however much arrives meanwhile', async () => {
    expect(await batchesFor([{ processed: 200, pending: 1000 }])).toBe(20)
  })
})
