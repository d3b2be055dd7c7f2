/** Buying by itself: when, how much, and what a refusal does. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { factsOf, ledgerOf, openCheckout, orderRow, paidOrder, paymentEvents, saveCards, saveTopUp, type Order } from '../factories/order.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

describe('auto top-up', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
  })
  beforeEach(async () => {
    account = await openAccount(db)
    await saveCards(db, account)
    // A bookkeeper's: people of the account hear of it by their notices.
    await account.owner.rpc('save_billing_details', { account_id: account.accountId, details: { email: 'books@example.com' } })
  })
  afterAll(async () => {
    await expectInvariants(db)
    await db.drop()
  })
  const sweep = () => db.sql`select private.sweep_top_ups(private.now())`
  const use = (seconds: number, ref = 'use') => db.sql`select private.post_entry(${account.accountId}, 'expire', ${-seconds}, ${`${ref}:${account.accountId}`})`
  const orders = async () => (await db.sql`select * from public.orders where account_id = ${account.accountId} and kind = 'auto_top_up' order by created_at`) as unknown as (Order & { id: string, status: string })[]
  const settings = async () => (await db.sql`select * from public.auto_top_ups where account_id = ${account.accountId}`)[0]!
  const notices = async () => (await db.sql`select kind::text from public.notices where account_id = ${account.accountId} and resolved_at is null and kind::text like 'auto%' order by 1`).map(({ kind }) => kind as string)
  const mails = async () => (await db.sql`select payload ->> 'template' as template from engine.outbox where account_id = ${account.accountId} and kind = 'send_mail' and payload ->> 'template' <> 'low_balance' order by id`).map(({ template }) => template as string)
  const charge = (id: string, result: Record<string, unknown>) => db.asService().rpc('record_charge', { order_id: id, result })
  const succeeded = (id: string) => charge(id, { kind: 'succeeded', payment_intent_id: `pi_${id}` })
  const declined = (id: string) => charge(id, { kind: 'declined', payment_intent_id: null, code: 'card_declined', message: 'No.' })

  /** Below its threshold, with one order under way. */
  async function started(more: Record<string, unknown> = {}): Promise<string> {
    await saveTopUp(account, more)
    await use(1)
    await sweep()
    return (await orders()).at(-1)!.id
  }

  test('orders once when the balance is below the threshold, and has the card charged', async () => {
    await saveTopUp(account)
    await sweep()
    expect(await orders(), 'at the threshold').toEqual([])
    await use(1)
    await Promise.all([sweep(), sweep(), db.sql`select private.tick()`])
    await sweep()
    const [order, ...others] = await orders()
    expect(others).toEqual([])
    expect(order).toMatchObject({ status: 'open', amount_cents: 3000, seconds: 3000, pack_id: 'minutes_50', payment_method_id: `pm_${account.accountId}`, created_by: account.userId })
    expect(await db.sql`select payload from engine.outbox where kind = 'charge_card' and account_id = ${account.accountId}`).toEqual([{ payload: { order_id: order!.id } }])
    expect(await db.asService().rpc('order_for_charge', { order_id: order!.id })).toEqual({ order_id: order!.id, account_id: account.accountId, amount_cents: 3000, currency: 'usd',
      customer_id: `cus_${account.accountId}`, payment_method_id: `pm_${account.accountId}`, description: '50 minutes', state: 'open' })
  })

  test('is judged anew under the lock, whatever the sweep saw before', async () => {
    const topUp = () => db.sql`select private.top_up(${account.accountId}, private.now())`
    await saveTopUp(account)
    await topUp()
    expect(await orders(), 'not below the threshold').toEqual([])
    await use(1)
    await db.sql`update public.auto_top_ups set next_try_at = private.now() + interval '1 hour' where account_id = ${account.accountId}`
    await topUp()
    expect(await orders(), 'not before the next try').toEqual([])
    await saveTopUp(account, { is_on: false })
    await topUp()
    expect(await orders(), 'not while it is off').toEqual([])
  })

  test('a charge that went through credits once, whatever says it, and the next one comes when it is needed again', async () => {
    const id = await started()
    expect(await succeeded(id)).toEqual({ state: 'paid' })
    const [order] = await orders()
    await paymentEvents(db, factsOf({ ...order!, order_id: id }).succeeded())
    await succeeded(id)
    expect((await ledgerOf(db, account)).filter(([kind]) => kind === 'purchase')).toEqual([['purchase', 3000]])
    expect(await db.asService().rpc('order_for_charge', { order_id: id }), 'nothing more is charged').toBeNull()
    await sweep()
    expect(await orders()).toHaveLength(1)
    await use(3000, 'more')
    await sweep()
    expect(await orders()).toHaveLength(2)
  })

  test('a payment on its way keeps others away', async () => {
    const id = await started()
    expect(await charge(id, { kind: 'processing', payment_intent_id: `pi_${id}` })).toEqual({ state: 'pending' })
    await sweep()
    expect(await orders()).toHaveLength(1)
    await paymentEvents(db, factsOf({ ...(await orders())[0]!, order_id: id }).succeeded())
    expect((await orderRow(db, id)).status).toBe('paid')
  })

  test('a refusal counts once, is told, and waits an hour, six hours, a day; the third switches it off', async () => {
    const id = await started()
    await declined(id)
    await paymentEvents(db, factsOf({ ...(await orders())[0]!, order_id: id }).failed())
    await declined(id)
    expect(await orderRow(db, id)).toMatchObject({ status: 'failed', failure_code: 'card_declined', failure_message: 'No.' })
    expect(await settings()).toMatchObject({ failures: 1, is_on: true })
    expect(await notices()).toEqual(['auto_top_up_failed'])
    for (const [wait, failures] of [['50 minutes', 2], ['350 minutes', 3]] as const) {
      await db.shiftClock(wait)
      await sweep()
      expect(await orders(), 'ten minutes too early').toHaveLength(failures - 1)
      await db.shiftClock('10 minutes')
      await sweep()
      await declined((await orders()).at(-1)!.id)
      expect(await settings()).toMatchObject({ failures })
    }
    expect(await settings()).toMatchObject({ is_on: false, off_reason: 'three_failures', next_try_at: null })
    expect(await notices()).toEqual(['auto_top_up_failed', 'auto_top_up_off'])
    expect(await mails()).toEqual(['top_up_failed', 'top_up_failed', 'top_up_failed', 'top_up_off'])
    await db.shiftClock('2 days')
    await sweep()
    expect(await orders()).toHaveLength(3)
    await saveTopUp(account)
    expect(await settings()).toMatchObject({ is_on: true, failures: 0, off_reason: null })
    expect(await notices()).toEqual([])
    await sweep()
    await succeeded((await orders()).at(-1)!.id)
    expect((await orderRow(db, (await orders()).at(-1)!.id)).status).toBe('paid')
  })

  test('the second refusal waits six hours', async () => {
    await declined(await started())
    await db.shiftClock('61 minutes')
    await sweep()
    await declined((await orders()).at(-1)!.id)
    expect((await db.sql`select extract(epoch from next_try_at - private.now())::int / 60 as minutes from public.auto_top_ups where account_id = ${account.accountId}`)[0]?.minutes).toBeGreaterThan(355)
  })

  test('a payment that must be confirmed asks for it by mail; money that comes after all pays the order', async () => {
    const id = await started()
    await charge(id, { kind: 'authentication_required', payment_intent_id: `pi_${id}`, code: 'card_declined', message: 'Confirm.' })
    expect(await orderRow(db, id)).toMatchObject({ status: 'failed', failure_code: 'authentication_required' })
    expect(await mails()).toEqual(['top_up_confirm'])
    await paymentEvents(db, factsOf({ ...(await orders())[0]!, order_id: id }).succeeded())
    expect((await orderRow(db, id)).status).toBe('paid')
    expect(await settings()).toMatchObject({ failures: 0 })
    expect(await notices()).toEqual([])
  })

  test('a month\'s limit holds what is paid and what is under way, is told once, and ends with the account\'s month', async () => {
    const id = await started({ monthly_limit_cents: 5999, threshold_seconds: 100_000 })
    await succeeded(id)
    await sweep()
    await sweep()
    expect(await orders()).toHaveLength(1)
    expect(await notices()).toEqual(['auto_top_up_failed'])
    const [next] = await db.sql`select to_char(next_try_at at time zone 'America/New_York', 'DD HH24:MI') as at, next_try_at - private.now() < interval '32 days' as is_next_month from public.auto_top_ups where account_id = ${account.accountId}`
    expect(next).toEqual({ at: '01 00:00', is_next_month: true })
    await db.shiftClock('32 days')
    await sweep()
    expect(await orders()).toHaveLength(2)
  })

  test('failed orders do not count against the month', async () => {
    await declined(await started({ monthly_limit_cents: 3000 }))
    await db.shiftClock('61 minutes')
    await sweep()
    expect(await orders()).toHaveLength(2)
  })

  test('without a card it is off, and says so', async () => {
    await saveTopUp(account)
    await saveCards(db, account, [])
    await use(1)
    await sweep()
    expect(await orders()).toEqual([])
    expect(await settings()).toMatchObject({ is_on: false, off_reason: 'no_card' })
    expect(await notices()).toEqual(['auto_top_up_off'])
    expect(await errorOf(saveTopUp(account))).toMatchObject({ code: 'conflict', hint: 'Add a card first.' })
  })

  test.each([['a pack', {}, `id <> 'minutes_50'`], ['every pack that gives an amount its price', { pack_id: null, amount_cents: 3000 }, 'false']])('%s that is sold no more switches it off, and the heartbeat goes on', async (_what, more, isStillSold) => {
    await saveTopUp(account, more)
    await use(1)
    await db.sql.unsafe(`update public.packs set is_on = ${isStillSold}`)
    await db.sql`select private.tick()`
    await db.sql`update public.packs set is_on = true`
    expect(await orders()).toEqual([])
    expect(await settings()).toMatchObject({ is_on: false, off_reason: 'not_offered' })
    expect(await notices()).toEqual(['auto_top_up_off'])
    expect(await mails()).toEqual(['top_up_off'])
  })

  test('a dispute freezes it once', async () => {
    await saveTopUp(account, { threshold_seconds: 60 })
    const facts = factsOf(await paidOrder(db, account))
    await paymentEvents(db, facts.dispute('created'))
    expect(await settings()).toMatchObject({ is_on: false, off_reason: 'dispute' })
    await saveTopUp(account, { threshold_seconds: 60 })
    await paymentEvents(db, facts.dispute('updated'), facts.dispute('funds_withdrawn'))
    expect(await settings(), 'a person decided otherwise').toMatchObject({ is_on: true })
  })

  test.each([
    ['threshold_seconds', { threshold_seconds: 59 }], ['threshold_seconds', { threshold_seconds: null }], ['monthly_limit_cents', { monthly_limit_cents: 2999 }],
    ['monthly_limit_cents', { monthly_limit_cents: null }], ['pack_id', { amount_cents: 3000 }], ['pack_id', { pack_id: null }], ['amount_cents', { pack_id: null, amount_cents: 950 }],
  ])('refuses a wrong %s: %o', async (field, more) => {
    expect(await errorOf(saveTopUp(account, more))).toMatchObject({ code: 'invalid_input', details: [{ field }] })
  })

  test('a charge that nobody can make any more has failed', async () => {
    const id = await started()
    await db.sql`update engine.outbox set quarantined_at = private.now() where kind = 'charge_card' and dedupe_key = ${id}`
    await db.sql`select private.sweep_orders(private.now())`
    expect(await orderRow(db, id)).toMatchObject({ status: 'failed', failure_code: 'no_answer' })
    expect(await settings()).toMatchObject({ failures: 1 })
  })
})

