/** An owner of a card wants money back from the bank, or the bank asks first. An inquiry moves no money until it becomes a dispute. */
import type { Provider } from '../provider.ts'
import type { Dispute, PaymentIntent } from '../things.ts'
import { newId } from '../wire/ids.ts'
import { invalid } from '../wire/refusal.ts'

export type DisputeEnd = 'won' | 'lost' | 'escalated'

const ANSWER_WITHIN_SECONDS = 9 * 86_400
const FEE_CENTS = 1500

export function dispute(provider: Provider, intent: PaymentIntent, { isInquiry = false, amount }: { isInquiry?: boolean, amount?: number } = {}): Dispute {
  const { books, teller, seconds } = provider
  const charge = books.charges.get(intent.latest_charge ?? '', 'charge')
  if (charge.status !== 'succeeded') throw invalid('Only a payment that succeeded can be disputed.')
  if (charge.disputed) throw invalid('This payment is disputed already.')
  const made = books.disputes.add({
    id: newId('du'), object: 'dispute', created: seconds(), livemode: false, amount: amount ?? charge.amount, balance_transactions: [], charge: charge.id, currency: charge.currency,
    enhanced_eligibility_types: [], evidence: {},
    evidence_details: { due_by: seconds() + ANSWER_WITHIN_SECONDS, enhanced_eligibility: {}, has_evidence: false, past_due: false, submission_count: 0 },
    intended_submission_method: null, is_charge_refundable: isInquiry, metadata: {}, payment_intent: intent.id, payment_method_details: { card: { brand: 'visa', case_type: isInquiry ? 'inquiry' : 'chargeback', network_reason_code: '83' }, type: 'card' },
    reason: 'fraudulent', status: isInquiry ? 'warning_needs_response' : 'needs_response',
  })
  books.charges.change(charge, { disputed: true })
  teller.tell('charge.dispute.created', made)
  if (!isInquiry) withdraw(provider, made)
  return made
}

function withdraw(provider: Provider, dispute: Dispute): void {
  move(provider, dispute, -dispute.amount - FEE_CENTS)
  provider.teller.tell('charge.dispute.funds_withdrawn', dispute)
}

export function endDispute(provider: Provider, dispute: Dispute, end: DisputeEnd): void {
  const { books, teller } = provider
  const isInquiry = dispute.status.startsWith('warning_')
  if (['warning_closed', 'won', 'lost'].includes(dispute.status)) throw invalid(`This dispute has ended already: ${dispute.status}.`)
  const previous = { status: dispute.status }
  if (end === 'escalated') {
    if (!isInquiry) throw invalid('Only an inquiry can become a dispute.')
    books.disputes.change(dispute, { status: 'needs_response' })
    teller.tell('charge.dispute.updated', dispute, previous)
    return withdraw(provider, dispute)
  }
  if (isInquiry && end === 'lost') throw invalid('An inquiry cannot be lost; it becomes a dispute first.')
  books.disputes.change(dispute, { status: isInquiry ? 'warning_closed' : end })
  if (end === 'won' && !isInquiry) {
    move(provider, dispute, dispute.amount + FEE_CENTS)
    teller.tell('charge.dispute.funds_reinstated', dispute)
  }
  teller.tell('charge.dispute.closed', dispute, previous)
}

function move({ books, seconds }: Provider, dispute: Dispute, cents: number): void {
  const entry = { id: newId('txn'), object: 'balance_transaction', amount: Math.sign(cents) * dispute.amount, created: seconds(), currency: dispute.currency, fee: FEE_CENTS * -Math.sign(cents), net: cents, source: dispute.id, type: 'adjustment' }
  books.disputes.change(dispute, { balance_transactions: [...dispute.balance_transactions as object[], entry] })
}
