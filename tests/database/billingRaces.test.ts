/** Money on one account from many sides at once: nothing is lost, nothing comes twice, and nobody waits in a circle. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { claim, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createOrder, factsOf, hotAccount, openCheckout, paymentEvents, saveCards, saveTopUp, sendPaymentEvent, type Order } from '../factories/order.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

const CALLS = 200
const TOP_UPS = 20

let db: TestDatabase
let account: TestAccount
beforeAll(async () => {
  db = await createDatabase()
  account = await openAccount(db)
  await db.sql`update engine.provider_lines set calls_per_second = 1000, concurrency_max = 1000, tokens = 1000`
})
afterAll(async () => {
  await expectInvariants(db)
  await db.drop()
})
const settled = async () => Number((await db.sql`select count(*) as n from public.calls where account_id = ${account.accountId} and settled_at is not null`)[0]?.n)

/** Calls in the air, as their dispatcher leaves them. */
async function placeCalls(count: number): Promise<string[]> {
  await db.sql`update engine.accounts set concurrency_max = ${count} where account_id = ${account.accountId}`
  const { campaignId } = await startedCampaign(account, { contacts: 1, assistant: { maximum_seconds: 60 } })
  const rows = Array.from({ length: count - 1 }, (_row, index) => ({ row: index + 1, name: 'Jo', phone: `+1202566${String(index).padStart(4, '0')}`, time_zone: 'America/New_York' }))
  const { import_id } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: null, row_count: rows.length })
  await account.owner.rpc('import_contacts', { import_id, chunk: 0, rows })
  await db.sql`insert into public.consents (account_id, contact_id, basis, purposes, channel, given_at) select account_id, id, 'express_written', '{sales,service,survey,reminder}', 'web_form', '2025-01-01'
    from public.contacts where account_id = ${account.accountId} on conflict do nothing`
  await account.owner.rpc('enrol_all_contacts', { campaign_id: campaignId })
  while ((await claim(db, 100)).length > 0);
  return (await db.sql`update public.calls set state = 'in_progress', dialled_at = private.now(), started_at = private.now(), provider_call_id = id::text where account_id = ${account.accountId} returning id`).map(({ id }) => id as string)
}

test(`${CALLS} settlements and ${TOP_UPS} top-ups of one account at the same time`, async () => {
  await db.sql`select private.post_entry(${account.accountId}, 'grant', ${CALLS * 60}, 'races')`
  const ids = await placeCalls(CALLS)
  expect(ids).toHaveLength(CALLS)
  const orders: Order[] = []
  for (let n = 0; n < TOP_UPS; n++) orders.push(await createOrder(account).finally(() => db.sql`update public.orders set created_at = created_at - interval '2 hours'`))
  const before = await hotAccount(db, account)
  const settle = async (id: string) => {
    await sendEvent(db, report(id, 61))
    await db.asService().rpc('process_call_events', { batch_size: 5 })
  }
  const pay = async (order: Order) => {
    await Promise.all([factsOf(order).paid(), factsOf(order).succeeded(), factsOf(order).paid()].map((fact) => sendPaymentEvent(db, fact)))
    await Promise.all([1, 2].map(() => db.asService().rpc('process_payment_events', { batch_size: 3 })))
  }
  await Promise.all([...ids.map(settle), ...orders.map(pay)])
  await expect.poll(async () => {
    await db.sql`select private.tick()`
    const [left] = await db.sql`select count(*)::int as n from engine.payment_events where processed_at is null`
    return [left?.n, await settled()]
  }).toEqual([0, CALLS])
  const gained = TOP_UPS * 3000 - CALLS * 60
  expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: (before.balance_seconds as number) + gained, reserved_seconds: 0 })
  expect(await db.sql`select from engine.payment_events where tries > 0`).toEqual([])
  const [numbers] = await db.sql`select count(invoice_no)::int as given, max(invoice_no)::int as last from public.orders`
  expect(numbers).toEqual({ given: TOP_UPS, last: TOP_UPS })
})

test('orders of two accounts, credited by two workers in opposite order, end without a circle', async () => {
  const others = [await openAccount(db), await openAccount(db)]
  for (let round = 0; round < 10; round++) {
    const orders = await Promise.all(others.map((who) => openCheckout(db, who)))
    for (const order of orders) await sendPaymentEvent(db, factsOf(order).paid())
    await Promise.all([1, 2, 3].map(() => db.asService().rpc('process_payment_events', { batch_size: 10 })))
  }
  await db.asService().rpc('process_payment_events', { batch_size: 100 })
  const ids = others.map(({ accountId }) => accountId)
  expect(await db.sql`select status::text, count(*)::int as n from public.orders where account_id = any(${ids}) group by 1`).toEqual([{ status: 'paid', n: 20 }])
  expect(await db.sql`select from engine.payment_events where tries > 0`).toEqual([])
})

test('many ticks at once order one top-up, many answers of its charge credit it once', async () => {
  const short = await openAccount(db)
  await saveCards(db, short)
  await saveTopUp(short, { threshold_seconds: 3000 })
  await Promise.all(Array.from({ length: 8 }, () => db.sql`select private.sweep_top_ups(private.now())`))
  const [order, ...others] = await db.sql`select id, amount_cents, currency from public.orders where account_id = ${short.accountId}`
  expect(others).toEqual([])
  const id = order!.id as string
  await Promise.all([
    ...Array.from({ length: 4 }, () => db.asService().rpc('record_charge', { order_id: id, result: { kind: 'succeeded', payment_intent_id: `pi_${id}` } })),
    paymentEvents(db, factsOf({ order_id: id, amount_cents: 3000, currency: 'usd' }).succeeded()),
    sendPaymentEvent(db, factsOf({ order_id: id, amount_cents: 3000, currency: 'usd' }).succeeded(), { id: randomUUID() }),
  ])
  await db.asService().rpc('process_payment_events', { batch_size: 100 })
  expect(await hotAccount(db, short)).toMatchObject({ balance_seconds: 4200 })
})
