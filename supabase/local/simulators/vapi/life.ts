/** The life of a call: queued, ringing, in progress, ended, and the report some seconds later. */
import { analysisOf, artifactOf, costsOf, end, isPickedUp, snapshot, transcriptOf, type SimulatedCall, type Status } from './call.ts'
import type { Delivery } from './delivery.ts'
import type { Faults } from './faults.ts'

const QUEUED_SECONDS = 1
const REPORT_AFTER_SECONDS = 6
const LATE_SECONDS = 60

interface Context {
  delivery: Delivery
  faults: Faults
  now: () => Date
  /** Resolves after so many seconds of simulated time; rejects when the simulator closes. */
  wait: (seconds: number) => Promise<void>
}

export async function live(call: SimulatedCall, context: Context): Promise<void> {
  const { faults, wait, now } = context
  const isMute = faults.take('lost_webhooks')
  const post = posting(call, context, isMute)
  const isReordered = faults.take('reordered_webhooks')
  const held: Record<string, unknown>[] = []
  const say = (message: Record<string, unknown>) => {
    if (isReordered) held.push(message)
    return isReordered ? Promise.resolve() : post(message)
  }
  await say(status(call, 'queued'))
  await wait(QUEUED_SECONDS)
  await move(call, 'ringing', say)
  await wait(call.script.ringSeconds)
  if (isPickedUp(call)) {
    call.startedAt = now()
    await move(call, 'in-progress', say)
    await talk(call, say, wait)
  }
  if (faults.take('unknown_reason')) call.endedReason = 'something-nobody-has-heard-of'
  end(call, now())
  if (faults.take('null_cost')) call.cost = null
  await say({ ...status(call, 'ended'), endedReason: call.endedReason })
  await wait(REPORT_AFTER_SECONDS + (faults.take('late_report') ? LATE_SECONDS : 0))
  if (!faults.take('lost_report')) await post(report(call))
  for (const message of held.reverse()) await post(message)
}

function posting(call: SimulatedCall, { delivery, faults }: Context, isMute: boolean) {
  const copies = faults.take('duplicate_webhooks') ? 2 : 1
  return async (message: Record<string, unknown>) => {
    if (isMute) return
    for (let copy = 0; copy < copies; copy++) await delivery.post(call, { ...message, timestamp: Date.now(), call: snapshot(call), customer: call.request.customer })
  }
}

async function move(call: SimulatedCall, to: Status, say: (message: Record<string, unknown>) => Promise<void>): Promise<void> {
  call.status = to
  await say(status(call, to))
}

/** Each turn is told when it has been spoken, for those who watch a call. */
async function talk(call: SimulatedCall, say: (message: Record<string, unknown>) => Promise<void>, wait: Context['wait']): Promise<void> {
  let at = 0
  for (const turn of call.conversation.turns) {
    await wait(turn.startsAt + turn.seconds - at)
    at = turn.startsAt + turn.seconds
    await say({ type: 'transcript', role: turn.role === 'assistant' ? 'assistant' : 'user', transcriptType: 'final', transcript: turn.text })
  }
  await wait(Math.max(0, call.conversation.seconds - at))
}

function status(call: SimulatedCall, to: Status): Record<string, unknown> {
  return { type: 'status-update', status: to, ...(to === 'ended' ? { transcript: transcriptOf(call) } : {}) }
}

function report(call: SimulatedCall): Record<string, unknown> {
  const seconds = isPickedUp(call) ? call.conversation.seconds : 0
  return {
    type: 'end-of-call-report', endedReason: call.endedReason, cost: call.cost, costs: costsOf(call), artifact: artifactOf(call), analysis: analysisOf(call),
    ...(call.startedAt ? { startedAt: call.startedAt.toISOString(), endedAt: call.endedAt?.toISOString() } : { endedAt: call.endedAt?.toISOString() }),
    durationMs: Math.round(seconds * 1000), durationSeconds: seconds, durationMinutes: Math.round(seconds / 60 * 1e4) / 1e4,
    transcript: transcriptOf(call), summary: call.script.analysis?.summary ?? '', messages: (artifactOf(call).messages),
  }
}
