/** May this token listen to this topic? Asked of the policy on realtime.messages, as the user, exactly as hosted Realtime does. */
import type { Sql } from 'postgres'
import type { Claims } from '../token.ts'

/** A probe row is written, read back as the user under the policy, and rolled back. */
export async function mayListen(sql: Sql, claims: Claims, topic: string): Promise<boolean> {
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
