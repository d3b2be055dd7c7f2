/** The first page of the app beside the aggregate that it spares: today's figures of an account that called all day. */
import { beside, count, gate, reported, round, type Figure, type Scale } from './measure.ts'
import { OWNER, timeOf } from './readers.ts'
import { seedCampaigns } from './seed.ts'
import { seedHistory, seedOver } from './seedOver.ts'
import { withDatabase, withServer } from './server.ts'

const SIZES = {
  smoke: { people: 500, calls: 2_000, runs: 3 },
  small: { people: 10_000, calls: 500_000, runs: 21 },
  full: { people: 50_000, calls: 5_000_000, runs: 41 },
}
const RATIO_MAX = 1 / 50

export async function measureDashboard(scale: Scale): Promise<Figure[]> {
  const { people, calls, runs } = SIZES[scale]
  return withServer((bench) => withDatabase(bench, async (db) => {
    const [place] = await seedCampaigns(db, { accounts: 1, contactsEach: people })
    await seedOver(db)
    await seedHistory(db, place!.campaignId, calls)
    const page = await timeOf(db, place!, `select public.dashboard('${place!.account.accountId}')`, runs)
    const raw = await timeOf(db, OWNER, `select count(*), count(*) filter (where outcome = 'answered'), sum(billed_seconds) from public.calls
      where account_id = '${place!.account.accountId}' and created_at >= private.now() - interval '1 day'`, Math.min(runs, 5))
    const figure = beside(reported(`dashboard, ${count(calls)} calls today`, page, 'ms'), `the raw aggregate (${round(raw, 0)} ms)`, page / raw, { max: RATIO_MAX })
    return [gate('R10', { ...figure, ratio: round(page / raw, 4) })]
  }), { isDurable: false })
}
