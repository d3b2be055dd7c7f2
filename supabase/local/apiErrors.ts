/**
 * PostgREST hands every database error on with its own code; the local API words a few kinds and answers "SUP" and 500 for the
 * rest. Those are turned into the error that a function would raise for itself, which both services answer as it says.
 */

interface DatabaseError extends Error { code: string, detail?: string, hint?: string }

/** The API's own answers to these are PostgREST's. */
const ANSWERED_WELL = /^(PGRST|PT...|42(?!P01)...|22...|21...|25006|23502|23503|23505)$/

/** From PostgREST's documentation (HTTP Status Codes); what is neither here nor in a class below is 400. */
const STATUS_OF_CODE: Record<string, number> = { P0001: 400, '42P01': 404 }
const STATUS_OF_CLASS: Record<string, number> = {
  '08': 503, '09': 500, '0L': 403, '0P': 403, 25: 500, 28: 403, '2D': 500, 38: 500, 39: 500, '3B': 500, 40: 500, 53: 503,
  54: 500, 55: 500, 57: 500, 58: 500, F0: 500, HV: 500, P0: 500, XX: 500,
}

export function asPostgrestWould(error: unknown): unknown {
  if (!isDatabaseError(error) || ANSWERED_WELL.test(error.code)) return error
  const { code, message, detail = null, hint = null } = error
  const status = STATUS_OF_CODE[code] ?? STATUS_OF_CLASS[code.slice(0, 2)] ?? 400
  return Object.assign(new Error(JSON.stringify({ code, message, details: detail, hint })), { code: 'PGRST', detail: JSON.stringify({ status, headers: {} }) })
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && typeof (error as Partial<DatabaseError>).code === 'string' && /^[0-9A-Z]{5}$/.test((error as DatabaseError).code)
}
