/** Nothing sensitive changes without a line of the log, whoever forgets to write it; and no line says what is personal. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createAssistant, createCampaign, createContact } from '../factories/campaign.ts'
import { openFullAccount } from '../factories/everything.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'
import { thrownAway } from '../support/thrownAway.ts'

/** What the triggers of an audited table are: all rows of a statement at once, or, where it is hot, single columns of a row. */
const OF_STATEMENTS = ['audit_changed AFTER UPDATE STATEMENT', 'audit_created AFTER INSERT STATEMENT', 'audit_deleted AFTER DELETE STATEMENT', 'audit_written AFTER INSERT OR DELETE OR UPDATE ROW']
const OF_COLUMNS = ['audit_changed AFTER UPDATE OF ROW', 'audit_written AFTER UPDATE OF ROW']

describe('the audit', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  test('knows of every table of public, or why not', async () => {
    const [tables, known] = await Promise.all([
      db.sql`select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
      db.sql`select name from private.audited_tables where name like 'public.%' union all select name from private.unaudited_tables`,
    ])
    expect(tables.map(({ name }) => `public.${name as string}`).sort()).toEqual(known.map(({ name }) => name as string).sort())
    expect(await db.sql`select from private.unaudited_tables where length(reason) < 8`).toEqual([])
  })

  test('puts its triggers on every table that it audits', async () => {
    const found = await db.sql`select a.name, coalesce(array_agg(format('%s %s %s', t.tgname, substring(pg_get_triggerdef(t.oid) from '(AFTER (?:(?:INSERT|DELETE|UPDATE)(?: OF)?(?: OR )?)+)'),
        case when t.tgtype & 1 = 1 then 'ROW' else 'STATEMENT' end) order by t.tgname) filter (where t.tgname like 'audit%'), '{}') as triggers
      from private.audited_tables a left join pg_trigger t on t.tgrelid = a.name::regclass and t.tgenabled = 'O' group by a.name`
    for (const { name, triggers } of found) {
      expect({ name: name as string, triggers: triggers as string[] }).toEqual({ name, triggers: /^engine\.(?!settings)/.test(name as string) ? OF_COLUMNS : OF_STATEMENTS })
    }
  })

  test('names only columns that exist', async () => {
    expect(await db.sql`select a.name, c.column_name from private.audited_tables a
      cross join lateral unnest(a.hidden || array_remove(array[a.subject_column, a.account_column], null)) c (column_name)
      where not exists (select from pg_attribute p where p.attrelid = a.name::regclass and p.attname = c.column_name)`).toEqual([])
  })
})

describe('a change', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const lines = (since = 0n) => db.sql`select verb, subject_type, subject_id, actor_id, actor_kind, details, changes from public.activity_log
    where account_id = ${account.accountId} and id > ${String(since)} order by id`
  const newest = async () => (await db.sql<{ id: bigint }[]>`select coalesce(max(id), 0) as id from public.activity_log`)[0]!.id

  test('that a command speaks of is one line, with what was meant and the fields', async () => {
    const { userId } = await addMember(db, account, 'viewer')
    const since = await newest()
    await account.owner.rpc('set_member_role', { account_id: account.accountId, user_id: userId, role: 'agent' })
    expect(await lines(since)).toEqual([{ verb: 'member.role_changed', subject_type: 'member', subject_id: userId, actor_id: account.userId, actor_kind: 'person',
      details: { before: 'viewer', after: 'agent' }, changes: { role: { before: 'viewer', after: 'agent' } } }])
  })

  test('that nobody speaks of is written by itself, by whom it was', async () => {
    const since = await newest()
    await db.sql`update public.accounts set name = 'Another name', time_zone = 'Europe/Paris' where id = ${account.accountId}`
    expect(await lines(since)).toEqual([{ verb: 'account.changed', subject_type: 'account', subject_id: account.accountId, actor_id: null, actor_kind: 'platform', details: {},
      changes: { name: {}, time_zone: { before: 'America/New_York', after: 'Europe/Paris' } } }])
  })

  test('keeps the name of a personal field and never its value', async () => {
    const contactId = await createContact(account, { phone: '+12025550111', name: 'Grace Hopper' })
    const since = await newest()
    await db.sql`update public.contacts set name = 'Ada Lovelace', email = 'ada@example.org', attributes = '{"pet": "Mimi"}' where id = ${contactId}`
    await db.sql`delete from public.contacts where id = ${contactId}`
    expect(await lines(since)).toMatchObject([{ verb: 'contact.changed', subject_id: contactId, changes: { name: {}, email: {}, attributes: {} } }, { verb: 'contact.deleted', subject_id: contactId }])
    expect(JSON.stringify(await lines())).not.toMatch(/Grace|Lovelace|ada@|Mimi|2025550111/)
  })

  test('that changed nothing, or only what nobody decides, is no line', async () => {
    const assistantId = await createAssistant(account)
    const since = await newest()
    await db.sql`update public.accounts set name = name where id = ${account.accountId}`
    await db.sql`update public.assistants set revision = revision + 1 where id = ${assistantId}`
    expect(await lines(since)).toEqual([])
  })

  test('is spoken of once, though the line came before it, and by no line that means something else', async () => {
    const since = await newest()
    await db.sql.begin(async (sql) => {
      await sql`select private.log_activity(${account.accountId}, 'account.privacy_changed', 'account', ${account.accountId})`
      await sql`update public.account_rules set records_calls = false where account_id = ${account.accountId}`
    })
    await db.sql.begin(async (sql) => {
      await sql`update public.account_rules set records_calls = true where account_id = ${account.accountId}`
      await sql`select private.log_activity(${account.accountId}, 'terms.accepted', 'account', ${account.accountId})`
    })
    expect(await lines(since)).toMatchObject([{ verb: 'account.privacy_changed' }, { verb: 'terms.accepted', changes: {} }, { verb: 'account.changed', changes: { records_calls: { before: false, after: true } } }])
  })

  test('of one thing is not spoken of by a line about another', async () => {
    const [first, second] = [(await addMember(db, account, 'viewer')).userId, (await addMember(db, account, 'viewer')).userId]
    const since = await newest()
    await db.sql.begin(async (sql) => {
      await sql`update public.members set role = 'agent' where user_id in (${first}, ${second})`
      await sql`select private.log_activity(${account.accountId}, 'member.role_changed', 'member', ${first})`
    })
    expect((await lines(since)).map(({ verb, subject_id }) => [verb, subject_id])).toEqual([['member.role_changed', first], ['member.changed', second]])
  })

  test('that is rolled back leaves none', async () => {
    const since = await newest()
    await thrownAway(db, (query) => query(`update public.accounts set name = 'Gone' where id = '${account.accountId}'`))
    await db.sql.begin(async (sql) => {
      await sql`update public.accounts set time_zone = 'UTC' where id = ${account.accountId}`
      await sql.savepoint(async (inner) => {
        await inner`delete from public.tags`
        await inner`update public.accounts set name = 'Gone' where id = ${account.accountId}`
        throw new Error('back')
      }).catch(() => undefined)
    })
    expect(await lines(since)).toMatchObject([{ verb: 'account.changed', changes: { time_zone: { before: 'America/New_York', after: 'UTC' } } }])
  })

  test('of many rows is one line with their count', async () => {
    const since = await newest()
    await db.sql`insert into public.contacts (account_id, phone) select ${account.accountId}, '+1202556' || lpad(n::text, 4, '0') from generate_series(1, 300) n`
    expect(await lines(since)).toMatchObject([{ verb: 'contact.created', subject_id: null, details: { count: 300 } }])
  })

  test('of an import is one line for each part of its file', async () => {
    const { import_id: importId } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: null, row_count: 500 })
    const since = await newest()
    const rows = Array.from({ length: 500 }, (_, row) => ({ row, name: `Name ${row}`, phone: `+1202555${String(row).padStart(4, '0')}`, time_zone: 'UTC' }))
    await account.owner.rpc('import_contacts', { import_id: importId, chunk: 0, rows })
    expect(await lines(since)).toMatchObject([{ verb: 'import.written', subject_id: importId, details: { chunk: 0, count: 500 } }])
  })

  test('that a cascade makes is part of what caused it, but the end of a membership is not', async () => {
    const { userId } = await addMember(db, account, 'viewer')
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    await db.sql`insert into public.campaign_windows (campaign_id, account_id, weekday, opens_at, closes_at) values (${campaignId}, ${account.accountId}, 1, '08:00', '09:00') on conflict do nothing`
    const since = await newest()
    await db.sql`delete from public.campaigns where id = ${campaignId}`
    await db.admin`delete from auth.users where id = ${userId}`
    expect((await lines(since))[0]!.changes).not.toHaveProperty('windows')
    expect(await lines(since)).toMatchObject([{ verb: 'campaign.deleted', subject_id: campaignId, changes: { status: { before: 'draft' } } }, { verb: 'member.deleted', subject_id: userId, changes: { role: { before: 'viewer' } } }])
  })

  test('of a hot table is noted where it is somebody\'s decision', async () => {
    const since = await newest()
    await db.sql`update engine.accounts set in_flight = 1, next_at = null where account_id = ${account.accountId}`
    await db.sql`update engine.accounts set concurrency_max = 50, in_flight = 0 where account_id = ${account.accountId}`
    expect(await lines(since)).toMatchObject([{ verb: 'account.changed', subject_id: account.accountId, changes: { concurrency_max: { before: 5, after: 50 } } }])
  })

  test('of the installation has no account', async () => {
    await db.sql`update engine.settings set enabled = false, link_secret = 'quite secret'`
    await db.sql`insert into public.platform_admins (user_id) values (${account.userId})`
    const found = await db.sql`select verb, changes, subject_id from public.activity_log where account_id is null order by id desc limit 2`
    expect(found).toEqual([{ verb: 'operator.created', changes: {}, subject_id: account.userId }, { verb: 'settings.changed', changes: { enabled: { before: true, after: false }, link_secret: {} }, subject_id: null }])
    expect(await account.owner.query('select id from public.activity_log where account_id is null')).toEqual([])
  })
})

describe('a line', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const noted = (headers: Record<string, string>, claims: object | null, actor: string | null) => thrownAway(db, async (query) => {
    await query(`select set_config('request.headers', '${JSON.stringify(headers)}', true), set_config('request.jwt.claims', '${claims ? JSON.stringify(claims) : ''}', true),
      set_config('request.jwt.claim.sub', '${actor ?? ''}', true)`)
    await query(`select private.log_activity('${account.accountId}', 'account.changed', 'account', '${account.accountId}')`)
    return (await query(`select actor_kind, host(ip) as ip, user_agent, request_id from public.activity_log order by id desc limit 1`))[0]
  })
  const person = () => ({ role: 'authenticated', sub: account.userId })

  test('says from where somebody acted, as the nearest gateway saw it', async () => {
    expect(await noted({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'user-agent': 'Firefox', 'x-request-id': 'abcdef-123456' }, person(), account.userId))
      .toEqual({ actor_kind: 'person', ip: '203.0.113.9', user_agent: 'Firefox', request_id: 'abcdef-123456' })
    expect((await noted({ 'x-forwarded-for': '6.6.6.6', 'cf-connecting-ip': '2001:db8::1' }, person(), account.userId))?.ip).toBe('2001:db8::1')
  })

  test('takes no header for more than it is', async () => {
    expect(await noted({ 'x-forwarded-for': '1; drop table x', 'user-agent': 'x'.repeat(5000), 'x-request-id': '<script>' }, person(), account.userId))
      .toEqual({ actor_kind: 'person', ip: null, user_agent: 'x'.repeat(300), request_id: null })
  })

  test('tells people, the installation\'s people and the product apart', async () => {
    const kind = async (...given: Parameters<typeof noted>) => (await noted(...given))?.actor_kind
    expect(await kind({}, { role: 'service_role' }, null)).toBe('system')
    expect(await kind({}, null, null)).toBe('platform')
    const operator = (await db.newUser()).userId
    await db.sql`insert into public.platform_admins (user_id) values (${operator}), (${account.userId})`
    expect(await kind({}, { role: 'authenticated', sub: operator }, operator)).toBe('platform')
    expect(await kind({}, person(), account.userId)).toBe('person')
    expect(await thrownAway(db, async (query) => {
      await query(`update engine.accounts set concurrency_max = 7 where account_id = '${account.accountId}'`)
      await query('select private.tick()')
      await query('set constraints all immediate')
      return (await query('select actor_kind from public.activity_log order by id desc limit 1'))[0]
    })).toEqual({ actor_kind: 'system' })
  })
})

test('an account with everything in it has no line that says a phone number, an address or a name', async () => {
  const db = await createDatabase()
  try {
    const { accountId } = await openFullAccount(db)
    const people = await db.sql`select phone as word from public.contacts union select email from public.contacts union select name from public.contacts
      union select email from public.profiles union select name from public.profiles union select email from public.invitations union select phone from public.own_numbers`
    const [log] = await db.sql`select string_agg(details::text || changes::text, ' ') as text, count(*)::int as n from public.activity_log where account_id = ${accountId}`
    expect(log!.n).toBeGreaterThan(30)
    expect(people.map(({ word }) => word as string).filter((word) => word.length > 2 && (log!.text as string).includes(word))).toEqual([])
  } finally {
    await db.drop()
  }
})
