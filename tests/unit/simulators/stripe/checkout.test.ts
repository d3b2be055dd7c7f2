/** A session from its opening to its end, as a shop sees it through the official SDK. */
import { describe, expect, test } from 'vitest'
import { CARDS, keyed, order, refusalOf, sdk, shop, simulator } from './support.ts'

describe('a session', () => {
  test('is open, costs what was asked for, and names the page where it is paid', async () => {
    const payments = await simulator({ pageOrigin: 'http://127.0.0.1:3000' })
    const session = await sdk(payments).checkout.sessions.create(order({ customer_email: 'ada@example.com' }, 'order-1'), keyed())
    expect(session).toMatchObject({
      object: 'checkout.session', status: 'open', payment_status: 'unpaid', amount_total: 5000, currency: 'usd', client_reference_id: 'order-1', metadata: { order_id: 'order-1' },
      payment_intent: null, customer: null, customer_email: 'ada@example.com', livemode: false, mode: 'payment', url: `http://127.0.0.1:3000/payments/pay/${session.id}`,
    })
    expect(session.id).toMatch(/^cs_test_/)
    expect(session.expires_at - session.created).toBe(24 * 3600)
  })

  test('that is paid has a payment with metadata of its own, and tells of it', async () => {
    const { payments, stripe, told } = await shop()
    const { id } = await stripe.checkout.sessions.create(order({}, 'order-1'), keyed())
    expect(payments.pay(id, { number: CARDS.pays, email: 'ada@example.com' })).toEqual({ kind: 'complete' })
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge', 'line_items'] })
    expect(session).toMatchObject({
      status: 'complete', payment_status: 'paid', url: null, customer_details: { email: 'ada@example.com' }, line_items: { data: [{ description: '100 minutes', amount_total: 5000 }] },
      payment_intent: { status: 'succeeded', amount_received: 5000, metadata: { order_id: 'order-1' }, latest_charge: { status: 'succeeded', paid: true, metadata: { order_id: 'order-1' } } },
    })
    await payments.quiet()
    expect(told.types()).toEqual(['payment_intent.succeeded', 'checkout.session.completed'])
    expect(told.of('checkout.session.completed')[0]?.data.object).toMatchObject({ id, payment_status: 'paid', payment_intent: expect.stringMatching(/^pi_/) })
  })

  test.each([['declined', 'Your card was declined.'], ['poor', 'insufficient funds'], ['expired', 'has expired']] as const)('stays open when the card is %s, and can be paid with another', async (card, words) => {
    const { payments, stripe, told } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    expect(payments.pay(id, { number: CARDS[card] })).toEqual({ kind: 'refused', message: expect.stringContaining(words) })
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'open', payment_status: 'unpaid' })
    payments.pay(id, { number: CARDS.pays })
    await payments.quiet()
    expect(told.types()).toEqual(['payment_intent.payment_failed', 'payment_intent.succeeded', 'checkout.session.completed'])
    const [failed] = told.of('payment_intent.payment_failed')
    expect(failed?.data.object).toMatchObject({ status: 'requires_payment_method', last_payment_error: { type: 'card_error', message: expect.stringContaining(words) } })
  })

  test('asks the owner of a card that wants it, and pays when it is the owner', async () => {
    const { payments, stripe } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    expect(payments.pay(id, { number: CARDS.asksAlways })).toEqual({ kind: 'challenge' })
    expect((await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })).payment_intent).toMatchObject({ status: 'requires_action' })
    expect(payments.answerChallenge(id, false)).toMatchObject({ kind: 'refused', message: expect.stringContaining('unable to authenticate') })
    payments.pay(id, { number: CARDS.asksAlways })
    expect(payments.answerChallenge(id, true)).toEqual({ kind: 'complete' })
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
  })

  test('pays once, however often the button is pressed', async () => {
    const { payments, stripe } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    expect([payments.pay(id, { number: CARDS.pays }), payments.pay(id, { number: CARDS.pays })]).toEqual([{ kind: 'complete' }, { kind: 'complete' }])
    expect((await stripe.charges.list()).data).toHaveLength(1)
  })

  test.each([['debit', 'succeeded', 'paid'], ['debitFails', 'failed', 'unpaid']] as const)('that a %s pays is complete and unpaid until the debit has %s', async (card, ends, status) => {
    const { payments, stripe, told } = await shop({ settlesByItself: false })
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.pay(id, { number: CARDS[card] })
    await payments.quiet()
    expect(await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })).toMatchObject({ status: 'complete', payment_status: 'unpaid', payment_intent: { status: 'processing' } })
    payments.settle(id, ends)
    await payments.quiet()
    expect(told.types().slice(-2)).toEqual([ends === 'succeeded' ? 'payment_intent.succeeded' : 'payment_intent.payment_failed', `checkout.session.async_payment_${ends}`])
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: status })
    expect(() => payments.settle(id, ends)).toThrow('Nothing is on its way')
  })

  test('settles a debit by itself where it may', async () => {
    const { payments, stripe } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.pay(id, { number: CARDS.debit })
    await payments.quiet()
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ payment_status: 'paid' })
  })

  test('expires by the clock and on demand, with its payment, and never after it was paid', async () => {
    let now = new Date('2026-03-02T12:00:00Z')
    const { payments, stripe, told } = await shop({ now: () => now })
    const until = now.getTime() / 1000 + 3600
    const given = [order({ expires_at: until }), order(), order({ expires_at: until })]
    const [old, young, paid] = await Promise.all(given.map((one) => stripe.checkout.sessions.create(one, keyed())))
    payments.pay(old?.id ?? '', { number: CARDS.declined })
    payments.pay(paid?.id ?? '', { number: CARDS.pays })
    now = new Date('2026-03-02T13:00:01Z')
    payments.expireOld()
    expect(await stripe.checkout.sessions.expire(young?.id ?? '')).toMatchObject({ status: 'expired', url: null })
    expect(await stripe.checkout.sessions.retrieve(old?.id ?? '', { expand: ['payment_intent'] })).toMatchObject({ status: 'expired', payment_intent: { status: 'canceled' } })
    expect(await refusalOf(stripe.checkout.sessions.expire(paid?.id ?? ''))).toMatchObject({ statusCode: 400, message: expect.stringContaining('status of complete') })
    expect(payments.pay(old?.id ?? '', { number: CARDS.pays })).toEqual({ kind: 'closed' })
    await payments.quiet()
    expect(told.of('checkout.session.expired').map(({ data }) => (data.object as { id: string }).id)).toEqual([old?.id, young?.id])
  })

  test('makes a customer when it is to, and saves the card for later', async () => {
    const { payments, stripe, told } = await shop()
    const { id } = await stripe.checkout.sessions.create(order({ customer_creation: 'always', payment_intent_data: { setup_future_usage: 'off_session' } }), keyed())
    payments.pay(id, { number: CARDS.pays, email: 'ada@example.com' })
    const { customer } = await stripe.checkout.sessions.retrieve(id, { expand: ['customer'] })
    expect(customer).toMatchObject({ object: 'customer', email: 'ada@example.com' })
    const cards = await stripe.customers.listPaymentMethods((customer as { id: string }).id)
    expect(cards.data).toMatchObject([{ type: 'card', card: { brand: 'visa', last4: '4242', exp_month: 12 } }])
    await payments.quiet()
    expect(told.types()).toContain('payment_method.attached')
  })
})

