/** A call at the time that the person asked for: kept, never outside the calling times, and never after they asked for silence. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { createContact, startedCampaign, type CampaignOptions } from '../factories/campaign.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

const BUSY = { outcome: 'busy', ended_reason: 'customer-busy', started_at: null, ended_at: null }

describe('a callback', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`update public.account_rules set frequency_cap = 100, minimum_gap_seconds = 0`
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  /** A running campaign with one contact, and that contact's place in it. */
  async function arrange(options: CampaignOptions = {}): Promise<{ campaignId: string, id: string }> {
    const { campaignId } = await startedCampaign(account, options)
    const [row] = await db.sql`select id from public.enrolments where campaign_id = ${campaignId}`
    return { campaignId, id: row!.id as string }
  }
  /** What the wall clock shows in a zone so much later. */
  async function wall(later: string, zone = 'America/New_York'): Promise<string> {
    const [row] = await db.sql`select to_char((private.now() + ${later}::interval) at time zone ${zone}, 'YYYY-MM-DD"T"HH24:MI') as text`
    return row!.text as string
  }
  const request = async (id: string, later: string, note = '') =>
    account.owner.rpc<{ at: string }>('request_callback', { enrolment_id: id, local_time: await wall(later), note })
  const schedule = async (id: string, later: string, source = 'tool_call') => {
    const [row] = await db.sql`select private.schedule_callback(${id}, private.now() + ${later}::interval, ${source}) as answer from private.lock_account(${account.accountId})`
    return row!.answer as { is_scheduled: boolean, at: string | null, reason: string | null }
  }
  const state = async (id: string) => (await db.sql`
    select e.status, e.attempts, e.callback_at is not null as is_promised, q.rank, q.attempt_no, 5 * round(extract(epoch from q.due_at - private.now()) / 300)::int as minutes
    from public.enrolments e left join engine.dial_queue q on q.enrolment_id = e.id where e.id = ${id}`)[0]!
  async function end(providerCallId: string, facts: Record<string, unknown> = {}): Promise<void> {
    await sendEvent(db, report(providerCallId, facts.outcome ? 0 : 20, facts))
    await processEvents(db)
  }
  const attempt = async (facts: Record<string, unknown> = {}) => end((await acceptedCall(db)).providerCallId, facts)

  test('goes to the head of the line and is made at its time, not before', async () => {
    const { id } = await arrange({ contacts: 1 })
    const { at } = await request(id, '2 hours', 'After the school run')
    expect(await state(id)).toMatchObject({ status: 'waiting', is_promised: true, rank: 0, attempt_no: 1, minutes: 120 })
    expect(await claim(db)).toEqual([])
    await db.shiftClock('2 hours')
    expect(await claim(db)).toHaveLength(1)
    expect(await db.sql`select source, note, created_by, call_id, date_trunc('minute', wished_at) as wished_at from public.callbacks`)
      .toEqual([{ source: 'hand', note: 'After the school run', created_by: account.userId, call_id: null, wished_at: new Date(at) }])
  })

  test('is meant by the clock where the contact is', async () => {
    const { id } = await arrange({ contacts: [{ time_zone: 'America/Chicago' }] })
    const { at } = await account.owner.rpc<{ at: string }>('request_callback', { enrolment_id: id, local_time: await wall('1 day', 'America/Chicago'), note: '' })
    expect(Math.round((Date.parse(at) - (await now()).getTime()) / 3_600_000)).toBe(24)
  })
  const now = async () => (await db.sql`select private.now() as at`)[0]!.at as Date

  test('waits for the law, the campaign and the contact\'s own wish', async () => {
    const { id } = await arrange({ contacts: [{ wish: { from: '10:00', until: '12:00', days: [1, 2, 3, 4, 5, 6, 7] } }] })
    const { at } = await request(id, '4 hours')
    const [row] = await db.sql`select to_char(${at}::timestamptz at time zone 'America/New_York', 'HH24:MI') as time, ${at}::timestamptz > private.now() + interval '20 hours' as is_tomorrow`
    expect(row).toEqual({ time: '10:00', is_tomorrow: true })
  })

  test('may exceed the attempts, once: a busy line afterwards ends them', async () => {
    const { id } = await arrange({ content: { max_attempts: 1 } })
    await attempt(BUSY)
    expect(await state(id)).toMatchObject({ status: 'exhausted', attempts: 1 })
    expect(await schedule(id, '1 hour')).toMatchObject({ is_scheduled: true, reason: null })
    await db.shiftClock('1 hour')
    await attempt(BUSY)
    expect(await state(id)).toMatchObject({ status: 'exhausted', attempts: 2, is_promised: false, rank: null })
  })

  test('falls back to the ordinary retries when nobody answers it in time', async () => {
    const { id } = await arrange({ content: { max_attempts: 3 } })
    await request(id, '1 hour')
    await db.shiftClock('1 hour')
    await attempt(BUSY)
    expect(await state(id)).toMatchObject({ status: 'waiting', is_promised: false, rank: 1, attempt_no: 2, minutes: 10 })
  })

  test('that is asked for in the conversation takes effect when the call ends, though somebody answered', async () => {
    const { id, campaignId } = await arrange({ content: { max_attempts: 1 } })
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, { provider_call_id: providerCallId, state: 'in_progress' })
    await processEvents(db)
    expect(await schedule(id, '3 hours')).toMatchObject({ is_scheduled: true })
    expect(await state(id)).toMatchObject({ status: 'calling', rank: null })
    expect(await callState(db, callId)).toMatchObject({ state: 'in_progress' })
    await end(providerCallId)
    expect(await state(id)).toMatchObject({ status: 'waiting', attempts: 1, rank: 0, attempt_no: 2, minutes: 180 })
    expect(await db.sql`select call_id from public.callbacks`).toEqual([{ call_id: callId }])
    await db.shiftClock('3 hours 1 minute')
    await attempt()
    expect(await state(id)).toMatchObject({ status: 'reached', attempts: 2, is_promised: false })
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ status: 'completed' })
  })

  test('takes back a call that was only reserved', async () => {
    const { id } = await arrange()
    const [claimed] = await claim(db)
    await request(id, '2 hours')
    expect(await callState(db, claimed!.call_id)).toMatchObject({ state: 'voided', is_counted: false })
    expect(await state(id)).toMatchObject({ status: 'waiting', rank: 0, attempt_no: 1, minutes: 120 })
  })

  test('that could not be dialled keeps its place and its number, beyond the attempts, too', async () => {
    const { id } = await arrange({ content: { max_attempts: 1 } })
    await attempt()
    await schedule(id, '1 hour')
    await db.shiftClock('1 hour')
    expect(await claim(db)).toHaveLength(1)
    await db.shiftClock('2 minutes')
    await db.sql`select private.tick()`
    expect(await state(id)).toMatchObject({ status: 'waiting', is_promised: true, rank: 0, attempt_no: 2 })
    expect(await claim(db)).toHaveLength(1)
  })

  test('is replaced by another time; the same again changes nothing', async () => {
    const { id } = await arrange()
    await request(id, '2 hours')
    await request(id, '2 hours')
    expect(await db.sql`select count(*)::int as n from public.callbacks`).toEqual([{ n: 1 }])
    await request(id, '5 hours')
    expect(await state(id)).toMatchObject({ rank: 0, minutes: 300 })
    expect(await db.sql`select count(*)::int as n from public.callbacks`).toEqual([{ n: 2 }])
  })

  test('re-opens a completed campaign', async () => {
    const { id, campaignId } = await arrange()
    await attempt()
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ status: 'completed' })
    await request(id, '1 hour')
    expect(await account.owner.rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ status: 'active' })
    await db.shiftClock('1 hour')
    expect(await claim(db)).toHaveLength(1)
  })

  test.each<[string, string, (campaignId: string, id: string) => Promise<unknown>]>([
    ['asked for silence', 'opted_out', () => account.owner.rpc('opt_out_number', { account_id: account.accountId, phone: '+12025550111' })],
    ['was taken out of the campaign', 'removed', (_, id) => account.owner.rpc('remove_enrolment', { enrolment_id: id })],
    ['is in a campaign that was stopped', 'removed', (campaignId) => account.owner.rpc('stop_campaign', { campaign_id: campaignId })],
    ['has no such number', 'blocked', async () => db.asService().rpc('record_dial', { call_id: (await dialOne(db)).callId, result: { kind: 'refused', class: 'number', message: 'x' } })],
  ])('is refused with the reason for somebody who %s', async (_, reason, forbid) => {
    const { id, campaignId } = await arrange({ contacts: [{ phone: '+12025550111' }] })
    await forbid(campaignId, id)
    expect(await schedule(id, '1 hour')).toEqual({ is_scheduled: false, at: null, reason })
    expect(await errorOf(request(id, '1 hour'))).toMatchObject({ code: 'conflict', details: { reason } })
    expect(await db.sql`select 1 from public.callbacks`).toHaveLength(0)
  })

  test('is refused once the campaign is over, also for somebody who was reached', async () => {
    const { campaignId } = await arrange({ contacts: 2 })
    await attempt()
    await account.owner.rpc('stop_campaign', { campaign_id: campaignId })
    const [reached] = await db.sql`select id from public.enrolments where status = 'reached'`
    expect(await schedule(reached!.id as string, '1 hour')).toMatchObject({ is_scheduled: false, reason: 'campaign_over' })
  })

  test('is forgotten when the person asks for silence, whichever came first', async () => {
    const { id } = await arrange({ contacts: [{ phone: '+12025550111' }] })
    await request(id, '1 hour')
    await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone: '+12025550111' })
    expect(await state(id)).toMatchObject({ status: 'opted_out', is_promised: false, rank: null })
    await db.shiftClock('1 hour')
    expect(await claim(db)).toEqual([])
  })

  test.each([['2020-01-01T09:00'], ['2999-01-01T09:00'], ['tomorrow'], [''], [null], ['2026-13-45T99:99'], ['2026-11-23'], ['9:00; drop table calls']])(
    'is not asked for at %s', async (local_time) => {
      const { id } = await arrange()
      expect(await errorOf(account.owner.rpc('request_callback', { enrolment_id: id, local_time, note: '' }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'local_time' }] })
    })

  test('is arranged by owners, admins and agents of the campaign, and by nobody else', async () => {
    const { id, campaignId } = await arrange()
    const agent = await addMember(db, account, 'agent')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId}, ${agent.userId}, ${account.accountId})`
    const outcome = async (actor: { rpc: TestAccount['owner']['rpc'] }, later: string) =>
      actor.rpc('request_callback', { enrolment_id: id, local_time: await wall(later), note: '' }).then(() => 'ok', (error: Error) => (JSON.parse(error.message) as { code: string }).code)
    expect(await outcome((await addMember(db, account, 'admin')).actor, '1 hour')).toBe('ok')
    expect(await outcome(agent.actor, '2 hours')).toBe('ok')
    expect(await outcome((await addMember(db, account, 'agent')).actor, '3 hours')).toBe('not_found')
    expect(await outcome((await addMember(db, account, 'viewer')).actor, '3 hours')).toBe('forbidden')
    expect(await outcome((await openAccount(db)).owner, '3 hours')).toBe('not_found')
    expect(await state(id)).toMatchObject({ minutes: 120 })
    await expect(db.asAnon().rpc('request_callback', { enrolment_id: id, local_time: await wall('1 hour') })).rejects.toMatchObject({ code: '42501' })
  })

  test('is not made for a contact of another campaign or an unknown one', async () => {
    await createContact(account)
    expect(await errorOf(request('00000000-0000-4000-8000-000000000000', '1 hour'))).toMatchObject({ code: 'not_found' })
  })
})
