import type { Choice } from './billing.ts'

/**
 * An order is one purchase of minutes: a pack or a custom amount, paid on the payment provider's page or charged to a saved
 * card by the automatic top-up. What was bought and for how much is fixed when it is written; what follows is only whether,
 * and how much of it, was paid, refunded or disputed.
 */
export const orderStatuses = [
  /** Written, nothing paid: the person is on the payment page, or the card is about to be charged. An event moves it on. */
  'open',
  /** The person is done, the money is on its way (a bank debit may take days). An event moves it on. */
  'pending',
  /** The money came and the minutes are in the balance, whatever it was before. Never left: a refund is an amount beside it. */
  'paid',
  /** The card or the bank refused; the reason is beside it. */
  'failed',
  /** Somebody gave it up before paying. */
  'canceled',
  /** Nobody paid in time. */
  'expired',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

/** checkout: a person on the payment page. auto_top_up: a saved card, without anybody there. */
export const orderKinds = ['checkout', 'auto_top_up'] as const
export type OrderKind = (typeof orderKinds)[number]

/** Every move the database makes. Money that comes after all wins over every other state. */
export const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  open: ['pending', 'paid', 'failed', 'canceled', 'expired'],
  pending: ['paid', 'failed', 'canceled', 'expired'],
  paid: [],
  failed: ['paid'],
  canceled: ['paid'],
  expired: ['paid'],
}

export interface Order {
  id: string
  account_id: string
  kind: OrderKind
  /** null: a custom amount. */
  pack_id: string | null
  description: string
  seconds: number
  bonus_seconds: number
  amount_cents: number
  currency: string
  status: OrderStatus
  saves_card: boolean
  expires_at: string | null
  refunded_cents: number
  disputed_cents: number
  failure_code: string | null
  failure_message: string | null
  paid_at: string | null
  invoice_no: number | null
  /** In the bucket of invoices, as soon as the document is made. */
  invoice_path: string | null
  created_at: string
}

export interface OrderPage {
  rows: Order[]
  next_cursor: unknown
}

/** Whether it is still waited for: what is over can only be paid late. */
export function isUnsettled({ status }: Pick<Order, 'status'>): boolean {
  return orderTransitions[status].some((next) => next !== 'paid')
}

/** The same purchase once more. */
export function choiceOf({ pack_id, amount_cents }: Pick<Order, 'pack_id' | 'amount_cents'>): Choice {
  return pack_id === null ? { amount_cents } : { pack_id }
}
