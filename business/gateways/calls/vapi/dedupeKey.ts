import { storableJson } from '../../../models/storableJson.ts'
import type { JsonObject } from './json.ts'

/**
 * VAPI gives events no id. A report is the same report when the same call ended for the same reason at the same time and
 * price; its bytes differ with every delivery, because signed addresses are made anew.
 */
export function reportKey(callId: string, type: string, record: JsonObject): string {
  return `${callId}:${type}:${hash([record.endedReason, record.startedAt, record.endedAt, record.cost])}`
}

/** For messages that matter only once per moment. */
export function momentKey(callId: string, type: string, timestamp: unknown): string {
  return `${callId}:${type}:${hash([timestamp])}`
}

/** A use of tools is the same when the provider's ids of it are. */
export function toolsKey(callId: string, ids: string[]): string {
  return `${callId}:tool-calls:${hash(ids)}`
}

/** For what cannot be tied to a call: all there is to tell two of them apart is the content. */
export function contentKey(content: unknown): string {
  const text = JSON.stringify(storableJson(content)) ?? ''
  return `unidentified:${text.length}:${hash([text.slice(0, 2000)])}`
}

/** FNV-1a, 64 bit: short, the same in every runtime, no secret to protect. */
function hash(parts: unknown[]): string {
  let value = 0xcbf29ce484222325n
  const text = JSON.stringify(storableJson(parts.map((part) => part ?? null))).slice(0, 4000)
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n)
  }
  return value.toString(16).padStart(16, '0')
}
