/** What every webhook causes is planned once in a session, not once a webhook: planning took three times as long as the work. */
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { acceptedCall, report, sendEvent } from '../factories/call.ts'
import { createCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

/** The request, the thin function in front and what is asked of a constant table; the database says how often it planned, and where. */
const PLANNED_EACH_TIME = 4

let db: TestDatabase
beforeAll(async () => {
  db = await createDatabase()
})
afterAll(() => db.drop())

test('settles a call with the plans that it made for an earlier one', async () => {
  const account = await openAccount(db)
  const { campaignId } = await createCampaign(account, { contacts: 4 })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const planned: string[] = []
  const session = postgres(db.url, { max: 1, onnotice: ({ message, where }) => message === 'PLANNER STATISTICS' && planned.push(where ?? 'the request') })
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
