/** What machines are told of the installation's health. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { thrownAway, type Query } from '../support/thrownAway.ts'

type Figures = Record<string, number>

describe('the health of the installation', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await startedCampaign(account, { contacts: 3 })
  })
  afterAll(() => db.drop())
  const isOperator = (actor = account.owner) => actor.rpc<boolean>('is_operator')
  const figures = async (query: Query) => (await query<{ f: Figures }>('select private.platform_figures() as f'))[0]!.f
  const changed = (...statements: string[]) => thrownAway(db, async (query) => {
    const before = await figures(query)
    for (const statement of statements) await query(statement)
    const after = await figures(query)
    return Object.fromEntries(Object.keys(after).filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]))
  })

  test('says that the heartbeat is late, before the first as after a pause', async () => {
    expect(await db.asService().rpc('service_health')).toEqual({ beat: false, inbox: true })
    await db.sql`select private.tick()`
    expect(await db.asService().rpc('service_health')).toEqual({ beat: true, inbox: true })
    await db.shiftClock('4 minutes')
    expect(await db.asService().rpc('service_health')).toEqual({ beat: false, inbox: true })
    await db.sql`select private.tick()`
  })

  test('says that events wait', async () => {
    const wait = (table: string) => thrownAway(db, async (query) => {
      await query(table)
      return (await query<{ h: unknown }>('select private.service_health() as h'))[0]!.h
    })
    expect(await wait(`insert into engine.payment_events (event_id, type, livemode, occurred_at, fact, received_at)
      values ('e', 't', false, private.now(), '{}', private.now() - interval '6 minutes')`)).toMatchObject({ inbox: false })
  })

  test('counts who waits, and whom it calls', async () => {
    const before = await db.asService().rpc<Figures>('service_metrics')
    const nothing = { calls_in_flight: 0, dials_last_minute: 0, drifted_accounts: 0, counter_faults: 0, billing_differences: 0 }
    expect(before).toMatchObject({ queue_depth: 3, dialling_enabled: 1, ...nothing })
    await acceptedCall(db)
    expect(await db.asService().rpc<Figures>('service_metrics')).toMatchObject({ queue_depth: 2, calls_in_flight: 1, dials_last_minute: 1 })
  })

  test.each([
    ['a balance that is not its ledger\'s', 'update engine.accounts set balance_seconds = balance_seconds + 60', { drifted_accounts: 1 }],
    ['a counter that is not its rows\'', 'update engine.accounts set reserved_seconds = reserved_seconds + 60', { counter_faults: 1 }],
    ['dialling switched off', 'update engine.settings set enabled = false', { dialling_enabled: 0 }],
    ['a held line', `update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '1 hour'`, { lines_held: 1 }],
    ['a repair', `insert into engine.repairs (kind) values ('missed_wake')`, { repairs_last_hour: 1 }],
    ['a job set apart', `insert into engine.outbox (kind, payload, quarantined_at, due_at) values ('x', '{}', private.now(), private.now() - interval '1 hour')`, { quarantined_jobs: 1 }],
    ['a job that waits', `insert into engine.outbox (kind, payload, due_at) values ('x', '{}', private.now() - interval '1 hour')`, { oldest_job_seconds: 3600 }],
  ])('shows %s', async (_what, statement, figure) => {
    expect(await changed(statement)).toMatchObject(figure)
  })

  test('tells the installation\'s people, and hides that there is anything from others', async () => {
    expect((await errorOf(account.owner.rpc('platform_metrics'))).code).toBe('not_found')
    expect((await errorOf(db.asAnon().rpc('platform_metrics'))).code).toBe('42501')
    await db.sql`insert into public.platform_admins (user_id) values (${account.userId})`
    expect(await account.owner.rpc<Figures>('platform_metrics')).toMatchObject({ drifted_accounts: 0 })
    expect(await isOperator()).toBe(true)
    const stranger = await openAccount(db)
    expect((await errorOf(stranger.owner.rpc('platform_metrics'))).code).toBe('not_found')
    expect(await isOperator(stranger.owner)).toBe(false)
  })

  test('tells them only by a session that lives, and that showed the second factor where they have one', async () => {
    const ended = db.asUser(account.userId, { session_id: randomUUID() })
    expect((await errorOf(ended.rpc('platform_metrics'))).code).toBe('unauthenticated')
    expect(await isOperator(ended)).toBe(false)
    await db.admin`insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status)
      values (${randomUUID()}, ${account.userId}, 'Phone', 'totp', 'verified')`
    expect((await errorOf(account.owner.rpc('platform_metrics'))).code).toBe('not_found')
    expect(await isOperator()).toBe(false)
    expect(await isOperator(db.asUser(account.userId, { aal: 'aal2' }))).toBe(true)
  })
})
