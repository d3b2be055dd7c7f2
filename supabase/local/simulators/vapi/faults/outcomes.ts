/** Faults in how a call ends, and in what is told of it afterwards. */
import type { Message } from '../messages.ts'
import { brokenOff, neverDialled, refusedByTrunk } from '../scripts/failures.ts'
import { OVER_CONCURRENCY } from './answers.ts'
import type { Fault } from './fault.ts'
import { isReport } from './webhooks.ts'

export const outcomes: Fault[] = [
  { name: 'unknown_reason', description: 'Ends with a reason that nobody has heard of.', script: (script) => ({ ...script, endedReason: 'something-nobody-has-heard-of' }) },
  { name: 'breaks_off', description: 'The model breaks after the person has begun to speak.', script: brokenOff },
  { name: 'concurrency_ended', description: 'Accepts, then ends for concurrency before it dials.', script: (script) => neverDialled(script, OVER_CONCURRENCY) },
  { name: 'sip_503', description: 'The trunk answers 503, as it does when it is dialled too fast.', script: refusedByTrunk },
  { name: 'out_of_credits', description: 'The subscription has no money left.', script: (script) => neverDialled(script, 'call.start.error-subscription-insufficient-credits') },
  { name: 'null_cost', description: 'Reports cost null, and keeps it.', ended: (call) => void (call.cost = null) },
  {
    name: 'late_cost', description: 'Reports no cost; who asks later learns it.',
    deliver: ({ send }) => (message) => send(isReport(message) ? { ...message, cost: undefined, costs: undefined, costBreakdown: undefined } : message),
  },
  { name: 'reversed_times', description: 'Reports an end before the start.', deliver: changingReport(({ startedAt, endedAt, ...report }) => ({ ...report, startedAt: endedAt, endedAt: startedAt })) },
  {
    name: 'times_in_call', description: 'Reports the times inside the call alone.',
    deliver: changingReport(({ startedAt, endedAt, ...report }) => ({ ...report, call: { ...report.call as object, startedAt, endedAt } })),
  },
  {
    name: 'bare_report', description: 'The report has empty texts and no artifact, analysis, cost or times.',
    deliver: changingReport(({ type, timestamp, endedReason, call }) => ({ type, timestamp, endedReason, call, transcript: '', summary: '', recordingUrl: '' })),
  },
  {
    name: 'null_verdict', description: 'The analysis has no verdict and no data.',
    deliver: changingReport((report) => ({ ...report, analysis: { ...report.analysis as object, successEvaluation: null, structuredData: null } })),
  },
  {
    name: 'no_analysis', description: 'The analysis failed: no summary, no verdict and no data.',
    deliver: changingReport((report) => ({ ...report, analysis: {}, summary: '' })),
  },
  {
    name: 'invented_summary', description: 'The summary describes another conversation, as models do after a voicemail.',
    script: (script) => ({ ...script, analysis: {
      summary: 'The caller asked about opening hours and ordered two pizzas.', isSuccess: true,
      facts: { disposition: 'interested', sentiment: 'positive', interest: 9, opt_out: false, is_right_person: true },
    } }),
  },
]

/** Changes what is told, not what is true: who asks the provider hears the truth. */
function changingReport(change: (report: Message) => Message): Fault['deliver'] {
  return ({ send }) => (message) => send(isReport(message) ? change(message) : message)
}
