/** Campaigns and who may hear of them, one rule at a time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent, type AcceptedCall } from '../factories/call.ts'
import { createCampaign, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

describe('a campaign', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaignId: string
  let call: AcceptedCall
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    campaignId = (await startedCampaign(account, { contacts: 2 })).campaignId
    call = await acceptedCall(db)
    await sendEvent(db, report(call.providerCallId))
    await processEvents(db)
  })
  afterAll(() => db.drop())
  const blockers = (given: string) => thrownAway(db, async (query) => {
    await query(given)
    const [row] = await query<{ blockers: { code: string }[] }>(`select private.blockers_of('${campaignId}') as blockers`)
    return row!.blockers.map(({ code }) => code)
  })

  test.each([
    ['nothing', 'select', []], ['an assistant', `update public.assistants set archived_at = private.now()`, ['no_assistant']], ['calling times', 'delete from public.campaign_windows', ['no_window']],
    ['a line', 'update engine.accounts set provider_line_id = null', ['no_line']], ['minutes', 'update engine.accounts set balance_seconds = 60', ['not_enough_minutes']],
    ['budget', 'update engine.campaigns set budget_seconds = 300, used_seconds = 60', ['budget_used']], ['time', `update public.campaigns set ends_at = private.now()`, ['ended']],
    ['contacts', `update public.campaigns set status = 'draft'; delete from engine.dial_queue; delete from public.enrolments where status = 'waiting';
      update public.enrolments set status = 'removed'`, ['no_contacts']],
    ['somebody to call', `update public.campaigns set status = 'draft'; delete from engine.dial_queue; update public.enrolments set status = 'blocked', reason = 'no_consent' where status = 'waiting'`,
      ['no_callable_contacts']],
  ])('that goes on lacks %s and says so', async (_what, given, missing) => {
    expect(await blockers(given)).toEqual(missing)
  })

  test('is stopped once, and not before it was started', async () => {
    const draft = await createCampaign(account)
    const stop = (id: string) => account.owner.rpc('stop_campaign', { campaign_id: id })
    expect(await errorOf(stop(draft.campaignId))).toMatchObject({ code: 'conflict', details: { status: 'draft' } })
    await account.owner.rpc('start_campaign', { campaign_id: draft.campaignId })
    await stop(draft.campaignId)
    expect(await errorOf(stop(draft.campaignId))).toMatchObject({ code: 'conflict', details: { status: 'stopped' } })
  })

  test('is scheduled only before it was started', async () => {
    expect(await errorOf(account.owner.rpc('schedule_campaign', { campaign_id: campaignId, launch_at: '2030-01-01T09:00' }))).toMatchObject({ code: 'conflict', details: { status: 'active' } })
  })

  test('wakes its lanes when it starts', async () => {
    const { campaignId: id } = await createCampaign(account)
    await db.sql`update engine.lanes set next_at = null where campaign_id = ${id}`
    await account.owner.rpc('start_campaign', { campaign_id: id })
    expect(await db.sql`select from engine.lanes where campaign_id = ${id} and next_at <= private.now()`).toHaveLength(1)
  })

  test('that is stopped leaves nobody in the queue, and each of its states is logged', async () => {
    const { campaignId: id } = await startedCampaign(account)
    await account.owner.rpc('stop_campaign', { campaign_id: id })
    expect(await db.sql`select from engine.dial_queue q join engine.lanes l on l.id = q.lane_id where l.campaign_id = ${id}`).toEqual([])
    expect((await db.sql`select verb from public.activity_log where subject_id = ${id} order by id`).map(({ verb }) => verb as string)).toEqual(['campaign.created', 'campaign.started', 'campaign.stopped'])
  })

  test('that is over is no place for calls without consent', async () => {
    const { campaignId: id } = await createCampaign(account)
    await account.owner.rpc('start_campaign', { campaign_id: id })
    await account.owner.rpc('stop_campaign', { campaign_id: id })
    expect(await errorOf(account.owner.rpc('override_consent', { campaign_id: id, reason: 'Paper forms' }))).toMatchObject({ code: 'conflict', details: { status: 'stopped' } })
  })

  test('takes a contact in once, and wakes when a limit is raised', async () => {
    const { campaignId: id, contactIds } = await startedCampaign(account)
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: id, contact_ids: contactIds })).toMatchObject({ enrolled: 0, already: 1 })
    await db.sql`update engine.lanes set next_at = null where campaign_id = ${id}`
    await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: id, content: { daily_cap: 50 } })
    expect(await db.sql`select from engine.lanes where campaign_id = ${id} and next_at <= private.now()`).toHaveLength(1)
  })

  test('that is resumed with nobody left is completed', async () => {
    const { campaignId: id } = await startedCampaign(account)
    await account.owner.rpc('pause_campaign', { campaign_id: id })
    await db.sql`delete from engine.dial_queue q using engine.lanes l where l.id = q.lane_id and l.campaign_id = ${id}`
    await db.sql`update public.enrolments set status = 'removed' where campaign_id = ${id}`
    await account.owner.rpc('resume_campaign', { campaign_id: id })
    expect(await account.owner.rpc('get_campaign', { campaign_id: id })).toMatchObject({ status: 'completed' })
  })

  test('that a rule pauses takes back what was not dialled yet', async () => {
    const states = await thrownAway(db, async (query) => {
      await query(`update public.calls set state = 'reserved', settled_at = null, dialled_at = null, talk_seconds = 0, billed_seconds = null where id = '${call.callId}'`)
      for (const table of ['accounts', 'campaigns', 'provider_lines']) await query(`update engine.${table} set in_flight = 1`)
      await query('update engine.accounts set reserved_seconds = 300; update engine.campaigns set reserved_seconds = 300')
      await query(`select private.pause_by_rule('${campaignId}', 'budget')`)
      return query(`select state from public.calls where id = '${call.callId}'`)
    })
    expect(states).toEqual([{ state: 'voided' }])
  })

  test('is paused by a rule only while it runs', async () => {
    const { campaignId: id } = await createCampaign(account)
    await db.sql`select private.pause_by_rule(${id}, 'budget')`
    expect(await account.owner.rpc('get_campaign', { campaign_id: id })).toMatchObject({ status: 'draft' })
  })

  test('whose calling times change has its lanes judged anew, and not for a change of its name', async () => {
    const after = async (content: object) => {
      await db.sql`update engine.lanes set open_until = private.now() + interval '1 hour'`
      await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: campaignId, content })
      return (await db.sql`select open_until is null as is_anew from engine.lanes where campaign_id = ${campaignId}`)[0]?.is_anew as boolean
    }
    expect(await after({ name: 'Summer' })).toBe(false)
    expect(await after({ windows: [{ weekday: 1, opens_at: '09:00', closes_at: '17:00' }] })).toBe(true)
    expect(await after({ blackout_dates: [{ day: '2030-01-01', name: '' }] })).toBe(true)
  })

  test('hears what was said in its calls alone, once, and not against a person\'s word', async () => {
    const disposition = await thrownAway(db, async (query) => {
      await query(`update public.calls set disposition = 'interested', disposition_by = '${account.userId}' where id = '${call.callId}'`)
      for (const _time of [1, 2]) {
        await query(`select private.opt_out_of_call(c, 'tool_call', '') from public.calls c where id = '${call.callId}'`)
        await query('delete from public.do_not_call')
      }
      expect(await query('select from public.do_not_call_history')).toHaveLength(1)
      const [answer] = await query(`select private.call_back_by_call(jsonb_populate_record(c, '{"enrolment_id": null}'), '2030-01-01T09:00', 'tool_call') ->> 'reason' as reason
        from public.calls c where id = '${call.callId}'`)
      expect(answer).toEqual({ reason: 'no_campaign' })
      return query(`select disposition from public.calls where id = '${call.callId}'`)
    })
    expect(disposition).toEqual([{ disposition: 'interested' }])
  })

  test('names twenty changed calls at most', async () => {
    const [row] = await thrownAway(db, async (query) => {
      await query(`insert into public.calls select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'attempt_id', gen_random_uuid(), 'provider_call_id', null, 'attempt_no', 1 + g))).*
        from public.calls c cross join generate_series(1, 25) g`)
      await query('select private.note_changed_calls(array(select id from public.calls))')
      return query<{ n: number }>(`select cardinality(changed_call_ids) as n from engine.campaigns where campaign_id = '${campaignId}'`)
    })
    expect(row?.n).toBe(20)
  })

  test('is announced when it changed, and not again', async () => {
    const announced = await thrownAway(db, async (query) => {
      await query('update engine.campaigns set changed_at = null, sent_at = null; update engine.accounts set changed_at = null')
      const told = async () => {
        await query('select private.broadcast_changes()')
        return (await query('select from engine.campaigns where sent_at is not null')).length
      }
      const before = await told()
      await query(`update engine.campaigns set changed_at = private.now() where campaign_id = '${campaignId}'`)
      return [before, await told()]
    })
    // None, and then this one, not the account's others.
    expect(announced).toEqual([0, 1])
  })

  describe('is heard of', () => {
    let agent: Actor
    let assigned: Actor
    let stranger: Actor
    beforeAll(async () => {
      agent = (await addMember(db, account, 'agent')).actor
      const member = await addMember(db, account, 'agent')
      await db.sql`insert into public.campaign_members (account_id, campaign_id, user_id) values (${account.accountId}, ${campaignId}, ${member.userId})`
      assigned = member.actor
      stranger = (await openAccount(db)).owner
    })
    const hears = async (actor: Actor, topic: string) => (await actor.query('select private.may_listen($1) as may', [topic]))[0]?.may

    test('by its people, as the account is by all of its members', async () => {
      const of = (topic: string) => Promise.all([account.owner, assigned, agent, stranger].map((actor) => hears(actor, topic)))
      expect(await of(`campaign:${campaignId}`)).toEqual([true, true, false, false])
      expect(await of(`account:${account.accountId}`)).toEqual([true, true, true, false])
    })

    test('in lists by its people alone, and so are its calls', async () => {
      const seen = async (actor: Actor) => {
        const campaigns = await actor.rpc<{ rows: unknown[] }>('list_campaigns', { filter: { account_id: account.accountId } })
        const names = await actor.rpc<unknown[]>('list_campaign_names', { account_id: account.accountId })
        const calls = await actor.rpc<{ rows: unknown[] }>('list_calls', { filter: { account_id: account.accountId } })
        const code = await errorOf(actor.rpc('get_call', { call_id: call.callId })).then((error) => error.code, () => 'found')
        return { campaigns: campaigns.rows.length, names: names.length, calls: calls.rows.length, code }
      }
      expect(await seen(assigned)).toEqual({ campaigns: 1, names: 1, calls: 1, code: 'found' })
      expect(await seen(agent)).toEqual({ campaigns: 0, names: 0, calls: 0, code: 'not_found' })
    })

    test('word for word by those who watch the call, for a minute', async () => {
      const { topic } = await account.owner.rpc<{ topic: string }>('watch_call', { call_id: call.callId })
      expect(await Promise.all([account.owner, assigned, stranger].map((actor) => hears(actor, topic)))).toEqual([true, false, false])
      await db.shiftClock('61 seconds')
      expect(await hears(account.owner, topic)).toBe(false)
    })

    test('word for word by nobody who has gone', async () => {
      const line = { attempt_id: call.attemptId, role: 'user', text: 'Hello', is_final: true }
      const told = async () => {
        await db.asService().rpc('relay_transcript', { event: line })
        return (await db.admin`select from realtime.messages where event = 'transcript'`).length
      }
      await account.owner.rpc('watch_call', { call_id: call.callId })
      expect(await told()).toBe(1)
      await db.shiftClock('61 seconds')
      expect(await told()).toBe(1)
    })

    test('afterwards by those who may listen', async () => {
      const viewer = (await addMember(db, account, 'viewer')).actor
      await db.sql`delete from public.role_permissions where role = 'viewer' and permission = 'calls.listen'`
      const read = (actor: Actor) => actor.rpc<{ may_listen: boolean, transcript: object | null }>('get_call', { call_id: call.callId })
      expect(await read(account.owner)).toMatchObject({ may_listen: true, transcript: { summary: 'They said hello.' } })
      expect(await read(viewer)).toMatchObject({ may_listen: false, transcript: null })
    })
  })
})
