import type { MakeInvoiceJob, OutboxResult } from '../../models/outboxJob.ts'
import type { InvoiceRepository } from '../../repositories/invoiceRepository.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { renderInvoice } from '../billing/renderInvoice.ts'

export interface InvoiceDeps {
  payments: Pick<PaymentRepository, 'invoiceFacts'>
  invoices: InvoiceRepository
}

/**
 * Makes the invoice of a paid order and puts it where the account's people can read it. A job that comes twice makes the same
 * document and finds it there: an invoice that was handed out is never replaced.
 */
export async function makeInvoice({ payments, invoices }: InvoiceDeps, { order_id }: MakeInvoiceJob): Promise<OutboxResult> {
  const facts = await payments.invoiceFacts(order_id)
  if (!facts) return { ok: false, error: 'the order was not paid', is_final: false }
  const path = `${facts.account_id}/${facts.invoice_no}.pdf`
  const bytes = await renderInvoice(facts)
  await invoices.store(path, bytes)
  return { ok: true, path, content_type: 'application/pdf', bytes: bytes.byteLength }
}
