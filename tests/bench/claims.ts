/** Calls claimed a second: short and long queues, few and many campaigns, one dispatcher and several, and a disk that answers late. */
import { claimsPerSecond } from './dispatchers.ts'
import { count, reported, round, type Figure, type Scale } from './measure.ts'
import { seedSpread } from './seedSpread.ts'
import { withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { lengths: [2_000], campaigns: [10], dispatchers: [1, 2], claims: 2 },
  small: { lengths: [10_000, 100_000], campaigns: [10, 10_000], dispatchers: [1, 8], claims: 16 },
  full: { lengths: [10_000, 100_000, 1_000_000, 5_000_000], campaigns: [10, 1_000, 10_000], dispatchers: [1, 2, 4, 8], claims: 16 },
}
/** Beside the length that varies, and the number of campaigns that does. */
const USUAL = { campaigns: 10, rows: 100_000 }
const CAMPAIGNS_EACH = 10
const PEOPLE_EACH = 10
/** Microseconds: a network disk answers a commit after one to five milliseconds. With no sibling needed, every commit waits. */
const LATE = [1_000, 5_000]

export async function measureClaims(scale: Scale): Promise<Figure[]> {
  const { lengths, campaigns } = SIZES[scale]
  return withServer(async (bench) => {
    const figures: Figure[] = []
    for (const rows of lengths) figures.push(...await claimed(bench, scale, { rows, campaigns: USUAL.campaigns }))
    for (const many of campaigns.slice(1)) {
      figures.push(...await claimed(bench, scale, { rows: Math.max(USUAL.rows, many * PEOPLE_EACH), campaigns: many }))
    }
    return figures
  })
}

async function claimed(bench: Bench, scale: Scale, { rows, campaigns }: { rows: number, campaigns: number }): Promise<Figure[]> {
  const { dispatchers, claims } = SIZES[scale]
  return withDatabase(bench, async (db) => {
    // At least ten accounts: one account's claims happen one after another by design.
    const accounts = Math.max(10, campaigns / CAMPAIGNS_EACH)
    await seedSpread(db, { accounts, campaignsEach: campaigns / accounts, contactsEach: rows / campaigns })
    await claimsPerSecond(db, { dispatchers: 1, claims: 1 })
    await db.admin`analyze`
    const name = `calls claimed a second, ${count(rows)} rows in ${count(campaigns)} campaigns`
    const alone = await claimsPerSecond(db, { dispatchers: 1, claims })
    const figures = [reported(`${name}, 1 dispatcher`, alone, '/s')]
    for (const many of dispatchers.slice(1)) {
      figures.push(compared(`${name}, ${many} dispatchers`, await claimsPerSecond(db, { dispatchers: many, claims }), 'one', alone))
    }
    if (rows === USUAL.rows || scale === 'smoke') {
      for (const delay of LATE) {
        const rate = await claimsPerSecond(db, { dispatchers: 1, claims, settings: { commit_delay: delay, commit_siblings: 0 } })
        figures.push(compared(`${name}, 1 dispatcher, commits ${delay / 1000} ms late`, rate, 'a local disk', alone))
      }
    }
    return figures
  })
}

function compared(name: string, rate: number, against: string, other: number): Figure {
  return { ...reported(name, rate, '/s'), against, ratio: round(rate / other) }
}
