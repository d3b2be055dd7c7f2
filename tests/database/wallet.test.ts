/** What a balance was bought for, what each call takes of it, and the wallet as pages read it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createOrder, hotAccount, paidOrder, saveCards, saveTopUp } from '../factories/order.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

interface Page { rows: Record<string, unknown>[], next_cursor: unknown }

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
const post = (kind: string, seconds: number, ref: string = `${kind}:${account.accountId}`) => db.sql`select private.post_entry(${account.accountId}, ${kind}::public.ledger_kind, ${seconds}, ${ref})`
const ask = <T = Page>(name: string, args: Record<string, unknown> = {}) => account.owner.rpc<T>(name, { account_id: account.accountId, ...args })

/** Calls that talked so many seconds each, reported together. Only this account may have something due. */
async function calls(...talked: number[]): Promise<string[]> {
  await startedCampaign(account, { contacts: talked.length, assistant: { maximum_seconds: 120 } })
  const placed = []
  for (const _call of talked) placed.push(await acceptedCall(db))
  for (const [index, call] of placed.entries()) await sendEvent(db, report(call.providerCallId, talked[index]))
  await processEvents(db)
  return placed.map(({ callId }) => callId)
}

describe('the value of a balance', () => {
  test('a call costs its share of it, fixed when it is settled; what is left is worth as much by the minute as before', async () => {
    await paidOrder(db, account)
    const [callId] = await calls(61)
    const price = Math.floor(30_000_000 * 120 / 4200)
    expect(await callState(db, callId!)).toMatchObject({ billed_seconds: 120, price_micros: String(price) })
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 4080, value_micros: 30_000_000 - price })
    expect(await ask('spend_per_day', await days())).toMatchObject({ totals: { billed_seconds: 120, price_micros: price, calls_count: 1 } })
    expect((await ask('list_ledger')).rows[0]).toMatchObject({ kind: 'consume', delta_seconds: -120, price_micros: price, call_id: callId, campaign_name: 'Spring', order_id: null })
  })

  test('free seconds cost nothing', async () => {
    const [callId] = await calls(30)
    expect(await callState(db, callId!)).toMatchObject({ billed_seconds: 60, price_micros: '0' })
  })

  test('the last seconds take all that is left: nothing is lost to rounding', async () => {
    await paidOrder(db, account)
    await post('expire', -3833)
    const value = 30_000_000 - Math.floor(30_000_000 * 3833 / 4200)
    const ids = await calls(61, 30, 90)
    const prices = await Promise.all(ids.map(async (id) => Number((await callState(db, id)).price_micros)))
    expect(prices.every((price) => price > 0)).toBe(true)
    const left = Number((await hotAccount(db, account)).value_micros)
    expect(left).toBe(value - Math.floor(value * 300 / 367))
    expect(prices.reduce((sum, price) => sum + price, left)).toBe(value)
    await post('expire', -67, `rest:${account.accountId}`)
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 0, value_micros: 0 })
  })

  test.each([
    ['60/60', 60, 60, { 0: 0, 1: 60, 60: 60, 61: 120 }], ['30/6', 30, 6, { 0: 0, 1: 30, 30: 30, 31: 36, 36: 36, 37: 42, 61: 66 }], ['1/1', 1, 1, { 0: 0, 1: 1, 61: 61 }],
  ] as [string, number, number, Record<number, number>][])('%s rounds a talk up', async (_what, first, further, expected) => {
    for (const [talked, billed] of Object.entries(expected)) {
      expect((await db.sql`select private.round_up(${Number(talked)}, ${first}, ${further}) as billed`)[0]).toEqual({ billed })
    }
  })

  test('a plan of 30/6 bills so, and holds so much for a call', async () => {
    await db.sql`update public.plans set first_increment_seconds = 30, billing_increment_seconds = 6 where is_default`
    account = await openAccount(db)
    await db.sql`update public.plans set first_increment_seconds = 60, billing_increment_seconds = 60 where is_default`
    await startedCampaign(account, { contacts: 1, assistant: { maximum_seconds: 100 } })
    const call = await acceptedCall(db)
    expect(await hotAccount(db, account)).toMatchObject({ reserved_seconds: 102 })
    await sendEvent(db, report(call.providerCallId, 31))
    await processEvents(db)
    expect(await callState(db, call.callId)).toMatchObject({ billed_seconds: 36, overrun_seconds: 0 })
  })
})

const days = async () => {
  const [row] = await db.sql`select to_char(private.now() at time zone 'America/New_York', 'YYYY-MM-DD') as today`
  return { from_day: row!.today as string, to_day: row!.today as string }
}

