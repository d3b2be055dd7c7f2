/** Payments without their owner, what comes back, and what banks take away, through the official SDK. */
import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import type { StripeSimulator } from '../../../../supabase/local/simulators/stripe/index.ts'
import { CARDS, keyed, order, raw, refusalOf, shop } from './support.ts'

async function customerWith(stripe: Stripe, payments: StripeSimulator, number: string) {
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' })
  return { customer, method: payments.saveCard(customer, number).id }
}

type Wanted = Stripe.PaymentIntentCreateParams

const topUp = ({ customer, method }: { customer: string, method: string }, changes: Partial<Wanted> = {}): Wanted =>
  ({ amount: 3000, currency: 'usd', customer, payment_method: method, off_session: true, confirm: true, metadata: { order_id: randomUUID(), kind: 'auto_top_up' }, ...changes })

/** A payment of fifty dollars that succeeded, by its id. */
async function paid(stripe: Stripe, payments: StripeSimulator, number = CARDS.pays): Promise<string> {
  const { id } = await stripe.checkout.sessions.create(order(), keyed())
  payments.pay(id, { number })
  await payments.quiet()
  return String((await stripe.checkout.sessions.retrieve(id)).payment_intent)
}

describe('a payment without its owner', () => {
  test.each([['pays', CARDS.pays], ['asked once, when it was saved', CARDS.asksOnce]])('succeeds with a card that %s', async (_, number) => {
    const { stripe, payments, told } = await shop()
    const intent = await stripe.paymentIntents.create(topUp(await customerWith(stripe, payments, number), { expand: ['latest_charge'] }), keyed())
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 3000, metadata: { kind: 'auto_top_up' }, latest_charge: { paid: true, payment_method_details: { card: { last4: number.slice(-4) } } } })
    await payments.quiet()
    expect(told.types()).toEqual(['payment_method.attached', 'payment_intent.succeeded'])
  })

  test.each([
    ['wants its owner', CARDS.asksAlways, 'authentication_required', 'authentication_required'],
    ['can be saved and not charged', CARDS.failsLater, 'card_declined', 'generic_decline'],
    ['is poor', CARDS.poor, 'card_declined', 'insufficient_funds'],
    ['has expired', CARDS.expired, 'expired_card', 'expired_card'],
  ])('is a refusal with the payment inside when the card %s', async (_, number, code, declineCode) => {
    const { stripe, payments, told } = await shop()
    const refusal = await refusalOf(stripe.paymentIntents.create(topUp(await customerWith(stripe, payments, number)), keyed()))
    expect(refusal).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code: declineCode, requestId: expect.stringMatching(/^req_/) })
    expect(refusal.payment_intent).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code, decline_code: declineCode } })
    await payments.quiet()
    expect(told.types()).toContain('payment_intent.payment_failed')
  })

  test.each<[string, Partial<Stripe.PaymentIntentCreateParams>, object]>([
    ['too small an amount', { amount: 10 }, { code: 'amount_too_small', param: 'amount' }],
    ['an unknown customer', { customer: 'cus_nobody' }, { code: 'resource_missing', param: 'customer', statusCode: 400 }],
    ['an unknown card', { payment_method: 'pm_none' }, { code: 'resource_missing', param: 'payment_method', statusCode: 400 }],
    ['a card whose customer is not named', { customer: undefined }, { param: 'payment_method' }],
    ['no confirmation', { confirm: undefined }, { param: 'off_session' }],
    ['an unknown parameter', { payment_method_types: ['card'] } as object, { code: 'parameter_unknown', param: 'payment_method_types' }],
  ])('is refused with %s', async (_, changes, wanted) => {
    const { stripe, payments } = await shop()
    const refusal = await refusalOf(stripe.paymentIntents.create(topUp(await customerWith(stripe, payments, CARDS.pays), changes), keyed()))
    expect(refusal).toMatchObject({ type: 'StripeInvalidRequestError', ...wanted })
    expect((await stripe.paymentIntents.list()).data).toEqual([])
  })

  test('cannot use a card of somebody else, nor one that was taken off', async () => {
    const { stripe, payments } = await shop()
    const [mine, theirs] = [await customerWith(stripe, payments, CARDS.pays), await customerWith(stripe, payments, CARDS.pays)]
    expect(await refusalOf(stripe.paymentIntents.create(topUp({ ...mine, method: theirs.method }), keyed()))).toMatchObject({ param: 'payment_method' })
    expect(await stripe.paymentMethods.detach(mine.method)).toMatchObject({ customer: null })
    expect(await refusalOf(stripe.paymentIntents.create(topUp(mine), keyed()))).toMatchObject({ code: 'payment_method_unexpected_state' })
    expect(await refusalOf(stripe.paymentMethods.attach(mine.method, { customer: mine.customer }))).toMatchObject({ code: 'payment_method_unexpected_state' })
    expect((await stripe.customers.listPaymentMethods(mine.customer)).data).toEqual([])
  })

  test('can be confirmed later, and canceled until it has succeeded', async () => {
    const { stripe, payments } = await shop()
    const who = await customerWith(stripe, payments, CARDS.pays)
    const made = () => stripe.paymentIntents.create({ amount: 3000, currency: 'usd', customer: who.customer, payment_method: who.method }, keyed())
    const { id, status } = await made()
    expect(status).toBe('requires_confirmation')
    expect(await stripe.paymentIntents.confirm(id, {}, keyed())).toMatchObject({ status: 'succeeded' })
    expect(await refusalOf(stripe.paymentIntents.confirm(id, {}, keyed()))).toMatchObject({ code: 'payment_intent_unexpected_state', payment_intent: { id } })
    expect(await refusalOf(stripe.paymentIntents.cancel(id))).toMatchObject({ code: 'payment_intent_unexpected_state' })
    expect(await stripe.paymentIntents.cancel((await made()).id)).toMatchObject({ status: 'canceled' })
  })
})

