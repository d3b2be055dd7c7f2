import type { CardFact, CheckoutFact, DisputeFact, PaymentEvent, PaymentFact } from '../../../models/paymentEvent.ts'
import { contentKey } from '../../contentKey.ts'
import { asObject, asText, asTime, pick, type JsonObject } from '../../json.ts'
import { chargeFact, checkoutFact, disputeFact, paymentFact, refundFact } from './facts.ts'
import { idOf } from './read.ts'

const noFact: PaymentFact = { kind: 'other' }

/**
 * An event of Stripe in our words. Total: whatever arrives under a right signature becomes an event, at worst one that changes
 * nothing. The kind of the object decides, not the name of the event: Stripe adds names, and `charge.refund.updated` speaks of
 * a refund.
 */
export function parseWebhook(body: unknown): PaymentEvent {
  const event = asObject(body) ?? {}
  const type = asText(event.type)?.slice(0, 120) ?? 'unreadable'
  const object = asObject(pick(event, 'data', 'object'))
  return {
    event_id: shortId(event.id) ?? contentKey(body),
    type,
    livemode: event.livemode === true,
    occurred_at: asTime(event.created),
    fact: (object && factOf(object, type, event)) ?? noFact,
  }
}

function shortId(value: unknown): string | null {
  const id = asText(value)
  return id && id.length <= 200 ? id : null
}

function factOf(object: JsonObject, type: string, event: JsonObject): PaymentFact | null {
  const change = type.split('.').at(-1)!
  switch (object.object) {
    case 'checkout.session': return outcomes.has(change) ? checkoutFact(object, outcomes.get(change)!) : null
    case 'payment_intent': return paymentFact(object)
    case 'charge': return chargeFact(object)
    case 'refund': return refundFact(object)
    case 'dispute': return disputeChanges.has(change) ? disputeFact(object, change as DisputeFact['change']) : null
    case 'payment_method': return cardFact(object, change, event)
    default: return null
  }
}

const outcomes = new Map<string, CheckoutFact['outcome']>([
  ['completed', 'completed'],
  ['async_payment_succeeded', 'async_succeeded'],
  ['async_payment_failed', 'async_failed'],
  ['expired', 'expired'],
])

const disputeChanges: ReadonlySet<string> = new Set<DisputeFact['change']>(['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'])

/** A detached card belongs to nobody any more: whose it was is among the attributes before. */
function cardFact(method: JsonObject, change: string, event: JsonObject): CardFact | null {
  const payment_method_id = idOf(method)
  if (!payment_method_id) return null
  const customer_id = idOf(method.customer) ?? idOf(pick(event, 'data', 'previous_attributes', 'customer'))
  return { kind: 'payment_method', payment_method_id, customer_id, change: change === 'attached' || change === 'detached' ? change : 'updated' }
}
