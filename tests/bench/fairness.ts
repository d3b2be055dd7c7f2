/** What a large campaign leaves to the small ones: the shares of an account beside a whale, and how long a new campaign waits for its first dial. */
import { createCampaign, type TestCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { count, gate, median, reported, type Figure, type Scale } from './measure.ts'
import { enrolMany, seedCampaigns } from './seed.ts'
import { withDatabase, withServer } from './server.ts'

const SIZES = {
  smoke: { whale: 1_000, behind: 1_500, minnow: 40, minnows: 3, claims: 4, starts: 1 },
  small: { whale: 50_000, behind: 100_000, minnow: 400, minnows: 9, claims: 40, starts: 5 },
  full: { whale: 500_000, behind: 1_000_000, minnow: 400, minnows: 9, claims: 40, starts: 10 },
}
const BATCH = 25
const FAIR = 0.5

export async function measureFairness(scale: Scale): Promise<Figure[]> {
  const { whale, behind, minnow, minnows, claims, starts } = SIZES[scale]
  return withServer((bench) => withDatabase(bench, async (db) => {
    const [large] = await seedCampaigns(db, { accounts: 1, contactsEach: whale })
    const account = large!.account
    for (let number = 0; number < minnows; number++) {
      const { campaignId } = await createCampaign(account, { contacts: 1 })
      await enrolMany(db, campaignId, minnow - 1, whale + number * minnow)
      await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    }
    await db.admin`analyze`
    for (let claim = 0; claim < claims; claim++) await db.sql`select private.claim_calls(${BATCH})`
    const shares = await db.sql<{ calls: number }[]>`select coalesce(n.calls, 0)::int as calls from public.campaigns k
      left join (select campaign_id, count(*) as calls from public.calls group by 1) n on n.campaign_id = k.id`
    const calls = shares.map((share) => share.calls)
    const fairness = Math.min(...calls) / Math.max(...calls)
    await enrolMany(db, large!.campaignId, behind - whale, whale + minnows * minnow)
    await db.admin`analyze`
    const waits = await firstDials(db, account, starts)
    return [
      gate('R15', { ...reported(`smallest ÷ largest share of ${calls.length} campaigns, one with ${count(whale)} rows`, fairness, '×'), target: `≥ ${FAIR}`, met: fairness >= FAIR }),
      gate('R15', reported(`a new campaign behind ${count(behind)} due rows, started → its first call claimed, median of ${starts}`, median(waits), 'ms')),
    ]
  }))
}

/** One dispatcher claims without a pause; each new campaign is started in the middle of its work. */
async function firstDials(db: TestDatabase, account: Parameters<typeof createCampaign>[0], starts: number): Promise<number[]> {
  const state = { isDone: false }
  const dispatcher = (async () => {
    while (!state.isDone) await db.sql`select private.claim_calls(${BATCH})`
  })()
  try {
    const waits: number[] = []
    for (let start = 0; start < starts; start++) waits.push(await firstDial(db, await createCampaign(account, { contacts: 1 }), account))
    return waits
  } finally {
    state.isDone = true
    await dispatcher
  }
}

async function firstDial(db: TestDatabase, { campaignId }: TestCampaign, account: Parameters<typeof createCampaign>[0]): Promise<number> {
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const began = performance.now()
  for (;;) {
    const [row] = await db.sql`select exists (select from public.calls where campaign_id = ${campaignId}) as is_claimed`
    if (row?.is_claimed === true) return performance.now() - began
    if (performance.now() - began > 60_000) throw new Error('a new campaign had no call within a minute')
  }
}
