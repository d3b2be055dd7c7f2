/** An account as its owner takes it along: everything it has, page by page, and nothing that would let the reader act in its name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount } from '../factories/account.ts'
import { createContact } from '../factories/campaign.ts'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { accountParts } from '../../business/models/accountExport.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

type Row = Record<string, unknown>
interface Answer { rows: Row[], next_cursor: Row | null }

/** Tables of an account that are in no part, and why. */
const LEFT_OUT = ['auto_top_ups', 'call_views', 'daily_stats', 'hourly_stats', 'contact_hour_stats', 'former_members', 'import_chunks', 'invitations', 'notice_preferences', 'notice_reads', 'notices',
  'payment_methods', 'phone_numbers', 'terms_acceptances']

describe('an account that is exported', () => {
  let db: TestDatabase
  let account: FullAccount
  const ask = (part: string, cursor: unknown = null, actor: Actor = account.owner) => actor.rpc<Answer>('export_account', { account_id: account.accountId, part, cursor })
  async function whole(part: string): Promise<Row[]> {
    const rows: Row[] = []
    let cursor: unknown = null
    do {
      const answer = await ask(part, cursor)
      rows.push(...answer.rows)
      cursor = answer.next_cursor
    } while (cursor !== null)
    return rows
  }
  const parts = async () => (await db.sql`select part, source from private.account_parts()`).map(({ part, source }) => ({ part: part as string, source: source as string }))
  beforeAll(async () => {
    db = await createDatabase()
    account = await openFullAccount(db)
    await createContact(await openAccount(db))
    await db.sql`update public.calls set recording_state = 'stored', recording_path = account_id || '/' || id || '.mp3' where id = ${account.callId}`
  })
  afterAll(() => db.drop())

  test('is asked for by the parts that the app knows', async () => {
    expect((await parts()).map(({ part }) => part)).toEqual([...accountParts.map(({ part }) => part), 'recordings'])
  })

  test('has every table in a part, or in the list of those that are left out', async () => {
    const tables = (await db.sql`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`).map(({ name }) => name as string)
    const taken = (await parts()).map(({ source }) => source)
    expect(tables.filter((name) => !taken.some((source) => new RegExp(`public\\.${name}\\b`).test(source))).sort()).toEqual([...LEFT_OUT].sort())
  })

  test('comes with every row of its own, and with none of another account', async () => {
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${account.campaignId}, ${account.userId}, ${account.accountId})`
    for (const { part, source } of await parts()) {
      const [{ n }] = await db.sql.unsafe(`select count(*)::int as n from ${source} x where account_id = '${account.accountId}'`) as unknown as [{ n: number }]
      const rows = await whole(part)
      // An export is a line of the log itself.
      expect([part, rows.length]).toEqual([part, part === 'activity' ? expect.any(Number) : n])
      expect(n, part).toBeGreaterThan(0)
    }
  })

  test('goes on where a page ended, whatever its order is by', async () => {
    await db.sql`create or replace function private.account_parts() returns table (part text, source text, keys text[], hidden text[], page_size int) language sql immutable set search_path = '' as $$
      values ('contacts', 'public.contacts', '{id}'::text[], '{}'::text[], 2), ('activity', 'public.activity_log', '{id}', '{}', 3),
        ('enrolments', 'public.enrolments', '{status,contact_id,campaign_id}', '{}', 1), ('calls', 'public.calls', '{created_at,id}', '{}', 1), ('account', '(select a.*, a.id as account_id from public.accounts a)', '{id}', '{}', 1) $$`
    for (const [part, table] of [['contacts', 'contacts'], ['enrolments', 'enrolments'], ['activity', 'activity_log']] as const) {
      const ids = (await whole(part)).map(({ id }) => String(id))
      expect([new Set(ids).size, ids.length]).toEqual([ids.length, (await db.sql.unsafe(`select id from public.${table} where account_id = '${account.accountId}'`)).length])
    }
    expect(await ask('account', null)).toMatchObject({ rows: [{ id: account.accountId }] })
  })
})

describe('who exports an account', () => {
  let db: TestDatabase
  let account: FullAccount
  const ask = (part: string, cursor: unknown = null, actor: Actor = account.owner) => actor.rpc<Answer>('export_account', { account_id: account.accountId, part, cursor })
  beforeAll(async () => {
    db = await createDatabase()
    account = await openFullAccount(db)
  })
  afterAll(() => db.drop())

  test('is its owner alone; that it was is logged, once', async () => {
    for (const role of ['admin', 'agent', 'viewer'] as const) expect((await errorOf(ask('account', null, (await addMember(db, account, role)).actor))).code).toBe('forbidden')
    expect((await errorOf(ask('account', null, (await openAccount(db)).owner))).code).toBe('not_found')
    await ask('account')
    await ask('contacts')
    expect(await db.sql`select actor_id from public.activity_log where account_id = ${account.accountId} and verb = 'account.exported'`).toEqual([{ actor_id: account.userId }])
  })

  test('gets no id of a carrier, of a payment or of the engine', async () => {
    const told = JSON.stringify(await Promise.all(['account', 'calls', 'orders', 'contacts', 'transcripts'].map((part) => ask(part))))
    for (const name of ['provider_call_id', 'attempt_id', 'checkout_session_id', 'charge_id', 'payment_intent_id', 'lease_until', 'provider_cost_micros', 'search_text', 'words"'])
      expect(told, name).not.toContain(name)
  })

  test('asks for parts that there are, from where a page ended', async () => {
    expect((await errorOf(ask('secrets'))).details).toMatchObject([{ field: 'part', code: 'unknown' }])
    expect((await errorOf(ask('contacts', 'x'))).details).toMatchObject([{ field: 'cursor', code: 'shape' }])
    await expect(ask('calls', { created_at: '2026-01-01\') or true --', id: account.callId })).rejects.toThrow('invalid input syntax')
  })

  test('shows a second factor where the account asks for one', async () => {
    await db.sql`update public.accounts set requires_second_factor = true where id = ${account.accountId}`
    expect((await errorOf(ask('contacts'))).code).toBe('forbidden')
    await db.sql`update public.accounts set requires_second_factor = false where id = ${account.accountId}`
  })

  test('does so of a closed account, too', async () => {
    await db.sql`select private.set_account_status(${account.accountId}, 'closed', 'closed', null, ${account.userId})`
    expect((await ask('contacts')).rows.length).toBeGreaterThan(0)
  })
})
