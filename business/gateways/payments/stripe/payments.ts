import type { PaymentGateway } from '../paymentGateway.ts'
import { listCards, removeCard } from './cards.ts'
import { chargeCard } from './charge.ts'
import { createCardSetup, createCheckout, createCustomer, expireCheckout } from './checkout.ts'
import { createStripeClient, type StripeConfig } from './client.ts'
import { eraseCustomer } from './eraseCustomer.ts'
import { findCheckout, findPayment } from './find.ts'
import { listPayments } from './listPayments.ts'

/** The asking half of Stripe. Loads the SDK: import it only where payments are made or looked for. */
export function createStripePayments(config: StripeConfig): PaymentGateway {
  const stripe = createStripeClient(config)
  return {
    createCustomer: (payer) => createCustomer(stripe, payer),
    createCheckout: (order, urls) => createCheckout(stripe, order, urls),
    createCardSetup: (payer, request_id, urls) => createCardSetup(stripe, payer, request_id, urls),
    expireCheckout: (session_id) => expireCheckout(stripe, session_id),
    chargeCard: (order) => chargeCard(stripe, order),
    findCheckout: (session_id) => findCheckout(stripe, session_id),
    findPayment: (payment_intent_id) => findPayment(stripe, payment_intent_id),
    listCards: (customer_id) => listCards(stripe, customer_id),
    removeCard: (payment_method_id) => removeCard(stripe, payment_method_id),
    eraseCustomer: (customer_id) => eraseCustomer(stripe, customer_id),
    listPayments: (since, until) => listPayments(stripe, since, until),
  }
}
