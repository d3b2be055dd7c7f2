import type { PaymentWebhook } from '../../gateways/payments/paymentGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { Log } from '../../models/runtime.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { notStored, parseJson } from '../webhookBody.ts'
import { processPaymentEvents } from './processPaymentEvents.ts'

export interface ReceivePaymentDeps {
  webhook: Pick<PaymentWebhook, 'parse'>
  payments: Pick<PaymentRepository, 'recordEvent' | 'processEvents'>
  /** Whether this installation takes real money. */
  isLive: boolean
  log: Log
}

export interface ReceivedPayment {
  is_new: boolean
  /** What is left to do once the provider has its answer. */
  afterwards: () => Promise<void>
}

/**
 * Takes in one event whose sender the guard has verified on the same bytes: the fact is stored, and only then answered. A failure
 * to store throws, so that the provider's retry brings it again. An event of the other mode is refused and seen in the provider's
 * list of failed deliveries: play money must never buy minutes, and real money must not vanish in a test.
 */
export async function receivePaymentEvent({ webhook, payments, isLive, log }: ReceivePaymentDeps, raw: Uint8Array): Promise<ReceivedPayment> {
  const body = parseJson(raw)
  const event = webhook.parse(body)
  if (event.livemode !== isLive) throw new AppError('forbidden', `This is ${isLive ? 'a live' : 'a test'} installation, the event is not.`)
  const { is_new } = await payments.recordEvent(event, body).catch(notStored)
  log('info', 'payment_event.stored', { event_id: event.event_id, type: event.type, kind: event.fact.kind, is_new })
  return { is_new, afterwards: async () => (is_new ? processPaymentEvents({ payments }) : undefined) }
}
