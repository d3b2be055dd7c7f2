/** Calling one contact of a campaign now or no more; and who wins when two people, or a person and the dispatcher, come together. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign, type CampaignOptions } from '../factories/campaign.ts'
import { errorOf, type Session, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

const PHONE = '+12025550111'

describe('one contact of a campaign', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`update public.account_rules set frequency_cap = 100, minimum_gap_seconds = 0`
    await db.sql`update engine.provider_lines set calls_per_second = 20`
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  async function arrange(options: CampaignOptions = { contacts: [{ phone: PHONE }] }): Promise<{ campaignId: string, id: string }> {
    const { campaignId } = await startedCampaign(account, options)
    const [row] = await db.sql`select id from public.enrolments where campaign_id = ${campaignId} order by position limit 1`
    return { campaignId, id: row!.id as string }
  }
  const state = async (id: string) => (await db.sql`select e.status, q.rank, q.attempt_no from public.enrolments e
    left join engine.dial_queue q on q.enrolment_id = e.id where e.id = ${id}`)[0]!
  const callNow = (id: string) => account.owner.rpc('call_now', { enrolment_id: id })
  const remove = (id: string) => account.owner.rpc('remove_enrolment', { enrolment_id: id })
  const campaignStatus = async (campaignId: string) => (await db.sql`select status from public.campaigns where id = ${campaignId}`)[0]!.status as string
  const dialable = () => db.sql`update public.calls set dial_at = private.now() where state = 'reserved'`

  test('is called before everybody who waits', async () => {
    const { campaignId } = await arrange({ contacts: 4 })
    const [last] = await db.sql`select id from public.enrolments where campaign_id = ${campaignId} order by position desc limit 1`
    await callNow(last!.id as string)
    await claim(db, 1)
    expect(await db.sql`select enrolment_id from public.calls`).toEqual([{ enrolment_id: last!.id }])
  })

  test('is called sooner than its retry was due, with the retry\'s number', async () => {
    const { id } = await arrange()
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 0, { outcome: 'busy', ended_reason: 'customer-busy', started_at: null, ended_at: null }))
    await processEvents(db)
    expect(await claim(db)).toEqual([])
    await callNow(id)
    expect(await state(id)).toMatchObject({ rank: 0, attempt_no: 2 })
    expect(await claim(db)).toHaveLength(1)
  })

  test('is not called beyond the attempts of the campaign, unless they asked for a call', async () => {
    const { campaignId, id } = await arrange({ contacts: 2, content: { max_attempts: 2 } })
    const [other] = await db.sql`select id from public.enrolments where campaign_id = ${campaignId} order by position desc limit 1`
    for (const contact of [1, 2]) {
      const { providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, 0, { outcome: 'busy', ended_reason: 'customer-busy', started_at: null, ended_at: null, dedupe_key: `busy ${contact}` }))
      await processEvents(db)
    }
    await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content: { max_attempts: 1 } })
    await db.sql`select private.schedule_callback(${other!.id as string}, private.now() + interval '1 minute', 'tool_call') from private.lock_account(${account.accountId})`
    expect(await state(id)).toMatchObject({ status: 'waiting' })
    await callNow(id)
    expect((await account.owner.rpc<{ gates: { gate: string, passes: boolean }[] }>('explain_enrolment', { enrolment_id: id })).gates)
      .toContainEqual(expect.objectContaining({ gate: 'attempts', passes: false }))
    await db.shiftClock('2 minutes')
    await claim(db)
    expect(await db.sql`select enrolment_id from public.calls where attempt_no = 2`).toEqual([{ enrolment_id: other!.id }])
    expect(await state(id)).toMatchObject({ status: 'exhausted' })
  })

  test('passes neither a closed window nor the list nor a switched-off engine', async () => {
    const { id } = await arrange({ contacts: [{ phone: PHONE, time_zone: 'America/Los_Angeles' }] })
    await callNow(id)
    expect(await claim(db)).toEqual([])
    await db.shiftClock('3 hours')
    await db.sql`update engine.settings set enabled = false`
    await callNow(id)
    expect(await claim(db)).toEqual([])
    await db.sql`update engine.settings set enabled = true`
    await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone: PHONE })
    expect(await errorOf(callNow(id))).toMatchObject({ code: 'conflict' })
    expect(await claim(db)).toEqual([])
  })

  test('is called now only while it waits in a campaign that runs', async () => {
    const { id, campaignId } = await arrange()
    await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
    expect(await errorOf(callNow(id))).toMatchObject({ code: 'conflict', details: { status: 'paused' } })
    await account.owner.rpc('resume_campaign', { campaign_id: campaignId })
    await claim(db)
    expect(await errorOf(callNow(id))).toMatchObject({ code: 'conflict', details: { status: 'calling' } })
  })

  test('keeps the call it was promised when it is called sooner', async () => {
    const { id } = await arrange()
    await db.sql`select private.schedule_callback(${id}, private.now() + interval '4 hours', 'hand') from private.lock_account(${account.accountId})`
    await callNow(id)
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 20))
    await processEvents(db)
    expect(await state(id)).toMatchObject({ status: 'waiting', rank: 0, attempt_no: 2 })
  })

  test('is taken out for good: waiting, reserved or blocked; and the campaign ends with its last', async () => {
    const { id, campaignId } = await arrange({ contacts: [{ phone: PHONE }, { time_zone: null }] })
    const [claimed] = await claim(db)
    await remove(id)
    expect(await callState(db, claimed!.call_id)).toMatchObject({ state: 'voided' })
    expect(await state(id)).toMatchObject({ status: 'removed', rank: null })
    expect(await campaignStatus(campaignId)).toBe('completed')
    await remove(id)
    const [blocked] = await db.sql`select id from public.enrolments where status = 'blocked'`
    await remove(blocked!.id as string)
    expect(await state(blocked!.id as string)).toMatchObject({ status: 'removed' })
    expect(await db.sql`select count(*)::int as n from public.activity_log where verb = 'enrolment.removed'`).toEqual([{ n: 2 }])
  })

  test('is not taken out while it is being called, nor after it was reached', async () => {
    const { id } = await arrange()
    const { providerCallId } = await acceptedCall(db)
    expect(await errorOf(remove(id))).toMatchObject({ code: 'conflict', details: { status: 'calling' } })
    await sendEvent(db, report(providerCallId, 20))
    await processEvents(db)
    expect(await errorOf(remove(id))).toMatchObject({ code: 'conflict', details: { status: 'reached' } })
  })

  test.each(['call_now', 'remove_enrolment'])('%s is for owners and admins; to others it is forbidden or unknown', async (command) => {
    const { id, campaignId } = await arrange({ contacts: 2 })
    const agent = await addMember(db, account, 'agent')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId}, ${agent.userId}, ${account.accountId})`
    const refusal = async (actor: { rpc: TestAccount['owner']['rpc'] }) => (await errorOf(actor.rpc(command, { enrolment_id: id }))).code
    expect(await refusal(agent.actor)).toBe('forbidden')
    expect(await refusal((await addMember(db, account, 'viewer')).actor)).toBe('forbidden')
    expect(await refusal((await addMember(db, account, 'agent')).actor)).toBe('not_found')
    expect(await refusal((await openAccount(db)).owner)).toBe('not_found')
    expect(await refusal(db.asAnon())).toBe('42501')
    expect(await state(id)).toMatchObject({ status: 'waiting', rank: 2 })
    expect((await errorOf(account.owner.rpc(command, { enrolment_id: '00000000-0000-4000-8000-000000000000' }))).code).toBe('not_found')
    await (await addMember(db, account, 'admin')).actor.rpc(command, { enrolment_id: id })
  })

  describe('in two sessions at once', () => {
    let person: Session
    let service: Session
    beforeEach(async () => {
      person = await db.session({ userId: account.userId })
      service = await db.session('service')
    })
    afterEach(() => Promise.all([person.close(), service.close()]))

    /** The first has not committed when the second begins. */
    async function race<A, B>(first: Session, one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B | Error]> {
      await first.begin()
      const won = await one()
      const waiting = other().catch((error: Error) => error)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await first.commit()
      return [won, await waiting]
    }
    const claimed = (session: Session) => session.rpc<{ call_ids: unknown[] }>('claim_calls', { batch_size: 25 })
    const dial = (session: Session, callId: string) => session.rpc('begin_dial', { call_id: callId })
    const callBack = async (session: Session, id: string) => session.rpc('request_callback', { enrolment_id: id,
      local_time: (await db.sql`select to_char((private.now() + interval '2 hours') at time zone 'America/New_York', 'YYYY-MM-DD"T"HH24:MI') as at`)[0]!.at })

    test('taking out before a claim: the claim passes the account by, and finds nothing later', async () => {
      const { id } = await arrange()
      const [, claim] = await race(person, () => person.rpc('remove_enrolment', { enrolment_id: id }), () => claimed(service))
      expect(claim).toMatchObject({ call_ids: [] })
      expect(await state(id)).toMatchObject({ status: 'removed', rank: null })
    })

    test('taking out after a claim: the reserved call is voided', async () => {
      const { id } = await arrange()
      const [claim, removal] = await race(service, () => claimed(service), () => person.rpc('remove_enrolment', { enrolment_id: id }))
      expect(claim.call_ids).toHaveLength(1)
      expect(removal).toEqual({})
      expect(await db.sql`select state from public.calls`).toEqual([{ state: 'voided' }])
    })

    test.each(['remove_enrolment', 'request_callback'])('%s before the dial: nothing is dialled', async (command) => {
      const { id } = await arrange()
      const [call] = await claim(db)
      await dialable()
      const forbid = () => command === 'request_callback' ? callBack(person, id) : person.rpc(command, { enrolment_id: id })
      const [, order] = await race(person, forbid, () => dial(service, call!.call_id))
      expect(order).toBeNull()
      expect(await callState(db, call!.call_id)).toMatchObject({ state: 'voided' })
    })

    test('taking out after the dial began: the call goes on, the person is told', async () => {
      const { id } = await arrange()
      const [call] = await claim(db)
      await dialable()
      const [order, removal] = await race(service, () => dial(service, call!.call_id), () => person.rpc('remove_enrolment', { enrolment_id: id }))
      expect(order).not.toBeNull()
      expect(removal).toMatchObject({ message: expect.stringContaining('being called') as string })
    })

    test.each([true, false])('a callback and a stop request (the callback first: %s) end in silence', async (isFirst) => {
      const { id } = await arrange()
      const other = await db.session({ userId: account.userId })
      const silence = () => other.rpc('opt_out_number', { account_id: account.accountId, phone: PHONE })
      await (isFirst ? race(person, () => callBack(person, id), silence) : race(other, silence, () => callBack(person, id)))
      await other.close()
      expect(await state(id)).toMatchObject({ status: 'opted_out', rank: null })
    })

    test.each([true, false])('a callback and the end of the call (the callback first: %s) lead to the callback', async (isFirst) => {
      const { id } = await arrange()
      const { providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, 20))
      const settle = () => service.rpc('process_call_events', { batch_size: 100 })
      await (isFirst ? race(person, () => callBack(person, id), settle) : race(service, settle, () => callBack(person, id)))
      await processEvents(db)
      expect(await state(id)).toMatchObject({ status: 'waiting', rank: 0, attempt_no: 2 })
    })

    test('two people who call now and take out at once: one after the other', async () => {
      const { id } = await arrange({ contacts: 2 })
      const other = await db.session({ userId: account.userId })
      const [, late] = await race(person, () => person.rpc('remove_enrolment', { enrolment_id: id }), () => other.rpc('call_now', { enrolment_id: id }))
      await other.close()
      expect(late).toMatchObject({ message: expect.stringContaining('Only somebody who waits') as string })
    })
  })
})
