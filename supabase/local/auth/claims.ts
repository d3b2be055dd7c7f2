/**
 * What hosted Auth says in a token and of a user, and the local service does not: how strongly the session was proven (aal), by
 * what (amr), and the person's factors. Each answer that hands out a token gets one that says so.
 */
import type { Sql } from 'postgres'
import { judgeToken, signToken, type Claims } from '../token.ts'
import type { AuthParts } from './parts.ts'

interface Session { access_token?: string, user?: User }
interface User { id?: string, factors?: unknown[] }

/** As hosted Auth calls the ways to begin a session. A renewed one keeps those it began with. */
function methodOf(url: URL): string | null {
  const route = url.pathname.replace('/auth/v1', '')
  if (route === '/verify') return 'otp'
  if (route === '/callback') return 'oauth'
  if (route === '/signup') return 'password'
  if (route !== '/token') return null
  return { password: 'password', pkce: 'oauth' }[url.searchParams.get('grant_type') ?? ''] ?? null
}

export async function withClaims(request: Request, response: Response, parts: AuthParts): Promise<Response> {
  const url = new URL(request.url)
  const location = response.headers.get('location')
  if (location?.includes('access_token=')) return withLocation(response, await completedLink(location, methodOf(url), parts))
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return response
  const body = await response.clone().json() as Session | null
  if (body?.access_token) body.access_token = await completed(body.access_token, methodOf(url), parts)
  const user = body?.user ?? (url.pathname.endsWith('/user') ? body as User : undefined)
  if (!body || !user?.id) return response
  await addFactors(user, parts.sql)
  return withBody(response, body)
}

async function completedLink(location: string, method: string | null, parts: AuthParts): Promise<string> {
  const target = new URL(location)
  const hash = new URLSearchParams(target.hash.slice(1))
  hash.set('access_token', await completed(hash.get('access_token') ?? '', method, parts))
  target.hash = hash.toString()
  return target.href
}

async function completed(token: string, method: string | null, { sql, jwtSecret }: AuthParts): Promise<string> {
  const verdict = judgeToken(token, jwtSecret, Date.now() / 1000)
  const sessionId = 'claims' in verdict ? verdict.claims.session_id : undefined
  if (!('claims' in verdict) || typeof sessionId !== 'string') return token
  if (method) await noteMethod(sessionId, method, sql)
  return signToken({ ...verdict.claims, ...await strengthOf(sessionId, sql) }, jwtSecret)
}

export async function noteMethod(sessionId: string, method: string, sql: Sql): Promise<void> {
  await sql`insert into auth.mfa_amr_claims (session_id, authentication_method) values (${sessionId}, ${method})
    on conflict (session_id, authentication_method) do update set updated_at = now()`
}

async function strengthOf(sessionId: string, sql: Sql): Promise<Pick<Claims, 'aal' | 'amr'>> {
  const [session] = await sql`select aal, (select coalesce(json_agg(json_build_object('method', c.authentication_method,
      'timestamp', extract(epoch from c.updated_at)::int) order by c.updated_at desc), '[]')
    from auth.mfa_amr_claims c where c.session_id = s.id) as amr from auth.sessions s where s.id = ${sessionId}`
  return { aal: session?.aal ?? 'aal1', amr: session?.amr ?? [] }
}

/** Absent for whoever has none, as hosted. Unverified ones are told, too: a second try to set one up finds the first. */
async function addFactors(user: User, sql: Sql): Promise<void> {
  const factors = await sql`select id, created_at, updated_at, status, friendly_name, factor_type, last_challenged_at
    from auth.mfa_factors where user_id = ${user.id as string} order by created_at`
  if (factors.length > 0) user.factors = factors
}

function withBody(response: Response, body: unknown): Response {
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return Response.json(body, { status: response.status, headers })
}

function withLocation(response: Response, location: string): Response {
  const headers = new Headers(response.headers)
  headers.set('location', location)
  return new Response(null, { status: response.status, headers })
}
