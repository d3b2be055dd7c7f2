import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('what the provider reports', () => {
  let db: TestDatabase
  let account: TestAccount
  const balance = async () => (await account.owner.rpc<{ balance_seconds: number }>('current_wallet', { account_id: account.accountId })).balance_seconds
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await startedCampaign(account, { contacts: 2 })
  })
  afterEach(async () => {
    await expectInvariants(db)
    // Each tick may be the night's, which would set right what was left wrong.
    expect(await db.sql`select facts from engine.repairs where kind = 'counter_corrected'`).toEqual([])
  })
  afterAll(() => db.drop())

  test('the same event is stored once; the same fact under another key moves no money twice', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    expect(await sendEvent(db, report(providerCallId))).toEqual({ is_new: true })
    expect(await sendEvent(db, report(providerCallId))).toEqual({ is_new: false })
    await processEvents(db)
    await sendEvent(db, report(providerCallId, 500, { dedupe_key: 'another' }))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ billed_seconds: 120, talk_seconds: 61 })
    expect(await balance()).toBe(1080)
  })

  test('a call is closed once: closed again it stays as it is, and frees nothing twice', async () => {
    const { callId } = await acceptedCall(db)
    const close = async (talk_seconds: number) => (await db.sql`select private.close_calls(${account.accountId},
      ${db.sql.json([{ call_id: callId, state: 'settled', outcome: 'answered', talk_seconds }])}) as ids`)[0]?.ids as string[]
    expect([await close(61), await close(500)]).toEqual([[callId], []])
    expect(await callState(db, callId)).toMatchObject({ billed_seconds: 120, talk_seconds: 61 })
    expect(await balance()).toBe(1080)
  })

  test('two workers settling at once post one entry', async () => {
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await Promise.all([processEvents(db), processEvents(db), processEvents(db)])
    expect(await balance()).toBe(1080)
  })

  test('late events of lower rank move nothing back', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    for (const state of ['ended', 'ringing', 'in_progress', 'dialing']) await sendEvent(db, { provider_call_id: providerCallId, state })
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'ended' })
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'answered' })
  })

  test('an end frees the slot at once; the reservation waits for the report', async () => {
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, { provider_call_id: providerCallId, state: 'ended' })
    await processEvents(db)
    const [row] = await db.sql`select in_flight, reserved_seconds::int as reserved_seconds from engine.accounts where account_id = ${account.accountId}`
    expect(row).toEqual({ in_flight: 0, reserved_seconds: 300 })
  })

  test('the timeline runs forward, whichever of the carrier\'s answers came first', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, { provider_call_id: providerCallId, state: 'ringing' })
    await processEvents(db)
    await db.sql`update public.calls set ringing_at = dialled_at + interval '1 second', accepted_at = dialled_at + interval '2 seconds' where id = ${callId}`
    const { timeline } = await account.owner.rpc<{ timeline: { kind: string }[] }>('get_call', { call_id: callId })
    expect(timeline.map(({ kind }) => kind)).toEqual(['reserved', 'dialled', 'ringing', 'accepted'])
  })

  test('an event that comes before the dial was noted finds its call by the attempt id', async () => {
    const { callId, attemptId } = await dialOne(db)
    await sendEvent(db, { attempt_id: attemptId, provider_call_id: 'early', state: 'ringing' })
    await processEvents(db)
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: 'early' } })
    expect(await callState(db, callId)).toMatchObject({ state: 'ringing', provider_call_id: 'early' })
  })

  test('an event with only a provider id waits until the dial is noted, and is closed as nobody\'s after ten minutes', async () => {
    const { callId } = await dialOne(db)
    await sendEvent(db, { provider_call_id: 'later', state: 'in_progress' })
    await sendEvent(db, { provider_call_id: 'nobody', state: 'in_progress' })
    await processEvents(db)
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: 'later' } })
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'in_progress' })
    await db.shiftClock('11 minutes')
    await processEvents(db)
    expect(await db.sql`select error from engine.provider_events where provider_call_id = 'nobody' and processed_at is not null`).toHaveLength(1)
  })

  test('an attempt id under a provider id that is not the call\'s changes nothing', async () => {
    const { callId, attemptId } = await acceptedCall(db)
    await sendEvent(db, report('somebody-else', 600, { attempt_id: attemptId }))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
    expect(await balance()).toBe(1200)
  })

  test('an unknown type is stored and moves nothing', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, { provider_call_id: providerCallId, type: 'hang', state: null })
    await sendEvent(db, { type: 'unknown', state: null, provider_call_id: null })
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
  })

  test('talk beyond the reservation is our loss, never the customer\'s', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 400))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ billed_seconds: 300, overrun_seconds: 120 })
    expect(await balance()).toBe(900)
  })

  test.each([['failed', 'account', null], ['failed', 'capacity', null], ['failed', 'transient', null], ['answered', null, null]])(
    'a report that says %s (%s) of a conversation in which somebody spoke counts, and nobody is called again for it', async (outcome, failure_scope, started_at) => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, 12, { outcome, failure_scope, started_at, ended_at: null, engaged: true, technical_failure: true, ended_reason: 'pipeline-error-openai-llm-failed' }))
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'answered', is_counted: true, technical_failure: true })
      expect(await db.sql`select e.status, e.attempts from public.enrolments e join public.calls c on c.enrolment_id = e.id where c.id = ${callId}`)
        .toEqual([{ status: 'reached', attempts: 1 }])
      expect(await db.sql`select status from public.campaigns`).toEqual([{ status: 'active' }])
    })

  test('"answered" without any conversation is nobody answering', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 0, { started_at: null, ended_at: null }))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ outcome: 'no_answer', billed_seconds: 0 })
  })

  test('a fault of our account at the provider does not count and pauses the campaign', async () => {
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 0, { outcome: 'failed', failure_scope: 'account', ended_reason: 'call.start.error-subscription-frozen', started_at: null, ended_at: null }))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'settled', is_counted: false })
    const [campaign] = await db.sql`select status, pause_reason, pause_details from public.campaigns`
    expect(campaign).toEqual({ status: 'paused', pause_reason: 'assistant', pause_details: { words: 'call.start.error-subscription-frozen' } })
  })

  test('a poison event is set apart after five tries and the others go on', async () => {
    const poisoned = await acceptedCall(db)
    const healthy = await acceptedCall(db)
    await sendEvent(db, { provider_call_id: poisoned.providerCallId, state: 'ringing', started_at: 'not a time' })
    await sendEvent(db, report(healthy.providerCallId))
    for (let round = 0; round < 6; round++) await processEvents(db)
    expect(await callState(db, healthy.callId)).toMatchObject({ state: 'settled' })
    expect(await callState(db, poisoned.callId)).toMatchObject({ state: 'dialing' })
    expect(await db.sql`select 1 from engine.provider_events where quarantined_at is not null`).toHaveLength(1)
  })

  test('a poison event alone is blamed: those before it are worked on at once, those after it once it is set apart', async () => {
    await startedCampaign(account)
    const [before, poisoned, after] = [await acceptedCall(db), await acceptedCall(db), await acceptedCall(db)]
    await sendEvent(db, report(before.providerCallId))
    await sendEvent(db, { provider_call_id: poisoned.providerCallId, state: 'ringing', started_at: 'not a time' })
    await sendEvent(db, report(after.providerCallId))
    await processEvents(db)
    expect(await callState(db, before.callId)).toMatchObject({ state: 'settled' })
    expect((await db.sql`select tries from engine.provider_events order by id`).map(({ tries }) => tries as number)).toEqual([0, expect.any(Number), 0])
    for (let round = 0; round < 6; round++) await processEvents(db)
    expect(await callState(db, after.callId)).toMatchObject({ state: 'settled' })
  })

  test.each([['a deadlock', '40P01'], ['a full disk', '53100']])('%s is not the event\'s fault: it is noted, and the event is worked on again', async (_what, code) => {
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await db.sql.unsafe(`create function public.fail() returns trigger language plpgsql as $$ begin raise sqlstate '${code}'; end $$;
      create trigger fails before update on public.calls for each row execute function public.fail()`)
    for (let round = 0; round < 6; round++) await processEvents(db)
    expect(await db.sql`select tries, quarantined_at from engine.provider_events`).toEqual([{ tries: 0, quarantined_at: null }])
    expect(await db.sql`select facts ->> 'code' as code, count(*)::int as times from engine.repairs group by 1`).toEqual([{ code, times: 6 }])
    await db.sql.unsafe('drop trigger fails on public.calls; drop function public.fail()')
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ state: 'settled' })
  })

  describe('and what it does not report', () => {
    const tick = () => db.sql`select private.tick()`
    /** The provider's listing does not have the call. */
    const askAbout = async (callId: string) => {
      const { calls } = await db.asService().rpc<{ calls: { call_id: string, absence_counts: boolean }[] }>('calls_to_check', { batch_size: 10 })
      const absence_counts = calls.find((call) => call.call_id === callId)?.absence_counts ?? false
      return db.asService().rpc('record_call_check', { call_id: callId, facts: { kind: 'absent', absence_counts } })
    }

    test('a call that was claimed and never begun goes back uncounted when its lease ends', async () => {
      const [claimed] = await claim(db, 1)
      await db.shiftClock('60 seconds')
      await tick()
      expect(await callState(db, claimed?.call_id ?? '')).toMatchObject({ state: 'voided', is_counted: false, attempt_no: 1 })
      expect(await claim(db, 5)).toHaveLength(2)
    })

    test('a call absent from a complete listing is counted and not redialled soon; before two minutes nothing is decided', async () => {
      const { callId } = await dialOne(db)
      const absent = () => askAbout(callId)
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'unknown', cause: 'reset' } })
      expect(await absent()).toEqual({ state: 'unknown' })
      await db.shiftClock('121 seconds')
      expect(await absent()).toEqual({ state: 'voided' })
      expect(await callState(db, callId)).toMatchObject({ is_counted: true, billed_seconds: 0 })
      const [row] = await db.sql`select q.due_at > private.now() + interval '20 minutes' as is_later, q.attempt_no from engine.dial_queue q join public.calls c on c.enrolment_id = q.enrolment_id where c.id = ${callId}`
      expect(row).toEqual({ is_later: true, attempt_no: 2 })
    })

    test('a void that turns out to have been a call is posted once and leaves a mark', async () => {
      const { callId, attemptId } = await dialOne(db)
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'unknown', cause: 'reset' } })
      await db.shiftClock('121 seconds')
      await askAbout(callId)
      for (const key of ['one', 'two']) await sendEvent(db, { ...report('ghost', 61), attempt_id: attemptId, dedupe_key: key })
      await processEvents(db)
      const call = await callState(db, callId)
      expect(call).toMatchObject({ state: 'voided', billed_seconds: 120 })
      expect(call.found_late_at).not.toBeNull()
      expect(await balance()).toBe(1080)
      await sendEvent(db, { ...report('ghost', 241), attempt_id: attemptId, dedupe_key: 'three' })
      await processEvents(db)
      expect(await callState(db, callId), 'what was posted stands').toMatchObject({ billed_seconds: 120, talk_seconds: 61 })
      expect(await db.sql`select facts from engine.repairs where kind = 'late_settled'`).toMatchObject([{ facts: { talk_seconds: 61 } }])
    })

    test('a call past any possible length gives its slot back, and a day later its minutes', async () => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
      await processEvents(db)
      await db.shiftClock('10 minutes')
      await tick()
      expect(await callState(db, callId)).toMatchObject({ state: 'ended' })
      await db.shiftClock('24 hours')
      await tick()
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'failed', billed_seconds: 0 })
      expect(await balance()).toBe(1200)
    })

    test('a found call is adopted with what the provider knows', async () => {
      const { callId } = await dialOne(db)
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'unknown', cause: 'reset' } })
      const id = randomUUID()
      await db.asService().rpc('record_call_check', { call_id: callId, facts: { kind: 'found', event: { provider: 'vapi', ...report(id, 30) } } })
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'answered', billed_seconds: 60, provider_call_id: id })
    })
  })
})
