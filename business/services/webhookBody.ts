import { AppError } from '../models/appError.ts'

/** The body of a webhook whose sender is known already. */
export function parseJson(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(raw))
  } catch {
    throw new AppError('invalid_input', 'The body is not JSON.')
  }
}

/** Whatever the database complains of, the sender is not to blame: a 400 would tell it never to come again. */
export function notStored(error: unknown): never {
  throw new AppError('unavailable', `The event was not stored: ${error instanceof Error ? error.message : String(error)}`)
}
