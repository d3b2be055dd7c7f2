/**
 * How many pages the claim of one call touches with a short queue, and with one ten or fifty times as long among many idle companies.
 * EXPLAIN counts every page that this one session touches while claim_calls runs, whatever the depth of the functions.
 */
import { costOfClaims } from './claimCost.ts'
import { beside, count, gate, reported, type Figure, type Scale } from './measure.ts'
import { seedCampaigns, seedIdle } from './seed.ts'
import { requireInvariants, withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { short: 100, long: 1_000, idle: 20, claims: 3 },
  small: { short: 10_000, long: 100_000, idle: 10_000, claims: 20 },
  full: { short: 100_000, long: 5_000_000, idle: 100_000, claims: 40 },
}
const ACCOUNTS = 4
const PER_CLAIM = 100
const WARM_UP = 3

export async function measureBuffers(scale: Scale): Promise<Figure[]> {
  const { short, long, idle, claims } = SIZES[scale]
  const { few, many } = await withServer(async (bench) => ({
    few: await buffersPerRow(bench, { rows: short, idle: 0, claims }),
    many: await buffersPerRow(bench, { rows: long, idle, claims }),
  }), { isDurable: false })
  const against = `${count(short)} rows, nobody idle`
  return [
    reported(`buffers per claimed call, ${against}`, few, 'pages'),
    gate('R4', beside(reported(`buffers per claimed call, ${count(long)} rows, ${count(idle)} idle accounts and campaigns`, many, 'pages'),
      against, many / few, { max: 1.1 })),
  ]
}

interface Size { rows: number, idle: number, claims: number }

async function buffersPerRow(bench: Bench, { rows, idle, claims }: Size): Promise<number> {
  return withDatabase(bench, async (db) => {
    await seedCampaigns(db, { accounts: ACCOUNTS, contactsEach: rows / ACCOUNTS })
    if (idle > 0) await seedIdle(db, idle)
    await requireInvariants(db)
    // A short queue has to last for all claims.
    const batch = Math.min(PER_CLAIM, Math.floor(rows / (claims + WARM_UP) / 2))
    await costOfClaims(db, { claims: WARM_UP, batch })
    // Within a minute of its first calls a database knows that it has some; plans made while there were none are of no interest.
    await db.admin`analyze`
    return (await costOfClaims(db, { claims, batch })).pages
  })
}
