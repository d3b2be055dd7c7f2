/** What the provider keeps, in the shape in which it is answered. `hidden` never leaves the house. */
export interface Thing { id: string, object: string, created: number }

export type Facts = Record<string, unknown>

export interface Customer extends Thing {
  object: 'customer'
  email: string | null
  name: string | null
  metadata: Record<string, string>
  invoice_settings: { default_payment_method: string | null } & Facts
  [more: string]: unknown
}

export interface PaymentMethod extends Thing {
  object: 'payment_method'
  type: 'card' | 'us_bank_account'
  customer: string | null
  metadata: Record<string, string>
  /** The test number decides how it behaves; one that was set up may be charged without its owner; one that was used or detached may not come again. */
  hidden: { number: string, isSetUp: boolean, isSpent: boolean }
  [more: string]: unknown
}

export interface PaymentError { type: 'card_error', code: string, decline_code?: string, message: string }

export interface PaymentIntent extends Thing {
  object: 'payment_intent'
  amount: number
  amount_received: number
  currency: string
  customer: string | null
  description: string | null
  latest_charge: string | null
  last_payment_error: Facts | null
  metadata: Record<string, string>
  payment_method: string | null
  receipt_email: string | null
  setup_future_usage: string | null
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
  next_action: Facts | null
  canceled_at: number | null
  cancellation_reason: string | null
  /** The session that made it, and how a debit on its way will end. */
  hidden: { session: string | null, ends: 'succeeded' | 'failed' | null }
  [more: string]: unknown
}

export interface SetupIntent extends Thing {
  object: 'setup_intent'
  customer: string | null
  payment_method: string | null
  status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled'
  last_setup_error: Facts | null
  metadata: Record<string, string>
  hidden: { session: string }
  [more: string]: unknown
}

export interface Session extends Thing {
  object: 'checkout.session'
  mode: 'payment' | 'setup'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid' | 'no_payment_required'
  amount_subtotal: number | null
  amount_total: number | null
  currency: string | null
  customer: string | null
  customer_email: string | null
  customer_details: Facts | null
  client_reference_id: string | null
  expires_at: number
  metadata: Record<string, string>
  payment_intent: string | null
  setup_intent: string | null
  success_url: string
  cancel_url: string | null
  url: string | null
  hidden: {
    lines: { object: 'list', url: string, has_more: false, data: Facts[] }
    /** What its payment or setup intent is made of. */
    intent: { metadata: Record<string, string>, description: string | null, receipt_email: string | null, setup_future_usage: string | null }
    createsCustomer: boolean
    /** The method whose owner is being asked. */
    challenged: string | null
  }
  [more: string]: unknown
}

export interface Charge extends Thing {
  object: 'charge'
  amount: number
  amount_refunded: number
  currency: string
  customer: string | null
  disputed: boolean
  metadata: Record<string, string>
  paid: boolean
  payment_intent: string
  payment_method: string
  refunded: boolean
  status: 'succeeded' | 'pending' | 'failed'
  [more: string]: unknown
}

export interface Refund extends Thing {
  object: 'refund'
  amount: number
  charge: string
  currency: string
  payment_intent: string
  status: 'pending' | 'succeeded' | 'failed' | 'canceled'
  hidden: { ends: 'succeeded' | 'failed' | null }
  [more: string]: unknown
}

export interface Dispute extends Thing {
  object: 'dispute'
  amount: number
  charge: string
  currency: string
  payment_intent: string
  reason: string
  status: 'warning_needs_response' | 'warning_under_review' | 'warning_closed' | 'needs_response' | 'under_review' | 'won' | 'lost'
  [more: string]: unknown
}

export interface StripeEvent extends Thing {
  object: 'event'
  api_version: string
  data: { object: Facts, previous_attributes?: Facts }
  livemode: boolean
  pending_webhooks: number
  request: { id: string | null, idempotency_key: string | null }
  type: string
  /** The endpoints that have not taken it yet, how often it was tried, and what the last one answered (0: nothing). */
  hidden: { waiting: string[], tries: number, lastStatus: number | null }
}

export interface WebhookEndpoint extends Thing {
  object: 'webhook_endpoint'
  api_version: string | null
  enabled_events: string[]
  status: 'enabled' | 'disabled'
  url: string
  metadata: Record<string, string>
  /** The newest first; while one is rolled, the older signs too. */
  hidden: { secrets: string[] }
  [more: string]: unknown
}

/** An answer that is given again to the same key. */
export interface Remembered extends Thing {
  object: 'idempotency'
  path: string
  fingerprint: string
  requestId: string
  status: number
  body: Facts
}

/** What an order was first charged by. */
export interface Claim extends Thing { object: 'claim', key: string, thing: string }

export function visible(thing: Thing): Facts {
  const { hidden: _, ...shown } = thing as Thing & { hidden?: unknown }
  return structuredClone(shown)
}
