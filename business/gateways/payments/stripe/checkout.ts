import type Stripe from 'stripe'
import type { CheckoutOrder, Payer } from '../../../models/payment.ts'
import { shortHash } from '../../contentKey.ts'
import type { CheckoutPage, PaymentGateway, Refusal, ReturnUrls } from '../paymentGateway.ts'
import { idOf } from './read.ts'
import { refusalOf } from './refusal.ts'

/**
 * The key holds what is sent: an address that was corrected after a lost answer makes a second, unused customer instead of a
 * refusal, and the database keeps one of them.
 */
export async function createCustomer(stripe: Stripe, { account_id, email, company_name }: Payer): ReturnType<PaymentGateway['createCustomer']> {
  const about = { ...(email && { email }), ...(company_name && { name: company_name }) }
  try {
    const idempotencyKey = `customer:${account_id}:${shortHash([email, company_name])}`
    const { id } = await stripe.customers.create({ ...about, metadata: { account_id } }, { idempotencyKey })
    return { kind: 'created', customer_id: id }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Stripe copies no metadata from the session to the payment, and each is all that some events carry: both get it. */
export function createCheckout(stripe: Stripe, order: CheckoutOrder & { customer_id: string }, urls: ReturnUrls): Promise<CheckoutPage | Refusal> {
  const metadata = { order_id: order.order_id, account_id: order.account_id, kind: 'checkout' }
  return openPage(stripe, `checkout:${order.order_id}`, {
    mode: 'payment',
    customer: order.customer_id,
    client_reference_id: order.order_id,
    line_items: [{ quantity: 1, price_data: { currency: order.currency, unit_amount: order.amount_cents, product_data: { name: order.description } } }],
    metadata,
    payment_intent_data: { metadata, ...(order.saves_card && { setup_future_usage: 'off_session' }) },
    expires_at: Math.floor(Date.parse(order.expires_at) / 1000),
    ...urls,
  })
}

/** Only cards can be charged later without their owner. The currency only says which cards are offered; a charge brings its own. */
export function createCardSetup(stripe: Stripe, payer: Payer & { customer_id: string }, request_id: string, urls: ReturnUrls): Promise<CheckoutPage | Refusal> {
  const metadata = { account_id: payer.account_id, kind: 'cards' }
  return openPage(stripe, `cards:${request_id}`, {
    mode: 'setup', currency: 'usd', customer: payer.customer_id, allowed_payment_method_types: ['card'], metadata, setup_intent_data: { metadata }, ...urls,
  })
}

async function openPage(stripe: Stripe, idempotencyKey: string, params: Stripe.Checkout.SessionCreateParams): Promise<CheckoutPage | Refusal> {
  try {
    const session = await stripe.checkout.sessions.create(params, { idempotencyKey })
    if (!session.url) return { kind: 'unknown', cause: 'a page without an address' }
    const expires_at = new Date(session.expires_at * 1000).toISOString()
    return { kind: 'ready', session_id: session.id, url: session.url, expires_at, payment_intent_id: idOf(session.payment_intent) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Stripe refuses to expire what is over; that is the wished-for end, and an event tells which. */
export async function expireCheckout(stripe: Stripe, session_id: string): ReturnType<PaymentGateway['expireCheckout']> {
  try {
    await stripe.checkout.sessions.expire(session_id, {}, { idempotencyKey: `expire:${session_id}` })
    return { kind: 'expired' }
  } catch (error) {
    const refusal = refusalOf(error)
    return refusal.kind === 'refused' ? { kind: 'closed' } : refusal
  }
}
