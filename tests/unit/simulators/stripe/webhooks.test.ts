/** Who is told what, how it is signed, and what goes wrong on the way. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { StripeSimulator } from '../../../../supabase/local/simulators/stripe/index.ts'
import { CARDS, keyed, order, receiver, refusalOf, sdk, SECRET, shop, simulator, STILL, type Received } from './support.ts'

/** Pays an order and waits until everything was told. */
async function paid(stripe: Stripe, payments: StripeSimulator, number = CARDS.pays): Promise<string> {
  const { id } = await stripe.checkout.sessions.create(order(), keyed())
  payments.pay(id, { number })
  await payments.quiet()
  return id
}

const verified = ({ text, headers }: Received, secret = SECRET) => Stripe.webhooks.constructEvent(text, String(headers['stripe-signature']), secret)
const ids = (received: Received[]) => received.map(({ event }) => event.id)

describe('an event', () => {
  test('is signed so that the SDK believes it, over the bytes as they were sent', async () => {
    const { stripe, payments, told } = await shop()
    await paid(stripe, payments)
    const [first] = told.received
    if (!first) throw new Error('Nothing was told.')
    expect(verified(first)).toMatchObject({ object: 'event', type: 'payment_intent.succeeded', livemode: false, api_version: '2026-10-28.endive', request: { id: null, idempotency_key: null } })
    expect(() => verified({ ...first, text: JSON.stringify(JSON.parse(first.text)) })).toThrow(/signature/i)
    expect(() => verified(first, 'whsec_other')).toThrow(/signature/i)
  })

  test('names the request that made it', async () => {
    const { stripe, payments } = await shop()
    const customer = await stripe.customers.create({}, keyed('customer:1'))
    expect((await stripe.events.list({ type: 'customer.created' })).data).toMatchObject([{ request: { id: customer.lastResponse.requestId, idempotency_key: 'customer:1' }, data: { object: { id: customer.id } } }])
    expect(payments.events()).toHaveLength(1)
  })

  test('tells of things as they were then', async () => {
    const { stripe, payments } = await shop()
    const id = await paid(stripe, payments)
    payments.refund(id)
    const [charged] = (await stripe.events.list({ type: 'charge.succeeded' })).data
    expect(charged?.data.object).toMatchObject({ amount_refunded: 0 })
    const [refunded] = (await stripe.events.list({ types: ['charge.refunded'] })).data
    expect(refunded?.data).toMatchObject({ object: { amount_refunded: 5000 }, previous_attributes: { amount_refunded: 0 } })
  })

  test('can be asked for by whoever missed it', async () => {
    const { stripe, payments } = await shop()
    await paid(stripe, payments)
    const all = await stripe.events.list({ limit: 1 }).autoPagingToArray({ limit: 100 })
    expect(all.map(({ id }) => id)).toEqual(payments.events().map(({ id }) => id).reverse())
    expect((await stripe.events.list({ type: 'charge.*' })).data.map(({ type }) => type)).toEqual(['charge.succeeded'])
    expect(await stripe.events.retrieve(all[0]?.id ?? '')).toMatchObject({ id: all[0]?.id })
    expect((await stripe.events.list({ created: { gt: Math.floor(Date.now() / 1000) + 60 } })).data).toEqual([])
  })

  test('comes again until it is taken, with growing pauses and a signature of its own', async () => {
    const { stripe, payments, told } = await shop({ statusOf: (count) => (count <= 3 ? 503 : 200) })
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.expire(id)
    await payments.quiet()
    expect(told.types()).toEqual(Array(4).fill('checkout.session.expired'))
    expect(new Set(ids(told.received)).size).toBe(1)
    for (const one of told.received) verified(one)
    expect((await stripe.events.list({ delivery_success: false })).data).toEqual([])
  })

  test('is sent once more on demand', async () => {
    const { stripe, payments, told } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.expire(id)
    await payments.quiet()
    payments.resend(told.received[0]?.event.id ?? '')
    await payments.quiet()
    expect(new Set(ids(told.received)).size).toBe(1)
    expect(told.received).toHaveLength(2)
  })
})

