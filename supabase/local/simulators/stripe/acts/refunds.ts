/** Money goes back, wholly or in part; a bank may need days for it, and may not take it. */
import { methodOf } from '../cards.ts'
import type { Provider } from '../provider.ts'
import type { Charge, Facts, Refund } from '../things.ts'
import { newId } from '../wire/ids.ts'
import { invalid } from '../wire/refusal.ts'
import { SETTLES_AFTER_SECONDS } from './charging.ts'

interface Wanted { amount?: number, reason?: string | null, metadata?: Record<string, string> }

export function refund(provider: Provider, charge: Charge, { amount = charge.amount - charge.amount_refunded, reason = null, metadata = {} }: Wanted): Refund {
  check(charge, amount)
  const ends = endOf(provider, charge)
  const made = provider.books.refunds.add({
    id: newId('re'), object: 'refund', created: provider.seconds(), amount, balance_transaction: newId('txn'), charge: charge.id, currency: charge.currency,
    customer: charge.customer, destination_details: { card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' }, type: 'card' }, metadata, payment_intent: charge.payment_intent,
    payment_method: charge.payment_method, reason, receipt_number: null, source_transfer_reversal: null, status: ends ? 'pending' : 'succeeded', transfer_reversal: null, hidden: { ends },
  })
  count(provider, charge, amount)
  provider.teller.tell('refund.created', made)
  provider.teller.tell('charge.refunded', charge, { amount_refunded: charge.amount_refunded - amount })
  followRefund(provider, made)
  return made
}

function check(charge: Charge, amount: number): void {
  if (charge.status !== 'succeeded') throw invalid(`Charge ${charge.id} has not been captured: its status is ${charge.status}.`, undefined, 'charge_not_refundable')
  if (charge.refunded) throw invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded')
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer')
  const left = charge.amount - charge.amount_refunded
  if (amount > left) throw invalid(`Refund amount (${written(amount)}) is greater than unrefunded amount on charge (${written(left)})`, 'amount')
}

const written = (cents: number): string => `$${(cents / 100).toFixed(2)}`

function endOf(provider: Provider, charge: Charge): Refund['hidden']['ends'] {
  const [fault] = provider.faults.draw('refund')
  const method = provider.books.methods.find(charge.payment_method)
  const then = method && methodOf(method.hidden.number).then
  return fault?.refund ?? (then === 'refunds_fail' ? 'failed' : then === 'refunds_wait' ? 'succeeded' : null)
}

export function followRefund(provider: Provider, { id, status, hidden: { ends } }: Refund): void {
  if (status !== 'pending' || !ends || !provider.settlesByItself) return
  provider.later(SETTLES_AFTER_SECONDS, () => provider.teller.together(() => void settleRefund(provider, provider.books.refunds.get(id), ends)))
}

/** False when it has ended already. */
export function settleRefund(provider: Provider, refund: Refund, ends: 'succeeded' | 'failed'): boolean {
  const { books, teller } = provider
  if (refund.status !== 'pending') return false
  const previous: Facts = { status: refund.status }
  books.refunds.change(refund, { status: ends, hidden: { ends: null }, ...(ends === 'failed' && { failure_reason: 'expired_or_canceled_card', failure_balance_transaction: newId('txn') }) })
  if (ends === 'failed') count(provider, books.charges.get(refund.charge), -refund.amount)
  teller.tell('refund.updated', refund, previous)
  teller.tell('charge.refund.updated', refund, previous)
  if (ends === 'failed') teller.tell('refund.failed', refund, previous)
  return true
}

/** What comes back from a bank is the shop's again. */
function count({ books }: Provider, charge: Charge, amount: number): void {
  const refunded = charge.amount_refunded + amount
  books.charges.change(charge, { amount_refunded: refunded, refunded: refunded === charge.amount })
}
