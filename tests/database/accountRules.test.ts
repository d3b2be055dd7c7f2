/** An account's own calling rules and a contact's wish, from the command to the claim. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { ALWAYS, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

const WEEK = [1, 2, 3, 4, 5, 6, 7]

describe('an account\'s calling rules', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const save = (content: Record<string, unknown>, actor = account.owner) => actor.rpc('save_account_rules', { account_id: account.accountId, content })
  interface Rules extends Record<string, unknown> { packs: { id: string, rules: { citation: string }[] }[] }
  const read = (actor = account.owner) => actor.rpc<Rules>('get_account_rules', { account_id: account.accountId })
  const claim = async () => (await db.asService().rpc<{ call_ids: unknown[] }>('claim_calls', { batch_size: 10 })).call_ids

  test('begin with three calls in a day, ten minutes apart, and show the law with its citations', async () => {
    const rules = await read()
    expect(rules).toMatchObject({
      daily_cap: null, frequency_cap: 3, frequency_hours: 24, minimum_gap_seconds: 600, observes_holidays: false, windows: [], blackout_dates: [] })
    expect(rules.packs.map(({ id }) => id)).toEqual(expect.arrayContaining(['us-federal', 'us-fl', 'ca', 'eu', 'uk']))
    expect(rules.packs.flatMap((pack) => pack.rules).every(({ citation }) => citation.length > 5)).toBe(true)
  })

  test('change only what is named, are logged once, and say the same again without a trace', async () => {
    const content = { daily_cap: 50, windows: [{ weekday: 1, opens_at: '22:00', closes_at: '02:00' }], blackout_dates: [{ day: '2026-12-24', name: 'Eve' }] }
    expect(await save(content)).toMatchObject({ ...content, frequency_cap: 3 })
    await save(content)
    await save({ frequency_cap: 2 })
    expect(await read()).toMatchObject({ ...content, frequency_cap: 2 })
    const logged = await db.sql`select details from public.activity_log where verb = 'account.rules_changed' order by id`
    expect(logged.map(({ details }) => Object.keys(details as object).sort())).toEqual([['blackout_dates', 'daily_cap', 'windows'], ['frequency_cap']])
    expect(logged[1]?.details).toEqual({ frequency_cap: { before: 3, after: 2 } })
    expect(await save({ daily_cap: null })).toMatchObject({ daily_cap: null })
  })

  test('are read by every member and changed by owner and admin alone; strangers learn nothing', async () => {
    for (const role of ['agent', 'viewer'] as const) {
      const { actor } = await addMember(db, account, role)
      expect(await read(actor)).toMatchObject({ frequency_cap: 3 })
      expect(await errorOf(save({ frequency_cap: 9 }, actor))).toMatchObject({ code: 'forbidden' })
    }
    await save({ frequency_cap: 4 }, (await addMember(db, account, 'admin')).actor)
    const stranger = (await openAccount(db)).owner
    expect(await errorOf(read(stranger))).toMatchObject({ code: 'not_found' })
    expect(await errorOf(save({ frequency_cap: 9 }, stranger))).toMatchObject({ code: 'not_found' })
    expect(await errorOf(db.asAnon().rpc('get_account_rules', { account_id: account.accountId }))).toMatchObject({ code: '42501' })
  })

  test.each([
    ['daily_cap', { daily_cap: 0 }], ['daily_cap', { daily_cap: 1.5 }], ['daily_cap', { daily_cap: '7' }], ['frequency_cap', { frequency_cap: 101 }],
    ['frequency_cap', { frequency_cap: null }], ['frequency_hours', { frequency_hours: 1e30 }], ['minimum_gap_seconds', { minimum_gap_seconds: -1 }],
    ['observes_holidays', { observes_holidays: 'yes' }], ['observes_holidays', { observes_holidays: null }], ['windows', { windows: [{ weekday: 8, opens_at: '09:00', closes_at: '10:00' }] }],
    ['windows', { windows: null }], ['windows', { windows: [{ weekday: 1, opens_at: '09:00', closes_at: '12:00' }, { weekday: 1, opens_at: '11:00', closes_at: '13:00' }] }],
    ['blackout_dates', { blackout_dates: [{ day: '2026-02-30' }] }], ['blackout_dates', { blackout_dates: [{ day: '2026-02-03' }, { day: '2026-02-03' }] }],
    ['content', [1]],
  ])('refuse a wrong %s and name it (%j)', async (field, content) => {
    expect(await errorOf(save(content as Record<string, unknown>))).toMatchObject({ code: 'invalid_input', details: [{ field }] })
  })

  test('hold from the next claim on, and wake the account when they open', async () => {
    await startedCampaign(account, { contacts: 1 })
    await save({ windows: WEEK.map((weekday) => ({ weekday, opens_at: '12:00', closes_at: '17:00' })) })
    expect(await claim()).toEqual([])
    const [lane] = await db.sql`select wait_reason, to_char(next_at at time zone 'America/New_York', 'HH24:MI') as next from engine.lanes`
    expect(lane).toEqual({ wait_reason: 'window_closed', next: '12:00' })
    await save({ windows: [] })
    expect(await claim()).toHaveLength(1)
  })

  test('close a lane that a claim found open a moment ago', async () => {
    await startedCampaign(account, { contacts: 2 })
    await db.sql`update engine.accounts set concurrency_max = 1`
    expect(await claim()).toHaveLength(1)
    await db.sql`update engine.accounts set concurrency_max = 5`
    const [today] = await db.sql`select (private.now() at time zone 'America/New_York')::date::text as day`
    await save({ blackout_dates: [{ day: today?.day as string, name: 'Stocktaking' }] })
    expect(await claim()).toEqual([])
  })

  test('refuse at the instant of dialling what was claimed before, and leave a call alone that was begun before', async () => {
    await startedCampaign(account, { contacts: 2 })
    await db.sql`update engine.provider_lines set calls_per_second = 1000`
    const [first, second] = await claim() as { call_id: string }[]
    await db.sql`update public.calls set dial_at = private.now()`
    const begin = (call: { call_id: string } | undefined) => db.asService().rpc('begin_dial', { call_id: call?.call_id })
    expect(await begin(first)).not.toBeNull()
    await save({ windows: WEEK.map((weekday) => ({ weekday, opens_at: '20:00', closes_at: '20:30' })) })
    expect(await begin(second)).toBeNull()
    expect((await db.sql`select state from public.calls where id = ${first!.call_id}`)[0]).toEqual({ state: 'dialing' })
  })

  test('stop at a change of the law, which no account has to repeat', async () => {
    await startedCampaign(account, { contacts: 2 })
    await db.sql`update engine.accounts set concurrency_max = 1`
    expect(await claim()).toHaveLength(1)
    await db.sql`update engine.accounts set concurrency_max = 5, next_at = private.now()`
    await db.sql`update engine.lanes set next_at = private.now()`
    await db.sql`delete from public.rule_hours where rule_id = 'us-federal-hours'`
    expect(await claim()).toEqual([])
    expect((await db.sql`select wait_reason from engine.lanes`)[0]).toEqual({ wait_reason: 'window_closed' })
  })
})

describe('a contact\'s wish', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const windowOf = async (id: string, at: string) => (await db.sql`select w.* from public.contacts p cross join lateral private.contact_window(p, ${at}::timestamptz) w where p.id = ${id}`)[0]
  const dialAt = async (campaignId: string, contactId: string, earliest: string, avoid: number | null = null) => (await db.sql`
    select private.next_dial_at(${campaignId}, p.time_zone, p.region, ${earliest}::timestamptz, ${avoid}::smallint, p) as at from public.contacts p where p.id = ${contactId}`)[0]?.at as Date

  test('is open when they said nothing, and never where nobody knows the hour', async () => {
    const anybody = await createContact(account)
    const [open] = await db.sql`select w.open_until = 'infinity' as for_ever from public.contacts p cross join lateral private.contact_window(p, private.now()) w where p.id = ${anybody}`
    expect(open).toEqual({ for_ever: true })
    expect(await windowOf(await createContact(account, { time_zone: null }), '2026-06-10T12:00:00Z')).toEqual({ open_until: null, next_open: null })
  })

  test('limits hours and days in their own zone, over midnight too', async () => {
    const evenings = await createContact(account, { time_zone: 'Asia/Kolkata', wish: { from: '18:30', until: '20:00', days: [5, 1] } })
    // Wednesday; Friday 18:30 in India is 13:00 UTC.
    expect(await windowOf(evenings, '2026-06-10T13:30:00Z')).toEqual({ open_until: null, next_open: new Date('2026-06-12T13:00:00Z') })
    expect(await windowOf(evenings, '2026-06-12T13:00:00Z')).toEqual({ open_until: new Date('2026-06-12T14:30:00Z'), next_open: null })
    const nights = await createContact(account, { time_zone: 'UTC', wish: { from: '22:00', until: '01:00', days: null } })
    expect(await windowOf(nights, '2026-06-10T00:30:00Z')).toEqual({ open_until: new Date('2026-06-10T01:00:00Z'), next_open: null })
    const sundays = await createContact(account, { time_zone: 'UTC', wish: { from: null, until: null, days: [7] } })
    expect(await windowOf(sundays, '2026-06-10T00:30:00Z')).toEqual({ open_until: null, next_open: new Date('2026-06-14T00:00:00Z') })
  })

  test.each([
    ['half', { from: '09:00' }], ['half', { until: '09:00' }], ['range', { from: '09:00', until: '09:00' }], ['range', { from: '9', until: '10:00' }],
    ['range', { from: '09:00', until: '25:00' }], ['days', { days: [] }], ['days', { days: [0] }], ['days', { days: 'monday' }], ['days', { days: [1, 1, 1, 1, 1, 1, 1, 1] }],
    ['shape', 'evenings'], ['shape', [1]],
  ])('is refused with the reason %s (%j)', async (code, wish) => {
    expect(await errorOf(createContact(account, { wish }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'wish', code }] })
  })

  test('stays when a form does not mention it, and goes when it says null', async () => {
    const phone = newPhone()
    const id = await createContact(account, { phone, wish: { from: '09:00', until: '24:00', days: [2, 1] } })
    const save = (content: Record<string, unknown>) => account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: id, content: { phone, time_zone: 'UTC', ...content } })
    const stored = async () => (await db.sql`select calls_from::text, calls_until::text, call_days from public.contacts where id = ${id}`)[0]
    await save({ name: 'New' })
    expect(await stored()).toEqual({ calls_from: '09:00:00', calls_until: '24:00:00', call_days: [1, 2] })
    await save({ wish: null })
    expect(await stored()).toEqual({ calls_from: null, calls_until: null, call_days: null })
  })

  test('meets law, account and campaign in the next time to dial', async () => {
    const { campaignId, contactIds: [evening] } = await startedCampaign(account, { contacts: [{ phone: '+13055550111', wish: { from: '19:30', until: '22:00', days: null } }] })
    // Florida closes at eight: half an hour is left of the wish.
    expect(await dialAt(campaignId, evening!, '2026-06-10T23:30:00Z')).toEqual(new Date('2026-06-10T23:30:00Z'))
    expect(await dialAt(campaignId, evening!, '2026-06-11T00:00:00Z')).toEqual(new Date('2026-06-11T23:30:00Z'))
  })

  test('and a retry moves to another part of the day, when there is one within two days', async () => {
    const { campaignId, contactIds: [anybody, morning] } = await startedCampaign(account, { contacts: [{}, { wish: { from: '09:00', until: '11:00', days: null } }], content: { windows: ALWAYS } })
    // Morning again is not wished for: noon it is; and after noon, evening at five; after the evening, the next morning at eight.
    expect(await dialAt(campaignId, anybody!, '2026-06-10T14:00:00Z', 0)).toEqual(new Date('2026-06-10T16:00:00Z'))
    expect(await dialAt(campaignId, anybody!, '2026-06-10T16:30:00Z', 1)).toEqual(new Date('2026-06-10T21:00:00Z'))
    expect(await dialAt(campaignId, anybody!, '2026-06-10T22:30:00Z', 2)).toEqual(new Date('2026-06-11T12:00:00Z'))
    expect(await dialAt(campaignId, morning!, '2026-06-10T14:00:00Z', 0)).toEqual(new Date('2026-06-10T14:00:00Z'))
  })
})
