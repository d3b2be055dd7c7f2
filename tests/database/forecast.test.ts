/** What a forecast is made from agrees with what the engine would do: counts with the rows, calling times with the slow judgement. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ForecastFacts } from '../../business/models/forecast.ts'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

const NINE_TO_FIVE = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '09:30', closes_at: '17:00' }))

describe('the facts of a forecast', () => {
  let db: TestDatabase
  let account: TestAccount
  const factsOf = (campaign_id: string, actor: Actor = account.owner) => actor.rpc<ForecastFacts>('forecast_facts', { campaign_id })
  beforeAll(async () => {
    db = await createDatabase()
  })
  beforeAll(async () => {
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  test('counts everybody once: now, later with the reason, never with the reason', async () => {
    const blocked = newPhone()
    await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone: blocked })
    const { campaignId } = await createCampaign(account, { content: { windows: NINE_TO_FIVE }, contacts: [
      { time_zone: 'America/St_Johns' }, { time_zone: 'America/St_Johns' }, {}, { time_zone: null, region: 'US' }, { phone: blocked },
      { time_zone: 'America/St_Johns', wish: { from: '15:00', until: '16:00', days: null } }] })
    const { people, queue, lanes } = await factsOf(campaignId)
    // The database begins at nine in New York, half past ten in St John's.
    expect(people.now).toBe(2)
    expect(people.later).toMatchObject([{ reason: 'window_closed', people: 1 }, { reason: 'wish', people: 1 }])
    expect(people.never).toEqual([{ reason: 'do_not_call', people: 1 }, { reason: 'time_zone_unknown', people: 1 }])
    const counted = people.now + [...people.later, ...people.never].reduce((sum, each) => sum + each.people, 0)
    const [row] = await db.sql`select count(*)::int as n, count(*) filter (where status = 'waiting')::int as waiting from public.enrolments where campaign_id = ${campaignId}`
    expect(counted).toBe(row?.n)
    expect(queue.reduce((sum, group) => sum + group.people, 0)).toBe(row?.waiting)
    expect(lanes.filter(({ wish }) => wish)).toHaveLength(1)
  })

  test('tells the calling times that the engine keeps, at every three quarters of an hour of two weeks', async () => {
    const { campaignId } = await createCampaign(account, { content: { windows: NINE_TO_FIVE.slice(0, 6), blackout_dates: [] }, contacts: [
      {}, { time_zone: 'America/Los_Angeles' }, { time_zone: 'America/New_York', wish: { from: '16:00', until: '09:45', days: [1, 2, 3] } }] })
    const { lanes, windows, asked_at } = await factsOf(campaignId)
    for (const lane of lanes) {
      const edges = windows[lane.windows]!
      const asked = Array.from({ length: 14 * 32 }, (_, index) => Math.ceil(Date.parse(asked_at) / 900_000) * 900 + index * 2_700)
      const told = asked.map((at) => edges.filter((edge) => edge <= at).length % 2 === 1)
      const kept = await db.sql<{ is_open: boolean }[]>`select (private.window_at(${campaignId}, ${lane.time_zone}, ${lane.region}, to_timestamp(x))).open_until is not null
        and (not ${lane.wish} or (private.contact_window(p, to_timestamp(x))).open_until is not null) as is_open
        from unnest(${asked}::bigint[]) with ordinality u (x, n)
        cross join (select c from public.contacts c join public.enrolments e on e.contact_id = c.id where e.campaign_id = ${campaignId} and (not ${lane.wish} or c.call_days is not null) limit 1) p (p)
        order by n`
      expect(told).toEqual(kept.map(({ is_open }) => is_open))
    }
  })

  test('says of whom was called too often lately when they may be called again', async () => {
    await account.owner.rpc('save_account_rules', { account_id: account.accountId, content: { frequency_cap: 1, frequency_hours: 48 } })
    const first = await startedCampaign(account, { contacts: 1 })
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    const { campaignId } = await createCampaign(account, { contacts: 1 })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: first.contactIds })
    const { people, history } = await factsOf(campaignId)
    expect(people).toMatchObject({ now: 1, later: [{ reason: 'frequency_cap', people: 1 }] })
    const [clock] = await db.sql<{ now: Date }[]>`select private.now() as now`
    expect(Math.round((Date.parse(people.later[0]!.from_at) - clock!.now.getTime()) / 3_600_000)).toBe(48)
    expect(history).toMatchObject({ campaign: { calls: 0 }, account: { calls: 1, outcomes: [{ outcome: 'answered', calls: 1 }] } })
    expect(history.account.callbacks).toEqual({ calls: 0, later_seconds: 0 })
    expect(history.account.outcomes[0]?.talk_seconds).toEqual(Array.from({ length: 20 }, () => 61))
  })

  test('counts the calls in which somebody asked for another, and how much later', async () => {
    const asked = await openAccount(db)
    const { campaignId } = await startedCampaign(asked, { contacts: 1 })
    const { providerCallId, callId } = await acceptedCall(db)
    const [{ at } = { at: '' }] = await db.sql`select to_char((private.now() + interval '26 hours') at time zone 'America/New_York', 'YYYY-MM-DD"T"HH24:MI:SS') as at`
    await db.sql`select private.call_back_by_call(c, ${at}, 'tool_call') from public.calls c where c.id = ${callId}`
    await db.sql`select private.call_back_by_call(c, ${at}, 'provider') from public.calls c where c.id = ${callId}`
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    const { callbacks } = (await factsOf(campaignId, asked.owner)).history.campaign
    expect(callbacks.calls, 'one call, however often it is noted').toBe(1)
    expect(Math.round(callbacks.later_seconds / 3600)).toBe(26)
  })

  test('tells the limits that hold, and what the other campaigns of the account want', async () => {
    const busy = await openAccount(db)
    await startedCampaign(busy, { contacts: 3, content: { priority: 'high' } })
    const content = { daily_cap: 7, budget_seconds: 3_600, concurrency_max: 2 }
    const { campaignId } = await createCampaign(busy, { contacts: 1, content, assistant: { maximum_seconds: 120 } })
    const [line] = await db.sql`select p.concurrency_max - p.in_flight as line_slots, p.calls_per_second from engine.provider_lines p`
    const facts = await busy.owner.rpc<ForecastFacts>('forecast_facts', { campaign_id: campaignId })
    expect(facts.limits).toMatchObject({ ...line, campaign_slots: 2, account_slots: 5, campaign_day_calls: 7, campaign_calls_today: 0,
      budget_seconds: 3_600, used_seconds: 0, spendable_seconds: 1_200, maximum_seconds: 120, weight: 2, others: [{ weight: 4, people: 3 }] })
    expect(facts.retries).toHaveLength(4)
  })

  test('counts who is in a call, and gives back to the campaign what its own calls hold', async () => {
    const caller = await openAccount(db)
    const { campaignId } = await startedCampaign(caller, { contacts: 2 })
    await db.sql`update engine.accounts set next_at = null where account_id <> ${caller.accountId}`
    expect(await claim(db, 1)).toHaveLength(1)
    const { people, queue, limits } = await caller.owner.rpc<ForecastFacts>('forecast_facts', { campaign_id: campaignId })
    expect(people).toMatchObject({ now: 1, calling: 1 })
    expect(queue.map(({ rank, people }) => [rank, people])).toEqual([[-1, 1], [2, 1]])
    expect(limits.spendable_seconds).toBe(1_200)
  })

  test('keeps prices from those who may not see them, and names nobody', async () => {
    const { campaignId } = await createCampaign(account, { contacts: [{ name: 'Grace Hopper' }] })
    const viewer = (await addMember(db, account, 'viewer')).actor
    expect((await factsOf(campaignId)).price).toMatchObject({ currency: 'usd', pack_micros_per_minute: 600_000 })
    const seen = await factsOf(campaignId, viewer)
    expect(seen.price).toBeNull()
    expect(JSON.stringify(seen)).not.toContain('Grace')
  })

  test('begins a scheduled campaign at its launch, and ends where nothing may be called any more', async () => {
    const { campaignId } = await createCampaign(account, { content: { windows: NINE_TO_FIVE } })
    const [{ at } = { at: '' }] = await db.sql`select private.local_text(private.now() + interval '3 days', 'America/New_York') as at`
    await account.owner.rpc('schedule_campaign', { campaign_id: campaignId, launch_at: at })
    const { begins_at, asked_at, windows } = await factsOf(campaignId)
    expect(Date.parse(begins_at) - Date.parse(asked_at)).toBeGreaterThan(2.9 * 86_400_000)
    expect(Math.min(...windows.flat()) * 1000).toBeGreaterThanOrEqual(Date.parse(begins_at))
    const closed = await createCampaign(account, { content: { windows: [] } })
    expect((await factsOf(closed.campaignId)).people).toMatchObject({ now: 0, never: [{ reason: 'no_window', people: 1 }] })
    await createContact(account)
  })

  describe('kept at the start', () => {
    const range = (p50: number) => ({ p50, p90: p50 * 2 })
    const figures = { people: 3, seconds: range(600), dials: range(5), answered: range(2), finishes_at: { p50: 1_900_000_000, p90: null } }
    const keep = (campaign_id: string, more: object = {}) => account.owner.rpc<{ is_kept: boolean }>('keep_forecast', { campaign_id, figures: { ...figures, ...more } })
    const keptOf = async (campaign_id: string) => (await account.owner.rpc<{ kept_forecast: object | null }>('get_campaign', { campaign_id })).kept_forecast

    test('is the first one after it, whatever is said later, and goes on with the campaign', async () => {
      const { campaignId } = await startedCampaign(account)
      expect(await keptOf(campaignId)).toBeNull()
      expect(await keep(campaignId, { people: 4, anything: 'else' })).toEqual({ is_kept: true })
      expect(await keep(campaignId, { people: 9 })).toEqual({ is_kept: false })
      await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
      const kept = await keptOf(campaignId)
      expect(kept).toMatchObject({ ...figures, people: 4 })
      expect(kept).not.toHaveProperty('anything')
    })

    test('is none of a draft, none of a campaign that runs for long, and gone with a start that was taken back', async () => {
      const { campaignId: draft } = await createCampaign(account)
      expect(await keep(draft)).toEqual({ is_kept: false })
      const { campaignId: running } = await startedCampaign(account)
      await db.sql`update public.campaigns set started_at = private.now() - interval '11 minutes' where id = ${running}`
      expect(await keep(running)).toEqual({ is_kept: false })
      const [{ at } = { at: '' }] = await db.sql`select private.local_text(private.now() + interval '3 days', 'America/New_York') as at`
      await account.owner.rpc('schedule_campaign', { campaign_id: draft, launch_at: at })
      expect(await keep(draft)).toEqual({ is_kept: true })
      await account.owner.rpc('unschedule_campaign', { campaign_id: draft })
      expect(await keptOf(draft)).toBeNull()
    })

    test.each([{ people: '3' }, { seconds: { p50: 1 } }, { dials: null }, { finishes_at: { p50: 'soon' } }])('is refused when it is no forecast: %j', async (more) => {
      const { campaignId } = await startedCampaign(account)
      expect(await errorOf(keep(campaignId, more))).toMatchObject({ code: 'invalid_input', details: [{ field: 'figures' }] })
    })
  })
})
