/** What becomes of a phone that rings, and what the carrier says about it on the way. */
import type { Agenda } from './agenda.ts'
import { conversationOf, type CarrierCall, type Fate } from './carrierCall.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'

export interface CarrierOptions {
  agenda: Agenda
  random: Random
  faults: Pick<Faults, 'areOver'>
  post: (body: object) => void
  /** How often which fate, where it is not what faults and their end make of it. */
  fates?: Readonly<Record<Fate, number>>
}

const usually: Readonly<Record<Fate, number>> = {
  talks: 30, interested: 4, 'talks to the end': 3, 'opts out': 4, 'asks for a call': 4, machine: 14, silence: 3, busy: 12, 'rings out': 18, 'breaks before': 5, 'breaks while talking': 3,
  'never rings': 2, 'unknown reason': 2,
}

/** When the faults are over most calls are the last one of their contact: the end comes sooner, and time is left for faults. */
const atLast = { ...usually, talks: 200 }

const reasons: Readonly<Record<Fate, string>> = {
  talks: 'customer-ended-call', interested: 'customer-ended-call', 'talks to the end': 'exceeded-max-duration', 'opts out': 'assistant-ended-call', 'asks for a call': 'assistant-ended-call', machine: 'voicemail', silence: 'silence-timed-out',
  busy: 'customer-busy', 'rings out': 'customer-did-not-answer', 'breaks before': 'call.in-progress.error-providerfault-outbound-sip-503-service-unavailable',
  'breaks while talking': 'pipeline-error-openai-llm-failed', 'never rings': 'call.start.error-get-transport', 'unknown reason': 'solar-flare',
}

/** What the assistant asks of us in the middle of a conversation. */
const requests: Partial<Record<Fate, (now: number) => object>> = {
  'opts out': () => ({ name: 'opt_out', parameters: { reason: 'Please do not call me again.' } }),
  'asks for a call': (now) => ({ name: 'schedule_callback', parameters: { callback_at: new Date(now + 26 * 3_600_000).toISOString().slice(0, 19) } }),
}

const silent: readonly Fate[] = ['busy', 'rings out', 'breaks before', 'never rings', 'unknown reason']

/** Lays out the whole life of a call: what happens when, and which message tells it. */
export function liveOut(call: CarrierCall, { agenda, random, faults, post, fates }: CarrierOptions): void {
  call.fate = random.weighted(fates ?? (faults.areOver() ? atLast : usually))
  const say = (message: object) => post({ message: { ...message, timestamp: agenda.now(), call: { id: call.id, name: call.attemptId, status: 'queued' } } })
  const status = (name: CarrierCall['status'], more: object = {}) => {
    call.status = name
    say({ type: 'status-update', status: name, ...more })
  }
  const ringsAfter = random.integer(500, 4_000)
  const picksUpAfter = ringsAfter + random.integer(3_000, 25_000)
  const talkMs = talkTime(call, random)
  if (call.fate !== 'never rings') agenda.after(ringsAfter, () => status('ringing'))
  if (!silent.includes(call.fate)) {
    agenda.after(picksUpAfter, () => {
      call.startedAt = agenda.now()
      status('in-progress')
    })
    const request = requests[call.fate]
    // VAPI does not repeat a tool call: the assistant waits for the answer in the middle of a sentence.
    if (request) agenda.after(picksUpAfter + talkMs / 2, () => say({ type: 'tool-calls', toolCallList: [{ id: `tool-${call.id}`, ...request(agenda.now()) }] }))
  }
  agenda.after(picksUpAfter + talkMs, () => {
    call.endedAt = agenda.now()
    call.endedReason = reasons[call.fate]
    status('ended', { endedReason: call.endedReason })
    agenda.after(random.integer(5_000, 15_000), () => {
      call.cost = call.startedAt === null ? 0 : Math.round(talkMs / 600) / 1000
      say(reportOf(call))
    })
  })
}

function talkTime(call: CarrierCall, random: Random): number {
  if (silent.includes(call.fate)) return call.fate === 'never rings' ? 60_000 : 0
  const longest = call.longestSeconds * 1000
  if (call.fate === 'talks to the end') return longest + random.integer(0, 4_000)
  return Math.min(longest, random.integer(2_000, 150_000))
}

function reportOf(call: CarrierCall): object {
  return {
    type: 'end-of-call-report', endedReason: call.endedReason, cost: call.cost, endedAt: new Date(call.endedAt ?? 0).toISOString(),
    ...(call.startedAt !== null && { startedAt: new Date(call.startedAt).toISOString() }), ...conversationOf(call),
  }
}
