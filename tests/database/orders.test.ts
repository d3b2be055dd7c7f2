/** What minutes cost, and how an order comes to be: once per wish, paid or not, and never credited by anything but the provider's word. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { orderStatuses, orderTransitions } from '../../business/models/order.ts'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createOrder, factsOf, hotAccount, ledgerOf, openCheckout, orderRow, paidOrder, paymentEvents } from '../factories/order.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

describe('orders', () => {
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
  const quote = (cents: number) => account.owner.rpc('quote_minutes', { account_id: account.accountId, amount_cents: cents })

  test.each([
    [1000, 1000], [1100, 1100], [2900, 2900], [3000, 3000], [4900, 4900], [5000, 6000], [7900, 9480], [8000, 12000], [8100, 12150],
    [19900, 29850], [20000, 30000], [500000, 750000],
  ])('%i cents buy %i seconds at the price of the largest pack not above them', async (cents, seconds) => {
    expect(await quote(cents)).toEqual({ seconds, bonus_seconds: 0, amount_cents: cents, currency: 'usd' })
  })

  test.each([900, 999, 1050, 500100, -1000, 0])('%i cents are not sold', async (cents) => {
    expect(await errorOf(quote(cents))).toMatchObject({ code: 'invalid_input', details: [{ field: 'amount_cents' }] })
  })

  test('rounds down what an amount does not buy whole', async () => {
    await db.sql`insert into public.packs (id, name, seconds, price_cents, currency, bonus_percent) values ('odd', 'Odd', 1000, 3000, 'eur', 33)`
    await db.sql`insert into public.billing_details (account_id, currency) values (${account.accountId}, 'eur')`
    expect(await quote(1000)).toEqual({ seconds: 333, bonus_seconds: 109, amount_cents: 1000, currency: 'eur' })
    expect(await createOrder(account, { pack_id: 'odd' })).toMatchObject({ seconds: 1000, bonus_seconds: 330, amount_cents: 3000, currency: 'eur' })
    expect((await errorOf(createOrder(account, { pack_id: 'minutes_50' }))).code, 'a pack of another currency').toBe('invalid_input')
    await db.sql`update public.packs set is_on = false where id = 'odd'`
    expect((await errorOf(createOrder(account, { pack_id: 'odd' }))).code, 'a pack that is not offered').toBe('invalid_input')
    await db.sql`delete from public.orders where pack_id = 'odd'`
    await db.sql`delete from public.packs where id = 'odd'`
  })

  test.each([[{}], [{ pack_id: 'minutes_50', amount_cents: 3000 }]])('wants a pack or an amount, not %o', async (wish) => {
    expect((await errorOf(createOrder(account, wish))).code).toBe('invalid_input')
  })

  test('tells a checkout all it needs, and posts nothing', async () => {
    const order = await createOrder(account, { pack_id: 'minutes_100', saves_card: true })
    const [person] = await db.sql`select email from public.profiles where id = ${account.userId}`
    expect(order).toMatchObject({ kind: 'checkout', status: 'open', amount_cents: 5000, currency: 'usd', seconds: 6000, bonus_seconds: 0, description: '100 minutes',
      saves_card: true, checkout_url: null, customer_id: null, email: person?.email as string })
    expect(await ledgerOf(db, account)).toEqual([['grant', 1200]])
    const custom = await createOrder(account, { amount_cents: 4100 })
    expect(custom).toMatchObject({ description: '68 minutes 20 seconds', seconds: 4100 })
    expect(await createOrder(account, { amount_cents: 500000 })).toMatchObject({ description: '12,500 minutes', seconds: 750000 })
  })

  test('the same wish is the same order, other figures under its id are refused', async () => {
    const wish = { request_id: randomUUID(), pack_id: 'minutes_50' }
    const [first, second] = await Promise.all([createOrder(account, wish), createOrder(account, wish)])
    expect(second.order_id).toBe(first.order_id)
    const { request_id } = wish
    for (const other of [{ pack_id: 'minutes_100' }, { amount_cents: 3000 }, { pack_id: 'minutes_50', saves_card: true }]) {
      expect(await errorOf(createOrder(account, { request_id, ...other }))).toMatchObject({ code: 'conflict', details: { order_id: first.order_id } })
    }
    const custom = { request_id: randomUUID(), amount_cents: 3000 }
    await createOrder(account, custom)
    expect((await errorOf(createOrder(account, { ...custom, amount_cents: 4000 }))).code).toBe('conflict')
  })

  test('twenty checkouts may be open at once', async () => {
    for (let n = 0; n < 20; n++) await createOrder(account)
    expect((await errorOf(createOrder(account))).code).toBe('rate_limited')
    await db.shiftClock('61 minutes')
    await createOrder(account)
  })

  test.each(['viewer', 'agent'] as const)('is not for a %s', async (role) => {
    const { actor } = await addMember(db, account, role)
    expect((await errorOf(createOrder({ ...account, owner: actor }))).code).toBe('forbidden')
    expect((await errorOf(actor.rpc('quote_minutes', { account_id: account.accountId, amount_cents: 1000 }))).code).toBe('forbidden')
  })

  test('keeps the checkout it was given first', async () => {
    const order = await openCheckout(db, account)
    const record = (result: Record<string, unknown>) => db.asService().rpc('record_checkout', { order_id: order.order_id, result })
    expect(await record({ session_id: 'cs_other', url: 'https://pay.example/2', payment_intent_id: 'pi_1' })).toMatchObject({ checkout_url: 'https://pay.example/1', customer_id: `cus_${account.accountId}` })
    await record({ session_id: 'cs_other', url: 'x', payment_intent_id: 'pi_2' })
    expect(await orderRow(db, order.order_id)).toMatchObject({ checkout_session_id: `cs_${order.order_id}`, payment_intent_id: 'pi_1', status: 'open' })
    await record({ error: { code: 'unavailable', message: 'later' } })
    expect(await orderRow(db, order.order_id), 'an error after the session was known').toMatchObject({ status: 'open' })
  })

  test.each(orderStatuses)('from %s it moves only as its table of transitions says', async (from) => {
    for (const fact of ['unpaid', 'notPaidLater', 'expired', 'failed', 'paid', 'succeeded'] as const) {
      const order = from === 'paid' ? await paidOrder(db, account) : await openCheckout(db, account)
      if (from !== 'paid') await db.sql`update public.orders set status = ${from}::public.order_status where id = ${order.order_id}`
      await paymentEvents(db, factsOf(order)[fact]())
      expect([from, ...orderTransitions[from]], fact).toContain((await orderRow(db, order.order_id)).status)
    }
  })

  test('fails when there is no checkout', async () => {
    const { order_id } = await createOrder(account)
    await db.asService().rpc('record_checkout', { order_id, result: { error: { code: 'amount_too_small', message: 'No.' } } })
    expect(await orderRow(db, order_id)).toMatchObject({ status: 'failed', failure_code: 'amount_too_small', failure_message: 'No.' })
  })

  test('numbers invoices without a gap, in the order in which orders are credited', async () => {
    const [before] = await db.sql`select last_no::int from engine.invoice_numbers`
    const orders = [await openCheckout(db, account), await openCheckout(db, account), await openCheckout(db, account)]
    const [first, second, third] = orders.map(factsOf)
    await paymentEvents(db, third!.paid(), second!.paid({ amount_cents: 1 }), first!.paid(), first!.succeeded())
    const numbers = await Promise.all(orders.map(async ({ order_id }) => (await orderRow(db, order_id)).invoice_no))
    const next = (before?.last_no as number) + 1
    expect(numbers.map((no) => (no === null ? null : Number(no)))).toEqual([next + 1, null, next])
    expect(await db.sql`select payload from engine.outbox where kind = 'make_invoice' and account_id = ${account.accountId} order by id`)
      .toEqual([{ payload: { order_id: orders[2]!.order_id } }, { payload: { order_id: orders[0]!.order_id } }])
  })

  test('a credited order wakes an account that waits for minutes', async () => {
    await db.sql`update engine.accounts set next_at = null, wait_reason = 'no_minutes' where account_id = ${account.accountId}`
    const order = await paidOrder(db, account)
    expect(await orderRow(db, order.order_id)).toMatchObject({ status: 'paid', refunded_cents: 0 })
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 4200, value_micros: 30_000_000, next_at: expect.any(Date) as Date })
  })
})