describe('an endpoint', () => {
  test('hears what it asked for, until it is switched off or gone', async () => {
    const payments = await simulator()
    const [stripe, told] = [sdk(payments), await receiver()]
    const endpoint = await stripe.webhookEndpoints.create({ url: told.url, enabled_events: ['checkout.session.expired'], api_version: '2026-10-28.endive' })
    expect(endpoint.secret).toMatch(/^whsec_/)
    const expired = async () => {
      payments.expire((await stripe.checkout.sessions.create(order(), keyed())).id)
      await payments.quiet()
      return told.types().length
    }
    expect(await expired()).toBe(1)
    verified(told.received[0] as Received, endpoint.secret)
    expect(await stripe.webhookEndpoints.update(endpoint.id, { disabled: true })).toMatchObject({ status: 'disabled' })
    expect(await expired()).toBe(1)
    await stripe.webhookEndpoints.update(endpoint.id, { disabled: false, enabled_events: ['*'] })
    expect(await expired()).toBe(2)
    await stripe.webhookEndpoints.del(endpoint.id)
    expect([await expired(), (await stripe.webhookEndpoints.list()).data]).toEqual([2, []])
    expect(await refusalOf(stripe.webhookEndpoints.update(endpoint.id, {}))).toMatchObject({ statusCode: 404 })
  })

  test('is signed for with both secrets while one replaces the other', async () => {
    const { stripe, payments, told } = await shop()
    payments.rollSecret('whsec_new')
    await paid(stripe, payments)
    for (const secret of [SECRET, 'whsec_new']) expect(verified(told.received[0] as Received, secret).type).toBe('payment_intent.succeeded')
    payments.retireOldSecrets()
    await paid(stripe, payments)
    expect(() => verified(told.received.at(-1) as Received)).toThrow(/signature/i)
  })
})

describe('a fault of the delivery', () => {
  const PAID = ['payment_intent.succeeded', 'checkout.session.completed']
  async function told(fault: string) {
    const parts = await shop()
    parts.payments.fault(fault)
    const id = await paid(parts.stripe, parts.payments)
    return { ...parts, id, types: parts.told.types(), received: parts.told.received }
  }

  test('duplicate_webhooks: the same id three times', async () => {
    const { received, types } = await told('duplicate_webhooks')
    expect([types, new Set(ids(received)).size]).toEqual([PAID.flatMap((type) => [type, type, type]), 2])
  })

  test('twin_webhooks: another id for the same fact', async () => {
    const { received, types } = await told('twin_webhooks')
    expect([types, new Set(ids(received)).size]).toEqual([PAID.flatMap((type) => [type, type]), 4])
    expect(received[0]?.event.data).toEqual(received[1]?.event.data)
  })

  test('reordered_webhooks: the last one first', async () => {
    expect((await told('reordered_webhooks')).types).toEqual([...PAID].reverse())
  })

  test('late_webhooks: nothing for a minute', async () => {
    const { stripe, payments, told: { received } } = await shop({ speed: STILL })
    payments.fault('late_webhooks')
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.pay(id, { number: CARDS.pays })
    payments.expire((await stripe.checkout.sessions.create(order(), keyed())).id)
    await expect.poll(() => received.length, { interval: 5 }).toBe(1)
    expect(received[0]?.event.type).toBe('checkout.session.expired')
    payments.setSpeed(5000)
    await payments.quiet()
    expect(received.map(({ event }) => event.type)).toEqual(['checkout.session.expired', ...PAID])
  })

  test('lost_webhooks: nothing ever, but the list has them', async () => {
    const { types, stripe } = await told('lost_webhooks')
    expect(types).toEqual([])
    expect((await stripe.events.list({ types: PAID })).data.map(({ type }) => type)).toEqual([...PAID].reverse())
  })

  test('expanded_webhooks: objects instead of ids', async () => {
    const { received } = await told('expanded_webhooks')
    expect(received[1]?.event.data.object).toMatchObject({ object: 'checkout.session', payment_intent: { object: 'payment_intent', status: 'succeeded' } })
  })

  test('live_webhooks: they claim to be live', async () => {
    const { received } = await told('live_webhooks')
    expect(received.map(({ event }) => event.livemode)).toEqual([true, true])
  })

  test('expired_after_paid: told to have expired as well', async () => {
    const { types, stripe, id } = await told('expired_after_paid')
    expect(types).toEqual([...PAID, 'checkout.session.expired'])
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('complete')
  })

  test('unknown_webhooks: a type that nobody knows', async () => {
    expect((await told('unknown_webhooks')).types).toEqual(PAID.flatMap((type) => ['something.new', type]))
  })

  test.each([['stale_signature', /tolerance/], ['wrong_signature', /signature/i], ['no_signature', /./]])('%s: refused by the SDK, and signed well when it comes again', async (fault, words) => {
    const { stripe, payments, told: { received } } = await shop({ statusOf: (count) => (count <= 2 ? 400 : 200), speed: STILL })
    payments.fault(fault)
    payments.pay((await stripe.checkout.sessions.create(order(), keyed())).id, { number: CARDS.pays })
    await expect.poll(() => received.length, { interval: 5 }).toBe(2)
    payments.setSpeed(5000)
    await payments.quiet()
    expect(received).toHaveLength(4)
    for (const one of received.slice(0, 2)) expect(() => verified(one)).toThrow(words)
    for (const one of received.slice(2)) verified(one)
  })

  test('early_signature: of the future, which the SDK lets pass', async () => {
    const [first] = (await told('early_signature')).received
    const [, at] = /t=(\d+)/.exec(String(first?.headers['stripe-signature'])) ?? []
    expect(Number(at) - Date.now() / 1000).toBeGreaterThan(500)
    verified(first as Received)
  })

  test('many_signatures: several secrets and an older scheme', async () => {
    const [first] = (await told('many_signatures')).received
    expect(String(first?.headers['stripe-signature'])).toMatch(/^t=\d+,v1=\w{64},v1=\w{64},v0=\w{64}$/)
    verified(first as Received)
  })

  test('is not used up by what nobody wants to hear', async () => {
    const { stripe, payments, told: heard } = await shop()
    payments.fault('lost_webhooks')
    await stripe.customers.create({})
    await paid(stripe, payments)
    expect(heard.types()).toEqual([])
    await paid(stripe, payments)
    expect(heard.types()).toEqual(PAID)
  })
})