describe('the wallet', () => {
  test('answers all that its page begins with', async () => {
    await paidOrder(db, account)
    await saveCards(db, account)
    await calls(61)
    expect(await ask('get_billing')).toMatchObject({
      wallet: { balance_seconds: 4080, reserved_seconds: 0, spendable_seconds: 4080 }, custom: { min_cents: 1000, max_cents: 500000 },
      details: null, auto_top_up: null,
      payment_methods: [{ id: `pm_${account.accountId}`, brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2030, is_default: true }],
      average_seconds_per_day: 120, days_left: 34, price_cents_per_minute: 43,
      packs: ['minutes_50', 'minutes_100', 'minutes_200', 'minutes_500'].map((id) => expect.objectContaining({ id, currency: 'usd', bonus_percent: 0 }) as unknown) })
  })

  test('knows no pace before the first call, and no price without minutes', async () => {
    await post('expire', -1200)
    expect(await ask('get_billing')).toMatchObject({ average_seconds_per_day: 0, days_left: null, price_cents_per_minute: null })
  })

  test('pages through orders, the newest first', async () => {
    const ids = []
    for (let n = 0; n < 5; n++) ids.unshift((await createOrder(account)).order_id)
    const seen: unknown[] = []
    let cursor: unknown = null
    do {
      const page: Page = await ask('list_orders', { cursor, page_size: 2 })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor)
    expect(seen).toEqual(ids)
    expect(await account.owner.rpc('get_order', { order_id: ids[0] })).toMatchObject({ id: ids[0], account_id: account.accountId, status: 'open', amount_cents: 3000, refunded_cents: 0 })
  })

  test('pages through the ledger of a period of the account\'s own days', async () => {
    const from = await days()
    await db.shiftClock('1 day')
    for (let n = 0; n < 4; n++) await post('grant', 10, `${n}:${account.accountId}`)
    const second = await days()
    await db.shiftClock('1 day')
    await post('grant', 99, `last:${account.accountId}`)
    const deltas = async (args: Record<string, unknown>) => (await ask('list_ledger', args)).rows.map(({ delta_seconds }) => delta_seconds)
    expect(await deltas({})).toEqual([99, 10, 10, 10, 10, 1200])
    expect(await deltas(from)).toEqual([1200])
    expect(await deltas(second)).toEqual([10, 10, 10, 10])
    expect(await deltas({ ...from, to_day: second.to_day })).toEqual([10, 10, 10, 10, 1200])
    expect(await deltas({ from_day: second.from_day })).toEqual([99, 10, 10, 10, 10])
    expect(await deltas({ from_day: '2000-01-01', to_day: '2000-01-31' })).toEqual([])
    const first = await ask('list_ledger', { ...second, page_size: 3 })
    expect(first.rows.map(({ account_version }) => account_version)).toEqual([5, 4, 3])
    expect((await ask('list_ledger', { ...second, cursor: first.next_cursor, page_size: 3 })).rows.map(({ balance_after }) => balance_after)).toEqual([1210])
  })

  test('shows what running calls hold', async () => {
    await startedCampaign(account, { contacts: [{ name: 'Jo Field' }] })
    const { callId } = await acceptedCall(db)
    expect(await ask('list_reservations')).toEqual([{ call_id: callId, campaign_name: 'Spring', contact_name: 'Jo Field', state: 'dialing', reserved_seconds: 300, created_at: expect.any(String) as string }])
    await db.sql`insert into public.role_permissions (role, permission) values ('viewer', 'billing.read')`
    const { actor } = await addMember(db, account, 'viewer')
    expect(await actor.rpc('list_reservations', { account_id: account.accountId })).toMatchObject([{ contact_name: 'J•••' }])
    await db.sql`delete from public.role_permissions where role = 'viewer' and permission = 'billing.read'`
    await db.sql`select private.void_reserved(${account.accountId}, array[]::uuid[])`
  })

  test.each([['2026-01-02', '2026-01-01'], ['2025-01-01', '2026-01-02']])('compares periods of one to 366 days, not %s to %s', async (from_day, to_day) => {
    expect(await errorOf(ask('spend_per_day', { from_day, to_day }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'to_day' }] })
  })

  test('compares the spend with as many days before', async () => {
    await calls(61)
    const today = await days()
    await db.shiftClock('1 day')
    const tomorrow = await days()
    expect(await ask('spend_per_day', { from_day: tomorrow.from_day, to_day: tomorrow.to_day })).toMatchObject({ days: [], totals: { calls_count: 0 }, previous: { calls_count: 1, billed_seconds: 120 } })
    expect(await ask('spend_per_day', { from_day: today.from_day, to_day: tomorrow.to_day })).toMatchObject({ days: [{ day: today.from_day, calls_count: 1, billed_seconds: 120 }], previous: { calls_count: 0 } })
  })
})

