/** What stands in somebody's way at an instant, one fact at a time: the judgement that claim, dial and explanation share. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { createCampaign, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

interface Judged { denial: string | null, look_again_seconds: number | null }

/** The one earlier call of the number, two days ago, as it might have been instead. */
const earlier = (facts: string) => () => `update public.calls set ${facts}`
const ago = (interval: string) => `private.now() - interval '${interval}'`

describe('somebody', () => {
  let db: TestDatabase
  let stranger: TestAccount
  let enrolmentId: string
  let phone: string
  beforeAll(async () => {
    db = await createDatabase()
    const account = await openAccount(db)
    stranger = await openAccount(db)
    const first = await startedCampaign(account)
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    phone = (await db.sql<{ phone: string }[]>`select phone from public.calls where id = ${callId}`)[0]!.phone
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: first.contactIds })
    enrolmentId = (await db.sql<{ id: string }[]>`select id from public.enrolments where campaign_id = ${campaignId}`)[0]!.id
    await db.shiftClock('2 days')
  })
  afterAll(() => db.drop())

  /** Judged in a transaction that is thrown away, after one thing was changed behind the commands' back. */
  async function judged(given: string, terms: Record<string, unknown> = {}): Promise<Judged> {
    return thrownAway(db, async (query) => {
      await query(given)
      const [person] = await query<Judged>(`
        select private.denial_of(p) as denial, extract(epoch from private.look_again_at(p, m.at) - m.at)::int as look_again_seconds
        from (select private.now() as at) m
        cross join public.enrolments e join public.contacts c on c.id = e.contact_id
        cross join lateral private.judge_people(jsonb_populate_record(private.dial_terms(e.campaign_id, c.time_zone, c.region, m.at), '${JSON.stringify(terms)}'),
          array[e.id], array[c.phone], array[1], m.at) p
        where e.id = '${enrolmentId}'`)
      return person!
    })
  }

  test.each<[what: string, given: () => string]>([
    ['was called two days ago', () => 'select'],
    ['is on another account\'s list', () => `insert into public.do_not_call (account_id, phone, source) values ('${stranger.accountId}', '${phone}', 'hand')`],
    ['was just called by another account', () => `update public.calls set account_id = '${stranger.accountId}', dialled_at = ${ago('1 minute')}`],
    ['was just refused by the provider before it rang', earlier(`state = 'voided', is_counted = false, dialled_at = ${ago('1 minute')}, ended_at = null, started_at = null, settled_at = ${ago('1 minute')}`)],
    ['had a call that the provider\'s clock ends next year', earlier(`dialled_at = ${ago('40 minutes')}, ended_at = ${ago('-1 year')}, settled_at = ${ago('30 minutes')}`)],
  ])('who %s may be called', async (_what, given) => {
    expect(await judged(given())).toEqual({ denial: null, look_again_seconds: null })
  })

  test.each<[what: string, denial: string, given: () => string]>([
    ['talked until five minutes ago', 'minimum_gap', earlier(`dialled_at = ${ago('40 minutes')}, ended_at = ${ago('5 minutes')}, settled_at = ${ago('4 minutes')}`)],
    ['gave a sign of life five minutes ago in a call that was given up', 'minimum_gap', earlier(`state = 'voided', is_counted = false, dialled_at = ${ago('1 hour')},
      started_at = null, ended_at = null, settled_at = ${ago('58 minutes')}, found_late_at = ${ago('5 minutes')}`)],
    ['is in a call of another campaign', 'in_other_call', earlier(`state = 'in_progress', settled_at = null`)],
    ['wished for one day of the week and no hours', 'wish', () => `update public.contacts set call_days = array[extract(isodow from private.now() + interval '3 days')::int]`],
  ])('who %s may not (%s)', async (_what, denial, given) => {
    expect((await judged(given())).denial).toBe(denial)
  })

  test('waits out a gap that is longer than the time in which calls are counted', async () => {
    expect(await judged(earlier(`dialled_at = ${ago('9 hours')}, ended_at = ${ago('9 hours')}, started_at = null, settled_at = ${ago('9 hours')}`)(), { per_hours: 1, minimum_gap: '10 hours' }))
      .toEqual({ denial: 'minimum_gap', look_again_seconds: 3600 })
  })

  test('is looked at again in half a minute when another call of the number runs, and otherwise when the last obstacle is gone', async () => {
    expect((await judged(earlier(`state = 'in_progress', settled_at = null`)())).look_again_seconds).toBe(30)
    const both = `update public.contacts set call_days = array[extract(isodow from private.now() + interval '3 days')::int];
      update public.calls set dialled_at = ${ago('1 minute')}, ended_at = null, started_at = null, settled_at = ${ago('1 minute')}`
    expect((await judged(both)).look_again_seconds).toBeGreaterThan(86_400)
  })

  test('uses up a day only with an attempt that counts, and only the day on which it was made', async () => {
    const given = async (facts: string) => thrownAway(db, async (query) => {
      await query(`update public.calls set ${facts}`)
      await query(`update engine.accounts a set day = '2026-06-10', dialled_on_day = 5 from public.calls c where c.account_id = a.account_id`)
      await query(`update engine.campaigns h set day = '2026-06-11', dialled_on_day = 5 from public.calls c where c.campaign_id = h.campaign_id`)
      await query('select private.return_days(array(select id from public.calls))')
      return (await query(`select a.dialled_on_day as account, h.dialled_on_day as campaign from public.calls c
        join engine.accounts a on a.account_id = c.account_id join engine.campaigns h on h.campaign_id = c.campaign_id`))[0]
    })
    expect(await given(`is_counted = false, account_day = '2026-06-10', counted_day = '2026-06-11'`)).toEqual({ account: 4, campaign: 4 })
    expect(await given(`is_counted = true, account_day = '2026-06-10', counted_day = '2026-06-11'`)).toEqual({ account: 5, campaign: 5 })
    expect(await given(`is_counted = false, account_day = '2026-06-09', counted_day = '2026-06-10'`)).toEqual({ account: 5, campaign: 5 })
  })

  test('leaves a line in the proof when the answer is another one, or was given after another dial', async () => {
    const lines = await thrownAway(db, async (query) => {
      const noted = async (reason: string) => {
        await query(`select private.note_denials(private.dial_terms(e.campaign_id, 'UTC', 'US', private.now()), jsonb_build_array(jsonb_build_object(
          'enrolment_id', e.id, 'contact_id', e.contact_id, 'phone', '${phone}', 'reason', '${reason}', 'facts', '{}'::jsonb)), private.now())
          from public.enrolments e where e.id = '${enrolmentId}'`)
        return (await query('select from public.dial_denials')).length
      }
      const answers = [await noted('wish'), await noted('wish'), await noted('minimum_gap'), await noted('minimum_gap')]
      await query(`update public.calls set enrolment_id = '${enrolmentId}', dialled_at = private.now() + interval '1 second'`)
      return [...answers, await noted('minimum_gap')]
    })
    expect(lines).toEqual([1, 1, 2, 2, 3])
  })
})

