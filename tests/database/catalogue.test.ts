/** Rules that hold for the whole schema, asked of Postgres' own catalogue: a new table or function without its line fails here. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../supabase/local/paths.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

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
      .toEqual(['answer_tool_calls', 'begin_dial', 'calls_to_check', 'claim_calls', 'claim_outbox', 'process_call_events', 'record_call_check', 'record_call_event', 'record_dial', 'record_outbox', 'relay_transcript'])
  })

  test('has an index behind every foreign key', async () => {
    expect(await names(`select c.conrelid::regclass || '.' || c.conname as name from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where c.contype = 'f' and n.nspname in ('public', 'engine') and not exists (
        select from pg_index i where i.indrelid = c.conrelid and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`)).toEqual([])
  })

  test('reads one clock: private.now()', () => {
    const others = readdirSync(MIGRATIONS).flatMap((file) => {
      const text = readFileSync(join(MIGRATIONS, file), 'utf8').replaceAll(/^\s*--.*$/gm, '').replace('return clock_timestamp();', '')
      return [...text.matchAll(/(?<!private\.)\bnow\(\)|clock_timestamp|current_timestamp|current_date|current_time\b|\blocaltime(?:stamp)?\b|timeofday|'now'|statement_timestamp|transaction_timestamp/g)].map((match) => `${file}: ${match[0]}`)
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
