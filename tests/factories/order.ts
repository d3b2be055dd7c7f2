/** Orders, and what the payments provider says of them, in the shape of the webhook's parser. */
import { randomUUID } from 'node:crypto'
import type { TestAccount } from './account.ts'
import type { TestDatabase } from '../support/database.ts'

export interface Order { order_id: string, amount_cents: number, currency: string, seconds: number, bonus_seconds: number, status: string }
export interface Wish { request_id?: string, pack_id?: string, amount_cents?: number, saves_card?: boolean }
type Fact = Record<string, unknown>

export async function createOrder(account: TestAccount, wish: Wish = { pack_id: 'minutes_50' }): Promise<Order> {
  return account.owner.rpc<Order>('create_order', { account_id: account.accountId, request_id: randomUUID(), ...wish })
}

/** An order whose checkout is open at the provider; session and payment are named after it. */
export async function openCheckout(db: TestDatabase, account: TestAccount, wish?: Wish): Promise<Order> {
  const order = await createOrder(account, wish)
  await db.asService().rpc('record_checkout', { order_id: order.order_id, result: { session_id: `cs_${order.order_id}`, url: 'https://pay.example/1', expires_at: null, payment_intent_id: null, customer_id: `cus_${account.accountId}` } })
  return order
}

export interface EventOptions { id?: string, livemode?: boolean, occurred_at?: string }

/** Stores an event without working on it. */
export async function sendPaymentEvent(db: TestDatabase, fact: Fact, { id = `evt_${randomUUID()}`, livemode = false, occurred_at = new Date().toISOString() }: EventOptions = {}): Promise<{ is_new: boolean }> {
  return db.asService().rpc('record_payment_event', { event: { event_id: id, type: String(fact.kind), livemode, occurred_at, fact, body: { id } } })
}

/** What the provider answered when it was asked about an order. */
export async function askedPaymentEvent(db: TestDatabase, fact: Fact): Promise<{ is_new: boolean }> {
  return db.asService().rpc('record_payment_event', { event: { event_id: `check:${randomUUID()}`, type: 'check.object', livemode: false, occurred_at: null, fact, is_asked: true, body: { asked: true } } })
}

export async function processPayments(db: TestDatabase): Promise<{ processed: number, waiting: number, quarantined: number }> {
  return db.asService().rpc('process_payment_events', { batch_size: 100 })
}

/** Stores events in this order and works on them. */
export async function paymentEvents(db: TestDatabase, ...facts: Fact[]): Promise<void> {
  for (const fact of facts) {
    await sendPaymentEvent(db, fact)
    await processPayments(db)
  }
}

/** Facts about one order and its payment. */
export function factsOf({ order_id: id, amount_cents, currency }: Pick<Order, 'order_id' | 'amount_cents' | 'currency'>) {
  const session = { kind: 'checkout', session_id: `cs_${id}`, mode: 'payment', order_id: id, status: 'complete', amount_cents, currency, payment_intent_id: `pi_${id}`, customer_id: null, setup_intent_id: null }
  const payment = { kind: 'payment', payment_intent_id: `pi_${id}`, order_id: id, amount_cents, currency, customer_id: null, payment_method_id: null, charge_id: null, error: null }
  return {
    paid: (more: Fact = {}) => ({ ...session, payment_status: 'paid', outcome: 'completed', ...more }),
    unpaid: () => ({ ...session, payment_status: 'unpaid', outcome: 'completed' }),
    paidLater: () => ({ ...session, payment_status: 'paid', outcome: 'async_succeeded' }),
    notPaidLater: () => ({ ...session, payment_status: 'unpaid', outcome: 'async_failed' }),
    expired: () => ({ ...session, payment_status: 'unpaid', status: 'expired', payment_intent_id: null, outcome: 'expired' }),
    succeeded: (more: Fact = {}) => ({ ...payment, status: 'succeeded', charge_id: `ch_${id}`, ...more }),
    failed: (code = 'card_declined') => ({ ...payment, status: 'requires_payment_method', error: { code, decline_code: code, message: 'Your card was declined.' } }),
    charge: (refunded_cents: number) => ({ kind: 'charge', charge_id: `ch_${id}`, payment_intent_id: `pi_${id}`, order_id: null, amount_cents, refunded_cents }),
    refund: (name: string, cents: number, status = 'succeeded') => ({ kind: 'refund', refund_id: `re_${name}_${id}`, charge_id: `ch_${id}`, payment_intent_id: `pi_${id}`, amount_cents: cents, currency, status }),
    dispute: (change: string, status = 'needs_response', cents = amount_cents) => ({ kind: 'dispute', dispute_id: `dp_${id}`, charge_id: `ch_${id}`, payment_intent_id: `pi_${id}`, amount_cents: cents, currency, status, change }),
  }
}

export async function paidOrder(db: TestDatabase, account: TestAccount, wish?: Wish): Promise<Order> {
  const order = await openCheckout(db, account, wish)
  await paymentEvents(db, factsOf(order).paid())
  return order
}

/** A card, saved and the default. */
export async function saveCards(db: TestDatabase, account: TestAccount, ids = [`pm_${account.accountId}`]): Promise<void> {
  const customer_id = `cus_${account.accountId}`
  await db.asService().rpc('record_customer', { account_id: account.accountId, customer_id })
  await db.asService().rpc('record_payment_methods', { account_id: account.accountId, customer_id, methods: ids.map((id) => ({ id, brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030 })) })
}

export async function saveTopUp(account: TestAccount, settings: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  return account.owner.rpc('save_auto_top_up', { account_id: account.accountId, settings: { is_on: true, threshold_seconds: 1200, pack_id: 'minutes_50', monthly_limit_cents: 10_000, ...settings } })
}

/** Something in every table of money: a paid order with a refund and a lost dispute, a card, and an order under way. */
export async function fillBilling(db: TestDatabase, account: TestAccount): Promise<void> {
  const order = await paidOrder(db, account)
  const facts = factsOf(order)
  await paymentEvents(db, facts.succeeded(), facts.refund('full', 1000), facts.dispute('funds_withdrawn', 'lost', 500), facts.paid({ amount_cents: 1 }))
  await account.owner.rpc('save_billing_details', { account_id: account.accountId, details: { company_name: 'Company', email: 'bills@example.com' } })
  await saveCards(db, account)
  await saveTopUp(account, { threshold_seconds: 1_000_000 })
  await db.sql`select private.sweep_top_ups(private.now())`
}

export async function orderRow(db: TestDatabase, id: string): Promise<Record<string, unknown>> {
  const [row] = await db.sql`select * from public.orders where id = ${id}`
  if (!row) throw new Error('There is no such order.')
  return row
}

/** Kind and seconds of everything posted, the oldest first. */
export async function ledgerOf(db: TestDatabase, { accountId }: TestAccount): Promise<[kind: string, seconds: number][]> {
  const rows = await db.sql`select kind, delta_seconds::int from public.ledger_entries where account_id = ${accountId} order by account_version`
  return rows.map((row) => [row.kind as string, row.delta_seconds as number])
}

export async function hotAccount(db: TestDatabase, { accountId }: TestAccount): Promise<Record<string, unknown>> {
  const [row] = await db.sql`select balance_seconds::int, value_micros::int, reserved_seconds::int, ledger_version::int, low_balance_level, next_at from engine.accounts where account_id = ${accountId}`
  return row!
}