describe('a campaign', () => {
  let db: TestDatabase
  let terms: { campaign_day: string, next_campaign_day: Date }
  beforeAll(async () => {
    db = await createDatabase()
    terms = { campaign_day: '2026-06-10', next_campaign_day: new Date('2026-06-11T04:00:00Z') }
  })
  afterAll(() => db.drop())
  const HOT = { maximum_seconds: 60, used_seconds: 0, reserved_seconds: 0, in_flight: 0, day: '2026-06-10', dialled_on_day: 0 }
  const ACCOUNT = { balance_seconds: 6000, reserved_seconds: 0, first_increment_seconds: 60, billing_increment_seconds: 60, day: '2026-06-10', dialled_on_day: 0 }

  test.each<[what: string, hot: object, account: object, room: object]>([
    ['with nothing in its way has room for all that can be paid', {}, {}, { calls: 100, reason: null }],
    ['pays whole increments for its longest call', { maximum_seconds: 61 }, { balance_seconds: 239 }, { calls: 1, reason: null }],
    ['cannot spend what running calls may need', {}, { balance_seconds: 239, reserved_seconds: 120 }, { calls: 1, reason: null }],
    ['has no room when not even one can be paid', {}, { balance_seconds: 119, reserved_seconds: 60 }, { calls: 0, reason: 'no_minutes' }],
    ['has made its calls of the day', { daily_cap: 3, dialled_on_day: 3 }, {}, { calls: 0, reason: 'daily_cap', look_at: '2026-06-11T04:00:00.000Z' }],
    ['begins a new day with nothing made', { daily_cap: 3, dialled_on_day: 3, day: '2026-06-09' }, {}, { calls: 3, reason: null }],
    ['has room for what its budget leaves', { budget_seconds: 240, used_seconds: 60, reserved_seconds: 60 }, {}, { calls: 2, reason: null, is_spent: false }],
    ['waits a minute for what running calls may leave of its budget', { budget_seconds: 120, used_seconds: 60, reserved_seconds: 60 }, {},
      { calls: 0, reason: 'budget', look_at: '2026-06-10T12:01:00.000Z', is_spent: false }],
    ['waits also when what they leave can be no whole call', { budget_seconds: 120, used_seconds: 61, reserved_seconds: 60 }, {}, { calls: 0, reason: 'budget', is_spent: false }],
    ['has spent its budget when no call fits and none runs', { budget_seconds: 120, used_seconds: 61 }, {}, { calls: 0, reason: 'budget', is_spent: true }],
    ['is full', { concurrency_max: 2, in_flight: 2 }, {}, { calls: 0, reason: 'no_slot', look_at: null }],
    ['that is not quite full takes what is free', { concurrency_max: 5, in_flight: 2 }, {}, { calls: 3, reason: null }],
  ])('%s', async (_what, hot, account, room) => {
    const [row] = await db.sql<[{ room: object }]>`
      select to_jsonb(private.campaign_room(jsonb_populate_record(null::engine.campaigns, ${db.sql.json({ ...HOT, ...hot })}),
        jsonb_populate_record(null::engine.accounts, ${db.sql.json({ ...ACCOUNT, ...account })}),
        jsonb_populate_record(null::private.dial_terms, ${db.sql.json(terms as never)}), '2026-06-10T12:00:00Z')) as room`
    const { look_at: lookAt, ...rest } = row.room as { look_at: string | null }
    expect({ ...rest, look_at: lookAt && new Date(lookAt).toISOString() }).toMatchObject(room)
  })

  test.each([['its day', '2026-06-10', 1], ['an earlier day', '2026-06-09', 3]])('of an account that has made two of three calls on %s may make %s: %i', async (_what, day, left) => {
    const [row] = await db.sql`select private.account_day_left(jsonb_populate_record(null::engine.accounts,
      ${db.sql.json({ ...ACCOUNT, daily_cap: 3, dialled_on_day: 2, day })}), '2026-06-10') as left`
    expect(row?.left).toBe(left)
  })
})
