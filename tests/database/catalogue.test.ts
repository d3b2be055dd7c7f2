/** Rules that hold for the whole schema, asked of Postgres' own catalogue: a new table or function without its line fails here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../supabase/local/paths.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

/** Columns that name something without referencing it, and why. */
const NO_REFERENCE: Record<string, RegExp> = {
  'people may go, what they did stays': /\.(created_by|started_by|actor_id|recorded_by|revoked_by|dismissed_by|changed_by|disposition_by|accepted_by|draft_by|key_by|consent_override_by|erased_by)$|^engine\.(call_watchers|call_ends)\.user_id$/,
  'evidence outlives the call and the record': /^(ledger_entries|do_not_call|do_not_call_history|callbacks)\.call_id$|^engine\.erased_numbers\.contact_id$|^calls\.consent_id$/,
  'any subject': /^activity_log\.subject_id$/,
  'the log outlives the account': /^(activity_log|engine\.(activity_links|activity_heads|unlinked_activity))\.account_id$|^engine\.unlinked_activity\.line_id$/,
  'the id of a request': /^activity_log\.request_id$/,
  'the provider\'s words': /provider_call_id$|attempt_id$|^engine\.provider_events\.|\.(checkout_session|payment_intent|charge|customer|event|refund|dispute)_id$/,
  'a row of Vault': /^engine\.provider_connections\.secret_id$/,
  'not a row': /^rule_changes\.transaction_id$|^orders\.request_id$/,
}

