/**
 * The carrier of the month: the product's own adapter writes the request, the simulated carrier lives the call at once, and
 * what it tells goes through the product's own webhook. Nothing travels over a network.
 */
import { callRequest } from '../../../business/gateways/calls/vapi/callRequest.ts'
import { eventOfCall } from '../../../business/gateways/calls/vapi/normalise.ts'
import { createVapiWebhook } from '../../../business/gateways/calls/vapi/webhook.ts'
import type { CallGateway } from '../../../business/gateways/calls/callGateway.ts'
import type { CallEvent } from '../../../business/models/callEvent.ts'
import type { DialOrder } from '../../../business/models/dial.ts'
import type { DialRepository } from '../../../business/repositories/dialRepository.ts'
import { randomBy } from '../simulators/vapi/audio/random.ts'
import type { SimulatedCall } from '../simulators/vapi/call.ts'
import { liveInThePast, pastCall, type PastMessage } from '../simulators/vapi/past.ts'
import { publicView } from '../simulators/vapi/views.ts'
import { isHeard, plotOf } from './fates.ts'
import type { Session } from './session.ts'

/** Reports take some seconds to be worked on. */
const WORKED_ON_AFTER_MS = 1_000
/** What arrives is kept for a while beside what was made of it; here both come from one hand. */
const BODY = { source: 'demo' }
/** The others say nothing that the report does not. */
const IS_TOLD = ({ message: { type, status } }: PastMessage) => type === 'end-of-call-report' || status === 'ringing' || status === 'in-progress'
/** Nobody is there to be posted to. */
const webhookConfig = { url: 'http://outdial.invalid/', secret: 'nobody' }

export interface MonthCarrier {
  gateway: CallGateway
  /** Lives out what was placed since the last time, and tells it. Answers those calls. */
  carryOut(): Promise<SimulatedCall[]>
  /** Calls whose webhooks were lost on the way: they are there for who asks. */
  unheardCount(): number
  forgetUnheard(): void
}

export function createMonthCarrier(session: Session, dials: DialRepository, seed: string): MonthCarrier {
  const placed: SimulatedCall[] = []
  const unheard = new Map<string, SimulatedCall>()
  const tries = new Map<string, number>()
  const webhook = createVapiWebhook([])
  const receive = async (message: object) => {
    const { event } = webhook.parse({ message }) as { event: CallEvent }
    return dials.recordEvent(event, BODY)
  }
  const placeCall = (order: DialOrder) => {
    const nth = (tries.get(order.to) ?? 0) + 1
    tries.set(order.to, nth)
    const random = randomBy(`${seed} ${order.to} ${nth}`)
    const call = pastCall(callRequest(order, webhookConfig), plotOf(random), new Date(session.now()))
    placed.push(call)
    if (!isHeard(random)) unheard.set(call.id, call)
    return Promise.resolve({ kind: 'accepted' as const, provider_call_id: call.id })
  }
  const ask = async (message: object, at: Date) => {
    session.moveTo(at.getTime())
    const { event } = webhook.parse({ message }) as { event: CallEvent }
    return webhook.answerTools((await dials.answerTools(event, BODY)).results)
  }
  const getCall = (id: string) => Promise.resolve({ kind: 'found' as const, event: eventOfCall(publicView(unheard.get(id)!)) })
  return {
    gateway: { id: 'vapi', placeCall, getCall, findCalls: () => Promise.resolve(new Map()), cancel: () => Promise.resolve('unsupported'),
      capabilities: { findByAttempt: 'none', webhooks: true, reportsCost: true, recordingAccess: 'proxy' } },
    async carryOut() {
      const calls = placed.splice(0)
      const told: PastMessage[] = []
      for (const call of calls) {
        const messages = await liveInThePast(call, { ask, random: randomBy(`${seed} ${call.request.customer?.number}`) })
        if (!unheard.has(call.id)) told.push(...messages.filter(IS_TOLD))
      }
      told.sort((one, other) => one.at.getTime() - other.at.getTime())
      const last = told.at(-1)
      if (last) session.moveTo(Math.max(session.now(), last.at.getTime() + WORKED_ON_AFTER_MS))
      await Promise.all(told.map(({ message }) => receive(message)))
      return calls
    },
    unheardCount: () => unheard.size,
    forgetUnheard: () => unheard.clear(),
  }
}
