import type { Sleep } from '../../models/runtime.ts'
import { processCallEvents, type ProcessDeps } from './processCallEvents.ts'

export interface EventWorkerDeps extends ProcessDeps {
  sleep: Sleep
}

/** Between two runs: one run for the events of a tenth of a second plans and announces once for all of them, and nobody sees a tenth of a second. */
const restMs = 100

/**
 * Works on the inbox, one run at a time in this process however many webhooks ask, and the first at once: what arrives during
 * a run or the rest after it is taken along by the next, in one batch. Without the rest a busy host would run without a pause
 * for a few events each, and the webhooks that it should answer would wait for the database. A campaign that was announced
 * within the last half second keeps its newest change back; the worker stays until it may be told, because otherwise it would
 * wait for the next tick.
 */
export function createEventWorker(deps: EventWorkerDeps): () => Promise<void> {
  let running: Promise<void> | null = null
  let isAsked = false
  let interrupt = () => {}
  let rest: Promise<void> = Promise.resolve()

  async function run() {
    for (let unsentMs: number | null = 0; isAsked || unsentMs !== null;) {
      await rest
      isAsked = false
      unsentMs = await processCallEvents(deps)
      rest = deps.sleep(restMs)
      if (unsentMs !== null && !isAsked) await Promise.race([deps.sleep(unsentMs), new Promise<void>((wake) => { interrupt = wake })])
    }
  }

  return () => {
    isAsked = true
    interrupt()
    running ??= run().finally(() => { running = null })
    return running
  }
}
