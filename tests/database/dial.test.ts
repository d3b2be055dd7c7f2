import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { callState, claim, dialOne } from '../factories/call.ts'
import { startedCampaign, type TestCampaign } from '../factories/campaign.ts'
import type { Session, TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('the instant of dialling', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaign: TestCampaign
  let phone: string
  const begin = (callId: string) => db.asService().rpc('begin_dial', { call_id: callId })
  const claimed = async () => (await claim(db))[0]?.call_id ?? ''
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    campaign = await startedCampaign(account)
    phone = (await db.sql`select phone from public.contacts`)[0]?.phone as string
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  test('a call is begun once: the second begin gets nothing', async () => {
    const callId = await claimed()
    // Without a gap nothing but the call's own state stands in the way of a second dial.
    await db.sql`update public.account_rules set minimum_gap_seconds = 0`
    expect(await Promise.all([begin(callId), begin(callId), begin(callId)]).then((answers) => answers.filter(Boolean))).toHaveLength(1)
  })

  test('carries the words of the version pinned at start, not of a later edit', async () => {
    await account.owner.rpc('save_assistant', { account_id: account.accountId, assistant_id: campaign.assistantId, content: { name: 'Ava', voice_id: 'emma', language: 'en', greeting: 'NEW', instructions: 'NEW', maximum_seconds: 60 } })
    expect(await begin(await claimed())).toMatchObject({ to: phone, maximum_seconds: 300, assistant: { voice_ref: 'Elliot', greeting: 'Hi {name}, this is Ava of Company.' } })
  })

  test.each([
    ['its lease is over', () => db.shiftClock('31 seconds')],
    ['its turn on the line has not come', () => db.sql`update public.calls set dial_at = private.now() + interval '5 seconds'`],
  ])('refuses when %s, and leaves the call to its time', async (_why, happen) => {
    const callId = await claimed()
    await happen()
    expect(await begin(callId)).toBeNull()
    expect(await callState(db, callId)).toMatchObject({ state: 'reserved' })
  })

  test.each([
    ['its campaign was paused behind the engine\'s back', 'campaign_not_active', () => db.sql`with halted as (update engine.campaigns set is_active = false) update public.campaigns set status = 'paused'`],
    ['dialling is switched off', 'switched_off', () => db.sql`update engine.settings set enabled = false`],
    ['the number was listed behind the engine\'s back', 'do_not_call', () => db.sql`insert into public.do_not_call (account_id, phone, source) values (${account.accountId}, ${phone}, 'hand')`],
    ['the window has closed meanwhile', 'window_closed', () => db.sql`update public.campaign_windows set opens_at = '00:00', closes_at = '00:01'`],
    ['consent was taken back behind the engine\'s back', 'no_consent', () => db.sql`update public.consents set revoked_at = private.now(), revoke_reason = 'asked'`],
    ['the contact has said other hours meanwhile', 'wish', () => db.sql`update public.contacts set calls_from = '20:00', calls_until = '21:00'`],
    ['the day it was counted on is over', 'day_over', () => db.sql`with counted as (update engine.campaigns set day = day - 1) update public.calls set counted_day = counted_day - 1`],
    ['its line was held meanwhile', 'line_held', () => db.sql`update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '1 minute'`],
  ])('refuses when %s, says so and sends the contact back at once', async (_why, reason, happen) => {
    const callId = await claimed()
    await happen()
    expect(await begin(callId)).toBeNull()
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false, dialled_at: null })
    expect(await db.sql`select reason, phone from public.dial_denials`).toEqual([{ reason, phone }])
  })

  test('a lane whose window closed before its time is asked anew, and sends nobody again', async () => {
    const callId = await claimed()
    await db.sql`update public.campaign_windows set opens_at = '00:00', closes_at = '00:01'`
    await begin(callId)
    expect(await claim(db)).toEqual([])
  })

  test('no answer comes too late to be heard without harm: a call that was never begun stays reserved', async () => {
    const callId = await claimed()
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'unknown' } })
    expect(await callState(db, callId)).toMatchObject({ state: 'reserved' })
  })

  test('does not wait for somebody who holds the account: the call then goes back when its lease ends', async () => {
    const callId = await claimed()
    await db.sql`update public.campaign_windows set opens_at = '00:00', closes_at = '00:01'`
    const person = await db.session({ userId: account.userId })
    await person.begin()
    await person.rpc('opt_out_number', { account_id: account.accountId, phone: '+12025559999' })
    expect(await begin(callId)).toBeNull()
    await person.commit()
    await person.close()
    expect(await callState(db, callId)).toMatchObject({ state: 'reserved' })
    await db.shiftClock('31 seconds')
    await db.sql`select private.tick()`
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
  })

  test('keeps what the call was allowed by', async () => {
    const callId = await claimed()
    await begin(callId)
    const call = await callState(db, callId)
    expect(Number(call.lease_until) - Number(call.dialled_at)).toBe(60_000)
    expect(call.dial_facts).toMatchObject({ time_zone: 'America/New_York', region: 'US-DC', purpose: 'service', is_listed: false, calls_in_period: 0, max_calls: 3,
      per_hours: 24, minimum_gap_seconds: 600, rule_version: call.rule_version })
    expect((call.dial_facts as { local_time: string }).local_time).toMatch(/T09:\d\d:\d\d$/)
  })

  describe.each([
    ['pause', () => ['pause_campaign', { campaign_id: campaign.campaignId }] as const],
    ['stop', () => ['stop_campaign', { campaign_id: campaign.campaignId }] as const],
    ['opt-out', () => ['opt_out_number', { account_id: account.accountId, phone }] as const],
  ])('against a %s', (_name, command) => {
    let dispatcher: Session
    let person: Session
    beforeEach(async () => {
      dispatcher = await db.session('service')
      person = await db.session({ userId: account.userId })
    })
    afterEach(async () => {
      await Promise.all([dispatcher.close(), person.close()])
    })

    test('the dial that was begun first stands; the command waits and voids nothing', async () => {
      const callId = await claimed()
      await dispatcher.begin()
      expect(await dispatcher.rpc('begin_dial', { call_id: callId })).not.toBeNull()
      const [name, args] = command()
      const commanded = person.rpc(name, args)
      await db.untilSomebodyWaits()
      await dispatcher.commit()
      await commanded
      expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
    })

    test('the command that came first wins: the dial waits for its commit and gets nothing', async () => {
      const callId = await claimed()
      await person.begin()
      const [name, args] = command()
      await person.rpc(name, args)
      const begun = dispatcher.rpc('begin_dial', { call_id: callId })
      await db.untilSomebodyWaits()
      await person.commit()
      expect(await begun).toBeNull()
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
    })
  })

  test.each([
    ['opt-out', () => ['opt_out_number', { account_id: account.accountId, phone }, `insert into public.do_not_call (account_id, phone, source) values ('${account.accountId}', '${phone}', 'hand')`] as const],
    ['withdrawn consent', async () => ['revoke_consent', { consent_id: (await db.sql`select id from public.consents`)[0]?.id, reason: 'asked' }, 'select from public.contacts for no key update'] as const],
    ['stop', async () => {
      await db.sql`select private.notify(${account.accountId}, ${campaign.campaignId}, 'failure_rate')`
      return ['stop_campaign', { campaign_id: campaign.campaignId }, 'select from public.notices for update'] as const
    }],
  ])('no %s that waits for something says an earlier time than a dial that began meanwhile', async (_name, command) => {
    const callId = await claimed()
    const [name, args, hold] = await command()
    const holder = await db.holding(hold)
    const commanded = account.owner.rpc(name, args)
    await db.untilSomebodyWaits()
    const begun = begin(callId)
    // Not for the account, which the command holds: either it is told to dial at once, or it waits for the command.
    await Promise.race([begun, expect.poll(() => db.whoWaits()).toHaveLength(2)])
    await Promise.all([commanded, begun, holder.close()])
    await expectInvariants(db)
  })

  describe('the provider\'s answer', () => {
    const note = (callId: string, result: Record<string, unknown>) => db.asService().rpc('record_dial', { call_id: callId, result })
    const enrolment = async () => (await account.owner.rpc<{ rows: Record<string, unknown>[] }>('list_enrolments', { campaign_id: campaign.campaignId })).rows[0]
    const line = async () => (await db.sql`select * from engine.provider_lines`)[0]

    test('an acceptance is noted once and a second one changes nothing', async () => {
      const { callId } = await dialOne(db)
      const provider_call_id = randomUUID()
      await note(callId, { kind: 'accepted', provider_call_id })
      const { accepted_at } = await callState(db, callId)
      await note(callId, { kind: 'accepted', provider_call_id: randomUUID() })
      expect(await callState(db, callId)).toMatchObject({ state: 'dialing', provider_call_id, accepted_at })
      await note(callId, { kind: 'unknown' })
      expect(await callState(db, callId)).toMatchObject({ state: 'dialing' })
    })

    test('a refused number is final, counts, and keeps the provider\'s words', async () => {
      const { callId } = await dialOne(db)
      await note(callId, { kind: 'refused', class: 'number', message: 'not in service' })
      expect(await callState(db, callId)).toMatchObject({ state: 'settled', is_counted: true, outcome: 'failed', billed_seconds: 0 })
      expect(await enrolment()).toMatchObject({ status: 'blocked', reason: 'invalid_number', reason_detail: 'not in service', attempts: 1 })
    })

    test('capacity does not count, slows the line and tries again soon', async () => {
      const { callId } = await dialOne(db)
      await note(callId, { kind: 'refused', class: 'capacity', message: 'Over Concurrency Limit' })
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
      expect(await enrolment()).toMatchObject({ status: 'waiting', attempts: 0 })
      expect((await line())?.tokens).toBeLessThan(10)
      await db.shiftClock('61 seconds')
      expect(await claim(db)).toHaveLength(1)
    })

    test('capacity with a time to wait holds the line that long, ten minutes at most, and never shortens a hold', async () => {
      await note((await dialOne(db)).callId, { kind: 'refused', class: 'capacity', message: 'Slow down', retry_after_ms: 120_000 })
      expect(await line()).toMatchObject({ hold_reason: 'capacity' })
      expect(await account.owner.rpc('get_campaign', { campaign_id: campaign.campaignId })).toMatchObject({ status: 'active', wait_reason: 'line_held' })
      await db.shiftClock('90 seconds')
      expect(await claim(db)).toEqual([])
      await db.shiftClock('31 seconds')
      const { callId } = await dialOne(db)
      await db.sql`update engine.provider_lines set hold_reason = 'daily_limit', hold_until = private.now() + interval '6 hours'`
      await note(callId, { kind: 'refused', class: 'capacity', message: 'Slow down', retry_after_ms: 1000 })
      expect(await line()).toMatchObject({ hold_reason: 'daily_limit' })
      await db.shiftClock('6 hours 1 minute')
      await note((await dialOne(db)).callId, { kind: 'refused', class: 'capacity', message: 'Slow down', retry_after_ms: 9e12 })
      const [row] = await db.sql`select round(extract(epoch from hold_until - private.now()) / 60)::int as minutes from engine.provider_lines`
      expect(row).toEqual({ minutes: 10 })
    })

    test.each(['auth', 'billing', 'daily_limit'])('%s is our side: it does not count and holds the line', async (cause) => {
      const { callId } = await dialOne(db)
      await note(callId, { kind: 'refused', class: cause, message: 'no' })
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
      expect((await line())?.hold_reason).toBe(cause)
      expect(await account.owner.rpc('get_campaign', { campaign_id: campaign.campaignId })).toMatchObject({ status: 'active', wait_reason: 'line_held' })
    })

    test('a refused assistant pauses the campaign with the reason', async () => {
      const { callId } = await dialOne(db)
      await note(callId, { kind: 'refused', class: 'assistant', message: 'voice not found' })
      expect(await account.owner.rpc('get_campaign', { campaign_id: campaign.campaignId })).toMatchObject({ status: 'paused', pause_reason: 'assistant', pause_details: { words: 'voice not found' }, counters: { waiting: 1 } })
    })

    test('no answer at all is unknown: nothing is redialled and the reservation stays', async () => {
      const { callId } = await dialOne(db)
      await note(callId, { kind: 'unknown', cause: 'timeout' })
      await db.shiftClock('5 minutes')
      await db.sql`select private.tick()`
      expect(await claim(db)).toEqual([])
      expect(await account.owner.rpc('current_wallet', { account_id: account.accountId })).toMatchObject({ reserved_seconds: 300 })
      expect((await db.asService().rpc<{ calls: unknown[] }>('calls_to_check', { batch_size: 10 })).calls).toMatchObject([{ call_id: callId, must_list: true }])
    })

    test('a refusal that comes after a sign of life is not believed', async () => {
      const { callId, attemptId } = await dialOne(db)
      await db.asService().rpc('record_call_event', { event: { provider: 'vapi', dedupe_key: 'x', type: 'status-update', attempt_id: attemptId, provider_call_id: 'p', state: 'ringing' }, body: {} })
      await db.asService().rpc('process_call_events', { batch_size: 10 })
      await note(callId, { kind: 'refused', class: 'number', message: 'late' })
      expect(await callState(db, callId)).toMatchObject({ state: 'ringing' })
    })

    test('nor is one that waited for whoever noted that sign', async () => {
      const { callId } = await dialOne(db)
      const holder = await db.holding(`select private.lock_account('${account.accountId}')`)
      const noted = note(callId, { kind: 'refused', class: 'number', message: 'late' })
      await db.untilSomebodyWaits()
      await holder.query(`update public.calls set accepted_at = private.now() where id = '${callId}'`)
      await holder.commit()
      await Promise.all([noted, holder.close()])
      expect(await callState(db, callId)).toMatchObject({ state: 'dialing', settled_at: null })
    })
  })
})
