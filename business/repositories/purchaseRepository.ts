import { z } from 'zod'
import type { CheckoutWish } from '../models/checkoutWish.ts'
import { checkoutOrderSchema, openCheckoutSchema, payerSchema } from '../models/payment.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type PurchaseRepository = ReturnType<typeof createPurchaseRepository>

const cardSchema = z.object({ payment_method_id: z.string(), account_id: z.string(), customer_id: z.string() })

/** What a signed-in person may do about payments: the client carries their token, so the database decides whether they may. */
export function createPurchaseRepository(supabase: RpcClient) {
  return {
    /** The order is written before the provider hears of it. The same request again answers the same order. */
    createOrder: ({ account_id, request_id, pack_id, amount_cents, saves_card }: CheckoutWish) =>
      callRpc(supabase, 'create_order', { account_id, request_id, pack_id, amount_cents, saves_card }, checkoutOrderSchema),

    getOrder: (order_id: string) => callRpc(supabase, 'order_for_checkout', { order_id }, openCheckoutSchema),

    getPayer: (account_id: string) => callRpc(supabase, 'customer_for_cards', { account_id }, payerSchema),

    getCard: (payment_method_id: string) => callRpc(supabase, 'card_for_removal', { payment_method_id }, cardSchema),
  }
}
