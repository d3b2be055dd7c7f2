import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

describe('the way of one call', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  test('a call is reserved, dialled, talked, settled, and costs what was talked in started minutes', async () => {
    const { campaignId } = await startedCampaign(account)
    const { callId, providerCallId } = await acceptedCall(db)
    await expectInvariants(db)
    expect(await account.owner.rpc('current_wallet', { account_id: account.accountId })).toMatchObject({ balance_seconds: 1200, reserved_seconds: 300, spendable_seconds: 900 })
    await sendEvent(db, { provider_call_id: providerCallId, state: 'ringing' })
    await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'in_progress' })
    await sendEvent(db, report(providerCallId, 61))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'answered', talk_seconds: 61, billed_seconds: 120, recording_state: 'pending' })
    expect(await account.owner.rpc('current_wallet', { account_id: account.accountId })).toMatchObject({ balance_seconds: 1080, reserved_seconds: 0 })
    const campaign = await account.owner.rpc('get_campaign', { campaign_id: campaignId })
    expect(campaign).toMatchObject({ status: 'completed', used_seconds: 120, counters: { enrolled: 1, reached: 1, waiting: 0 }, outcomes: { answered: 1 } })
    await expectInvariants(db)
    expect(await claim(db)).toEqual([])
  })
})
