import type { DialRepository } from '../../repositories/dialRepository.ts'

export interface ProcessDeps {
  dials: Pick<DialRepository, 'processEvents'>
}

const eventsPerBatch = 200
const mostBatches = 20

/**
 * Lets the database work through the inbox until it is empty. A batch without progress means that somebody else holds the
 * accounts, or that only quarantined events are left; the next tick looks again. Answers in how many milliseconds the
 * changes that may not be announced yet can be; null when everybody heard everything.
 */
export async function processCallEvents({ dials }: ProcessDeps): Promise<number | null> {
  for (let batch = 1; ; batch++) {
    const { processed, pending, unsent_ms } = await dials.processEvents(eventsPerBatch)
    if (pending === 0 || processed === 0 || batch === mostBatches) return unsent_ms
  }
}