describe('billing details', () => {
  const save = (details: Record<string, unknown>) => ask<Record<string, unknown>>('save_billing_details', { details })

  test('are kept as they were meant, field by field', async () => {
    expect(await save({ company_name: ' Acme ', email: 'bills@acme.example', country: 'de', low_balance_levels: [60, 3600, 60] }))
      .toEqual({ company_name: 'Acme', email: 'bills@acme.example', address_line_1: '', address_line_2: '', postal_code: '', city: '', state: '', country: 'DE', tax_number: '', currency: 'usd', low_balance_levels: [3600, 60] })
    expect(await save({ city: 'Bonn', email: '' })).toMatchObject({ company_name: 'Acme', city: 'Bonn', email: '', country: 'DE', low_balance_levels: [3600, 60] })
    expect((await ask<{ details: unknown }>('get_billing')).details).toMatchObject({ city: 'Bonn' })
    const [log] = await db.sql`select details from public.activity_log where account_id = ${account.accountId} and verb = 'billing_details.saved' order by id desc limit 1`
    expect(log?.details, 'names of fields, no values').toEqual({ fields: ['city', 'email'] })
  })

  test.each([
    ['company_name', { company_name: { first: 'A' } }], ['tax_number', { tax_number: 5 }], ['email', { email: 'nobody' }], ['country', { country: 'Germany' }], ['city', { city: 'x'.repeat(201) }], ['low_balance_levels', { low_balance_levels: [0] }],
    ['low_balance_levels', { low_balance_levels: ['many'] }], ['low_balance_levels', { low_balance_levels: [1, 2, 3, 4, 5, 6] }], ['low_balance_levels', { low_balance_levels: 5 }],
  ])('refuse a wrong %s', async (field, details) => {
    expect(await errorOf(save(details))).toMatchObject({ code: 'invalid_input', details: [{ field }] })
  })
})

describe('low balance', () => {
  const told = async () => (await db.sql`select kind::text, details from public.notices where account_id = ${account.accountId} and resolved_at is null order by created_at`).map(({ kind, details }) => [kind, (details as { level_seconds?: number }).level_seconds])
  const mails = async () => (await db.sql`select payload from engine.outbox where account_id = ${account.accountId} and kind = 'send_mail' order by id`).map(({ payload }) => (payload as { template: string, values: unknown }))

  test('is told once per level on the way down, and anew after the balance rose', async () => {
    await ask('save_billing_details', { details: { email: 'books@example.com' } })
    await post('grant', 1000, `a:${account.accountId}`)
    expect(await told()).toEqual([])
    await post('expire', -400, `b:${account.accountId}`)
    expect(await told(), 'at 1800 exactly nothing is low').toEqual([])
    await post('expire', -1, `c:${account.accountId}`)
    await post('expire', -1, `d:${account.accountId}`)
    expect(await told()).toEqual([['low_balance', 1800]])
    await post('expire', -1300, `e:${account.accountId}`)
    expect(await told()).toEqual([['low_balance', 600]])
    expect(await mails()).toMatchObject([{ template: 'low_balance', values: { seconds: 1799 } }, { template: 'low_balance', values: { seconds: 498 } }])
    await post('grant', 5000, `f:${account.accountId}`)
    expect(await told()).toEqual([])
    await post('expire', -4000, `g:${account.accountId}`)
    expect(await told()).toEqual([['low_balance', 1800]])
  })

  test('a new account with its free minutes is told nothing, nor one that gets a few more', async () => {
    await post('grant', 10, `few:${account.accountId}`)
    expect(await told()).toEqual([])
  })

  test('an empty balance is always told, once', async () => {
    await ask('save_billing_details', { details: { low_balance_levels: [], email: 'books@example.com' } })
    await post('expire', -1199, `a:${account.accountId}`)
    expect(await told()).toEqual([])
    await post('expire', -1, `b:${account.accountId}`)
    expect(await told()).toEqual([['low_balance', 0]])
    expect(await mails()).toMatchObject([{ template: 'low_balance', values: { seconds: 0 } }])
    await post('grant', 1, `c:${account.accountId}`)
    expect(await told()).toEqual([])
  })

  test('follows the levels of the account', async () => {
    await ask('save_billing_details', { details: { low_balance_levels: [] } })
    await post('expire', -1000)
    expect(await told()).toEqual([])
    await ask('save_billing_details', { details: { low_balance_levels: [150] } })
    const [callId] = await calls(30)
    expect(await callState(db, callId!)).toMatchObject({ state: 'settled' })
    expect(await told()).toEqual([['low_balance', 150]])
  })

  test('opening a top-up order is offered to whoever saved a card', async () => {
    await saveCards(db, account)
    expect(await saveTopUp(account, { is_on: false })).toMatchObject({ is_on: false, off_reason: 'person' })
  })
})
