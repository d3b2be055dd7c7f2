import type { InvoiceFacts } from '../../models/invoice.ts'
import { amountOf, minutesOf } from './format.ts'
import { PdfWriter, type Column } from '../pdf/document.ts'

/** An invoice that is its own receipt: minutes are paid before they exist. The same facts are the same bytes, for ever. */
export async function renderInvoice(facts: InvoiceFacts): Promise<Uint8Array> {
  const number = invoiceNumber(facts.invoice_no)
  const pdf = new PdfWriter({ title: `Invoice ${number}`, author: facts.seller.name, made_at: facts.paid_at })
  pdf.line('Invoice and receipt', { size: 20, weight: 'bold' })
  pdf.gap(14)
  writeFacts(pdf, facts, number)
  pdf.gap(18)
  writeParties(pdf, facts)
  pdf.gap(22)
  pdf.table(columns, linesOf(facts))
  pdf.gap(10)
  pdf.line(`Paid in full: ${amountOf(facts.amount_cents, facts.currency)}`, { size: 12, weight: 'bold' })
  pdf.gap(24)
  pdf.line('Minutes are prepaid and used up by calls. Nothing is left to pay.', { size: 9, isPale: true })
  return pdf.save()
}

/** As it is printed and spoken of: 000042. */
function invoiceNumber(invoice_no: number): string {
  return String(invoice_no).padStart(6, '0')
}

const columns: Column[] = [
  { label: 'Description', share: 0.56 },
  { label: 'Minutes', share: 0.18, align: 'right' },
  { label: 'Amount', share: 0.26, align: 'right' },
]

function linesOf({ description, seconds, bonus_seconds, amount_cents, currency }: InvoiceFacts): string[][] {
  const bought = [description, minutesOf(seconds), amountOf(amount_cents, currency)]
  const bonus = ['Bonus minutes', minutesOf(bonus_seconds), amountOf(0, currency)]
  return bonus_seconds > 0 ? [bought, bonus] : [bought]
}

function writeFacts(pdf: PdfWriter, { issued_on, order_id }: InvoiceFacts, number: string): void {
  pdf.line(`Invoice number: ${number}`)
  pdf.line(`Date: ${issued_on}`)
  pdf.line(`Order: ${order_id}`)
}

function writeParties(pdf: PdfWriter, { seller, buyer }: InvoiceFacts): void {
  pdf.sideBySide(['From'], ['To'], { size: 9, isPale: true })
  pdf.gap(2)
  pdf.sideBySide(
    [seller.name, ...seller.lines, ...taxLine(seller.tax_number), ...(seller.email ? [seller.email] : [])],
    [buyer.company_name, ...buyer.lines, ...taxLine(buyer.tax_number), ...(buyer.email ? [buyer.email] : [])])
}

const taxLine = (tax_number: string | null) => (tax_number ? [`Tax number: ${tax_number}`] : [])
