import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { beginCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { createAssistant, newPhone, startedCampaign } from '../factories/campaign.ts'
import { refusal, verifiedNumber, versionOf } from '../factories/ownNumber.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('a test call', () => {
  let db: TestDatabase
  let account: TestAccount
  let assistantId: string
  let version: string
  let phone: string
  const wish = (number = phone) => account.owner.rpc<{ call_id: string, dial_in_ms: number }>('request_test_call', { assistant_version_id: version, phone: number })
  const begin = (callId: string) => db.asService().rpc('begin_dial', { call_id: callId })
  const accept = (callId: string) => db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: callId } })
  const wallet = () => account.owner.rpc('current_wallet', { account_id: account.accountId })
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    assistantId = await createAssistant(account)
    version = await versionOf(account, assistantId)
    phone = await verifiedNumber(db, account)
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  test('holds its minutes while it runs and is settled like any other call', async () => {
    const { call_id: callId, dial_in_ms } = await wish()
    expect(dial_in_ms).toBeLessThanOrEqual(1000)
    expect(await wallet()).toMatchObject({ balance_seconds: 1200, reserved_seconds: 300 })
    expect(await account.owner.rpc('own_number')).toMatchObject({ running_call_id: callId, tests_left: 19 })
    const order = await beginCall<Record<string, unknown>>(db, callId)
    expect(order).toMatchObject({ to: phone, contact: { name: 'Ada Test', phone }, local_time: null, assistant: { greeting: 'Hi {name}, this is Ava of Company.' } })
    await accept(callId)
    await sendEvent(db, report(callId, 61))
    await processEvents(db)
    expect(await callState(db, callId)).toMatchObject({ kind: 'test', state: 'settled', outcome: 'answered', billed_seconds: 120, started_by: account.userId, campaign_id: null })
    expect(await wallet()).toMatchObject({ balance_seconds: 1080, reserved_seconds: 0 })
    expect((await account.owner.rpc<{ rows: unknown[] }>('list_ledger', { account_id: account.accountId })).rows[0]).toMatchObject({ kind: 'consume', note: 'Test call', call_id: callId })
    expect((await account.owner.rpc<{ transcript: unknown, ledger: unknown }>('get_call', { call_id: callId }))).toMatchObject({ kind: 'test', transcript: { summary: 'They said hello.' }, ledger: { delta_seconds: -120 } })
  })

  test('is money spent, and no call of a campaign, of the dashboard or of an assistant\'s figures', async () => {
    const { call_id: callId } = await wish()
    await beginCall(db, callId)
    await accept(callId)
    await sendEvent(db, report(callId, 61))
    await processEvents(db)
    const today = (await db.sql`select day::text from public.daily_stats`)[0]?.day
    expect(await account.owner.rpc('spend_per_day', { account_id: account.accountId, from_day: today, to_day: today })).toMatchObject({ totals: { billed_seconds: 120 } })
    expect(await account.owner.rpc('dashboard', { account_id: account.accountId })).toMatchObject({ today: { calls_count: 0 } })
    expect(await account.owner.rpc('get_report', { account_id: account.accountId })).toMatchObject({ figures: { calls_count: 0 }, outcomes: {}, spans: [], tests: { calls_count: 1, billed_seconds: 120 } })
    const { performance } = await account.owner.rpc<{ performance: { calls_count: number } | null }>('get_assistant', { assistant_id: assistantId })
    expect(performance?.calls_count ?? 0).toBe(0)
  })

  test('is begun once: the second begin gets nothing', async () => {
    const { call_id: callId } = await wish()
    await db.sql`update public.calls set dial_at = private.now()`
    expect((await Promise.all([begin(callId), begin(callId), begin(callId)])).filter(Boolean)).toHaveLength(1)
  })

  test('two wishes at once are one call', async () => {
    const answers = await Promise.allSettled([wish(), wish(), wish()])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusal(wish())).toEqual(['conflict', 'in_other_call'])
  })

  test('one whose function died is given up, its minutes come back and it is no test of the day', async () => {
    const { call_id: callId } = await wish()
    await db.shiftClock('1 minute')
    await db.sql`select private.tick()`
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
    expect(await wallet()).toMatchObject({ reserved_seconds: 0 })
    expect(await account.owner.rpc('own_number')).toMatchObject({ tests_left: 20 })
    await wish()
  })

  test('one whose answer was lost is asked about and never dialled again', async () => {
    const { call_id: callId } = await wish()
    await beginCall(db, callId)
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'unknown', cause: 'timeout' } })
    expect(await refusal(wish())).toEqual(['conflict', 'in_other_call'])
    await db.shiftClock('3 minutes')
    const { calls } = await db.asService().rpc<{ calls: { call_id: string }[] }>('calls_to_check', { batch_size: 10 })
    expect(calls.map(({ call_id }) => call_id)).toEqual([callId])
    await db.asService().rpc('record_call_check', { call_id: callId, facts: { kind: 'absent', absence_counts: true } })
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: true })
    expect(await wallet()).toMatchObject({ balance_seconds: 1200, reserved_seconds: 0 })
  })

  test.each([
    ['somebody else\'s number', 'not_verified', async () => void (phone = newPhone())],
    ['a number that was removed', 'not_verified', () => account.owner.rpc('remove_own_number')],
    ['a number on the list', 'do_not_call', () => account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })],
    ['an archived assistant', 'archived', () => account.owner.rpc('archive_assistant', { assistant_id: assistantId })],
    ['any number while dialling is off', 'switched_off', () => db.sql`update engine.settings set enabled = false`],
    ['any number while the line is held', 'line_held', () => db.sql`update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '1 minute'`],
    ['any number while the line is full', 'line_full', () => db.sql`update engine.provider_lines set next_dial_at = private.now() + interval '20 seconds'`],
    ['more than the account may call today', 'daily_cap', () => db.sql`update engine.accounts set daily_cap = 1, dialled_on_day = 1, day = (private.now() at time zone 'America/New_York')::date`],
  ])('refuses %s', async (_why, reason, happen) => {
    await happen()
    expect(await refusal(wish())).toEqual(['conflict', reason])
    expect(await wallet()).toMatchObject({ reserved_seconds: 0 })
    // What was set behind the engine's back is no fault of its books.
    await db.sql`update engine.accounts set dialled_on_day = 0, day = null where daily_cap = 1`
  })

  test('refuses a number that somebody else has verified', async () => {
    const other = await openAccount(db)
    phone = await verifiedNumber(db, other)
    expect(await refusal(wish())).toEqual(['conflict', 'not_verified'])
  })

  test('refuses when running calls hold the minutes', async () => {
    await startedCampaign(account)
    expect(await claim(db)).toHaveLength(1)
    await db.sql`select private.post_entry(${account.accountId}, 'adjust', -601, 'used')`
    expect(await wallet()).toMatchObject({ balance_seconds: 599, reserved_seconds: 300 })
    expect((await errorOf(wish())).code).toBe('insufficient_minutes')
  })

  test('refuses when the minutes are too few, and says how many are missing', async () => {
    await db.sql`select private.post_entry(${account.accountId}, 'adjust', -901, 'used')`
    const { code, details } = await errorOf(wish())
    expect([code, details]).toEqual(['insufficient_minutes', { reason: 'no_minutes', spendable_seconds: 299, needed_seconds: 300 }])
    await db.sql`select private.post_entry(${account.accountId}, 'adjust', 1, 'found')`
    await wish()
  })

  test('refuses when all slots of the account are taken', async () => {
    await startedCampaign(account, { contacts: 2, assistant: { maximum_seconds: 60 } })
    await db.sql`update engine.accounts set concurrency_max = 2`
    expect(await claim(db)).toHaveLength(2)
    expect(await refusal(wish())).toEqual(['conflict', 'no_slot'])
  })

  test('twenty a day to a number, whatever accounts they come from', async () => {
    await db.sql`insert into public.calls (account_id, kind, assistant_version_id, phone_number_id, provider_line_id, phone, state, reserved_seconds, billed_seconds, billing_increment_seconds,
      lease_until, dial_at, settled_at, rule_version, started_by) select ${account.accountId}, 'test', ${version}, l.phone_number_id, l.id, ${phone}, 'settled', 60, 0, 60,
      private.now(), private.now(), private.now(), 1, ${account.userId} from engine.provider_lines l cross join generate_series(1, 19) limit 19`
    expect(await account.owner.rpc('own_number')).toMatchObject({ tests_left: 1 })
    const { call_id: callId } = await wish()
    await beginCall(db, callId)
    await accept(callId)
    await sendEvent(db, report(callId, 1))
    await processEvents(db)
    expect(await refusal(wish())).toEqual(['rate_limited', 'tests'])
    await db.shiftClock('1 day')
    await wish()
  })

  test.each([
    ['the number was listed', () => db.sql`insert into public.do_not_call (account_id, phone, source) values (${account.accountId}, ${phone}, 'hand')`],
    ['dialling was switched off', () => db.sql`update engine.settings set enabled = false`],
    ['the line was held', () => db.sql`update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '1 minute'`],
    ['the number is the person\'s no more', () => account.owner.rpc('remove_own_number')],
  ])('is given up at the instant of dialling when %s meanwhile', async (_why, happen) => {
    const { call_id: callId } = await wish()
    await db.sql`update public.calls set dial_at = private.now()`
    await happen()
    expect(await begin(callId)).toBeNull()
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
    expect(await wallet()).toMatchObject({ reserved_seconds: 0 })
  })

  test('an opt-out and the dial: whichever comes first decides', async () => {
    const { call_id: callId } = await wish()
    await db.sql`update public.calls set dial_at = private.now()`
    const [person, dispatcher] = [await db.session({ userId: account.userId }), await db.session('service')]
    await person.begin()
    await person.rpc('opt_out_number', { account_id: account.accountId, phone })
    const begun = dispatcher.rpc('begin_dial', { call_id: callId })
    await db.untilSomebodyWaits()
    await person.commit()
    expect(await begun).toBeNull()
    expect(await callState(db, callId)).toMatchObject({ state: 'voided' })
    await account.owner.rpc('remove_opt_out', { account_id: account.accountId, phone, reason: 'a test' })
    const { call_id: next } = await wish()
    await db.sql`update public.calls set dial_at = private.now()`
    await dispatcher.begin()
    expect(await dispatcher.rpc('begin_dial', { call_id: next })).not.toBeNull()
    const listed = person.rpc('opt_out_number', { account_id: account.accountId, phone })
    await db.untilSomebodyWaits()
    await dispatcher.commit()
    await listed
    expect(await callState(db, next)).toMatchObject({ state: 'dialing' })
    await Promise.all([person.close(), dispatcher.close()])
  })

  test('counts in the caps and the gap of calls by campaigns to the same number', async () => {
    const { call_id: callId } = await wish()
    await beginCall(db, callId)
    await accept(callId)
    await sendEvent(db, report(callId, 5))
    await processEvents(db)
    await startedCampaign(account, { contacts: [{ phone }] })
    expect(await claim(db)).toEqual([])
    expect(await db.sql`select reason from public.dial_denials`).toMatchObject([{ reason: expect.stringMatching(/gap|cap/) as string }])
  })

  test('a refusal by the provider ends it: the number\'s fault counts, no other does', async () => {
    const { call_id: callId } = await wish()
    await beginCall(db, callId)
    await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'refused', class: 'assistant', message: 'bad voice' } })
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false, ended_reason: 'bad voice' })
    const { call_id: next } = await wish()
    await beginCall(db, next)
    await db.asService().rpc('record_dial', { call_id: next, result: { kind: 'refused', class: 'number', message: 'no such number' } })
    expect(await callState(db, next)).toMatchObject({ state: 'settled', outcome: 'failed', failure_scope: 'number', billed_seconds: 0 })
  })

  describe('of a campaign', () => {
    const wishFor = (campaign_id: string) => account.owner.rpc<{ call_id: string }>('request_test_call', { assistant_version_id: version, phone, campaign_id })
    test('speaks as the campaign will, and is no call of it', async () => {
      const { campaign_id: campaignId } = await account.owner.rpc<{ campaign_id: string }>('save_campaign', { account_id: account.accountId, campaign_id: null,
        content: { name: 'Spring', assistant_id: assistantId, time_zone: 'UTC', prompt: 'Mention the spring sale.', voice_id: 'emma' } })
      const { call_id: callId } = await wishFor(campaignId)
      expect(await beginCall(db, callId)).toMatchObject({ assistant: { voice_ref: 'Emma', instructions: expect.stringContaining('Mention the spring sale.') as string } })
      expect(await callState(db, callId)).toMatchObject({ campaign_id: null, tried_campaign_id: campaignId })
      expect((await db.sql`select in_flight, reserved_seconds::int, dialled_on_day from engine.campaigns`)).toEqual([{ in_flight: 0, reserved_seconds: 0, dialled_on_day: 0 }])
    })

    test('needs one that has this assistant, in the same account', async () => {
      const { campaignId } = await startedCampaign(account)
      expect((await errorOf(wishFor(campaignId))).code).toBe('not_found')
      const stranger = await startedCampaign(await openAccount(db))
      expect((await errorOf(wishFor(stranger.campaignId))).code).toBe('not_found')
    })
  })

  describe('of a draft', () => {
    const draft = (content: Record<string, unknown>, revision: number) => account.owner.rpc('save_assistant_draft', { assistant_id: assistantId, content, expected_revision: revision })
    const current = async () => (await account.owner.rpc<{ content: Record<string, unknown>, revision: number, version: number }>('get_assistant', { assistant_id: assistantId }))

    test('speaks the draft\'s words, keeps them, and leaves draft, versions and campaigns as they are', async () => {
      const before = await current()
      await draft({ ...before.content, greeting: 'A new beginning' }, before.revision)
      const kept = await versionOf(account, assistantId, true)
      expect(kept).not.toBe(version)
      expect(await versionOf(account, assistantId, true)).toBe(kept)
      version = kept
      const { call_id: callId } = await wish()
      expect(await beginCall(db, callId)).toMatchObject({ assistant: { greeting: 'A new beginning' } })
      expect(await current()).toMatchObject({ version: 1, content: { greeting: 'A new beginning' } })
      expect(await account.owner.rpc('list_assistant_versions', { assistant_id: assistantId })).toHaveLength(1)
      expect(await versionOf(account, assistantId)).not.toBe(kept)
      const { campaignId } = await startedCampaign(account)
      const [pinned] = await db.sql`select v.version from public.campaigns k join public.assistant_versions v on v.id = k.assistant_version_id where k.id = ${campaignId}`
      expect(pinned?.version).toBe(1)
    })

    test('of an assistant that was never published makes it no published one', async () => {
      const { assistant_id: id } = await account.owner.rpc<{ assistant_id: string }>('create_assistant', { account_id: account.accountId, template_id: 'appointment-reminder-en' })
      await versionOf(account, id, true)
      expect(await account.owner.rpc('get_assistant', { assistant_id: id })).toMatchObject({ version: null, status: 'draft' })
      expect((await account.owner.rpc<{ id: string }[]>('list_assistants', { account_id: account.accountId })).map((one) => one.id)).toEqual([assistantId])
      expect((await errorOf(account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: null, content: { name: 'X', assistant_id: id } }))).code).toBe('invalid_input')
      expect(await refusal(versionOf(account, id))).toEqual(['conflict', 'not_published'])
    })

    test('that cannot be called with is refused at its field', async () => {
      const { content, revision } = await current()
      await draft({ ...content, greeting: '' }, revision)
      const { code, details } = await errorOf(versionOf(account, assistantId, true))
      expect([code, details]).toEqual(['invalid_input', [expect.objectContaining({ field: 'greeting' })]])
    })
  })

  describe('is watched', () => {
    const heard = async () => (await db.admin<{ event: string, payload: Record<string, unknown> }[]>`select event, payload from realtime.messages where topic like 'call:%' order by inserted_at`)
      .map(({ event, payload: { call_id: _id, id: _message, ...payload } }) => [event, payload])
    const line = (callId: string) => db.asService().rpc('relay_transcript', { event: { provider_call_id: callId, role: 'assistant', text: 'Hello', is_final: true } })
    const running = async () => {
      const { call_id: callId } = await wish()
      await beginCall(db, callId)
      await accept(callId)
      return callId
    }

    test('by whoever asked for it: its words and its state as they come', async () => {
      const callId = await running()
      await line(callId)
      expect(await heard()).toEqual([])
      await account.owner.rpc('watch_call', { call_id: callId })
      await line(callId)
      await sendEvent(db, { provider_call_id: callId, state: 'in_progress' })
      await processEvents(db)
      expect(await heard()).toEqual([['transcript', { role: 'assistant', text: 'Hello', is_final: true }], ['call_changed', { state: 'in_progress' }]])
      await db.shiftClock('61 seconds')
      await line(callId)
      expect(await heard()).toHaveLength(2)
    })

    test('by nobody who may neither listen nor asked for it', async () => {
      const callId = await running()
      const viewer = await addMember(db, account, 'viewer')
      expect((await errorOf(viewer.actor.rpc('watch_call', { call_id: callId }))).code).toBe('not_found')
      expect((await errorOf((await openAccount(db)).owner.rpc('watch_call', { call_id: callId }))).code).toBe('not_found')
    })

    test('a call with a code is heard by nobody, even if somebody watches it', async () => {
      await account.owner.rpc('request_number_check', { account_id: account.accountId, phone: newPhone() })
      const [check] = await db.sql<{ id: string }[]>`select id from public.calls where kind = 'verification' and settled_at is null`
      await beginCall(db, check?.id ?? '')
      await accept(check?.id ?? '')
      await db.sql`insert into engine.call_watchers (call_id, user_id, expires_at) values (${check?.id ?? ''}, ${account.userId}, private.now() + interval '1 minute')`
      await line(check?.id ?? '')
      expect(await heard()).toEqual([])
    })
  })
})
