/** Recordings: asked for with the key, had by a redirect to a short-lived address. */
import { recordingOf, type Mix } from '../audio/recording.ts'
import { hasRecording } from '../call.ts'
import type { Exchange } from '../exchange.ts'
import { refusal } from '../refusal.ts'
import { callNotFound } from './readCalls.ts'

const MIXES: Record<string, Mix> = { 'mono-recording': 'mono', 'stereo-recording': 'stereo', 'customer-recording': 'contact', 'assistant-recording': 'assistant' }

export const RECORDINGS = Object.keys(MIXES)

export function redirectToRecording({ calls, tickets, url }: Exchange, id: string, kind: string): Response {
  const call = calls.get(id)
  if (!call) return callNotFound(id)
  const mix = MIXES[kind]
  if (mix === undefined || !call.isReported || !hasRecording(call)) return refusal(404, `Couldn't find ${kind} of call ${id}.`)
  const fault = call.faults.find(({ recording }) => recording)
  return fault?.recording?.({ origin: url, mix }) ?? new Response(null, { status: 302, headers: { location: `${url}/__storage/${tickets.issue({ call, mix })}.wav` } })
}

/** The storage: no key, but a token that is right and fresh. */
export function storedRecording({ tickets }: Exchange, file: string): Response {
  const ticket = tickets.redeem(file.replace(/\.wav$/, ''))
  if (!ticket) return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403, headers: { 'content-type': 'application/xml' } })
  return new Response(recordingOf(ticket.call.conversation, ticket.mix, ticket.call.assistant.voice?.voiceId), { headers: { 'content-type': 'audio/wav' } })
}
