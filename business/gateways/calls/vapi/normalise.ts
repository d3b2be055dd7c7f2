import type { CallEvent } from '../../../models/callEvent.ts'
import { reportKey } from './dedupeKey.ts'
import { attemptIdOf } from './identify.ts'
import { asText, firstTime, type JsonObject } from '../../json.ts'
import { readReport } from './report.ts'
import { emptyEvent, stateOfStatus } from './shapes.ts'

/**
 * A call as GET /call tells it. Unlike a webhook's snapshot it is current and authoritative; an ended one is the last word
 * even when its reason is unknown. Its key is never a webhook's, so that it is heard although a webhook said the same.
 */
export function eventOfCall(call: JsonObject): CallEvent {
  const state = stateOfStatus(call.status)
  const id = asText(call.id) ?? ''
  return {
    ...emptyEvent,
    type: 'poll',
    dedupe_key: reportKey(id, `poll:${asText(call.status) ?? 'none'}`, call),
    attempt_id: attemptIdOf(call),
    provider_call_id: id || null,
    state,
    occurred_at: firstTime(call.updatedAt, call.createdAt),
    ...(state === 'ended' ? { ...readReport(call, null).facts, is_report: true } : { started_at: firstTime(call.startedAt) }),
  }
}
