import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { OrderToCheck } from '../../models/payment.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { answered } from './answered.ts'

export interface FindDeps {
  payments: Pick<PaymentRepository, 'recordAnswer'>
  gateway: Pick<PaymentGateway, 'findCheckout' | 'findPayment'>
}

/** Asks the provider what became of an order, and has the answer worked on as the events that would have told it. */
export async function recordFound({ payments, gateway }: FindDeps, { session_id, payment_intent_id }: OrderToCheck): Promise<void> {
  const events = [
    ...(session_id ? answered(await gateway.findCheckout(session_id)).events : []),
    ...(payment_intent_id ? answered(await gateway.findPayment(payment_intent_id)).events : []),
  ]
  for (const event of events) await payments.recordAnswer(event)
}
