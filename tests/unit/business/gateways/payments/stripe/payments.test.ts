import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createStripePayments } from '../../../../../../business/gateways/payments/stripe/payments.ts'
import type { ChargeOrder, CheckoutOrder } from '../../../../../../business/models/payment.ts'
import type { PaymentEvent } from '../../../../../../business/models/paymentEvent.ts'
import { always, startServer, type SeenRequest } from '../../calls/vapi/localServer.ts'
import { charge, intent, ORDER, session } from './samples.ts'

type Answer = (request: SeenRequest, response: ServerResponse) => void
const urls = { success_url: 'https://app.example/billing?paid=1', cancel_url: 'https://app.example/billing' }
const order: CheckoutOrder & { customer_id: string } = {
  order_id: ORDER, account_id: 'account', status: 'open', amount_cents: 5000, currency: 'usd', seconds: 6000, bonus_seconds: 0, description: '100 minutes', saves_card: false,
  customer_id: 'cus_1', expires_at: '2026-11-21T19:00:00.900Z', email: 'ada@example.com', company_name: 'Engines', session_id: null, checkout_url: null,
}
const due: ChargeOrder = { order_id: ORDER, account_id: 'account', amount_cents: 5000, currency: 'usd', customer_id: 'cus_1', payment_method_id: 'pm_1', description: '100 minutes' }
const cardError = (error: object) => ({ error: { type: 'card_error', message: 'No.', payment_intent: intent({ status: 'requires_payment_method' }), ...error } })

