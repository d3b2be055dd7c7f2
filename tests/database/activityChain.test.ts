/** The log's chain: whatever is changed afterwards, by whomever, is found; and writing waits for nobody. */
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Verdict {
  broken: { position: number | null, reason: string } | null
  link_count: number
  line_count: number
  next: number | null
  waiting_count: number
  fingerprint: string | null
}

describe('the chain of an account', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const log = (count = 1, of = account) => db.sql`select private.log_activity(${of.accountId}, 'tag.created', 'tag', gen_random_uuid(), jsonb_build_object('n', n)) from generate_series(1, ${count}::int) n`
  const link = (limit = 10_000) => db.sql`select private.link_activity(${limit}::int)`
  const verify = (from = 1, limit = 200) => account.owner.rpc<Verdict>('verify_activity_chain', { account_id: account.accountId, from_position: from, link_limit: limit })
  /** As nobody but a superuser can: with every trigger asleep. */
  const tamper = (statement: string) => db.admin.begin(async (sql) => {
    await sql.unsafe('set local session_replication_role = replica')
    return sql.unsafe(statement)
  })
  const ofAccount = () => `account_id = '${account.accountId}'`

  test('holds every line once, whatever committed when', async () => {
    await log(3)
    const late = await db.session({ userId: account.userId })
    await late.begin()
    await late.rpc('save_tag', { account_id: account.accountId, tag_id: null, name: 'Late' })
    await log(2)
    await link()
    await late.commit()
    await late.close()
    expect(await verify()).toMatchObject({ broken: null, link_count: 1, waiting_count: 1 })
    await link()
    const [{ n } = { n: 0 }] = await db.sql<{ n: number }[]>`select count(*)::int as n from public.activity_log where account_id = ${account.accountId}`
    expect(await verify()).toMatchObject({ broken: null, link_count: 2, line_count: n, waiting_count: 0, next: null })
  })

  test('is chained once by beats that overlap, and whole after one that died', async () => {
    await log(5)
    const first = await db.sql.reserve()
    await first`begin`
    await first`select private.link_activity(10000)`
    await link()
    expect(await db.sql`select from engine.activity_links where account_id = ${account.accountId}`).toEqual([])
    await first`rollback`
    first.release()
    await link()
    expect(await verify()).toMatchObject({ broken: null, link_count: 1, waiting_count: 0 })
  })

  test('grows by portions, each account by its own', async () => {
    const other = await openAccount(db)
    await db.sql`select private.link_activity(10000)`
    for (const of of [account, other, account]) await log(4, of)
    await link(5)
    expect((await verify()).waiting_count).toBeGreaterThan(0)
    for (let beat = 0; beat < 3; beat += 1) await link(5)
    expect(await verify()).toMatchObject({ broken: null, waiting_count: 0 })
    expect(await other.owner.rpc<Verdict>('verify_activity_chain', { account_id: other.accountId })).toMatchObject({ broken: null, waiting_count: 0 })
  })

  test('is looked at in portions', async () => {
    for (let n = 0; n < 5; n += 1) {
      await log()
      await link()
    }
    const first = await verify(1, 3)
    expect(first).toMatchObject({ broken: null, link_count: 3, next: 4 })
    expect(await verify(first.next!, 3)).toMatchObject({ broken: null, link_count: 2, next: null })
  })

  test('is linked by the tick, each minute', async () => {
    await db.sql`select private.tick()`
    await log()
    await db.sql`select private.tick()`
    expect((await verify()).waiting_count).toBe(1)
    await db.shiftClock('61 seconds')
    await db.sql`select private.tick()`
    expect(await verify()).toMatchObject({ broken: null, waiting_count: 0 })
  })

  test('is for whoever may read the activity', async () => {
    const viewer = await addMember(db, account, 'viewer')
    expect((await errorOf(viewer.actor.rpc('verify_activity_chain', { account_id: account.accountId }))).code).toBe('forbidden')
    expect((await errorOf((await openAccount(db)).owner.rpc('verify_activity_chain', { account_id: account.accountId }))).code).toBe('not_found')
  })

  test('refuses to change a link', async () => {
    await log()
    await link()
    for (const command of ['update engine.activity_links set position = position + 1', 'delete from engine.activity_links', 'truncate engine.activity_links']) {
      await expect(db.sql.unsafe(command)).rejects.toThrow('append-only')
    }
  })

  test.each([
    ['a changed word', () => `update public.activity_log set verb = 'tag.changed' where id = (select max(id) from public.activity_log where ${ofAccount()})`, 'lines_changed'],
    ['another person', () => `update public.activity_log set actor_id = gen_random_uuid() where id = (select min(id) from public.activity_log where ${ofAccount()})`, 'lines_changed'],
    ['another time', () => `update public.activity_log set created_at = created_at - interval '1 microsecond' where id = (select max(id) from public.activity_log where ${ofAccount()})`, 'lines_changed'],
    ['another address', () => `update public.activity_log set ip = '1.2.3.4' where id = (select max(id) from public.activity_log where ${ofAccount()})`, 'lines_changed'],
    ['another account', () => `update public.activity_log set account_id = gen_random_uuid() where id = (select max(id) from public.activity_log where ${ofAccount()})`, 'lines_missing'],
    ['a deleted line', () => `delete from public.activity_log where id = (select min(id) from public.activity_log where ${ofAccount()})`, 'lines_missing'],
    ['a line put in', () => `insert into public.activity_log (account_id, verb, subject_type) values ('${account.accountId}', 'tag.created', 'tag')`, 'lines_added'],
    ['a link taken out', () => `delete from engine.activity_links where position = 2 and ${ofAccount()}`, 'link_missing'],
    ['the first link taken out', () => `delete from engine.activity_links where position = 1 and ${ofAccount()}`, 'link_missing'],
    ['the end cut off', () => `with cut as (delete from engine.activity_links where position = 3 and ${ofAccount()} returning line_ids) delete from public.activity_log where id in (select unnest(line_ids) from cut)`, 'end_missing'],
    ['a link written anew', () => `with l as (select min(id) as id from public.activity_log where ${ofAccount()}), gone as (delete from public.activity_log where id = (select id from l))
      update engine.activity_links set line_ids = array_remove(line_ids, (select id from l)) where position = 1 and ${ofAccount()}`, 'lines_changed'],
  ])('shows %s', async (_what, statement, reason) => {
    for (let n = 0; n < 3; n += 1) {
      await log(2)
      await link()
    }
    expect((await verify()).broken).toBeNull()
    await tamper(statement())
    expect((await verify()).broken?.reason).toBe(reason)
  })

  test('shows at the next link that one was sealed anew over changed lines', async () => {
    for (let n = 0; n < 3; n += 1) {
      await log(2)
      await link()
    }
    await tamper(`update public.activity_log set verb = 'tag.deleted' where verb = 'tag.created' and id = (select min(id) from public.activity_log where verb = 'tag.created' and ${ofAccount()})`)
    await tamper(`update engine.activity_links set hash = private.link_hash(null, line_ids) where position = 1 and ${ofAccount()}`)
    expect((await verify()).broken).toEqual({ position: 2, reason: 'lines_changed' })
  })

  test('shows any change of any line, and none where there is none', async () => {
    for (let n = 0; n < 4; n += 1) {
      await log(3)
      await link()
    }
    const lines = (await db.sql`select id::int as id from public.activity_log where account_id = ${account.accountId} order by id`).map(({ id }) => id as number)
    const changes = ['delete from public.activity_log where id = ', ...['actor_kind = \'platform\'', 'subject_id = null', 'details = details || \'{"x": 1}\'', 'changes = \'{"role": {}}\'', 'user_agent = \'x\'', 'request_id = \'x\'', 'subject_type = \'contact\'']
      .map((change) => `update public.activity_log set ${change} where id = `)]
    await fc.assert(fc.asyncProperty(fc.constantFrom(...lines), fc.constantFrom(...changes), async (id, change) => {
      const session = await db.admin.reserve()
      try {
        await session.unsafe('begin')
        await session.unsafe('set local session_replication_role = replica')
        const before = await session.unsafe(`select to_jsonb(l) as row from public.activity_log l where id = ${id}`)
        await session.unsafe(`${change}${id}`)
        const after = await session.unsafe(`select to_jsonb(l) as row from public.activity_log l where id = ${id}`)
        const [found] = await session.unsafe(`select reason from private.first_broken_link('${account.accountId}', 1, 1000)`)
        expect(found!.reason !== null).toBe(JSON.stringify(before) !== JSON.stringify(after))
      } finally {
        await session.unsafe('rollback')
        session.release()
      }
    }), { numRuns: 60 })
  })
})
