/**
 * The carrier, and the witness: it lives outside the database, never forgets, and knows which attempts rang, whom they reached
 * and how long people talked. What the database says in the end is held against it.
 */
import { randomUUID } from 'node:crypto'
import type { CallGateway } from '../../business/gateways/calls/callGateway.ts'
import type { CallCheck, CallEvent } from '../../business/models/callEvent.ts'
import type { DialOrder, DialResult } from '../../business/models/dial.ts'
import type { Random } from '../simulation/random.ts'
import type { FastClock } from './clock.ts'
import { eventOf, reportOf, type PlacedCall } from './events.ts'
import type { Tally } from './tally.ts'

export interface Carrier {
  gateway: CallGateway
  /** Every call that was ever placed, by attempt. */
  calls: Map<string, PlacedCall>
  /** Takes up to so many webhooks that are due, in any order. */
  takeMail(most: number): CallEvent[]
  /** One that could not be handed over is sent again. */
  giveBack(event: CallEvent): void
  hasMail(): boolean
  /** From here on nothing goes wrong. */
  behave(): void
}

export interface CarrierOptions { clock: FastClock, random: Random, tally: Tally }

/** The process that placed the call is no more. */
export class DispatcherDied extends Error {}

type DialFate = 'placed' | 'answer lost' | 'request lost' | 'dispatcher died' | 'dispatcher died first' | 'blocked' | 'number refused' | 'capacity refused'
const DIALS: Readonly<Record<DialFate, number>> = { placed: 9_250, 'answer lost': 200, 'request lost': 100, 'dispatcher died': 50, 'dispatcher died first': 50,
  blocked: 100, 'number refused': 100, 'capacity refused': 1 }

type MailFate = 'sent' | 'lost' | 'twice' | 'late'
const MAIL: Readonly<Record<MailFate, number>> = { sent: 88, lost: 4, twice: 5, late: 3 }

export function createCarrier({ clock, random, tally }: CarrierOptions): Carrier {
  const calls = new Map<string, PlacedCall>()
  const byId = new Map<string, PlacedCall>()
  const mail: CallEvent[] = []
  let isWellBehaved = false
  const post = (event: CallEvent, inMs: number) => void clock.sleep(inMs).then(() => mail.push(event))
  const send = (event: CallEvent, inMs: number) => {
    const fate = isWellBehaved ? 'sent' : random.weighted(MAIL)
    if (fate !== 'sent') tally.met(`webhook ${fate}`)
    if (fate === 'lost') return
    post(event, inMs + (fate === 'late' ? random.integer(20_000, 400_000) : random.integer(0, 2_000)))
    if (fate === 'twice') post(event, inMs + random.integer(0, 60_000))
  }
  const ring = (order: DialOrder): PlacedCall => {
    if (calls.has(order.attempt_id)) tally.condemn(`attempt ${order.attempt_id} was dialled twice`)
    const call = newCall(order, clock.now(), random, isWellBehaved ? SHORT_SECONDS : order.maximum_seconds)
    calls.set(call.attemptId, call)
    byId.set(call.id, call)
    tellOf(call, { clock, random, send })
    return call
  }
  const dial = async (order: DialOrder): Promise<DialResult> => {
    const fate = isWellBehaved ? 'placed' : random.weighted(DIALS)
    if (fate !== 'placed') tally.met(`dial: ${fate}`)
    if (fate === 'number refused') return { kind: 'refused', class: 'number', message: 'This is not a number.' }
    if (fate === 'capacity refused') return { kind: 'refused', class: 'capacity', message: 'Over Concurrency Limit.' }
    if (fate === 'dispatcher died first') throw new DispatcherDied()
    if (fate === 'request lost') return { kind: 'unknown', cause: 'fetch failed' }
    const call = ring(order)
    await clock.sleep(random.chance(0.03) ? 10_000 : random.integer(50, 400))
    if (fate === 'dispatcher died') throw new DispatcherDied()
    if (fate === 'answer lost') return { kind: 'unknown', cause: 'timeout' }
    return { kind: fate === 'blocked' ? 'accepted_blocked' : 'accepted', provider_call_id: call.id }
  }
  const gateway: CallGateway = {
    id: 'vapi', capabilities: { findByAttempt: 'scan', webhooks: true, reportsCost: true, recordingAccess: 'none' },
    placeCall: dial,
    getCall: async (id) => checkOf(byId.get(id), clock.now()),
    findCalls: async ({ attempt_ids: ids }) => new Map(ids.map((id): [string, CallCheck] => [id, calls.has(id) ? checkOf(calls.get(id), clock.now()) : { kind: 'absent' }])),
    cancel: () => Promise.resolve('unsupported'),
  }
  return {
    gateway, calls,
    takeMail(most) {
      const taken: CallEvent[] = []
      while (taken.length < most && mail.length > 0) {
        const last = mail.pop()!
        const place = random.integer(0, mail.length)
        taken.push(mail[place] ?? last)
        if (place < mail.length) mail[place] = last
      }
      return taken
    },
    giveBack: (event) => void mail.push(event),
    hasMail: () => mail.length > 0,
    behave: () => void (isWellBehaved = true),
  }
}

