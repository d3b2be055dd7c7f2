import type Stripe from 'stripe'
import type { Card } from '../../../models/payment.ts'
import type { PaymentGateway } from '../paymentGateway.ts'
import { refusalOf } from './refusal.ts'

export async function listCards(stripe: Stripe, customer_id: string): ReturnType<PaymentGateway['listCards']> {
  try {
    const { data } = await stripe.paymentMethods.list({ customer: customer_id, type: 'card', limit: 100 })
    return { kind: 'found', cards: data.flatMap(toCard) }
  } catch (error) {
    return refusalOf(error)
  }
}

function toCard({ id, card }: Stripe.PaymentMethod): Card[] {
  return card ? [{ id, brand: card.brand, last4: card.last4, exp_month: card.exp_month, exp_year: card.exp_year }] : []
}

/** Stripe refuses to detach what is attached to nobody, or was never there: it is gone either way. */
export async function removeCard(stripe: Stripe, payment_method_id: string): ReturnType<PaymentGateway['removeCard']> {
  try {
    await stripe.paymentMethods.detach(payment_method_id, {}, { idempotencyKey: `detach:${payment_method_id}` })
    return { kind: 'removed' }
  } catch (error) {
    const refusal = refusalOf(error)
    return refusal.kind === 'refused' ? { kind: 'removed' } : refusal
  }
}
