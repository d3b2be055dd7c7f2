import { describe, expect, it } from 'vitest'
import type { InvoiceFacts } from '../../../../../business/models/invoice.ts'
import type { ChargeResult } from '../../../../../business/models/payment.ts'
import { createInvoiceRepository } from '../../../../../business/repositories/invoiceRepository.ts'
import { receivePaymentEvent } from '../../../../../business/services/billing/receivePaymentEvent.ts'
import { chargeCard } from '../../../../../business/services/outbox/chargeCard.ts'
import { makeInvoice } from '../../../../../business/services/outbox/makeInvoice.ts'
import { parseWebhook } from '../../../../../business/gateways/payments/stripe/parseWebhook.ts'
import { always, startServer } from '../../gateways/calls/vapi/localServer.ts'
import { event, session } from '../../gateways/payments/stripe/samples.ts'

const order = { order_id: 'o', account_id: 'a', amount_cents: 3000, currency: 'usd', customer_id: 'cus', payment_method_id: 'pm', description: '50 minutes' }

describe('chargeCard', () => {
  const stage = (result: ChargeResult, found: typeof order | null = order) => {
    const recorded: ChargeResult[] = []
    const recordCharge = (_id: string, said: ChargeResult) => Promise.resolve(void recorded.push(said))
    const payments = { orderForCharge: () => Promise.resolve(found), recordCharge }
    return { recorded, deps: { payments, gateway: { chargeCard: () => Promise.resolve(result) } } }
  }

  it('notes what the provider said, a refusal too: the job is done', async () => {
    const declined: ChargeResult = { kind: 'declined', payment_intent_id: 'pi', code: 'expired_card', message: 'No.' }
    const { recorded, deps } = stage(declined)
    expect(await chargeCard(deps, { order_id: 'o' }, 1)).toEqual({ ok: true })
    expect(recorded).toEqual([declined])
  })

  it('comes again while nobody knows, and ends the order when that lasts', async () => {
    const { recorded, deps } = stage({ kind: 'unknown', cause: 'HTTP 500' })
    expect(await chargeCard(deps, { order_id: 'o' }, 5)).toEqual({ ok: false, error: 'HTTP 500', is_final: false })
    expect(recorded).toEqual([])
    expect(await chargeCard(deps, { order_id: 'o' }, 6)).toEqual({ ok: true })
    expect(recorded).toMatchObject([{ kind: 'refused', code: 'no_answer' }])
  })

  it('asks nobody for an order that is over', async () => {
    const { deps } = stage({ kind: 'succeeded', payment_intent_id: 'pi' }, null)
    deps.gateway.chargeCard = () => Promise.reject(new Error('charged'))
    expect(await chargeCard(deps, { order_id: 'o' }, 1)).toEqual({ ok: true })
  })
})

describe('makeInvoice', () => {
  const facts: InvoiceFacts = {
    order_id: 'o', account_id: 'a', invoice_no: 7, issued_on: '2026-11-21', paid_at: '2026-11-21T10:00:00Z', seller: { name: 'S', lines: [], tax_number: null, email: null },
    buyer: { company_name: 'B', lines: [], tax_number: null, email: null }, description: '50 minutes', seconds: 3000, bonus_seconds: 0, amount_cents: 3000, currency: 'usd',
  }
  const payments = (found: InvoiceFacts | null) => ({ invoiceFacts: () => Promise.resolve(found) })

  it('stores the document under its account and number, without replacing one', async () => {
    const { url, requests } = await startServer(always(200, {}))
    const result = await makeInvoice({ payments: payments(facts), invoices: createInvoiceRepository({ url, secretKey: 'k' }) }, { order_id: 'o' })
    expect(result).toMatchObject({ ok: true, path: 'a/7.pdf', content_type: 'application/pdf' })
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/storage/v1/object/invoices/a/7.pdf' })
    expect(requests[0]?.headers['x-upsert']).toBeUndefined()
  })

  it.each([[409, {}], [400, { statusCode: '409', error: 'Duplicate' }]])('takes HTTP %i %j for done: it was handed out before', async (status, body) => {
    const { url } = await startServer(always(status, body))
    expect(await makeInvoice({ payments: payments(facts), invoices: createInvoiceRepository({ url, secretKey: 'k' }) }, { order_id: 'o' })).toMatchObject({ ok: true, path: 'a/7.pdf' })
  })

  it('waits for a storage that is away, and for an order that is paid', async () => {
    const { url } = await startServer(always(500, {}))
    await expect(makeInvoice({ payments: payments(facts), invoices: createInvoiceRepository({ url, secretKey: 'k' }) }, { order_id: 'o' })).rejects.toMatchObject({ code: 'unavailable' })
    expect(await makeInvoice({ payments: payments(null), invoices: { store: () => Promise.reject(new Error('stored')) } }, { order_id: 'o' })).toMatchObject({ ok: false, is_final: false })
  })
})

describe('receivePaymentEvent', () => {
  const receive = (livemode: boolean, isLive: boolean, recordEvent = () => Promise.resolve({ is_new: true })) => {
    const payments = { recordEvent, processEvents: () => Promise.resolve({ processed: 0, waiting: 0, quarantined: 0 }) }
    const raw = new TextEncoder().encode(JSON.stringify(event('checkout.session.completed', session(), { livemode })))
    return receivePaymentEvent({ webhook: { parse: parseWebhook }, payments, isLive, log: () => undefined }, raw)
  }

  it('takes events of its own mode and refuses the other, before anything is stored', async () => {
    expect(await receive(true, true)).toMatchObject({ is_new: true })
    expect(await receive(false, false)).toMatchObject({ is_new: true })
    for (const isLive of [true, false]) await expect(receive(!isLive, isLive, () => Promise.reject(new Error('stored')))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('asks for what could not be stored again', async () => {
    await expect(receive(false, false, () => Promise.reject(new Error('away')))).rejects.toMatchObject({ code: 'unavailable' })
  })
})
