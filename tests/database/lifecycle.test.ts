/** What happens to a campaign over time, and who is told when a rule or a clock did it. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { claim, dialOne } from '../factories/call.ts'
import { createCampaign, createContact, startedCampaign, type CampaignOptions } from '../factories/campaign.ts'
import { errorOf, type Session, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

type Row = Record<string, unknown>

describe('a campaign over time', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const run = (verb: string, id: string, more: Row = {}) => account.owner.rpc(verb, { campaign_id: id, ...more })
  const get = (id: string) => run('get_campaign', id)
  const tick = () => db.sql`select private.tick()`
  const log = async (id: string) => (await db.sql`select verb, actor_id from public.activity_log where subject_id = ${id} order by id`).map(({ verb, actor_id }) => [verb, actor_id !== null])
  const notices = (actor = account.owner) => actor.rpc<Row[]>('list_notices', { account_id: account.accountId })
  /** A local time of New York so many minutes from now. */
  const inMinutes = async (minutes: number) =>
    (await db.sql`select private.local_text(private.now() + make_interval(mins => ${minutes}), 'America/New_York') as at`)[0]?.at as string
  const draft = (options: CampaignOptions = {}) => createCampaign(account, options).then(({ campaignId }) => campaignId)
  const running = (options: CampaignOptions = {}) => startedCampaign(account, options).then(({ campaignId }) => campaignId)
  const pauseByRule = (id: string, reason: string, details: Row = {}) => db.sql`select private.pause_by_rule(${id}, ${reason}::text::public.pause_reason, ${db.sql.json(details as never)})`

  describe('that is scheduled', () => {
    test('starts by itself at its time, with the person who scheduled it, and not before', async () => {
      const id = await draft()
      expect(await run('schedule_campaign', id, { launch_at: await inMinutes(60) })).toMatchObject({ status: 'scheduled' })
      await tick()
      expect(await get(id)).toMatchObject({ status: 'scheduled', started_at: null, assistant_version: null })
      expect(await claim(db)).toEqual([])
      await db.shiftClock('61 minutes')
      await tick()
      expect(await get(id)).toMatchObject({ status: 'active', launch_at: null, assistant_version: 1 })
      expect((await db.sql`select started_by from public.campaigns where id = ${id}`)[0]?.started_by).toBe(account.userId)
      expect(await log(id)).toEqual([['campaign.created', true], ['campaign.scheduled', true], ['campaign.launched', false]])
      expect(await claim(db)).toHaveLength(1)
    })

    test('is a draft again with a notice when something is missing at its time', async () => {
      const id = await draft()
      await run('schedule_campaign', id, { launch_at: await inMinutes(60) })
      await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: id, content: { windows: [] } })
      await db.shiftClock('2 hours')
      await tick()
      await tick()
      expect(await get(id)).toMatchObject({ status: 'draft', launch_at: null })
      expect(await notices()).toMatchObject([{ kind: 'not_launched', campaign_id: id, campaign_name: 'Spring', details: { blockers: [{ code: 'no_window' }] } }])
      await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: id, content: { windows: [{ weekday: 1, opens_at: '09:00', closes_at: '17:00' }] } })
      await run('schedule_campaign', id, { launch_at: await inMinutes(60) })
      expect(await notices()).toEqual([])
    })

    test('refuses what is missing at once', async () => {
      const error = await errorOf(run('schedule_campaign', await draft({ contacts: 0 }), { launch_at: await inMinutes(60) }))
      expect(error).toMatchObject({ code: 'not_launchable', details: [{ code: 'no_contacts' }] })
    })

    test.each([['shape', 'soon'], ['shape', '2027-02-30T09:00'], ['past', '2020-01-01T09:00'], ['far', '2099-01-01T09:00'], ['shape', null]])('refuses a time with %s: %s', async (code, launchAt) => {
      expect(await errorOf(run('schedule_campaign', await draft(), { launch_at: launchAt }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'launch_at', code }] })
    })

    test('refuses a time after its end', async () => {
      const id = await draft({ content: { ends_at: await inMinutes(600) } })
      expect(await errorOf(run('schedule_campaign', id, { launch_at: await inMinutes(700) }))).toMatchObject({ details: [{ field: 'launch_at', code: 'order' }] })
    })

    test('moves, starts now, or goes back to a draft', async () => {
      const id = await draft()
      await run('schedule_campaign', id, { launch_at: await inMinutes(60) })
      await run('schedule_campaign', id, { launch_at: await inMinutes(300) })
      await db.shiftClock('2 hours')
      await tick()
      expect(await get(id)).toMatchObject({ status: 'scheduled' })
      expect(await run('unschedule_campaign', id)).toEqual({ status: 'draft' })
      expect(await errorOf(run('unschedule_campaign', id))).toMatchObject({ code: 'conflict', details: { status: 'draft' } })
      await run('schedule_campaign', id, { launch_at: await inMinutes(60) })
      expect(await run('start_campaign', id)).toEqual({ status: 'active' })
      expect(await get(id)).toMatchObject({ launch_at: null })
    })

    test.each(['unschedule_campaign', 'start_campaign', 'stop_campaign'])('and %s at the same time end in one state, whichever comes first', async (command) => {
      for (const order of ['person', 'tick'] as const) {
        const id = await draft()
        await run('schedule_campaign', id, { launch_at: await inMinutes(1) })
        await db.shiftClock('2 minutes')
        const person = await db.session({ userId: account.userId })
        await person.begin()
        if (order === 'tick') await tick()
        const commanded = errorOf(person.rpc(command, { campaign_id: id })).catch(() => null)
        // While the person's command holds the account, the tick passes it by.
        await commanded
        if (order === 'person') await tick()
        await person.commit()
        await person.close()
        await tick()
        const { status } = await get(id)
        const wanted = { unschedule_campaign: { person: 'draft', tick: 'active' }, start_campaign: { person: 'active', tick: 'active' }, stop_campaign: { person: 'stopped', tick: 'stopped' } }[command]
        expect([order, status]).toEqual([order, wanted?.[order]])
        if (status === 'active') await run('stop_campaign', id)
      }
    })
  })

  describe('that ends', () => {
    test('pauses at its end with a notice, and goes on once the end is moved', async () => {
      const id = await running({ contacts: 3, content: { ends_at: await inMinutes(30) } })
      await db.shiftClock('31 minutes')
      await tick()
      await tick()
      expect(await get(id)).toMatchObject({ status: 'paused', pause_reason: 'ended' })
      expect(await notices()).toMatchObject([{ kind: 'ended', campaign_id: id }])
      expect(await errorOf(run('resume_campaign', id))).toMatchObject({ code: 'not_launchable', details: [{ code: 'ended' }] })
      await account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: id, content: { ends_at: await inMinutes(60) } })
      await run('resume_campaign', id)
      expect(await get(id)).toMatchObject({ status: 'active', pause_reason: null, pause_details: {} })
      expect(await notices()).toEqual([])
    })

    test('is completed exactly when nobody is unfinished, and again after more contacts came', async () => {
      const id = await running()
      const [blocked, good] = [await createContact(account, { time_zone: null }), await createContact(account)]
      await db.sql`update public.contacts set phone = phone` // touches nothing that counts
      const [first] = await db.sql`select contact_id from public.enrolments where campaign_id = ${id}`
      await account.owner.rpc('delete_contact', { contact_id: first?.contact_id })
      expect(await get(id)).toMatchObject({ status: 'completed' })
      await run('enrol_contacts', id, { contact_ids: [blocked] })
      expect(await get(id)).toMatchObject({ status: 'completed', counters: { blocked: 1 } })
      await run('enrol_contacts', id, { contact_ids: [good] })
      expect(await get(id)).toMatchObject({ status: 'active', finished_at: null })
      expect(await claim(db)).toHaveLength(1)
    })

    test('is archived after it is over, and then only readable', async () => {
      const id = await running({ contacts: 2 })
      expect(await errorOf(run('archive_campaign', id))).toMatchObject({ code: 'conflict', details: { status: 'active' } })
      await run('stop_campaign', id)
      expect(await run('archive_campaign', id)).toEqual({ status: 'archived' })
      const archived = await get(id)
      expect(archived).toMatchObject({ status: 'archived', editable: [] })
      expect([archived.archived_at, archived.finished_at]).not.toContain(null)
      for (const verb of ['archive_campaign', 'start_campaign', 'resume_campaign', 'pause_campaign', 'stop_campaign']) expect((await errorOf(run(verb, id))).code).toBe('conflict')
      expect((await errorOf(run('enrol_contacts', id, { contact_ids: [await createContact(account)] }))).code).toBe('conflict')
    })

    test('a call that runs when the campaign is archived is settled, and its contact removed', async () => {
      const id = await running()
      const { callId } = await dialOne(db)
      await run('stop_campaign', id)
      await run('archive_campaign', id)
      await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'refused', class: 'capacity', message: 'full' } })
      expect(await get(id)).toMatchObject({ status: 'archived', counters: { removed: 1, waiting: 0, calling: 0 } })
    })
  })

  describe('that a rule paused', () => {
    test('says why, tells people once, and hides the reason when it goes on', async () => {
      const id = await running({ contacts: 2 })
      await claim(db, 1)
      await pauseByRule(id, 'failure_rate', { count: 11, of: 20, limit_percent: 50 })
      await pauseByRule(id, 'opt_out_rate')
      expect(await get(id)).toMatchObject({ status: 'paused', pause_reason: 'failure_rate', pause_details: { count: 11, of: 20, limit_percent: 50 }, counters: { waiting: 2 } })
      expect(await notices()).toMatchObject([{ kind: 'failure_rate', details: { count: 11 } }])
      await run('resume_campaign', id)
      expect(await get(id)).toMatchObject({ status: 'active', pause_reason: null })
      expect(await notices()).toEqual([])
      await pauseByRule(id, 'failure_rate')
      expect(await notices()).toHaveLength(1)
      await run('stop_campaign', id)
      expect(await notices()).toEqual([])
    })

    test('a dismissed notice stays away for everybody until its cause comes anew', async () => {
      const id = await running()
      const viewer = (await addMember(db, account, 'viewer')).actor
      const stranger = (await openAccount(db)).owner
      await pauseByRule(id, 'assistant', { words: 'voice not found' })
      const [notice] = await notices(viewer)
      expect((await errorOf(viewer.rpc('dismiss_notice', { notice_id: notice?.id }))).code).toBe('forbidden')
      expect((await errorOf(stranger.rpc('dismiss_notice', { notice_id: notice?.id }))).code).toBe('not_found')
      expect((await errorOf(notices(stranger))).code).toBe('not_found')
      await account.owner.rpc('dismiss_notice', { notice_id: notice?.id })
      await account.owner.rpc('dismiss_notice', { notice_id: notice?.id })
      expect(await notices(viewer)).toEqual([])
      await db.sql`select private.notify(${account.accountId}, ${id}, 'assistant')`
      expect(await notices()).toEqual([])
      await run('resume_campaign', id)
      await pauseByRule(id, 'assistant')
      expect(await notices()).toHaveLength(1)
    })

    test('an agent hears of the campaigns they are assigned to', async () => {
      const id = await running()
      const agent = await addMember(db, account, 'agent')
      await pauseByRule(id, 'budget')
      expect(await notices(agent.actor)).toEqual([])
      await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${id}, ${agent.userId}, ${account.accountId})`
      expect(await notices(agent.actor)).toHaveLength(1)
    })

    test('takes the newest version of a repaired assistant, and only while it is paused', async () => {
      const { campaignId: id, assistantId } = await startedCampaign(account)
      await account.owner.rpc('save_assistant', { account_id: account.accountId, assistant_id: assistantId, content: { name: 'Ava', voice_id: 'emma', language: 'en', greeting: 'Repaired', instructions: 'x', maximum_seconds: 60 } })
      expect(await errorOf(run('repin_assistant', id))).toMatchObject({ code: 'conflict', details: { status: 'active' } })
      await pauseByRule(id, 'assistant', { words: 'voice not found' })
      expect(await get(id)).toMatchObject({ assistant_version: 1, newest_assistant_version: 2 })
      expect(await run('repin_assistant', id)).toEqual({ version: 2 })
      expect(await run('repin_assistant', id)).toEqual({ version: 2 })
      expect((await log(id)).filter(([verb]) => verb === 'campaign.repinned')).toHaveLength(1)
      await run('resume_campaign', id)
      const [call] = await claim(db)
      expect(await db.asService().rpc('begin_dial', { call_id: call?.call_id })).toMatchObject({ maximum_seconds: 60, assistant: { greeting: 'Repaired' } })
      expect((await db.sql`select reserved_seconds from public.calls`)[0]?.reserved_seconds).toBe(60)
    })

    test('goes on with the minutes that its own calls hold, and not without any', async () => {
      const id = await running({ contacts: 6 })
      expect(await claim(db, 4)).toHaveLength(4)
      for (const { id: call } of await db.sql`select id from public.calls`) await db.sql`update public.calls set state = 'dialing', dialled_at = private.now() where id = ${call as string}`
      await run('pause_campaign', id)
      expect(await run('resume_campaign', id)).toEqual({ status: 'active' })
      await run('pause_campaign', id)
      await db.sql`select private.post_entry(${account.accountId}, 'refund', -1000, 'test')`
      expect(await errorOf(run('resume_campaign', id))).toMatchObject({ code: 'not_launchable', details: [{ code: 'not_enough_minutes' }] })
    })
  })

  test('minutes that ran out are told once, and no more when there are some', async () => {
    await running({ contacts: 3 })
    await db.sql`select private.post_entry(${account.accountId}, 'refund', -1100, 'test')`
    for (let round = 0; round < 3; round += 1) {
      await claim(db)
      await tick()
    }
    expect(await notices()).toMatchObject([{ kind: 'no_minutes', campaign_id: null, details: { spendable_seconds: 100, needed_seconds: 300 } }, { kind: 'low_balance' }])
    await db.sql`select private.post_entry(${account.accountId}, 'grant', 900, 'more')`
    await claim(db)
    await tick()
    expect(await notices()).toEqual([])
  })

  test('only who may run campaigns schedules, archives and repins; strangers find nothing', async () => {
    const id = await running()
    const viewer = (await addMember(db, account, 'viewer')).actor
    const stranger = (await openAccount(db)).owner
    for (const [verb, more] of [['schedule_campaign', { launch_at: '2027-01-01T09:00' }], ['unschedule_campaign', {}], ['archive_campaign', {}], ['repin_assistant', {}]] as const) {
      expect([verb, (await errorOf(viewer.rpc(verb, { campaign_id: id, ...more }))).code]).toEqual([verb, 'forbidden'])
      expect([verb, (await errorOf(stranger.rpc(verb, { campaign_id: id, ...more }))).code]).toEqual([verb, 'not_found'])
    }
  })

  test('of two people who give it different commands at once one is refused with the state found', async () => {
    const other = await addMember(db, account, 'admin')
    for (const [first, second, wanted] of [['pause_campaign', 'stop_campaign', 'stopped'], ['stop_campaign', 'pause_campaign', 'stopped'], ['pause_campaign', 'pause_campaign', 'paused']] as const) {
      const id = await running()
      const sessions: Session[] = [await db.session({ userId: account.userId }), await db.session({ userId: other.userId })]
      await sessions[0]!.begin()
      await sessions[0]!.rpc(first, { campaign_id: id })
      const later = sessions[1]!.rpc(second, { campaign_id: id }).then(() => null, (error: unknown) => error)
      await db.untilSomebodyWaits()
      await sessions[0]!.commit()
      const refused = await later
      expect([first, second, (await get(id)).status]).toEqual([first, second, wanted])
      expect(refused === null).toBe(first === 'pause_campaign' && second === 'stop_campaign')
      await Promise.all(sessions.map((session) => session.close()))
      if (wanted === 'paused') await run('stop_campaign', id)
    }
  })
})
