/** May this token listen to this topic? Asked of the policy on realtime.messages, as the user, exactly as hosted Realtime does. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Sql } from 'postgres'

export interface Claims { sub?: string, role: string, exp: number, [claim: string]: unknown }

/** The claims of a token signed with our secret and not expired; null for anything else. */
export function verifyToken(token: unknown, secret: string, nowSeconds: number): Claims | null {
  if (typeof token !== 'string') return null
  const [header, body, signature] = token.split('.')
  if (!header || !body || !signature) return null
  const expected = createHmac('sha256', secret).update(`${header}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims
  return typeof claims.exp === 'number' && claims.exp > nowSeconds ? claims : null
}

/** A probe row is written, read back as the user under the policy, and rolled back. */
export async function mayListen(sql: Sql, claims: Claims, topic: string): Promise<boolean> {
  let isAllowed = false
  const undo = new Error('undo')
  await sql.begin(async (transaction) => {
    await transaction`select set_config('realtime.topic', ${topic}, true)`
    const [probe] = await transaction`insert into realtime.messages (topic, extension, event, payload, private)
      values (${topic}, 'broadcast', 'probe', '{}', true) returning id`
    await transaction`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
      set_config('request.jwt.claim.sub', ${claims.sub ?? ''}, true), set_config('request.jwt.claim.role', ${claims.role}, true),
      set_config('role', ${claims.role === 'authenticated' ? 'authenticated' : 'anon'}, true)`
    const seen = await transaction`select 1 from realtime.messages where id = ${probe?.id as string}`
    isAllowed = seen.length === 1
    throw undo
  }).catch((error: unknown) => {
    if (error !== undo) throw error
  })
  return isAllowed
}
