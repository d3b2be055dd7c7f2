/** What can be set on a campaign, what is refused with its field, and what may change in which state. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createAssistant, createCampaign, startedCampaign } from '../factories/campaign.ts'
import { defaultRetries, type RetryRule } from '../../business/models/retryRules.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'

type Content = Record<string, unknown>
const byOutcome = (a: RetryRule, b: RetryRule) => a.outcome.localeCompare(b.outcome)

describe('the settings of a campaign', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await db.sql`select private.post_entry(${account.accountId}, 'grant', 100000, 'test')`
  })
  afterAll(() => db.drop())

  const save = (content: Content, id: string | null = null, actor = account.owner) =>
    actor.rpc<{ campaign_id: string }>('save_campaign', { account_id: account.accountId, campaign_id: id, content })
  const get = (id: string) => account.owner.rpc<Content & { editable: string[] }>('get_campaign', { campaign_id: id })
  const full = () => ({
    name: 'Autumn', description: 'Renewals', purpose: 'survey', priority: 'high', time_zone: 'Europe/Berlin', max_attempts: 4,
    windows: [{ weekday: 1, opens_at: '09:00', closes_at: '12:00' }, { weekday: 1, opens_at: '13:00', closes_at: '17:30' }, { weekday: 5, opens_at: '22:00', closes_at: '02:00' }],
    blackout_dates: [{ day: '2027-03-08', name: 'Inventory' }, { day: '2027-03-09', name: '' }],
    retries: [{ outcome: 'voicemail', retries: 0, delays_minutes: [60], shifts_day_part: false }, { outcome: 'no_answer', retries: 2, delays_minutes: [30, 90], shifts_day_part: true },
      { outcome: 'busy', retries: 5, delays_minutes: [5], shifts_day_part: false }, { outcome: 'failed', retries: 1, delays_minutes: [1440], shifts_day_part: false }],
    starts_at: '2027-03-01T09:00', ends_at: '2027-03-31T18:00', concurrency_max: 3, daily_cap: 200, budget_seconds: 36000, failure_limit_percent: 40, opt_out_limit_percent: 5,
  })

  test('come back as they were saved, and saving them again changes nothing', async () => {
    const { campaign_id: id } = await save(full())
    expect(await get(id)).toMatchObject(full())
    await save(full(), id)
    expect(await db.sql`select 1 from public.activity_log where subject_id = ${id} and verb = 'campaign.changed'`).toHaveLength(0)
    expect((await db.sql`select weight, concurrency_max, daily_cap, budget_seconds::int from engine.campaigns where campaign_id = ${id}`)[0])
      .toEqual({ weight: 4, concurrency_max: 3, daily_cap: 200, budget_seconds: 36000 })
  })

  test('left out stay as they are; null takes a limit away', async () => {
    const { campaign_id: id } = await save(full())
    await save({ daily_cap: null, ends_at: null }, id)
    expect(await get(id)).toMatchObject({ ...full(), daily_cap: null, ends_at: null })
    expect((await db.sql`select details from public.activity_log where subject_id = ${id} and verb = 'campaign.changed'`)[0]?.details).toEqual({ fields: ['daily_cap', 'ends_at'] })
  })

  test('retries that say some outcomes leave the others to the habit', async () => {
    const { campaign_id: id } = await save({ name: 'X', retries: [{ outcome: 'busy', retries: 1, delays_minutes: [7], shifts_day_part: false }] })
    expect(await get(id)).toMatchObject({ retries: [{ outcome: 'voicemail', retries: 2 }, { outcome: 'no_answer', retries: 3 }, { outcome: 'busy', delays_minutes: [7] }, { outcome: 'failed', retries: 2 }] })
    await save({ retries: [] }, id)
    const { retries } = await get(id) as unknown as { retries: RetryRule[] }
    expect(retries.toSorted(byOutcome)).toEqual(defaultRetries.toSorted(byOutcome))
  })

  test('have defaults where a new campaign says nothing', async () => {
    const { campaign_id: id } = await save({ name: ' Bare ' })
    expect(await get(id)).toMatchObject({ name: 'Bare', purpose: 'service', priority: 'normal', time_zone: 'America/New_York', max_attempts: 3, windows: [],
      concurrency_max: null, daily_cap: null, budget_seconds: null, failure_limit_percent: 50, opt_out_limit_percent: 10, starts_at: null, ends_at: null })
  })

  test.each<[string, string, Content]>([
    ['name', 'length', { name: ' ' }], ['name', 'length', { name: 'x'.repeat(121) }], ['name', 'length', { name: null }], ['description', 'length', { description: 'x'.repeat(2001) }],
    ['purpose', 'unknown', { purpose: 'spam' }], ['purpose', 'unknown', { purpose: null }], ['priority', 'unknown', { priority: 3 }], ['time_zone', 'unknown', { time_zone: 'EST' }],
    ['assistant_id', 'unknown', { assistant_id: '00000000-0000-4000-8000-000000000000' }], ['assistant_id', 'unknown', { assistant_id: 'x' }],
    ['max_attempts', 'range', { max_attempts: 0 }], ['max_attempts', 'range', { max_attempts: 2.5 }], ['max_attempts', 'range', { max_attempts: '3' }], ['max_attempts', 'range', { max_attempts: null }],
    ['concurrency_max', 'range', { concurrency_max: 0 }], ['concurrency_max', 'range', { concurrency_max: 1e12 }], ['daily_cap', 'range', { daily_cap: -1 }], ['daily_cap', 'range', { daily_cap: '' }], ['daily_cap', 'range', { daily_cap: {} }],
    ['budget_seconds', 'range', { budget_seconds: 59 }], ['failure_limit_percent', 'range', { failure_limit_percent: 101 }], ['opt_out_limit_percent', 'range', { opt_out_limit_percent: null }],
    ['starts_at', 'shape', { starts_at: 'tomorrow' }], ['starts_at', 'shape', { starts_at: '2027-02-30T09:00' }], ['ends_at', 'shape', { ends_at: 7 }],
    ['blackout_dates', 'shape', { blackout_dates: null }], ['blackout_dates', 'shape', { blackout_dates: ['2027-01-01'] }], ['blackout_dates', 'shape', { blackout_dates: [{ day: '2027-02-30' }] }],
    ['blackout_dates', 'twice', { blackout_dates: [{ day: '2027-02-20' }, { day: '2027-02-20', name: 'x' }] }],
    ['retries', 'shape', { retries: null }], ['retries', 'range', { retries: [{ outcome: 'busy', retries: 10, delays_minutes: [1], shifts_day_part: false }] }],
    ['ends_at', 'order', { starts_at: '2027-03-01T09:00', ends_at: '2027-03-01T09:00' }],
    ['windows', 'shape', { windows: null }], ['windows', 'shape', { windows: ['Monday'] }], ['windows', 'shape', { windows: Array.from({ length: 51 }, () => ({})) }],
    ['windows', 'range', { windows: [{ weekday: 8, opens_at: '09:00', closes_at: '10:00' }] }], ['windows', 'range', { windows: [{ weekday: 1, opens_at: '24:00', closes_at: '10:00' }] }],
    ['windows', 'range', { windows: [{ weekday: 1, opens_at: '09:00', closes_at: '09:00' }] }], ['daily_limit', 'unknown', { daily_limit: 5 }],
  ])('refuse with the field %s and %s: %j', async (field, code, content) => {
    expect(await errorOf(save({ name: 'X', ...content }))).toMatchObject({ code: 'invalid_input', details: [{ field, code }] })
  })

  test.each<[string, [number, string, string][]]>([
    ['the same twice', [[1, '09:00', '10:00'], [1, '09:00', '10:00']]], ['one in the other', [[1, '09:00', '17:00'], [1, '12:00', '13:00']]],
    ['over midnight into the next day', [[1, '22:00', '02:00'], [2, '01:00', '03:00']]], ['from Sunday night into Monday', [[7, '22:00', '02:00'], [1, '01:00', '03:00']]],
    ['until midnight of the next day', [[7, '12:00', '00:00'], [7, '23:00', '24:00']]],
  ])('refuse calling times that overlap: %s', async (_, windows) => {
    const content = { name: 'X', windows: windows.map(([weekday, opens_at, closes_at]) => ({ weekday, opens_at, closes_at })) }
    expect(await errorOf(save(content))).toMatchObject({ code: 'invalid_input', details: [{ field: 'windows', code: 'overlap' }] })
  })

  test('allow calling times that touch, around the clock and around the week', async () => {
    const day = (weekday: number) => ({ weekday, opens_at: '00:00', closes_at: '24:00' })
    const { campaign_id: id } = await save({ name: 'X', windows: [1, 2, 3, 4, 5, 6, 7].map(day) })
    await save({ windows: [{ weekday: 1, opens_at: '00:00', closes_at: '12:00' }, { weekday: 1, opens_at: '12:00', closes_at: '24:00' }, { weekday: 7, opens_at: '22:00', closes_at: '00:00' }] }, id)
    expect((await get(id)).windows).toHaveLength(3)
  })

  test('mean a start and an end in the campaign\'s zone, and keep the instant when only the zone changes', async () => {
    const { campaign_id: id } = await save({ name: 'X', time_zone: 'Europe/Berlin', starts_at: '2027-07-01T09:00', ends_at: '2027-07-02T07:30:00Z' })
    const instant = async () => (await db.sql`select starts_at, ends_at from public.campaigns where id = ${id}`)[0]
    expect(await instant()).toEqual({ starts_at: new Date('2027-07-01T07:00:00Z'), ends_at: new Date('2027-07-02T07:30:00Z') })
    await save({ time_zone: 'America/New_York' }, id)
    expect(await instant()).toEqual({ starts_at: new Date('2027-07-01T07:00:00Z'), ends_at: new Date('2027-07-02T07:30:00Z') })
    expect(await get(id)).toMatchObject({ starts_at: '2027-07-01T03:00', ends_at: '2027-07-02T03:30' })
    await save({ time_zone: 'Asia/Kolkata', starts_at: '2027-07-01T03:00' }, id)
    expect((await instant())?.starts_at).toEqual(new Date('2027-06-30T21:30:00Z'))
  })

  test('may change in a running campaign where that is declared, and are refused by name where not', async () => {
    const { campaignId } = await startedCampaign(account)
    const now = await get(campaignId)
    expect(now.editable).not.toEqual(expect.arrayContaining(['assistant_id']))
    await save({ daily_cap: 10, name: 'Renamed', time_zone: now.time_zone, assistant_id: now.assistant_id }, campaignId)
    const error = await errorOf(save({ purpose: 'sales', assistant_id: await createAssistant(account), daily_cap: 20 }, campaignId))
    expect(error).toMatchObject({ code: 'conflict', details: { status: 'active', fields: ['assistant_id', 'purpose'] } })
    expect(await get(campaignId)).toMatchObject({ name: 'Renamed', daily_cap: 10, purpose: 'service' })
    await account.owner.rpc('stop_campaign', { campaign_id: campaignId })
    expect((await get(campaignId)).editable).toEqual([])
    expect(await errorOf(save({ name: 'Again' }, campaignId))).toMatchObject({ code: 'conflict', details: { status: 'stopped', fields: ['name'] } })
  })

  test('are every one of them declared, saved and given back', async () => {
    const { campaignId } = await createCampaign(account)
    const [row] = await db.sql<{ settings: string[] }[]>`select array(select jsonb_object_keys(private.settings_of(k)) order by 1) as settings from public.campaigns k where k.id = ${campaignId}`
    expect(row?.settings).toEqual((await get(campaignId)).editable.sort())
  })

  test('an archived assistant stays where it is and cannot be chosen anew', async () => {
    const assistantId = await createAssistant(account)
    const { campaign_id: id } = await save({ name: 'X', assistant_id: assistantId })
    await account.owner.rpc('archive_assistant', { assistant_id: assistantId })
    await save({ name: 'Y', assistant_id: assistantId }, id)
    expect(await errorOf(save({ name: 'Z', assistant_id: assistantId }))).toMatchObject({ details: [{ field: 'assistant_id' }] })
  })

  test('are not for viewers, agents or strangers to change', async () => {
    const { campaign_id: id } = await save({ name: 'X' })
    for (const role of ['viewer', 'agent'] as const) expect((await errorOf(save({ name: 'Y' }, id, (await addMember(db, account, role)).actor))).code).toBe('forbidden')
    const stranger = await openAccount(db)
    expect((await errorOf(save({ name: 'Y' }, id, stranger.owner))).code).toBe('not_found')
    expect((await errorOf(stranger.owner.rpc('save_campaign', { account_id: stranger.accountId, campaign_id: id, content: { name: 'Y' } }))).code).toBe('not_found')
  })
})
