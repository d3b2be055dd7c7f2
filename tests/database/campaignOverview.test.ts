/** What a campaign's page shows beside its counters: its calls in time, who changed what, and who works on it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { createCampaign, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface Overview {
  days: { calls_count: number, answered_count: number, positive_count: number, billed_seconds: number }[]
  hours: { calls_count: number }[]
  week: { weekday: number, hour: number, calls_count: number, answered_count: number }[]
  calls_last_minutes: number
}
interface Person { user_id: string, role: string, sees_all: boolean, is_assigned: boolean }
interface Entry { id: number, call_id: string | null, verb: string, actor_name: string | null, details: Record<string, unknown> }
interface Activity { rows: Entry[], next_cursor: unknown }

describe('a campaign\'s page', () => {
  let db: TestDatabase
  let account: TestAccount
  let stranger: TestAccount
  let agent: { userId: string, actor: Actor }
  let viewer: { userId: string, actor: Actor }
  let campaignId: string
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    stranger = await openAccount(db)
    agent = await addMember(db, account, 'agent')
    viewer = await addMember(db, account, 'viewer')
    campaignId = (await startedCampaign(account, { contacts: 3, content: { budget_seconds: 6000, failure_limit_percent: 1 } })).campaignId
    for (const outcome of ['answered', 'no_answer']) {
      const { providerCallId } = await acceptedCall(db)
      await sendEvent(db, report(providerCallId, outcome === 'answered' ? 61 : 0, { outcome, structured: { disposition: 'interested' } }))
      await processEvents(db)
    }
  })
  afterAll(() => db.drop())

  const overview = (who: Actor, id = campaignId) => who.rpc<Overview>('campaign_overview', { campaign_id: id })
  const people = (who: Actor) => who.rpc<Person[]>('list_campaign_people', { campaign_id: campaignId })
  const activity = (who: Actor, cursor: unknown = null, page_size = 20) => who.rpc<Activity>('list_campaign_activity', { campaign_id: campaignId, cursor, page_size })
  const assign = (who: Actor, user_id: string, is_assigned: boolean) => who.rpc('assign_to_campaign', { campaign_id: campaignId, user_id, is_assigned })

  test('shows its calls by day, by hour and by the hour of the contacts\' week, of this campaign alone', async () => {
    const { campaignId: other } = await createCampaign(account)
    const seen = await overview(account.owner)
    expect(seen).toMatchObject({ calls_last_minutes: 2,
      days: [{ calls_count: 2, answered_count: 1, positive_count: 1, billed_seconds: 120 }] })
    for (const rows of [seen.days, seen.hours, seen.week]) expect(rows.reduce((sum, { calls_count }) => sum + calls_count, 0)).toBe(2)
    expect(await overview(account.owner, other)).toMatchObject({ days: [], hours: [], week: [], calls_last_minutes: 0 })
  })

  test('is for whoever sees the campaign: an agent once assigned, nobody else\'s account', async () => {
    expect((await overview(viewer.actor)).calls_last_minutes).toBe(2)
    expect((await errorOf(overview(agent.actor))).code).toBe('not_found')
    await assign(account.owner, agent.userId, true)
    expect((await overview(agent.actor)).days).toHaveLength(1)
    await assign(account.owner, agent.userId, false)
    for (const ask of [overview, people, activity]) expect((await errorOf(ask(stranger.owner) as Promise<unknown>)).code).toBe('not_found')
  })

  test('tells who works on it, and lets only editors assign people of the account', async () => {
    expect(await people(viewer.actor)).toEqual(expect.arrayContaining([
      expect.objectContaining({ user_id: account.userId, role: 'owner', sees_all: true, is_assigned: false }),
      expect.objectContaining({ user_id: agent.userId, role: 'agent', sees_all: false, is_assigned: false })]))
    await assign(account.owner, agent.userId, true)
    await assign(account.owner, agent.userId, true)
    expect((await people(account.owner)).filter(({ is_assigned }) => is_assigned).map(({ user_id }) => user_id)).toEqual([agent.userId])
    expect((await errorOf(assign(account.owner, stranger.userId, true))).code).toBe('not_found')
    expect((await errorOf(assign(viewer.actor, viewer.userId, true))).code).toBe('forbidden')
    expect((await errorOf(assign(agent.actor, agent.userId, false))).code).toBe('forbidden')
    expect((await errorOf(assign(stranger.owner, stranger.userId, true))).code).toBe('not_found')
  })

  test('tells who did what, the newest first, page by page, and a rule\'s pause with its figures', async () => {
    await db.asService().rpc('claim_calls', { batch_size: 1 })
    await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
    await account.owner.rpc('resume_campaign', { campaign_id: campaignId })
    await db.sql`select private.pause_by_rule(${campaignId}, 'budget', '{"used_seconds": 6000, "budget_seconds": 6000}')`
    const first = await activity(account.owner, null, 3)
    expect(first.rows).toMatchObject([
      { verb: 'campaign.paused_by_rule', actor_name: null, details: { reason: 'budget' } },
      { verb: 'campaign.resumed', actor_name: expect.any(String) }, { verb: 'campaign.paused', actor_name: expect.any(String) }])
    const rest = await activity(account.owner, first.next_cursor, 100)
    expect(rest.rows.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['campaign.person_assigned', 'campaign.started', 'campaign.created']))
    expect(rest.rows.filter(({ verb }) => verb === 'campaign.person_assigned')).toHaveLength(2)
    expect(rest.next_cursor).toBeNull()
    expect((await errorOf(activity(viewer.actor))).code).toBe('forbidden')
  })

  test('tells of its calls that somebody had ended, in their place, and of no other\'s', async () => {
    await startedCampaign(account, { contacts: [{ phone: newPhone() }] })
    const call = await acceptedCall(db)
    await account.owner.rpc('ask_call_end', { call_id: call.callId })
    const [row] = await db.sql`select campaign_id from public.calls where id = ${call.callId}`
    const ended = row!.campaign_id as string
    await account.owner.rpc('pause_campaign', { campaign_id: ended })
    const of = async (id: string, cursor: unknown = null, size = 1) => account.owner.rpc<Activity>('list_campaign_activity', { campaign_id: id, cursor, page_size: size })
    const first = await of(ended)
    expect(first.rows).toMatchObject([{ verb: 'campaign.paused', call_id: null }])
    const second = await of(ended, first.next_cursor)
    expect(second.rows).toMatchObject([{ verb: 'call.end_asked', call_id: call.callId, actor_name: 'Ada Test' }])
    expect((await of(ended, second.next_cursor)).rows).toMatchObject([{ call_id: null }])
    const { campaignId: other } = await createCampaign(account, { contacts: [] })
    expect((await of(other, null, 100)).rows.map(({ verb }) => verb)).toEqual(['campaign.created'])
  })
})
