/** What people do beside the API: on the payment page, in the shop's dashboard, at their banks. Tests and the control page use it. */
import { answerChallenge, expire, pay, type Outcome, type Payer } from './acts/checkout.ts'
import { dispute, endDispute, type DisputeEnd } from './acts/disputes.ts'
import { settleIntent } from './acts/intents.ts'
import { attach, makeMethod } from './acts/methods.ts'
import { refund, settleRefund } from './acts/refunds.ts'
import type { Provider } from './provider.ts'
import type { Charge, Dispute, PaymentIntent, PaymentMethod, Refund, Session } from './things.ts'
import { invalid } from './wire/refusal.ts'

export interface Desk {
  /** A person pays (or saves a card) on the page of a session. */
  pay(session: string, payer: Payer): Outcome
  answerChallenge(session: string, isOwner: boolean): Outcome
  expire(session: string): void
  /** A debit comes through or is returned (a session or its payment intent), or a pending refund does (re_…). */
  settle(id: string, ends: 'succeeded' | 'failed'): void
  /** The whole rest, or a part; of a session, a payment intent or a charge. */
  refund(id: string, amount?: number): Refund
  dispute(id: string, options?: { isInquiry?: boolean, amount?: number }): Dispute
  closeDispute(dispute: string, end: DisputeEnd): Dispute
  /** Saves a card for a customer, ready to be charged without its owner. */
  saveCard(customer: string, number: string): PaymentMethod
  /** Sends an event once more. */
  resend(event: string): void
  /** A second secret signs beside the old one, until the old one is retired. */
  rollSecret(secret: string): void
  retireOldSecrets(): void
}

export function createDesk(provider: Provider): Desk {
  const { books, teller } = provider
  const endpoints = () => books.endpoints.list()
  return {
    pay: (session, payer) => teller.together(() => pay(provider, books.sessions.get(session), payer)),
    answerChallenge: (session, isOwner) => teller.together(() => answerChallenge(provider, books.sessions.get(session), isOwner)),
    expire: (id) => teller.together(() => expire(provider, openSession(provider, id))),
    settle: (id, ends) => teller.together(() => settle(provider, id, ends)),
    refund: (id, amount) => teller.together(() => refund(provider, chargeOf(provider, id), { amount, reason: 'requested_by_customer' })),
    dispute: (id, options) => teller.together(() => dispute(provider, books.intents.get(chargeOf(provider, id).payment_intent), options)),
    closeDispute: (id, end) => teller.together(() => {
      endDispute(provider, books.disputes.get(id), end)
      return books.disputes.get(id)
    }),
    saveCard: (customer, number) => teller.together(() => {
      const method = makeMethod(provider, { number })
      attach(provider, method, books.customers.get(customer).id)
      return books.methods.change(method, { hidden: { ...method.hidden, isSetUp: true } })
    }),
    resend: (event) => teller.resend(books.events.get(event)),
    rollSecret: (secret) => endpoints().forEach((one) => books.endpoints.change(one, { hidden: { secrets: [secret, ...one.hidden.secrets] } })),
    retireOldSecrets: () => endpoints().forEach((one) => books.endpoints.change(one, { hidden: { secrets: one.hidden.secrets.slice(0, 1) } })),
  }
}

function openSession({ books }: Provider, id: string): Session {
  const session = books.sessions.get(id)
  if (session.status !== 'open') throw invalid(`The session is ${session.status}.`)
  return session
}

function settle(provider: Provider, id: string, ends: 'succeeded' | 'failed'): void {
  const { books } = provider
  const known = books.refunds.find(id)
  const isSettled = known ? settleRefund(provider, known, ends) : settleIntent(provider, intentOf(provider, id), ends)
  if (!isSettled) throw invalid('Nothing is on its way here.')
}

function intentOf({ books }: Provider, id: string): PaymentIntent {
  const session = books.sessions.find(id)
  return books.intents.get(session ? session.payment_intent ?? 'none yet' : id)
}

function chargeOf(provider: Provider, id: string): Charge {
  const { books } = provider
  return books.charges.find(id) ?? books.charges.get(intentOf(provider, id).latest_charge ?? 'none yet')
}
