/** Ids by seed and number instead of by chance, the run's clock instead of the server's, cron's requests into a list; and which tables a transaction wrote. */
import type { TestDatabase } from '../support/database.ts'
import { tablesOfPromises } from './questions.ts'

export async function prepareDatabase({ admin, name }: TestDatabase, seed: number, startsAt: number): Promise<void> {
  await admin.unsafe(`
    create sequence private.sim_ids;
    create function private.sim_uuid() returns uuid language sql volatile security definer set search_path = '' as $$
      select overlay(overlay(md5('${seed}:' || nextval('private.sim_ids'))::text placing '4' from 13) placing '8' from 17)::uuid $$;
    grant execute on function private.sim_uuid() to public;
    alter database "${name}" set sim.now = '${new Date(startsAt).toISOString()}';
    alter database "${name}" set jit = off;
    create or replace function private.now() returns timestamptz language sql stable
    return pg_catalog.current_setting('sim.now')::timestamptz;
    create table private.sim_requests (id bigint generated always as identity, name text not null);
    create or replace function private.call_function(name text) returns void language sql set search_path = ''
    as $$ insert into private.sim_requests (name) values (call_function.name) $$;
    do $do$ declare found record; begin
      for found in select d.adrelid::regclass as relation, a.attname from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where pg_get_expr(d.adbin, d.adrelid) = 'gen_random_uuid()' loop
        execute format('alter table %s alter %I set default private.sim_uuid()', found.relation, found.attname);
      end loop;
      for found in select pg_get_functiondef(p.oid) as body from pg_proc p where p.pronamespace = 'private'::regnamespace
        and p.proname <> 'sim_uuid' and p.prosrc like '%gen_random_uuid()%' loop
        execute replace(found.body, 'gen_random_uuid()', 'private.sim_uuid()');
      end loop;
    end $do$;
    do $do$ declare names text[] := '{${tablesOfPromises.join()}}'; begin
      -- The counts of a transaction begin at nothing when those of the one before have been handed over.
      execute format($f$ create function private.sim_written() returns text[] language plpgsql security definer set search_path = '' as $$ begin
        if pg_current_xact_id_if_assigned() is null then return '{}'; end if;
        perform pg_stat_force_next_flush();
        return '{another}'::text[] || array(select t.name from unnest(%L::oid[], %L::text[]) t (id, name)
          where pg_stat_get_xact_tuples_inserted(t.id) + pg_stat_get_xact_tuples_updated(t.id) + pg_stat_get_xact_tuples_deleted(t.id) > 0);
      end $$ $f$, (select array_agg(n::regclass::oid) from unnest(names) n), names);
    end $do$;
    grant execute on function private.sim_written() to public;
    alter function private.call_function(text) owner to postgres;
    alter table private.sim_requests owner to postgres;`)
}
