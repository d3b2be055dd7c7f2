/** What looks after the engine slowly: recordings that wait for nobody, counters beside their rows, lanes that sleep too long, and what operators see. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('upkeep', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaign: TestCampaign
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    campaign = await startedCampaign(account)
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const tick = async () => ((await db.sql<{ answer: { repairs: Record<string, number> } }[]>`select private.tick() as answer`)[0]?.answer)
  const repairs = async () => (await db.sql<{ kind: string }[]>`select kind from engine.repairs order by id`).map(({ kind }) => kind)

  describe('recordings', () => {
    const recorded = async () => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, 61))
      await processEvents(db)
      return callId
    }
    /** Mails are told of here, too; they are no recordings. */
    const jobs = async () => (await db.asService().rpc<{ jobs: { id: number, kind: string }[] }>('claim_outbox', { batch_size: 10 })).jobs.filter(({ kind }) => kind === 'copy_recording')

    test('a job whose workers die eight times is given up, and the call says that there is no recording', async () => {
      const callId = await recorded()
      for (let n = 0; n < 8; n++) {
        expect(await jobs()).toHaveLength(1)
        await db.shiftClock('121 seconds')
      }
      await tick()
      expect(await jobs()).toEqual([])
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'failed' })
      expect(await repairs()).toEqual(['job_abandoned', 'recording_lost'])
    })

    test.each([1, 2, undefined])('a copied one says of how many channels it is: %s', async (channels) => {
      const callId = await recorded()
      const copied = { ok: true, path: `${account.accountId}/${callId}.mp3`, content_type: 'audio/mpeg', bytes: 5, channels }
      await db.asService().rpc('record_outbox', { id: (await jobs())[0]?.id, result: copied })
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'stored', recording_channels: channels ?? null })
      expect(await account.owner.rpc('get_call', { call_id: callId })).toMatchObject({ recording_path: copied.path, recording_channels: channels ?? null })
    })

    test('a job that fails for good is said on the call', async () => {
      const callId = await recorded()
      await db.asService().rpc('record_outbox', { id: (await jobs())[0]?.id, result: { ok: false, is_final: true, error: 'gone' } })
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'failed' })
      expect((await db.sql`select kind, facts ->> 'why' as why from engine.repairs`)[0]).toEqual({ kind: 'recording_lost', why: 'gone' })
    })

    test('one that nobody was to copy gets a job; without the provider\'s id it is lost', async () => {
      const callId = await recorded()
      await db.sql`delete from engine.outbox`
      await db.shiftClock('6 minutes')
      await tick()
      expect(await jobs()).toHaveLength(1)
      expect(await repairs()).toEqual(['recording_requeued'])
      await db.sql`delete from engine.outbox`
      await db.sql`update public.calls set provider_call_id = null where id = ${callId}`
      await db.shiftClock('6 minutes')
      await tick()
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'failed' })
    })
  })

  describe('counters beside their rows', () => {
    test('what differs is seen, set right at night, noted with what it was, and what was waiting for it goes on', async () => {
      await acceptedCall(db)
      await tick()
      await db.sql`update engine.accounts set in_flight = in_flight + 2, reserved_seconds = reserved_seconds + 600`
      await db.sql`update engine.campaigns set in_flight = in_flight + 1`
      await db.sql`update engine.provider_lines set in_flight = in_flight + 3`
      expect((await db.sql`select private.engine_health() as health`)[0]?.health).toMatchObject({ counter_faults: 3 })
      await db.shiftClock('24 hours')
      // The open call is past its time by now as well: its slot goes first, and then the counters.
      await db.sql`select private.sweep_counters()`
      await expectInvariants(db)
      const facts = await db.sql<{ facts: object }[]>`select facts from engine.repairs where kind = 'counter_corrected' order by id`
      expect(facts.map(({ facts }) => facts)).toMatchObject([
        { was_in_flight: 3, in_flight: 1, was_reserved_seconds: 900, reserved_seconds: 300 },
        { campaign_id: campaign.campaignId, was_in_flight: 2, in_flight: 1 },
        { was_in_flight: 4, in_flight: 1 }])
    })

    test('the nightly sweep is one tick\'s, and finds nothing where nothing is wrong', async () => {
      await acceptedCall(db)
      await Promise.all([tick(), tick()])
      expect(await repairs()).toEqual([])
      const [sweeps] = await db.sql`select count(*)::int as n from engine.sweeps where swept_at > private.now() - interval '1 minute'`
      expect(sweeps).toEqual({ n: 2 })
    })
  })

  test('a missed wake-up is made good within a minute, and noted with the lane', async () => {
    await tick()
    await db.sql`update engine.lanes set next_at = null`
    await db.sql`update engine.accounts set next_at = null`
    await db.shiftClock('61 seconds')
    expect(await tick()).toMatchObject({ missed_wakes: 1, repairs: { missed_wake: 1 } })
    expect(await claim(db, 5)).toHaveLength(1)
  })

  test('operators see what waits and what was repaired', async () => {
    const { callId } = await dialOne(db)
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'unknown', cause: 'timeout' } })
    await db.shiftClock('61 seconds')
    expect((await db.sql`select private.engine_health() as health`)[0]?.health).toMatchObject({ unheard_calls: 1, quarantined_events: 0, counter_faults: 0, repairs_last_hour: {} })
    await db.asService().rpc('record_call_check', { call_id: callId, facts: { kind: 'found', event: { provider: 'vapi', dedupe_key: 'k', type: 'poll', provider_call_id: 'p', state: 'ringing' } } })
    expect((await db.sql`select private.engine_health() as health`)[0]?.health).toMatchObject({ oldest_event_seconds: 0, repairs_last_hour: { adopted: 1 } })
  })
})
