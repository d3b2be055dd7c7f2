/** Nobody waits for what is behind another account's lock: each of these waits was half of a deadlock (tests/stress finds the other half). */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import type { Session, TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('the order of locks', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaign: TestCampaign
  let one: Session
  let other: Session
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    campaign = await startedCampaign(account, { contacts: 2 })
    one = await db.session('postgres')
    other = await db.session('postgres')
    // Whoever waits where nobody should fails instead of hanging.
    for (const session of [one, other]) await session.query(`select set_config('lock_timeout', '2s', false)`)
  })
  afterEach(async () => {
    await Promise.all([one.close(), other.close()])
    await expectInvariants(db)
  })
  afterAll(() => db.drop())
  const hold = (session: Session, row: string) => session.query(`select from ${row} for update nowait`)

  test('a heartbeat leaves a silent call to the next one while somebody works on its account', async () => {
    const { callId } = await acceptedCall(db)
    await db.shiftClock('2 minutes')
    await one.begin()
    await hold(one, `engine.accounts where account_id = '${account.accountId}'`)
    await hold(one, `engine.campaigns where campaign_id = '${campaign.campaignId}'`)
    await other.query('select private.tick()')
    expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
    await one.commit()
    await other.query('select private.tick()')
    expect(await callState(db, callId)).toMatchObject({ state: 'unknown' })
  })

  test('the search for missed wake-ups does not wait for an account, and finds the lane a minute later', async () => {
    await db.sql`update engine.lanes set next_at = null`
    await one.begin()
    await hold(one, `engine.accounts where account_id = '${account.accountId}'`)
    expect(await other.query('select private.sweep_missed_wakes(private.now()) as missed')).toEqual([{ missed: 0 }])
    await one.commit()
    expect(await other.query('select private.sweep_missed_wakes(private.now()) as missed')).toEqual([{ missed: 1 }])
  })

  describe('recordings', () => {
    const recorded = async () => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId))
      await processEvents(db)
      return callId
    }
    /** What a heartbeat has when it goes on to the events of the account. */
    const holdCampaign = async () => {
      await one.begin()
      await hold(one, `engine.accounts where account_id = '${account.accountId}'`)
      await hold(one, `engine.campaigns where campaign_id = '${campaign.campaignId}'`)
    }

    test('the answer to a copy waits for the account and has nothing meanwhile that its holder may want', async () => {
      const callId = await recorded()
      const { jobs: [job] } = await db.asService().rpc<{ jobs: { id: number }[] }>('claim_outbox', { batch_size: 1 })
      await holdCampaign()
      const answered = db.asService().rpc('record_outbox', { id: job!.id, result: { ok: true, path: 'a.mp3' } })
      await db.untilSomebodyWaits()
      await hold(one, `public.calls where id = '${callId}'`)
      await one.commit()
      expect(await answered).toEqual({ state: 'done' })
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'stored' })
    })

    test.each([
      ['without a job', 'delete from engine.outbox', ['recording_requeued']],
      ['whose workers died', `update engine.outbox set tries = 8, lease_until = private.now() - interval '1 second'`, ['job_abandoned', 'recording_lost']],
    ])('the search for recordings %s leaves an account that somebody works on to the next minute, and it alone', async (_which, loss, found) => {
      await recorded()
      await account.owner.rpc('pause_campaign', { campaign_id: campaign.campaignId })
      const stranger = await openAccount(db)
      await startedCampaign(stranger)
      await recorded()
      await db.sql.unsafe(loss)
      await db.shiftClock('6 minutes')
      const repairs = async ({ accountId }: TestAccount) => (await db.sql`select kind from engine.repairs where account_id = ${accountId} order by kind`).map(({ kind }) => kind as string)
      await holdCampaign()
      await other.query('select private.sweep_outbox(private.now())')
      expect(await repairs(account)).toEqual([])
      expect(await repairs(stranger), 'nobody is at it').toEqual(found)
      await one.commit()
      await other.query('select private.sweep_outbox(private.now())')
      expect(await repairs(account)).toEqual(found)
    })
  })

  test('an event that came before its call is matched by one worker; another does not wait for it', async () => {
    const { callId, attemptId } = await acceptedCall(db)
    await sendEvent(db, { attempt_id: attemptId, provider_call_id: 'another-call', state: 'ringing' })
    await db.sql`update public.calls set provider_call_id = null where id = ${callId}`
    await one.begin()
    await one.query('select private.match_stray_events(private.now())')
    await other.query('select private.process_call_events(500)')
    await one.commit()
    await other.query('select private.process_call_events(500)')
    expect(await callState(db, callId)).toMatchObject({ state: 'ringing', provider_call_id: 'another-call' })
  })

  test('who changes an account twice does not wait for whoever claims on its line', async () => {
    await one.begin()
    await one.query('select private.claim_calls(10)')
    expect(await one.query('select from public.calls')).toHaveLength(2)
    const stranger = await openAccount(db)
    // Of a row that one has changed oneself the references are looked up again: that takes the line's key, and only that.
    await other.begin()
    for (let time = 0; time < 2; time++) await other.query(`update engine.accounts set changed_at = private.now() where account_id = '${stranger.accountId}'`)
    await other.commit()
    await one.commit()
  })

  test.each([
    ['a pause', () => account.owner.rpc('pause_campaign', { campaign_id: campaign.campaignId })],
    ['a stop', () => account.owner.rpc('stop_campaign', { campaign_id: campaign.campaignId })],
  ])('%s that waits for its line holds nothing of other accounts', async (_what, command) => {
    await claim(db)
    const stranger = await openAccount(db)
    const { campaignId } = await startedCampaign(stranger)
    await db.sql`update engine.campaigns set changed_at = private.now(), sent_at = null where campaign_id = ${campaignId}`
    await one.begin()
    await hold(one, 'engine.provider_lines')
    const commanded = command()
    await db.untilSomebodyWaits()
    await hold(one, `engine.campaigns where campaign_id = '${campaignId}'`)
    await one.commit()
    await commanded
  })
})
