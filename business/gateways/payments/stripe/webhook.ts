import type { Clock } from '../../../models/runtime.ts'
import type { PaymentWebhook } from '../paymentGateway.ts'
import { parseWebhook } from './parseWebhook.ts'
import { verifyWebhook } from './verifyWebhook.ts'

/** The receiving half of Stripe, free of the SDK: a webhook answers within a cold start. */
export function createStripeWebhook(secrets: readonly string[], clock: Clock): PaymentWebhook {
  return { verify: (raw, headers) => verifyWebhook(raw, headers, secrets, clock()), parse: parseWebhook }
}
