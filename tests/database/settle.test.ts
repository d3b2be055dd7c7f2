/** Settlement, one rule at a time: what a call that is over frees and posts, what becomes of its contact, and when a campaign stops. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, type AcceptedCall } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { thrownAway, type Query } from '../support/thrownAway.ts'

describe('a call that is over', () => {
  let db: TestDatabase
  let account: TestAccount
  let stranger: TestAccount
  let campaignId: string
  let call: AcceptedCall
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    stranger = await openAccount(db)
    campaignId = (await startedCampaign(account, { content: { max_attempts: 3 } })).campaignId
    call = await acceptedCall(db)
  })
  afterAll(() => db.drop())
  const closing = (facts: Record<string, unknown> = {}) => `'${JSON.stringify([{ call_id: call.callId, state: 'settled', outcome: 'busy', ...facts }])}'`
  const close = (facts?: Record<string, unknown>, by = account) => `select private.close_calls('${by.accountId}', ${closing(facts)}) as closed`
  const one = async (query: Query, text: string) => (await query(text))[0]
  const nextStep = (query: Query) => one(query, `select s.status, s.attempt_no, extract(epoch from s.due_at - '2026-06-10T12:00:00Z')::int as due_in, s.due_at is null as is_last
    from private.next_steps(array['${call.callId}']::uuid[], '2026-06-10T12:00:00Z') s`)

  test('is closed by its account alone, and the pages hear of it', async () => {
    await thrownAway(db, async (query) => {
      await query('update engine.campaigns set changed_call_ids = default')
      expect(await one(query, close({}, stranger))).toEqual({ closed: [] })
      expect(await one(query, close())).toEqual({ closed: [call.callId] })
      expect(await one(query, `select changed_call_ids from engine.campaigns where campaign_id = '${campaignId}'`)).toEqual({ changed_call_ids: [call.callId] })
    })
  })

  test('is closed once by two who close it at the same time', async () => {
    const [first, second] = [await db.sql.reserve(), await db.sql.reserve()]
    await first.unsafe('begin')
    await second.unsafe('begin')
    await first.unsafe(close())
    const waiting = second.unsafe(close()).execute()
    await db.untilSomebodyWaits()
    await first.unsafe('commit')
    expect([...await waiting]).toEqual([{ closed: [] }])
    await second.unsafe('rollback')
    expect((await db.sql`select in_flight from engine.accounts where account_id = ${account.accountId}`)[0]).toEqual({ in_flight: 0 })
    for (const session of [first, second]) session.release()
  })

  describe('and settled', () => {
    const settled = (facts: string) => `update public.calls set state = 'settled', settled_at = private.now(), ${facts}; update public.enrolments set status = 'calling'`

    test('is posted once, whoever asks again', async () => {
      await thrownAway(db, async (query) => {
        await query(settled('billed_seconds = 60'))
        for (const _time of [1, 2]) await query(`select private.post_consumption('${account.accountId}', array['${call.callId}']::uuid[])`)
        expect(await one(query, `select balance_seconds::int as balance from engine.accounts where account_id = '${account.accountId}'`)).toEqual({ balance: 1140 })
      })
    })

    test.each<[what: string, given: string, step: object]>([
      ['of somebody who was taken out meanwhile changes nothing about that', `update public.enrolments set status = 'removed'`, { status: 'removed', is_last: true }],
      ['that the provider refused for our sake is tried again in a minute, with its number', `update public.calls set is_counted = false, outcome = 'failed', failure_scope = 'account'`,
        { status: 'waiting', attempt_no: 1, due_in: 60 }],
      ['that nobody dialled goes back at once', `update public.calls set is_counted = false, state = 'voided', dialled_at = null`, { status: 'waiting', attempt_no: 1, due_in: 0 }],
      ['is followed by the first delay of its outcome', 'select', { status: 'waiting', attempt_no: 2, due_in: 600 }],
      ['is followed by the delays that the campaign chose', `insert into public.campaign_retries (campaign_id, account_id, outcome, retries, delays_minutes, shifts_day_part)
        select id, account_id, 'busy', 3, '{77}', false from public.campaigns`, { due_in: 77 * 60 }],
      ['waits for the hours that the contact wished', `update public.contacts set calls_from = '10:00', calls_until = '11:00'`, { due_in: 2 * 3600 }],
      ['does not count what did not count before', `insert into public.calls select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'attempt_id', gen_random_uuid(),
        'provider_call_id', null, 'is_counted', false))).* from public.calls c`, { due_in: 600 }],
    ])('%s', async (_what, given, step) => {
      await thrownAway(db, async (query) => {
        await query(`${settled(`outcome = 'busy', attempt_no = 1`)}; ${given}`)
        expect(await nextStep(query)).toMatchObject(step)
      })
    })
  })
})

describe('a campaign', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
    await startedCampaign(await openAccount(db))
    await acceptedCall(db)
    await db.sql`update public.calls set state = 'settled', settled_at = private.now(), outcome = 'answered'`
  })
  afterAll(() => db.drop())

  /** So many calls with these facts, one second after the other, after all that were before. */
  const calls = (count: number, facts: Record<string, unknown>) => `insert into public.calls
    select (jsonb_populate_record(null::public.calls, to_jsonb(c) || jsonb_build_object('id', gen_random_uuid(), 'attempt_id', gen_random_uuid(), 'provider_call_id', null, 'attempt_no', m.n + g,
      'created_at', m.at + g * interval '1 second', 'dialled_at', m.at + g * interval '1 second') || '${JSON.stringify(facts)}')).*
    from (select max(attempt_no) as n, max(created_at) as at from public.calls) m cross join generate_series(1, ${count}) g
    cross join lateral (select * from public.calls order by created_at limit 1) c`
  const FAILED = { outcome: 'failed', is_counted: true }
  const ANSWERED = { outcome: 'answered' }
  const OPTED_OUT = { outcome: 'answered', disposition: 'do_not_call' }

  async function paused(guard: string, ...given: string[]): Promise<boolean> {
    return thrownAway(db, async (query) => {
      for (const text of given) await query(text)
      await query(`select private.${guard}(array(select id from public.calls order by created_at desc limit 1))`)
      return (await query(`select from public.campaigns where status = 'paused'`)).length === 1
    })
  }

  test('stops for failures of its latest twenty calls, however well the earlier ones went', async () => {
    expect(await paused('guard_failure_rates', calls(20, ANSWERED), calls(11, FAILED))).toBe(true)
    expect(await paused('guard_failure_rates', calls(20, FAILED), calls(10, ANSWERED), calls(10, FAILED))).toBe(false)
  })

  test('stops for opt-outs among its latest fifty conversations, however well the earlier ones went', async () => {
    await db.sql`update public.campaigns set opt_out_limit_percent = 20`
    expect(await paused('guard_opt_out_rates', calls(100, ANSWERED), calls(11, OPTED_OUT))).toBe(true)
    expect(await paused('guard_opt_out_rates', calls(100, ANSWERED), calls(10, OPTED_OUT))).toBe(false)
  })

  test('weighs opt-outs against conversations alone', async () => {
    expect(await paused('guard_opt_out_rates', calls(15, ANSWERED), calls(25, { outcome: 'busy' }), calls(5, OPTED_OUT))).toBe(true)
  })

  test('forgets opt-outs from before it was resumed', async () => {
    const resumed = 'update public.campaigns set resumed_at = (select max(dialled_at) from public.calls)'
    expect(await paused('guard_opt_out_rates', calls(20, OPTED_OUT), calls(1, OPTED_OUT))).toBe(true)
    expect(await paused('guard_opt_out_rates', calls(20, OPTED_OUT), resumed, calls(1, OPTED_OUT))).toBe(false)
  })
})