describe('after a restart', () => {
  function journalFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'outdial-payments-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return join(folder, 'payments.jsonl')
  }

  test('everything is known, and what nobody took is told', async () => {
    const [journal, told] = [journalFile(), await receiver()]
    const before = await simulator({ journalFile: journal, webhook: { url: 'http://127.0.0.1:9/', secret: SECRET }, speed: STILL })
    const { id: customer } = await sdk(before).customers.create({ email: 'ada@example.com' })
    const { id: method } = before.saveCard(customer, CARDS.pays)
    const given = order({ customer })
    const { id } = await sdk(before).checkout.sessions.create(given, keyed('checkout:1'))
    before.pay(id, { number: CARDS.debit })
    await before.close()
    appendFileSync(journal, '{"kind":"sessions","thing":{"id":"half')

    const after = await simulator({ journalFile: journal, webhook: { url: told.url, secret: SECRET } })
    const stripe = sdk(after)
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ email: 'ada@example.com' })
    expect((await stripe.checkout.sessions.create(given, keyed('checkout:1'))).id).toBe(id)
    expect(await stripe.paymentIntents.create({ amount: 3000, currency: 'usd', customer, payment_method: method, off_session: true, confirm: true }, keyed())).toMatchObject({ status: 'succeeded' })
    await after.quiet()
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
    expect(told.types().slice(0, 3)).toEqual(['payment_method.attached', 'payment_intent.processing', 'checkout.session.completed'])
    expect(told.types()).toContain('checkout.session.async_payment_succeeded')
    expect(after.violations()).toEqual([])
  })

  test('nothing is told twice, and what was lost stays lost', async () => {
    const [journal, told] = [journalFile(), await receiver()]
    const webhook = { url: told.url, secret: SECRET }
    const before = await simulator({ journalFile: journal, webhook })
    await paid(sdk(before), before)
    before.fault('lost_webhooks')
    await paid(sdk(before), before)
    await before.close()
    const after = await simulator({ journalFile: journal, webhook })
    await after.quiet()
    expect(told.types()).toEqual(['payment_intent.succeeded', 'checkout.session.completed'])
    expect(after.sessions()).toHaveLength(2)
  })

  test('the file is for its owner alone and forgets the oldest', async () => {
    const journal = journalFile()
    const before = await simulator({ journalFile: journal })
    await sdk(before).customers.create({})
    await before.close()
    const [line = ''] = readFileSync(journal, 'utf8').split('\n')
    const { id } = (JSON.parse(line) as { thing: { id: string } }).thing
    for (let count = 0; count < 2005; count++) appendFileSync(journal, `${line.replaceAll(id, `cus_${count}`)}\n`)
    const after = await simulator({ journalFile: journal })
    expect((await sdk(after).customers.list({ limit: 1 })).data.map((one) => one.id)).toEqual(['cus_2004'])
    expect(await refusalOf(sdk(after).customers.retrieve('cus_4'))).toMatchObject({ code: 'resource_missing' })
    expect(statSync(journal).mode & 0o777).toBe(0o600)
  })
})
