/** What a statement takes in the database for somebody who reads it under row level security, or for the owner of the tables. */
import type { Sql } from 'postgres'
import type { TestAccount } from '../factories/account.ts'
import type { TestDatabase } from '../support/database.ts'
import { median } from './measure.ts'

/** The role that the tables belong to, which no policy binds. */
export const OWNER = 'owner'

export interface Place { account: TestAccount, campaignId: string }

/** Milliseconds that the statement itself takes in the database, the median of its runs in one session; the first makes plans and reads the catalogue. */
export async function timeOf(db: TestDatabase, reader: Place | typeof OWNER, query: string, runs: number): Promise<number> {
  const session = await db.sql.reserve()
  const times: number[] = []
  try {
    if (reader !== OWNER) await become(session, reader.account.userId)
    for (let run = 0; run <= runs; run++) {
      const [row] = await session.unsafe(`explain (analyze, timing off, format json) ${query}`)
      times.push((row?.['QUERY PLAN'] as [{ 'Execution Time': number }])[0]['Execution Time'])
    }
  } finally {
    await session.unsafe('reset role')
    session.release()
  }
  return median(times.slice(1))
}

async function become(session: Pick<Sql, 'unsafe'>, userId: string): Promise<void> {
  await session.unsafe(`select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false)`, [JSON.stringify({ sub: userId, role: 'authenticated' }), userId])
  await session.unsafe('set role authenticated')
}
