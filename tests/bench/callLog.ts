/** The call log of an account with very many calls: the first page by each filter and by what was said, as the app asks for it, and a page of an export. */
import { openAccount, type TestAccount } from '../factories/account.ts'
import type { Session } from '../support/database.ts'
import { atMost, count, percentile, reported, timed, type Figure, type Scale } from './measure.ts'
import { seedContacts, type SeededContacts } from './seedContacts.ts'
import { seedConversations } from './seedConversations.ts'
import { withDatabase, withServer } from './server.ts'

const SIZES = {
  smoke: { calls: 2_000, contacts: 500, runs: 2 },
  small: { calls: 100_000, contacts: 20_000, runs: 11 },
  full: { calls: 1_000_000, contacts: 100_000, runs: 21 },
}
const PAGE_P95_MAX_MS = 100
const SEARCH_P95_MAX_MS = 200

type Filter = Record<string, unknown>

/** What people ask for, by what it is a measure of; the slowest of each kind counts. */
function filtersOf({ tagId, rareTagId, listId, campaignIds }: SeededContacts, assistantId: string): Record<string, Filter[]> {
  const each = (name: string, values: string[]): Filter[] => values.map((value) => ({ [name]: [value] }))
  return {
    'first page': [{}],
    'by day': [...['today', 'yesterday', '7', '15', '30'].map((period) => ({ period })), { from_day: '2020-01-01', until_day: '2020-12-31' }, { until_day: dayBefore(200) }],
    'by outcome, meaning, mood and state': [...each('outcomes', ['answered', 'voicemail', 'no_answer', 'busy', 'failed', 'canceled']), { outcomes: ['busy', 'canceled'] },
      ...each('dispositions', ['interested', 'do_not_call']), ...each('sentiments', ['positive', 'negative']), ...each('states', ['settled', 'voided', 'in_progress'])],
    'by campaign, assistant and kind': [...campaignIds.map((campaign_id) => ({ campaign_id })), { assistant_id: assistantId }, { kind: 'test' }, { kind: 'campaign' }],
    'by list and tag': [{ list_id: listId }, { tag_ids: [tagId] }, { tag_ids: [rareTagId] }],
    'by length and recording': [{ talk_from: 200 }, { talk_from: 289 }, { talk_until: 5 }, { talk_from: 1000 }, { has_recording: true }, { has_recording: false }],
    'by several at once': [{ outcomes: ['answered'], dispositions: ['interested'], period: '30' }, { list_id: listId, outcomes: ['failed'], period: '7' },
      { campaign_id: campaignIds[0], sentiments: ['negative'], talk_from: 60 }],
  }
}
const SEARCHES = ['word1', 'word2900', 'word2999 word2998', 'monday', 'thursday', 'zanzibar', '"zanzibar word7"', 'nakamura', 'smith', 'ada smith', '(303) 0012', 'never said']

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

export async function measureCallLog(scale: Scale): Promise<Figure[]> {
  const { calls, contacts, runs } = SIZES[scale]
  return withServer((bench) => withDatabase(bench, async (db) => {
    const account = await openAccount(db)
    const seeded = await seedContacts(db, account, contacts)
    await seedConversations(db, account.accountId, calls)
    const [{ id }] = await db.sql<[{ id: string }]>`select assistant_id as id from public.assistant_versions where account_id = ${account.accountId} limit 1`
    const session = await db.session({ userId: account.userId })
    const figures: Figure[] = []
    for (const [kind, filters] of Object.entries(filtersOf(seeded, id))) figures.push(await slowest(session, account, { kind: `${kind}, of ${count(calls)}`, filters, runs }, PAGE_P95_MAX_MS))
    const filters = SEARCHES.map((text) => ({ text }))
    figures.push(await slowest(session, account, { kind: `search in what was said, names and numbers, of ${count(calls)}`, filters, runs }, SEARCH_P95_MAX_MS))
    figures.push(await exportPages(session, account, runs))
    await session.close()
    return figures
  }))
}

interface Asked { kind: string, filters: Filter[], runs: number }

async function slowest(session: Session, { accountId }: TestAccount, { kind, filters, runs }: Asked, limit: number): Promise<Figure> {
  const worst: number[] = []
  for (const filter of filters) {
    const times: number[] = []
    for (let run = 0; run < runs; run++) times.push(await timed(() => session.rpc('list_calls', { filter: { account_id: accountId, ...filter } })))
    worst.push(percentile(times, 95))
    if (process.env.BENCH_DETAILS) process.stderr.write(`${JSON.stringify(filter)} ${percentile(times, 95).toFixed(1)} ms\n`)
  }
  return atMost(reported(`call log, ${kind}: p95 of the slowest`, Math.max(...worst), 'ms'), limit)
}

/** A thousand rows at a time, each page after the one before. */
async function exportPages(session: Session, { accountId }: TestAccount, runs: number): Promise<Figure> {
  const times: number[] = []
  let cursor: unknown = null
  for (let run = 0; run < runs; run++) {
    times.push(await timed(async () => {
      cursor = (await session.rpc<{ next_cursor: unknown }>('export_calls', { filter: { account_id: accountId }, cursor })).next_cursor
    }))
  }
  return reported('call log, 1,000 rows of an export: p50', percentile(times, 50), 'ms')
}
