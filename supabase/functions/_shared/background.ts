import type { Log } from '../../../business/models/runtime.ts'

interface EdgeGlobal {
  EdgeRuntime?: { waitUntil: (work: Promise<unknown>) => void }
}

/**
 * Goes on working after the answer was sent. The edge runtime keeps the worker alive for it; where there is no such
 * runtime the process lives on anyway. What fails here has no caller left, so it is logged, never thrown.
 */
export function runInBackground(log: Log, work: () => Promise<unknown>): void {
  const guarded = work().catch((error: unknown) => log('error', 'background.failed', { error: String(error) }))
  ;(globalThis as EdgeGlobal).EdgeRuntime?.waitUntil(guarded)
}
