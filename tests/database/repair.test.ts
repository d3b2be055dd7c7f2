/** The failure model: whatever dies, is lost or comes late, no call stays open, none is dialled twice, and each repair leaves a row. */
import { randomUUID } from 'node:crypto'
import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Check { call_id: string, must_list: boolean, absence_counts: boolean, provider_call_id: string | null }

describe('repair', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaign: TestCampaign
  let rivals: ReservedSql[]
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    campaign = await startedCampaign(account)
    rivals = []
  })
  afterEach(async () => {
    for (const rival of rivals) {
      await rival.unsafe('rollback')
      rival.release()
    }
    await expectInvariants(db)
    // Each tick may be the night's, which would set right what was left wrong.
    expect(await db.sql`select facts from engine.repairs where kind = 'counter_corrected'`).toEqual([])
  })
  afterAll(() => db.drop())

  const tick = async () => ((await db.sql<{ answer: { repairs: Record<string, number> } }[]>`select private.tick() as answer`)[0]?.answer)
  const repairs = async () => (await db.sql<{ kind: string }[]>`select kind from engine.repairs order by id`).map(({ kind }) => kind)
  const toCheck = async () => (await db.asService().rpc<{ calls: Check[] }>('calls_to_check', { batch_size: 50 })).calls
  const note = (callId: string, result: Record<string, unknown>) => db.asService().rpc('record_dial', { call_id: callId, result })
  const check = (callId: string, facts: Record<string, unknown>) => db.asService().rpc('record_call_check', { call_id: callId, facts })
  const enrolment = async () => (await db.sql`select status, attempts from public.enrolments where campaign_id = ${campaign.campaignId}`)[0]
  const slots = async () => (await db.sql`select a.in_flight, a.reserved_seconds::int as reserved, l.in_flight as on_line from engine.accounts a, engine.provider_lines l`)[0]
  const free = { in_flight: 0, reserved: 0, on_line: 0 }
  const lost = async () => {
    const call = await dialOne(db)
    await note(call.callId, { kind: 'unknown', cause: 'timeout' })
    return call
  }
  const found = (providerCallId: string, facts: Record<string, unknown> = {}) => ({ kind: 'found', event: { provider: 'vapi', dedupe_key: randomUUID(), type: 'poll', provider_call_id: providerCallId, ...facts } })

  /** A transaction of its own, which the test begins here and commits itself. */
  async function transaction(): Promise<ReservedSql> {
    const rival = await db.sql.reserve()
    await rival.unsafe('begin')
    rivals.push(rival)
    return rival
  }

  /** The first acts and waits with its commit; the second acts meanwhile, may have to wait, and goes on after it. */
  async function inThisOrder(first: string, second: string): Promise<void> {
    const [one, other] = [await transaction(), await transaction()]
    await one.unsafe(first)
    const waiting = other.unsafe(second).then(() => other.unsafe('commit'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await one.unsafe('commit')
    await waiting
  }

  describe('a dispatcher dies', () => {
    test('after the claim: the contact goes back uncounted with the same attempt number, can be claimed at once, and the repair is noted', async () => {
      const [claimed] = await claim(db, 1)
      await db.shiftClock('29 seconds')
      expect((await tick())?.repairs).toEqual({})
      await db.shiftClock('2 seconds')
      expect((await tick())?.repairs).toEqual({ never_dialled: 1 })
      expect(await callState(db, claimed?.call_id ?? '')).toMatchObject({ state: 'voided', is_counted: false, dialled_at: null })
      expect(await slots()).toEqual(free)
      expect(await claim(db, 5)).toHaveLength(1)
      expect((await db.sql`select attempt_no from public.calls where settled_at is null`)[0]).toEqual({ attempt_no: 1 })
    })

    test('after the dial: the provider is asked for, by listing, and nobody is redialled meanwhile', async () => {
      const { callId } = await dialOne(db)
      await db.shiftClock('59 seconds')
      await tick()
      expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
      expect(await toCheck()).toEqual([])
      await db.shiftClock('2 seconds')
      await tick()
      expect(await callState(db, callId)).toMatchObject({ state: 'unknown' })
      expect(await toCheck()).toMatchObject([{ call_id: callId, must_list: true, absence_counts: false }])
      expect(await claim(db, 5)).toEqual([])
      expect(await repairs()).toEqual(['not_heard'])
    })

    describe('and comes back while its lease is being swept', () => {
      const sweep = 'select private.sweep_leases(private.now())'

      test('the dial that was begun first stands', async () => {
        const [claimed] = await claim(db, 1)
        await db.sql`update public.calls set dial_at = private.now()`
        const [dispatcher, sweeper] = [await transaction(), await transaction()]
        await dispatcher.unsafe(`select private.begin_dial('${claimed?.call_id}')`)
        await db.shiftClock('31 seconds')
        const swept = sweeper.unsafe(sweep).then(() => sweeper.unsafe('commit'))
        await new Promise((resolve) => setTimeout(resolve, 50))
        await dispatcher.unsafe('commit')
        await swept
        expect(await callState(db, claimed?.call_id ?? '')).toMatchObject({ state: 'dialing' })
        expect(await repairs()).toEqual([])
      })

      test('the void that came first stands, and the dial gets nothing', async () => {
        const [claimed] = await claim(db, 1)
        await db.shiftClock('31 seconds')
        await inThisOrder(sweep, `select private.begin_dial('${claimed?.call_id}')`)
        expect(await callState(db, claimed?.call_id ?? '')).toMatchObject({ state: 'voided', dialled_at: null })
      })

      test.each([['the acceptance first', true], ['the sweep first', false]])('%s: an accepted call is accepted', async (_order, acceptsFirst) => {
        const { callId } = await dialOne(db)
        await db.shiftClock('61 seconds')
        const accept = `select private.record_dial('${callId}', '{"kind": "accepted", "provider_call_id": "p"}')`
        await inThisOrder(acceptsFirst ? accept : sweep, acceptsFirst ? sweep : accept)
        expect(await callState(db, callId)).toMatchObject({ state: 'dialing', provider_call_id: 'p' })
      })
    })
  })

  describe('accepted but not ringing', () => {
    test('after a minute it counts as unknown and is asked for by its id, every fifteen seconds and then ever more rarely', async () => {
      const { callId, providerCallId } = await acceptedCall(db)
      await db.shiftClock('61 seconds')
      expect((await tick())?.repairs).toEqual({ not_heard: 1 })
      expect(await toCheck()).toMatchObject([{ call_id: callId, must_list: false, provider_call_id: providerCallId }])
      expect(await toCheck()).toEqual([])
      await db.shiftClock('16 seconds')
      expect(await toCheck()).toHaveLength(1)
      await db.shiftClock('2 hours')
      await tick()
      expect(await toCheck()).toHaveLength(1)
      await db.shiftClock('1 minute')
      expect(await toCheck()).toEqual([])
      await db.shiftClock('2 minutes')
      expect(await toCheck()).toHaveLength(1)
    })

    test('an answer that may still start keeps its slot until the provider shows how it ended', async () => {
      const { callId } = await dialOne(db)
      await note(callId, { kind: 'accepted_blocked', provider_call_id: 'p' })
      expect(await slots()).toMatchObject({ in_flight: 1 })
      await check(callId, found('p', { state: 'dialing' }))
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'unknown' })
      await check(callId, found('p', { state: 'ended', is_report: true, outcome: 'failed', failure_scope: 'capacity', ended_reason: 'over-the-limit' }))
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', is_counted: false })
      expect(await slots()).toEqual(free)
    })

    test('is adopted where it stands when the provider knows it, and the adoption is noted once', async () => {
      const { callId } = await lost()
      const facts = found('p', { state: 'ringing' })
      await check(callId, facts)
      await check(callId, facts)
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'ringing', provider_call_id: 'p' })
      expect(await repairs()).toEqual(['adopted'])
    })
  })

  describe('never placed', () => {
    const absent = { kind: 'absent', absence_counts: true }

    test('absent from a listing made too early decides nothing, however late its answer comes', async () => {
      const { callId } = await lost()
      await db.shiftClock('110 seconds')
      expect(await toCheck()).toMatchObject([{ absence_counts: false }])
      await db.shiftClock('1 minute')
      await check(callId, { kind: 'absent', absence_counts: false })
      await check(callId, { kind: 'absent' })
      expect(await callState(db, callId)).toMatchObject({ state: 'unknown' })
    })

    test('absent from a complete one it is voided and counted once, and is not due again soon', async () => {
      const { callId } = await lost()
      await db.shiftClock('121 seconds')
      expect(await toCheck()).toMatchObject([{ absence_counts: true }])
      await Promise.all([check(callId, absent), check(callId, absent)])
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: true, ended_reason: 'not-placed', billed_seconds: 0 })
      expect(await enrolment()).toMatchObject({ status: 'waiting', attempts: 1 })
      expect(await slots()).toEqual(free)
      expect(await repairs()).toEqual(['not_placed'])
      await db.shiftClock('9 minutes')
      expect(await claim(db, 5)).toEqual([])
    })

    test('is also believed when the provider could not be asked until the slot was freed', async () => {
      const { callId } = await lost()
      await db.shiftClock('20 minutes')
      await tick()
      expect(await callState(db, callId)).toMatchObject({ state: 'ended' })
      expect(await toCheck()).toMatchObject([{ call_id: callId, absence_counts: true }])
      await check(callId, absent)
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: true })
      expect(await repairs()).toEqual(['slot_freed', 'not_placed'])
    })

    test.each([['the acceptance', true], ['the void', false]])('a late acceptance and the void meet, %s first', async (_who, acceptsFirst) => {
      const { callId } = await lost()
      await db.shiftClock('121 seconds')
      const accept = `select private.record_dial('${callId}', '{"kind": "accepted", "provider_call_id": "p"}')`
      const void_ = `select private.record_call_check('${callId}', '{"kind": "absent", "absence_counts": true}')`
      await inThisOrder(acceptsFirst ? accept : void_, acceptsFirst ? void_ : accept)
      const call = await callState(db, callId)
      expect(call).toMatchObject(acceptsFirst ? { state: 'dialing', found_late_at: null } : { state: 'voided', provider_call_id: 'p' })
      expect(await repairs()).toEqual(acceptsFirst ? [] : ['not_placed', 'found_late'])
    })

    test.each([['the report', true], ['the void', false]])('a report and the void meet, %s first: what was talked is posted once', async (_who, reportFirst) => {
      const { callId, attemptId } = await lost()
      await db.shiftClock('121 seconds')
      await sendEvent(db, { ...report('p', 61), attempt_id: attemptId })
      const settle = 'select private.process_call_events(100)'
      const void_ = `select private.record_call_check('${callId}', '{"kind": "absent", "absence_counts": true}')`
      await inThisOrder(reportFirst ? settle : void_, reportFirst ? void_ : settle)
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: reportFirst ? 'settled' : 'voided', billed_seconds: 120, talk_seconds: 61 })
      expect(await db.sql`select from public.ledger_entries where call_id = ${callId}`).toHaveLength(1)
    })
  })

  describe('found late', () => {
    const voided = async () => {
      const call = await lost()
      await db.shiftClock('121 seconds')
      await check(call.callId, { kind: 'absent', absence_counts: true })
      return call
    }

    test('a sign of life marks the void and raises the alarm; the report is asked for and posted once', async () => {
      const { callId, attemptId } = await voided()
      await sendEvent(db, { attempt_id: attemptId, provider_call_id: 'ghost', state: 'in_progress' })
      await processEvents(db)
      expect((await callState(db, callId)).found_late_at).not.toBeNull()
      expect((await db.sql`select verb from public.activity_log where verb = 'call.found_late'`)).toHaveLength(1)
      expect(await toCheck()).toEqual([])
      await db.shiftClock('10 minutes')
      expect(await toCheck()).toMatchObject([{ call_id: callId, must_list: false, provider_call_id: 'ghost' }])
      for (const key of ['one', 'two']) {
        await check(callId, found('ghost', { ...report('ghost', 61), dedupe_key: key }))
        await processEvents(db)
      }
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', billed_seconds: 120, talk_seconds: 61 })
      await db.shiftClock('1 hour')
      expect(await toCheck()).toEqual([])
      expect(await repairs()).toEqual(['not_placed', 'found_late', 'late_settled'])
    })

    test('several in one batch never take more than the balance holds', async () => {
      await startedCampaign(account, { contacts: 4 })
      await db.sql`update engine.accounts set concurrency_max = 10`
      // Minutes for four at once; the fifth is dialled when the others were given back.
      const calls = []
      for (const batch of [4, 1]) {
        const dialled = []
        for (let n = 0; n < batch; n++) dialled.push(await lost())
        await db.shiftClock('121 seconds')
        for (const { callId } of dialled) await check(callId, { kind: 'absent', absence_counts: true })
        calls.push(...dialled)
      }
      for (const [n, { attemptId }] of calls.entries()) await sendEvent(db, { ...report(`ghost-${n}`, 600), attempt_id: attemptId })
      await processEvents(db)
      const [sum] = await db.sql`select balance_seconds::int as left, (select sum(billed_seconds)::int from public.calls) as billed from engine.accounts`
      expect(sum).toEqual({ left: 0, billed: 1200 })
    })

    test('what was never dialled cannot come to life', async () => {
      const [claimed] = await claim(db, 1)
      await db.shiftClock('31 seconds')
      await tick()
      const { attempt_id } = await callState(db, claimed?.call_id ?? '')
      await sendEvent(db, { ...report('ghost', 61), attempt_id })
      await processEvents(db)
      await db.asService().rpc('record_dial', { call_id: claimed?.call_id, result: { kind: 'accepted', provider_call_id: 'ghost' } })
      expect(await callState(db, claimed?.call_id ?? '')).toMatchObject({ found_late_at: null, billed_seconds: 0 })
    })
  })

  describe('silence', () => {
    test('a call in progress past its time is asked about, then gives its slot back, and keeps its reservation until it is settled', async () => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
      await processEvents(db)
      await db.shiftClock('359 seconds')
      expect(await toCheck()).toEqual([])
      await db.shiftClock('2 seconds')
      expect(await toCheck()).toMatchObject([{ call_id: callId }])
      expect(await slots()).toMatchObject({ in_flight: 1 })
      await db.shiftClock('120 seconds')
      expect((await tick())?.repairs).toEqual({ slot_freed: 1 })
      expect(await slots()).toEqual({ in_flight: 0, reserved: 300, on_line: 0 })
      expect(await toCheck()).toMatchObject([{ call_id: callId }])
      await check(callId, found(providerCallId, { ...report(providerCallId, 90) }))
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'answered', billed_seconds: 120 })
      expect(await repairs()).toEqual(['slot_freed', 'settled_by_asking'])
    })

    test('an ended call whose report does not come within a minute is asked about', async () => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, { provider_call_id: providerCallId, state: 'ended' })
      await processEvents(db)
      expect(await toCheck()).toEqual([])
      await db.shiftClock('61 seconds')
      expect(await toCheck()).toMatchObject([{ call_id: callId }])
    })

    test('an end dated years ahead by the provider\'s clock is asked about all the same', async () => {
      const { providerCallId } = await acceptedCall(db)
      await sendEvent(db, { provider_call_id: providerCallId, state: 'ended', ended_at: '2099-01-01T00:00:00Z' })
      await processEvents(db)
      await db.shiftClock('9 minutes')
      expect(await toCheck()).toHaveLength(1)
    })

    test('nothing known a day later: settled without use, and slots, minutes and the contact are free again', async () => {
      const { callId } = await lost()
      await db.shiftClock('24 hours 1 minute')
      expect((await tick())?.repairs).toMatchObject({ slot_freed: 1, no_record: 1 })
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', outcome: 'failed', billed_seconds: 0, ended_reason: 'no-record-within-24-hours' })
      expect(await slots()).toEqual(free)
      expect(await toCheck()).toEqual([])
    })

    test.each([['the report', true], ['the sweep', false]])('the report and the sweep meet, %s first: one slot is freed once', async (_who, reportFirst) => {
      const { callId, providerCallId } = await acceptedCall(db)
      await db.shiftClock('10 minutes')
      await sendEvent(db, report(providerCallId, 61))
      const [settle, sweep] = ['select private.process_call_events(100)', 'select private.sweep_stale(private.now())']
      await inThisOrder(reportFirst ? settle : sweep, reportFirst ? sweep : settle)
      await processEvents(db)
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', billed_seconds: 120 })
      expect(await slots()).toEqual(free)
    })

    test.each([['the webhook', true], ['the answer', false]])('webhook and answer to a question meet, %s first: one consume', async (_who, webhookFirst) => {
      const { callId, providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, 61))
      const webhook = 'select private.process_call_events(100)'
      const event = JSON.stringify(found(providerCallId, { ...report(providerCallId, 61), dedupe_key: 'polled' }))
      const answer = `select private.record_call_check('${callId}', '${event}'), private.process_call_events(100)`
      await inThisOrder(webhookFirst ? webhook : answer, webhookFirst ? answer : webhook)
      await processEvents(db)
      expect(await db.sql`select from public.ledger_entries where call_id = ${callId}`).toHaveLength(1)
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', billed_seconds: 120 })
    })
  })

  describe('several at once', () => {
    test('two askers share the calls, and two ticks repair each once', async () => {
      await startedCampaign(account, { contacts: 3 })
      for (let n = 0; n < 4; n++) await dialOne(db)
      await db.shiftClock('61 seconds')
      await Promise.all([tick(), tick(), tick()])
      expect(await repairs()).toEqual(['not_heard', 'not_heard', 'not_heard', 'not_heard'])
      const [one, other] = [await db.session('service'), await db.session('service')]
      await one.begin()
      const first = (await one.rpc<{ calls: Check[] }>('calls_to_check', { batch_size: 2 })).calls
      const second = (await other.rpc<{ calls: Check[] }>('calls_to_check', { batch_size: 50 })).calls
      await one.commit()
      expect([...first, ...second].map(({ call_id }) => call_id)).toHaveLength(4)
      expect(new Set([...first, ...second].map(({ call_id }) => call_id)).size).toBe(4)
      await Promise.all([one.close(), other.close()])
    })

    test('what has waited longest for an answer is asked about first', async () => {
      await startedCampaign(account, { contacts: 1 })
      const [one, other] = [await lost(), await lost()]
      const asked = async () => (await db.asService().rpc<{ calls: Check[] }>('calls_to_check', { batch_size: 1 })).calls.map(({ call_id }) => call_id)
      expect(await asked()).toEqual([one.callId])
      expect(await asked()).toEqual([other.callId])
      await db.shiftClock('20 seconds')
      expect(await asked()).toEqual([one.callId])
    })
  })
})
