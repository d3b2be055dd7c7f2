/** What a hosted project refuses its migrations is refused here too: green here must not be red there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/database.ts'

const PLATFORM = ['auth', 'storage', 'realtime', 'cron', 'net', 'vault']
const TOUCH = 'for each row execute function private.touch_updated_at()'

describe('the role that migrations run as', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  /** Runs statements and takes them back. */
  async function attempt(statement: string): Promise<void> {
    const undo = new Error('undo')
    await db.sql.begin(async (sql) => {
      await sql.unsafe(statement)
      throw undo
    }).catch((error: unknown) => {
      if (error !== undo) throw error
    })
  }

  test('is no superuser, passes row level security, may make roles and databases, and owns its own', async () => {
    const [role] = await db.sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
      has_database_privilege(current_database(), 'create') as may_create, pg_get_userbyid(datdba) as owner from pg_roles, pg_database
      where rolname = current_user and datname = current_database()`
    expect(role).toEqual({ rolsuper: false, rolbypassrls: true, rolcreaterole: true, rolcreatedb: true, rolreplication: true, may_create: true, owner: 'postgres' })
  })

  test.each(['anon', 'authenticated', 'service_role', 'authenticator'])('may act as %s', async (role) => {
    await expect(attempt(`set local role ${role}`)).resolves.toBeUndefined()
  })

  test('knows the roles of a hosted project, of which none is a superuser', async () => {
    const roles = await db.sql`select rolname as name, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname in
      ('anon', 'authenticated', 'service_role', 'authenticator', 'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin') order by 1`
    expect(roles.map((role) => role.name as string)).toEqual(['anon', 'authenticated', 'authenticator', 'service_role', 'supabase_auth_admin', 'supabase_realtime_admin', 'supabase_storage_admin'])
    expect(roles.filter((role) => role.rolsuper)).toEqual([])
    expect(roles.filter((role) => role.rolbypassrls).map((role) => role.name as string)).toEqual(['service_role'])
    expect(roles.filter((role) => role.rolcanlogin).map((role) => role.name as string)).toEqual(['authenticator'])
  })

  test.each(PLATFORM.flatMap((schema) => [
    `create table ${schema}.mine (id int)`, `create view ${schema}.mine as select 1`, `create type ${schema}.mine as (id int)`,
    `create function ${schema}.mine() returns int language sql return 1`, `alter schema ${schema} rename to mine`, `drop schema ${schema} cascade`,
  ]))('may not build in a schema of the platform: %s', async (statement) => {
    await expect(attempt(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    'alter table storage.objects disable row level security', 'alter table storage.objects add column mine int', 'create index mine on storage.objects (id)',
    'alter table storage.buckets disable row level security', 'alter table storage.objects owner to postgres', 'drop table storage.objects cascade',
    'alter table realtime.messages disable row level security', 'alter table realtime.messages add column mine int', 'drop trigger announce on realtime.messages',
    'alter table auth.users add column mine int', 'alter table auth.users disable row level security', 'create index mine on auth.users (id)',
    'create policy mine on auth.users using (true)', `create trigger mine after insert on storage.objects ${TOUCH}`, `create trigger mine after insert on realtime.messages ${TOUCH}`,
    'drop trigger unwrap_metadata on auth.users', 'alter table auth.users disable trigger unwrap_metadata',
    'create or replace function auth.uid() returns uuid language sql return null::uuid', 'drop function realtime.topic() cascade',
    'create or replace function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void language sql as $$ select 1 $$',
  ])('may not change what the platform owns: %s', async (statement) => {
    await expect(attempt(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    'set role supabase_admin', 'set role supabase_storage_admin', 'set role supabase_realtime_admin', 'grant supabase_admin to postgres', 'create role mine superuser', 'alter role postgres superuser',
    'alter role supabase_admin password null', 'drop event trigger guard_changes', 'alter event trigger guard_changes disable', 'drop schema guard cascade', 'create table guard.mine (id int)',
    'create event trigger mine on ddl_command_end execute function guard.refuse_platform_changes()', 'select * from pg_authid', 'set session_replication_role = replica',
    'copy (select 1) to program \'true\'', 'copy (select 1) to \'/tmp/mine\'', 'create function public.mine() returns void language c as \'libc\', \'abort\'', 'select pg_read_file(\'/etc/passwd\')',
    'set log_statement = \'none\'', 'update vault.secrets set secret = \'x\'', 'insert into cron.job (schedule, command) values (\'1 second\', \'select 1\')',
    'insert into net.http_request_queue (url) values (\'http://x\')',
  ])('may not become more than it is: %s', async (statement) => {
    await expect(attempt(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    'create policy mine on storage.objects for select to authenticated using (true)', 'create policy mine on storage.buckets for select to authenticated using (true)',
    'create policy mine on realtime.messages for select to authenticated using (true)', 'create policy mine on realtime.messages for select using (true); alter policy mine on realtime.messages using (false); drop policy mine on realtime.messages',
    `create trigger mine after insert on auth.users ${TOUCH}`, 'create table public.mine (id uuid references auth.users on delete cascade)', 'select count(*) from auth.users',
    'insert into storage.buckets (id, name) values (\'mine\', \'mine\')', 'create publication mine', 'create schema mine', 'create role mine nologin', 'grant usage on schema public to anon',
    'create view public.mine with (security_invoker) as select 1', 'select auth.uid(), auth.role(), auth.jwt(), realtime.topic()', 'set local statement_timeout = \'1min\'',
  ])('may: %s', async (statement) => {
    await expect(attempt(statement)).resolves.toBeUndefined()
  })

  test.each(['pgcrypto', 'pg_trgm', 'unaccent', 'btree_gin', 'btree_gist', 'citext', 'uuid-ossp'])('may have the extension %s in its schema', async (name) => {
    await expect(attempt(`create extension if not exists "${name}" with schema extensions`)).resolves.toBeUndefined()
  })

  test('hands its pgcrypto to everybody, in extensions', async () => {
    const [row] = await db.sql`select extnamespace::regnamespace::text as schema from pg_extension where extname = 'pgcrypto'`
    expect(row).toEqual({ schema: 'extensions' })
    expect(await db.asService().query('select extensions.gen_random_bytes(1) is not null as ok')).toEqual([{ ok: true }])
  })

  test('may not have an extension that opens the machine', async () => {
    await expect(attempt('create extension file_fdw with schema extensions')).rejects.toMatchObject({ code: '42501' })
  })

  test.each(['pg_cron', 'pg_net', 'supabase_vault'])('uses the stand-in for %s, which is not there to be created', async (name) => {
    await expect(attempt(`create extension ${name}`)).rejects.toMatchObject({ code: '0A000' })
  })

  test.each(['auth.users', 'cron.job', 'net.http_request_queue', 'vault.secrets', 'vault.decrypted_secrets', 'supabase_migrations.schema_migrations'])(
    'keeps %s from visitors and people', async (table) => {
      const { userId } = await db.newUser()
      for (const actor of [db.asAnon(), db.asUser(userId)]) await expect(actor.query(`select * from ${table}`)).rejects.toMatchObject({ code: '42501' })
    })

  test.each([['storage.objects', `insert into storage.objects (bucket_id, name) values ('recordings', 'x.wav')`], ['storage.buckets', ''],
    ['realtime.messages', `select realtime.send('{}', 'x', 'account:x', true)`]])('shows visitors and people no row of %s that no policy shows them', async (table, make) => {
    await db.sql.unsafe(make)
    expect(await db.sql.unsafe(`select 1 from ${table}`)).not.toEqual([])
    const { userId } = await db.newUser()
    for (const actor of [db.asAnon(), db.asUser(userId)]) expect(await actor.query(`select * from ${table}`)).toEqual([])
    await db.admin.unsafe('delete from realtime.messages')
  })

  test('nobody but definer functions may send on realtime, or read what was sent', async () => {
    const { userId } = await db.newUser()
    for (const actor of [db.asAnon(), db.asUser(userId)]) {
      await actor.query(`select realtime.send('{"a": 1}', 'mine', 'account:x', true)`)
      await expect(actor.query(`insert into realtime.messages (topic, extension) values ('account:x', 'broadcast')`)).rejects.toMatchObject({ code: '42501' })
    }
    expect(await db.admin`select 1 from realtime.messages`).toEqual([])
  })

  test('a request may last eight seconds, an anonymous one three', async () => {
    const rows = await db.sql`select rolname as name, array_to_string(rolconfig, ',') as config from pg_roles where rolname in ('anon', 'authenticated', 'service_role', 'authenticator') order by 1`
    expect(Object.fromEntries(rows.map((row) => [row.name as string, row.config as string]))).toEqual({
      anon: 'statement_timeout=3s', authenticated: 'statement_timeout=8s', service_role: 'statement_timeout=8s', authenticator: 'statement_timeout=8s,lock_timeout=8s',
    })
  })
})