describe('the schema', () => {
  let db: TestDatabase
  const names = async (query: string) => (await db.sql.unsafe(query)).map((row) => row.name as string)
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  test('has row level security on every table of public and engine', async () => {
    expect(await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'engine') and c.relkind = 'r' and not c.relrowsecurity`)).toEqual([])
  })

  test('gives anonymous visitors no table, no function and no engine', async () => {
    expect(await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'engine', 'private') and c.relkind in ('r', 'v') and has_table_privilege('anon', c.oid, 'select, insert, update, delete')`)).toEqual([])
    expect(await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'private') and has_function_privilege('anon', p.oid, 'execute')`)).toEqual([])
    expect(await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'engine' and c.relkind = 'r' and has_table_privilege('authenticated', c.oid, 'select, insert, update, delete')`)).toEqual([])
  })

  test('keeps from browsers what the dialler needs, and the number of a denial', async () => {
    expect(await names(`select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and not has_column_privilege('authenticated', c.oid, a.attnum, 'select') order by 1`))
      .toEqual(['accepted_at', 'account_day', 'account_dialled_at', 'attempt_id', 'billing_increment_seconds', 'checked_at', 'consent_id', 'counted_day', 'dial_at', 'dial_facts', 'first_increment_seconds', 'found_late_at', 'lease_until',
        'phone', 'price_micros', 'provider_call_id', 'provider_cost_micros', 'provider_line_id', 'recording_bytes', 'recording_channels', 'rule_version', 'words_deleted_at', 'words_deleted_days'].map((column) => `calls.${column}`).concat('daily_stats.price_micros', 'dial_denials.phone', 'retention_rules.next_at'))
  })

  test('shows columns of money in tables alone whose rows ask for the right to read bills', async () => {
    expect(await names(`select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and a.attname ~ '(^|_)(cents|micros|price|cost|spend|amount)(_|$)'
        and has_column_privilege('authenticated', c.oid, a.attnum, 'select')
        and (c.relkind = 'v' or exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*') and pg_get_expr(p.polqual, p.polrelid) not like '%account_ids(''billing.read''%'))
      order by 1`)).toEqual([])
  })

  test('lets people write no table directly: commands do', async () => {
    expect(await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and has_table_privilege('authenticated', c.oid, 'insert, update, delete, truncate')`)).toEqual([])
  })

  test('keeps every definer function out of the exposed schema', async () => {
    expect(await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and p.prosecdef`)).toEqual([])
  })

  test('fixes the search path of every function', async () => {
    expect(await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('public', 'private') and not exists (select from unnest(p.proconfig) c where c like 'search_path=%')`)).toEqual([])
  })

  test('gives the commands of the dialler to the functions alone', async () => {
    expect(await names(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and has_function_privilege('service_role', p.oid, 'execute') and not has_function_privilege('authenticated', p.oid, 'execute') order by 1`))
      .toEqual(['answer_tool_calls', 'begin_dial', 'call_to_analyse', 'call_to_end', 'calls_to_check', 'claim_calls', 'claim_outbox', 'invitation_mail', 'invoice_facts', 'keep_provider_key', 'notice_mail', 'order_for_charge', 'orders_to_check', 'payment_listing_due', 'process_call_events',
        'process_payment_events', 'provider_key', 'record_call_check', 'record_call_end', 'record_call_event', 'record_charge', 'record_checkout', 'record_customer', 'record_dial', 'record_outbox', 'record_payment_event',
        'record_payment_listing', 'record_payment_methods', 'record_provider_listing', 'recording_to_delete', 'relay_transcript', 'service_health', 'service_metrics', 'spend_requests', 'unsubscribe'])
  })

  test('has an index behind every foreign key', async () => {
    expect(await names(`select c.conrelid::regclass || '.' || c.conname as name from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where c.contype = 'f' and n.nspname in ('public', 'engine') and not exists (
        select from pg_index i where i.indrelid = c.conrelid and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`)).toEqual([])
  })

  test('references what its columns name, but for a few that must not', async () => {
    const loose = await names(`select a.attrelid::regclass || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'engine') and c.relkind = 'r' and a.attnum > 0 and a.attname ~ '._(id|by)$'
        and not exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'f' and a.attnum = any(k.conkey))`)
    expect(loose.filter((name) => !Object.values(NO_REFERENCE).some((pattern) => pattern.test(name)))).toEqual([])
  })

  test('ties a person\'s profile to the person, and both halves of an account and a campaign', async () => {
    expect(await names(`select c.conrelid::regclass || ' ' || c.confrelid::regclass as name from pg_constraint c
      where c.contype = 'f' and c.conkey = (select k.conkey from pg_constraint k where k.conrelid = c.conrelid and k.contype = 'p') order by 1`))
      .toEqual(['account_rules accounts', 'auto_top_ups accounts', 'billing_details accounts', 'call_transcripts calls', 'engine.accounts accounts', 'engine.call_ends calls', 'engine.campaigns campaigns', 'engine.payment_customers accounts', 'own_numbers auth.users', 'platform_admins auth.users', 'profiles auth.users'])
  })

  test('has a key in every table', async () => {
    expect(await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'engine') and c.relkind = 'r' and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`)).toEqual([])
  })

  test('lets nobody through to the engine, whatever is granted one day', async () => {
    expect(await names(`select p.polrelid::regclass::text as name from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace = 'engine'::regnamespace and pg_get_expr(p.polqual, p.polrelid) <> 'false'`)).toEqual([])
  })

  test('touches updated_at wherever it is', async () => {
    expect(await names(`select a.attrelid::regclass::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace in ('public'::regnamespace, 'engine'::regnamespace) and c.relkind = 'r' and a.attname = 'updated_at' and not exists (
        select from pg_trigger t where t.tgrelid = c.oid and t.tgfoid = 'private.touch_updated_at'::regproc)`)).toEqual([])
  })

  // 'now' before a comma is the name of a value in an answer.
  test('reads one clock: private.now()', () => {
    const others = readdirSync(MIGRATIONS).flatMap((file) => {
      const text = readFileSync(join(MIGRATIONS, file), 'utf8').replaceAll(/^\s*--.*$/gm, '').replace('return clock_timestamp();', '')
      return [...text.matchAll(/(?<!private\.)\bnow\(\)|clock_timestamp|current_timestamp|current_date|current_time\b|\blocaltime(?:stamp)?\b|timeofday|'now'(?!,)|statement_timestamp|transaction_timestamp/g)].map((match) => `${file}: ${match[0]}`)
    })
    expect(others).toEqual([])
  })

  test('numbers its migrations with fourteen digits', () => {
    expect(readdirSync(MIGRATIONS).filter((file) => !/^\d{14}_[a-z_]+\.sql$/.test(file))).toEqual([])
  })

  test('keeps its functions short enough to read', async () => {
    const long = await db.sql`select p.oid::regprocedure::text as name, array_length(string_to_array(p.prosrc, E'\n'), 1) as lines from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private', 'engine') and array_length(string_to_array(p.prosrc, E'\n'), 1) > 70`
    expect(long).toEqual([])
  })
})
