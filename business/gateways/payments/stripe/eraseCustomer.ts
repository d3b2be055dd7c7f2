import type Stripe from 'stripe'
import type { PaymentGateway } from '../paymentGateway.ts'
import { refusalOf } from './refusal.ts'

/** Deleting is repeatable without a key: a customer that is gone is one that Stripe does not know. */
export async function eraseCustomer(stripe: Stripe, customer_id: string): ReturnType<PaymentGateway['eraseCustomer']> {
  try {
    await stripe.customers.del(customer_id)
    return { kind: 'erased' }
  } catch (error) {
    const refusal = refusalOf(error)
    return refusal.kind === 'refused' && refusal.code === 'resource_missing' ? { kind: 'erased' } : refusal
  }
}
