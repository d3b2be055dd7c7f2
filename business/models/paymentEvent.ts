/**
 * One fact about money as the payment provider told it, in our words: what record_payment_event stores. Events come more than
 * once, late and in any order, so a fact is the state of one thing (a checkout, a payment, a refund), never "what changed";
 * what follows from it is the database's decision. Money is integer cents, times are ISO, null means "not said".
 */
export interface PaymentEvent {
  /** The provider's id of the event; `check:<object>:<status>` for what we asked about ourselves. */
  event_id: string
  type: string
  /** Real money. An installation takes events of its own mode only. */
  livemode: boolean
  occurred_at: string | null
  fact: PaymentFact
}

export type PaymentFact = CheckoutFact | PaymentIntentFact | ChargeFact | RefundFact | DisputeFact | CardFact | { kind: 'other' }

/** A visit to the provider's payment page. In mode setup it saves a card and nothing is paid. */
export interface CheckoutFact {
  kind: 'checkout'
  session_id: string
  mode: 'payment' | 'setup'
  order_id: string | null
  status: string | null
  /** paid, unpaid (the bank still has to send the money) or no_payment_required. */
  payment_status: string | null
  amount_cents: number | null
  currency: string | null
  payment_intent_id: string | null
  customer_id: string | null
  setup_intent_id: string | null
  outcome: 'completed' | 'async_succeeded' | 'async_failed' | 'expired'
}

/** One attempt to take an amount, through the page or from a saved card. */
export interface PaymentIntentFact {
  kind: 'payment'
  payment_intent_id: string
  order_id: string | null
  status: string
  amount_cents: number | null
  currency: string | null
  customer_id: string | null
  payment_method_id: string | null
  charge_id: string | null
  error: { code: string | null, decline_code: string | null, message: string | null } | null
}

/** refunded_cents is all that was ever given back of this charge. */
export interface ChargeFact {
  kind: 'charge'
  charge_id: string
  payment_intent_id: string | null
  order_id: string | null
  amount_cents: number | null
  refunded_cents: number
}

export interface RefundFact {
  kind: 'refund'
  refund_id: string
  charge_id: string | null
  payment_intent_id: string | null
  amount_cents: number
  currency: string | null
  /** pending, requires_action, succeeded, failed, canceled; others may come. */
  status: string
}

/** The card's owner disputes a payment. A status that begins with warning_ is a question: no money moved. */
export interface DisputeFact {
  kind: 'dispute'
  dispute_id: string
  charge_id: string | null
  payment_intent_id: string | null
  amount_cents: number
  currency: string | null
  status: string
  change: 'created' | 'updated' | 'closed' | 'funds_withdrawn' | 'funds_reinstated'
}

/** The cards of a customer changed; which ones are left is asked for. */
export interface CardFact {
  kind: 'payment_method'
  payment_method_id: string
  customer_id: string | null
  change: 'attached' | 'detached' | 'updated'
}
