import type { Clock } from '../../models/runtime.ts'
import type { HealthRepository } from '../../repositories/healthRepository.ts'

export interface HealthReport { isWell: boolean, parts: { database: boolean, beat: boolean, inbox: boolean } }

/** Whether each part keeps up. A database that does not answer is an answer, too: nothing can be said of the others then. */
export async function checkHealth({ health }: { health: Pick<HealthRepository, 'check'> }): Promise<HealthReport> {
  try {
    const { beat, inbox } = await health.check()
    return { isWell: beat && inbox, parts: { database: true, beat, inbox } }
  } catch {
    return { isWell: false, parts: { database: false, beat: false, inbox: false } }
  }
}

/** Asks again only after a while; everybody who asks meanwhile waits for, or gets, the same answer. */
export function rememberFor<T>(ms: number, clock: Clock, ask: () => Promise<T>): () => Promise<T> {
  let known: { answer: Promise<T>, until: number } | undefined
  return () => {
    if (!known || clock() >= known.until) known = { answer: ask(), until: clock() + ms }
    return known.answer
  }
}
