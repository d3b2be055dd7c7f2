/** What people see and press: the payment page, the bank's question, and the control page. */
import { describe, expect, test } from 'vitest'
import type { ControlState } from '../../../../supabase/local/simulators/stripe/control/state.ts'
import type { StripeSimulator } from '../../../../supabase/local/simulators/stripe/index.ts'
import { CARDS, keyed, KEY, order, SECRET, sdk, shop, simulator, STILL } from './support.ts'

const ORIGIN = 'http://127.0.0.1:3000'
const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }

const get = async (payments: StripeSimulator, path: string, headers: Record<string, string> = {}) => payments.page(new Request(`${ORIGIN}/payments${path}`, { headers }))
const press = async (payments: StripeSimulator, path: string, fields: Record<string, string>, headers: Record<string, string> = OWN) =>
  payments.page(new Request(`${ORIGIN}/payments${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) }))

async function opened(changes: Parameters<typeof order>[0] = {}) {
  const parts = await shop({ pageOrigin: ORIGIN })
  const session = await parts.stripe.checkout.sessions.create(order(changes), keyed())
  return { ...parts, id: session.id, path: `/pay/${session.id}` }
}

describe('the payment page', () => {
  test('says what is paid and how much, and needs neither script nor style in the page', async () => {
    const { payments, path } = await opened({ customer_email: 'ada@example.com' })
    const answer = await get(payments, path, { 'sec-fetch-site': 'cross-site' })
    const text = await answer.text()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(text).toContain('<h2>100 minutes</h2><p class="amount">$50.00</p>')
    expect(text).toContain('value="ada@example.com"')
    expect(text).toContain('4000 0027 6000 3184')
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|(?:src|href)="https?:\/\/(?!shop\.test)/)
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'.*form-action 'self' http:\/\/shop\.test;/)
  })

  test('takes what a shop writes as text', async () => {
    const { payments, path } = await opened({ line_items: [{ price_data: { currency: 'usd', unit_amount: 5000, product_data: { name: '<img src=x onerror=alert(1)>"' } } }], cancel_url: 'http://shop.test/?"><b>' })
    const text = await (await get(payments, path)).text()
    expect(text).not.toMatch(/<img|"><b>/)
    expect(text).toContain('&#60;img src=x')
  })

  test('leads back to the shop when it is paid, by a test card and by a typed one', async () => {
    const { payments, path, id, stripe } = await opened({ customer_creation: 'always', payment_intent_data: { setup_future_usage: 'off_session' } })
    const answer = await press(payments, path, { number: '4242 4242 4242 4242', expires: '11 / 31', code: '123', email: 'ada@example.com', name: 'Ada Lovelace' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `http://shop.test/billing?paid=1&session=${id}`])
    const session = await stripe.checkout.sessions.retrieve(id)
    expect(session).toMatchObject({ payment_status: 'paid', customer_details: { email: 'ada@example.com', name: 'Ada Lovelace' } })
    expect((await stripe.customers.listPaymentMethods(String(session.customer))).data).toMatchObject([{ card: { exp_month: 11, exp_year: 2031 }, billing_details: { email: 'ada@example.com' } }])
    const again = await press(payments, path, { test: CARDS.pays })
    expect([again.status, again.headers.get('location')]).toEqual([303, `http://shop.test/billing?paid=1&session=${id}`])
    expect((await stripe.charges.list()).data).toHaveLength(1)
  })

  test.each([['is declined', CARDS.declined, 'Your card was declined.'], ['is a real one', '4111111111111111', 'used a non test card'], ['is mistyped', '4242424242424241', 'Your card number is incorrect.']])('says why when the card %s', async (_, number, words) => {
    const { payments, path } = await opened()
    const answer = await press(payments, path, { test: number })
    const alert = /role="alert">([^<]*)</.exec(await answer.text())?.[1]
    expect([answer.status, alert]).toEqual([200, expect.stringContaining(words)])
    expect(await (await get(payments, path)).text()).not.toContain('role="alert"')
  })

  test('asks for the owner on a page of its own', async () => {
    const { payments, path, id } = await opened()
    const asked = await press(payments, path, { test: CARDS.asksAlways })
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `${ORIGIN}/payments${path}/challenge`])
    expect(await (await get(payments, `${path}/challenge`)).text()).toContain('Is it you who pays $50.00?')
    const refused = await (await press(payments, `${path}/challenge`, { answer: 'no' })).text()
    expect(refused).toContain('unable to authenticate')
    expect(refused, 'another card can be tried from here').toContain(`action="/payments${path}"`)
    expect(await (await get(payments, `${path}/challenge`)).text()).toContain('Card number')
    await press(payments, path, { test: CARDS.asksAlways })
    expect((await press(payments, `${path}/challenge`, { answer: 'yes' })).headers.get('location')).toContain(id)
  })

  test('offers the cards that the customer has saved', async () => {
    const { payments, stripe } = await shop({ pageOrigin: ORIGIN })
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' })
    const { id: saved } = payments.saveCard(customer, CARDS.pays)
    const { id } = await stripe.checkout.sessions.create(order({ customer }), keyed())
    expect(await (await get(payments, `/pay/${id}`)).text()).toContain('aria-label="Use Visa ending in 4242"')
    await press(payments, `/pay/${id}`, { saved })
    expect(await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })).toMatchObject({ payment_status: 'paid', payment_intent: { payment_method: saved } })
  })

  test('says that it is over when it is', async () => {
    const { payments, path, id } = await opened()
    payments.expire(id)
    expect(await (await get(payments, path)).text()).toContain('This page has expired')
    expect(await (await press(payments, path, { test: CARDS.pays })).text()).toContain('This page has expired')
    const unknown = await get(payments, '/pay/cs_test_nobody')
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('There is no such payment page')])
  })

  test.each([['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403], ['another name of this machine', { host: 'evil.example' }, 403], ['itself', OWN, 303]])('takes a form from %s: %#', async (_, headers, status) => {
    const { payments, path } = await opened()
    expect((await press(payments, path, { test: CARDS.pays }, headers as unknown as Record<string, string>)).status).toBe(status)
  })
})

