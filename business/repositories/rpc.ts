import { AppError, isErrorCode, type ErrorCode } from '../models/appError.ts'

interface RpcFailure {
  code: string
  message: string
  details: string | null
  hint: string | null
}

interface RpcAnswer {
  data: unknown
  error: RpcFailure | null
  status: number
}

/** The part of Supabase that calls a database function; supabase-js and postgrest-js both have it. */
export interface RpcClient {
  rpc: (name: string, args: Record<string, unknown>) => PromiseLike<RpcAnswer>
}

/** What a zod schema offers; stated structurally so that zod stays out of the browser's entry chunk. */
interface AnswerSchema<T> {
  parse: (answer: unknown) => T
}

/**
 * Calls a database function and answers its jsonb. With a schema the answer is parsed: the edge functions do so, because
 * they may run against a database that is one deployment older. Without one the type is the caller's word, to which the
 * database tests hold the functions. Failures become AppErrors here and nowhere else.
 */
export async function callRpc<T>(client: RpcClient, name: string, args: object, schema?: AnswerSchema<T>): Promise<T> {
  const { data, error, status } = await client.rpc(name, { ...args })
  if (error) throw toAppError(error, status)
  return schema ? parseAnswer(name, data, schema) : (data as T)
}

function parseAnswer<T>(name: string, data: unknown, schema: AnswerSchema<T>): T {
  try {
    return schema.parse(data)
  } catch (error) {
    throw new AppError('internal', `${name} answered in a shape this version does not know`, { cause: String(error) })
  }
}

/** For plain reads of tables, which fail in the same shape. */
export function unwrap<T>({ data, error, status }: { data: T | null, error: RpcFailure | null, status: number }): T {
  if (error) throw toAppError(error, status)
  return data as T
}

function toAppError({ code, message, details, hint }: RpcFailure, status: number): AppError {
  if (isUnstorable(code, details)) return new AppError('invalid_input', 'It holds a character that cannot be kept.', null, 'Type it instead of pasting it.')
  return new AppError(isErrorCode(code) ? code : codeOfStatus(status), message, parseDetails(details), hint || null)
}

/** A NUL character, or half of one that has two: pasted from somewhere, seen by nobody. */
function isUnstorable(code: string, details: string | null): boolean {
  return code === '22P05' || (code === '22P02' && /surrogate/.test(details ?? ''))
}

/** raise_error sends details as JSON text because PostgREST passes strings only. */
function parseDetails(details: string | null): unknown {
  if (!details) return null
  try {
    return JSON.parse(details)
  } catch {
    return details
  }
}

/** For errors that no function of ours raised: an ended session, a row policy, a timeout, no network (status 0). */
function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 406) return 'not_found'
  if (status === 409) return 'conflict'
  if (status === 413) return 'too_large'
  if (status === 429) return 'rate_limited'
  if (status >= 400 && status < 500) return 'invalid_input'
  return status === 500 ? 'internal' : 'unavailable'
}
