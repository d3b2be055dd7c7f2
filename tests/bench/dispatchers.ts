/** Several dispatchers that claim side by side, each on its own connection, and nothing else. */
import postgres from 'postgres'
import type { TestDatabase } from '../support/database.ts'

const BATCH = 100

/** settings: of the dispatchers' sessions, for example commit_delay. */
interface Work { dispatchers: number, claims: number, settings?: Record<string, number> }

/** Calls claimed a second by all of them together, once each has made its plans. */
export async function claimsPerSecond(db: TestDatabase, { dispatchers, claims, settings = {} }: Work): Promise<number> {
  const sessions = Array.from({ length: dispatchers }, () => postgres(db.url, { max: 1, onnotice: () => undefined, connection: settings }))
  const claim = async (sql: postgres.Sql) => {
    const [row] = await sql`select jsonb_array_length(public.claim_calls(${BATCH}) -> 'call_ids') as calls`
    return Number(row?.calls)
  }
  try {
    for (const session of sessions) await claim(session)
    const began = performance.now()
    const counts = await Promise.all(sessions.map(async (session) => {
      let calls = 0
      for (let turn = 0; turn < claims / dispatchers; turn++) calls += await claim(session)
      return calls
    }))
    const calls = counts.reduce((sum, count) => sum + count, 0)
    if (calls === 0) throw new Error('nothing was claimed')
    return calls / (performance.now() - began) * 1000
  } finally {
    for (const session of sessions) await session.end({ timeout: 5 })
  }
}
