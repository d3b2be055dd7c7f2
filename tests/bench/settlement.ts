/** Settlements a second when all calls belong to one account, beside as many calls spread over many accounts. */
import { report } from '../factories/call.ts'
import type { TestDatabase } from '../support/database.ts'
import { settleAll } from './calls.ts'
import { dialMany } from './liveCalls.ts'
import { beside, count, gate, median, reported, type Figure, type Scale } from './measure.ts'
import { seedSpread } from './seedSpread.ts'
import { withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { calls: 40, accounts: 4, rounds: 1 },
  small: { calls: 2_000, accounts: 200, rounds: 3 },
  full: { calls: 10_000, accounts: 1_000, rounds: 3 },
}

export async function measureSettlement(scale: Scale): Promise<Figure[]> {
  const { calls, accounts, rounds } = SIZES[scale]
  const pairs = await withServer(async (bench) => {
    const measured: { one: number, many: number }[] = []
    for (let round = 0; round < rounds; round++) {
      measured.push({ one: await settlementsPerSecond(bench, calls, 1), many: await settlementsPerSecond(bench, calls, accounts) })
    }
    return measured
  })
  const against = `${count(accounts)} accounts`
  const ratio = median(pairs.map(({ one, many }) => one / many))
  return [
    reported(`settlements, ${against}`, median(pairs.map(({ many }) => many)), '/s'),
    gate('R6', beside(reported('settlements, one account', median(pairs.map(({ one }) => one)), '/s'), against, ratio, { min: 0.9 })),
  ]
}

/** All reports are in the inbox; one connection works through them in the batches that the product takes. */
async function settlementsPerSecond(bench: Bench, calls: number, accounts: number): Promise<number> {
  return withDatabase(bench, async (db) => {
    await seedSpread(db, { accounts, campaignsEach: 1, contactsEach: calls / accounts })
    await fillInbox(db, await dialMany(db.sql, calls, { isCopied: true }))
    await db.admin`vacuum (analyze)`
    const began = performance.now()
    await settleAll(db.sql)
    const seconds = (performance.now() - began) / 1000
    const [{ settled } = { settled: 0 }] = await db.sql<[{ settled: number }]>`select count(*)::int as settled from public.calls where state = 'settled'`
    if (settled !== calls) throw new Error(`${settled} of ${calls} calls were settled`)
    return calls / seconds
  })
}

async function fillInbox(db: TestDatabase, providerCallIds: string[]): Promise<void> {
  const facts = db.sql.json({ ...report('', 61), provider: 'vapi' } as never)
  await db.sql`
    select private.record_call_event(${facts}::jsonb || jsonb_build_object('provider_call_id', id, 'dedupe_key', id || ':report'), '{}')
    from unnest(${providerCallIds}::text[]) as ids (id)`
}
