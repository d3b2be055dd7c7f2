/**
 * Who sees which rows of which table, hears which topic and reads which bucket, and that nobody writes one: generated from the
 * catalogue, so that a table without its line here fails. Whoever is listed sees the account's row, whoever is not sees none; an
 * outsider with an account of their own sees nothing of it, and somebody whose access ended no more than that.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { createDatabase, type Actor, type TestDatabase } from '../support/database.ts'

type Role = 'owner' | 'admin' | 'agent' | 'assigned agent' | 'viewer' | 'outsider' | 'deactivated'
const EVERYBODY: Role[] = ['owner', 'admin', 'agent', 'assigned agent', 'viewer', 'outsider', 'deactivated']
const MEMBERS: Role[] = ['owner', 'admin', 'agent', 'assigned agent', 'viewer']
const LEADERS: Role[] = ['owner', 'admin']
const CAMPAIGN_PEOPLE: Role[] = ['owner', 'admin', 'assigned agent', 'viewer']

/** table → who sees a row of the account; and the columns that may be asked for where not all may. */
const MATRIX: Record<string, { seenBy: Role[], columns?: string }> = {
  accounts: { seenBy: MEMBERS },
  account_hours: { seenBy: MEMBERS },
  account_rules: { seenBy: MEMBERS },
  activity_log: { seenBy: LEADERS },
  assistant_models: { seenBy: EVERYBODY },
  assistant_templates: { seenBy: EVERYBODY },
  assistant_versions: { seenBy: MEMBERS },
  assistants: { seenBy: MEMBERS },
  auto_top_ups: { seenBy: LEADERS },
  billing_details: { seenBy: LEADERS },
  blackout_dates: { seenBy: MEMBERS },
  callbacks: { seenBy: ['owner', 'admin', 'assigned agent'] },
  call_transcripts: { seenBy: ['owner', 'admin', 'assigned agent'] },
  calls: { seenBy: CAMPAIGN_PEOPLE, columns: 'account_id' },
  call_views: { seenBy: ['owner'] },
  campaign_members: { seenBy: CAMPAIGN_PEOPLE },
  campaign_retries: { seenBy: CAMPAIGN_PEOPLE },
  campaign_windows: { seenBy: CAMPAIGN_PEOPLE },
  campaigns: { seenBy: CAMPAIGN_PEOPLE },
  company_types: { seenBy: EVERYBODY },
  consents: { seenBy: ['owner', 'admin'] },
  contact_list_members: { seenBy: ['owner', 'admin', 'viewer'] },
  contact_lists: { seenBy: LEADERS },
  contact_notes: { seenBy: LEADERS },
  contact_tags: { seenBy: ['owner', 'admin', 'viewer'] },
  contacts: { seenBy: ['owner', 'admin'] },
  daily_stats: { seenBy: ['owner', 'admin', 'viewer'], columns: 'account_id, calls_count, billed_seconds' },
  dial_denials: { seenBy: ['owner', 'admin', 'viewer'], columns: 'account_id, reason, facts' },
  dispositions: { seenBy: MEMBERS },
  do_not_call: { seenBy: LEADERS },
  do_not_call_history: { seenBy: LEADERS },
  enrolments: { seenBy: CAMPAIGN_PEOPLE },
  former_members: { seenBy: LEADERS },
  holidays: { seenBy: EVERYBODY },
  contact_hour_stats: { seenBy: ['owner', 'admin', 'viewer'] },
  hourly_stats: { seenBy: ['owner', 'admin', 'viewer'] },
  import_chunks: { seenBy: LEADERS },
  imports: { seenBy: LEADERS },
  invitations: { seenBy: LEADERS },
  ledger_entries: { seenBy: LEADERS },
  members: { seenBy: MEMBERS },
  notice_preferences: { seenBy: ['owner'] },
  notice_reads: { seenBy: ['owner'] },
  notices: { seenBy: CAMPAIGN_PEOPLE },
  number_regions: { seenBy: EVERYBODY },
  orders: { seenBy: LEADERS },
  own_numbers: { seenBy: ['owner'] },
  packs: { seenBy: ['owner', 'admin', 'outsider'] },
  payment_methods: { seenBy: LEADERS },
  phone_numbers: { seenBy: MEMBERS },
  plans: { seenBy: EVERYBODY },
  platform_admins: { seenBy: ['owner'] },
  profiles: { seenBy: MEMBERS },
  retention_rules: { seenBy: MEMBERS, columns: 'account_id, kind, days' },
  role_permissions: { seenBy: EVERYBODY },
  rule_changes: { seenBy: EVERYBODY },
  rule_hours: { seenBy: EVERYBODY },
  rule_packs: { seenBy: EVERYBODY },
  rules: { seenBy: EVERYBODY },
  terms: { seenBy: EVERYBODY },
  terms_acceptances: { seenBy: MEMBERS },
  tags: { seenBy: ['owner', 'admin', 'viewer'] },
  voices: { seenBy: EVERYBODY },
}
/** bucket → who reads a file of the account. What is stored there comes from the functions alone. */
const BUCKETS: Record<string, Role[]> = {
  invoices: LEADERS,
  recordings: ['owner', 'admin', 'assigned agent'],
}
/** topic → who may listen. The call is watched by its account's admin, the person is the account's owner. */
const TOPICS: Record<string, Role[]> = {
  account: MEMBERS,
  campaign: CAMPAIGN_PEOPLE,
  user: ['owner'],
  call: ['admin'],
}
const WHERE: Record<string, (account: TestAccount) => string> = {
  accounts: (account) => `id = '${account.accountId}'`,
  own_numbers: (account) => `user_id = '${account.userId}'`,
  profiles: (account) => `id = '${account.userId}'`,
  packs: () => 'true', plans: () => 'true', company_types: () => 'true', holidays: () => 'true', number_regions: () => 'true', rule_changes: () => 'true', rule_hours: () => 'true', rule_packs: () => 'true',
  rules: () => 'true', role_permissions: () => 'true', terms: () => 'true', voices: () => 'true', assistant_models: () => 'true', assistant_templates: () => 'true', platform_admins: () => 'true',
}

