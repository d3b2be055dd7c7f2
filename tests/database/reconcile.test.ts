/** The books are compared with each other and with the provider's: what differs is listed and told, and nothing is set right by itself. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createOrder, factsOf, hotAccount, openCheckout, orderRow, paidOrder, paymentEvents, type Order } from '../factories/order.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

let db: TestDatabase
let account: TestAccount
beforeAll(async () => {
  db = await createDatabase()
})
beforeEach(async () => {
  account = await openAccount(db)
})
afterAll(async () => {
  await expectInvariants(db)
  await db.drop()
})
const differences = async () => (await db.sql`select kind, subject, resolved_at is not null as is_over from engine.billing_differences where account_id = ${account.accountId} order by id`).map((row) => [row.kind, row.subject, row.is_over])
const check = async () => (await db.sql`select private.check_ledger() as found`)[0]?.found as number

describe('the ledger beside everything else', () => {
  test('finds nothing where nothing is wrong', async () => {
    const order = await paidOrder(db, account)
    await startedCampaign(account, { contacts: 1 })
    await sendEvent(db, report((await acceptedCall(db)).providerCallId))
    await processEvents(db)
    await paymentEvents(db, factsOf(order).refund('a', 1000), factsOf(order).dispute('funds_withdrawn'))
    expect(await check()).toBe(0)
    expect(await differences()).toEqual([])
  })

  test.each([
    ['ledger_balance', 'engine.accounts set balance_seconds = balance_seconds + 1'], ['ledger_value', 'engine.accounts set value_micros = value_micros + 1'],
    ['ledger_versions', 'engine.accounts set ledger_version = ledger_version + 1'],
  ])('lists %s once, tells it, and notes when it is over', async (kind, change) => {
    await paidOrder(db, account)
    await db.sql.unsafe(`update ${change} where account_id = '${account.accountId}'`)
    expect(await check()).toBe(1)
    await check()
    expect(await differences()).toEqual([[kind, account.accountId, false]])
    expect(await db.sql`select from engine.repairs where account_id = ${account.accountId} and kind = 'billing_difference'`).toHaveLength(1)
    const [health] = await db.sql<[{ found: number }]>`select (private.engine_health() ->> 'billing_differences')::int as found`
    expect(health.found).toBe(1)
    await db.sql.unsafe(`update ${change.replace('+ 1', '- 1')} where account_id = '${account.accountId}'`)
    expect(await check()).toBe(0)
    expect(await differences()).toEqual([[kind, account.accountId, true]])
  })

  test('finds an order whose postings are not what its facts say, and a call that was billed and not posted', async () => {
    const { order_id: id } = await paidOrder(db, account)
    await db.sql`insert into engine.payment_refunds values (${`re_${id}`}, ${`pi_${id}`}, 1000, 'succeeded')`
    expect(await check()).toBe(1)
    await db.sql`delete from engine.payment_refunds where refund_id = ${`re_${id}`}`
    const { campaignId } = await startedCampaign(account, { contacts: 1 })
    const { callId } = await acceptedCall(db)
    await account.owner.rpc('stop_campaign', { campaign_id: campaignId })
    await db.sql`update public.calls set billed_seconds = 60 where id = ${callId}`
    expect(await check()).toBe(1)
    await db.sql`update public.calls set billed_seconds = null where id = ${callId}`
    expect(await check()).toBe(0)
    expect(await differences()).toEqual([['order_not_posted', id, true], ['call_not_posted', account.accountId, true]])
  })

  test('finds billed calls whose cost the provider has not named a day later, until it does', async () => {
    await startedCampaign(account, { contacts: 2 })
    for (const cost_micros of [null, 10_000]) await sendEvent(db, report((await acceptedCall(db)).providerCallId, 61, { cost_micros }))
    await processEvents(db)
    await db.shiftClock('23 hours')
    await check()
    expect(await differences(), 'it may still come').toEqual([])
    await db.shiftClock('2 hours')
    await check()
    expect(await differences()).toEqual([['cost_unknown', account.accountId, false]])
    expect(await db.sql`select facts ->> 'calls' as calls, facts ->> 'billed_seconds' as seconds from engine.billing_differences where account_id = ${account.accountId}`).toEqual([{ calls: '1', seconds: '120' }])
    await db.sql`update public.calls set provider_cost_micros = 0 where account_id = ${account.accountId} and provider_cost_micros is null`
    await check()
    expect(await differences()).toEqual([['cost_unknown', account.accountId, true]])
  })

  test('is looked at each night', async () => {
    await db.sql`update engine.accounts set value_micros = 5 where account_id = ${account.accountId}`
    await db.shiftClock('25 hours')
    await db.sql`select private.tick()`
    expect(await differences()).toEqual([['ledger_value', account.accountId, false]])
    expect((await db.sql<[{ listed: { subject: string }[] }]>`select private.list_billing_differences() as listed`)[0].listed).toContainEqual(expect.objectContaining({ kind: 'ledger_value', subject: account.accountId }))
    await db.sql`update engine.accounts set value_micros = 0 where account_id = ${account.accountId}`
    await check()
  })
})

describe('the provider\'s books', () => {
  interface Listing { since: string, until: string }
  // Each compares a period of its own.
  beforeEach(() => db.shiftClock('2 hours'))
  const due = () => db.asService().rpc<Listing | null>('payment_listing_due')
  const record = (period: Listing, facts: unknown[]) => db.asService().rpc<{ differences: number }>('record_payment_listing', { period, facts: facts as never })
  const listed = (order: Order, more: Record<string, unknown> = {}) => ({ payment_intent_id: `pi_${order.order_id}`, order_id: order.order_id, status: 'succeeded', amount_cents: order.amount_cents,
    received_cents: order.amount_cents, refunded_cents: 0, currency: 'usd', ...more })
  async function period(): Promise<Listing> {
    const [row] = await db.sql`select (private.now() - interval '1 hour')::text as since, (private.now() + interval '1 minute')::text as until`
    return row as unknown as Listing
  }

  test('are due each day, until a list was compared; meanwhile every ten minutes', async () => {
    await createOrder(account)
    await db.shiftClock('2 days')
    const first = await due()
    expect(first).toMatchObject({ since: expect.any(String) as string })
    expect(await due()).toBeNull()
    await db.shiftClock('11 minutes')
    const again = await due()
    expect(again).not.toBeNull()
    await record(again!, [])
    await db.shiftClock('23 hours')
    expect(await due()).toBeNull()
    await db.shiftClock('1 hour')
    const next = await due()
    expect(Date.parse(again!.until) - Date.parse(next!.since), 'an hour of it is looked at twice').toBe(3_600_000)
    await record(next!, [])
  })

  test('that agree show nothing, and a payment of others is not ours', async () => {
    const order = await paidOrder(db, account)
    expect(await record(await period(), [listed(order), { ...listed(order), payment_intent_id: 'pi_other', order_id: null }, { ...listed(order), payment_intent_id: 'pi_unpaid', order_id: null, status: 'canceled' }])).toEqual({ differences: 0 })
  })

  test('show a payment that was not credited, until it is', async () => {
    const order = await openCheckout(db, account)
    expect(await record(await period(), [listed(order)])).toEqual({ differences: 1 })
    expect(await differences()).toEqual([['paid_not_credited', `pi_${order.order_id}`, false]])
    expect((await orderRow(db, order.order_id)).status, 'nothing is set right by itself').toBe('open')
    await paymentEvents(db, factsOf(order).succeeded())
    expect(await record(await period(), [listed(order)])).toEqual({ differences: 0 })
    expect(await differences()).toEqual([['paid_not_credited', `pi_${order.order_id}`, true]])
  })

  test.each([
    ['refund_mismatch', { refunded_cents: 100 }], ['amount_mismatch', { received_cents: 1 }], ['amount_mismatch', { currency: 'eur' }],
  ])('show a %s', async (kind, more) => {
    const order = await paidOrder(db, account)
    await record(await period(), [listed(order, more)])
    expect(await differences()).toEqual([[kind, `pi_${order.order_id}`, false]])
  })

  test('are over as soon as it was heard of, whichever period is listed then', async () => {
    const [order, open, other] = [await paidOrder(db, account), await openCheckout(db, account), await paidOrder(db, account)]
    await record(await period(), [listed(order, { refunded_cents: 100 }), listed(open), listed(other, { refunded_cents: 200 })])
    expect(await differences()).toHaveLength(3)
    await db.shiftClock('3 hours')
    await record(await period(), [])
    expect((await differences()).filter(([, , isOver]) => isOver)).toEqual([])
    await paymentEvents(db, factsOf(order).charge(100), factsOf(open).paid(), factsOf(other).charge(150))
    await db.shiftClock('3 hours')
    await record(await period(), [])
    expect((await differences()).map(([kind, subject, isOver]) => [kind, subject, isOver]).sort()).toEqual([
      ['paid_not_credited', `pi_${open.order_id}`, true], ['refund_mismatch', `pi_${order.order_id}`, true], ['refund_mismatch', `pi_${other.order_id}`, false]].sort())
  })

  test('show what was credited and is not in them', async () => {
    const order = await paidOrder(db, account)
    await record(await period(), [])
    expect(await differences()).toEqual([['credited_not_paid', `pi_${order.order_id}`, false]])
  })
})

describe('orders without an end', () => {
  const toCheck = async () => (await db.asService().rpc<{ orders: { order_id: string }[] }>('orders_to_check', { batch_size: 100 })).orders.map(({ order_id }) => order_id)

  test('are asked about after ten minutes, ever more rarely, and not once they have one', async () => {
    const [order, paid, bare] = [await openCheckout(db, account), await paidOrder(db, account), await createOrder(account)]
    expect(await toCheck()).not.toContain(order.order_id)
    await db.shiftClock('11 minutes')
    const asked = await toCheck()
    expect(asked).toContain(order.order_id)
    expect(asked).not.toContain(paid.order_id)
    expect(asked, 'nobody knows it at the provider').not.toContain(bare.order_id)
    await db.shiftClock('9 minutes')
    expect(await toCheck()).not.toContain(order.order_id)
    await db.shiftClock('2 minutes')
    expect(await toCheck()).toContain(order.order_id)
  })

  test('that never got a page are over with their time', async () => {
    const bare = await createOrder(account)
    const open = await openCheckout(db, account)
    await db.shiftClock('61 minutes')
    await db.sql`select private.tick()`
    expect((await orderRow(db, bare.order_id)).status).toBe('expired')
    expect((await orderRow(db, open.order_id)).status).toBe('open')
  })
})

describe('operators', () => {
  const adjust = (seconds: number, reason: string, actor = account.userId) => db.sql`select private.adjust_balance(${account.accountId}, ${seconds}, ${reason}, ${actor}) as wallet`

  test('adjust a balance with a reason, which ledger and log keep; never below what it holds', async () => {
    expect((await errorOf(adjust(60, 'kindness'))).code, 'nobody else').toBe('forbidden')
    await db.sql`insert into public.platform_admins (user_id) values (${account.userId})`
    expect((await errorOf(adjust(60, ' '))).code).toBe('invalid_input')
    expect((await errorOf(adjust(0, 'nothing'))).code).toBe('invalid_input')
    expect((await adjust(60, 'kindness'))[0]).toMatchObject({ wallet: { balance_seconds: 1260 } })
    await db.sql`update engine.accounts set reserved_seconds = 300 where account_id = ${account.accountId}`
    expect((await errorOf(adjust(-961, 'too much'))).code).toBe('conflict')
    await adjust(-960, 'a mistake')
    await db.sql`update engine.accounts set reserved_seconds = 0 where account_id = ${account.accountId}`
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 300 })
    expect(await db.sql`select delta_seconds::int, note, created_by from public.ledger_entries where account_id = ${account.accountId} and kind = 'adjust' order by account_version`)
      .toEqual([{ delta_seconds: 60, note: 'kindness', created_by: account.userId }, { delta_seconds: -960, note: 'a mistake', created_by: account.userId }])
    expect(await db.sql`select actor_id, details from public.activity_log where account_id = ${account.accountId} and verb = 'balance.adjusted' order by id`)
      .toEqual([{ actor_id: account.userId, details: { delta_seconds: 60, reason: 'kindness' } }, { actor_id: account.userId, details: { delta_seconds: -960, reason: 'a mistake' } }])
    expect((await errorOf(account.owner.query(`select private.adjust_balance('${account.accountId}', 60, 'me', '${account.userId}')`))).code).toBe('42501')
  })

  test('see what a period brought and cost', async () => {
    const books = await createDatabase()
    const owner = await openAccount(books)
    const order = await paidOrder(books, owner)
    await paymentEvents(books, factsOf(order).refund('a', 300))
    await startedCampaign(owner, { contacts: 2 })
    const placed = [await acceptedCall(books), await acceptedCall(books)]
    await sendEvent(books, report(placed[0]!.providerCallId, 61, { cost_micros: 10_000 }))
    await sendEvent(books, report(placed[1]!.providerCallId))
    await processEvents(books)
    const [row] = await books.sql`select private.profit_report((private.now() at time zone 'UTC')::date, (private.now() at time zone 'UTC')::date) as report,
      (select sum(price_micros)::int from public.calls) as price, (select price_micros::int from public.calls where provider_cost_micros is not null) as first_price`
    expect(row?.report).toMatchObject({ calls_count: 2, billed_seconds: 240, price_micros: row?.price as number, cost_micros: 10_000,
      margin_micros: (row?.first_price as number) - 10_000, calls_without_cost: 1,
      orders_count: 1, paid_cents: 3000, refunded_cents: 300, disputed_cents: 0, sold_seconds: 3000 })
    const [before] = await books.sql`select private.profit_report('2020-01-01', '2020-01-31') as report`
    expect(before?.report).toMatchObject({ calls_count: 0, orders_count: 0, paid_cents: 0 })
    await books.drop()
  })
})

describe('an invoice', () => {
  test('says what was bought, by whom and from whom, once it is paid', async () => {
    await account.owner.rpc('save_billing_details', { account_id: account.accountId, details: { company_name: 'Müller & Söhne', address_line_1: 'Weg 1', postal_code: '53111', city: 'Bonn', country: 'de', tax_number: 'DE1' } })
    const open = await openCheckout(db, account)
    expect(await db.asService().rpc('invoice_facts', { order_id: open.order_id })).toBeNull()
    await paymentEvents(db, factsOf(open).paid())
    const { invoice_no: number } = await orderRow(db, open.order_id)
    expect(await db.asService().rpc('invoice_facts', { order_id: open.order_id })).toMatchObject({ invoice_no: Number(number), issued_on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      seller: { name: 'Outdial', lines: [], tax_number: null }, buyer: { company_name: 'Müller & Söhne', lines: ['Weg 1', '53111 Bonn', 'DE'], tax_number: 'DE1' }, description: '50 minutes', seconds: 3000, amount_cents: 3000, currency: 'usd' })
    const [job] = await db.sql`select id from engine.outbox where kind = 'make_invoice' and dedupe_key = ${open.order_id}`
    await db.sql`update engine.accounts set changed_at = null, sent_at = null where account_id = ${account.accountId}`
    await db.asService().rpc('record_outbox', { id: job?.id as string, result: { ok: true, path: 'a/1.pdf' } })
    expect(await orderRow(db, open.order_id)).toMatchObject({ invoice_path: 'a/1.pdf' })
    expect(await db.sql`select sent_at is not null as were_told from engine.accounts where account_id = ${account.accountId}`, 'open pages hear of it').toEqual([{ were_told: true }])
  })
})
