/** What a claim costs when most of what it could look at has no work for it: accounts and campaigns that are full, rows that are gone. */
import type { TestDatabase } from '../support/database.ts'
import { costOfClaims, type ClaimCost } from './claimCost.ts'
import { beside, count, gate, reported, type Figure, type Scale } from './measure.ts'
import { seedSpread } from './seedSpread.ts'
import { withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { accounts: 20, contactsEach: 60, batch: 2, claims: 2, churn: 4 },
  small: { accounts: 60, contactsEach: 200, batch: 25, claims: 20, churn: 100 },
  full: { accounts: 300, contactsEach: 300, batch: 25, claims: 40, churn: 1_000 },
}
const CAMPAIGNS_EACH = 10

export async function measureCrowded(scale: Scale): Promise<Figure[]> {
  return withServer(async (bench) => [...await besideFullOnes(bench, scale), ...await whileHeldOpen(bench, scale)])
}

/** R5: nine of ten accounts, and nine of ten campaigns of the others, run all the calls they may. */
function besideFullOnes(bench: Bench, scale: Scale): Promise<Figure[]> {
  const { accounts, contactsEach, claims, batch } = SIZES[scale]
  return withDatabase(bench, async (db) => {
    await seedSpread(db, { accounts, campaignsEach: CAMPAIGNS_EACH, contactsEach })
    await knowTheCalls(db, batch)
    const free = await costOfClaims(db, { claims, batch })
    await fillUp(db, accounts)
    const crowded = await costOfClaims(db, { claims, batch })
    return both({ row: 'R5', what: '9 of 10 accounts and campaigns full', against: 'all free', limit: 1.1 }, free, crowded)
  })
}

/** R8: what a long report does to the claim. The rows that were claimed since it began cannot be cleared away. */
function whileHeldOpen(bench: Bench, scale: Scale): Promise<Figure[]> {
  const { contactsEach, claims, batch, churn } = SIZES[scale]
  return withDatabase(bench, async (db) => {
    await seedSpread(db, { accounts: 1, campaignsEach: 1, contactsEach: contactsEach + 2 * (claims + churn) * batch })
    await knowTheCalls(db, batch)
    const free = await costOfClaims(db, { claims, batch })
    const reader = await db.admin.reserve()
    await reader`begin isolation level repeatable read`
    await reader`select count(*) from engine.dial_queue`
    for (let turn = 0; turn < churn; turn++) await db.sql`select private.claim_calls(${batch})`
    // Autovacuum does so while the reader is there: otherwise plans made for fifty calls are measured, with or without a reader.
    await db.admin`analyze`
    const crowded = await costOfClaims(db, { claims, batch })
    await reader`commit`
    reader.release()
    return both({ row: 'R8', what: `${count(churn * batch)} rows claimed while a transaction is open`, against: 'before', limit: 1.5 }, free, crowded)
  })
}

/** A database that has had its first calls for a minute, and plans made since. */
async function knowTheCalls(db: TestDatabase, batch: number): Promise<void> {
  await costOfClaims(db, { claims: 1, batch })
  await db.admin`analyze`
}

/** Nine of ten accounts, and nine of ten campaigns of the others, get the calls that they run as their cap, one at least, and are met until they sleep. */
async function fillUp(db: TestDatabase, accounts: number): Promise<void> {
  await db.sql`update engine.accounts a set concurrency_max = greatest(1, a.in_flight)
    from (select account_id, row_number() over (order by account_id) as place from engine.accounts) o
    where o.account_id = a.account_id and o.place % 10 <> 0`
  await db.sql`update engine.campaigns c set concurrency_max = greatest(1, c.in_flight)
    from (select campaign_id, row_number() over (partition by account_id order by campaign_id) as place from engine.campaigns) o
    where o.campaign_id = c.campaign_id and o.place % 10 <> 0`
  for (let turn = 0; turn < accounts / 20; turn++) await db.sql`select private.claim_calls(100)`
  const [awake] = await db.sql`select count(*)::int as accounts from engine.accounts where next_at is not null and in_flight >= concurrency_max`
  if (awake?.accounts !== 0) throw new Error(`${String(awake?.accounts)} full accounts are still awake`)
}

interface Comparison { row: string, what: string, against: string, limit: number }

function both({ row, what, against, limit }: Comparison, free: ClaimCost, crowded: ClaimCost): Figure[] {
  return [
    gate(row, beside(reported(`pages per claimed call, ${what}`, crowded.pages, 'pages'), against, crowded.pages / free.pages, { max: limit })),
    gate(row, beside(reported(`time per claimed call, ${what}`, crowded.ms, 'ms'), against, crowded.ms / free.ms, { max: limit })),
  ]
}
