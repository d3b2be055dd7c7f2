/** What the payments' interface accepts. */
import { z } from 'zod'
import { address, anything, currency, email, expand, metadata, text, whole, yesNo } from '../wire/check.ts'
import { created, listing } from '../wire/list.ts'
import { invalid } from '../wire/refusal.ts'

const SMALLEST_CENTS = 50
const LARGEST_CENTS = 99_999_999

export function checkAmount(amount: number, unit: string, param: string): void {
  if (amount < SMALLEST_CENTS) throw invalid(`Amount must be at least $0.50 ${unit}`, param, 'amount_too_small')
  if (amount > LARGEST_CENTS) throw invalid('Amount must be no more than $999,999.99', param, 'amount_too_large')
}

/** Besides yes and no there is a reason why nobody is there. */
const offSession = z.union([yesNo, z.enum(['one_off', 'recurring']).transform(() => true)])

const confirming = {
  payment_method: text().optional(), off_session: offSession.optional(), error_on_requires_action: yesNo.optional(), return_url: address.optional(),
  receipt_email: email.optional(), expand,
}

export const newIntent = z.strictObject({
  ...confirming, amount: whole, currency, customer: text().optional(), confirm: yesNo.optional(), description: text(1000).optional(),
  metadata: metadata.optional(),
  setup_future_usage: z.enum(['off_session', 'on_session']).optional(), capture_method: z.enum(['automatic', 'automatic_async']).optional(), confirmation_method: z.enum(['automatic']).optional(),
  statement_descriptor: text(22).optional(), statement_descriptor_suffix: text(22).optional(), automatic_payment_methods: anything.optional(),
  allowed_payment_method_types: z.array(z.string()).optional(), excluded_payment_method_types: z.array(z.string()).optional(),
  payment_method_options: anything.optional(),
})
export const confirmation = z.strictObject(confirming)
export const cancellation = z.strictObject({ cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(), expand })
export const intentChanges = z.strictObject({ metadata: metadata.optional(), description: text(1000).optional(), expand })
export const intentQuery = z.strictObject({ ...listing, created, customer: z.string().optional() })