describe('a session that saves a card', () => {
  test('charges nothing and attaches the card to the customer', async () => {
    const { payments, stripe, told } = await shop()
    const customer = await stripe.customers.create({ email: 'ada@example.com' })
    const { id } = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', customer: customer.id, success_url: 'http://shop.test/' }, keyed())
    expect(payments.pay(id, { number: CARDS.asksOnce })).toEqual({ kind: 'challenge' })
    payments.answerChallenge(id, true)
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent.payment_method'] })
    expect(session).toMatchObject({ status: 'complete', payment_status: 'no_payment_required', amount_total: null, setup_intent: { status: 'succeeded', payment_method: { customer: customer.id, card: { last4: '3155' } } } })
    await payments.quiet()
    expect(told.types()).toEqual(['payment_method.attached', 'checkout.session.completed'])
    expect((await stripe.paymentIntents.list()).data).toEqual([])
  })

  test('refuses a card that the bank refuses', async () => {
    const { payments, stripe } = await shop()
    const { id } = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', success_url: 'http://shop.test/' }, keyed())
    expect(payments.pay(id, { number: CARDS.declined })).toMatchObject({ kind: 'refused' })
    expect(payments.pay(id, { number: CARDS.asksAlways })).toEqual({ kind: 'challenge' })
    expect(payments.answerChallenge(id, false)).toMatchObject({ kind: 'refused' })
    expect(await stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent'] })).toMatchObject({ status: 'open', setup_intent: { status: 'requires_payment_method' } })
  })
})

describe('parameters of a session', () => {
  const base = order()
  test.each<[string, object, { param?: string, code?: string, message?: unknown }]>([
    ['without lines', { line_items: undefined }, { param: 'line_items', code: 'parameter_missing' }],
    ['without an end', { success_url: undefined }, { param: 'success_url', code: 'parameter_missing' }],
    ['that nobody knows', { gremlins: 1 }, { param: 'gremlins', code: 'parameter_unknown' }],
    ['of an older version', { payment_method_types: ['card'] }, { param: 'payment_method_types', code: 'parameter_unknown' }],
    ['deep inside that nobody knows', { line_items: [{ price_data: { currency: 'usd', unit_amount: 5000, product_data: { name: 'x', colour: 'red' } } }] }, { param: 'line_items[0][price_data][product_data][colour]', code: 'parameter_unknown' }],
    ['with an amount that is none', { line_items: [{ price_data: { currency: 'usd', unit_amount: 'much', product_data: { name: 'x' } } }] }, { param: 'line_items[0][price_data][unit_amount]', code: 'parameter_invalid_integer' }],
    ['with too small an amount', { line_items: [{ price_data: { currency: 'usd', unit_amount: 49, product_data: { name: 'x' } } }] }, { param: 'line_items', code: 'amount_too_small' }],
    ['with a mode that is none', { mode: 'gift' }, { param: 'mode' }],
    ['with two ways to name the payer', { customer_email: 'ada@example.com', customer: 'cus_nobody' }, { param: 'customer' }],
    ['with a customer who is none', { customer: 'cus_nobody' }, { param: 'customer', code: 'resource_missing' }],
    ['that ends too early', { expires_at: Math.floor(Date.now() / 1000) + 60 }, { param: 'expires_at' }],
    ['that ends too late', { expires_at: Math.floor(Date.now() / 1000) + 90_000 }, { param: 'expires_at' }],
    ['with a reference that is too long', { client_reference_id: 'x'.repeat(201) }, { param: 'client_reference_id' }],
    ['with an address that is none', { success_url: 'shop' }, { param: 'success_url', code: 'url_invalid' }],
    ['for saving, with lines', { mode: 'setup', currency: 'usd' }, { param: 'line_items' }],
    ['for saving, without a currency', { mode: 'setup', line_items: undefined, payment_intent_data: undefined }, { param: 'currency', code: 'parameter_missing' }],
  ])('%s are refused by name', async (_, changes, wanted) => {
    const payments = await simulator()
    const refusal = await refusalOf(sdk(payments).checkout.sessions.create({ ...base, ...changes }, keyed()))
    expect(refusal).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, ...wanted })
    expect(payments.sessions()).toEqual([])
  })
})
