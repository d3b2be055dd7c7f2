import type { Card, ChargeOrder, ChargeResult, CheckoutOrder, Payer } from '../../models/payment.ts'
import type { PaymentEvent } from '../../models/paymentEvent.ts'
import type { SignedWebhook } from '../webhookVerdict.ts'

/**
 * The provider has said no, and would say it again; or there is no answer that can be trusted, and the same request may be
 * repeated: every one carries a key of ours by which the provider does it once.
 */
export type Refusal = { kind: 'refused', code: string, message: string } | { kind: 'unknown', cause: string }

export interface CheckoutPage {
  kind: 'ready'
  session_id: string
  url: string
  expires_at: string
  payment_intent_id: string | null
}

/** Where the payment page sends people afterwards. Coming back proves nothing: only events credit. */
export interface ReturnUrls {
  success_url: string
  cancel_url: string
}

/**
 * A provider that takes money. What it answers is a value; these methods throw only for mistakes of ours. Money is integer
 * cents, times are ISO. Source of the contract: the provider's SDK and documentation.
 */
export interface PaymentGateway {
  /** One customer per account, however often it is asked for. */
  createCustomer: (payer: Payer) => Promise<{ kind: 'created', customer_id: string } | Refusal>
  /** The page on which a person pays this order. The same order twice is the same page. */
  createCheckout: (order: CheckoutOrder & { customer_id: string }, urls: ReturnUrls) => Promise<CheckoutPage | Refusal>
  /** The page on which a person saves a card without paying. */
  createCardSetup: (payer: Payer & { customer_id: string }, request_id: string, urls: ReturnUrls) => Promise<CheckoutPage | Refusal>
  /** Closes the page, so that it cannot be paid any more; closed: it was over already, paid or not. */
  expireCheckout: (session_id: string) => Promise<{ kind: 'expired' | 'closed' } | Refusal>
  /**
   * Takes the amount from a saved card while nobody is there. Asked twice for the same order the card is charged once. When the
   * answer is lost, the payment is looked for by its order before it is called unknown.
   */
  chargeCard: (order: ChargeOrder) => Promise<ChargeResult>
  /** What became of a checkout, as the events that would have told it; none while its page is open. */
  findCheckout: (session_id: string) => Promise<{ kind: 'found', events: PaymentEvent[] } | Refusal>
  findPayment: (payment_intent_id: string) => Promise<{ kind: 'found', events: PaymentEvent[] } | Refusal>
  listCards: (customer_id: string) => Promise<{ kind: 'found', cards: Card[] } | Refusal>
  /** A card that is gone already counts as removed. */
  removeCard: (payment_method_id: string) => Promise<{ kind: 'removed' } | Refusal>
  /** Forgets the person behind a customer, with the cards; payments and their refunds stay. One that is gone already counts as erased. */
  eraseCustomer: (customer_id: string) => Promise<{ kind: 'erased' } | Refusal>
  /** All payments that were begun or given back in a period, as they are now: what the nightly comparison is made with. */
  listPayments: (since: string, until: string) => Promise<{ kind: 'found', payments: ListedPayment[] } | Refusal>
}

/** One payment as the provider's books have it. */
export interface ListedPayment {
  payment_intent_id: string
  order_id: string | null
  status: string
  amount_cents: number
  received_cents: number
  refunded_cents: number
  currency: string
}

/** The receiving half, kept apart so that a webhook never loads a provider's SDK. */
export interface PaymentWebhook extends SignedWebhook {
  /** Total: any JSON value becomes an event, unknown shapes one of kind other. */
  parse: (body: unknown) => PaymentEvent
}
