import type { ChargeFact, CheckoutFact, DisputeFact, PaymentIntentFact, PaymentFact, RefundFact } from '../../../models/paymentEvent.ts'
import { asObject, asText, pick, type JsonObject } from '../../json.ts'
import { centsOf, currencyOf, idOf, orderIdOf } from './read.ts'

/** null: the object lacks what makes it that fact. */
type Reader<Fact extends PaymentFact> = (object: JsonObject) => Fact | null

export function checkoutFact(session: JsonObject, outcome: CheckoutFact['outcome']): CheckoutFact | null {
  const session_id = idOf(session)
  const mode = asText(session.mode)
  if (!session_id || (mode !== 'payment' && mode !== 'setup')) return null
  return {
    kind: 'checkout',
    session_id,
    mode,
    order_id: orderIdOf(session),
    status: asText(session.status),
    payment_status: asText(session.payment_status),
    amount_cents: centsOf(session.amount_total),
    currency: currencyOf(session.currency),
    payment_intent_id: idOf(session.payment_intent),
    customer_id: idOf(session.customer),
    setup_intent_id: idOf(session.setup_intent),
    outcome,
  }
}

export const paymentFact: Reader<PaymentIntentFact> = (intent) => {
  const payment_intent_id = idOf(intent)
  const status = asText(intent.status)
  if (!payment_intent_id || !status) return null
  const error = asObject(intent.last_payment_error)
  return {
    kind: 'payment',
    payment_intent_id,
    order_id: orderIdOf(intent),
    status,
    amount_cents: centsOf(intent.amount),
    currency: currencyOf(intent.currency),
    customer_id: idOf(intent.customer),
    payment_method_id: idOf(intent.payment_method) ?? idOf(error?.payment_method),
    charge_id: idOf(intent.latest_charge) ?? idOf(error?.charge),
    error: error && { code: asText(error.code), decline_code: asText(error.decline_code), message: asText(error.message) },
  }
}

export const chargeFact: Reader<ChargeFact> = (charge) => {
  const charge_id = idOf(charge)
  const refunded_cents = centsOf(charge.amount_refunded)
  if (!charge_id || refunded_cents === null) return null
  const payment_intent_id = idOf(charge.payment_intent)
  return { kind: 'charge', charge_id, payment_intent_id, order_id: orderIdOf(charge), amount_cents: centsOf(charge.amount), refunded_cents }
}

/** A refund without a status is one that nobody has decided about yet. */
export const refundFact: Reader<RefundFact> = (refund) => {
  const refund_id = idOf(refund)
  const amount_cents = centsOf(refund.amount)
  if (!refund_id || amount_cents === null) return null
  return { kind: 'refund', refund_id, ...paidBy(refund), amount_cents, status: asText(refund.status) ?? 'pending' }
}

export function disputeFact(dispute: JsonObject, change: DisputeFact['change']): DisputeFact | null {
  const dispute_id = idOf(dispute)
  const amount_cents = centsOf(dispute.amount)
  const status = asText(dispute.status)
  if (!dispute_id || amount_cents === null || !status) return null
  return { kind: 'dispute', dispute_id, ...paidBy(dispute), amount_cents, status, change }
}

/** An expanded charge knows its payment, too. */
function paidBy(object: JsonObject) {
  const payment_intent_id = idOf(object.payment_intent) ?? idOf(pick(object, 'charge', 'payment_intent'))
  return { charge_id: idOf(object.charge), payment_intent_id, currency: currencyOf(object.currency) }
}
