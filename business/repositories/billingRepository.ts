import type { StorageClient } from '@supabase/storage-js'
import { AppError } from '../models/appError.ts'
import type { AutoTopUp, AutoTopUpSettings, Billing, BillingDetails, Quote } from '../models/billing.ts'
import type { LedgerPage, Period, Reservation, Spend } from '../models/ledger.ts'
import type { Order, OrderPage } from '../models/order.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type BillingRepository = ReturnType<typeof createBillingRepository>

/** Reads and settings; whoever wants to pay asks the checkout repository. */
export function createBillingRepository(supabase: RpcClient, storage: () => Promise<StorageClient>) {
  return {
    get: (account_id: string) => callRpc<Billing>(supabase, 'get_billing', { account_id }),

    /** What a custom amount would buy now. */
    quote: (account_id: string, amount_cents: number) => callRpc<Quote>(supabase, 'quote_minutes', { account_id, amount_cents }),

    /** The newest first. */
    listOrders: (account_id: string, cursor: unknown, page_size = 20) => callRpc<OrderPage>(supabase, 'list_orders', { account_id, cursor, page_size }),
    getOrder: (order_id: string) => callRpc<Order>(supabase, 'get_order', { order_id }),

    /** The newest first; the days are those of the account's zone. */
    listLedger: (account_id: string, { from_day, to_day }: Period, cursor: unknown, page_size = 20) =>
      callRpc<LedgerPage>(supabase, 'list_ledger', { account_id, from_day, to_day, cursor, page_size }),
    listReservations: (account_id: string) => callRpc<Reservation[]>(supabase, 'list_reservations', { account_id }),
    getSpend: (account_id: string, { from_day, to_day }: Period) => callRpc<Spend>(supabase, 'spend_per_day', { account_id, from_day, to_day }),

    saveDetails: (account_id: string, details: BillingDetails) => callRpc<BillingDetails>(supabase, 'save_billing_details', { account_id, details }),
    saveAutoTopUp: (account_id: string, settings: AutoTopUpSettings) => callRpc<AutoTopUp>(supabase, 'save_auto_top_up', { account_id, settings }),
    setDefaultPaymentMethod: (payment_method_id: string) => callRpc<object>(supabase, 'set_default_payment_method', { payment_method_id }),

    /** The invoice itself, read in the person's own name. */
    async readInvoice(path: string): Promise<Blob> {
      const { data, error } = await (await storage()).from('invoices').download(path)
      if (error) throw new AppError('unavailable', 'The invoice cannot be opened now.', error.message)
      return data
    },
  }
}
