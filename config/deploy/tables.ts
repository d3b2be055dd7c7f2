/** What of a database is ours to keep, and the sums by which a copy of it is judged. */
import type { ReservedSql } from 'postgres'

export interface Table {
  /** With its schema, quoted where needed. */
  name: string
  columns: string[]
}

export interface DatabaseDescription {
  migrations: string[]
  tables: Table[]
  sequences: Record<string, string | null>
  figures: Record<string, string>
}

/**
 * auth: people and how they sign in. storage: which files there are. Not Vault, whose secrets are encrypted for one project and set
 * anew; not what realtime, cron and net have for a moment; not what the services write about their own migrations, nor the moved clock of a local stack.
 */
const tablesOf = `
  select format('%I.%I', n.nspname, c.relname) as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  where n.nspname in ('public', 'engine', 'private', 'auth', 'storage') and c.relkind = 'r' and c.relpersistence = 'p'
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    and c.relname !~ 'migrations$' and c.relname <> 'clock_offset'
  group by 1 order by 1`

const sequencesOf = `
  select format('%I.%I', s.schemaname, s.sequencename) as name, s.last_value::text as value
  from pg_sequences s where s.schemaname in ('public', 'engine', 'private', 'auth') order by 1`

/** Money and minutes to the last second, and that each chain of versions has no gap. */
const figures: Record<string, string> = {
  people: 'select count(*) from auth.users',
  accounts: 'select count(*) from public.accounts',
  contacts: 'select count(*) from public.contacts',
  calls: `select count(*) || ' calls, ' || coalesce(sum(c.billed_seconds), 0) || ' s' from public.calls c`,
  ledger: `select coalesce(string_agg(l.kind || ' ' || l.count || ' ' || l.seconds, ', ' order by l.kind), '') from (
    select e.kind, count(*), sum(e.delta_seconds) as seconds from public.ledger_entries e group by e.kind) l`,
  'ledger beside balances': `select count(*) from engine.accounts a
    where a.balance_seconds <> (select coalesce(sum(e.delta_seconds), 0) from public.ledger_entries e where e.account_id = a.account_id)`,
  'gaps in the ledger': `select count(*) from (select e.account_version - lag(e.account_version, 1, 0) over (partition by e.account_id order by e.account_version) as step
    from public.ledger_entries e) v where v.step <> 1`,
  orders: `select count(*) || ' orders, ' || coalesce(sum(o.amount_cents), 0) || ' cents' from public.orders o`,
  activity: `select count(*) || ' lines, ' || coalesce(md5(string_agg(md5(l::text), '' order by l.id)), '') from public.activity_log l`,
  'numbers not to call': 'select count(*) from public.do_not_call',
  files: 'select count(*) from storage.objects',
}

export async function describeDatabase(session: Pick<ReservedSql, 'unsafe'>): Promise<DatabaseDescription> {
  const migrations = await session.unsafe('select version from supabase_migrations.schema_migrations order by version')
  const tables = await session.unsafe(tablesOf) as unknown as Table[]
  const sequences = await session.unsafe(sequencesOf)
  const sums: Record<string, string> = {}
  for (const [name, query] of Object.entries(figures)) sums[name] = String(Object.values((await session.unsafe(query))[0] ?? {})[0])
  return {
    migrations: migrations.map(({ version }) => String(version)),
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    sequences: Object.fromEntries(sequences.map(({ name, value }) => [name as string, value as string | null])),
    figures: sums,
  }
}
