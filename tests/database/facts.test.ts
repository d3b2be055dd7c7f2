/** What becomes of what a provider says, one rule at a time: which facts are kept, which win, and which come too late or from nowhere. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, type AcceptedCall } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { thrownAway, type Query } from '../support/thrownAway.ts'

type Facts = Record<string, unknown>

describe('what a provider says', () => {
  let db: TestDatabase
  let account: TestAccount
  let call: AcceptedCall
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await startedCampaign(account, { contacts: 2 })
    call = await acceptedCall(db)
  })
  afterAll(() => db.drop())

  const quoted = (value: unknown) => `'${JSON.stringify(value)}'`
  const folded = (facts: Facts) => `array[row('${call.callId}', ${quoted(facts)})::private.call_facts]`
  const theCall = async (query: Query) => (await query(`select * from public.calls where id = '${call.callId}'`))[0]!
  /** Stores events of the call, in this order. */
  const store = async (query: Query, ...events: Facts[]) => {
    for (const event of events) await query(`select private.record_call_event(${quoted({ provider: 'vapi', dedupe_key: randomUUID(), attempt_id: call.attemptId, provider_call_id: call.providerCallId, ...event })}, '{}')`)
  }
  /** What the call is after these facts, when it had been changed like this before. */
  const applied = (before: string, facts: Facts) => thrownAway(db, async (query) => {
    await query(`update public.calls set ${before} where id = '${call.callId}'`)
    await query(`select private.apply_facts(${folded(facts)}, private.now())`)
    return theCall(query)
  })
  const fold = (...events: Facts[]) => thrownAway(db, async (query) => {
    await store(query, ...events)
    return (await query<{ facts: Facts }>('select f.facts from private.fold_events(array(select id from engine.provider_events)) f'))[0]!.facts
  })
  const closings = (before: string, facts: Facts) => thrownAway(db, async (query) => {
    await query(`update public.calls set ${before} where id = '${call.callId}'`)
    return (await query<{ closings: Facts[] }>(`select private.closings(${folded(facts)}) as closings`))[0]!.closings
  })
  const SAME = 'attempt_no = attempt_no'
  const VOIDED = `state = 'voided', settled_at = private.now(), is_counted = true`

  test('about nothing we know, and nothing about a call, is closed when it is stored', async () => {
    const stored = await thrownAway(db, async (query) => {
      await store(query, { type: 'hang', state: null }, { type: 'status-update', state: 'ringing' })
      return query('select processed_at is not null as is_closed from engine.provider_events order by id')
    })
    expect(stored).toEqual([{ is_closed: true }, { is_closed: false }])
  })

  test.each([['7'], ['not one of ours'], [''], ['00000000-0000-4000-8000-00000000000'], [`'; drop table x`]])('of the attempt %j is of no attempt', async (id) => {
    expect(await db.sql`select private.as_uuid(${id}) as id`).toEqual([{ id: null }])
  })

  test('in a report wins over what was said in a status, whichever came first; nothing is no fact', async () => {
    const report = { is_report: true, state: 'ended', ended_reason: 'customer-busy' }
    const status = { state: 'ringing', ended_reason: 'unknown', cost_micros: 5 }
    for (const events of [[report, status], [status, report]]) expect(await fold(...events)).toMatchObject({ state: 'ended', ended_reason: 'customer-busy', is_report: true })
    expect(await fold(status, { ...report, cost_micros: null })).toMatchObject({ cost_micros: 5 })
  })

  test.each<[what: string, before: string, facts: Facts, after: Facts]>([
    ['moves a settled call nowhere', `state = 'voided', settled_at = private.now()`, { state: 'in_progress' }, { state: 'voided' }],
    ['gives no call another provider id', SAME, { state: 'ringing', provider_call_id: 'another' }, { state: 'ringing', provider_call_id: expect.not.stringMatching('another') }],
    ['of a call that was never begun is not believed', `state = 'reserved'`, { state: 'in_progress' }, { state: 'reserved' }],
    ['of a call that goes on ends it nowhere', SAME, { state: 'in_progress', started_at: '2026-06-10T12:00:00Z' }, { ended_at: null }],
    ['ends no call before it began', `started_at = '2026-06-10T12:00:00Z'`, { state: 'ended', ended_at: '2026-06-10T11:00:00Z' }, { ended_at: new Date('2026-06-10T12:00:00Z') }],
  ])('%s', async (_what, before, facts, after) => {
    expect(await applied(before, facts)).toMatchObject(after)
  })

  test('of an end frees the slot of a call that had one', async () => {
    const inFlight = (times: number) => thrownAway(db, async (query) => {
      await query(`update engine.accounts set in_flight = 5; update engine.campaigns set in_flight = 5; update engine.provider_lines set in_flight = 5`)
      for (let time = 0; time < times; time++) await query(`select private.apply_facts(${folded({ state: 'ended' })}, private.now())`)
      return (await query('select a.in_flight as account, h.in_flight as campaign, l.in_flight as line from engine.accounts a, engine.campaigns h, engine.provider_lines l'))[0]
    })
    expect(await inFlight(1)).toEqual({ account: 4, campaign: 4, line: 4 })
    expect(await inFlight(2)).toEqual({ account: 4, campaign: 4, line: 4 })
  })

  test.each<[what: string, before: string, facts: Facts]>([
    ['of a call that was never begun', `state = 'reserved'`, { is_report: true }], ['of a settled call', VOIDED, { is_report: true }], ['that is no report', SAME, { is_report: false }],
  ])('%s settles nothing', async (_what, before, facts) => {
    expect(await closings(before, facts)).toEqual([])
  })

  test('of less than no talk is no talk', async () => {
    expect(await closings(SAME, { is_report: true, outcome: 'busy', talk_seconds: -30 })).toMatchObject([{ talk_seconds: 0 }])
  })

  describe('of a call that was given up', () => {
    const find = (before: string, facts: Facts, more = 'select') => thrownAway(db, async (query) => {
      await query(`update public.calls set ${before} where id = '${call.callId}'; ${more}`)
      await query(`select private.post_late_finds('${account.accountId}', ${folded(facts)})`)
      return theCall(query)
    })
    const REPORT = { is_report: true, state: 'ended', talk_seconds: 61, provider_call_id: 'ghost' }

    test('is posted, never more than was reserved or than is free of the balance', async () => {
      expect(await find(VOIDED, REPORT)).toMatchObject({ billed_seconds: 120 })
      expect(await find(VOIDED, { ...REPORT, talk_seconds: 3000 })).toMatchObject({ billed_seconds: 300 })
      expect(await find(VOIDED, REPORT, 'update engine.accounts set reserved_seconds = balance_seconds - 60')).toMatchObject({ billed_seconds: 60 })
    })

    test('is posted for nothing else: not for one that goes on, and not before its report', async () => {
      expect(await find(SAME, REPORT)).toMatchObject({ billed_seconds: null, found_late_at: null })
      expect(await find(VOIDED, { ...REPORT, is_report: false })).toMatchObject({ billed_seconds: null, found_late_at: expect.any(Date) as unknown })
    })

    test('marks it and nothing else', async () => {
      const marked = (before: string) => thrownAway(db, async (query) => {
        await query(`update public.calls set ${before} where id = '${call.callId}'`)
        await query(`select private.note_late_life('${call.callId}', 'ghost')`)
        return (await theCall(query)).found_late_at !== null
      })
      expect([await marked(VOIDED), await marked(SAME), await marked(`${VOIDED}, dialled_at = null`)]).toEqual([true, false, false])
    })
  })

  describe('and the inbox', () => {
    const processed = async (query: Query) => (await query<{ done: number }>(`select private.process_account_events('${account.accountId}', 10) as done`))[0]?.done

    test('is worked off once, wakes the account and keeps what was said', async () => {
      await thrownAway(db, async (query) => {
        await store(query, { is_report: true, state: 'ended', outcome: 'answered', talk_seconds: 5, started_at: '2026-06-10T12:00:00Z', summary: 'They said hello.', has_recording: true })
        await query('update engine.accounts set next_at = null')
        expect([await processed(query), await processed(query)]).toEqual([1, 0])
        expect(await query(`select summary from public.call_transcripts`)).toEqual([{ summary: 'They said hello.' }])
      })
      await thrownAway(db, async (query) => {
        await store(query, { state: 'ringing' })
        await query('update engine.accounts set next_at = null')
        await processed(query)
        expect(await query(`select next_at is not null as is_awake from engine.accounts where account_id = '${account.accountId}'`)).toEqual([{ is_awake: true }])
      })
    })

    test('orders one copy of a recording, however often its report comes', async () => {
      await thrownAway(db, async (query) => {
        await query(`update public.calls set recording_state = 'pending' where id = '${call.callId}'`)
        for (const _time of [1, 2]) await query(`select private.store_conversation(${folded({ is_report: true, summary: 'Hello.' })})`)
        expect(await query('select kind from engine.outbox')).toEqual([{ kind: 'copy_recording' }])
      })
    })

    test('gives a poison event five tries', async () => {
      await thrownAway(db, async (query) => {
        await store(query, { state: 'ringing', started_at: 'not a time' })
        const tries: unknown[] = []
        for (let time = 0; time < 5; time++) {
          await query(`select private.process_carefully('${account.accountId}', 10)`)
          tries.push((await query('select quarantined_at is not null as is_over from engine.provider_events'))[0]?.is_over)
        }
        expect(tries).toEqual([false, false, false, false, true])
      })
    })

    test('is not decided about while somebody holds the call', async () => {
      const holder = await db.sql.reserve()
      await holder.unsafe(`begin; select from public.calls where id = '${call.callId}' for key share`)
      const working = thrownAway(db, async (query) => {
        await store(query, { type: 'speech', state: 'dialing' })
        return processed(query)
      })
      await db.untilSomebodyWaits()
      await holder.unsafe('rollback')
      holder.release()
      expect(await working).toBe(1)
    })
  })
})
