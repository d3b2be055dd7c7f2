import type { CallEvent } from '../../../models/callEvent.ts'
import { asText } from '../../json.ts'

/** The name under which numbers and events of this provider are stored. */
export const vapiId = 'vapi'

/** An event that says nothing: the start of every other. */
export const emptyEvent: CallEvent = {
  provider: vapiId,
  dedupe_key: '',
  type: '',
  attempt_id: null,
  provider_call_id: null,
  state: null,
  is_report: false,
  occurred_at: null,
  started_at: null,
  ended_at: null,
  talk_seconds: null,
  outcome: null,
  failure_scope: null,
  ended_reason: null,
  technical_failure: null,
  engaged: null,
  cost_micros: null,
  transcript: null,
  turns: null,
  summary: null,
  success: null,
  structured: null,
  has_recording: false,
  tools: null,
}

const states: Readonly<Record<string, CallEvent['state']>> = {
  scheduled: 'dialing',
  queued: 'dialing',
  ringing: 'ringing',
  'in-progress': 'in_progress',
  // Transferred to a person: the conversation, its slot and its cost go on.
  forwarding: 'in_progress',
  ended: 'ended',
}

/** not-found, deletion-failed and whatever comes later say nothing about the call's life. */
export function stateOfStatus(status: unknown): CallEvent['state'] {
  const text = asText(status)
  return text && Object.hasOwn(states, text) ? states[text]! : null
}
