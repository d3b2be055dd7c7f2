/** What the control page shows of the provider. No keys and no secrets: whoever sits at this machine may read it. */
import { faultGroups, type ControlFaultGroup } from '../../shared/controlFaults.ts'
import { TEST_METHODS } from '../cards.ts'
import { FAULT_GROUPS } from '../faults/index.ts'
import { money, spaced } from '../hosted/views.ts'
import { wants } from '../postman.ts'
import type { Provider } from '../provider.ts'
import type { Dispute, PaymentIntent, Session, StripeEvent } from '../things.ts'

/** What can be done to a payment, a session or a dispute, as a button. */
export interface ControlAction { path: string, body: Record<string, unknown>, label: string }

export interface ControlPayment { id: string, amount: string, what: string, status: string, at: string, page: string | null, actions: ControlAction[] }
/** One that nobody listens to cannot be sent. */
export interface ControlEvent { id: string, type: string, about: string, status: string, is_wanted: boolean }

export interface ControlState {
  speed: number
  violations: string[]
  faults: ControlFaultGroup[]
  /** Newest first. */
  payments: ControlPayment[]
  events: ControlEvent[]
  cards: { number: string, title: string }[]
}

const PAYMENTS_SHOWN = 12
const EVENTS_SHOWN = 15

export function stateOf(provider: Provider): ControlState {
  const { books, faults, pacer, violations } = provider
  const open = books.sessions.list().filter((session) => session.payment_intent === null).map((session) => sessionView(session))
  const paid = books.intents.list().map((intent) => intentView(provider, intent))
  return {
    speed: pacer.speed(), violations, faults: faultGroups(FAULT_GROUPS, faults),
    payments: [...open, ...paid].sort((one, other) => other.at.localeCompare(one.at)).slice(0, PAYMENTS_SHOWN),
    events: books.events.list().slice(0, EVENTS_SHOWN).map((event) => eventView(event, books.endpoints.list().some((endpoint) => wants(endpoint, event.type)))),
    cards: TEST_METHODS.map(({ number, title }) => ({ number: spaced(number), title })),
  }
}

const momentOf = (created: number): string => new Date(created * 1000).toISOString()

function sessionView(session: Session): ControlPayment {
  const isOpen = session.status === 'open'
  return {
    id: session.id, amount: session.mode === 'payment' ? money(session) : 'No charge', what: session.mode === 'payment' ? String(session.hidden.lines.data[0]?.description ?? '') : 'Save a card', status: session.status,
    at: momentOf(session.created), page: isOpen ? session.url : null, actions: isOpen ? [{ path: `sessions/${session.id}/expire`, body: {}, label: 'Expire' }] : [],
  }
}

function intentView(provider: Provider, intent: PaymentIntent): ControlPayment {
  const session = provider.books.sessions.find(intent.hidden.session ?? '')
  return {
    id: intent.id, amount: money({ amount_total: intent.amount, currency: intent.currency }), what: intent.description ?? String(session?.hidden.lines.data[0]?.description ?? ''), status: statusOf(provider, intent),
    at: momentOf(intent.created), page: session?.status === 'open' ? session.url : null, actions: actionsOf(provider, intent),
  }
}

function statusOf({ books }: Provider, intent: PaymentIntent): string {
  const charge = books.charges.find(intent.latest_charge ?? '')
  const refunded = charge && charge.amount_refunded > 0 ? `, ${money({ amount_total: charge.amount_refunded, currency: charge.currency })} refunded` : ''
  const dispute = disputeOf(books, intent)
  return `${intent.status}${refunded}${dispute ? `, dispute ${dispute.status}` : ''}`
}

const disputeOf = (books: Provider['books'], intent: PaymentIntent): Dispute | undefined => books.disputes.list().find((one) => one.payment_intent === intent.id)

function actionsOf({ books }: Provider, intent: PaymentIntent): ControlAction[] {
  const on = (verb: string, label: string, body: Record<string, unknown> = {}) => ({ path: `payments/${intent.id}/${verb}`, body, label })
  if (intent.status === 'processing') return [on('settle', 'Debit succeeds', { ends: 'succeeded' }), on('settle', 'Debit fails', { ends: 'failed' })]
  const charge = books.charges.find(intent.latest_charge ?? '')
  if (intent.status !== 'succeeded' || !charge) return []
  const left = charge.amount - charge.amount_refunded
  const pending = books.refunds.list().filter((refund) => refund.charge === charge.id && refund.status === 'pending')
  return [
    ...(left > 1 ? [on('refund', 'Refund half', { amount: Math.ceil(left / 2) })] : []), ...(left > 0 ? [on('refund', 'Refund')] : []),
    ...pending.flatMap((refund) => [{ path: `payments/${refund.id}/settle`, body: { ends: 'succeeded' }, label: 'Refund arrives' }, { path: `payments/${refund.id}/settle`, body: { ends: 'failed' }, label: 'Refund fails' }]),
    ...disputeActions(disputeOf(books, intent), on),
  ]
}

function disputeActions(dispute: Dispute | undefined, on: (verb: string, label: string, body?: Record<string, unknown>) => ControlAction): ControlAction[] {
  if (!dispute) return [on('dispute', 'Dispute'), on('dispute', 'Inquiry', { is_inquiry: true })]
  const end = (how: string, label: string) => ({ path: `disputes/${dispute.id}/close`, body: { end: how }, label })
  if (dispute.status === 'warning_needs_response') return [end('won', 'Close inquiry'), end('escalated', 'Becomes a dispute')]
  return dispute.status === 'needs_response' ? [end('won', 'Dispute won'), end('lost', 'Dispute lost')] : []
}

function eventView({ id, type, data, hidden }: StripeEvent, isWanted: boolean): ControlEvent {
  const { waiting, tries, lastStatus } = hidden
  return { id, type, about: String(data.object.id ?? ''), status: isWanted ? deliveryOf(waiting.length, tries, lastStatus) : 'nobody listens', is_wanted: isWanted }
}

function deliveryOf(waiting: number, tries: number, lastStatus: number | null): string {
  if (waiting > 0) return tries === 0 ? 'on its way' : `tried ${tries === 1 ? 'once' : `${tries} times`}, ${lastStatus === 0 ? 'no answer' : `answered ${lastStatus ?? ''}`}`
  return tries === 0 ? 'lost' : 'taken'
}
