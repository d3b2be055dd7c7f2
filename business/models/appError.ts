/**
 * Every failure the product knows, with the HTTP status it travels as. private.error_status in SQL is the same list.
 * A new code is a decision for everybody who shows or maps errors, hence the closed union.
 */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  insufficient_minutes: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  not_launchable: 409,
  too_large: 413,
  rate_limited: 429,
  provider_refused: 502,
  unavailable: 503,
  internal: 500,
} as const

export type ErrorCode = keyof typeof errorStatus

/** One complaint about one field of a form or a command: details of invalid_input are a list of these. */
export interface FieldError {
  field: string
  code: string
  message: string
}

/** A failure with a code. message is for logs and developers; the interface words the code for a person. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: unknown
  readonly hint: string | null

  constructor(code: ErrorCode, message: string, details: unknown = null, hint: string | null = null) {
    super(message)
    this.code = code
    this.details = details
    this.hint = hint
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorStatus, value)
}

/** The complaints of an invalid_input, or none. */
export function fieldErrorsOf(error: unknown): FieldError[] {
  if (!(error instanceof AppError) || error.code !== 'invalid_input' || !Array.isArray(error.details)) return []
  return error.details.filter(isFieldError)
}

function isFieldError(value: unknown): value is FieldError {
  return typeof value === 'object' && value !== null && 'field' in value && 'message' in value
}
