/**
 * Who sees which rows of which table: generated from the catalogue, so that a table without its line here fails. A `yes` means
 * the role sees the account's row, a `no` that it sees none; an outsider with an account of their own sees nothing of it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { openFullAccount } from '../factories/everything.ts'
import { createDatabase, type Actor, type TestDatabase } from '../support/database.ts'

type Role = 'owner' | 'admin' | 'agent' | 'assigned agent' | 'viewer' | 'outsider'
const EVERYBODY: Role[] = ['owner', 'admin', 'agent', 'assigned agent', 'viewer', 'outsider']
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
const WHERE: Record<string, (account: TestAccount) => string> = {
  accounts: (account) => `id = '${account.accountId}'`,
  own_numbers: (account) => `user_id = '${account.userId}'`,
  profiles: (account) => `id = '${account.userId}'`,
  packs: () => 'true', plans: () => 'true', holidays: () => 'true', number_regions: () => 'true', rule_changes: () => 'true', rule_hours: () => 'true', rule_packs: () => 'true',
  rules: () => 'true', role_permissions: () => 'true', terms: () => 'true', voices: () => 'true', assistant_models: () => 'true', assistant_templates: () => 'true', platform_admins: () => 'true',
}

describe('row level security', () => {
  let db: TestDatabase
  let account: TestAccount
  const actors = {} as Record<Role, Actor>
  beforeAll(async () => {
    db = await createDatabase()
    const full = await openFullAccount(db)
    account = full
    await db.sql`insert into public.platform_admins (user_id) values (${account.userId})`
    const assigned = await addMember(db, account, 'agent')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${full.campaignId}, ${assigned.userId}, ${account.accountId})`
    Object.assign(actors, {
      owner: account.owner, 'assigned agent': assigned.actor, outsider: (await openAccount(db)).owner,
      admin: (await addMember(db, account, 'admin')).actor, agent: (await addMember(db, account, 'agent')).actor, viewer: (await addMember(db, account, 'viewer')).actor,
    })
  })
  afterAll(() => db.drop())

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

  test('recordings are played by whoever may listen', async () => {
    await db.admin`insert into storage.objects (bucket_id, name) values ('recordings', 'a/call.mp3')`
    await db.sql`update public.calls set recording_path = 'a/call.mp3' where account_id = ${account.accountId}`
    const heard: Role[] = []
    for (const role of EVERYBODY) if ((await actors[role].query(`select 1 from storage.objects where bucket_id = 'recordings'`)).length > 0) heard.push(role)
    expect(heard).toEqual(['owner', 'admin', 'assigned agent'])
  })

  test('invoices are read by whoever may read the orders', async () => {
    await db.admin`insert into storage.objects (bucket_id, name) values ('invoices', 'a/invoice.pdf')`
    await db.sql`update public.orders set invoice_path = 'a/invoice.pdf' where id = (select id from public.orders where account_id = ${account.accountId} limit 1)`
    const readers: Role[] = []
    for (const role of EVERYBODY) if ((await actors[role].query(`select 1 from storage.objects where bucket_id = 'invoices'`)).length > 0) readers.push(role)
    expect(readers).toEqual(LEADERS)
  })

  test.each(Object.keys(MATRIX))('%s is closed to visitors without a session', async (table) => {
    await expect(db.asAnon().query(`select 1 from public.${table}`)).rejects.toMatchObject({ code: '42501' })
  })
})
