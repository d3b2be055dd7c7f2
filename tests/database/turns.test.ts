/** Whose turn it is, one rule at a time: what a line takes on, which accounts and lanes are looked at, and when one comes again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

const NOON = '2026-06-10T12:00:00Z'
const after = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString()

describe('a line', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())
  const LINE = { concurrency_max: 10, tokens: 10, in_flight: 0, calls_per_second: 1, next_dial_at: NOON, refilled_at: NOON }

  test.each<[what: string, line: object, room: number]>([
    ['begins as many calls as it has slots', {}, 10],
    ['counts those that run', { in_flight: 7 }, 3],
    ['has none too many', { tokens: 3, in_flight: 7 }, 0],
    ['begins what it can within twenty seconds', { tokens: 50, calls_per_second: 0.5 }, 10],
    ['counts the dials that it has promised', { next_dial_at: after(15) }, 5],
    ['that is held takes nothing', { hold_until: after(1) }, 0],
    ['that was held takes on again', { hold_until: NOON }, 10],
  ])('%s', async (_what, line, room) => {
    const [row] = await db.sql`select private.room_of_line(jsonb_populate_record(null::engine.provider_lines, ${db.sql.json({ ...LINE, ...line })}), ${NOON}) as room`
    expect(row?.room).toBe(room)
  })

  test.each([[9, 3], [10, 4], [25, 5], [600, 10]])('that lost slots has after %i seconds %i of them', async (seconds, tokens) => {
    const [line] = await thrownAway(db, async (query) => {
      await query(`update engine.provider_lines set concurrency_max = 10, tokens = 3, refilled_at = '${NOON}'`)
      await query(`select private.line_room(id, '${after(seconds)}') from engine.provider_lines`)
      return query('select tokens from engine.provider_lines')
    })
    expect(line).toEqual({ tokens })
  })
})

describe('the turn', () => {
  let db: TestDatabase
  let first: TestAccount
  let second: TestAccount
  let campaignId: string
  beforeAll(async () => {
    db = await createDatabase()
    await db.sql`update engine.provider_lines set calls_per_second = 1`
    first = await openAccount(db)
    second = await openAccount(db)
    await startedCampaign(second, { contacts: 2, assistant: { maximum_seconds: 60 } })
    campaignId = (await startedCampaign(first, { contacts: 4, assistant: { maximum_seconds: 60 } })).campaignId
  })
  afterAll(() => db.drop())
  const dueAfter = (given: string) => thrownAway(db, async (query) => {
    await query(given)
    return (await query<{ account_id: string }>('select account_id from private.due_accounts(10)')).map((row) => row.account_id)
  })

  test('comes to the account that has waited longest', async () => {
    const waits = (account: TestAccount, minutes: number) => `update engine.accounts set next_at = private.now() - interval '${minutes} minutes' where account_id = '${account.accountId}'`
    expect(await dueAfter(`${waits(first, 5)}; ${waits(second, 9)}`)).toEqual([second.accountId, first.accountId])
    expect(await dueAfter(`${waits(first, 9)}; ${waits(second, 5)}`)).toEqual([first.accountId, second.accountId])
  })

  test.each([
    ['is full', 'in_flight = tokens'], ['is held', `hold_reason = 'auth', hold_until = private.now() + interval '1 second'`], ['has promised dials for twenty seconds', `next_dial_at = private.now() + interval '25 seconds'`],
  ])('comes to nobody whose line %s', async (_what, line) => {
    expect(await dueAfter(`update engine.provider_lines set ${line}`)).toEqual([])
  })

  const lanes = (given: string) => thrownAway(db, async (query) => {
    await query(given)
    return query<{ share: number }>(`select d.share, d.is_alone from private.due_lanes('${first.accountId}', 10, private.now()) d`)
  })

  test('comes to eight zones of a campaign at most, so that many zones crowd nobody out', async () => {
    const zones = `insert into engine.lanes (campaign_id, account_id, time_zone, region, next_at)
      select '${campaignId}', '${first.accountId}', 'Etc/GMT+' || n, '', private.now() from generate_series(1, 9) n`
    expect(await lanes(zones)).toHaveLength(8)
  })

  test('comes to no lane of a campaign that does not run', async () => {
    expect(await lanes('select')).toEqual([{ share: 10, is_alone: true }])
    expect(await lanes(`update engine.campaigns set is_active = false where campaign_id = '${campaignId}'`)).toEqual([])
  })

  const claimed = async (given: string, claim: string) => thrownAway(db, async (query) => {
    await query(given)
    await query(claim)
    const rows = await query<{ seconds: number }>('select round(extract(epoch from dial_at - min(dial_at) over ()))::int as seconds from public.calls order by dial_at')
    return rows.map((row) => row.seconds)
  })
  const claimLane = () => `select private.claim_lane(id, 3, 0, private.now()) from engine.lanes where campaign_id = '${campaignId}'`

  test('of an account that is not due is none', async () => {
    const claim = `select private.claim_account('${first.accountId}', 3, true, 1)`
    expect(await claimed('select', claim)).toHaveLength(3)
    expect(await claimed(`update engine.accounts set next_at = private.now() + interval '1 minute'`, claim)).toEqual([])
  })

  test.each([
    ['whose campaign was paused by an earlier one of the same claim', 'update engine.campaigns set is_active = false'],
    ['that an earlier one of the same claim sent to sleep', 'update engine.lanes set next_at = null'],
    ['that is not due', `update engine.lanes set next_at = private.now() + interval '1 minute'`],
  ])('of a lane %s is none', async (_what, given) => {
    expect(await claimed(given, claimLane())).toEqual([])
  })

  test('takes the next ones for those who may not be called, and dials one after the other all the same', async () => {
    const head = `insert into public.do_not_call (account_id, phone, source) select '${first.accountId}'::uuid, phone, 'hand'::public.opt_out_source from engine.dial_queue q
      join public.enrolments e on e.id = q.enrolment_id where e.campaign_id = '${campaignId}' order by q.position limit 1`
    expect(await claimed('select', claimLane())).toEqual([0, 1, 2])
    expect(await claimed(head, claimLane())).toEqual([0, 1, 2])
  })

  test('calls a number that waits twice once, and the other one later', async () => {
    const twice = `update engine.dial_queue set phone = '+12025550177' where enrolment_id in (select id from public.enrolments where campaign_id = '${campaignId}')`
    expect(await claimed(twice, claimLane())).toEqual([0])
    const waiting = await thrownAway(db, async (query) => {
      await query(twice)
      await query(claimLane())
      return query(`select distinct q.wait_reason from engine.dial_queue q join engine.lanes l on l.id = q.lane_id where l.campaign_id = '${campaignId}' and q.wait_reason is not null`)
    })
    expect(waiting).toEqual([{ wait_reason: 'in_other_call' }])
  })

  test('of an account that is full comes again when a slot is freed, and not by itself', async () => {
    const [account] = await thrownAway(db, async (query) => {
      await query(`update engine.accounts set in_flight = concurrency_max where account_id = '${first.accountId}'`)
      await query(`select private.schedule_account('${first.accountId}', 0, private.now())`)
      return query(`select next_at, wait_reason from engine.accounts where account_id = '${first.accountId}'`)
    })
    expect(account).toEqual({ next_at: null, wait_reason: 'no_slot' })
  })

  test('comes again after everybody who is due now', async () => {
    const [account] = await thrownAway(db, async (query) => {
      await query(`update engine.lanes set next_at = private.now() - interval '1 hour'`)
      await query(`select private.schedule_account('${first.accountId}', 0, private.now())`)
      return query(`select next_at >= private.now() - interval '1 minute' as is_later from engine.accounts where account_id = '${first.accountId}'`)
    })
    expect(account).toEqual({ is_later: true })
  })

  describe('when somebody holds a line', () => {
    const holdIts = () => db.holding(`select from engine.provider_lines
      where id = (select provider_line_id from engine.accounts where account_id = '${first.accountId}') for share`)

    test('an account waits for its own line', async () => {
      // Nobody is claimed and no token grows back: the line is not changed, and waited for all the same.
      await db.sql`update engine.provider_lines set refilled_at = private.now()`
      const holder = await holdIts()
      const claiming = thrownAway(db, (query) => query(`set local lock_timeout = '10s'; select private.claim_account('${first.accountId}', 0, true, 1)`))
      await expect.poll(() => db.whoWaits(), { interval: 5 }).toHaveLength(1)
      await holder.close()
      await claiming
    })

    test('further accounts with that line are passed over', async () => {
      const holder = await holdIts()
      const [answer] = await thrownAway(db, async (query) => {
        await query(`set local lock_timeout = '1s'`)
        return query<{ calls: unknown[] }>(`select private.claim_account('${first.accountId}', 1, false, 1) as calls`)
      })
      await holder.close()
      expect(answer).toEqual({ calls: [] })
    })
  })
})
