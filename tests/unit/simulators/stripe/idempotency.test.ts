/** What may be asked twice, and what the answers say about it. */
import { describe, expect, test } from 'vitest'
import { CARDS, keyed, KEY, order, raw, refusalOf, sdk, shop, simulator, STILL } from './support.ts'

describe('a key for idempotency', () => {
  test('gets the first answer again, and nothing is done twice', async () => {
    const { stripe, payments } = await shop()
    const given = order()
    const first = await stripe.checkout.sessions.create(given, keyed('checkout:1'))
    const second = await stripe.checkout.sessions.create(given, keyed('checkout:1'))
    expect(second.id).toBe(first.id)
    expect(second.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true', 'original-request': first.lastResponse.requestId, 'idempotency-key': 'checkout:1' })
    expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed')
    expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId)
    expect(payments.sessions()).toHaveLength(1)
    expect(payments.violations()).toEqual([])
  })

  test('does not depend on the order of the parameters', async () => {
    const payments = await simulator()
    const post = (body: string) => raw(payments, 'POST /v1/customers', { body, headers: { 'idempotency-key': 'customer:1' } })
    const [one, other] = [await post('email=ada%40example.com&metadata[a]=1&metadata[b]=2'), await post('metadata[b]=2&metadata[a]=1&email=ada%40example.com')]
    expect(other.body.id).toBe(one.body.id)
  })

  test('is refused with other parameters, and for another address', async () => {
    const { stripe } = await shop()
    await stripe.checkout.sessions.create(order(), keyed('checkout:1'))
    expect(await refusalOf(stripe.checkout.sessions.create(order(), keyed('checkout:1')))).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400, message: expect.stringContaining('same parameters') })
    expect(await refusalOf(stripe.customers.create({}, keyed('checkout:1')))).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400, message: expect.stringContaining('same endpoint') })
  })

  test('gets a refused card again, although the card would pay by now', async () => {
    const { stripe, payments } = await shop()
    const { id: customer } = await stripe.customers.create({})
    const given = { amount: 3000, currency: 'usd', customer, payment_method: payments.saveCard(customer, CARDS.pays).id, off_session: true, confirm: true }
    payments.fault('insufficient_funds')
    for (let time = 0; time < 2; time++) expect(await refusalOf(stripe.paymentIntents.create(given, keyed('autotopup:1')))).toMatchObject({ statusCode: 402, decline_code: 'insufficient_funds' })
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1)
  })

  test('is not used up by a request that was wrong', async () => {
    const { stripe } = await shop()
    await refusalOf(stripe.checkout.sessions.create({ ...order(), mode: undefined }, keyed('checkout:1')))
    expect(await stripe.checkout.sessions.create(order(), keyed('checkout:1'))).toMatchObject({ status: 'open' })
  })

  test.each([['error_before_accept', 0], ['error_after_accept', 1]])('gets a 500 again (%s)', async (fault, made) => {
    const { stripe, payments } = await shop()
    const given = order()
    payments.fault(fault)
    for (let time = 0; time < 2; time++) expect(await refusalOf(stripe.checkout.sessions.create(given, keyed('checkout:1')))).toMatchObject({ type: 'StripeAPIError', statusCode: 500 })
    expect(payments.sessions()).toHaveLength(made)
  })

  test('finds what was done when the answer was lost', async () => {
    const { stripe, payments } = await shop()
    const given = order()
    payments.fault('drop_after_accept')
    // The SDK asks once more by itself when a connection breaks, whatever it was told about retries.
    const session = await stripe.checkout.sessions.create(given, keyed('checkout:1'))
    expect(session.lastResponse.headers).toHaveProperty('idempotent-replayed', 'true')
    expect(payments.sessions().map(({ id }) => id)).toEqual([session.id])
  })

  test('is in use while its request is being carried out', async () => {
    const { stripe, payments } = await shop({ speed: STILL })
    const given = order()
    payments.fault('slow')
    const first = stripe.checkout.sessions.create(given, keyed('checkout:1'))
    await expect.poll(() => payments.keysInUse(), { interval: 5 }).toEqual(['checkout:1'])
    expect(await refusalOf(stripe.checkout.sessions.create(given, keyed('checkout:1')))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
    payments.setSpeed(5000)
    expect((await first).status).toBe('open')
  })

  test('is forgotten after a day', async () => {
    let now = new Date('2026-03-02T12:00:00Z')
    const { stripe } = await shop({ now: () => now })
    const create = () => stripe.customers.create({ email: 'ada@example.com' }, keyed('customer:1'))
    const first = await create()
    now = new Date('2026-03-03T11:59:00Z')
    expect((await create()).id).toBe(first.id)
    now = new Date('2026-03-03T12:00:01Z')
    expect((await create()).id).not.toBe(first.id)
  })
})

