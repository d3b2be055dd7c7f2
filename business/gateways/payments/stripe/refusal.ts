import Stripe from 'stripe'
import { AppError } from '../../../models/appError.ts'
import type { Refusal } from '../paymentGateway.ts'

const longestMessage = 300

/**
 * What a failed request means. Without an answer, with a server's error, a wrong key or too many requests nothing is known or
 * nothing happened: the same request may come again. Everything else is Stripe's considered no. A key that was used for other
 * parameters is a mistake of ours, and the only one that is thrown.
 */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Stripe.errors.StripeError)) throw error
  if (error instanceof Stripe.errors.StripeIdempotencyError) throw new AppError('internal', 'An idempotency key was used for another request.')
  const { statusCode } = error
  if (statusCode === undefined || statusCode < 400) return { kind: 'unknown', cause: 'no answer' }
  if (mayComeAgain.has(statusCode) || statusCode >= 500) return { kind: 'unknown', cause: `HTTP ${statusCode}` }
  return { kind: 'refused', code: codeOf(error), message: shortText(error.message) }
}

const mayComeAgain: ReadonlySet<number> = new Set([401, 403, 408, 409, 425, 429])

/** The bank's word says more than the provider's, and that more than the kind of error. */
export function codeOf(error: { decline_code?: string | null, code?: string | null, type?: string }): string {
  return error.decline_code || error.code || error.type || 'unknown'
}

export function shortText(text: string | null | undefined): string {
  return Array.from((text ?? '').replace(/[\p{Cc}\s]+/gu, ' ').trim()).slice(0, longestMessage).join('')
}
