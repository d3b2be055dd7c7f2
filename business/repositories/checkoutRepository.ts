import type { Choice } from '../models/billing.ts'
import type { EdgeClient } from './edge.ts'

export type CheckoutRepository = ReturnType<typeof createCheckoutRepository>

/** The person's way to the payment provider. Nothing here moves a minute: that is done by the events that come back. */
export function createCheckoutRepository(edge: EdgeClient) {
  return {
    /** The same request_id answers the same order and page, so that a lost answer is asked for again without a second order. */
    open: (account_id: string, request_id: string, choice: Choice, saves_card: boolean) =>
      edge.send<{ order_id: string, url: string }>('POST', 'create-checkout', { account_id, request_id, ...choice, saves_card }),

    /** The page of an order that is still open. */
    continue: (order_id: string) => edge.send<{ url: string }>('POST', `create-checkout/${order_id}/continue`),

    /** Closes the page; the order is canceled when the provider says so. */
    cancel: (order_id: string) => edge.send<object>('POST', `create-checkout/${order_id}/cancel`),

    /** Has the provider asked, for an event that did not come. */
    check: (order_id: string) => edge.send<object>('POST', `create-checkout/${order_id}/check`),

    /** A page of the provider that keeps a card without charging it. */
    addCard: (account_id: string) => edge.send<{ url: string }>('POST', 'manage-cards/add', { account_id }),
    removeCard: (payment_method_id: string) => edge.send<object>('DELETE', `manage-cards/${payment_method_id}`),
  }
}
