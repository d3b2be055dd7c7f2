import { shortHash } from '../../contentKey.ts'
import type { JsonObject } from '../../json.ts'

/**
 * VAPI gives events no id. A report is the same report when the same call ended for the same reason at the same time and
 * price; its bytes differ with every delivery, because signed addresses are made anew.
 */
export function reportKey(callId: string, type: string, record: JsonObject): string {
  return `${callId}:${type}:${shortHash([record.endedReason, record.startedAt, record.endedAt, record.cost])}`
}

/** For messages that matter only once per moment. */
export function momentKey(callId: string, type: string, timestamp: unknown): string {
  return `${callId}:${type}:${shortHash([timestamp])}`
}

/** A use of tools is the same when the provider's ids of it are. */
export function toolsKey(callId: string, ids: string[]): string {
  return `${callId}:tool-calls:${shortHash(ids)}`
}
