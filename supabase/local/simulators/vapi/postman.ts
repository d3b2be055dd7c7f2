/**
 * Posts server messages to where the call wants them, with its headers. A call's messages leave in order and its life does
 * not wait for them; what is refused is repeated as the backoffPlan says, beside the others, so a repeat may overtake.
 */
import type { SimulatedCall } from './call.ts'
import type { Message } from './messages.ts'
import type { Pacer } from '../shared/pacer.ts'
import { SERVER_MESSAGES, type Server } from './request.ts'
import type { Destination } from './saved/destination.ts'
import { authenticationHeaders } from './saved/signing.ts'
import { artifactOf } from './views.ts'

const DEFAULT_MESSAGES = ['conversation-update', 'end-of-call-report', 'function-call', 'hang', 'speech-update', 'status-update', 'tool-calls', 'transfer-destination-request', 'handoff-destination-request',
  'user-interrupted', 'assistant.started']
const DEFAULT_TIMEOUT_SECONDS = 20

export interface Postman {
  /** Queues a message behind those of the same call. */
  post(call: SimulatedCall, message: Message): void
  /** Posts at once and gives back the answer's body, null when there is none. */
  ask(destination: Destination, message: Message): Promise<unknown>
  /** Resolves when everything queued for the call was tried once. */
  caughtUp(call: SimulatedCall): Promise<void>
  /** Resolves when what is on its way now has arrived, repeats included. */
  settled(): Promise<void>
  underwayCount(): number
  close(): void
}

export function createPostman(pacer: Pacer, now: () => Date): Postman {
  const queues = new Map<string, Promise<void>>()
  const underway = new Set<Promise<void>>()
  const closing = new AbortController()

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.catch(() => undefined).finally(() => underway.delete(tracked))
    underway.add(tracked)
    return tracked
  }

  const hand = (destination: Destination, message: Message) => send(destination, message, now(), closing.signal)

  async function deliver(call: SimulatedCall, destination: Destination, message: Message): Promise<void> {
    const { status } = await hand(destination, message)
    if (!isDone(status, destination.server)) void track(repeat(call, destination, message))
  }

  async function repeat(call: SimulatedCall, destination: Destination, message: Message): Promise<void> {
    const { maxRetries = 0, baseDelaySeconds = 0, type } = destination.server.backoffPlan ?? {}
    for (let retry = 0; retry < maxRetries; retry++) {
      await pacer.wait(baseDelaySeconds * (type === 'exponential' ? 2 ** retry : 1))
      const { status } = await hand(destination, withFreshLinks(call, message))
      if (isDone(status, destination.server)) return
    }
  }

  return {
    post(call, message) {
      const { destination, assistant } = call
      if (!destination || !wants(assistant.serverMessages, message)) return
      queues.set(call.id, track((queues.get(call.id) ?? Promise.resolve()).then(() => deliver(call, destination, message))))
    },
    ask: async (destination, message) => (await hand(destination, message)).body,
    caughtUp: async (call) => queues.get(call.id),
    settled: async () => void await Promise.all([...underway]),
    underwayCount: () => underway.size,
    close: () => closing.abort(),
  }
}

/** A type may carry a filter: transcript[transcriptType="final"]. What is new to everybody comes unasked. */
export function wants(types: readonly string[] = DEFAULT_MESSAGES, { type, transcriptType }: Message): boolean {
  const isKnown = SERVER_MESSAGES.some((name) => name === type)
  return !isKnown || types.includes(type) || types.includes(`${type}[transcriptType="${String(transcriptType)}"]`)
}

/** Without a list every answer but 2xx is repeated. */
function isDone(status: number, server: Server): boolean {
  return (status >= 200 && status < 300) || (server.backoffPlan?.excludedStatusCodes ?? []).includes(status)
}

/** The signed addresses are made anew for every delivery. */
function withFreshLinks(call: SimulatedCall, message: Message): Message {
  return message.type === 'end-of-call-report' ? { ...message, artifact: artifactOf(call) } : message
}

/** Status 0 means that no answer came. */
async function send({ server, plan }: Destination, message: Message, now: Date, closing: AbortSignal): Promise<{ status: number, body: unknown }> {
  const timeout = AbortSignal.timeout((server.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000)
  const body = JSON.stringify({ message })
  const secret: Record<string, string> = server.secret === undefined ? {} : { 'x-vapi-secret': server.secret }
  try {
    const response = await fetch(server.url, {
      method: 'POST', headers: { ...secret, ...authenticationHeaders(plan, { url: server.url, body, now }), ...server.headers, 'content-type': 'application/json' }, body,
      signal: AbortSignal.any([timeout, closing]), redirect: 'manual',
    })
    const text = await response.text()
    return { status: response.status, body: parsed(text) }
  } catch {
    return { status: 0, body: null }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
