import type Stripe from 'stripe'
import { asObject, asText, type JsonObject } from '../../json.ts'
import type { ListedPayment, PaymentGateway } from '../paymentGateway.ts'
import { centsOf, idOf, orderIdOf } from './read.ts'
import { refusalOf } from './refusal.ts'

/**
 * Stripe's books of a period, page by page: the payments that were begun in it, and those that something was given back of in it,
 * whenever they were made. The SDK asks for the next page while one is read.
 */
export async function listPayments(stripe: Stripe, since: string, until: string): ReturnType<PaymentGateway['listPayments']> {
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000)
  const period = { created: { gte: seconds(since), lt: seconds(until) }, limit: 100 }
  const payments = new Map<string, ListedPayment>()
  const note = (intent: unknown) => {
    const payment = listed(asObject(intent) ?? {})
    if (payment) payments.set(payment.payment_intent_id, payment)
  }
  try {
    for await (const intent of stripe.paymentIntents.list({ ...period, expand: ['data.latest_charge'] })) note(intent)
    for await (const refund of stripe.refunds.list({ ...period, expand: ['data.payment_intent.latest_charge'] })) note(refund.payment_intent)
    return { kind: 'found', payments: [...payments.values()] }
  } catch (error) {
    return refusalOf(error)
  }
}

function listed(intent: JsonObject): ListedPayment | null {
  const payment_intent_id = idOf(intent)
  if (payment_intent_id === null) return null
  return {
    payment_intent_id,
    order_id: orderIdOf(intent),
    status: asText(intent.status) ?? 'unknown',
    amount_cents: centsOf(intent.amount) ?? 0,
    received_cents: centsOf(intent.amount_received) ?? 0,
    refunded_cents: centsOf(asObject(intent.latest_charge)?.amount_refunded) ?? 0,
    currency: asText(intent.currency) ?? '',
  }
}
