import { z } from 'zod'

/** An order of minutes as the payment page needs it: create_order answers it once it is written down. */
export const checkoutOrderSchema = z.object({
  order_id: z.string(),
  account_id: z.string(),
  status: z.string(),
  amount_cents: z.number().int().positive(),
  currency: z.string(),
  seconds: z.number().int(),
  bonus_seconds: z.number().int(),
  description: z.string(),
  saves_card: z.boolean(),
  customer_id: z.string().nullable(),
  /** Fixed with the order, so that asking the provider again is the same question. */
  expires_at: z.string(),
  email: z.string().nullable(),
  company_name: z.string().nullable(),
  /** Set when the same request was answered before: there is a page for it already. */
  session_id: z.string().nullable(),
  checkout_url: z.string().nullable(),
})
export type CheckoutOrder = z.infer<typeof checkoutOrderSchema>

/** An order that somebody with the right asks about again: to go on paying, to give up, to look whether it was paid. */
export const openCheckoutSchema = z.object({
  order_id: z.string(),
  account_id: z.string(),
  status: z.string(),
  session_id: z.string().nullable(),
  checkout_url: z.string().nullable(),
  expires_at: z.string().nullable(),
  payment_intent_id: z.string().nullable(),
})

/** Who pays, at the provider. null: the provider has not heard of the account yet. */
export const payerSchema = z.object({
  account_id: z.string(),
  customer_id: z.string().nullable(),
  email: z.string().nullable(),
  company_name: z.string().nullable(),
})
export type Payer = z.infer<typeof payerSchema>

/** A top-up that is due: everything a charge of the saved card needs. */
export const chargeOrderSchema = z.object({
  order_id: z.string(),
  account_id: z.string(),
  amount_cents: z.number().int().positive(),
  currency: z.string(),
  customer_id: z.string(),
  payment_method_id: z.string(),
  description: z.string(),
})
export type ChargeOrder = z.infer<typeof chargeOrderSchema>

/** What a charge of a saved card led to. Only unknown may be repeated, with the same key. */
export type ChargeResult
  = | { kind: 'succeeded' | 'processing', payment_intent_id: string }
    /** The bank said no: no money, expired, stolen. code is the provider's most telling word for it. */
    | { kind: 'declined', payment_intent_id: string | null, code: string, message: string }
    /** The bank wants the card's owner to confirm, which nobody can do for them. */
    | { kind: 'authentication_required', payment_intent_id: string | null, code: string, message: string }
    /** The provider does not take the request at all; repeating it changes nothing. */
    | { kind: 'refused', payment_intent_id: string | null, code: string, message: string }
    | { kind: 'unknown', cause: string }

export interface Card {
  id: string
  brand: string
  last4: string
  exp_month: number
  exp_year: number
}

/** An order whose end nobody heard of. */
export const orderToCheckSchema = z.object({
  order_id: z.string(),
  session_id: z.string().nullable(),
  payment_intent_id: z.string().nullable(),
})
export type OrderToCheck = z.infer<typeof orderToCheckSchema>
