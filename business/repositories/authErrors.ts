import type { AuthError } from '@supabase/auth-js'
import { AppError } from '../models/appError.ts'

/** The auth service's refusals, translated once: details.reason is its own code. */
export function toAuthAppError(error: AuthError): AppError {
  return new AppError(codeOf(error), error.message, { reason: isStolen(error) ? 'pwned' : error.code ?? error.name })
}

/** Found in a list of stolen passwords, which the auth service asks where the project is told to (password_hibp_enabled). */
function isStolen(error: AuthError): boolean {
  return 'reasons' in error && Array.isArray(error.reasons) && error.reasons.includes('pwned')
}

function codeOf({ status, name }: AuthError) {
  if (name === 'AuthRetryableFetchError' || !status) return 'unavailable' as const
  if (status === 429) return 'rate_limited' as const
  if (status === 401 || status === 403) return 'unauthenticated' as const
  return status < 500 ? ('invalid_input' as const) : ('unavailable' as const)
}
