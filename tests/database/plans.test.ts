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

function listened(): { session: postgres.Sql, planned: string[] } {
  const planned: string[] = []
  const session = postgres(db.url, { max: 1, onnotice: ({ message, where }) => message === 'PLANNER STATISTICS' && planned.push(where ?? 'the request') })
  return { session, planned }
}
