/** What a claim costs: EXPLAIN counts every page that its own session touches while claim_calls runs, whatever the depth of the functions. */
import type { TestDatabase } from '../support/database.ts'
import { median } from './measure.ts'

/** Per claimed call; medians over the claims. */
export interface ClaimCost { pages: number, ms: number }

interface Plan { 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number, 'Shared Read Blocks': number }, 'Execution Time': number }] }

export async function costOfClaims(db: TestDatabase, { claims, batch }: { claims: number, batch: number }): Promise<ClaimCost> {
  const session = await db.sql.reserve()
  const claimedCount = async () => Number((await session`select count(*) from public.calls`)[0]?.count)
  const costs: ClaimCost[] = []
  try {
    // The first claim of a session also makes the plans and reads the catalogue.
    await session`select private.claim_calls(${batch})`
    for (let claim = 0; claim < claims; claim++) {
      const before = await claimedCount()
      const [plan] = await session<[Plan]>`explain (analyze, buffers, timing off, format json) select private.claim_calls(${batch})`
      const claimed = await claimedCount() - before
      if (claimed !== batch) throw new Error(`${claimed} calls were claimed instead of ${batch}`)
      const { Plan: touched, 'Execution Time': ms } = plan['QUERY PLAN'][0]
      costs.push({ pages: (touched['Shared Hit Blocks'] + touched['Shared Read Blocks']) / claimed, ms: ms / claimed })
    }
  } finally {
    session.release()
  }
  return { pages: median(costs.map(({ pages }) => pages)), ms: median(costs.map(({ ms }) => ms)) }
}
