/** A call as the carrier knows it, and what it says about it, in the shape that the webhook's parser makes. */
import type { CallEvent } from '../../business/models/callEvent.ts'

export interface PlacedCall {
  id: string
  attemptId: string
  callId: string
  to: string
  longestSeconds: number
  talkSeconds: number
  placedAt: number
  answeredAt: number | null
  endsAt: number
  outcome: 'answered' | 'no_answer' | 'busy' | 'voicemail' | 'failed'
  optsOut: boolean
}

const REASONS = { answered: 'customer-ended-call', no_answer: 'customer-did-not-answer', busy: 'customer-busy', voicemail: 'voicemail', failed: 'call.in-progress.error-sip' }
const iso = (at: number) => new Date(at).toISOString()

export function eventOf(call: PlacedCall, state: CallEvent['state'], at: number): CallEvent {
  return {
    provider: 'vapi', dedupe_key: `${call.id}:${state}`, type: 'status-update', attempt_id: call.attemptId, provider_call_id: call.id, state, is_report: false,
    occurred_at: iso(at), started_at: null, ended_at: null, talk_seconds: null, outcome: null, failure_scope: null, ended_reason: null, technical_failure: null,
    engaged: null, cost_micros: null, transcript: null, turns: null, summary: null, success: null, structured: null, has_recording: false, tools: null,
  }
}

export function reportOf(call: PlacedCall): CallEvent {
  return {
    ...eventOf(call, 'ended', call.endsAt), dedupe_key: `${call.id}:report`, type: 'end-of-call-report', is_report: true, ended_at: iso(call.endsAt),
    started_at: call.answeredAt === null ? null : iso(call.answeredAt), talk_seconds: call.talkSeconds, outcome: call.outcome,
    failure_scope: call.outcome === 'failed' ? 'transient' : null, ended_reason: REASONS[call.outcome], engaged: call.answeredAt !== null, cost_micros: call.talkSeconds * 1_500,
    summary: 'They talked.', has_recording: call.answeredAt !== null,
  }
}
