import { AppError, isErrorCode } from '../models/appError.ts'

interface Failure {
  error?: { code?: unknown, message?: unknown, details?: unknown }
}

/** The part of Supabase that calls an edge function in the person's name. */
export interface EdgeClient {
  send: <T>(method: 'POST' | 'DELETE', path: string, body?: object) => Promise<T>
}

/** Failures of functions become AppErrors here and nowhere else; one that no function of ours answered is nobody's word. */
export function createEdgeClient(functionsUrl: string, fetchAs: typeof fetch): EdgeClient {
  return {
    async send<T>(method: 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
      const response = await fetchAs(`${functionsUrl}/${path}`, { method, ...jsonOf(body) }).catch((error: unknown) => {
        throw new AppError('unavailable', String(error))
      })
      const answer: unknown = await response.json().catch(() => null)
      if (!response.ok) throw toAppError(answer, response)
      return answer as T
    },
  }
}

const jsonOf = (body?: object) => (body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {})

function toAppError(answer: unknown, { status, statusText }: Response): AppError {
  const { code, message, details } = (answer as Failure | null)?.error ?? {}
  if (isErrorCode(code)) return new AppError(code, String(message ?? statusText), details)
  return new AppError(status === 401 ? 'unauthenticated' : 'unavailable', statusText)
}
