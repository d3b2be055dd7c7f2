/** Everything odd that a payment provider may tell, over HTTP: the 32nd line of the conformance list, signatures, and what cannot be stored. */
import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createShop, PAYS, type Shop } from '../support/shop.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let shop: Shop
let account: TestAccount
let order: { order_id: string, session: string }
let before: number

beforeAll(async () => {
  stack = await createStack()
  shop = createShop(stack)
})
afterAll(async () => {
  await stack.tick()
  await stack.stop()
})
beforeEach(async () => {
  stack.payments.clearFaults()
  account = await openAccount(stack.db)
  order = await shop.open(account, { pack_id: 'minutes_100' })
  before = await shop.balance(account)
})

const pay = async () => {
  stack.payments.pay(order.session, { number: PAYS })
  await shop.heard()
}
const credited = async () => await shop.balance(account) - before
const entries = async (kind: string) => (await stack.db.sql<{ delta: string }[]>`
  select delta_seconds as delta from public.ledger_entries where account_id = ${account.accountId} and kind = ${kind} order by account_version`).map(({ delta }) => Number(delta))
const status = async () => (await shop.order(order.order_id)).status

/** An event of our own making, signed as the provider signs. */
const session = (changes: object = {}) => ({
  id: order.session, object: 'checkout.session', mode: 'payment', status: 'complete', payment_status: 'paid', client_reference_id: order.order_id,
  metadata: { order_id: order.order_id }, amount_total: 5000, currency: 'usd', payment_intent: `pi_${order.session}`, customer: null, ...changes,
})
const eventOf = (type: string, object: object, changes: object = {}) =>
  JSON.stringify({ id: `evt_${randomUUID()}`, object: 'event', type, created: Math.floor(Date.now() / 1000), livemode: false, data: { object }, ...changes })
const signature = (payload: string, secret = stack.identity.stripeWebhookSecret, offset = 0) =>
  new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(Date.now() / 1000) + offset })
const send = (body: string, header: Record<string, string> = { 'stripe-signature': signature(body) }) =>
  fetch(`${stack.url}/functions/v1/receive-payment-event`, { method: 'POST', headers: { 'content-type': 'application/json', ...header }, body })
const stored = async () => Number((await stack.db.sql`select count(*) as n from engine.payment_events`)[0]!.n)
const tell = async (type: string, changes: object = {}) => {
  const body = eventOf(type, session(changes))
  expect((await send(body)).status).toBe(200)
  await shop.heard()
}

describe('line 32 of the conformance list', () => {
  test('a bank debit credits when it comes through, not when the person is done', async () => {
    stack.payments.fault('pays_later')
    await pay()
    expect([await status(), await credited()]).toEqual(['pending', 0])
    stack.payments.settle(order.session, 'succeeded')
    await shop.heard()
    expect([await status(), await credited()]).toEqual(['paid', 6000])
  })

  test('a bank debit that is returned credits nothing', async () => {
    stack.payments.fault('fails_later')
    await pay()
    stack.payments.settle(order.session, 'failed')
    await shop.heard()
    expect([await status(), await credited()]).toEqual(['failed', 0])
  })

  test('a completion that is unpaid, told after the success, takes nothing back', async () => {
    await tell('checkout.session.async_payment_succeeded')
    await tell('checkout.session.completed', { payment_status: 'unpaid' })
    expect([await status(), await credited()]).toEqual(['paid', 6000])
  })

  test('session and payment of the same order credit once', async () => {
    await pay()
    const types = stack.payments.events().map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(['checkout.session.completed', 'payment_intent.succeeded']))
    expect(await entries('purchase')).toEqual([6000])
  })

  test('a partial and then the full refund take back what was bought, once', async () => {
    await pay()
    stack.payments.refund(order.session, 2000)
    await shop.heard()
    expect(await credited()).toBe(3600)
    stack.payments.refund(order.session)
    await shop.heard()
    expect([await credited(), await status(), (await shop.order(order.order_id)).refunded_cents]).toEqual([0, 'paid', 5000])
  })

  test('a refund that fails gives back what it took', async () => {
    await pay()
    const refund = stack.payments.refund(order.session, 2500)
    await shop.heard()
    stack.payments.fault('refund_fails')
    const failing = stack.payments.refund(order.session, 2500)
    await shop.heard()
    stack.payments.settle(failing.id, 'failed')
    await shop.heard()
    expect(refund.id).not.toBe(failing.id)
    expect(await credited()).toBe(3000)
  })

  test('a refund beyond the balance takes it below zero, and says so', async () => {
    await pay()
    await stack.db.sql`select private.post_entry(${account.accountId}, 'adjust', ${-before - 5000}, ${randomUUID()}, 'Used up for a test')`
    stack.payments.refund(order.session)
    await shop.heard()
    expect(await shop.balance(account)).toBe(-5000)
  })

  test('an inquiry moves nothing', async () => {
    await pay()
    stack.payments.dispute(order.session, { isInquiry: true })
    await shop.heard()
    expect([await credited(), await entries('dispute')]).toEqual([6000, []])
  })

  test('a dispute takes the minutes, and gives them back when it is won', async () => {
    await pay()
    const { id } = stack.payments.dispute(order.session)
    await shop.heard()
    expect(await credited()).toBe(0)
    stack.payments.closeDispute(id, 'won')
    await shop.heard()
    expect([await credited(), await entries('dispute')]).toEqual([6000, [-6000, 6000]])
  })

  test('an expiry told after the payment changes nothing', async () => {
    stack.payments.fault('expired_after_paid')
    await pay()
    expect([await status(), await credited()]).toEqual(['paid', 6000])
  })

  test.each([['amount', { amount_total: 4500 }], ['currency', { currency: 'eur' }]])('another %s than the order\'s credits nothing and is listed', async (_what, changes) => {
    await tell('checkout.session.completed', changes)
    expect(await credited()).toBe(0)
    const found = await stack.db.sql`select 1 from engine.billing_differences where kind = 'amount_mismatch' and order_id = ${order.order_id}`
    expect(found).toHaveLength(1)
  })

  test('an event of the other mode is refused and not stored; asking finds the payment all the same', async () => {
    const known = await stored()
    expect((await send(eventOf('checkout.session.completed', session(), { livemode: true }))).status).toBe(403)
    await shop.heard()
    expect([await stored(), await credited(), await status()]).toEqual([known, 0, 'open'])
  })
})

