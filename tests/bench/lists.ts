/**
 * What row level security costs the lists of the app, on large tables: for somebody who sees few of the rows, and for somebody who
 * sees most. Beside each the same rows as the owner of the tables reads them, who has to name the account.
 */
import type { TestDatabase } from '../support/database.ts'
import { OWNER, timeOf, type Place } from './readers.ts'
import { beside, count, gate, reported, round, type Figure, type Scale } from './measure.ts'
import { seedCampaigns } from './seed.ts'
import { seedOver } from './seedOver.ts'
import { seedSpread } from './seedSpread.ts'
import { withDatabase, withServer } from './server.ts'

const SIZES = {
  smoke: { many: 2_000, few: 50, runs: 3 },
  small: { many: 100_000, few: 1_000, runs: 21 },
  full: { many: 1_000_000, few: 1_000, runs: 41 },
}
const OTHERS = 200
const RLS_MAX = 5

type Size = (typeof SIZES)[Scale]
/** All that one sees when nothing but the policy says what that is, the filter that the app adds, and the order of its pages. */
interface List { name: string, columns: string, table: string, filter: (place: Place) => string, order: string, page: (place: Place) => string }

const ofAccount = ({ account }: Place): string => `account_id = '${account.accountId}'`
const LISTS: List[] = [
  { name: 'contacts', columns: 'id, name, phone, email, company, time_zone, created_at', table: 'public.contacts', filter: ofAccount, order: 'created_at desc, id desc',
    page: ({ account }) => `public.search_contacts('{"account_id": "${account.accountId}"}')` },
  { name: 'enrolments', columns: 'id, contact_id, status, attempts, outcome, position', table: 'public.enrolments', filter: ({ campaignId }) => `campaign_id = '${campaignId}'`,
    order: 'position, id', page: ({ campaignId }) => `public.list_enrolments('${campaignId}')` },
  { name: 'calls', columns: 'id, contact_id, state, outcome, talk_seconds, created_at', table: 'public.calls', filter: ofAccount, order: 'created_at desc, id desc',
    page: ({ account }) => `public.list_calls('{"account_id": "${account.accountId}"}')` },
  { name: 'do-not-call', columns: 'id, phone, source, reason, created_at', table: 'public.do_not_call', filter: ofAccount, order: 'created_at desc, id desc',
    page: ({ account }) => `public.list_do_not_call('{"account_id": "${account.accountId}"}')` },
]

export async function measureLists(scale: Scale): Promise<Figure[]> {
  const { many, few, runs } = SIZES[scale]
  return withServer((bench) => withDatabase(bench, async (db) => {
    // Half of all rows belong to one account, most of the others to many.
    await seedSpread(db, { accounts: OTHERS, campaignsEach: 1, contactsEach: many / 2 / OTHERS })
    const [most, someone] = [await seedCampaigns(db, { accounts: 1, contactsEach: many / 2 }), await seedCampaigns(db, { accounts: 1, contactsEach: few })]
    const places = { most: most[0]!, few: someone[0]! }
    await seedOver(db)
    await db.admin`vacuum (analyze)`
    const figures: Figure[] = []
    for (const list of LISTS) {
      figures.push(await allOfFew(db, list, places.few, SIZES[scale]), await pageOfMost(db, list, places.most, runs))
      for (const [sees, place] of Object.entries(places)) {
        figures.push(reported(`${list.name}, page as the app asks for it, sees ${sees}`, await timeOf(db, place, `select ${list.page(place)}`, runs), 'ms'))
      }
    }
    return figures
  }))
}

async function allOfFew(db: TestDatabase, { name, columns, table, filter, order }: List, place: Place, { runs, many }: Size): Promise<Figure> {
  const secured = await timeOf(db, place, `select ${columns} from ${table} order by ${order}`, runs)
  const plain = await timeOf(db, OWNER, `select ${columns} from ${table} where ${filter(place)} order by ${order}`, runs)
  return gate('R11', beside(reported(`${name}, all that one sees beside ${count(many)} rows of others, by policy alone`, secured, 'ms'),
    'owner with filter', secured / plain, { max: RLS_MAX }))
}

async function pageOfMost(db: TestDatabase, { name, columns, table, filter, order }: List, place: Place, runs: number): Promise<Figure> {
  const query = `select ${columns} from ${table} where ${filter(place)} order by ${order} limit 20`
  const [secured, plain] = [await timeOf(db, place, query, runs), await timeOf(db, OWNER, query, runs)]
  // No gate: beside the twenty rows of an index, looking up the permissions is all that one sees.
  return { ...reported(`${name}, first page under the policy, sees most`, secured, 'ms'), against: 'owner with filter', ratio: round(secured / plain) }
}
