import { z } from 'zod'

/**
 * Everything an invoice says, fixed when its order was credited. Lines of an address come as they are printed. The document is
 * made once and never again, so nothing in it may depend on when it is made.
 */
export const invoiceFactsSchema = z.object({
  order_id: z.string(),
  account_id: z.string(),
  /** Gap-free over the platform. */
  invoice_no: z.number().int().positive(),
  /** By the account's calendar, YYYY-MM-DD. */
  issued_on: z.string(),
  paid_at: z.string(),
  seller: z.object({ name: z.string(), lines: z.array(z.string()), tax_number: z.string().nullable(), email: z.string().nullable() }),
  buyer: z.object({ company_name: z.string(), email: z.string().nullable(), lines: z.array(z.string()), tax_number: z.string().nullable() }),
  description: z.string(),
  seconds: z.number().int(),
  bonus_seconds: z.number().int(),
  amount_cents: z.number().int(),
  currency: z.string(),
})
export type InvoiceFacts = z.infer<typeof invoiceFactsSchema>
