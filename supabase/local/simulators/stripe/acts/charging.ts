/** A bank is asked for money, and what it says becomes charges, states and events. */
import { methodOf, NOT_AUTHENTICATED, type TestMethod, type Verdict } from '../cards.ts'
import type { Provider } from '../provider.ts'
import { visible, type Charge, type Facts, type PaymentError, type PaymentIntent, type PaymentMethod } from '../things.ts'
import { newId } from '../wire/ids.ts'
import { billing, attach } from './methods.ts'

export interface Circumstances { isOffSession: boolean, isAuthenticated: boolean }

/** Simulated seconds that stand for the days of a debit. */
export const SETTLES_AFTER_SECONDS = 60

/** Asks the bank and writes down what follows. A payment that is to follow a dispute or the like says so in `then`. */
export function charge(provider: Provider, intent: PaymentIntent, method: PaymentMethod, circumstances: Circumstances): Verdict {
  const verdict = judge(provider, method, circumstances)
  provider.books.intents.change(intent, { payment_method: method.id, next_action: null })
  if (verdict.kind === 'pays') succeed(provider, intent, method)
  if (verdict.kind === 'declined') fail(provider, intent, method, verdict.error)
  if (verdict.kind === 'challenge') ask(provider, intent)
  if (verdict.kind === 'later') wait(provider, intent, method, verdict.ends)
  return verdict
}

function judge(provider: Provider, { hidden }: PaymentMethod, circumstances: Circumstances): Verdict {
  // The owner who has just been asked is not asked again, nor struck by what is meant for the next payment.
  const [fault] = circumstances.isAuthenticated ? [] : provider.faults.draw('verdict')
  const verdict = fault?.verdict ?? methodOf(hidden.number).judge({ ...circumstances, isSetup: false, isSetUp: hidden.isSetUp })
  const isAlone = verdict.kind === 'challenge' && circumstances.isOffSession
  return isAlone ? { kind: 'declined', error: NEEDED } : verdict
}

const NEEDED: PaymentError = { type: 'card_error', code: 'authentication_required', decline_code: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' }

function succeed(provider: Provider, intent: PaymentIntent, method: PaymentMethod, known?: Charge): void {
  const { books, teller } = provider
  const paid = known ?? addCharge(provider, intent, method, 'succeeded')
  if (known) books.charges.change(known, { status: 'succeeded', paid: true, captured: true, amount_captured: known.amount })
  const previous = { status: intent.status }
  books.intents.change(intent, { status: 'succeeded', amount_received: intent.amount, latest_charge: paid.id, last_payment_error: null, hidden: { ...intent.hidden, ends: null } })
  keep(provider, intent, method)
  teller.tell('charge.succeeded', paid)
  teller.tell('payment_intent.succeeded', intent, previous)
}

/** Saved for later when it was asked for, spent when not. */
function keep(provider: Provider, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.setup_future_usage !== null && intent.customer !== null) {
    attach(provider, method, intent.customer)
    provider.books.methods.change(method, { hidden: { ...method.hidden, isSetUp: true } })
  } else if (method.customer === null) provider.books.methods.change(method, { hidden: { ...method.hidden, isSpent: true } })
}

function fail(provider: Provider, intent: PaymentIntent, method: PaymentMethod, error: PaymentError, known?: Charge): void {
  const { books, teller } = provider
  const failed = known ?? addCharge(provider, intent, method, 'failed')
  books.charges.change(failed, { status: 'failed', paid: false, failure_code: error.code, failure_message: error.message,
    outcome: { network_status: 'declined_by_network', reason: error.decline_code ?? error.code, risk_level: 'normal', seller_message: 'The bank did not return any further details with this decline.', type: 'issuer_declined' } })
  refuse(provider, intent, { error, latest_charge: failed.id, payment_method: visible(method) })
  teller.tell('charge.failed', failed)
  teller.tell('payment_intent.payment_failed', intent)
}

interface Refused { error: PaymentError, latest_charge: string | null, payment_method: Facts }

