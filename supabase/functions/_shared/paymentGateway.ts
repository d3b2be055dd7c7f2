import type { PaymentGateway } from '../../../business/gateways/payments/paymentGateway.ts'
import { createStripePayments } from '../../../business/gateways/payments/stripe/payments.ts'
import { AppError } from '../../../business/models/appError.ts'
import type { Env } from './env.ts'

/** null where no provider is set up. Loads its SDK, so only functions that ask it import this. */
export function createPaymentGateway({ stripe }: Env): PaymentGateway | null {
  return stripe.apiKey ? createStripePayments(stripe) : null
}

/** For functions that are about nothing else. */
export function paymentGatewayOf(env: Env): () => PaymentGateway {
  const gateway = createPaymentGateway(env)
  return () => {
    if (!gateway || !env.appUrl) throw new AppError('unavailable', 'Payments are not set up: STRIPE_SECRET_KEY or OUTDIAL_APP_URL is missing.')
    return gateway
  }
}
