/**
 * The rows of the template once more in a database that a test has used. A new copy costs a second on a busy machine, most of it
 * for connections that have to learn every function anew; this takes some twenty milliseconds, and the connections stay.
 */
import type { TestDatabase } from './database.ts'
import { createDatabase } from './database.ts'

/** For beforeEach: the first test of a file gets a copy, the others the same one as it was then. What a test changes in the schema it changes back. */
export async function renewDatabase(used: TestDatabase | undefined): Promise<TestDatabase> {
  if (used) {
    await used.admin`select pristine.bring_back()`
    return used
  }
  const db = await createDatabase()
  await db.admin.unsafe(KEEP)
  return db
}

/** Every table of every schema, those of the stand-ins for the platform included; triggers and references sleep meanwhile. */
const KEEP = `
create schema pristine;
create table pristine.tables (name regclass, columns text, kept regclass);
create table pristine.sequences (name regclass, last_value bigint, is_called boolean);
create function pristine.keep() returns void language plpgsql as $$
declare
  found record;
  has_rows boolean;
  kept text;
  value record;
begin
  for found in
    select c.oid::regclass as name, c.relkind as kind, 'rows_' || c.oid as copy, (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'S') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pristine')
  loop
    if found.kind = 'S' then
      execute format('select last_value, is_called from %s', found.name) into value;
      insert into pristine.sequences values (found.name, value.last_value, value.is_called);
      continue;
    end if;
    execute format('select exists (select from %s)', found.name) into has_rows;
    kept := case when has_rows then format('pristine.%I', found.copy) end;
    if has_rows then
      execute format('create table %s as select %s from %s', kept, found.columns, found.name);
    end if;
    insert into pristine.tables values (found.name, found.columns, kept::regclass);
  end loop;
end $$;
create function pristine.bring_back() returns void language plpgsql set session_replication_role = replica as $$
declare
  found record;
begin
  for found in select * from pristine.tables loop
    execute format('delete from %s', found.name);
    if found.kept is not null then
      execute format('insert into %s (%s) overriding system value select %s from %s', found.name, found.columns, found.columns, found.kept);
    end if;
  end loop;
  perform setval(s.name, s.last_value, s.is_called) from pristine.sequences s;
end $$;
select pristine.keep();`