function refuse({ books }: Provider, intent: PaymentIntent, { error, latest_charge, payment_method }: Refused): void {
  books.intents.change(intent, {
    status: 'requires_payment_method', payment_method: null, latest_charge, next_action: null, hidden: { ...intent.hidden, ends: null },
    last_payment_error: { ...error, charge: latest_charge, doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`, payment_method },
  })
}

function ask({ books, teller }: Provider, intent: PaymentIntent): void {
  books.intents.change(intent, { status: 'requires_action', next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } } })
  teller.tell('payment_intent.requires_action', intent)
}

/** The owner was asked and was not the owner. */
export function refuseOwner(provider: Provider, intent: PaymentIntent, method: PaymentMethod): void {
  refuse(provider, intent, { error: NOT_AUTHENTICATED.error, latest_charge: intent.latest_charge, payment_method: visible(method) })
  provider.teller.tell('payment_intent.payment_failed', intent)
}

function wait(provider: Provider, intent: PaymentIntent, method: PaymentMethod, ends: 'succeeded' | 'failed'): void {
  const { books, teller } = provider
  const pending = addCharge(provider, intent, method, 'pending')
  books.intents.change(intent, { status: 'processing', latest_charge: pending.id, processing: { type: method.type }, hidden: { ...intent.hidden, ends } })
  keep(provider, intent, method)
  teller.tell('charge.pending', pending)
  teller.tell('payment_intent.processing', intent)
}

const RETURNED: PaymentError = { type: 'card_error', code: 'payment_intent_payment_attempt_failed', decline_code: 'debit_not_authorized', message: 'The customer has notified their bank that this payment was unauthorized.' }

/** A debit comes through, or is returned. False when none is on its way. */
export function settle(provider: Provider, intent: PaymentIntent, ends: 'succeeded' | 'failed'): boolean {
  const { books } = provider
  const [method, pending] = [books.methods.find(intent.payment_method ?? ''), books.charges.find(intent.latest_charge ?? '')]
  if (intent.status !== 'processing' || !method || !pending) return false
  if (ends === 'succeeded') succeed(provider, intent, method, pending)
  else fail(provider, intent, method, RETURNED, pending)
  return true
}

function addCharge(provider: Provider, intent: PaymentIntent, method: PaymentMethod, status: Charge['status']): Charge {
  const isPaid = status === 'succeeded'
  return provider.books.charges.add({
    id: newId(method.type === 'card' ? 'ch' : 'py'), object: 'charge', created: provider.seconds(), livemode: false, amount: intent.amount, amount_captured: isPaid ? intent.amount : 0, amount_refunded: 0,
    application: null, application_fee: null, application_fee_amount: null, balance_transaction: isPaid ? newId('txn') : null, billing_details: method.billing_details ?? billing({}),
    calculated_statement_descriptor: 'OUTDIAL', captured: isPaid, currency: intent.currency, customer: intent.customer, description: intent.description, disputed: false,
    failure_balance_transaction: null, failure_code: null, failure_message: null, fraud_details: {}, metadata: { ...intent.metadata }, on_behalf_of: null,
    outcome: isPaid ? { network_status: 'approved_by_network', reason: null, risk_level: 'normal', risk_score: 12, seller_message: 'Payment complete.', type: 'authorized' } : null,
    paid: isPaid, payment_intent: intent.id, payment_method: method.id, payment_method_details: { type: method.type, [method.type]: method[method.type] },
    receipt_email: intent.receipt_email, receipt_number: null, receipt_url: null, refunded: false, review: null, shipping: null, source: null,
    source_transfer: null,
    statement_descriptor: null, statement_descriptor_suffix: null, status, transfer_data: null, transfer_group: null,
  })
}

/** What is to follow a payment by itself, by its card. */
export function sequelOf({ books }: Provider, intent: PaymentIntent): TestMethod['then'] {
  const method = books.methods.find(intent.payment_method ?? '')
  return method && intent.status === 'succeeded' ? methodOf(method.hidden.number).then : undefined
}
