/** Recordings: asked for with the key, had by a redirect to a short-lived address. */
import { recordingOf, type Mix } from '../audio/recording.ts'
import { hasRecording } from '../call.ts'
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'
import { callNotFound } from './readCalls.ts'

const MIXES: Record<string, Mix> = { 'mono-recording': 'mono', 'stereo-recording': 'stereo', 'customer-recording': 'contact', 'assistant-recording': 'assistant' }

export const RECORDINGS = Object.keys(MIXES)

export function redirectToRecording(exchange: Exchange, id: string, kind: string): Response {
  const call = exchange.calls.get(id)
  if (!call) return callNotFound(id)
  const mix = MIXES[kind]
  if (mix === undefined || !call.isReported || !hasRecording(call)) return refusal(404, `Couldn't find ${kind} of call ${id}.`)
  return new Response(null, { status: 302, headers: { location: `${exchange.url}/__storage/${exchange.sign(call, mix)}.wav` } })
}

/** The storage: no key, but a token that is right and fresh. */
export function storedRecording(exchange: Exchange, file: string): Response {
  const signed = exchange.signed(file.replace(/\.wav$/, ''))
  if (!signed) return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403, headers: { 'content-type': 'application/xml' } })
  return new Response(recordingOf(signed.call.conversation, signed.mix), { headers: { 'content-type': 'audio/wav' } })
}
