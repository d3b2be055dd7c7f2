/** How the provider shows a call: to those who ask for it, inside server messages, and as its artifact. */
import { randomUUID } from 'node:crypto'
import { analysisOf } from './analysis/index.ts'
import { hasRecording, isPickedUp, type SimulatedCall } from './call.ts'

/** Nobody answers there: recordings are had through the API alone. */
const STORAGE = 'https://storage.vapi.invalid'
const LINKS_LIVE_MS = 3_600_000

/** GET /call/:id. */
export function publicView(call: SimulatedCall): Record<string, unknown> {
  const { status, updatedAt, startedAt, endedAt } = call
  return {
    ...snapshot(call), status, updatedAt: updatedAt.toISOString(), startedAt: startedAt?.toISOString(), endedAt: endedAt?.toISOString(),
    endedReason: status === 'ended' ? call.endedReason : undefined, cost: call.isReported ? call.cost : 0,
    ...(call.isReported && { costs: costsOf(call), costBreakdown: costBreakdownOf(call), artifact: artifactOf(call), analysis: analysisOf(call) }),
  }
}

/** The stale picture inside every server message: the call as it was created, even in its last report. */
export function snapshot(call: SimulatedCall): Record<string, unknown> {
  const createdAt = call.createdAt.toISOString()
  return {
    ...call.request, id: call.id, orgId: call.org, createdAt, updatedAt: createdAt, type: 'outboundPhoneCall', status: 'queued', startedAt: null, endedAt: null, endedReason: null, cost: 0,
    phoneCallProvider: 'twilio', phoneCallProviderId: `CA${call.id.replaceAll('-', '')}`, phoneCallTransport: 'pstn',
    monitor: call.assistant.monitorPlan?.controlEnabled === false ? { listenUrl: call.monitor.listenUrl } : call.monitor,
  }
}

/** Signed addresses differ each time they are asked for, so no two deliveries of a report have the same bytes. */
export function artifactOf(call: SimulatedCall): Record<string, unknown> {
  const base = `${STORAGE}/${call.id}`
  const messages = messagesOf(call)
  const mono = { combinedUrl: `${base}-mono.wav`, assistantUrl: `${base}-assistant.wav`, customerUrl: `${base}-customer.wav` }
  const links = hasRecording(call)
    ? { recording: { stereoUrl: `${base}-stereo.wav`, mono }, recordingUrl: mono.combinedUrl, stereoRecordingUrl: `${base}-stereo.wav`,
        presignedRecordingUrl: `${mono.combinedUrl}?signature=${randomUUID()}`, presignedUrlsExpiresAt: new Date(Date.now() + LINKS_LIVE_MS).toISOString() }
    : { recordingUrl: '' }
  return { messages, messagesOpenAIFormatted: messages.flatMap(openAiForm), transcript: transcriptOf(call), ...links, logUrl: `${base}-log.jsonl`, variables: {}, variableValues: {}, transfers: [] }
}

export function messagesOf(call: SimulatedCall): Record<string, unknown>[] {
  const start = call.startedAt?.getTime() ?? call.createdAt.getTime()
  const prompt = call.assistant.model?.messages?.find((message) => message.role === 'system')?.content
  const spoken = call.conversation.turns.map((turn) => ({
    role: turn.role === 'assistant' ? 'bot' : 'user', message: turn.text, time: start + turn.startsAt * 1000, endTime: start + (turn.startsAt + turn.seconds) * 1000,
    secondsFromStart: turn.startsAt, duration: Math.round(turn.seconds * 1000),
  }))
  const uses = call.toolUses.flatMap((use) => [
    { role: 'tool_calls', message: '', time: start + use.secondsFromStart * 1000, secondsFromStart: use.secondsFromStart, toolCalls: [{ id: use.id, type: 'function', function: { name: use.name, arguments: JSON.stringify(use.arguments) } }] },
    { role: 'tool_call_result', name: use.name, toolCallId: use.id, result: use.result, time: start + use.secondsFromStart * 1000, secondsFromStart: use.secondsFromStart },
  ])
  return [...(prompt === undefined ? [] : [{ role: 'system', message: prompt, time: start, secondsFromStart: 0 }]), ...[...spoken, ...uses].sort((one, other) => one.secondsFromStart - other.secondsFromStart)]
}

function openAiForm({ role, message }: Record<string, unknown>): Record<string, unknown>[] {
  const roles: Record<string, string> = { system: 'system', bot: 'assistant', user: 'user' }
  const known = roles[String(role)]
  return known ? [{ role: known, content: message }] : []
}

export function transcriptOf(call: SimulatedCall): string {
  return call.conversation.turns.map((turn) => `${turn.role === 'assistant' ? 'AI' : 'User'}: ${turn.text}\n`).join('')
}

export function costsOf(call: SimulatedCall): Record<string, unknown>[] {
  if (!call.cost || !isPickedUp(call)) return []
  const minutes = call.conversation.seconds / 60
  const part = (type: string, share: number) => ({ type, minutes, cost: money((call.cost ?? 0) * share) })
  return [part('transport', 0.15), part('transcriber', 0.1), part('model', 0.15), part('voice', 0.2), { ...part('vapi', 0.4), subType: 'normal' }]
}

export function costBreakdownOf(call: SimulatedCall): Record<string, unknown> {
  const cost = call.cost ?? 0
  return { transport: money(cost * 0.15), stt: money(cost * 0.1), llm: money(cost * 0.15), tts: money(cost * 0.2), vapi: money(cost * 0.4), total: call.cost }
}

/** The parts need not sum to the whole: each is rounded by itself, as there. */
function money(dollars: number): number {
  return Math.round(dollars * 10_000) / 10_000
}
