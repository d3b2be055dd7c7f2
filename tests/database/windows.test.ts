/** When people may be called: chosen days on which clocks change, and hundreds of random situations against a slow, obvious model. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { slowOpenings, wallMinutes, type Law, type Opening, type Situation, type Span } from '../support/slowWindows.ts'

const DAILY = [1, 2, 3, 4, 5, 6, 7]
const every = (days: number[], opens_at: string, closes_at: string): Span[] => days.map((weekday) => ({ weekday, opens_at, closes_at }))
const US: Law = { spans: every(DAILY, '08:00', '21:00') }
/** What the seed's rules say, written down a second time. GB has a rule of this file's, for some days only. */
const LAWS: Record<string, Law[]> = {
  '': [], DE: [], US: [US],
  'US-FL': [US, { spans: every(DAILY, '08:00', '20:00') }],
  'US-TX': [US, { spans: [...every([1, 2, 3, 4, 5, 6], '09:00', '21:00'), ...every([7], '12:00', '21:00')] }],
  'CA-ON': [{ spans: [...every([1, 2, 3, 4, 5], '09:00', '21:30'), ...every([6, 7], '10:00', '18:00')] }],
  GB: [{ spans: every([1, 2, 3, 4, 5], '10:00', '16:30'), from: '2026-03-27', until: '2026-11-02' }],
}
const HOLIDAYS: Record<string, string[]> = { US: ['2026-10-12', '2026-11-11', '2026-11-26'], CA: ['2026-04-03', '2026-10-12', '2026-11-11'] }
/**
 * Half hours, three quarters, a change of half an hour, one of two hours, changes at midnight, on a Friday, backwards in the year.
 * Africa/Casablanca is missing: governments change its clock at short notice, and Postgres and Node learn of it at different times.
 */
const ZONES = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/St_Johns', 'America/Phoenix', 'America/Havana', 'America/Santiago',
  'Europe/London', 'Europe/Berlin', 'Europe/Dublin', 'Africa/Cairo', 'Asia/Beirut', 'Asia/Jerusalem', 'Asia/Kolkata', 'Asia/Kathmandu',
  'Australia/Lord_Howe', 'Australia/Adelaide', 'Australia/Sydney', 'Pacific/Chatham', 'Pacific/Apia', 'Atlantic/Azores', 'Antarctica/Troll', 'UTC']

interface Judged { open_until: Date | null, next_open: Date | null }

