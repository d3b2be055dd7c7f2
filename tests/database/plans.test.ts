/** What is asked all the time is planned once in a session, not once each time: planning took three times as long as the work. */
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { acceptedCall, report, sendEvent } from '../factories/call.ts'
import { createCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

/** The request, the thin function in front and what is asked of a constant table; the database says how often it planned, and where. */
const PLANNED_EACH_TIME = 4
/** The thin function in front. */
const PLANNED_EACH_DASHBOARD = 1
/** The database tries plans for the very values five times before it keeps one for all. */
const UNTIL_KEPT = 6

type Asked = postgres.Sql | postgres.TransactionSql

let db: TestDatabase
beforeAll(async () => {
  db = await createDatabase()
})
afterAll(() => db.drop())

test('settles a call with the plans that it made for an earlier one', async () => {
  const account = await openAccount(db)
  const { campaignId } = await createCampaign(account, { contacts: 4 })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const { session, planned } = listened()
  for (let number = 0; number < 3; number++) {
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    // What changed is sent each time: on a slow machine alone the third would be the first to find half a second over.
    await db.admin`with a as (update engine.accounts set sent_at = null) update engine.campaigns set sent_at = null`
    await session`select set_config('log_planner_stats', ${number === 2 ? 'on' : 'off'}, false), set_config('client_min_messages', 'log', false)`
    planned.length = 0
    const [row] = await session<[{ answer: { processed: number } }]>`select public.process_call_events(10) as answer`
    expect(row.answer.processed).toBe(1)
  }
  await session.end()
  expect(planned.length, 'the planner was heard').toBeGreaterThan(0)
  expect(planned.length, planned.join('\n')).toBeLessThanOrEqual(PLANNED_EACH_TIME)
})

test('shows a dashboard with the plans that it made for earlier ones', async () => {
  const account = await openAccount(db)
  const { campaignId } = await createCampaign(account, { contacts: 1 })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const { session, planned } = listened()
  await session`select set_config('request.jwt.claim.sub', ${account.userId}, false)`
  for (let number = 0; number <= UNTIL_KEPT; number++) {
    await session`select set_config('log_planner_stats', ${number === UNTIL_KEPT ? 'on' : 'off'}, false), set_config('client_min_messages', 'log', false)`
    planned.length = 0
    const [row] = await session<[{ answer: { running: unknown[] } }]>`select public.dashboard(${account.accountId}) as answer`
    expect(row.answer.running).toHaveLength(1)
  }
  await session.end()
  expect(planned.length, 'the planner was heard').toBeGreaterThan(0)
  expect(planned.length, planned.join('\n')).toBeLessThanOrEqual(PLANNED_EACH_DASHBOARD)
})

/** It tries them while the account has nobody, and a first import makes more than the planner has heard of. */
test('judges the chunks of an import without reading everybody who is in already', async () => {
  const { accountId, userId } = await openAccount(db)
  const session = postgres(db.url, { max: 1 })
  await session`select set_config('request.jwt.claim.sub', ${userId}, false)`
  const [{ id }] = await session<[{ id: string }]>`select public.create_import(${accountId}, 'people.csv') ->> 'import_id' as id`
  const rowsOf = (chunk: number) => session.json(Array.from({ length: 1000 }, (_, index) => ({ row: index + 2, phone: `+1212${2_000_000 + chunk * 1000 + index}`, name: 'Ada' })))
  const tried = (chunk: number, asked: Asked = session) => asked`select public.check_import_rows(${id}, ${rowsOf(chunk)})`
  const sent = (chunk: number, asked: Asked = session) => asked`select public.import_contacts(${id}, ${chunk}, ${rowsOf(chunk)})`
  for (let chunk = 0; chunk <= UNTIL_KEPT; chunk++) await tried(chunk)
  for (let chunk = 0; chunk <= UNTIL_KEPT; chunk++) await sent(chunk)
  const readBy = (work: typeof sent) => session.begin(async (asked) => {
    await work(UNTIL_KEPT + 1, asked)
    const [{ count }] = await asked<[{ count: number }]>`
      select (seq_tup_read + idx_tup_fetch)::int as count from pg_stat_xact_user_tables where relid = 'public.contacts'::regclass`
    return count
  })
  const read = [await readBy(tried), await readBy(sent)]
  await session.end()
  // Planning itself may look at the ends of an index; the plan that hashes everybody read a thousand times as many.
  expect(Math.max(...read)).toBeLessThan(10)
})

function listened(): { session: postgres.Sql, planned: string[] } {
  const planned: string[] = []
  const session = postgres(db.url, { max: 1, onnotice: ({ message, where }) => message === 'PLANNER STATISTICS' && planned.push(where ?? 'the request') })
  return { session, planned }
}
