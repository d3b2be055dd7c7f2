/**
 * The contact table of an account with very many contacts: the first page in each order, by each filter, and by pieces of numbers
 * and names, as the app asks for it. Beside it what a chunk of an import costs.
 */
import type { TestAccount } from '../factories/account.ts'
import { openAccount } from '../factories/account.ts'
import type { Session, TestDatabase } from '../support/database.ts'
import { atMost, count, percentile, reported, timed, type Figure, type Scale } from './measure.ts'
import { seedContacts, type SeededContacts } from './seedContacts.ts'
import { withDatabase, withServer } from './server.ts'

const SIZES = {
  smoke: { contacts: 2_000, runs: 2, chunks: 1 },
  small: { contacts: 100_000, runs: 11, chunks: 10 },
  full: { contacts: 1_000_000, runs: 21, chunks: 20 },
}
const PAGE_P95_MAX_MS = 150

type Filter = Record<string, unknown>

/** What people ask for, by what it is a measure of; the slowest of each kind counts. */
function filtersOf({ tagId, rareTagId, listId, campaignIds }: SeededContacts): Record<string, Filter[]> {
  const orders = ['newest', 'oldest', 'name', 'last_called']
  return {
    'first page, any order': orders.map((sort) => ({ sort })),
    'search by a piece of a number': ['555', '4812', '(303) 0123', '0303 0999999'].map((text) => ({ text })),
    'search by a piece of a name': ['Nakamura', 'smith', 'ada smith', 'zz', 'a', 'nobody'].map((text) => ({ text })),
    'by status': ['new', 'queued', 'calling', 'called', 'success', 'failed', 'opted_out'].flatMap((status) => [{ statuses: [status] }, { statuses: [status], sort: 'oldest' }]),
    'by tag or list, any order': [tagId, rareTagId].flatMap((id) => orders.map((sort): Filter => ({ tag_ids: [id], sort }))).concat(orders.map((sort) => ({ list_id: listId, sort }))),
    'by campaign and outcome': [...campaignIds.map((id): Filter => ({ campaign_id: id })), { campaign_id: campaignIds[0], outcomes: ['busy'] },
      { outcomes: ['answered'] }, { outcomes: ['canceled'] }],
    'by consent, zone and day': [{ has_consent: true }, { has_consent: false }, { time_zone: 'America/New_York' }, { time_zone: 'Pacific/Honolulu' },
      { time_zone: 'unknown' }],
    'by several at once': [{ tag_ids: [tagId], statuses: ['called'] }, { text: 'smith', statuses: ['failed'] },
      { list_id: listId, has_consent: false, time_zone: 'America/Chicago' }],
  }
}

export async function measureContacts(scale: Scale): Promise<Figure[]> {
  const { contacts, runs, chunks } = SIZES[scale]
  return withServer((bench) => withDatabase(bench, async (db) => {
    const account = await openAccount(db)
    const seeded = await seedContacts(db, account, contacts)
    const session = await db.session({ userId: account.userId })
    const figures: Figure[] = []
    for (const [kind, filters] of Object.entries(filtersOf(seeded))) {
      figures.push(await slowest(session, account, { kind: `${kind}, of ${count(contacts)}`, filters, runs }))
    }
    figures.push(...await importCost(db, account, chunks))
    await session.close()
    return figures
  }))
}

interface Asked { kind: string, filters: Filter[], runs: number }

async function slowest(session: Session, { accountId }: TestAccount, { kind, filters, runs }: Asked): Promise<Figure> {
  const worst: number[] = []
  for (const filter of filters) {
    const times: number[] = []
    for (let run = 0; run < runs; run++) times.push(await timed(() => session.rpc('search_contacts', { filter: { account_id: accountId, ...filter } })))
    worst.push(percentile(times, 95))
  }
  return atMost(reported(`contacts, ${kind}: p95 of the slowest`, Math.max(...worst), 'ms'), PAGE_P95_MAX_MS)
}

/** A thousand new contacts at a time: tried, then sent. */
async function importCost(db: TestDatabase, { accountId, userId }: TestAccount, chunks: number): Promise<Figure[]> {
  const owner = db.asUser(userId)
  const { import_id } = await owner.rpc<{ import_id: string }>('create_import', { account_id: accountId, file_name: 'bench.csv' })
  const [tried, sent]: [number[], number[]] = [[], []]
  for (let chunk = 0; chunk < chunks; chunk++) {
    const rows = Array.from({ length: 1000 }, (_, index) => rowOf(chunk * 1000 + index))
    tried.push(await timed(() => owner.rpc('check_import_rows', { import_id, rows })))
    sent.push(await timed(() => owner.rpc('import_contacts', { import_id, chunk, rows })))
  }
  return [reported('import, 1,000 rows tried: p50', percentile(tried, 50), 'ms'), reported('import, 1,000 rows sent: p50', percentile(sent, 50), 'ms')]
}

const rowOf = (number: number) => ({
  row: number + 2, phone: `+1212${String(number).padStart(7, '0')}`, name: `Person ${number}`, email: `person${number}@example.org`, company: 'Orbit',
  time_zone: 'America/New_York', attributes: { city: 'Springfield', plan: 'gold' },
})
