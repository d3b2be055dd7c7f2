import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../../../../../../business/gateways/payments/stripe/parseWebhook.ts'
import { charge, dispute, event, intent, ORDER, refund, session } from './samples.ts'

const factOf = (type: string, object: Record<string, unknown>, rest: Record<string, unknown> = {}) => parseWebhook(event(type, object, rest)).fact

describe('parseWebhook', () => {
  it('takes the event\'s own id, type, mode and time', () => {
    expect(parseWebhook(event('invoice.paid', { object: 'invoice' }, { livemode: true }))).toEqual({
      event_id: 'evt_1', type: 'invoice.paid', livemode: true, occurred_at: '2025-10-09T08:53:20.000Z', fact: { kind: 'other' },
    })
  })

  it.each([
    ['completed', 'completed'], ['async_payment_succeeded', 'async_succeeded'], ['async_payment_failed', 'async_failed'], ['expired', 'expired'],
  ])('reads checkout.session.%s', (name, outcome) => {
    expect(factOf(`checkout.session.${name}`, session())).toEqual({
      kind: 'checkout', session_id: 'cs_1', mode: 'payment', order_id: ORDER, status: 'complete', payment_status: 'paid', amount_cents: 5000, currency: 'usd',
      payment_intent_id: 'pi_1', customer_id: 'cus_1', setup_intent_id: null, outcome,
    })
  })

  it('keeps a session that is complete and unpaid apart from a paid one', () => {
    expect(factOf('checkout.session.completed', session({ payment_status: 'unpaid' }))).toMatchObject({ payment_status: 'unpaid', outcome: 'completed' })
  })

  it('reads a saved card without an amount', () => {
    const setup = session({ mode: 'setup', amount_total: null, currency: null, payment_intent: null, setup_intent: 'seti_1', payment_status: 'no_payment_required', client_reference_id: null, metadata: {} })
    expect(factOf('checkout.session.completed', setup)).toMatchObject({ mode: 'setup', amount_cents: null, order_id: null, setup_intent_id: 'seti_1' })
  })

  it('reads ids and expanded objects alike', () => {
    const plain = factOf('checkout.session.completed', session())
    expect(factOf('checkout.session.completed', session({ payment_intent: intent(), customer: { id: 'cus_1', object: 'customer' } }))).toEqual(plain)
    const dull = factOf('payment_intent.succeeded', intent())
    expect(factOf('payment_intent.succeeded', intent({ customer: { id: 'cus_1' }, payment_method: { id: 'pm_1' }, latest_charge: charge() }))).toEqual(dull)
    const disputed = factOf('charge.dispute.created', dispute())
    expect(factOf('charge.dispute.created', dispute({ charge: charge(), payment_intent: null }))).toEqual(disputed)
  })

  it('takes the order from metadata where there is no reference, and nobody else\'s reference for an order', () => {
    expect(factOf('checkout.session.completed', session({ client_reference_id: null }))).toMatchObject({ order_id: ORDER })
    expect(factOf('checkout.session.completed', session({ client_reference_id: 'shop-77', metadata: null }))).toMatchObject({ order_id: null })
    expect(factOf('checkout.session.completed', session({ client_reference_id: ORDER.toUpperCase() }))).toMatchObject({ order_id: ORDER })
  })

  it('reads a failed payment with the bank\'s words and the card it failed with', () => {
    const last_payment_error = { code: 'card_declined', decline_code: 'insufficient_funds', message: 'No money.', payment_method: { id: 'pm_9' }, charge: 'ch_9' }
    const failed = intent({ status: 'requires_payment_method', payment_method: null, latest_charge: null, last_payment_error })
    expect(factOf('payment_intent.payment_failed', failed)).toEqual({
      kind: 'payment', payment_intent_id: 'pi_1', order_id: ORDER, status: 'requires_payment_method', amount_cents: 5000, currency: 'usd', customer_id: 'cus_1',
      payment_method_id: 'pm_9', charge_id: 'ch_9', error: { code: 'card_declined', decline_code: 'insufficient_funds', message: 'No money.' },
    })
  })

  it('reads what was refunded of a charge in all', () => {
    expect(factOf('charge.refunded', charge())).toEqual({ kind: 'charge', charge_id: 'ch_1', payment_intent_id: 'pi_1', order_id: null, amount_cents: 5000, refunded_cents: 2000 })
  })

  it.each(['refund.created', 'refund.failed', 'charge.refund.updated'])('reads the refund of %s', (type) => {
    expect(factOf(type, refund({ status: 'failed' }))).toEqual({
      kind: 'refund', refund_id: 're_1', charge_id: 'ch_1', payment_intent_id: 'pi_1', amount_cents: 2000, currency: 'usd', status: 'failed',
    })
  })

  it.each(['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'])('reads charge.dispute.%s', (change) => {
    expect(factOf(`charge.dispute.${change}`, dispute({ status: 'warning_needs_response' }))).toEqual({
      kind: 'dispute', dispute_id: 'du_1', charge_id: 'ch_1', payment_intent_id: 'pi_1', amount_cents: 5000, currency: 'usd', status: 'warning_needs_response', change,
    })
  })

  it('knows whose a detached card was', () => {
    const body = event('payment_method.detached', { object: 'payment_method', id: 'pm_1', customer: null })
    const told = { ...body, data: { ...(body.data as object), previous_attributes: { customer: 'cus_1' } } }
    expect(parseWebhook(told).fact).toEqual({ kind: 'payment_method', payment_method_id: 'pm_1', customer_id: 'cus_1', change: 'detached' })
    expect(factOf('payment_method.automatically_updated', { object: 'payment_method', id: 'pm_1', customer: 'cus_1' })).toMatchObject({ change: 'updated' })
  })

  it.each<[string, Record<string, unknown>]>([
    ['checkout.session.completed', session({ id: null })],
    ['checkout.session.completed', session({ mode: 'subscription' })],
    ['checkout.session.of_next_year', session()],
    ['checkout.session.constructor', session()],
    ['payment_intent.succeeded', intent({ status: null })],
    ['charge.refunded', charge({ amount_refunded: '20.00' })],
    ['refund.created', refund({ amount: 20.5 })],
    ['refund.created', refund({ amount: -1 })],
    ['charge.dispute.created', dispute({ status: undefined })],
    ['charge.dispute.of_next_year', dispute()],
  ])('makes nothing of %s without what it needs', (type, object) => {
    expect(factOf(type, object)).toEqual({ kind: 'other' })
  })

  it.each([[null], [[]], ['x'], [7], [{}], [{ data: null }], [{ data: { object: [] } }]])('makes an event that says nothing of %j', (body) => {
    const { event_id, fact, livemode } = parseWebhook(body)
    expect(fact).toEqual({ kind: 'other' })
    expect(livemode).toBe(false)
    expect(event_id).toMatch(/^unidentified:/)
    expect(parseWebhook(structuredClone(body)).event_id).toBe(event_id)
  })

  it('never throws, whatever stands where', () => {
    const kinds = ['checkout.session', 'payment_intent', 'charge', 'refund', 'dispute', 'payment_method']
    const object = fc.record({ object: fc.constantFrom(...kinds) }).chain(({ object: kind }) =>
      fc.dictionary(fc.constantFrom('id', 'mode', 'status', 'amount', 'amount_refunded', 'customer', 'charge', 'payment_intent', 'metadata', 'last_payment_error'), fc.jsonValue())
        .map((rest) => ({ object: kind, ...rest })))
    fc.assert(fc.property(fc.string(), object, (type, thing) => {
      expect(parseWebhook({ id: 'e', type, data: { object: thing } }).event_id).toBe('e')
    }), { numRuns: 500 })
  })
})
