/** Objects of Stripe as its public description has them, cut to what matters here. */
export const ORDER = '7d0c0f0e-1111-4222-8333-444455556666'

type Json = Record<string, unknown>

export const event = (type: string, object: Json, rest: Json = {}): Json => ({
  id: 'evt_1', object: 'event', type, created: 1_760_000_000, livemode: false, api_version: '2026-10-28.endive', data: { object }, ...rest,
})

export const session = (changes: Json = {}): Json => ({
  id: 'cs_1', object: 'checkout.session', mode: 'payment', status: 'complete', payment_status: 'paid', client_reference_id: ORDER,
  metadata: { order_id: ORDER }, amount_total: 5000, currency: 'usd', payment_intent: 'pi_1', customer: 'cus_1', setup_intent: null, livemode: false,
  url: 'https://checkout.stripe.com/c/pay/cs_1', expires_at: 1_760_003_600, ...changes,
})

export const intent = (changes: Json = {}): Json => ({
  id: 'pi_1', object: 'payment_intent', status: 'succeeded', amount: 5000, amount_received: 5000, currency: 'usd', customer: 'cus_1', payment_method: 'pm_1',
  latest_charge: 'ch_1', last_payment_error: null, metadata: { order_id: ORDER, kind: 'auto_top_up' }, livemode: false, ...changes,
})

export const charge = (changes: Json = {}): Json => ({
  id: 'ch_1', object: 'charge', amount: 5000, amount_refunded: 2000, refunded: false, payment_intent: 'pi_1', metadata: {}, currency: 'usd', livemode: false, ...changes,
})

export const refund = (changes: Json = {}): Json => ({
  id: 're_1', object: 'refund', amount: 2000, currency: 'usd', status: 'succeeded', charge: 'ch_1', payment_intent: 'pi_1', ...changes,
})

export const dispute = (changes: Json = {}): Json => ({
  id: 'du_1', object: 'dispute', amount: 5000, currency: 'usd', status: 'needs_response', charge: 'ch_1', payment_intent: 'pi_1', ...changes,
})
