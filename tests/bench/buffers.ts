/**
 * How many pages the claim of one call touches with a short queue, and with one ten times as long among many idle companies.
 * EXPLAIN counts every page that this one session touches while claim_calls runs, whatever the depth of the functions.
 */
import type { TestDatabase } from '../support/database.ts'
import { beside, median, reported, type Figure, type Scale } from './measure.ts'
import { seedCampaigns, seedIdle } from './seed.ts'
import { requireInvariants, withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { short: 100, long: 1_000, idle: 20, claims: 3 },
  small: { short: 10_000, long: 100_000, idle: 10_000, claims: 20 },
  full: { short: 100_000, long: 1_000_000, idle: 100_000, claims: 40 },
}
const ACCOUNTS = 4
const PER_CLAIM = 100
/** The first claims of a session also read the catalogue. */
const WARM_UP = 2

export async function measureBuffers(scale: Scale): Promise<Figure[]> {
  const { short, long, idle, claims } = SIZES[scale]
  const { few, many } = await withServer(async (bench) => ({
    few: await buffersPerRow(bench, { rows: short, idle: 0, claims }),
    many: await buffersPerRow(bench, { rows: long, idle, claims }),
  }))
  const against = `${short.toLocaleString('en')} rows, nobody idle`
  return [
    reported(`buffers per claimed call, ${against}`, few, 'pages'),
    beside(reported(`buffers per claimed call, ${long.toLocaleString('en')} rows, ${idle.toLocaleString('en')} idle campaigns`, many, 'pages'),
      against, many / few, { max: 1.1 }),
  ]
}

interface Size { rows: number, idle: number, claims: number }

async function buffersPerRow(bench: Bench, { rows, idle, claims }: Size): Promise<number> {
  return withDatabase(bench, async (db) => {
    await seedCampaigns(db, { accounts: ACCOUNTS, contactsEach: rows / ACCOUNTS })
    if (idle > 0) await seedIdle(db, idle)
    await requireInvariants(db)
    const measured: number[] = []
    // A short queue has to last for all claims.
    const size = Math.min(PER_CLAIM, Math.floor(rows / (claims + WARM_UP + 1) / 2))
    for (let claim = 0; claim < WARM_UP; claim++) await claimOnce(db, size)
    // Within a minute of its first calls a database knows that it has some; plans made while there were none are of no interest.
    await db.admin`analyze`
    await claimOnce(db, size)
    for (let claim = 0; claim < claims; claim++) measured.push(await claimOnce(db, size))
    return median(measured)
  })
}

interface Plan { 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number, 'Shared Read Blocks': number } }] }

async function claimOnce(db: TestDatabase, size: number): Promise<number> {
  const count = async () => Number((await db.sql`select count(*) from public.calls`)[0]?.count)
  const before = await count()
  const [plan] = await db.sql<[Plan]>`explain (analyze, buffers, format json) select private.claim_calls(${size})`
  const claimed = await count() - before
  if (claimed !== size) throw new Error(`${claimed} calls were claimed instead of ${size}`)
  const { 'Shared Hit Blocks': hit, 'Shared Read Blocks': read } = plan['QUERY PLAN'][0].Plan
  return (hit + read) / claimed
}
