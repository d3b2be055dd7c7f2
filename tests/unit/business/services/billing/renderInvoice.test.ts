import { describe, expect, it } from 'vitest'
import type { InvoiceFacts } from '../../../../../business/models/invoice.ts'
import { PdfWriter } from '../../../../../business/services/pdf/document.ts'
import { renderInvoice } from '../../../../../business/services/billing/renderInvoice.ts'
import { pagesOf } from '../../../../support/pdfText.ts'

const facts: InvoiceFacts = {
  order_id: '7d0c0f0e-1111-4222-8333-444455556666', account_id: 'account', invoice_no: 42, issued_on: '2026-11-21', paid_at: '2026-11-21T10:00:00Z',
  seller: { name: 'Outdial GmbH', lines: ['Hauptstraße 1', '10115 Berlin'], tax_number: 'DE123', email: null },
  buyer: { company_name: 'Łódź & Söhne', email: 'ada@example.com', lines: ['Nguyễn Huệ 12', 'Αθήνα', 'Москва'], tax_number: 'EL999' },
  description: '100 minutes', seconds: 6000, bonus_seconds: 330, amount_cents: 5000, currency: 'usd',
}

describe('renderInvoice', () => {
  it('says who sold what to whom, for how much, and that it is paid', async () => {
    const [words] = await pagesOf(await renderInvoice(facts))
    for (const part of ['Invoice number: 000042', 'Date: 2026-11-21', `Order: ${facts.order_id}`, 'Outdial GmbH', 'Hauptstraße 1', 'Tax number: DE123', 'ada@example.com', 'Tax number: EL999',
      '100 minutes', '$50.00', 'Bonus minutes', '5:30', 'Paid in full: $50.00']) expect(words).toContain(part)
  })

  it('writes names in Latin with all accents, Greek and Cyrillic', async () => {
    const [words] = await pagesOf(await renderInvoice(facts))
    for (const part of ['Łódź & Söhne', 'Nguyễn Huệ 12', 'Αθήνα', 'Москва']) expect(words).toContain(part)
  })

  it('shows that a letter is missing, and loses nothing else', async () => {
    const [words] = await pagesOf(await renderInvoice({ ...facts, buyer: { ...facts.buyer, company_name: '株式会社 Kaisha' } }))
    expect(words).toContain('???? Kaisha')
  })

  it('is the same file for the same facts', async () => {
    const [first, second] = await Promise.all([renderInvoice(facts), renderInvoice(structuredClone(facts))])
    expect(first.byteLength).toBeLessThan(60_000)
    expect(Buffer.compare(first, second)).toBe(0)
  })

  it('has no line for a bonus of nothing', async () => {
    expect((await pagesOf(await renderInvoice({ ...facts, bonus_seconds: 0 })))[0]).not.toContain('Bonus')
  })
})

describe('PdfWriter', () => {
  it('goes on on the next page, under the same head', async () => {
    const pdf = new PdfWriter({ title: 'Ledger', author: 'Outdial', made_at: '2026-11-21T10:00:00Z' })
    pdf.table([{ label: 'Day', share: 0.5 }, { label: 'Minutes', share: 0.5, align: 'right' }], Array.from({ length: 120 }, (_, row) => [`day ${row}`, String(row)]))
    const pages = await pagesOf(await pdf.save())
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.every((words) => words.startsWith('DayMinutes'))).toBe(true)
    for (let row = 0; row < 120; row++) expect(pages.filter((words) => words.includes(`day ${row}${row}`)).length).toBeGreaterThan(0)
  })

  it('breaks what is too long at blanks, and words that are too long where they are', async () => {
    const pdf = new PdfWriter({ title: 'x', author: 'x', made_at: '2026-11-21T10:00:00Z' })
    const long = 'w'.repeat(300)
    pdf.line(`begin ${long} end`)
    const [words] = await pagesOf(await pdf.save())
    expect(words).toBe(`begin${long} end`)
  })
})