describe('a calling window', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaignId: string
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    campaignId = (await createCampaign(account)).campaignId
    await db.sql`insert into public.rule_packs (id, name, regions) values ('test', 'Test', '{GB}')`
    await db.sql`insert into public.rules (id, pack_id, kind, citation, effective_from, effective_until, is_verified, is_on)
      values ('test-hours', 'test', 'hours', 'This test', '2026-03-27', '2026-11-02', true, true)`
    await db.sql`insert into public.rule_hours select 'test-hours', d, '10:00', '16:30' from generate_series(1, 5) d`
  })
  afterAll(() => db.drop())

  async function judge(zone: string, region: string, at: string | Date): Promise<Judged> {
    const [row] = await db.sql<Judged[]>`select * from private.window_at(${campaignId}, ${zone}, ${region}, ${at}::timestamptz)`
    return row!
  }
  async function arrange({ windows, accountHours, closedDays, startsAt, endsAt }: Omit<Situation, 'zone' | 'laws'>, { observes = false, byCampaign = false } = {}): Promise<void> {
    const instant = (value: number | undefined) => value === undefined ? null : new Date(value)
    await db.sql.begin(async (sql) => {
      await sql`delete from public.campaign_windows where campaign_id = ${campaignId}`
      await sql`delete from public.account_hours where account_id = ${account.accountId}`
      await sql`delete from public.blackout_dates where account_id = ${account.accountId}`
      for (const { weekday, opens_at, closes_at } of windows) await sql`insert into public.campaign_windows values (${campaignId}, ${account.accountId}, ${weekday}, ${opens_at}, ${closes_at}) on conflict do nothing`
      for (const { weekday, opens_at, closes_at } of accountHours) await sql`insert into public.account_hours values (${account.accountId}, ${weekday}, ${opens_at}, ${closes_at}) on conflict do nothing`
      for (const day of closedDays) await sql`insert into public.blackout_dates (account_id, campaign_id, day) values (${account.accountId}, ${byCampaign ? campaignId : null}, ${day}) on conflict do nothing`
      await sql`update public.campaigns set starts_at = ${instant(startsAt)}, ends_at = ${instant(endsAt)} where id = ${campaignId}`
      await sql`update public.account_rules set observes_holidays = ${observes} where account_id = ${account.accountId}`
    })
  }
  const only = (windows: Span[], rest: Partial<Situation> = {}) => arrange({ windows, accountHours: [], closedDays: [], ...rest })
  const times = ({ open_until, next_open }: Judged) => ({ open_until: open_until?.toISOString() ?? null, next_open: next_open?.toISOString() ?? null })

  test('is the strictest of law, account and campaign', async () => {
    await arrange({ windows: every(DAILY, '00:00', '24:00'), accountHours: every([1, 2, 3, 4, 5], '07:00', '19:00'), closedDays: [] })
    // Wednesday, 07:30 in Miami: the account is open, the law is not.
    expect(times(await judge('America/New_York', 'US-FL', '2026-06-10T11:30:00Z'))).toEqual({ open_until: null, next_open: '2026-06-10T12:00:00.000Z' })
    expect(times(await judge('America/New_York', 'US-FL', '2026-06-10T12:00:00Z'))).toEqual({ open_until: '2026-06-10T23:00:00.000Z', next_open: null })
    // Saturday: the account rests until Monday, when the law opens at eight.
    expect(times(await judge('America/New_York', 'US-FL', '2026-06-13T15:00:00Z'))).toEqual({ open_until: null, next_open: '2026-06-15T12:00:00.000Z' })
  })

  test.each([
    ['US', '2026-06-14T12:00:00Z', '2026-06-15T01:00:00.000Z'], ['US-FL', '2026-06-14T12:00:00Z', '2026-06-15T00:00:00.000Z'],
    ['US-OK', '2026-06-14T12:00:00Z', '2026-06-15T00:00:00.000Z'], ['US-MD', '2026-06-14T12:00:00Z', '2026-06-15T00:00:00.000Z'],
    ['US-TX', '2026-06-14T16:00:00Z', '2026-06-15T01:00:00.000Z'], ['CA-ON', '2026-06-14T14:00:00Z', '2026-06-14T22:00:00.000Z'],
    // Not verified, and therefore off: only the federal rule holds.
    ['US-WA', '2026-06-14T12:00:00Z', '2026-06-15T01:00:00.000Z'], ['US-WY', '2026-06-14T12:00:00Z', '2026-06-15T01:00:00.000Z'],
    ['US-KY', '2026-06-14T12:00:00Z', '2026-06-15T01:00:00.000Z'], ['US-ME', '2026-06-14T12:00:00Z', '2026-06-15T01:00:00.000Z'],
    ['US-PA', '2026-10-18T12:00:00Z', '2026-10-19T01:00:00.000Z'],
  ])('opens and closes a Sunday in New York time as the law of %s says', async (region, opens, closes) => {
    await only(every(DAILY, '00:00', '24:00'))
    const before = new Date(Date.parse(opens) - 1000)
    expect(times(await judge('America/New_York', region, before))).toEqual({ open_until: null, next_open: new Date(opens).toISOString() })
    expect(times(await judge('America/New_York', region, opens))).toEqual({ open_until: closes, next_open: null })
  })

  test('takes a rule that an operator has verified and switched on', async () => {
    await only(every(DAILY, '00:00', '24:00'))
    await db.sql`update public.rules set is_verified = true, is_on = true where id = 'us-pa-hours'`
    expect(times(await judge('America/New_York', 'US-PA', '2026-10-18T15:00:00Z'))).toEqual({ open_until: null, next_open: '2026-10-19T12:00:00.000Z' })
    // A week before it is in force, Sunday is a day like any other.
    expect((await judge('America/New_York', 'US-PA', '2026-10-11T15:00:00Z')).open_until).not.toBeNull()
    await db.sql`update public.rules set is_verified = false, is_on = false where id = 'us-pa-hours'`
  })

  test('lasts over midnight, and over the day on which it began', async () => {
    await only(every([5], '22:00', '02:00'))
    expect(times(await judge('Europe/Berlin', 'DE', '2026-06-12T22:30:00Z'))).toEqual({ open_until: '2026-06-13T00:00:00.000Z', next_open: null })
    expect(times(await judge('Europe/Berlin', 'DE', '2026-06-13T00:00:00Z'))).toEqual({ open_until: null, next_open: '2026-06-19T20:00:00.000Z' })
  })

  test('opens later and closes earlier when daylight saving skips or repeats the hour', async () => {
    // Berlin, 29 March: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
    await only(every([7], '02:30', '06:00'))
    expect(times(await judge('Europe/Berlin', 'DE', '2026-03-29T00:30:00Z'))).toEqual({ open_until: null, next_open: '2026-03-29T01:30:00.000Z' })
    expect(times(await judge('Europe/Berlin', 'DE', '2026-10-25T00:45:00Z'))).toEqual({ open_until: null, next_open: '2026-10-25T01:30:00.000Z' })
    await only(every([6], '22:00', '02:30'))
    expect((await judge('Europe/Berlin', 'DE', '2026-03-28T22:00:00Z')).open_until).toEqual(new Date('2026-03-29T00:30:00Z'))
    expect((await judge('Europe/Berlin', 'DE', '2026-10-24T22:00:00Z')).open_until).toEqual(new Date('2026-10-25T00:30:00Z'))
    expect((await judge('Europe/Berlin', 'DE', '2026-10-25T00:45:00Z')).open_until).toBeNull()
  })

  test('is open in the first of two hours after midnight, when it has been open since the evening', async () => {
    // Havana, 1 November: at one it is midnight again.
    await only(every([6], '20:00', '02:00'))
    expect(times(await judge('America/Havana', 'CU', '2026-11-01T04:30:00Z'))).toEqual({ open_until: '2026-11-01T07:00:00.000Z', next_open: null })
  })

  test('stays open over midnight when it is open all day, also where midnight is skipped', async () => {
    await only(every(DAILY, '00:00', '24:00'))
    // Cairo, Friday 24 April 2026: midnight becomes one o'clock.
    const { open_until } = await judge('Africa/Cairo', 'EG', '2026-04-23T21:59:00Z')
    expect(open_until!.getTime()).toBeGreaterThan(Date.parse('2026-04-24T20:00:00Z'))
  })

  test('does not open before the campaign starts or after it ends', async () => {
    await only(every(DAILY, '09:00', '17:00'), { startsAt: Date.parse('2026-09-02T10:30:00Z'), endsAt: Date.parse('2026-09-03T08:00:00Z') })
    expect(times(await judge('Europe/Berlin', 'DE', '2026-06-01T10:00:00Z'))).toEqual({ open_until: null, next_open: '2026-09-02T10:30:00.000Z' })
    expect(times(await judge('Europe/Berlin', 'DE', '2026-09-03T07:30:00Z'))).toEqual({ open_until: '2026-09-03T08:00:00.000Z', next_open: null })
    // Never again: looked at again in a day.
    expect(times(await judge('Europe/Berlin', 'DE', '2026-09-03T08:00:00Z'))).toEqual({ open_until: null, next_open: '2026-09-04T08:00:00.000Z' })
  })

  test('with no calling times is never open', async () => {
    await only([])
    expect(times(await judge('Europe/Berlin', 'DE', '2026-06-01T10:00:00Z'))).toEqual({ open_until: null, next_open: '2026-06-02T10:00:00.000Z' })
  })

  test('closes on days that the account or this campaign has blacked out, and on no others', async () => {
    const other = (await createCampaign(account, { contacts: 0 })).campaignId
    const stranger = await openAccount(db)
    const noon = (day: number) => `2026-06-${String(day)}T12:00:00Z`
    await only(every(DAILY, '08:00', '20:00'))
    await db.sql`insert into public.blackout_dates (account_id, campaign_id, day) values (${account.accountId}, null, '2026-06-16'), (${account.accountId}, ${campaignId}, '2026-06-17'),
      (${account.accountId}, ${other}, '2026-06-18'), (${stranger.accountId}, null, '2026-06-19')`
    const open = await Promise.all([16, 17, 18, 19].map(async (day) => (await judge('UTC', '', noon(day))).open_until !== null))
    expect(open).toEqual([false, false, true, true])
    await db.sql`delete from public.blackout_dates where account_id = ${stranger.accountId} or campaign_id = ${other}`
  })

  test.each([
    ['that the account observes', { observes: true }, 'US 2026-11-26', false], ['of its own region', { observes: true }, 'CA-ON 2026-11-26', true],
    ['that it does not observe', { observes: false }, 'US 2026-11-26', true], ['on which a rule forbids calls', { observes: false }, 'GB 2026-06-10', false],
  ])('knows the public holidays %s (%j, %s: open %s)', async (_what, rules, place, isOpen) => {
    const [region, day] = place.split(' ') as [string, string]
    await arrange({ windows: every(DAILY, '00:00', '24:00'), accountHours: [], closedDays: [] }, rules)
    await db.sql`insert into public.holidays values ('GB', '2026-06-10', 'Test') on conflict do nothing`
    await db.sql`insert into public.rules (id, pack_id, kind, citation, effective_from, is_verified, is_on) values ('test-holidays', 'test', 'holidays', 'This test', '2026-01-01', true, true) on conflict do nothing`
    expect((await judge('UTC', region, `${day}T15:00:00Z`)).open_until !== null).toBe(isOpen)
    await db.sql`delete from public.rules where id = 'test-holidays'`
    await db.sql`delete from public.holidays where region = 'GB' and day = '2026-06-10'`
  })

  test('is found behind a month of closed days', async () => {
    await only(every(DAILY, '09:00', '17:00'), { closedDays: Array.from({ length: 30 }, (_, day) => `2026-06-${String(day + 1).padStart(2, '0')}`) })
    expect(times(await judge('UTC', '', '2026-06-01T10:00:00Z'))).toEqual({ open_until: null, next_open: '2026-07-01T09:00:00.000Z' })
  })

  test('of the evening before reaches into the first day that is asked for; one that daylight saving turns around is none', async () => {
    await only(every([2], '22:00', '02:00'))
    const [row] = await db.sql`select private.open_times(k, '', '2026-06-10', '2026-06-10')::text as times,
      private.instants('{["2026-10-25 02:10","2026-10-25 02:20")}', 'Europe/Berlin')::text as turned from public.campaigns k where k.id = ${campaignId}`
    expect(row).toEqual({ times: '{["2026-06-10 00:00:00","2026-06-10 02:00:00")}', turned: '{}' })
  })

  const quarter = (place: number) => `${String(Math.floor(place / 4)).padStart(2, '0')}:${String(place % 4 * 15).padStart(2, '0')}`
  // Half of them in the hours in which clocks change.
  const time = fc.oneof(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 16 })).map(quarter)
  const span = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), opens_at: time, closes_at: fc.oneof(time, fc.constant('24:00')) })
    .filter(({ opens_at, closes_at }) => opens_at !== closes_at)
  const spans = fc.oneof(fc.array(span, { minLength: 1, maxLength: 12 }).map(withoutTwins), time.map((opens) => every(DAILY, opens, '24:00')),
    fc.constant(every(DAILY, '00:00', '24:00')))
  const moment = fc.constantFrom(...ZONES).chain((zone) =>
    fc.tuple(fc.constant(zone), fc.constantFrom(...interestingDays(zone)),
      fc.oneof(fc.integer({ min: -840, max: 1080 }), fc.integer({ min: -2 * 1440, max: 2 * 1440 }))))
  const situation = fc.record({
    moment, region: fc.constantFrom('', '', '', '', ...Object.keys(LAWS)), windows: spans, accountHours: fc.oneof(fc.constant<Span[]>([]), spans),
    closed: fc.array(fc.integer({ min: -2, max: 10 }), { maxLength: 3 }), observes: fc.boolean(), byCampaign: fc.boolean(),
    starts: fc.option(fc.integer({ min: -4000, max: 8000 })), lasts: fc.option(fc.integer({ min: 1, max: 9000 })),
  })

  test('is what a slow and obvious model says, for any zone, day, hour and mixture of rules', async () => {
    await fc.assert(fc.asyncProperty(situation, async (drawn) => {
      const [zone, day, minutes] = drawn.moment
      const at = day + minutes * 60_000
      const dayAfter = (days: number) => new Date(Math.floor(wallMinutes(zone, at) / 1440 + days) * 86_400_000).toISOString().slice(0, 10)
      const closedDays = drawn.closed.map(dayAfter)
      const startsAt = drawn.starts === null ? undefined : at + drawn.starts * 60_000
      const endsAt = drawn.lasts === null ? undefined : (startsAt ?? at) + drawn.lasts * 60_000
      const own = { windows: drawn.windows, accountHours: drawn.accountHours, startsAt, endsAt }
      await arrange({ ...own, closedDays }, drawn)
      const holidays = drawn.observes ? HOLIDAYS[drawn.region.slice(0, 2)] ?? [] : []
      const openings = slowOpenings({ ...own, zone, laws: LAWS[drawn.region]!, closedDays: [...closedDays, ...holidays] }, at)
      const judged = await judge(zone, drawn.region, new Date(at))
      const open = openings.find(({ opens, closes }) => opens <= at && at < closes)
      const next = openings.find(({ opens }) => opens > at)
      if (open) {
        const until = judged.open_until!.getTime()
        // Two days ahead are asked for, and a day in which clocks go forward has 23 hours.
        expect(until === open.closes || (until > at + 82_800_000 && until < open.closes)).toBe(true)
        expect(judged.next_open).toBeNull()
      } else {
        expect(judged.open_until).toBeNull()
        if (next && next.opens < at + 7 * 86_400_000) expect(judged.next_open).toEqual(new Date(next.opens))
        else expect(judged.next_open!.getTime()).toBeGreaterThanOrEqual(at + 86_400_000)
      }
    }), { numRuns: 120, seed: 1 })
  })

  test('gives a retry the first open minute in another part of the day, or the first one where there is none', async () => {
    await fc.assert(fc.asyncProperty(moment, spans, fc.constantFrom('', 'US-TX', 'GB'), fc.integer({ min: 0, max: 2 }), async ([zone, day, minutes], windows, region, avoided) => {
      const at = day + minutes * 60_000
      await only(windows)
      const openings = slowOpenings({ zone, windows, accountHours: [], laws: LAWS[region]!, closedDays: [] }, at)
      const plain = openings.find(({ closes }) => closes > at)
      fc.pre(plain !== undefined && plain.opens < at + 5 * 86_400_000)
      const first = Math.max(at, plain!.opens)
      const [row] = await db.sql<{ dial_at: Date }[]>`
        select private.next_dial_at(${campaignId}, ${zone}, ${region}, ${new Date(at)}, ${avoided}::smallint) as dial_at`
      const other = firstInAnotherPart(zone, openings, first, avoided)
      // Where a part of the day begins in a repeated hour, the later one is good enough; so is a plain retry at the end of the two days.
      const slack = 61 * 60_000
      const dialled = row!.dial_at.getTime()
      if (other === null || other > first + 2 * 86_400_000 - slack) expect([first, other]).toContain(dialled)
      else expect(dialled >= other && dialled < other + slack).toBe(true)
    }), { numRuns: 80, seed: 2 })
  })

  function firstInAnotherPart(zone: string, openings: Opening[], from: number, avoided: number): number | null {
    for (let instant = from; instant <= from + 2 * 86_400_000; instant += 60_000) {
      const hour = Math.floor(wallMinutes(zone, instant) % 1440 / 60)
      const part = hour < 12 ? 0 : hour < 17 ? 1 : 2
      if (part !== avoided && openings.some(({ opens, closes }) => opens <= instant && instant < closes)) return instant
    }
    return null
  }

  const wish = fc.record({
    moment, hours: fc.option(fc.tuple(time, time).filter(([from, until]) => from !== until)), days: fc.option(fc.subarray(DAILY, { minLength: 1 })),
  }).filter(({ hours, days }) => hours !== null || days !== null)

  test('is what the model says for a contact\'s own wish, too', async () => {
    const [contact] = await db.sql`select id from public.contacts where account_id = ${account.accountId}`
    await fc.assert(fc.asyncProperty(wish, async ({ moment: [zone, day, minutes], hours, days }) => {
      const at = day + minutes * 60_000
      const [from, until] = hours ?? ['00:00', '24:00']
      await db.sql`update public.contacts set time_zone = ${zone}, calls_from = ${hours && from}, calls_until = ${hours && until}, call_days = ${days} where id = ${contact?.id as string}`
      const openings = slowOpenings({ zone, windows: every(days ?? DAILY, from, until), accountHours: [], laws: [], closedDays: [] }, at)
      const [judged] = await db.sql<Judged[]>`select w.* from public.contacts p cross join lateral private.contact_window(p, ${new Date(at)}) w where p.id = ${contact?.id as string}`
      const open = openings.find(({ opens, closes }) => opens <= at && at < closes)
      if (open) expect(judged!.open_until!.getTime() === open.closes || judged!.open_until!.getTime() > at + 86_400_000).toBe(true)
      else expect(judged).toEqual({ open_until: null, next_open: new Date(openings.find(({ opens }) => opens > at)!.opens) })
    }), { numRuns: 60, seed: 3 })
  })

  test('looks past a start that is more than a year away, and does not look at all past the end', async () => {
    await only(every(DAILY, '09:00', '17:00'), { startsAt: Date.parse('2027-10-01T00:00:00Z') })
    expect(times(await judge('UTC', '', '2026-06-01T10:00:00Z'))).toEqual({ open_until: null, next_open: '2027-10-01T09:00:00.000Z' })
    await only(every(DAILY, '09:00', '17:00'), { endsAt: Date.parse('2026-06-01T10:00:00Z') })
    const looks = await db.admin.begin(async (sql) => {
      await sql`set local track_functions = 'all'`
      await sql`select private.next_dial_at(${campaignId}, 'UTC', 'US-FL', '2026-06-01T10:00:00Z', 0::smallint)`
      return sql`select funcname from pg_stat_xact_user_functions where funcname in ('opening_at', 'open_times')`
    })
    expect(looks.map(({ funcname }) => funcname as string)).toEqual(['opening_at'])
  })

  /** Two spans that begin at once are one row. */
  function withoutTwins(list: Span[]): Span[] {
    return [...new Map(list.map((item) => [`${item.weekday} ${item.opens_at}`, item])).values()]
  }
})

/** The days of 2026 on which the zone's clock changes, and two on which nothing happens. */
function interestingDays(zone: string): number[] {
  const days = Array.from({ length: 364 }, (_, index) => Date.UTC(2026, 0, 1 + index))
  const offset = (instant: number) => wallMinutes(zone, instant) - instant / 60_000
  return [...days.filter((day) => offset(day) !== offset(day + 86_400_000)), Date.UTC(2026, 5, 10), Date.UTC(2026, 9, 30)]
}
