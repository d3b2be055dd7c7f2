import type { Sleep } from '../../models/runtime.ts'
import { processCallEvents, type ProcessDeps } from './processCallEvents.ts'

export interface EventWorkerDeps extends ProcessDeps {
  sleep: Sleep
}

/**
 * Works on the inbox, one run at a time in this process however many webhooks ask: what arrives during a run is taken along
 * by the next, in one batch. A campaign that was announced within the last half second keeps its newest change back; the
 * worker stays until it may be told, because otherwise it would wait for the next tick.
 */
export function createEventWorker(deps: EventWorkerDeps): () => Promise<void> {
  let running: Promise<void> | null = null
  let isAsked = false
  let interrupt = () => {}

  async function run() {
    for (let unsentMs: number | null = 0; isAsked || unsentMs !== null;) {
      isAsked = false
      unsentMs = await processCallEvents(deps)
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
