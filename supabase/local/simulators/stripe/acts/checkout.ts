/** A session on the payment page: opened by the shop, paid, given up or expired by time. */
import { methodOf, NOT_AUTHENTICATED, type Moment } from '../cards.ts'
import type { Provider } from '../provider.ts'
import { visible, type Customer, type Facts, type PaymentIntent, type PaymentMethod, type Session, type SetupIntent } from '../things.ts'
import { newId } from '../wire/ids.ts'
import { charge, refuseOwner } from './charging.ts'
import { addCustomer } from './customers.ts'
import { addIntent, cancel, follow } from './intents.ts'
import { attach, makeMethod } from './methods.ts'

/** What a person gives on the page: a number, or a card that the shop's customer has saved. */
export interface Payer { number?: string, saved?: string, email?: string, name?: string, expMonth?: number, expYear?: number }

/** Where the person stands now. */
export type Outcome = { kind: 'complete' } | { kind: 'challenge' } | { kind: 'refused', message: string } | { kind: 'closed' }

/** Pressed twice, it pays once: a session that is complete stays as it is. */
export function pay(provider: Provider, session: Session, payer: Payer): Outcome {
  if (session.status !== 'open') return closed(session)
  const method = methodFor(provider, session, payer)
  provider.books.sessions.change(session, {
    customer_details: { ...session.customer_details, email: payer.email ?? session.customer_email ?? null, name: payer.name ?? null },
  })
  return session.mode === 'payment' ? payWith(provider, session, method, false) : setUp(provider, session, method, false)
}

const closed = ({ status }: Session): Outcome => ({ kind: status === 'complete' ? 'complete' : 'closed' })

function methodFor(provider: Provider, session: Session, { number, saved, ...given }: Payer): PaymentMethod {
  const known = provider.books.methods.find(saved ?? '')
  if (known && known.customer !== null && known.customer === session.customer) return known
  return makeMethod(provider, { ...given, number: (number ?? '').replaceAll(/\D/g, ''), email: given.email ?? session.customer_email })
}

/** The bank has asked whether it is the owner who pays. */
export function answerChallenge(provider: Provider, session: Session, isOwner: boolean): Outcome {
  const method = provider.books.methods.find(session.hidden.challenged ?? '')
  if (session.status !== 'open' || !method) return closed(session)
  setChallenged(provider, session, null)
  if (!isOwner) return turnAway(provider, session, method)
  return session.mode === 'payment' ? payWith(provider, session, method, true) : setUp(provider, session, method, true)
}

function turnAway(provider: Provider, session: Session, method: PaymentMethod): Outcome {
  const { books, teller } = provider
  const [intent, setup] = [books.intents.find(session.payment_intent ?? ''), books.setups.find(session.setup_intent ?? '')]
  if (intent) refuseOwner(provider, intent, method)
  if (setup) {
    books.setups.change(setup, { status: 'requires_payment_method', last_setup_error: { ...NOT_AUTHENTICATED.error, code: 'setup_intent_authentication_failure' } })
    teller.tell('setup_intent.setup_failed', setup)
  }
  return { kind: 'refused', message: NOT_AUTHENTICATED.error.message }
}

function setChallenged({ books }: Provider, session: Session, challenged: string | null): void {
  books.sessions.change(session, { hidden: { ...session.hidden, challenged } })
}

function payWith(provider: Provider, session: Session, method: PaymentMethod, isAuthenticated: boolean): Outcome {
  const customer = customerOf(provider, session)
  const intent = intentOf(provider, session, customer)
  const verdict = charge(provider, intent, method, { isOffSession: false, isAuthenticated })
  if (verdict.kind === 'declined') return { kind: 'refused', message: verdict.error.message }
  if (verdict.kind === 'challenge') {
    setChallenged(provider, session, method.id)
    return { kind: 'challenge' }
  }
  complete(provider, session, verdict.kind === 'later' ? 'unpaid' : 'paid')
  follow(provider, intent)
  return { kind: 'complete' }
}

/** A customer is made with the first payment where the shop wants one and has named none. */
function customerOf(provider: Provider, session: Session): Customer | undefined {
  if (session.customer !== null) return provider.books.customers.find(session.customer)
  if (!session.hidden.createsCustomer) return undefined
  const made = addCustomer(provider, { email: String(session.customer_details?.email ?? '') || null, name: null })
  provider.books.sessions.change(session, { customer: made.id })
  return made
}

