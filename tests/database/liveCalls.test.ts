/** Calls in being: who sees which, in what order, and how a person ends one. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, dialOne, processEvents, report, sendEvent, type AcceptedCall } from '../factories/call.ts'
import { createAssistant, startedCampaign } from '../factories/campaign.ts'
import { requestTest, verifiedNumber, versionOf } from '../factories/ownNumber.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface LiveRow {
  id: string
  state: string
  contact_name: string
  phone: string
  line: string
  campaign_id: string | null
  end_asked: { by_name: string, is_told: boolean } | null
}
interface LivePage { rows: LiveRow[], next_cursor: object | null, counts: Record<string, number>, campaigns: { id: string, calls_count: number }[] }

describe('calls in being', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaignId: string
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`update engine.provider_lines set calls_per_second = 20`
    campaignId = (await startedCampaign(account, { contacts: 5, assistant: { maximum_seconds: 60 } })).campaignId
  })
  afterAll(() => db.drop())

  const list = (more: object = {}, who: Actor = account.owner, cursor: object | null = null, size = 20) =>
    who.rpc<LivePage>('list_live_calls', { filter: { account_id: account.accountId, ...more }, cursor, page_size: size })
  const move = async ({ providerCallId }: AcceptedCall, state: string) => {
    await sendEvent(db, { provider_call_id: providerCallId, state })
    await processEvents(db)
  }

  test('are all that are not settled, each in its state, with numbers by state and campaign', async () => {
    const talking = await acceptedCall(db)
    const ringing = await acceptedCall(db)
    const ended = await acceptedCall(db)
    const over = await acceptedCall(db)
    await claim(db)
    await move(talking, 'in_progress')
    await move(ringing, 'ringing')
    await move(ended, 'ended')
    await sendEvent(db, report(over.providerCallId))
    await processEvents(db)
    const { rows, counts, campaigns } = await list()
    expect(counts).toEqual({ in_progress: 1, ringing: 1, ended: 1, reserved: 1 })
    expect(campaigns).toEqual([{ id: campaignId, name: 'Spring', calls_count: 4 }])
    expect(rows.map(({ state }) => state).sort()).toEqual(['ended', 'in_progress', 'reserved', 'ringing'])
    expect(rows.find(({ id }) => id === talking.callId)).toMatchObject({ contact_name: 'Jo Field', line: expect.stringMatching(/^\+/) as string, campaign_id: campaignId, end_asked: null })
    expect((await list({ states: ['ringing'] })).rows.map(({ id }) => id)).toEqual([ringing.callId])
    expect((await list({ states: ['ringing'] })).counts, 'the others stay counted').toEqual(counts)
    expect((await errorOf(list({ states: ['settled'] }))).code).toBe('invalid_input')
  })

  test('of one campaign are those alone, and the others stay on offer', async () => {
    const { campaignId: otherId } = await startedCampaign(account, { contacts: 1, assistant: { maximum_seconds: 60 } })
    await claim(db)
    const { rows, counts, campaigns } = await list({ campaign_id: otherId })
    expect([rows.map((row) => row.campaign_id), counts]).toEqual([[otherId], { reserved: 1 }])
    expect(campaigns.map(({ id }) => id).sort()).toEqual([campaignId, otherId].sort())
  })

  test('are paged from the newest or from the longest on, each once', async () => {
    await claim(db)
    await db.sql`update public.calls c set created_at = private.now() - make_interval(secs => x.n) from (select id, row_number() over (order by id) as n from public.calls) x where x.id = c.id`
    const newest: string[] = []
    let cursor: object | null = null
    do {
      const page: LivePage = await list({}, account.owner, cursor, 2)
      newest.push(...page.rows.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor)
    expect(newest).toEqual((await db.sql`select id from public.calls order by created_at desc`).map(({ id }) => id as string))
    const longest = await list({ order: 'longest' }, account.owner, null, 3)
    const rest = await list({ order: 'longest' }, account.owner, longest.next_cursor, 3)
    expect([...longest.rows, ...rest.rows].map(({ id }) => id)).toEqual([...newest].reverse())
  })

  test('are shown by campaign, masked for viewers, to nobody outside; a code is shown to nobody', async () => {
    const { campaignId: otherId } = await startedCampaign(account, { contacts: 1, assistant: { maximum_seconds: 60 } })
    await claim(db)
    const agent = await addMember(db, account, 'agent')
    expect((await list({}, agent.actor)).rows).toEqual([])
    await account.owner.rpc('assign_to_campaign', { campaign_id: otherId, user_id: agent.userId, is_assigned: true })
    expect(await list({}, agent.actor)).toMatchObject({ rows: [{ campaign_id: otherId, contact_name: 'Jo Field' }], campaigns: [{ id: otherId }] })
    const viewer = await list({}, (await addMember(db, account, 'viewer')).actor)
    expect(viewer.rows).toHaveLength(5)
    expect(viewer.rows[0]).toMatchObject({ contact_name: 'J•••', phone: expect.stringContaining('•••') as string })
    expect((await errorOf(list({}, (await openAccount(db)).owner))).code).toBe('not_found')
    await db.sql`update public.calls set kind = 'verification', campaign_id = null, enrolment_id = null, assistant_version_id = null where campaign_id = ${otherId}`
    expect((await list()).rows).toHaveLength(4)
  })

  describe('ended by a person', () => {
    const ask = (callId: string, who: Actor = account.owner) => who.rpc<{ answer: string | null }>('ask_call_end', { call_id: callId })
    const toEnd = (callId: string, userId = account.userId) => db.asService().rpc('call_to_end', { call_id: callId, user_id: userId })
    const record = (callId: string, answer: string) => db.asService().rpc('record_call_end', { call_id: callId, answer })
    const logged = async () => (await db.sql`select actor_id, subject_id, details from public.activity_log where verb = 'call.end_asked' order by id`).map((row) => ({ ...row }))
    let call: AcceptedCall
    beforeEach(async () => {
      call = await acceptedCall(db)
      await move(call, 'in_progress')
    })

    test('are asked for once, with a name and a line in the log; the provider decides when they are over', async () => {
      expect(await ask(call.callId)).toEqual({ answer: null })
      expect(await toEnd(call.callId)).toEqual({ provider: 'vapi', provider_call_id: call.providerCallId, connection_id: null })
      expect((await list()).rows.find(({ id }) => id === call.callId)?.end_asked).toMatchObject({ by_name: 'Ada Test', is_told: false })
      expect(await ask(call.callId)).toEqual({ answer: 'asked' })
      expect(await record(call.callId, 'hung_up')).toEqual({ is_recorded: true })
      expect(await record(call.callId, 'failed')).toEqual({ is_recorded: false })
      expect((await errorOf(toEnd(call.callId))).code, 'it is told once').toBe('not_found')
      expect(await ask(call.callId)).toEqual({ answer: 'asked' })
      expect(await logged()).toEqual([{ actor_id: account.userId, subject_id: call.callId, details: { campaign_id: campaignId } }])
      expect((await list()).rows.find(({ id }) => id === call.callId)).toMatchObject({ state: 'in_progress', end_asked: { is_told: true } })
      await sendEvent(db, report(call.providerCallId, 30, { ended_reason: 'manually-canceled', outcome: 'canceled' }))
      await processEvents(db)
      expect(await ask(call.callId)).toEqual({ answer: 'over' })
      expect(await account.owner.rpc('get_call', { call_id: call.callId })).toMatchObject({ state: 'settled', end_asked: { by_name: 'Ada Test' }, ledger: { delta_seconds: -60 } })
      expect(await logged()).toHaveLength(1)
      await expectInvariants(db)
    })

    test('two wishes at once are one', async () => {
      const answers = await Promise.all([ask(call.callId), ask(call.callId), ask(call.callId)])
      expect(answers.filter(({ answer }) => answer === null)).toHaveLength(1)
      expect(await logged()).toHaveLength(1)
    })

    test.each(['not_yet', 'failed'])('may be asked for again when it came to nothing (%s)', async (answer) => {
      await ask(call.callId)
      await record(call.callId, answer)
      expect((await list()).rows.find(({ id }) => id === call.callId)?.end_asked).toBeNull()
      expect(await ask(call.callId)).toEqual({ answer: null })
    })

    test('may be asked for again by a colleague when nobody answered for half a minute', async () => {
      const admin = await addMember(db, account, 'admin')
      await ask(call.callId)
      expect(await ask(call.callId, admin.actor)).toEqual({ answer: 'asked' })
      await db.shiftClock('31 seconds')
      expect(await ask(call.callId, admin.actor)).toEqual({ answer: null })
      expect((await errorOf(toEnd(call.callId))).code).toBe('not_found')
      expect(await toEnd(call.callId, admin.userId)).toMatchObject({ provider_call_id: call.providerCallId })
    })

    test('leave no trace when they had ended, or the provider has not taken them on', async () => {
      const dialled = await dialOne(db)
      expect(await ask(dialled.callId)).toEqual({ answer: 'not_yet' })
      await move(call, 'ended')
      expect(await ask(call.callId)).toEqual({ answer: 'over' })
      expect(await logged()).toEqual([])
      expect((await errorOf(toEnd(call.callId))).code).toBe('not_found')
    })

    test('wait for what moves the call on at that moment', async () => {
      await sendEvent(db, report(call.providerCallId))
      const settling = await db.session('service')
      await settling.begin()
      await settling.rpc('process_call_events', { batch_size: 10 })
      const asked = ask(call.callId)
      await db.untilSomebodyWaits()
      await settling.commit()
      expect(await asked).toEqual({ answer: 'over' })
      await settling.close()
    })

    test('are no business of agents, viewers and strangers', async () => {
      const agent = await addMember(db, account, 'agent')
      await account.owner.rpc('assign_to_campaign', { campaign_id: campaignId, user_id: agent.userId, is_assigned: true })
      expect((await errorOf(ask(call.callId, agent.actor))).code).toBe('forbidden')
      expect((await errorOf(ask(call.callId, (await addMember(db, account, 'viewer')).actor))).code).toBe('forbidden')
      expect((await errorOf(ask(call.callId, (await openAccount(db)).owner))).code).toBe('not_found')
      expect((await errorOf(ask('00000000-0000-4000-8000-000000000000'))).code).toBe('not_found')
      expect((await errorOf(toEnd(call.callId))).code, 'nobody asked').toBe('not_found')
      expect(await db.sql`select from engine.call_ends`).toEqual([])
    })

    test('a test call is ended by whoever asked for it, too, and a call that speaks a code by nobody', async () => {
      const version = await versionOf(account, await createAssistant(account))
      const callId = await requestTest(account, version, await verifiedNumber(db, account))
      await db.sql`update public.calls set state = 'in_progress', provider_call_id = id::text where id = ${callId}`
      await db.sql`update public.members set role = 'agent' where user_id = ${account.userId}`
      expect((await errorOf(ask(callId, (await addMember(db, account, 'viewer')).actor))).code).toBe('forbidden')
      expect(await ask(callId)).toEqual({ answer: null })
      await db.sql`update public.calls set kind = 'verification', assistant_version_id = null where id = ${callId}`
      expect((await errorOf(ask(callId))).code).toBe('not_found')
    })
  })
})
