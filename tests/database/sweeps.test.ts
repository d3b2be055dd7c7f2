/** What is done each tick, minute and night, one rule at a time: what is due and what is not yet, and what others are at already. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { acceptedCall, claim } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { thrownAway, type Query } from '../support/thrownAway.ts'

describe('the sweeps', () => {
  let db: TestDatabase
  let accountId: string
  /** Two calls on their way and two claimed ones; a fifth contact waits. */
  let calls: string[]
  beforeAll(async () => {
    db = await createDatabase()
    const account = await openAccount(db)
    accountId = account.accountId
    await db.sql`update engine.provider_lines set calls_per_second = 20`
    await startedCampaign(account, { contacts: 5, assistant: { maximum_seconds: 60 } })
    calls = [(await acceptedCall(db)).callId, (await acceptedCall(db)).callId, ...(await claim(db, 2)).map((claimed) => claimed.call_id)]
  })
  afterAll(() => db.drop())

  const set = (call: number, facts: string) => `update public.calls set ${facts} where id = '${calls[call]}'`
  const before = (interval: string) => `private.now() - interval '${interval}'`
  const states = async (query: Query) => {
    const rows = await query<{ id: string, state: string }>('select id, state from public.calls')
    return calls.map((id) => rows.find((row) => row.id === id)?.state)
  }
  /** The calls' states after something was changed and something done. */
  const afterwards = (...statements: string[]) => thrownAway(db, async (query) => {
    await query(`set local lock_timeout = '1s'`)
    for (const statement of statements) await query(statement)
    return states(query)
  })
  const found = (given: string[], text: string) => thrownAway(db, async (query) => {
    for (const statement of given) await query(statement)
    return query(text)
  })
  const LEASES = 'select private.sweep_leases(private.now())'
  const STALE = 'select private.sweep_stale(private.now())'
  const LANES = 'select private.sweep_missed_wakes(private.now())'

  test('take back what was claimed, and ask about what was dialled, when its own lease is over', async () => {
    const over = `lease_until = ${before('1 second')}`
    expect(await afterwards(set(0, over), set(2, over), LEASES)).toEqual(['unknown', 'dialing', 'voided', 'reserved'])
  })

  test('take back nothing that was dialled, whoever names it', async () => {
    expect(await afterwards(`select private.void_reserved('${accountId}', array['${calls.join(`','`)}']::uuid[])`)).toEqual(['dialing', 'dialing', 'voided', 'voided'])
  })

  test('leave a call alone that somebody is telling something', async () => {
    const holder = await db.sql.reserve()
    await holder.unsafe(`begin; select from public.calls where id = '${calls[0]}' for key share`)
    expect(await afterwards(`update public.calls set lease_until = ${before('1 second')}`, LEASES)).toEqual(['dialing', 'unknown', 'voided', 'voided'])
    await holder.unsafe('rollback')
    holder.release()
  })

  test('free the slot of a call past any possible length, settle it a day later, and wake the account', async () => {
    expect(await afterwards(set(0, `dialled_at = ${before('2 hours')}`), STALE)).toEqual(['ended', 'dialing', 'reserved', 'reserved'])
    expect(await afterwards(set(0, `dialled_at = ${before('2 hours')}`), set(1, `dialled_at = ${before('25 hours')}`), STALE)).toEqual(['ended', 'settled', 'reserved', 'reserved'])
    expect(await found([set(0, `dialled_at = ${before('2 hours')}`), 'update engine.accounts set next_at = null', STALE], 'select from engine.accounts where next_at is not null')).toHaveLength(1)
  })

  test.each<[what: string, given: string, woken: object[]]>([
    ['that is due', 'select', [{ kind: 'missed_wake', is_ours: true }]],
    ['that is not due', `update engine.dial_queue set due_at = private.now() + interval '1 minute'`, []],
    ['of a campaign that is full', 'update engine.campaigns set concurrency_max = 4', []],
  ])('wake and note a sleeping lane with somebody in it: %s', async (_what, given, woken) => {
    expect(await found([given, 'update engine.lanes set next_at = null', LANES], `select kind, account_id = '${accountId}' as is_ours from engine.repairs`)).toEqual(woken)
  })

  test('void no call that nobody dialled because the provider does not know it', async () => {
    expect(await afterwards(`select private.record_call_check('${calls[2]}', '{"kind": "absent", "absence_counts": true}')`)).toEqual(['dialing', 'dialing', 'reserved', 'reserved'])
  })

  test.each([['with calls that may give some back', 'reserved_seconds = 60', 0], ['without any', 'reserved_seconds = 0', 1]])('tell an account without minutes, %s (%s), %i times', async (_what, facts, notices) => {
    expect(await found([`update engine.accounts set wait_reason = 'no_minutes', ${facts}`, 'select private.sweep_short_accounts()'], `select from public.notices where kind = 'no_minutes'`)).toHaveLength(notices)
  })

  test('judge nobody of a campaign that is over when a rule of consent changes', async () => {
    const rule = `insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on)
      select 'test', id, 'consent', '{"sales": "express"}', 'This test', '2026-01-01', true, true from public.rule_packs limit 1`
    const judged = (status: string) => found([`update public.campaigns set status = '${status}', archived_from = case when '${status}' = 'archived' then 'stopped'::public.campaign_status end`, rule], 'select from engine.campaigns where judge_from is not null')
    expect([await judged('active'), await judged('stopped'), await judged('archived')].map((rows) => rows.length)).toEqual([1, 0, 0])
  })

  test('count only calls that run when they correct a line', async () => {
    expect(await found([set(0, `state = 'ended'`), 'select private.correct_line(id) from engine.provider_lines'], 'select in_flight from engine.provider_lines')).toEqual([{ in_flight: 3 }])
  })

  test('wake what a wrong counter held up', async () => {
    expect(await found(['update engine.accounts set in_flight = 9, next_at = null', `select private.correct_account('${accountId}', null)`],
      'select in_flight from engine.accounts where next_at is not null')).toEqual([{ in_flight: 4 }])
  })

  describe('and jobs', () => {
    const job = (facts: string) => `insert into engine.outbox (account_id, kind, dedupe_key, payload) values ('${accountId}', 'copy_recording', '${calls[0]}', '{"call_id": "${calls[0]}"}');
      update engine.outbox set ${facts}`
    const claimed = async (query: Query) => (await query<{ n: number }>(`select jsonb_array_length(private.claim_outbox(10) -> 'jobs') as n`))[0]?.n

    test.each([
      ['is due', 'tries = 0', 1], ['is not due yet', `due_at = private.now() + interval '1 minute'`, 0], ['a worker is at', `lease_until = private.now() + interval '1 minute'`, 0],
      ['a worker left', `lease_until = ${before('1 minute')}`, 1], ['is done', 'done_at = private.now()', 0], ['was given up', 'quarantined_at = private.now()', 0],
    ])('one that %s (%s) is taken on by %i', async (_what, facts, workers) => {
      expect(await thrownAway(db, async (query) => {
        await query(job(facts))
        return claimed(query)
      })).toBe(workers)
    })

    test('one that somebody is taking on is passed over', async () => {
      await db.sql.unsafe(job('tries = 0'))
      const holder = await db.sql.reserve()
      await holder.unsafe('begin; select from engine.outbox for key share')
      expect(await thrownAway(db, async (query) => {
        await query(`set local lock_timeout = '1s'`)
        return claimed(query)
      })).toBe(0)
      await holder.unsafe('rollback')
      holder.release()
      await db.sql`delete from engine.outbox`
    })

    const failed = (facts: string) => found([job(facts), `select private.record_outbox(id, '{"ok": false, "error": "x"}') from engine.outbox`],
      'select round(extract(epoch from due_at - private.now()))::int as again_in, quarantined_at is not null as is_over, done_at is not null as is_done from engine.outbox')
    test.each([[1, 15, false], [2, 45, false], [7, 10935, false], [8, 10935, true]])('one that failed %i times is tried again in %i seconds, or given up: %s', async (tries, again_in, is_over) => {
      expect(await failed(`tries = ${tries}`)).toEqual([{ again_in, is_over, is_done: false }])
    })

    test('one that is done hears no second answer', async () => {
      expect(await failed(`tries = 8, done_at = private.now(), due_at = private.now()`)).toEqual([{ again_in: 0, is_over: false, is_done: true }])
    })

    test('one whose eighth worker died is given up, and none whose eighth is still at it', async () => {
      const swept = (lease: string) => found([job(`tries = 8, lease_until = ${lease}`), 'select private.sweep_outbox(private.now())'], 'select quarantined_at is not null as is_over from engine.outbox')
      expect(await swept(before('1 second'))).toEqual([{ is_over: true }])
      expect(await swept(`private.now() + interval '1 second'`)).toEqual([{ is_over: false }])
    })

    test('one of no account is given up, too, and a recording that has one gets no second', async () => {
      const SWEEP = 'select private.sweep_outbox(private.now())'
      expect(await found([job(`account_id = null, tries = 8, lease_until = ${before('1 second')}`), SWEEP], 'select quarantined_at is not null as is_over from engine.outbox')).toEqual([{ is_over: true }])
      const waiting = set(0, `state = 'settled', recording_state = 'pending', settled_at = ${before('6 minutes')}`)
      expect(await found([waiting, job('tries = 0'), SWEEP], 'select from engine.repairs')).toEqual([])
    })

    test('a recording waits five minutes for its own, and one that is stored is not lost', async () => {
      const settled = (interval: string) => set(0, `state = 'settled', recording_state = 'pending', settled_at = ${before(interval)}`)
      for (const [interval, jobs] of [['4 minutes', 0], ['6 minutes', 1]] as const) {
        expect(await found([settled(interval), 'select private.sweep_outbox(private.now())'], 'select from engine.outbox')).toHaveLength(jobs)
      }
      expect(await found([set(0, `recording_state = 'stored'`), `select private.lose_recordings(array['${calls[0]}']::uuid[], '{}')`],
        `select recording_state from public.calls where id = '${calls[0]}'`)).toEqual([{ recording_state: 'stored' }])
    })
  })

  describe('of the minute and the night', () => {
    const begins = (given: string) => found([`update engine.sweeps set swept_at = ${given}`], `select private.begin_sweep('each_minute', private.now(), interval '1 minute') as begins`)
    test.each([['a minute ago', before('61 seconds'), true], ['just now', before('1 second'), false], ['at a time that the clock went back from', before('-1 hour'), true]])(
      'last done %s begin: %s is %s', async (_what, swept, isDue) => {
        expect(await begins(swept)).toEqual([{ begins: isDue }])
      })

    test('forget the bodies of events after a month, not before, and set counters right at night', async () => {
      const event = (days: number) => `insert into engine.provider_events (provider, dedupe_key, event, body, received_at) values ('vapi', '${days}', '{}', '{}', ${before(`${days} days`)})`
      const slowly = `update engine.sweeps set swept_at = ${before('2 days')}; select private.sweep_slowly(private.now())`
      expect(await found([event(29), event(31), slowly], 'select dedupe_key, body is null as is_forgotten from engine.provider_events order by 1'))
        .toEqual([{ dedupe_key: '29', is_forgotten: false }, { dedupe_key: '31', is_forgotten: true }])
      expect(await found(['update engine.campaigns set in_flight = 9', slowly], `select in_flight from engine.campaigns`)).toEqual([{ in_flight: 4 }])
    })
  })

  describe('of a tick', () => {
    beforeAll(async () => {
      await db.admin`grant select on net.http_request_queue to postgres`
      await db.sql`select vault.create_secret('http://functions', 'functions_url'), vault.create_secret('secret', 'cron_secret')`
    })
    const asked = (...given: string[]) => thrownAway(db, async (query) => {
      // Whoever waits is due later, and nothing is unheard: only what is given wants a function.
      await query(`update engine.dial_queue set due_at = private.now() + interval '1 hour'; update engine.lanes set next_at = null; update engine.accounts set next_at = null`)
      for (const statement of given) await query(statement)
      await query('select private.tick()')
      return (await query<{ name: string }>(`select substring(url from '[^/]*$') as name from net.http_request_queue order by 1`)).map(({ name }) => name)
    })
    const DUE = 'update engine.accounts set next_at = private.now()'

    test('call the functions that have something to do', async () => {
      expect(await asked()).toEqual([])
      expect(await asked(DUE)).toEqual(['dispatch-calls'])
      expect(await asked(DUE, 'update engine.settings set enabled = false')).toEqual([])
      expect(await asked(set(0, `state = 'unknown', dialled_at = ${before('1 minute')}`))).toEqual(['reconcile-calls'])
      expect(await asked(`insert into engine.outbox (account_id, kind, dedupe_key, payload) values ('${accountId}', 'copy_recording', 'x', '{}')`)).toEqual(['run-outbox'])
    })

    test('work on events, and take everybody out of stopped campaigns', async () => {
      const event = `select private.record_call_event(jsonb_build_object('provider', 'vapi', 'dedupe_key', 'k', 'state', 'ringing', 'attempt_id', attempt_id), '{}') from public.calls where id = '${calls[0]}'`
      expect(await afterwards(event, 'select private.tick()')).toEqual(['ringing', 'dialing', 'reserved', 'reserved'])
      expect(await found([`update public.campaigns set status = 'stopped'`, 'select private.tick()'], `select from public.enrolments where status = 'waiting'`)).toEqual([])
    })
  })
})