/** Once nothing goes wrong any more a round only has to come to its end. */
const SHORT_SECONDS = 20

function newCall(order: DialOrder, now: number, random: Random, mostSeconds: number): PlacedCall {
  const isAnswered = random.chance(0.7)
  const ringsMs = random.integer(1_000, 8_000)
  const longest = order.maximum_seconds
  // Some are cut off at their longest, a second or two after it.
  const talkSeconds = !isAnswered ? 0 : mostSeconds === longest && random.chance(0.03) ? longest + random.integer(0, 2) : random.integer(1, mostSeconds)
  return {
    id: randomUUID(), attemptId: order.attempt_id, callId: order.call_id, to: order.to, longestSeconds: longest, talkSeconds,
    placedAt: now, answeredAt: isAnswered ? now + ringsMs : null, endsAt: now + ringsMs + talkSeconds * 1_000,
    outcome: isAnswered ? 'answered' : random.pick(['no_answer', 'busy', 'voicemail', 'failed'] as const), optsOut: isAnswered && random.chance(0.02),
  }
}

interface Post { clock: FastClock, random: Random, send: (event: CallEvent, inMs: number) => void }

/** Half of the calls tell every step, the others only their end: a webhook may always be lost. */
function tellOf(call: PlacedCall, { clock, random, send }: Post): void {
  const from = clock.now()
  const afterwards = call.endsAt - from
  if (random.chance(0.4)) {
    send(eventOf(call, 'ringing', from + 500), 500)
    if (call.answeredAt !== null) send(eventOf(call, 'in_progress', call.answeredAt), call.answeredAt - from)
    send(eventOf(call, 'ended', call.endsAt), afterwards)
  }
  if (call.optsOut) send({ ...eventOf(call, null, call.endsAt), dedupe_key: `${call.id}:tools`, type: 'tool-calls', tools: [{ id: `${call.id}:tool`, name: 'opt_out', arguments: { words: 'Never again.' } }] }, afterwards - 500)
  send(reportOf(call), afterwards + random.integer(1_000, 10_000))
  // A provider corrects its costs under another key; the seconds stay.
  if (random.chance(0.05)) send({ ...reportOf(call), dedupe_key: `${call.id}:corrected`, cost_micros: 1 }, afterwards + random.integer(1_000, 120_000))
}

/** A fresh call reads as missing for three seconds. */
function checkOf(call: PlacedCall | undefined, now: number): CallCheck {
  if (!call || now - call.placedAt < 3_000) return { kind: 'unsure', cause: 'Call not found' }
  if (now >= call.endsAt + 1_000) return { kind: 'found', event: reportOf(call) }
  const state = call.answeredAt !== null && now >= call.answeredAt ? 'in_progress' : 'ringing'
  return { kind: 'found', event: { ...eventOf(call, state, now), dedupe_key: `${call.id}:seen:${state}` } }
}
