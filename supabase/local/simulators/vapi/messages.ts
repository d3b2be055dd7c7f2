/** The server messages of a call's life. Each carries the stale snapshot; what is true stands beside it. */
import { analysisOf } from './analysis/index.ts'
import { isPickedUp, type SimulatedCall, type Status } from './call.ts'
import type { Turn } from './conversation.ts'
import { artifactOf, costBreakdownOf, costsOf, messagesOf, snapshot, transcriptOf } from './views.ts'

export interface Message extends Record<string, unknown> { type: string }

/** What every message has in common. `timestamp` is a number of milliseconds. */
export function addressed(call: SimulatedCall, message: Message, now: Date): Message {
  return { timestamp: now.getTime(), ...message, call: snapshot(call), customer: call.request.customer, assistant: call.assistant }
}

export function statusUpdate(call: SimulatedCall, status: Status): Message {
  return { type: 'status-update', status, ...(status === 'ended' && { endedReason: call.endedReason, transcript: transcriptOf(call) }) }
}

/** The first half of a turn, as it was understood so far. */
export function halfSpoken(turn: Turn): Message {
  const half = turn.words.slice(0, Math.ceil(turn.words.length / 2)).map(({ text }) => text).join(' ')
  return { type: 'transcript', role: turn.role === 'assistant' ? 'assistant' : 'user', transcriptType: 'partial', transcript: half }
}

/** What one hears when a turn has been spoken: speech stops, its words, and the whole history again. */
export function spoken(call: SimulatedCall, turn: Turn): Message[] {
  const role = turn.role === 'assistant' ? 'assistant' : 'user'
  const heard = call.conversation.turns.slice(0, call.conversation.turns.indexOf(turn) + 1)
  return [
    { type: 'speech-update', status: 'stopped', role },
    { type: 'transcript', role, transcriptType: 'final', transcript: turn.text },
    { type: 'conversation-update', messagesOpenAIFormatted: heard.map(({ role: speaker, text }) => ({ role: speaker === 'assistant' ? 'assistant' : 'user', content: text })) },
  ]
}

/** A call that never connected has no startedAt, no words and no cost in its report. */
export function report(call: SimulatedCall): Message {
  const seconds = isPickedUp(call) ? call.conversation.seconds : 0
  const analysis = analysisOf(call)
  const artifact = artifactOf(call)
  return {
    type: 'end-of-call-report', endedReason: call.endedReason, cost: call.cost, costs: costsOf(call), costBreakdown: costBreakdownOf(call), artifact, analysis,
    ...(call.startedAt && { startedAt: call.startedAt.toISOString() }), endedAt: call.endedAt?.toISOString(),
    durationMs: Math.round(seconds * 1000), durationSeconds: seconds, durationMinutes: Math.round(seconds / 60 * 1e4) / 1e4,
    transcript: transcriptOf(call), summary: analysis.summary ?? '', messages: messagesOf(call), recordingUrl: artifact.recordingUrl, stereoRecordingUrl: artifact.stereoRecordingUrl,
  }
}
