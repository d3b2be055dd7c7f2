/**
 * The first page of the app beside the aggregate that it spares: today's figures of an account that called all day, and the report of its
 * latest week. Then reports over the sums of a year.
 */
import { beside, count, gate, reported, round, type Figure, type Scale } from './measure.ts'
import { OWNER, timeOf } from './readers.ts'
import { seedCampaigns } from './seed.ts'
import { seedHistory, seedOver } from './seedOver.ts'
import { seedYearOfSums } from './seedSums.ts'
import { withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { people: 500, calls: 2_000, runs: 3 },
  small: { people: 10_000, calls: 500_000, runs: 21 },
  full: { people: 50_000, calls: 5_000_000, runs: 41 },
}
const RATIO_MAX = 1 / 50

export async function measureDashboard(scale: Scale): Promise<Figure[]> {
  return withServer(async (bench) => [...await besideTheAggregate(bench, scale), ...await overAYear(bench, scale)], { isDurable: false })
}

async function besideTheAggregate(bench: Bench, scale: Scale): Promise<Figure[]> {
  const { people, calls, runs } = SIZES[scale]
  return withDatabase(bench, async (db) => {
    const [place] = await seedCampaigns(db, { accounts: 1, contactsEach: people })
    await seedOver(db)
    await seedHistory(db, place!.campaignId, calls)
    const id = place!.account.accountId
    const page = await timeOf(db, place!, `select public.dashboard('${id}')`, runs)
    const report = await timeOf(db, place!, `select public.get_report('${id}', current_date - 6, current_date + 1, current_date - 14, current_date - 7, true)`, runs)
    const raw = await timeOf(db, OWNER, `select count(*), count(*) filter (where outcome = 'answered'), sum(billed_seconds) from public.calls
      where account_id = '${id}' and created_at >= private.now() - interval '1 day'`, Math.min(runs, 5))
    const figure = beside(reported(`dashboard and its report, ${count(calls)} calls today`, page + report, 'ms'), `the raw aggregate (${round(raw, 0)} ms)`, (page + report) / raw, { max: RATIO_MAX })
    return [gate('R10', { ...figure, ratio: round((page + report) / raw, 4) })]
  })
}

async function overAYear(bench: Bench, scale: Scale): Promise<Figure[]> {
  const { runs } = SIZES[scale]
  return withDatabase(bench, async (db) => {
    const [place] = await seedCampaigns(db, { accounts: 1, contactsEach: 1 })
    await seedYearOfSums(db, place!.account.accountId)
    const report = (days: string, isShort: boolean) => timeOf(db, place!, `select public.get_report('${place!.account.accountId}', ${days}, is_short => ${isShort})`, runs)
    const [week, month, total] = ['current_date - 6, current_date, current_date - 13, current_date - 7', 'current_date - 29, current_date, current_date - 59, current_date - 30', 'null, null']
    const figures = [
      reported('report of the dashboard, a week of a year of 5,000,000 calls', await report(week!, true), 'ms'),
      reported('the same, all of the year', await report(total!, true), 'ms'),
      reported('whole report, a month of that year', await report(month!, false), 'ms'),
      reported('the same, all of the year', await report(total!, false), 'ms'),
    ]
    // Sums without calls break a promise, which is asked next.
    await db.admin`truncate public.daily_stats, public.hourly_stats, public.contact_hour_stats`
    return figures
  })
}