function intentOf(provider: Provider, session: Session, customer: Customer | undefined): PaymentIntent {
  const known = provider.books.intents.find(session.payment_intent ?? '')
  if (known) return known
  const intent = addIntent(provider, { ...session.hidden.intent, amount: session.amount_total ?? 0, currency: session.currency ?? 'usd', customer: customer?.id ?? null, session: session.id })
  provider.books.sessions.change(session, { payment_intent: intent.id })
  return intent
}

function setUp(provider: Provider, session: Session, method: PaymentMethod, isAuthenticated: boolean): Outcome {
  const { books, teller } = provider
  const setup = books.setups.get(session.setup_intent ?? '')
  const moment: Moment = { isOffSession: false, isAuthenticated, isSetup: true, isSetUp: false }
  const [fault] = isAuthenticated ? [] : provider.faults.draw('verdict')
  const verdict = fault?.verdict ?? methodOf(method.hidden.number).judge(moment)
  if (verdict.kind === 'declined') {
    books.setups.change(setup, { last_setup_error: { ...verdict.error, payment_method: visible(method) } })
    teller.tell('setup_intent.setup_failed', setup)
    return { kind: 'refused', message: verdict.error.message }
  }
  if (verdict.kind === 'challenge') {
    books.setups.change(setup, { status: 'requires_action' })
    setChallenged(provider, session, method.id)
    teller.tell('setup_intent.requires_action', setup)
    return { kind: 'challenge' }
  }
  finishSetup(provider, session, setup, method)
  return { kind: 'complete' }
}

function finishSetup(provider: Provider, session: Session, setup: SetupIntent, method: PaymentMethod): void {
  const { books, teller } = provider
  const customer = customerOf(provider, session)
  if (customer) attach(provider, method, customer.id)
  books.methods.change(method, { hidden: { ...method.hidden, isSetUp: true } })
  books.setups.change(setup, { status: 'succeeded', payment_method: method.id, customer: customer?.id ?? null, last_setup_error: null })
  teller.tell('setup_intent.succeeded', setup)
  complete(provider, session, 'no_payment_required')
}

function complete({ books, teller }: Provider, session: Session, paymentStatus: Session['payment_status']): void {
  books.sessions.change(session, { status: 'complete', payment_status: paymentStatus, url: null })
  teller.tell('checkout.session.completed', session)
}

export function expire(provider: Provider, session: Session): void {
  const { books, teller } = provider
  const [intent, setup] = [books.intents.find(session.payment_intent ?? ''), books.setups.find(session.setup_intent ?? '')]
  books.sessions.change(session, { status: 'expired', url: null })
  if (intent) cancel(provider, intent, 'expired')
  if (setup) books.setups.change(setup, { status: 'canceled', cancellation_reason: 'abandoned' })
  teller.tell('checkout.session.expired', session)
}

/** Sessions end by the clock, whether somebody looks or not. */
export function expireOld(provider: Provider): void {
  const now = provider.seconds()
  const old = provider.books.sessions.list().filter(({ status, expires_at: at }) => status === 'open' && at <= now)
  for (const session of old) provider.teller.together(() => expire(provider, session))
}

interface ForSetup { id: string, customer: string | null, metadata: Record<string, string>, description: string | null }

export function addSetup(provider: Provider, session: ForSetup): SetupIntent {
  const id = newId('seti')
  const facts: Facts = {
    allowed_payment_method_types: null, application: null, automatic_payment_methods: null, cancellation_reason: null, client_secret: `${id}_secret_${newId('x').slice(2)}`,
    description: session.description, excluded_payment_method_types: null, flow_directions: null, latest_attempt: null, livemode: false,
    managed_payments: null, mandate: null, next_action: null,
    on_behalf_of: null, payment_method_configuration_details: null, payment_method_options: {}, payment_method_types: ['card'], single_use_mandate: null, usage: 'off_session',
  }
  const setup = provider.books.setups.add({ ...facts, id, object: 'setup_intent', created: provider.seconds(), customer: session.customer, payment_method: null,
    status: 'requires_payment_method', last_setup_error: null, metadata: session.metadata, hidden: { session: session.id } })
  provider.teller.tell('setup_intent.created', setup)
  return setup
}
