import type { DialRepository } from '../../repositories/dialRepository.ts'

export interface ProcessDeps {
  dials: Pick<DialRepository, 'processEvents'>
}

const eventsPerBatch = 200
const mostBatches = 20

/**
 * Lets the database work through the inbox until it is empty. A batch without progress means that somebody else holds the
 * accounts, or that only quarantined events are left; the next tick looks again.
 */
export async function processCallEvents({ dials }: ProcessDeps): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch++) {
    const { processed, pending } = await dials.processEvents(eventsPerBatch)
    if (pending === 0 || processed === 0) return
  }
}