describe('lists', () => {
  test('give everything page by page, newest first, within their windows', async () => {
    let now = new Date('2026-03-02T12:00:00Z')
    const { stripe, payments } = await shop({ now: () => now })
    const who = await customerWith(stripe, payments, CARDS.pays)
    const made: string[] = []
    for (let hour = 0; hour < 5; hour++) {
      now = new Date(Date.UTC(2026, 2, 2, 12 + hour))
      made.push((await stripe.paymentIntents.create(topUp(who), keyed())).id)
    }
    const all = await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
    expect(all.map(({ id }) => id)).toEqual([...made].reverse())
    expect(await stripe.paymentIntents.list({ limit: 2 })).toMatchObject({ object: 'list', has_more: true, data: [{ id: made[4] }, { id: made[3] }] })
    const at = (hour: number) => Date.UTC(2026, 2, 2, 12 + hour) / 1000
    const within = await stripe.paymentIntents.list({ created: { gte: at(1), lt: at(3) }, customer: who.customer, expand: ['data.latest_charge'] })
    expect(within.data.map(({ id, latest_charge: charge }) => [id, (charge as Stripe.Charge).paid])).toEqual([[made[2], true], [made[1], true]])
    expect((await stripe.paymentIntents.list({ customer: 'cus_nobody' })).data).toEqual([])
    expect((await stripe.paymentIntents.list({ ending_before: made[1], limit: 1 })).data.map(({ id }) => id)).toEqual([made[2]])
    expect((await raw(payments, 'GET /v1/payment_intents?limit=101')).body.error).toMatchObject({ param: 'limit' })
  })
})

describe('refunds', () => {
  test('give back a part, then the rest, and never more', async () => {
    const { stripe, payments, told } = await shop()
    const intent = await paid(stripe, payments)
    expect(await stripe.refunds.create({ payment_intent: intent, amount: 2000 }, keyed())).toMatchObject({ status: 'succeeded', amount: 2000, payment_intent: intent })
    expect(await refusalOf(stripe.refunds.create({ payment_intent: intent, amount: 3001 }, keyed()))).toMatchObject({ param: 'amount', message: expect.stringContaining('$30.00') })
    payments.refund(intent)
    expect(await refusalOf(stripe.refunds.create({ payment_intent: intent }, keyed()))).toMatchObject({ code: 'charge_already_refunded' })
    await payments.quiet()
    expect(told.of('charge.refunded').map(({ data }) => data.object)).toMatchObject([{ amount_refunded: 2000, refunded: false, payment_intent: intent }, { amount_refunded: 5000, refunded: true }])
    expect((await stripe.refunds.list({ payment_intent: intent })).data.map(({ amount }) => amount)).toEqual([3000, 2000])
  })

  test('that fail later give the money back to the shop', async () => {
    const { stripe, payments, told } = await shop({ settlesByItself: false })
    const intent = await paid(stripe, payments, CARDS.refundFails)
    const { id, status } = payments.refund(intent)
    expect(status).toBe('pending')
    payments.settle(id, 'failed')
    await payments.quiet()
    expect(told.types().slice(-2)).toEqual(['refund.updated', 'refund.failed'])
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed', failure_reason: expect.any(String) })
    expect((await stripe.charges.list({ payment_intent: intent })).data).toMatchObject([{ amount_refunded: 0, refunded: false }])
  })
})

describe('disputes', () => {
  const types = (told: { types(): string[] }) => told.types().filter((type) => type.startsWith('charge.dispute')).map((type) => type.split('.')[2])

  test.each([['won', ['created', 'funds_withdrawn', 'funds_reinstated', 'closed']], ['lost', ['created', 'funds_withdrawn', 'closed']]] as const)('that are %s move money as they end', async (end, wanted) => {
    const { stripe, payments, told } = await shop()
    const intent = await paid(stripe, payments)
    const { id } = payments.dispute(intent)
    expect(await stripe.disputes.retrieve(id)).toMatchObject({ status: 'needs_response', amount: 5000, payment_intent: intent, balance_transactions: [{ amount: -5000 }] })
    payments.closeDispute(id, end)
    expect(await stripe.disputes.list({ payment_intent: intent })).toMatchObject({ data: [{ id, status: end }] })
    await payments.quiet()
    expect(types(told)).toEqual(wanted)
  })

  test('that are inquiries move nothing, unless they become more', async () => {
    const { stripe, payments, told } = await shop()
    const [first, second] = [await paid(stripe, payments), await paid(stripe, payments)]
    const closed = payments.closeDispute(payments.dispute(first, { isInquiry: true }).id, 'won')
    expect(closed).toMatchObject({ status: 'warning_closed', balance_transactions: [] })
    await payments.quiet()
    expect(types(told)).toEqual(['created', 'closed'])
    const { id } = payments.dispute(second, { isInquiry: true })
    expect(payments.closeDispute(id, 'escalated')).toMatchObject({ status: 'needs_response' })
    await payments.quiet()
    expect(types(told).slice(2)).toEqual(['created', 'updated', 'funds_withdrawn'])
  })

  test.each([['disputed', 'needs_response'], ['inquired', 'warning_needs_response']] as const)('come by themselves with the card that is %s', async (card, status) => {
    const { stripe, payments } = await shop()
    const intent = await paid(stripe, payments, CARDS[card])
    expect((await stripe.disputes.list({ payment_intent: intent })).data).toMatchObject([{ status }])
  })
})
