/** A payment from its first word to its end. */
import type { Provider } from '../provider.ts'
import { visible, type PaymentIntent, type PaymentMethod } from '../things.ts'
import { newId } from '../wire/ids.ts'
import { invalid, Refusal } from '../wire/refusal.ts'
import { charge, sequelOf, settle, SETTLES_AFTER_SECONDS } from './charging.ts'
import { dispute } from './disputes.ts'

export interface NewIntent {
  amount: number
  currency: string
  customer?: string | null
  description?: string | null
  metadata?: Record<string, string>
  receipt_email?: string | null
  setup_future_usage?: string | null
  session?: string | null
}

export function addIntent(provider: Provider, given: NewIntent): PaymentIntent {
  const id = newId('pi')
  const intent = provider.books.intents.add({
    id, object: 'payment_intent', created: provider.seconds(), livemode: false, amount: given.amount, amount_capturable: 0, amount_details: { tip: {} }, amount_received: 0,
    allowed_payment_method_types: null, application: null, application_fee_amount: null, automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    canceled_at: null, cancellation_reason: null, capture_method: 'automatic_async', client_secret: `${id}_secret_${newId('x').slice(2)}`, confirmation_method: 'automatic',
    currency: given.currency, customer: given.customer ?? null, customer_account: null, description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null, latest_charge: null, managed_payments: null, metadata: given.metadata ?? {}, next_action: null, on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null, payment_method_options: null, payment_method_types: ['card', 'us_bank_account'], payment_record: null, processing: null,
    receipt_email: given.receipt_email ?? null, review: null, setup_future_usage: given.setup_future_usage ?? null, shipping: null, source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null, status: 'requires_payment_method', transfer_data: null, transfer_group: null, hidden: { session: given.session ?? null, ends: null },
  })
  provider.teller.tell('payment_intent.created', intent)
  return intent
}

interface Confirming { isOffSession: boolean, refusesAction: boolean }

/** A payment that cannot be made is a refusal with the payment inside. */
export function confirm(provider: Provider, intent: PaymentIntent, method: PaymentMethod, { isOffSession, refusesAction }: Confirming): void {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpected(intent, `You cannot confirm this PaymentIntent because it has already ${intent.status === 'processing' ? 'been confirmed' : intent.status} after being previously confirmed.`)
  }
  // Who wants no questions is treated as one who is not there.
  const verdict = charge(provider, intent, method, { isOffSession: isOffSession || refusesAction, isAuthenticated: false })
  if (verdict.kind === 'declined') {
    const { error } = verdict
    throw new Refusal({ status: 402, ...error, about: { charge: intent.latest_charge, payment_intent: visible(intent), payment_method: visible(method) } })
  }
  follow(provider, intent)
}

export const unexpected = (intent: PaymentIntent, message: string): Refusal =>
  new Refusal({ status: 400, type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message, about: { payment_intent: visible(intent) } })

export function cancel({ books, teller, seconds }: Provider, intent: PaymentIntent, reason: string | null): void {
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing') {
    throw unexpected(intent, `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`)
  }
  books.intents.change(intent, { status: 'canceled', canceled_at: seconds(), cancellation_reason: reason, next_action: null })
  teller.tell('payment_intent.canceled', intent)
}

/** What happens to a payment by itself: a debit settles, an owner disputes. */
export function follow(provider: Provider, intent: PaymentIntent): void {
  const { ends } = intent.hidden
  if (intent.status === 'processing' && ends && provider.settlesByItself) provider.later(SETTLES_AFTER_SECONDS, () => provider.teller.together(() => settleIntent(provider, intent, ends)))
  const then = sequelOf(provider, intent)
  if (then === 'dispute' || then === 'inquiry') provider.later(0, () => provider.teller.together(() => void dispute(provider, intent, { isInquiry: then === 'inquiry' })))
}

/** A debit comes to its end, and the session that it paid hears of it. */
export function settleIntent(provider: Provider, intent: PaymentIntent, ends: 'succeeded' | 'failed'): boolean {
  if (!settle(provider, intent, ends)) return false
  const session = provider.books.sessions.find(intent.hidden.session ?? '')
  if (!session) return true
  if (ends === 'succeeded') provider.books.sessions.change(session, { payment_status: 'paid' })
  provider.teller.tell(`checkout.session.async_payment_${ends}`, session)
  return true
}

/** A method that may be charged for this customer. */
export function checkOwner(method: PaymentMethod, customer: string | null): void {
  if (method.customer !== null && customer === null) {
    throw invalid('The payment method you provided is attached to a customer so for security purposes you must provide the customer in the request.', 'payment_method')
  }
  if (method.customer !== null && method.customer !== customer) {
    throw invalid(`The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`, 'payment_method', 'resource_missing')
  }
}
