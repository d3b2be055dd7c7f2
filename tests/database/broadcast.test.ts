import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

/** Levels of an index; five thousand rows of accounts are over a hundred and fifty. */
const FEW_PAGES = 20

describe('what the pages are told', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaignId: string
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    campaignId = (await startedCampaign(account, { contacts: 2 })).campaignId
  })
  afterAll(() => db.drop())

  const messages = async () => db.admin<{ call_ids: string[] }[]>`
    select payload -> 'call_ids' as call_ids from realtime.messages where topic = ${`campaign:${campaignId}`} order by inserted_at`

  /** A ringing call, everything about it announced, and half a second gone by. */
  async function ringingCall() {
    const call = await acceptedCall(db)
    await sendEvent(db, { provider_call_id: call.providerCallId, state: 'ringing' })
    await processEvents(db)
    await db.shiftClock('1 second')
    await processEvents(db)
    await db.shiftClock('1 second')
    return { ...call, told: (await messages()).length }
  }

  test('a change is announced with the call it concerns as soon as it is known', async () => {
    const { callId, providerCallId, told } = await ringingCall()
    await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
    expect(await processEvents(db)).toMatchObject({ processed: 1, unsent_ms: null })
    expect((await messages()).slice(told)).toEqual([{ call_ids: [callId] }])
  })

  test('a second change within half a second is kept back, and its hour is told', async () => {
    const { callId, providerCallId, told } = await ringingCall()
    await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
    await processEvents(db)
    await sendEvent(db, { provider_call_id: providerCallId, state: 'ended' })
    const { unsent_ms: unsentMs } = await processEvents(db)
    expect(unsentMs).toBeGreaterThanOrEqual(50)
    expect(unsentMs).toBeLessThanOrEqual(500)
    expect(await messages()).toHaveLength(told + 1)
    await db.shiftClock(`${unsentMs} milliseconds`)
    expect(await processEvents(db)).toMatchObject({ processed: 0, unsent_ms: null })
    expect((await messages()).slice(told + 1)).toEqual([{ call_ids: [callId] }])
  })

  test('what does not change costs nothing, however many accounts there are', async () => {
    await processEvents(db)
    await db.admin`analyze engine.accounts, engine.campaigns`
    const before = await pagesRead()
    // As if they had been opened: of accounts that nobody uses the engine's row is all that counts here.
    await db.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      await sql`insert into engine.accounts (account_id, concurrency_max, billing_increment_seconds) select gen_random_uuid(), 10, 60 from generate_series(1, 5000)`
      await sql`analyze engine.accounts, engine.campaigns`
    })
    expect(await pagesRead()).toBeLessThan(before + FEW_PAGES)
  })

  /** Of a second call: the first one in a session also reads the catalogue. */
  async function pagesRead(): Promise<number> {
    return db.admin.begin(async (sql) => {
      await sql`select private.broadcast_changes()`
      const [row] = await sql`explain (analyze, buffers, format json) select private.broadcast_changes()`
      const [{ Plan: plan }] = row!['QUERY PLAN'] as [{ Plan: Record<string, number> }]
      return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
    })
  }
})
