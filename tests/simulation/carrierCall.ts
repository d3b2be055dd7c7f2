/** A call as the carrier knows it, and what it tells about the conversation. */
export interface CarrierCall {
  id: string
  attemptId: string
  to: string
  line: string
  createdAt: number
  status: 'queued' | 'ringing' | 'in-progress' | 'ended'
  startedAt: number | null
  endedAt: number | null
  endedReason: string | null
  cost: number | null
  longestSeconds: number
  fate: Fate
  /** Its request slept on its way. */
  isLate: boolean
}

export type Fate = 'talks' | 'talks to the end' | 'opts out' | 'asks for a call' | 'interested' | 'machine' | 'silence' | 'busy' | 'rings out' | 'breaks before'
  | 'breaks while talking' | 'never rings' | 'unknown reason'

/** What a report and a polled call say beside the end. */
export function conversationOf(call: CarrierCall): object {
  if (call.startedAt === null) return {}
  const spoke = call.fate !== 'machine' && call.fate !== 'silence'
  const messages = [
    { role: 'bot', message: 'Hello, this is Ava.', time: call.startedAt, secondsFromStart: 0 },
    ...(spoke ? [{ role: 'user', message: 'Hello.', time: call.startedAt + 2_000, secondsFromStart: 2 }] : []),
  ]
  return { artifact: { ...(call.cost !== null && spoke && { recordingUrl: `http://carrier.invalid/${call.id}.mp3` }), messages, transcript: messages.map(({ role, message }) => `${role}: ${message}`).join('\n') }, analysis: analysisOf(call) }
}

function analysisOf(call: CarrierCall): object {
  const structuredData = { opt_out: call.fate === 'opts out', ...(call.fate === 'interested' && { disposition: 'interested' }) }
  return { summary: 'They talked.', successEvaluation: 'true', structuredData }
}
