import type Stripe from 'stripe'
import type { CheckoutFact, PaymentEvent, PaymentFact } from '../../../models/paymentEvent.ts'
import { asObject, asText, type JsonObject } from '../../json.ts'
import type { PaymentGateway } from '../paymentGateway.ts'
import { chargeFact, checkoutFact, paymentFact } from './facts.ts'
import { refusalOf } from './refusal.ts'

/** What a session's events would have told; its payment comes along, because the page knows less about a failed one. */
export async function findCheckout(stripe: Stripe, session_id: string): ReturnType<PaymentGateway['findCheckout']> {
  try {
    const session = await stripe.checkout.sessions.retrieve(session_id, { expand: ['payment_intent'] }) as unknown as JsonObject
    const intent = asObject(session.payment_intent)
    const outcome = outcomeOf(session, intent)
    if (outcome === null) return { kind: 'found', events: [] }
    // With the outcome in it: a debit that failed leaves the session as it was while it was on its way.
    const state = `${outcome}:${asText(session.payment_status)}`
    const events = [eventOf(session, state, checkoutFact(session, outcome)), intent && eventOf(intent, asText(intent.status), paymentFact(intent))]
    return { kind: 'found', events: events.filter((event) => event !== null) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** null while the page is open. A page that is done and unpaid waits for the bank, unless the payment says that it failed. */
function outcomeOf(session: JsonObject, intent: JsonObject | null): CheckoutFact['outcome'] | null {
  if (session.status === 'expired') return 'expired'
  if (session.status !== 'complete') return null
  const hasFailed = intent?.status === 'canceled' || (intent?.status === 'requires_payment_method' && asObject(intent.last_payment_error) !== null)
  return session.payment_status === 'unpaid' && hasFailed ? 'async_failed' : 'completed'
}

export async function findPayment(stripe: Stripe, payment_intent_id: string): ReturnType<PaymentGateway['findPayment']> {
  try {
    const intent = await stripe.paymentIntents.retrieve(payment_intent_id, { expand: ['latest_charge'] }) as unknown as JsonObject
    const charge = asObject(intent.latest_charge)
    const refunds = charge && chargeFact(charge)
    const events = [
      eventOf(intent, asText(intent.status), paymentFact(intent)),
      refunds && refunds.refunded_cents > 0 ? eventOf(charge, `refunded:${refunds.refunded_cents}`, refunds) : null,
    ]
    return { kind: 'found', events: events.filter((event) => event !== null) }
  } catch (error) {
    return refusalOf(error)
  }
}

/** An event of our own making: the same state of the same thing has the same id, so that asking twice tells once. */
function eventOf(object: JsonObject, state: string | null, fact: PaymentFact | null): PaymentEvent | null {
  if (!fact) return null
  const name = asText(object.object) ?? 'object'
  return { event_id: `check:${asText(object.id)}:${state}`, type: `check.${name}`, livemode: object.livemode === true, occurred_at: null, fact }
}