async function stage(answer: Answer) {
  const { url, requests } = await startServer(answer)
  const payments = createStripePayments({ apiKey: 'sk_test_x', baseUrl: url, isLive: false, timeoutMs: 1_000 })
  const form = (index = 0) => Object.fromEntries(new URLSearchParams(requests[index]?.body))
  return { payments, requests, form, keys: () => requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']) }
}
/** Answers a listing of payments with these, and everything else otherwise. */
const listing = (found: object[], otherwise: Answer): Answer => (request, response) =>
  (request.method === 'GET' ? always(200, { object: 'list', has_more: false, data: found }) : otherwise)(request, response)
const drop: Answer = (_request, response) => void response.destroy()

describe('a payment page', () => {
  it('is asked for with the order in every place, under the order\'s key', async () => {
    const { payments, form, keys, requests } = await stage(always(200, session({ status: 'open', payment_intent: null })))
    expect(await payments.createCheckout(order, urls)).toEqual({
      kind: 'ready', session_id: 'cs_1', url: 'https://checkout.stripe.com/c/pay/cs_1', expires_at: '2025-10-09T09:53:20.000Z', payment_intent_id: null,
    })
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/v1/checkout/sessions', headers: { authorization: 'Bearer sk_test_x', 'stripe-version': '2026-10-28.endive' } })
    expect(keys()).toEqual([`checkout:${ORDER}`])
    expect(form()).toEqual({
      mode: 'payment', customer: 'cus_1', client_reference_id: ORDER, 'line_items[0][quantity]': '1', 'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '5000', 'line_items[0][price_data][product_data][name]': '100 minutes',
      'metadata[order_id]': ORDER, 'metadata[account_id]': 'account', 'metadata[kind]': 'checkout',
      'payment_intent_data[metadata][order_id]': ORDER, 'payment_intent_data[metadata][account_id]': 'account', 'payment_intent_data[metadata][kind]': 'checkout',
      expires_at: '1795287600', ...urls,
    })
  })

  it('keeps the card for later only when that was asked for', async () => {
    const { payments, form } = await stage(always(200, session()))
    await payments.createCheckout({ ...order, saves_card: true }, urls)
    expect(form()).toMatchObject({ 'payment_intent_data[setup_future_usage]': 'off_session' })
  })

  it.each<[string, Answer]>([['no answer', drop], ['HTTP 500', always(500, { error: { type: 'api_error' } })], ['HTTP 409', always(409, { error: { type: 'invalid_request_error' } })]])(
    'asked for again with the same key and the same words after %s, and then unknown', async (_what, answer) => {
      const { payments, keys, requests } = await stage(answer)
      expect(await payments.createCheckout(order, urls)).toMatchObject({ kind: 'unknown' })
      expect(new Set(keys())).toEqual(new Set([`checkout:${ORDER}`]))
      expect(requests.length).toBeGreaterThan(1)
      expect(new Set(requests.map(({ body }) => body)).size).toBe(1)
    })

  it('is refused with the provider\'s word and code, and unknown under a wrong key', async () => {
    const refusing = await stage(always(400, { error: { type: 'invalid_request_error', code: 'amount_too_small', message: 'Amount\ntoo small.' } }))
    expect(await refusing.payments.createCheckout(order, urls)).toEqual({ kind: 'refused', code: 'amount_too_small', message: 'Amount too small.' })
    const locked = await stage(always(401, { error: { type: 'invalid_request_error', message: 'Invalid API Key' } }))
    expect(await locked.payments.createCheckout(order, urls)).toEqual({ kind: 'unknown', cause: 'HTTP 401' })
  })

  it('throws when a key was used for something else, which only we can do', async () => {
    const { payments } = await stage(always(400, { error: { type: 'idempotency_error', message: 'Keys…' } }))
    await expect(payments.createCheckout(order, urls)).rejects.toMatchObject({ code: 'internal' })
  })

  it('is closed once: over is over, however it came', async () => {
    const open = await stage(always(200, session({ status: 'expired' })))
    expect(await open.payments.expireCheckout('cs_1')).toEqual({ kind: 'expired' })
    expect(open.requests[0]?.url).toBe('/v1/checkout/sessions/cs_1/expire')
    const over = await stage(always(400, { error: { type: 'invalid_request_error', message: 'This session is complete.' } }))
    expect(await over.payments.expireCheckout('cs_1')).toEqual({ kind: 'closed' })
    const away = await stage(always(503, {}))
    expect(await away.payments.expireCheckout('cs_1')).toMatchObject({ kind: 'unknown' })
  })

  it('for a card alone takes nothing and allows cards only', async () => {
    const { payments, form, keys } = await stage(always(200, session({ mode: 'setup', status: 'open' })))
    await payments.createCardSetup({ account_id: 'account', customer_id: 'cus_1', email: null, company_name: null }, 'request', urls)
    expect(form()).toMatchObject({ mode: 'setup', customer: 'cus_1', 'allowed_payment_method_types[0]': 'card' })
    expect(Object.keys(form()).filter((name) => /amount|line_items/.test(name))).toEqual([])
    expect(keys()).toEqual(['cards:request'])
  })
})

describe('a charge of a saved card', () => {
  it('is one off-session payment under the order\'s key', async () => {
    const { payments, form, keys } = await stage(always(200, intent()))
    expect(await payments.chargeCard(due)).toEqual({ kind: 'succeeded', payment_intent_id: 'pi_1' })
    expect(keys()).toEqual([`autotopup:${ORDER}`])
    expect(form()).toEqual({
      amount: '5000', currency: 'usd', customer: 'cus_1', payment_method: 'pm_1', description: '100 minutes', off_session: 'true', confirm: 'true',
      'metadata[order_id]': ORDER, 'metadata[account_id]': 'account', 'metadata[kind]': 'auto_top_up',
    })
  })

  it.each([
    [{ code: 'card_declined', decline_code: 'insufficient_funds' }, 'declined', 'insufficient_funds'],
    [{ code: 'expired_card' }, 'declined', 'expired_card'],
    [{ code: 'card_declined', decline_code: 'generic_decline' }, 'declined', 'generic_decline'],
    [{ code: 'authentication_required' }, 'authentication_required', 'authentication_required'],
    [{ code: 'card_declined', decline_code: 'authentication_required' }, 'authentication_required', 'authentication_required'],
  ])('tells %j as %s', async (error, kind, code) => {
    const { payments, requests } = await stage(always(402, cardError(error)))
    expect(await payments.chargeCard(due)).toEqual({ kind, payment_intent_id: 'pi_1', code, message: 'No.' })
    expect(requests).toHaveLength(1)
  })

  it('that the provider does not take at all is refused', async () => {
    const { payments } = await stage(always(400, { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such payment_method' } }))
    expect(await payments.chargeCard(due)).toEqual({ kind: 'refused', payment_intent_id: null, code: 'resource_missing', message: 'No such payment_method' })
  })

  it.each<[string, Answer]>([['lost', drop], ['a server error that is replayed for a day', always(500, { error: { type: 'api_error' } })]])(
    'whose answer is %s is found by its order among the customer\'s payments', async (_what, answer) => {
      const others = [intent({ id: 'pi_2', metadata: {} }), intent()]
      const { payments, keys, requests } = await stage(listing(others, answer))
      expect(await payments.chargeCard(due)).toEqual({ kind: 'succeeded', payment_intent_id: 'pi_1' })
      expect(new Set(keys())).toEqual(new Set([`autotopup:${ORDER}`]))
      expect(requests.at(-1)?.url).toContain('customer=cus_1')
    })

  it('that is nowhere to be found stays unknown, never refused', async () => {
    const { payments } = await stage(listing([], drop))
    expect(await payments.chargeCard(due)).toEqual({ kind: 'unknown', cause: 'no answer' })
    const away = await stage(always(500, {}))
    expect(await away.payments.chargeCard(due)).toEqual({ kind: 'unknown', cause: 'HTTP 500' })
  })

  it.each([
    [intent({ status: 'processing' }), 'processing'],
    [intent({ status: 'requires_action' }), 'authentication_required'],
    [intent({ status: 'canceled' }), 'refused'],
    [intent({ status: 'requires_payment_method', last_payment_error: { code: 'card_declined', decline_code: 'lost_card' } }), 'declined'],
    [intent({ status: 'of_next_year' }), 'unknown'],
  ])('reads the payment %j', async (answer, kind) => {
    const { payments } = await stage(always(200, answer))
    expect(await payments.chargeCard(due)).toMatchObject({ kind })
  })
})

describe('asking what became of a payment', () => {
  it('tells nothing while the page is open', async () => {
    const { payments } = await stage(always(200, session({ status: 'open', payment_intent: null })))
    expect(await payments.findCheckout('cs_1')).toEqual({ kind: 'found', events: [] })
  })

  it.each([
    [session({ payment_intent: intent() }), 'completed', 'check:cs_1:completed:paid'],
    [session({ payment_status: 'unpaid', payment_intent: intent({ status: 'processing' }) }), 'completed', 'check:cs_1:completed:unpaid'],
    [session({ status: 'expired', payment_status: 'unpaid', payment_intent: null }), 'expired', 'check:cs_1:expired:unpaid'],
    [session({ payment_status: 'unpaid', payment_intent: intent({ status: 'requires_payment_method', last_payment_error: { code: 'x' } }) }), 'async_failed', 'check:cs_1:async_failed:unpaid'],
  ])('tells a session as its event would have', async (answer, outcome, event_id) => {
    const { payments } = await stage(always(200, answer))
    const { events } = await payments.findCheckout('cs_1') as { events: PaymentEvent[] }
    expect(events[0]).toMatchObject({ event_id, type: 'check.checkout.session', livemode: false, fact: { kind: 'checkout', outcome, order_id: ORDER } })
  })

  it('tells a payment, and what was refunded of it', async () => {
    const { payments } = await stage(always(200, intent({ latest_charge: charge() })))
    expect(await payments.findPayment('pi_1')).toMatchObject({ kind: 'found', events: [
      { event_id: 'check:pi_1:succeeded', fact: { kind: 'payment', status: 'succeeded' } },
      { event_id: 'check:ch_1:refunded:2000', fact: { kind: 'charge', refunded_cents: 2000 } },
    ] })
  })

  it('lists a period to its last page, and older payments of which something was given back in it, each once', async () => {
    const { payments, requests } = await stage((request, response) => {
      const isFirst = !request.url.includes('starting_after')
      const refunds = [{ id: 're_1', payment_intent: intent({ id: 'pi_2', latest_charge: charge() }) }, { id: 're_2', payment_intent: intent({ id: 'pi_long_ago', latest_charge: charge() }) }, { id: 're_3', payment_intent: null }]
      const intents = [intent({ id: isFirst ? 'pi_1' : 'pi_2', latest_charge: charge() })]
      always(200, request.url.startsWith('/v1/refunds') ? { object: 'list', has_more: false, data: refunds } : { object: 'list', has_more: isFirst, data: intents })(request, response)
    })
    const period = await payments.listPayments('2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z')
    expect(period).toEqual({ kind: 'found', payments: ['pi_1', 'pi_2', 'pi_long_ago'].map((payment_intent_id) => ({
      payment_intent_id, order_id: ORDER, status: 'succeeded', amount_cents: 5000, received_cents: 5000, refunded_cents: 2000, currency: 'usd',
    })) })
    for (const { url } of requests) expect(url).toContain(`created[gte]=${Date.parse('2026-11-20') / 1000}`)
  })
})

describe('cards and customers', () => {
  it('lists the cards of a customer', async () => {
    const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031, fingerprint: 'secret' }
    const { payments } = await stage(always(200, { object: 'list', has_more: false, data: [{ id: 'pm_1', object: 'payment_method', card }, { id: 'pm_2', card: null }] }))
    expect(await payments.listCards('cus_1')).toEqual({ kind: 'found', cards: [{ id: 'pm_1', brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031 }] })
  })

  it('counts a card that is gone as removed', async () => {
    const gone = await stage(always(404, { error: { type: 'invalid_request_error', code: 'resource_missing' } }))
    expect(await gone.payments.removeCard('pm_1')).toEqual({ kind: 'removed' })
  })

  it('forgets a customer, counts one that is gone as forgotten, and says what stood in the way otherwise', async () => {
    const { payments, requests } = await stage(always(200, { id: 'cus_1', object: 'customer', deleted: true }))
    expect(await payments.eraseCustomer('cus_1')).toEqual({ kind: 'erased' })
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['DELETE /v1/customers/cus_1'])
    const gone = await stage(always(404, { error: { type: 'invalid_request_error', code: 'resource_missing' } }))
    expect(await gone.payments.eraseCustomer('cus_1')).toEqual({ kind: 'erased' })
    const refused = await stage(always(400, { error: { type: 'invalid_request_error', code: 'parameter_invalid', message: 'No.' } }))
    expect(await refused.payments.eraseCustomer('cus_1')).toMatchObject({ kind: 'refused', code: 'parameter_invalid' })
    const away = await stage(always(503, {}))
    expect(await away.payments.eraseCustomer('cus_1')).toEqual({ kind: 'unknown', cause: 'HTTP 503' })
  })

  it('asks for a customer once per account and words', async () => {
    const { payments, keys, form } = await stage(always(200, { id: 'cus_1', object: 'customer' }))
    const payer = { account_id: 'account', customer_id: null, email: 'ada@example.com', company_name: 'Engines' }
    expect(await payments.createCustomer(payer)).toEqual({ kind: 'created', customer_id: 'cus_1' })
    await payments.createCustomer(payer)
    await payments.createCustomer({ ...payer, email: null })
    expect(form()).toEqual({ email: 'ada@example.com', name: 'Engines', 'metadata[account_id]': 'account' })
    expect(keys()[0]).toMatch(/^customer:account:/)
    expect(keys()[1]).toBe(keys()[0])
    expect(keys()[2]).not.toBe(keys()[0])
  })
})

it.each([['sk_test_x', true], ['sk_live_x', false], ['rk_live_x', false]])('refuses to start with the key %s where money being real is %s', (apiKey, isLive) => {
  expect(() => createStripePayments({ apiKey, isLive, baseUrl: 'http://127.0.0.1:1' })).toThrow('disagree')
})
