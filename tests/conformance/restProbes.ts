import type { TestDatabase } from '../support/database.ts'

/** Tables and functions that tell how a request is run, made before the API has looked at the database. */
export async function addProbes(db: TestDatabase): Promise<void> {
  await db.sql.unsafe(`
    create table public.parents (id int primary key, name text not null unique, price numeric(10, 2) check (price > 0), ids uuid[], doc jsonb, born timestamptz, noted timestamp);
    create table public.children (id int primary key, parent_id int references public.parents);
    create table public.walled (id int primary key);
    alter table public.walled enable row level security;
    insert into public.walled values (1);
    insert into public.parents (id, name) values (49, 'Taken');
    create view public.many as select n from generate_series(1, 1100) n;
    create view public.pair as select n from generate_series(1, 2) n;
    create schema hidden;
    create table hidden.things (id int);
    grant usage on schema hidden to authenticated;
    grant all on hidden.things, public.parents, public.children, public.walled, public.many, public.pair to authenticated`)
  await db.sql.unsafe(FUNCTIONS)
}

const FUNCTIONS = `
  create function public.longest_statement() returns text language sql stable set search_path = '' return current_setting('statement_timeout');
  create function public.nap(seconds double precision) returns text language plpgsql set search_path = '' as $$ begin perform pg_sleep(nap.seconds); return 'rested'; end $$;
  create function public.fail(code text) returns text language plpgsql set search_path = '' as $$ begin raise exception using errcode = fail.code, message = 'as asked', hint = 'none'; end $$;
  create function public.fail_worded() returns text language plpgsql set search_path = '' as $$ begin
    raise sqlstate 'PGRST' using message = '{"code":"no_minutes","message":"None are left.","details":"{\\"left\\":0}","hint":null}', detail = '{"status":402,"headers":{"x-reason":"minutes"}}';
  end $$;
  create function public.who_am_i() returns jsonb language sql stable set search_path = ''
    return jsonb_build_object('id', auth.uid(), 'role', auth.role(), 'claimed', auth.jwt() ->> 'sub', 'acts_as', current_user);
  create function public.what_was_asked() returns jsonb language sql stable set search_path = ''
    return jsonb_build_object('method', current_setting('request.method', true), 'path', current_setting('request.path', true),
      'agent', current_setting('request.headers', true)::jsonb ->> 'user-agent', 'answered', current_setting('response.status', true));
  create function public.kept_statements() returns jsonb language sql stable set search_path = ''
    return (select jsonb_agg(statement) from pg_catalog.pg_prepared_statements);
  create function public.many_rows() returns table (n int, name text) language sql stable set search_path = '' as $$ select n, 'row' from generate_series(1, 1100) n $$;
  create function public.many_numbers() returns setof int language sql stable set search_path = '' as $$ select generate_series(1, 1100) $$;
  create function public.price_of() returns numeric language sql stable set search_path = '' return 1.50;
  create function public.rows_of_prices() returns table (price numeric) language sql stable set search_path = '' as $$ values (1.50), (10.00) $$;
  create function public.moment_of() returns timestamptz language sql stable set search_path = '' return '2026-03-01 12:00:00+02'::timestamptz;
  create function public.nothing() returns void language sql set search_path = '' as $$ select 1 $$;
  create function public.echo(doc jsonb, words text[], ids uuid[]) returns jsonb language sql set search_path = ''
    return jsonb_build_object('doc', doc, 'kind', jsonb_typeof(doc), 'words', words, 'ids', ids);
  grant execute on all functions in schema public to authenticated, service_role;
  grant execute on function public.longest_statement(), public.nap(double precision) to anon`
