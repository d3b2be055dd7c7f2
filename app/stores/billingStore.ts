import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread, useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { AutoTopUpSettings, BillingDetails, Choice } from '~~/business/models/billing.ts'
import type { LedgerEntry, Period } from '~~/business/models/ledger.ts'

/** What an export asks for at once. */
const exportPageSize = 1000

/** The wallet of the current account: what is in it, what moved it, and the ways to fill it. */
export const useBillingStore = defineStore('billing', () => {
  const { billing, checkout } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const run = useRunAndReread('billing')

  /** Every posting of a period, page by page, until the reader stops. */
  async function* readLedger(period: Period): AsyncGenerator<LedgerEntry[]> {
    let cursor: unknown = null
    do {
      const page = await billing.listLedger(accounts.requireId(), period, cursor, exportPageSize)
      yield page.rows
      cursor = page.next_cursor
    } while (cursor !== null)
  }

  return {
    refresh: () => reread('billing'),
    get: () => billing.get(accounts.requireId()),
    quote: (amountCents: number) => billing.quote(accounts.requireId(), amountCents),
    getSpend: (period: Period) => billing.getSpend(accounts.requireId(), period),
    getOrder: billing.getOrder,
    listOrders: (cursor: unknown) => billing.listOrders(accounts.requireId(), cursor),
    listLedger: (period: Period, cursor: unknown) => billing.listLedger(accounts.requireId(), period, cursor),
    listReservations: () => billing.listReservations(accounts.requireId()),
    readLedger,
    readInvoice: billing.readInvoice,

    openCheckout: (requestId: string, choice: Choice, savesCard: boolean) => checkout.open(accounts.requireId(), requestId, choice, savesCard),
    continueOrder: checkout.continue,
    cancelOrder: (orderId: string) => run(checkout.cancel(orderId)),
    checkOrder: checkout.check,

    addCard: () => checkout.addCard(accounts.requireId()),
    removeCard: (paymentMethodId: string) => run(checkout.removeCard(paymentMethodId)),
    setDefaultCard: (paymentMethodId: string) => run(billing.setDefaultPaymentMethod(paymentMethodId)),
    saveDetails: (details: BillingDetails) => run(billing.saveDetails(accounts.requireId(), details)),
    saveAutoTopUp: (settings: AutoTopUpSettings) => run(billing.saveAutoTopUp(accounts.requireId(), settings)),
  }
})
