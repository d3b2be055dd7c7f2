import type { PaymentWebhook } from '../../../business/gateways/payments/paymentGateway.ts'
import { createStripeWebhook } from '../../../business/gateways/payments/stripe/webhook.ts'
import type { Env } from './env.ts'

/** Loads no SDK: a webhook is answered by a cold start, too. */
export function createPaymentWebhook({ stripe }: Env): PaymentWebhook {
  return createStripeWebhook(stripe.webhookSecrets, Date.now)
}
