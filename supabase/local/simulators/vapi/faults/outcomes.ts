/** Faults in how a call ends. */
import { OVER_CONCURRENCY } from './answers.ts'
import type { Fault } from './fault.ts'

export const outcomes: Fault[] = [
  { name: 'unknown_reason', description: 'Ends with a reason that nobody has heard of.', script: (script) => ({ ...script, endedReason: 'something-nobody-has-heard-of' }) },
  { name: 'null_cost', description: 'Reports cost null.', ended: (call) => void (call.cost = null) },
  { name: 'concurrency_ended', description: 'Accepts, then ends for concurrency before it dials.', script: () => ({ endedReason: OVER_CONCURRENCY, ringSeconds: 0, neverRang: true }) },
  { name: 'sip_503', description: 'The trunk answers 503, as it does when it is dialled too fast.', script: () => ({ endedReason: 'call.in-progress.error-providerfault-outbound-sip-503-service-unavailable', ringSeconds: 1 }) },
  { name: 'out_of_credits', description: 'The subscription has no money left.', script: () => ({ endedReason: 'call.start.error-subscription-insufficient-credits', ringSeconds: 0, neverRang: true }) },
  {
    name: 'invented_summary', description: 'The summary describes another conversation, as models do after a voicemail.',
    script: (script) => ({ ...script, analysis: { summary: 'The caller asked about opening hours and ordered two pizzas.', isSuccess: true, facts: {} } }),
  },
]
