/** What a hosted project refuses its migrations is refused here too: green here must not be red there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/database.ts'

describe('the role that migrations run as', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  /** Runs a statement and takes it back. */
  async function attempt(statement: string): Promise<void> {
    const undo = new Error('undo')
    await db.sql.begin(async (sql) => {
      await sql.unsafe(statement)
      throw undo
    }).catch((error: unknown) => {
      if (error !== undo) throw error
    })
  }

  test('is no superuser but passes row level security', async () => {
    const [role] = await db.sql`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`
    expect(role).toEqual({ rolsuper: false, rolbypassrls: true })
  })

  test.each([
    'create table auth.mine (id int)', 'create table storage.mine (id int)', 'create function realtime.mine() returns int language sql return 1',
    'alter table storage.objects disable row level security', 'alter table storage.objects add column mine int', 'alter table realtime.messages disable row level security',
    'alter table auth.users add column mine int', 'create policy mine on auth.users using (true)', 'create trigger mine after insert on storage.objects for each row execute function private.touch_updated_at()',
    'create table cron.mine (id int)', 'create table net.mine (id int)', 'create table vault.mine (id int)', 'drop trigger unwrap_metadata on auth.users',
    'set role supabase_admin', 'create role mine superuser', 'drop event trigger guard_changes', 'select * from pg_authid', 'set session_replication_role = replica',
  ])('may not: %s', async (statement) => {
    await expect(attempt(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    'create policy mine on storage.objects for select to authenticated using (true)', 'create policy mine on realtime.messages for select to authenticated using (true)',
    'create trigger mine after insert on auth.users for each row execute function private.touch_updated_at()', 'create extension if not exists unaccent with schema extensions',
    'select count(*) from auth.users', 'create publication mine', 'create schema mine',
  ])('may: %s', async (statement) => {
    await expect(attempt(statement)).resolves.toBeUndefined()
  })

  test('a request may last eight seconds, an anonymous one three', async () => {
    const rows = await db.sql`select rolname, array_to_string(rolconfig, ',') as config from pg_roles where rolname in ('anon', 'authenticated', 'service_role') order by 1`
    expect(rows.map((row) => row.config as string)).toEqual(['statement_timeout=3s', 'statement_timeout=8s', 'statement_timeout=8s'])
  })
})