describe('the control page', () => {
  const command = async (payments: StripeSimulator, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await payments.page(new Request(`${ORIGIN}/payments/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }))
    return { status: answer.status, state: await answer.json() as ControlState & { message?: string } }
  }
  const stateOf = async (payments: StripeSimulator) => await (await get(payments, '/state')).json() as ControlState

  test.each([['', 'text/html'], ['/page.css', 'text/css'], ['/payments.css', 'text/css'], ['/pay.css', 'text/css'], ['/tokens.css', 'text/css'], ['/page.js', 'text/javascript'], ['/inter.woff2', 'font/woff2']])('serves %j under a policy without inline scripts', async (path, type) => {
    const answer = await get(await simulator(), path)
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type])
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/)
    if (type === 'text/html') expect(await answer.text(), 'and nothing left to fill in').not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|\{\w+\}/)
  })

  test('shows payments with what can be done to them, and does it', async () => {
    const { stripe, payments } = await shop({ speed: STILL })
    const labels = (state: ControlState) => state.payments[0]?.actions.map(({ label }) => label)
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    expect((await stateOf(payments)).payments).toMatchObject([{ id, amount: '$50.00', what: '100 minutes', status: 'open', page: expect.stringContaining(id), actions: [{ label: 'Expire' }] }])
    payments.pay(id, { number: CARDS.debit })
    const waiting = await stateOf(payments)
    expect([waiting.payments[0]?.status, labels(waiting)]).toEqual(['processing', ['Debit succeeds', 'Debit fails']])
    const run = async (label: string) => {
      const action = (await stateOf(payments)).payments[0]?.actions.find((one) => one.label === label)
      if (!action) throw new Error(`${label} is not offered.`)
      return (await command(payments, action.path, action.body)).state
    }
    expect(labels(await run('Debit succeeds'))).toEqual(['Refund half', 'Refund', 'Dispute', 'Inquiry'])
    expect((await run('Refund half')).payments[0]?.status).toBe('succeeded, $25.00 refunded')
    expect(labels(await run('Inquiry'))).toEqual(['Refund half', 'Refund', 'Close inquiry', 'Becomes a dispute'])
    expect(labels(await run('Becomes a dispute'))).toEqual(['Refund half', 'Refund', 'Dispute won', 'Dispute lost'])
    expect((await run('Dispute lost')).payments[0]?.status).toBe('succeeded, $25.00 refunded, dispute lost')
  })

  test('shows events and how they were taken, cards, faults and speed, and no key or secret', async () => {
    const { stripe, payments } = await shop()
    const { id } = await stripe.checkout.sessions.create(order(), keyed())
    payments.expire(id)
    await payments.quiet()
    const faulty = (await command(payments, 'faults', { name: 'declined', times: 2 })).state
    expect(faulty.faults.flatMap(({ faults }) => faults).find(({ name }) => name === 'declined')).toMatchObject({ left: 2, happened: 0 })
    expect((await command(payments, 'speed', { speed: 7 })).state.speed).toBe(7)
    const state = await stateOf(payments)
    expect(state.events[0]).toMatchObject({ type: 'checkout.session.expired', about: id, status: 'taken', is_wanted: true })
    expect(state.cards).toContainEqual({ number: '4242 4242 4242 4242', title: 'Pays' })
    for (const secret of [KEY, SECRET]) expect(JSON.stringify(state)).not.toContain(secret)
    const cleared = await payments.page(new Request(`${ORIGIN}/payments/faults`, { method: 'DELETE' }))
    expect(JSON.stringify(await cleared.json())).not.toContain('"left":2')
  })

  test.each([['faults', { name: 'gremlins' }, 400], ['speed', { speed: 0 }, 400], ['payments/pi_none/refund', {}, 404], ['payments/pi_none/settle', { ends: 'never' }, 400], ['sessions/cs_none/expire', {}, 404]])('refuses %s with %j', async (path, body, status) => {
    expect((await command(await simulator(), path, body)).status).toBe(status)
  })

  test('is for this machine\'s own pages', async () => {
    const payments = await simulator()
    expect((await command(payments, 'faults', { name: 'declined' }, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await command(payments, 'faults', { name: 'declined' }, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await get(payments, '/state', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get(payments, '/v1/customers')).status).toBe(404)
  })

  test('belongs to the pages alone: the API\'s port has none of it', async () => {
    const payments = await simulator()
    expect((await fetch(`${payments.url}/payments/state`)).status).toBe(404)
    await sdk(payments).customers.list()
  })
})
