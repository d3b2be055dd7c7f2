/** What the parts of the local auth service share: whom they ask, and how hosted Auth words a refusal. */
import type { Sql } from 'postgres'
import type { Mail } from '../apiMail.ts'
import { judgeToken } from '../token.ts'

export interface AuthParts {
  sql: Sql
  siteUrl: string
  jwtSecret: string
  send: (mail: Mail) => Promise<void>
}

/** Whoever answered until now: the local service, for everything that it can do. */
export type Answer = (request: Request) => Promise<Response>

/** How strongly the session was proven: by one factor or by two (NIST 800-63B's words). */
export type Level = 'aal1' | 'aal2'

export interface Caller {
  userId: string
  email: string
  sessionId: string
  level: Level
}

/** The shape of every refusal of hosted Auth; code is the HTTP status, error_code the reason. */
export function refusal(status: number, reason: string, message: string): Response {
  return Response.json({ code: status, error_code: reason, msg: message }, { status, headers: { 'x-sb-error-code': reason } })
}

/** Who asks: key, token and session are judged by the local service itself. */
export async function callerOf(request: Request, answer: Answer, { sql, jwtSecret }: AuthParts): Promise<Caller | Response> {
  const headers = new Headers(request.headers)
  for (const name of ['content-length', 'content-type']) headers.delete(name)
  const asked = new URL(request.url)
  const response = await answer(new Request(new URL(`/auth/v1/user${asked.search}`, asked), { headers }))
  if (!response.ok) return response
  const { id, email } = await response.json() as { id: string, email: string }
  const verdict = judgeToken(request.headers.get('authorization')?.replace(/^Bearer /, ''), jwtSecret, Date.now() / 1000)
  const sessionId = 'claims' in verdict ? String(verdict.claims.session_id) : ''
  const [session] = await sql`select aal from auth.sessions where id::text = ${sessionId}`
  return { userId: id, email, sessionId, level: session?.aal === 'aal2' ? 'aal2' : 'aal1' }
}

export async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const body: unknown = await request.clone().json().catch(() => null)
  return typeof body === 'object' && body !== null ? body as Record<string, unknown> : {}
}

export async function hasVerifiedFactor(userId: string, { sql }: Pick<AuthParts, 'sql'>): Promise<boolean> {
  return (await sql`select from auth.mfa_factors where user_id = ${userId} and status = 'verified'`).length > 0
}
