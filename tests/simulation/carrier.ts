/**
 * A carrier in virtual time, speaking VAPI's shapes through VAPI's client, so that the product's own adapter and webhook
 * parser are part of every run. It also is the witness: what it was asked to dial is what people's phones did.
 */
import { VapiError, type VapiClient } from '@vapi-ai/server-sdk'
import { conversationOf, type CarrierCall } from './carrierCall.ts'
import { liveOut, type CarrierOptions } from './fates.ts'

export interface Carrier {
  calls: CarrierCall[]
  /** What VAPI's SDK offers, as the product's adapter uses it. */
  client: VapiClient
  /** A phone somewhere is going to ring. isLate: the request slept on its way, so the slot it was sent for may be another's. */
  dial(request: DialRequest, isLate?: boolean): CarrierCall
  /** What the line takes at once; more is a violation. */
  limit(line: string, calls: number): void
}

/** The part of VAPI's CreateCallDTO that matters here. */
export interface DialRequest {
  name: string
  phoneNumberId: string
  customer: { number: string, externalId: string }
  assistant: { maxDurationSeconds: number }
}

export function createCarrier(options: CarrierOptions & { complain: (text: string) => void }): Carrier {
  const { agenda, complain } = options
  const calls: CarrierCall[] = []
  const limits = new Map<string, number>()
  const attempts = new Set<string>()
  const dial = (request: DialRequest, isLate = false) => {
    if (attempts.has(request.name)) complain(`attempt ${request.name} was dialled twice`)
    attempts.add(request.name)
    const call = { ...newCall(request, calls.length + 1, agenda.now()), isLate }
    calls.push(call)
    const live = calls.filter((other) => other.status !== 'ended' && other.line === call.line && !other.isLate).length
    if (live > (limits.get(call.line) ?? Infinity)) complain(`${live} calls at once on a line for ${limits.get(call.line)}`)
    liveOut(call, options)
    return call
  }
  const client = {
    calls: {
      get: async ({ id }: { id: string }) => viewOf(find(calls, id, agenda.now())),
      list: async ({ phoneNumberId, createdAtGe, createdAtLe }: { phoneNumberId: string, createdAtGe: string, createdAtLe: string }) => calls
        .filter((call) => call.line === phoneNumberId && call.createdAt >= Date.parse(createdAtGe) && call.createdAt <= Date.parse(createdAtLe))
        .toReversed().map(viewOf),
    },
  } as unknown as VapiClient
  return { calls, client, dial, limit: (line, most) => void limits.set(line, most) }
}

function newCall(request: DialRequest, number: number, now: number): CarrierCall {
  return {
    id: `ca11${number.toString(16).padStart(4, '0')}-0000-4000-8000-${request.name.slice(-12)}`, attemptId: request.name, to: request.customer.number,
    line: request.phoneNumberId, createdAt: now, status: 'queued', startedAt: null, endedAt: null, endedReason: null, cost: null,
    longestSeconds: request.assistant.maxDurationSeconds, fate: 'talks', isLate: false,
  }
}

/** A fresh call reads as missing for three seconds. */
function find(calls: CarrierCall[], id: string, now: number): CarrierCall {
  const call = calls.find((candidate) => candidate.id === id)
  if (!call || now - call.createdAt < 3_000) throw refusal(404, 'Call not found')
  return call
}

export function refusal(statusCode: number, message: string): VapiError {
  return new VapiError({ message, statusCode, body: { message, statusCode } })
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** GET /call/:id. */
function viewOf(call: CarrierCall): object {
  return {
    id: call.id, name: call.attemptId, phoneNumberId: call.line, status: call.status, createdAt: iso(call.createdAt), updatedAt: iso(call.createdAt),
    ...(call.startedAt !== null && { startedAt: iso(call.startedAt) }),
    ...(call.status === 'ended' && { endedAt: iso(call.endedAt), endedReason: call.endedReason, cost: call.cost, ...conversationOf(call) }),
  }
}
