/**
 * The frames of Supabase Realtime's protocol (Phoenix, vsn 2.0.0): JSON arrays [join_ref, ref, topic, event, payload].
 * A client's own broadcast arrives as a binary frame whose first byte is 3.
 */
import type { RawData } from 'ws'

export interface Frame { joinRef: string | null, ref: string | null, topic: string, event: string, payload: Record<string, unknown> }

const CLIENT_BROADCAST = 3

/** Null for anything that is no frame: hostile or broken input is ignored, never answered. */
export function parseFrame(data: RawData, isBinary: boolean): Frame | null {
  if (isBinary) return parseBroadcast(toBuffer(data))
  try {
    const parts: unknown = JSON.parse(toBuffer(data).toString('utf8'))
    if (!Array.isArray(parts) || parts.length !== 5 || typeof parts[2] !== 'string' || typeof parts[3] !== 'string') return null
    const [joinRef, ref, topic, event, payload] = parts as [string | null, string | null, string, string, unknown]
    return { joinRef, ref, topic, event, payload: typeof payload === 'object' && payload !== null ? payload as Record<string, unknown> : {} }
  } catch {
    return null
  }
}

function parseBroadcast(bytes: Buffer): Frame | null {
  if (bytes.length < 7 || bytes[0] !== CLIENT_BROADCAST) return null
  const lengths = [bytes[1] ?? 0, bytes[2] ?? 0, bytes[3] ?? 0]
  const words: string[] = []
  let at = 7
  for (const length of lengths) {
    words.push(bytes.subarray(at, at + length).toString('utf8'))
    at += length
  }
  return { joinRef: words[0] ?? null, ref: words[1] ?? null, topic: words[2] ?? '', event: 'broadcast', payload: {} }
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}

export function reply(frame: Frame, status: 'ok' | 'error', response: Record<string, unknown> = {}): string {
  return JSON.stringify([frame.joinRef, frame.ref, frame.topic, 'phx_reply', { status, response }])
}

/** What a channel hears when its token ended: the client leaves and does not come back by itself. */
export function closing(joinRef: string | null, topic: string, message: string): [string, string] {
  const channel = nameOf(topic)
  return [
    JSON.stringify([joinRef, null, topic, 'system', { extension: 'system', status: 'error', message, channel }]),
    JSON.stringify([joinRef, null, topic, 'phx_close', {}]),
  ]
}

export function broadcast(topic: string, id: string, event: string, payload: unknown): string {
  return JSON.stringify([null, null, `realtime:${topic}`, 'broadcast', { type: 'broadcast', event, payload, meta: { id } }])
}

/** The topic's own name, as the policy knows it. */
export function nameOf(topic: string): string {
  return topic.replace(/^realtime:/, '')
}