describe('however often and in whatever order', () => {
  test.each(['duplicate_webhooks', 'twin_webhooks', 'reordered_webhooks', 'expanded_webhooks', 'unknown_webhooks', 'many_signatures'])('%s credit once', async (fault) => {
    stack.payments.fault(fault, 20)
    await pay()
    expect([await status(), await credited(), await entries('purchase')]).toEqual(['paid', 6000, [6000]])
    await expectInvariants(stack.db)
  })

  test('two workers with the same event at once store and credit it once', async () => {
    const body = eventOf('checkout.session.completed', session())
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await send(body)).json()))
    expect(answers.filter((answer) => (answer as { is_new: boolean }).is_new)).toHaveLength(1)
    await shop.heard()
    expect(await entries('purchase')).toEqual([6000])
  })

  test('an order that nobody knows is stored and changes nobody', async () => {
    const known = await stored()
    expect((await send(eventOf('checkout.session.completed', session({ client_reference_id: randomUUID(), metadata: {}, id: 'cs_unknown' })))).status).toBe(200)
    await shop.heard()
    expect([await stored(), await credited()]).toEqual([known + 1, 0])
  })

  test('what cannot be stored is asked for again, and taken then', async () => {
    const body = eventOf('checkout.session.completed', session())
    await stack.db.sql`alter table engine.payment_events add constraint broken check (event_id is null) not valid`
    expect((await send(body)).status).toBe(503)
    await stack.db.sql`alter table engine.payment_events drop constraint broken`
    expect((await send(body)).status).toBe(200)
    await shop.heard()
    expect(await status()).toBe('paid')
  })
})

describe('line 20: the signature', () => {
  const body = () => eventOf('checkout.session.completed', session())

  test.each<[string, (text: string) => Record<string, string>]>([
    ['missing', () => ({})],
    ['wrong', (text) => ({ 'stripe-signature': signature(text, 'whsec_other') })],
    ['ten minutes old', (text) => ({ 'stripe-signature': signature(text, undefined, -600) })],
    ['ten minutes from now', (text) => ({ 'stripe-signature': signature(text, undefined, 600) })],
    ['of a body that was written anew', (text) => ({ 'stripe-signature': signature(JSON.stringify(JSON.parse(text), null, 1)) })],
    ['of an empty secret', (text) => ({ 'stripe-signature': signature(text, ' ') })],
  ])('that is %s is refused and nothing stored', async (_what, headers) => {
    const known = await stored()
    const text = body()
    expect((await send(text, headers(text))).status).toBe(401)
    expect(await stored()).toBe(known)
  })

  test('is judged before the body, and found in any case', async () => {
    expect((await send('{', { 'stripe-signature': 't=1,v1=x' })).status).toBe(401)
    expect((await send('{', { 'Stripe-Signature': signature('{') })).status).toBe(400)
  })
})
