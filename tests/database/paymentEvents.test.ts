/** What the provider says about payments: stored once, understood in any order, credited exactly once or never. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { askedPaymentEvent, createOrder, factsOf, hotAccount, ledgerOf, openCheckout, orderRow, paymentEvents, processPayments, sendPaymentEvent, type Order } from '../factories/order.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

describe('payment events', () => {
  let db: TestDatabase
  let account: TestAccount
  let order: Order
  let facts: ReturnType<typeof factsOf>
  beforeAll(async () => {
    db = await createDatabase()
  })
  beforeEach(async () => {
    account = await openAccount(db)
    order = await openCheckout(db, account)
    facts = factsOf(order)
  })
  afterAll(async () => {
    await expectInvariants(db)
    await db.drop()
  })
  const row = () => orderRow(db, order.order_id)
  const status = async () => (await row()).status
  const purchases = async () => (await ledgerOf(db, account)).filter(([kind]) => kind === 'purchase')
  const eventRow = async (id: string) => (await db.sql`select * from engine.payment_events where event_id = ${id}`)[0]!
  const differences = () => db.sql`select kind, order_id, facts from engine.billing_differences where account_id = ${account.accountId} and resolved_at is null order by id`

  test('are stored once, and only in the mode that payments are in', async () => {
    const id = `evt_${randomUUID()}`
    expect(await sendPaymentEvent(db, facts.paid(), { id })).toEqual({ is_new: true })
    expect(await sendPaymentEvent(db, facts.paid(), { id })).toEqual({ is_new: false })
    expect((await errorOf(sendPaymentEvent(db, facts.paid(), { livemode: true }))).code).toBe('forbidden')
    await db.sql`update engine.settings set payments_are_live = true`
    expect((await errorOf(sendPaymentEvent(db, facts.paid()))).code, 'a test\'s where money is real').toBe('forbidden')
    await db.sql`update engine.settings set payments_are_live = false`
    expect(await purchases(), 'nothing is done with them yet').toEqual([])
    await processPayments(db)
    expect(await eventRow(id)).toMatchObject({ order_id: order.order_id, account_id: account.accountId, tries: 0, error: null, body: { id } })
  })

  test('a paid session credits the order once, however often and by whomever it is said', async () => {
    await paymentEvents(db, facts.paid(), facts.paid(), facts.succeeded(), facts.paidLater())
    expect(await purchases()).toEqual([['purchase', 3000]])
    expect(await row()).toMatchObject({ status: 'paid', payment_intent_id: `pi_${order.order_id}`, charge_id: `ch_${order.order_id}` })
    const [entry] = await db.sql`select ref, order_id, note, value_micros::int from public.ledger_entries where account_id = ${account.accountId} and kind = 'purchase'`
    expect(entry).toEqual({ ref: order.order_id, order_id: order.order_id, note: '50 minutes', value_micros: 30_000_000 })
  })

  test('a payment that is heard of before its session, and before our own answer was stored, credits it too', async () => {
    const early = await createOrder(account)
    await paymentEvents(db, factsOf(early).succeeded())
    await db.asService().rpc('record_checkout', { order_id: early.order_id, result: { session_id: 'cs_late', url: 'https://pay.example/late', payment_intent_id: null, customer_id: null } })
    expect(await orderRow(db, early.order_id)).toMatchObject({ status: 'paid', checkout_session_id: 'cs_late' })
    expect(await purchases()).toEqual([['purchase', 3000]])
  })

  test('a session that is complete and unpaid waits for its money', async () => {
    await paymentEvents(db, facts.unpaid())
    expect(await status()).toBe('pending')
    expect(await purchases()).toEqual([])
    await paymentEvents(db, facts.paidLater())
    await paymentEvents(db, facts.unpaid())
    expect(await status()).toBe('paid')
    expect(await purchases()).toEqual([['purchase', 3000]])
  })

  test('money that does not come fails the order, unless it came', async () => {
    await paymentEvents(db, facts.unpaid(), facts.notPaidLater())
    expect(await row()).toMatchObject({ status: 'failed', failure_code: 'async_payment_failed', invoice_no: null })
    await paymentEvents(db, facts.unpaid())
    expect(await status(), 'heard of late').toBe('failed')
    await paymentEvents(db, facts.paidLater(), facts.notPaidLater())
    expect(await row()).toMatchObject({ status: 'paid', failure_code: null })
  })

  test.each([
    ['an hour later it expired', '2 hours', 'expired'],
    ['before its time somebody canceled it', '1 minute', 'canceled'],
  ])('a session that is over: %s', async (_what, after, expected) => {
    const [at] = await db.sql`select (private.now() + ${after}::interval)::text as moment`
    await sendPaymentEvent(db, facts.expired(), { occurred_at: at!.moment as string })
    await processPayments(db)
    expect(await status()).toBe(expected)
    await paymentEvents(db, facts.paid())
    expect(await status(), 'paid wins').toBe('paid')
    await sendPaymentEvent(db, facts.expired(), { occurred_at: at!.moment as string })
    await processPayments(db)
    expect(await status(), 'and stays').toBe('paid')
  })

  test('a card that was refused in a checkout leaves it open for another one', async () => {
    await paymentEvents(db, facts.failed())
    expect(await row()).toMatchObject({ status: 'open', failure_code: 'card_declined', failure_message: 'Your card was declined.' })
    await paymentEvents(db, facts.succeeded())
    expect(await row()).toMatchObject({ status: 'paid', failure_code: null })
  })

  test('a payment on its way is pending, a canceled one is canceled', async () => {
    await paymentEvents(db, facts.succeeded({ status: 'processing', charge_id: null }))
    expect(await status()).toBe('pending')
    await paymentEvents(db, facts.succeeded({ status: 'canceled', charge_id: null }))
    expect(await status()).toBe('canceled')
  })

  test.each([['another amount', { amount_cents: 2999 }], ['another currency', { currency: 'eur' }]])('%s is not credited but listed, once, and alerted', async (_what, change) => {
    await paymentEvents(db, facts.paid(change), facts.succeeded(change))
    expect(await status()).toBe('open')
    expect(await purchases()).toEqual([])
    expect(await differences()).toEqual([{ kind: 'amount_mismatch', order_id: order.order_id, facts: expect.objectContaining({ ordered_cents: 3000, ...change }) as unknown }])
    expect(await db.sql`select kind, facts ->> 'difference' as difference from engine.repairs where account_id = ${account.accountId}`).toEqual([{ kind: 'billing_difference', difference: 'amount_mismatch' }])
  })

  test('the currency may come in capitals', async () => {
    await paymentEvents(db, facts.paid({ currency: 'USD' }))
    expect(await status()).toBe('paid')
  })

  test('a second payment of the same order is listed and credits nothing', async () => {
    await paymentEvents(db, facts.paid(), facts.succeeded({ payment_intent_id: 'pi_second' }))
    expect(await purchases()).toEqual([['purchase', 3000]])
    expect(await differences()).toMatchObject([{ kind: 'paid_twice', order_id: order.order_id }])
  })

  test('what is nobody\'s waits until an order learns its payment', async () => {
    const refund = `evt_${randomUUID()}`
    await sendPaymentEvent(db, facts.refund('a', 1000), { id: refund })
    expect(await processPayments(db)).toMatchObject({ processed: 0 })
    expect(await eventRow(refund)).toMatchObject({ processed_at: null, order_id: null, tries: 0 })
    await sendPaymentEvent(db, facts.paid())
    await processPayments(db)
    expect(await ledgerOf(db, account)).toEqual([['grant', 1200], ['purchase', 3000], ['refund', -1000]])
    expect(await eventRow(refund)).toMatchObject({ processed_at: expect.any(Date) as Date, order_id: order.order_id })
  })

  test('a refund that names its charge alone waits for the charge to be known', async () => {
    await sendPaymentEvent(db, { ...facts.refund('a', 1500), payment_intent_id: null })
    await paymentEvents(db, facts.paid(), facts.succeeded())
    expect(await ledgerOf(db, account)).toEqual([['grant', 1200], ['purchase', 3000], ['refund', -1500]])
  })

  test('what is nobody\'s for three days is closed, and said', async () => {
    const id = `evt_${randomUUID()}`
    await sendPaymentEvent(db, factsOf({ order_id: randomUUID(), amount_cents: 1, currency: 'usd' }).succeeded(), { id })
    await processPayments(db)
    await db.shiftClock('71 hours')
    await processPayments(db)
    expect((await eventRow(id)).processed_at).toBeNull()
    await db.shiftClock('2 hours')
    await processPayments(db)
    expect(await eventRow(id)).toMatchObject({ processed_at: expect.any(Date) as Date, error: 'no order of ours' })
    expect(await db.sql`select facts ->> 'event_id' as id from engine.repairs where kind = 'payment_unmatched'`).toEqual([{ id }])
  })

  test('what says nothing is closed, what speaks of cards has them read anew', async () => {
    await paymentEvents(db, { kind: 'other' })
    await sendPaymentEvent(db, { kind: 'payment_method', payment_method_id: 'pm_1', customer_id: `cus_${account.accountId}`, change: 'attached' }, { id: 'evt_card' })
    await sendPaymentEvent(db, { ...facts.paid(), kind: 'checkout', mode: 'setup', order_id: null, session_id: 'cs_setup', payment_intent_id: null, customer_id: `cus_${account.accountId}` }, { id: 'evt_setup' })
    expect(await processPayments(db)).toMatchObject({ processed: 2, quarantined: 0 })
    expect(await db.sql`select dedupe_key, payload from engine.outbox where kind = 'sync_cards' and account_id = ${account.accountId} order by id`).toEqual([
      { dedupe_key: 'evt_card', payload: { account_id: account.accountId, customer_id: `cus_${account.accountId}` } },
      { dedupe_key: 'evt_setup', payload: { account_id: account.accountId, customer_id: `cus_${account.accountId}` } }])
  })

  test('a checkout that saves the card has the cards read anew', async () => {
    const saving = await openCheckout(db, account, { pack_id: 'minutes_50', saves_card: true })
    await sendPaymentEvent(db, factsOf(saving).paid(), { id: 'evt_saving' })
    await processPayments(db)
    expect(await db.sql`select from engine.outbox where kind = 'sync_cards' and dedupe_key = 'evt_saving'`).toHaveLength(1)
  })

  test('one that cannot be understood is set apart after five tries, and the others go on', async () => {
    const id = `evt_${randomUUID()}`
    await sendPaymentEvent(db, { ...facts.refund('a', 1), amount_cents: 'many' }, { id })
    await paymentEvents(db, facts.paid())
    expect(await eventRow(id)).toMatchObject({ tries: 1, error: expect.stringContaining('many') as string, quarantined_at: null, order_id: null })
    for (let hour = 0; hour < 5; hour++) {
      await db.shiftClock('1 hour')
      await processPayments(db)
    }
    expect(await eventRow(id)).toMatchObject({ tries: 5, quarantined_at: expect.any(Date) as Date, processed_at: null })
    expect(await purchases()).toEqual([['purchase', 3000]])
    await db.sql`update engine.payment_events set processed_at = private.now() where event_id = ${id}`
  })

  test('a deadlock is not its fault: it costs no try, is noted, and the event is worked on again', async () => {
    const id = `evt_${randomUUID()}`
    await sendPaymentEvent(db, facts.paid(), { id })
    await db.sql.unsafe(`create function public.fail() returns trigger language plpgsql as $$ begin raise sqlstate '40P01'; end $$;
      create trigger fails before insert on public.ledger_entries for each row execute function public.fail()`)
    for (let round = 0; round < 6; round++) await processPayments(db)
    expect(await eventRow(id)).toMatchObject({ tries: 0, error: null, quarantined_at: null, processed_at: null })
    expect((await db.sql`select facts ->> 'code' as code from engine.repairs where kind = 'put_off' limit 1`)[0]).toEqual({ code: '40P01' })
    await db.sql.unsafe('drop trigger fails on public.ledger_entries; drop function public.fail()')
    await processPayments(db)
    expect(await purchases()).toEqual([['purchase', 3000]])
  })

  test('an account that somebody works on is left for the next time, and costs no try', async () => {
    await sendPaymentEvent(db, facts.paid())
    const busy = await db.holding(`select from engine.accounts where account_id = '${account.accountId}' for update`)
    expect(await processPayments(db)).toMatchObject({ processed: 0, waiting: 1 })
    await busy.commit()
    await busy.close()
    await db.sql`select private.tick()`
    expect(await status()).toBe('paid')
  })

  test('what the provider answered to a question is worked on at once, behind whoever works on the account', async () => {
    const busy = await db.holding(`select from engine.accounts where account_id = '${account.accountId}' for update`)
    const asked = askedPaymentEvent(db, facts.expired())
    await db.untilSomebodyWaits()
    await busy.commit()
    await busy.close()
    expect(await asked).toEqual({ is_new: true })
    expect(await status(), 'when the answer is stored').toBe('canceled')
  })

  test('one event that two workers see is worked on once', async () => {
    await sendPaymentEvent(db, facts.paid())
    await Promise.all([processPayments(db), processPayments(db), processPayments(db)])
    await processPayments(db)
    expect(await purchases()).toEqual([['purchase', 3000]])
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 4200 })
  })

  test('what another worker is at or did meanwhile is left alone', async () => {
    const card = { kind: 'payment_method', payment_method_id: 'pm_1', customer_id: `cus_${account.accountId}`, change: 'attached' }
    for (const id of ['evt_slow', 'evt_quick']) {
      await sendPaymentEvent(db, card, { id })
      await db.shiftClock('1 second')
    }
    await db.sql.unsafe(`create function public.dawdle() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(1); return new; end $$;
      create trigger dawdles before update on engine.payment_events for each row when (old.event_id = 'evt_slow') execute function public.dawdle()`)
    const quick = await db.session('service')
    await quick.query('select pg_advisory_lock(1)')
    const slow = processPayments(db)
    await db.untilSomebodyWaits()
    expect(await quick.rpc('process_payment_events', { batch_size: 10 }), 'the first has a worker').toMatchObject({ processed: 1 })
    await quick.query('select pg_advisory_unlock(1)')
    expect(await slow, 'the second had one').toMatchObject({ processed: 1 })
    await quick.close()
    await db.sql.unsafe('drop trigger dawdles on engine.payment_events; drop function public.dawdle()')
  })

  test('an order ends once, and never when its money came', async () => {
    const end = async () => (await db.sql`select private.end_order(${order.order_id}, 'failed', 'late', 'Too late.') as ended`)[0]?.ended as boolean
    expect([await end(), await end()]).toEqual([true, false])
    await paymentEvents(db, facts.paid())
    expect(await end()).toBe(false)
    expect(await row()).toMatchObject({ status: 'paid', failure_code: null })
  })

  test('none of all these stumbled, but the one that could not be understood', async () => {
    expect(await db.sql`select type, error from engine.payment_events where tries > 0`).toMatchObject([{ type: 'refund', error: expect.stringContaining('many') as string }])
  })
})
