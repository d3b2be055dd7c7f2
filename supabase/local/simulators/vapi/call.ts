/** A simulated call, and the three ways the provider shows it: to a caller of the API, inside server messages, as an artifact. */
import { randomUUID } from 'node:crypto'
import { layOut, type Conversation } from './conversation.ts'
import type { CreateCall } from './request.ts'
import { scriptFor, type Script } from './scripts.ts'

export type Status = 'queued' | 'ringing' | 'in-progress' | 'ended'

export interface SimulatedCall {
  id: string
  request: CreateCall
  attemptId: string | undefined
  script: Script
  conversation: Conversation
  endedReason: string
  status: Status
  createdAt: Date
  startedAt: Date | null
  endedAt: Date | null
  cost: number | null
}

const ORG = 'b5c1b6f0-7d2a-4f5e-9a63-2f1b8c9d0e11'
const COST_PER_MINUTE = 0.11

export function newCall(request: CreateCall, attemptId: string | undefined, now: Date): SimulatedCall {
  const person = { name: request.customer.name?.split(' ')[0] ?? 'there', greeting: request.assistant?.firstMessage ?? 'Hello.' }
  const script = scriptFor(request.customer.number, person)
  const { isCut, ...conversation } = layOut(script.lines ?? [], request.assistant?.maxDurationSeconds ?? 600)
  return { id: randomUUID(), request, attemptId, script, conversation, endedReason: isCut ? 'exceeded-max-duration' : script.endedReason,
    status: 'queued', createdAt: now, startedAt: null, endedAt: null, cost: 0 }
}

export const isPickedUp = (call: SimulatedCall): boolean => call.script.lines !== undefined

/** Ends the call at `now`; the conversation lasted as long as it is, whatever the speed of the simulation. */
export function end(call: SimulatedCall, now: Date): void {
  call.status = 'ended'
  call.endedAt = now
  if (!isPickedUp(call)) return
  call.startedAt = new Date(now.getTime() - call.conversation.seconds * 1000)
  call.cost = Math.round(call.conversation.seconds / 60 * COST_PER_MINUTE * 10_000) / 10_000
}

/** GET /call/:id and the answer of POST /call. */
export function publicView(call: SimulatedCall): Record<string, unknown> {
  const isOver = call.status === 'ended'
  return {
    ...snapshot(call), status: call.status, updatedAt: (call.endedAt ?? call.createdAt).toISOString(), startedAt: call.startedAt?.toISOString(), endedAt: call.endedAt?.toISOString(),
    ...(isOver ? { endedReason: call.endedReason, cost: call.cost, costs: costsOf(call), artifact: artifactOf(call), analysis: analysisOf(call) } : {}),
  }
}

/** The stale picture inside every server message: the call as it was created, even in its last report. */
export function snapshot(call: SimulatedCall): Record<string, unknown> {
  const { name, customer, phoneNumberId, assistant, assistantId, assistantOverrides } = call.request
  return { id: call.id, orgId: ORG, createdAt: call.createdAt.toISOString(), updatedAt: call.createdAt.toISOString(), type: 'outboundPhoneCall', status: 'queued',
    startedAt: null, endedAt: null, endedReason: null, cost: 0, name, customer, phoneNumberId, assistant, assistantId, assistantOverrides,
    phoneCallProvider: 'twilio', phoneCallTransport: 'pstn', monitor: { listenUrl: `wss://listen.vapi.invalid/${call.id}`, controlUrl: `https://control.vapi.invalid/${call.id}` } }
}

export function artifactOf(call: SimulatedCall): Record<string, unknown> {
  const storage = `https://storage.vapi.invalid/${call.id}`
  const hasRecording = isPickedUp(call) && call.conversation.turns.length > 0
  return {
    messages: messagesOf(call), transcript: transcriptOf(call),
    ...(hasRecording ? { recordingUrl: `${storage}-mono.wav`, stereoRecordingUrl: `${storage}-stereo.wav`, recording: { stereoUrl: `${storage}-stereo.wav`, mono: { combinedUrl: `${storage}-mono.wav` } } } : { recordingUrl: '' }),
    logUrl: `${storage}-log.jsonl`,
  }
}

function messagesOf(call: SimulatedCall): Record<string, unknown>[] {
  const start = call.startedAt?.getTime() ?? call.createdAt.getTime()
  const prompt = call.request.assistant?.model.messages?.find(message => message.role === 'system')?.content ?? ''
  return [
    { role: 'system', message: prompt, time: start, secondsFromStart: 0 },
    ...call.conversation.turns.map(turn => ({
      role: turn.role === 'assistant' ? 'bot' : 'user', message: turn.text, time: start + turn.startsAt * 1000, endTime: start + (turn.startsAt + turn.seconds) * 1000,
      secondsFromStart: turn.startsAt, duration: Math.round(turn.seconds * 1000),
    })),
  ]
}

export function transcriptOf(call: SimulatedCall): string {
  return call.conversation.turns.map(turn => `${turn.role === 'assistant' ? 'AI' : 'User'}: ${turn.text}\n`).join('')
}

export function analysisOf(call: SimulatedCall): Record<string, unknown> {
  return { ...call.script.analysis }
}

export function costsOf(call: SimulatedCall): Record<string, unknown>[] {
  if (call.cost === null || call.cost === 0) return []
  const minutes = call.conversation.seconds / 60
  return [{ type: 'transport', provider: 'twilio', minutes, cost: call.cost * 0.2 }, { type: 'voice', minutes, cost: call.cost * 0.3 }, { type: 'vapi', subType: 'normal', minutes, cost: call.cost * 0.5 }]
}