describe('violations', () => {
  test('are an order charged in two ways', async () => {
    const { stripe, payments } = await shop()
    await stripe.checkout.sessions.create(order({}, 'order-1'), keyed())
    await stripe.checkout.sessions.create(order({}, 'order-1'), keyed())
    expect(payments.violations()).toEqual([expect.stringContaining('The order order-1 is charged in two ways')])
  })

  test('are a session and a payment for one order', async () => {
    const { stripe, payments } = await shop()
    await stripe.checkout.sessions.create(order({}, 'order-1'), keyed('checkout:order-1'))
    await stripe.paymentIntents.create({ amount: 3000, currency: 'usd', metadata: { order_id: 'order-1' } }, keyed('autotopup:order-1'))
    expect(payments.violations()).toEqual([expect.stringMatching(/checkout:order-1.*autotopup:order-1/)])
  })

  test('are not a second session after the first has expired', async () => {
    const { stripe, payments } = await shop()
    payments.expire((await stripe.checkout.sessions.create(order({}, 'order-1'), keyed())).id)
    await stripe.checkout.sessions.create(order({}, 'order-1'), keyed())
    expect(payments.violations()).toEqual([])
  })

  test.each([['none', undefined], ['one that the SDK made up', 'stripe-node-retry-1']])('are a request for money with no key of the shop\'s own: %s', async (_, idempotencyKey) => {
    const { payments } = await shop()
    await raw(payments, 'POST /v1/payment_intents', { body: 'amount=3000&currency=usd', headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey } })
    expect(payments.violations()).toEqual([expect.stringContaining('without an Idempotency-Key')])
  })
})

describe('an answer', () => {
  test('names its request and its version', async () => {
    const payments = await simulator()
    const { headers, status } = await raw(payments, 'GET /v1/customers', { headers: { 'stripe-version': '2026-10-28.endive' } })
    expect([status, headers.get('stripe-version'), headers.get('content-type')]).toEqual([200, '2026-10-28.endive', 'application/json'])
    expect(headers.get('request-id')).toMatch(/^req_/)
    expect((await sdk(payments).customers.list()).lastResponse.apiVersion).toBe('2026-10-28.endive')
  })

  test.each([['no key', '', 'did not provide'], ['a wrong one', 'Bearer sk_test_somebody_else', 'Invalid API Key provided: sk_test_'], ['a wrong one in basic form', `Basic ${Buffer.from('sk_test_x:').toString('base64')}`, 'Invalid API Key']])('is 401 to a request with %s', async (_, authorization, words) => {
    const { status, body } = await raw(await simulator(), 'GET /v1/customers', { headers: { authorization } })
    expect([status, body.error?.type]).toEqual([401, 'invalid_request_error'])
    expect(body.error?.message).toContain(words)
    expect(JSON.stringify(body)).not.toContain(KEY)
  })

  test('takes the key in basic form', async () => {
    const authorization = `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`
    expect((await raw(await simulator(), 'GET /v1/customers', { headers: { authorization } })).status).toBe(200)
  })

  test.each<[string, object]>([
    ['GET /v1/customers/cus_nobody', { code: 'resource_missing', param: 'id', message: 'No such customer: \'cus_nobody\'' }],
    ['GET /v1/payment_intents/pi_none', { code: 'resource_missing', param: 'intent' }],
    ['GET /v1/checkout/sessions/cs_none', { code: 'resource_missing', message: 'No such checkout.session: \'cs_none\'' }],
    ['POST /v1/gremlins', { message: expect.stringContaining('Unrecognized request URL (POST: /v1/gremlins)') }],
  ])('to %s is 404', async (line, error) => {
    expect(await raw(await simulator(), line)).toMatchObject({ status: 404, body: { error: { type: 'invalid_request_error', ...error } } })
  })

  test('refuses a body that is no form', async () => {
    const { status, body } = await raw(await simulator(), 'POST /v1/customers', { body: '{"email":"ada@example.com"}', headers: { 'content-type': 'application/json' } })
    expect([status, body.error?.message]).toEqual([400, expect.stringContaining('application/x-www-form-urlencoded')])
  })

  test('takes parameters for data, whatever they are called', async () => {
    const { status, body } = await raw(await simulator(), 'POST /v1/customers', { body: '__proto__[admin]=1' })
    expect([status, body.error?.param]).toEqual([400, '__proto__'])
  })

  test('replaces ids that are to be expanded, and refuses what cannot be', async () => {
    const { stripe } = await shop()
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' })
    const session = await stripe.checkout.sessions.create(order({ customer, expand: ['customer', 'payment_intent'] }), keyed())
    expect(session).toMatchObject({ customer: { id: customer, email: 'ada@example.com' }, payment_intent: null })
    expect((await stripe.checkout.sessions.retrieve(session.id)).customer).toBe(customer)
    expect(await refusalOf(stripe.checkout.sessions.retrieve(session.id, { expand: ['amount_total'] }))).toMatchObject({ param: 'expand[0]', message: expect.stringContaining('cannot be expanded (amount_total)') })
  })

  test('keeps what is nobody\'s business to itself', async () => {
    const { stripe, payments } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.pay(id, { number: CARDS.pays })
    const answers = await Promise.all([stripe.checkout.sessions.list(), stripe.paymentIntents.list({ expand: ['data.payment_method'] }), stripe.events.list(), stripe.webhookEndpoints.list(), stripe.charges.list()])
    expect(JSON.stringify(answers)).not.toMatch(/hidden|4242424242424242|whsec_/)
  })
})