describe('cards', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const cards = async () => (await db.sql`select id, is_default, removed_at is not null as is_removed from public.payment_methods order by created_at, id`).map((row) => [row.id, row.is_default, row.is_removed])

  test('are what the provider lists; the default stays while it is there', async () => {
    await saveCards(db, account, ['pm_a'])
    await saveCards(db, account, ['pm_a', 'pm_b'])
    expect(await cards()).toEqual([['pm_a', true, false], ['pm_b', false, false]])
    await account.owner.rpc('set_default_payment_method', { payment_method_id: 'pm_b' })
    await saveCards(db, account, ['pm_a', 'pm_b', 'pm_c'])
    expect(await cards()).toEqual([['pm_a', false, false], ['pm_b', true, false], ['pm_c', false, false]])
    await saveCards(db, account, ['pm_a', 'pm_c'])
    expect(await cards()).toEqual([['pm_a', false, false], ['pm_b', false, true], ['pm_c', true, false]])
    expect((await errorOf(account.owner.rpc('set_default_payment_method', { payment_method_id: 'pm_b' }))).code).toBe('not_found')
    expect((await errorOf(account.owner.rpc('card_for_removal', { payment_method_id: 'pm_b' }))).code).toBe('not_found')
    expect(await account.owner.rpc('card_for_removal', { payment_method_id: 'pm_c' })).toEqual({ payment_method_id: 'pm_c', account_id: account.accountId, customer_id: `cus_${account.accountId}` })
    await saveCards(db, account, [])
    expect((await cards()).filter(([, isDefault, isRemoved]) => isDefault || !isRemoved)).toEqual([])
  })

  test('of another customer change nothing, and the first customer stands', async () => {
    const list = { account_id: account.accountId, customer_id: 'cus_other', methods: [] }
    expect((await errorOf(db.asService().rpc('record_payment_methods', list))).code).toBe('conflict')
    expect(await db.asService().rpc('record_customer', { account_id: account.accountId, customer_id: 'cus_other' })).toEqual({ customer_id: `cus_${account.accountId}` })
    expect(await account.owner.rpc('customer_for_cards', { account_id: account.accountId })).toMatchObject({ customer_id: `cus_${account.accountId}`, email: expect.stringContaining('@') as string })
    const stranger = await openAccount(db)
    await db.asService().rpc('record_customer', { account_id: stranger.accountId, customer_id: `cus_${stranger.accountId}` })
    await saveCards(db, account, ['pm_a'])
    await saveCards(db, stranger, ['pm_a'])
    expect(await db.sql`select account_id from public.payment_methods where id = 'pm_a'`).toEqual([{ account_id: account.accountId }])
  })

  test('an order is asked about again by whoever may pay', async () => {
    const order = await openCheckout(db, account)
    expect(await account.owner.rpc('order_for_checkout', { order_id: order.order_id })).toMatchObject({ order_id: order.order_id, session_id: `cs_${order.order_id}`, checkout_url: 'https://pay.example/1', payment_intent_id: null, status: 'open' })
  })
})
