/** Calls that no person decides: the provider or its trunk gives up. */
import type { Script } from './script.ts'

/** Queued, then ended: nothing was dialled. */
export const neverDialled = (script: Script, endedReason: string): Script => ({ plot: script.plot, endedReason, ringSeconds: 0, neverRang: true })

/** The trunk refuses, as it does when it is dialled too fast. */
export const refusedByTrunk = (script: Script): Script =>
  ({ plot: script.plot, endedReason: 'call.in-progress.error-providerfault-outbound-sip-503-service-unavailable', ringSeconds: 1 })

/** The person had begun to speak when the provider's model broke. */
export function brokenOff(script: Script): Script {
  const lines = (script.lines ?? []).slice(0, 2)
  return { ...script, lines, endedReason: 'pipeline-error-openai-llm-failed', analysis: undefined, silenceAtEnd: undefined }
}
