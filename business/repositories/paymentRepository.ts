import { z } from 'zod'
import { invoiceFactsSchema } from '../models/invoice.ts'
import { chargeOrderSchema, orderToCheckSchema, type Card, type ChargeResult } from '../models/payment.ts'
import type { PaymentEvent } from '../models/paymentEvent.ts'
import { storableJson } from '../models/storableJson.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type PaymentRepository = ReturnType<typeof createPaymentRepository>

/** What the provider said to a new payment page. */
export type CheckoutResult
  = | { session_id: string, url: string, expires_at: string, payment_intent_id: string | null, customer_id: string }
    | { error: { code: string, message: string } }

const isNewSchema = z.object({ is_new: z.boolean() })
const progressSchema = z.object({ processed: z.number(), waiting: z.number(), quarantined: z.number() })
const customerSchema = z.object({ customer_id: z.string() })
const ordersSchema = z.object({ orders: z.array(orderToCheckSchema) })
const periodSchema = z.object({ since: z.string(), until: z.string() })
export type ListingPeriod = z.infer<typeof periodSchema>

/** Orders and money as the edge functions see them. Every decision is the database's; these are its commands. */
export function createPaymentRepository(supabase: RpcClient) {
  return {
    recordCheckout: (order_id: string, result: CheckoutResult) => callRpc(supabase, 'record_checkout', { order_id, result }),

    /** Stores the fact and nothing else; what arrived is kept beside it. The same event again changes nothing. */
    recordEvent: (event: PaymentEvent, body: unknown) =>
      callRpc(supabase, 'record_payment_event', { event: storableJson({ ...event, body: wrapped(body) }) }, isNewSchema),

    /** What the provider said when it was asked: worked on before this answers, behind whoever works on the account. */
    recordAnswer: (event: PaymentEvent) =>
      callRpc(supabase, 'record_payment_event', { event: storableJson({ ...event, is_asked: true, body: { asked: true } }) }, isNewSchema),

    processEvents: (limit: number) => callRpc(supabase, 'process_payment_events', { batch_size: limit }, progressSchema),

    /** null: there is nothing to charge any more. */
    orderForCharge: (order_id: string) => callRpc(supabase, 'order_for_charge', { order_id }, chargeOrderSchema.nullable()),

    recordCharge: (order_id: string, result: Exclude<ChargeResult, { kind: 'unknown' }>) =>
      callRpc(supabase, 'record_charge', { order_id, result: storableJson(result) }),

    listToCheck: async (limit: number) => (await callRpc(supabase, 'orders_to_check', { batch_size: limit }, ordersSchema)).orders,

    /** Answers the customer that is kept, when two were made at the same moment. */
    recordCustomer: async (account_id: string, customer_id: string) =>
      (await callRpc(supabase, 'record_customer', { account_id, customer_id }, customerSchema)).customer_id,

    /** The whole list: what is not on it is removed. */
    recordCards: (account_id: string, customer_id: string, methods: Card[]) =>
      callRpc(supabase, 'record_payment_methods', { account_id, customer_id, methods }),

    /** null: the order was not paid, so there is nothing to invoice. */
    invoiceFacts: (order_id: string) => callRpc(supabase, 'invoice_facts', { order_id }, invoiceFactsSchema.nullable()),

    /** The period whose payments are to be compared with the provider's books; null when last night's was. */
    dueListing: () => callRpc(supabase, 'payment_listing_due', {}, periodSchema.nullable()),

    recordListing: (period: ListingPeriod, facts: object[]) => callRpc(supabase, 'record_payment_listing', { period, facts }),
  }
}

/** An argument of null would read as "no argument", and text or a list as something else than a body. */
function wrapped(body: unknown): object {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { raw: body }
}
