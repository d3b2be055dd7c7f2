import type { CallEvent, LiveLine } from '../../../models/callEvent.ts'
import type { WebhookMessage } from '../callGateway.ts'
import { contentKey } from '../../contentKey.ts'
import { momentKey, reportKey, toolsKey } from './dedupeKey.ts'
import { attemptIdOf, providerCallId, snapshotOf } from './identify.ts'
import { asObject, asText, asTime, type JsonObject } from '../../json.ts'
import { readReport } from './report.ts'
import { emptyEvent, stateOfStatus } from './shapes.ts'
import { readTools } from './tools.ts'

/**
 * A server message of VAPI in our words. Total: whatever arrives after the secret was right becomes an event, at worst one
 * that changes nothing. message.call is a snapshot from before the call, even in the last report, so only ids are read
 * from it.
 */
export function parseWebhook(body: unknown): WebhookMessage {
  const message = asObject(asObject(body)?.message)
  if (!message) return { kind: 'event', event: { ...emptyEvent, type: 'unreadable', dedupe_key: contentKey(body) } }
  const type = typeOf(message)
  const line = type === 'transcript' ? readLine(message) : null
  if (line) return { kind: 'line', line }
  const event = { ...identity(message, type, body), ...factsOf(message, type) }
  return { kind: event.tools ? 'tools' : 'event', event }
}

/** "transcript" also comes as transcript[transcriptType="final"]. */
function typeOf(message: JsonObject): string {
  return (asText(message.type) ?? 'untyped').split('[')[0]!.slice(0, 80)
}

function identity(message: JsonObject, type: string, body: unknown): CallEvent {
  const provider_call_id = providerCallId(message)
  const attempt_id = attemptIdOf(snapshotOf(message), message)
  const callId = provider_call_id ?? attempt_id
  return {
    ...emptyEvent,
    type,
    provider_call_id,
    attempt_id,
    dedupe_key: callId ? keyOf(callId, type, message) : contentKey(body),
    occurred_at: asTime(message.timestamp),
  }
}

function keyOf(callId: string, type: string, message: JsonObject): string {
  if (type === 'end-of-call-report') return reportKey(callId, type, message)
  if (type === 'status-update') return `${callId}:${type}:${(asText(message.status) ?? 'none').slice(0, 80)}`
  const tools = type === 'tool-calls' ? readTools(message) : null
  return tools ? toolsKey(callId, tools.map(({ id }) => id)) : momentKey(callId, type, message.timestamp)
}

function factsOf(message: JsonObject, type: string): Partial<CallEvent> {
  if (type === 'status-update') {
    return { state: stateOfStatus(message.status), ended_reason: asText(message.endedReason) }
  }
  if (type === 'tool-calls') return { tools: readTools(message) }
  if (type !== 'end-of-call-report') return {}
  const { facts, needs_second_look } = readReport(message, snapshotOf(message))
  // A reason that means nothing to us is not settled upon: the call counts as ended, and a minute later VAPI is asked.
  return { ...facts, state: 'ended', is_report: !needs_second_look }
}

function readLine(message: JsonObject): LiveLine | null {
  const text = asText(message.transcript)
  if (!text) return null
  return {
    attempt_id: attemptIdOf(snapshotOf(message), message),
    provider_call_id: providerCallId(message),
    role: message.role === 'user' ? 'contact' : 'assistant',
    text,
    is_final: message.transcriptType === 'final' || String(message.type).includes('"final"'),
  }
}
