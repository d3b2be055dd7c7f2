import Stripe from 'stripe'
import type { ChargeOrder, ChargeResult } from '../../../models/payment.ts'
import { asObject, asText, type JsonObject } from '../../json.ts'
import { idOf, orderIdOf } from './read.ts'
import { codeOf, refusalOf, shortText } from './refusal.ts'

type Answered = Exclude<ChargeResult, { kind: 'unknown' }>

/** As many of a customer's latest payments are looked through for one whose answer was lost. */
const latestPayments = 100

/** One off-session payment per order. A failed one is Stripe's 402, which names the payment it failed with. */
export async function chargeCard(stripe: Stripe, order: ChargeOrder): Promise<ChargeResult> {
  try {
    return resultOfIntent(await stripe.paymentIntents.create(chargeRequest(order), { idempotencyKey: `autotopup:${order.order_id}` }))
  } catch (error) {
    const result = resultOfError(error)
    return result.kind === 'unknown' ? ((await findCharge(stripe, order)) ?? result) : result
  }
}

function chargeRequest(order: ChargeOrder): Stripe.PaymentIntentCreateParams {
  return {
    amount: order.amount_cents,
    currency: order.currency,
    customer: order.customer_id,
    payment_method: order.payment_method_id,
    description: order.description,
    off_session: true,
    confirm: true,
    metadata: { order_id: order.order_id, account_id: order.account_id, kind: 'auto_top_up' },
  }
}

function resultOfError(error: unknown): ChargeResult {
  if (error instanceof Stripe.errors.StripeError && error.statusCode === 402) return noMoney(error, error.payment_intent?.id ?? null)
  const refusal = refusalOf(error)
  return refusal.kind === 'refused' ? { ...refusal, payment_intent_id: null } : refusal
}

interface CardError { code?: string | null, decline_code?: string | null, message?: string | null, type?: string }

/** "authentication_required" may stand in either field. */
function noMoney(error: CardError, payment_intent_id: string | null): Answered {
  const asksForOwner = error.code === 'authentication_required' || error.decline_code === 'authentication_required'
  const kind = asksForOwner ? 'authentication_required' : 'declined'
  return { kind, payment_intent_id, code: asksForOwner ? 'authentication_required' : codeOf(error), message: shortText(error.message) }
}

/** A server error stays the answer for this key for a day, and the payment may exist all the same: its order finds it. */
async function findCharge(stripe: Stripe, { order_id, customer_id }: ChargeOrder): Promise<ChargeResult | null> {
  try {
    const { data } = await stripe.paymentIntents.list({ customer: customer_id, limit: latestPayments })
    const found = data.find((intent) => orderIdOf(intent as unknown as JsonObject) === order_id)
    return found ? resultOfIntent(found) : null
  } catch {
    // Whatever is the matter with the second question, the first one stays unanswered.
    return null
  }
}

function resultOfIntent(intent: unknown): ChargeResult {
  const { status, last_payment_error } = asObject(intent) ?? {}
  const payment_intent_id = idOf(intent)
  if (!payment_intent_id) return { kind: 'unknown', cause: 'an answer without a payment' }
  const error = asObject(last_payment_error)
  if (status === 'succeeded' || status === 'processing') return { kind: status, payment_intent_id }
  if (status === 'canceled') return { kind: 'refused', payment_intent_id, code: 'canceled', message: 'The payment was canceled.' }
  if (error) return noMoney({ code: asText(error.code), decline_code: asText(error.decline_code), message: asText(error.message) }, payment_intent_id)
  if (status === 'requires_action') return { kind: 'authentication_required', payment_intent_id, code: 'authentication_required', message: 'The bank asks the owner of the card.' }
  return { kind: 'unknown', cause: `a payment that is ${asText(status) ?? 'in no state'}` }
}
