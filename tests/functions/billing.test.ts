/** A pack bought as a person buys it: through the function, on the simulated payment page, and credited by the provider's event. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createShop, PAYS, type Shop } from '../support/shop.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let shop: Shop
let account: TestAccount
beforeAll(async () => {
  stack = await createStack()
  shop = createShop(stack)
})
afterAll(async () => {
  await stack.tick()
  await stack.stop()
})

describe('a purchase', () => {
  test('is credited once, by the event, with its invoice', async () => {
    account = await openAccount(stack.db, 'Łódź & Söhne')
    const { order_id, session } = await shop.open(account, { pack_id: 'minutes_100' })
    expect(await shop.order(order_id)).toMatchObject({ status: 'open', amount_cents: 5000 })
    const before = await shop.balance(account)
    stack.payments.pay(session, { number: PAYS })
    await shop.heard()
    expect(await shop.order(order_id)).toMatchObject({ status: 'paid', refunded_cents: 0, invoice_no: expect.any(String) as unknown })
    expect(await shop.balance(account)).toBe(before + 6000)
    expect(stack.payments.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test('has an invoice that its account can read, and nobody else', async () => {
    const [order] = await stack.db.sql<{ id: string }[]>`select id from public.orders where account_id = ${account.accountId}`
    await stack.tickUntil(async () => (await shop.order(order!.id)).invoice_path !== null, 'the invoice')
    const { invoice_path } = await shop.order(order!.id)
    const owner = await shop.signedIn(account.userId)
    const { data } = await owner.storage.from('invoices').createSignedUrl(invoice_path!, 60)
    const answer = await fetch(data?.signedUrl ?? '')
    expect(answer.headers.get('content-type')).toContain('pdf')
    expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString()).toBe('%PDF-')
    const stranger = await shop.signedIn((await openAccount(stack.db)).userId)
    expect((await stranger.storage.from('invoices').createSignedUrl(invoice_path!, 60)).error).not.toBeNull()
  })

  test('clicked twice is one order and one page', async () => {
    const mine = await openAccount(stack.db)
    const wish = { account_id: mine.accountId, pack_id: 'minutes_50', request_id: randomUUID() }
    const answers = await Promise.all([shop.ask(mine, 'create-checkout', wish), shop.ask(mine, 'create-checkout', wish)])
    const again = await shop.ask(mine, 'create-checkout', wish)
    const bodies = await Promise.all([...answers, again].filter(({ status }) => status === 200).map((answer) => answer.json()))
    expect(again.status).toBe(200)
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(await stack.db.sql`select 1 from public.orders where account_id = ${mine.accountId}`).toHaveLength(1)
    expect(stack.payments.violations()).toEqual([])
  })

  test('that is given up is closed at the provider and credits nothing; its page says so', async () => {
    const mine = await openAccount(stack.db)
    const { order_id, session, url } = await shop.open(mine, { pack_id: 'minutes_50' })
    const again = await shop.ask(mine, `create-checkout/${order_id}/continue`)
    expect(await again.json()).toMatchObject({ url })
    const answer = await shop.ask(mine, `create-checkout/${order_id}/cancel`)
    expect(await answer.json()).toMatchObject({ order_id, status: 'canceled' })
    await shop.heard()
    expect((await shop.order(order_id)).status).toBe('canceled')
    expect(stack.payments.pay(session, { number: PAYS })).toEqual({ kind: 'closed' })
    expect((await shop.ask(mine, `create-checkout/${order_id}/continue`)).status).toBe(409)
  })

  test('whose event is lost is found by asking', async () => {
    const mine = await openAccount(stack.db)
    const { order_id, session } = await shop.open(mine, { pack_id: 'minutes_50' })
    stack.payments.fault('lost_webhooks', 20)
    stack.payments.pay(session, { number: PAYS })
    await stack.payments.quiet()
    stack.payments.clearFaults()
    expect((await shop.order(order_id)).status).toBe('open')
    expect(await (await shop.ask(mine, `create-checkout/${order_id}/check`)).json()).toMatchObject({ status: 'paid' })
    await expectInvariants(stack.db)
  })

  test('whose event and page are both lost is found by the hourly look', async () => {
    const mine = await openAccount(stack.db)
    const { order_id, session } = await shop.open(mine, { pack_id: 'minutes_50' })
    stack.payments.fault('lost_webhooks', 20)
    stack.payments.pay(session, { number: PAYS })
    await stack.payments.quiet()
    stack.payments.clearFaults()
    await stack.db.shiftClock('11 minutes')
    await stack.tickUntil(async () => (await shop.order(order_id)).status === 'paid', 'the order to be asked about')
    await expectInvariants(stack.db)
  })

  test.each(['drop_after_accept', 'error_after_accept', 'key_in_use', 'html_502', 'unavailable_503'])('survives %s without a second page', async (fault) => {
    const mine = await openAccount(stack.db)
    const wish = { account_id: mine.accountId, pack_id: 'minutes_50', request_id: randomUUID() }
    stack.payments.fault(fault)
    const first = await shop.ask(mine, 'create-checkout', wish)
    const second = first.status === 200 ? first : await shop.ask(mine, 'create-checkout', wish)
    // A server error stays the answer for its key: such an order ends without a page, and never with two.
    expect(fault === 'error_after_accept' ? 503 : 200).toBe(second.status)
    expect(stack.payments.violations()).toEqual([])
  })

  test('is not for visitors, other accounts and people without the right', async () => {
    const mine = await openAccount(stack.db)
    const wish = { account_id: mine.accountId, pack_id: 'minutes_50', request_id: randomUUID() }
    expect((await shop.ask(null, 'create-checkout', wish)).status).toBe(401)
    expect((await shop.ask('not.a.token', 'create-checkout', wish)).status).toBe(401)
    expect([403, 404]).toContain((await shop.ask(await openAccount(stack.db), 'create-checkout', wish)).status)
    const viewer = await addMember(stack.db, mine, 'viewer')
    expect((await shop.ask({ userId: viewer.userId }, 'create-checkout', wish)).status).toBe(403)
    const { order_id } = await shop.open(mine, { pack_id: 'minutes_50' })
    for (const act of ['continue', 'cancel', 'check']) expect([403, 404]).toContain((await shop.ask({ userId: viewer.userId }, `create-checkout/${order_id}/${act}`)).status)
    expect(await stack.db.sql`select 1 from public.orders where account_id = ${mine.accountId}`).toHaveLength(1)
  })

  test.each([[{}], [{ pack_id: 'minutes_50', amount_cents: 5000 }], [{ amount_cents: 10.5 }], [{ pack_id: 'minutes_50', account_id: 'x' }]])('is refused as %j', async (wish) => {
    const answer = await shop.ask(account, 'create-checkout', { account_id: account.accountId, request_id: randomUUID(), ...wish })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'invalid_input' } })
  })
})

describe('cards', () => {
  test('are saved on the provider\'s page, listed, and removed', async () => {
    const mine = await openAccount(stack.db)
    const answer = await shop.ask(mine, 'manage-cards/add', { account_id: mine.accountId })
    const body = await answer.json() as { url: string }
    expect(body).toMatchObject({ success: true, url: expect.stringContaining('cs_') as unknown })
    stack.payments.pay(shop.sessionOf(body.url), { number: PAYS })
    await shop.heard()
    await stack.tickUntil(async () => (await shop.cards(mine)).length === 1, 'the card')
    expect((await shop.cards(mine))[0]).toMatchObject({ brand: 'visa', last4: '4242', removed_at: null })
    const [card] = await shop.cards(mine)
    expect((await shop.ask(await openAccount(stack.db), `manage-cards/${card!.id}`, undefined, 'DELETE')).status).toBe(404)
    expect((await shop.ask(mine, `manage-cards/${card!.id}`, undefined, 'DELETE')).status).toBe(200)
    expect(await shop.cards(mine)).toEqual([])
    expect((await shop.ask(mine, 'manage-cards/sync', { account_id: mine.accountId })).status).toBe(200)
  })
})

test('the provider forgets who paid, and their cards, when the account is erased', async () => {
  const mine = await openAccount(stack.db, 'Engines')
  const { session } = await shop.open(mine, { pack_id: 'minutes_50' })
  stack.payments.pay(session, { number: PAYS })
  await shop.heard()
  const [payer] = await stack.db.sql<{ customer_id: string }[]>`select customer_id from engine.payment_customers where account_id = ${mine.accountId}`
  const atProvider = async () => await (await fetch(`${stack.payments.url}/v1/customers/${payer!.customer_id}`, { headers: { authorization: `Bearer ${stack.identity.stripeSecretKey}` } })).json() as object
  expect(await atProvider()).toMatchObject({ name: 'Engines' })
  for (const command of ['close_account', 'erase_account']) await mine.owner.rpc(command, { account_id: mine.accountId, name: 'Engines' })
  await stack.db.shiftClock('61 seconds')
  await stack.tickUntil(async () => (await stack.db.sql`select from public.activity_log where account_id = ${mine.accountId} and verb = 'account.customer_erased'`).length > 0, 'the provider to forget')
  expect(await atProvider()).toEqual({ id: payer!.customer_id, object: 'customer', deleted: true })
  expect((await stack.db.sql`select status from public.orders where account_id = ${mine.accountId}`)[0]?.status, 'what was paid stays').toBe('paid')
})

describe('each night', () => {
  const open = () => stack.db.sql`select kind from engine.billing_differences where resolved_at is null`
  const night = async (isOver: () => Promise<boolean>) => {
    await stack.db.shiftClock('25 hours')
    await stack.tickUntil(isOver, 'the books to be compared')
  }

  test('the provider\'s books are read: a refund that nobody told of is listed, not set right, and over once it was told', async () => {
    const mine = await openAccount(stack.db)
    const { order_id, session } = await shop.open(mine, { pack_id: 'minutes_50' })
    stack.payments.pay(session, { number: PAYS })
    await shop.heard()
    const before = await shop.balance(mine)
    stack.payments.fault('lost_webhooks', 20)
    stack.payments.refund(session, 1000)
    await stack.payments.quiet()
    stack.payments.clearFaults()
    await night(async () => (await open()).length > 0)
    expect(await stack.db.sql`select kind, order_id, facts ->> 'refunded_cents' as listed from engine.billing_differences`).toEqual([{ kind: 'refund_mismatch', order_id, listed: '1000' }])
    expect([await shop.balance(mine), (await shop.order(order_id)).refunded_cents]).toEqual([before, 0])
    for (const { id } of stack.payments.events().filter(({ type }) => type === 'charge.refunded')) stack.payments.resend(id)
    await shop.heard()
    expect(await shop.balance(mine)).toBe(before - 1000)
    await night(async () => (await open()).length === 0)
    await expectInvariants(stack.db)
  })
})
