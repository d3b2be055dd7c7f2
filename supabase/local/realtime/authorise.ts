/** May this token listen to this topic? Asked of the policy on realtime.messages, as the user, exactly as hosted Realtime does. */
import type { Sql } from 'postgres'
import { judgeToken, type Claims } from '../token.ts'

export type Admission = { claims: Claims } | { reason: string }
export interface Context { sql: Sql, jwtSecret: string }

/** A client tells by the first word whether asking again can help: an ended token is renewed, a missing permission is not. */
const FLAWS = {
  malformed: 'MalformedJWT: The token provided is not a valid JWT',
  forged: 'JwtSignatureError: Failed to validate JWT signature',
  expired: 'InvalidJWTToken: Token has expired',
}

export async function admit(token: unknown, topic: string, { sql, jwtSecret }: Context): Promise<Admission> {
  const unauthorized = { reason: `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}` }
  // A key in the place of a token is a visitor, whom no policy of ours lets listen.
  if (isKey(token)) return unauthorized
  const verdict = judgeToken(token, jwtSecret, Date.now() / 1000)
  if ('flaw' in verdict) return { reason: FLAWS[verdict.flaw] }
  if (!verdict.claims.role) return { reason: 'InvalidJWTToken: Fields `role` and `exp` are required in JWT' }
  return await mayListen(sql, verdict.claims, topic) ? verdict : unauthorized
}

export const isKey = (token: unknown): boolean => typeof token === 'string' && token.startsWith('sb_')

/** A probe row is written, read back as the user under the policy, and rolled back. */
async function mayListen(sql: Sql, claims: Claims, topic: string): Promise<boolean> {
  let isAllowed = false
  const undo = new Error('undo')
  await sql.begin(async (transaction) => {
    await transaction`select set_config('realtime.topic', ${topic}, true)`
    const [probe] = await transaction`insert into realtime.messages (topic, extension, event, payload, private)
      values (${topic}, 'broadcast', 'probe', '{}', true) returning id`
    await transaction`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
      set_config('request.jwt.claim.sub', ${claims.sub ?? ''}, true), set_config('request.jwt.claim.role', ${claims.role ?? 'anon'}, true),
      set_config('role', ${claims.role === 'authenticated' ? 'authenticated' : 'anon'}, true)`
    const seen = await transaction`select 1 from realtime.messages where id = ${probe?.id as string}`
    isAllowed = seen.length === 1
    throw undo
  }).catch((error: unknown) => {
    if (error !== undo) throw error
  })
  return isAllowed
}