describe('row level security', () => {
  let db: TestDatabase
  let account: FullAccount
  const people = {} as Record<Role, string>
  const actors = {} as Record<Role, Actor>
  beforeAll(async () => {
    db = await createDatabase()
    account = await openFullAccount(db)
    await db.sql`insert into public.platform_admins (user_id) values (${account.userId})`
    await db.sql`update public.calls set recording_path = 'a/file' where account_id = ${account.accountId}`
    await db.sql`update public.orders set invoice_path = 'a/file' where id = (select id from public.orders where account_id = ${account.accountId} limit 1)`
    await db.admin`insert into realtime.messages (topic, extension, event, payload, private) values ('any', 'broadcast', 'told', '{}', true)`
    const join = (role: Role, person: { userId: string, actor: Actor }) => {
      people[role] = person.userId
      actors[role] = person.actor
    }
    const outsider = await openAccount(db)
    join('owner', { userId: account.userId, actor: account.owner })
    join('outsider', { userId: outsider.userId, actor: outsider.owner })
    for (const role of ['admin', 'agent', 'viewer'] as const) join(role, await addMember(db, account, role))
    join('assigned agent', await addMember(db, account, 'agent'))
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${account.campaignId}, ${people['assigned agent']}, ${account.accountId})`
    join('deactivated', await addMember(db, account, 'admin'))
    await account.owner.rpc('deactivate_member', { account_id: account.accountId, user_id: people.deactivated })
  })
  afterAll(() => db.drop())

  /** As the realtime service asks when somebody joins: in a transaction that names the topic. */
  async function hears(role: Role, topic: string): Promise<boolean> {
    const session = await db.session({ userId: people[role] })
    await session.begin()
    await session.query(`select set_config('realtime.topic', $1, true)`, [topic])
    const heard = await session.query('select from realtime.messages limit 1')
    await session.close()
    return heard.length > 0
  }

  test('is described here for every table of the exposed schema', async () => {
    const tables = await db.sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') order by 1`
    expect(Object.keys(MATRIX).sort()).toEqual(tables.map((table) => table.name as string).sort())
  })

  test.each(Object.keys(MATRIX))('%s', async (table) => {
    const { seenBy, columns = '*' } = MATRIX[table] ?? { seenBy: [] }
    const where = WHERE[table]?.(account) ?? `account_id = '${account.accountId}'`
    const seen: Role[] = []
    for (const role of EVERYBODY) {
      const rows = await actors[role].query(`select ${columns} from public.${table} where ${where}`)
      if (rows.length > 0) seen.push(role)
    }
    expect(seen).toEqual(EVERYBODY.filter((role) => seenBy.includes(role)))
  })

  test.each(['phone from public.calls', 'price_micros from public.calls', 'price_micros from public.daily_stats'])('nobody selects %s: reads for pages mask it or leave it out', async (column) => {
    for (const role of EVERYBODY) await expect(actors[role].query(`select ${column}`), role).rejects.toMatchObject({ code: '42501' })
  })

  test.each(Object.keys(BUCKETS))('files of %s are read by whoever may, and put there by nobody', async (bucket) => {
    await db.admin`insert into storage.objects (bucket_id, name) values (${bucket}, 'a/file')`
    const seen: Role[] = []
    for (const role of EVERYBODY) {
      if ((await actors[role].query(`select 1 from storage.objects where bucket_id = '${bucket}'`)).length > 0) seen.push(role)
      await expect(actors[role].query(`insert into storage.objects (bucket_id, name) values ('${bucket}', 'a/theirs')`), role).rejects.toMatchObject({ code: '42501' })
      await actors[role].query(`update storage.objects set name = 'a/moved' where bucket_id = '${bucket}'`)
      await actors[role].query(`delete from storage.objects where bucket_id = '${bucket}'`)
    }
    expect(seen).toEqual(BUCKETS[bucket])
    expect(await db.admin`select name from storage.objects where bucket_id = ${bucket}`).toEqual([{ name: 'a/file' }])
  })

  test('is described here for every bucket', async () => {
    expect(Object.keys(BUCKETS)).toEqual((await db.admin`select id from storage.buckets order by id`).map(({ id }) => id as string))
  })

  test.each(Object.keys(TOPICS))('the topic of %s is heard by whoever may look, and nobody speaks there', async (kind) => {
    const watched = await actors.admin.rpc<{ topic: string }>('watch_call', { call_id: account.callId })
    const topic = { account: `account:${account.accountId}`, campaign: `campaign:${account.campaignId}`, user: `user:${account.userId}`, call: watched.topic }[kind]!
    const heard: Role[] = []
    for (const role of EVERYBODY) {
      if (await hears(role, topic)) heard.push(role)
      await expect(actors[role].query(`insert into realtime.messages (topic, extension) values ('${topic}', 'broadcast')`), role).rejects.toMatchObject({ code: '42501' })
    }
    expect(heard).toEqual(TOPICS[kind])
  })

  test.each(['account:', 'account:nothing', 'everybody', 'realtime:account', 'call:'])('the topic “%s” is nobody\'s', async (topic) => {
    for (const role of EVERYBODY) expect(await hears(role, topic), role).toBe(false)
  })

  test.each(Object.keys(MATRIX))('%s is written by commands alone', async (table) => {
    const [first] = await db.sql`select quote_ident(attname) as name from pg_attribute where attrelid = ${`public.${table}`}::regclass and attnum = 1`
    const writes = [`insert into public.${table} default values`, `update public.${table} set ${first!.name as string} = default`, `delete from public.${table}`]
    for (const actor of [db.asAnon(), ...EVERYBODY.map((role) => actors[role])]) {
      for (const write of writes) await expect(actor.query(write), write).rejects.toMatchObject({ code: '42501' })
    }
  })

  test.each(Object.keys(MATRIX))('%s is closed to visitors without a session', async (table) => {
    await expect(db.asAnon().query(`select 1 from public.${table}`)).rejects.toMatchObject({ code: '42501' })
  })
})
