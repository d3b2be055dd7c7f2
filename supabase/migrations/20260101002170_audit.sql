-- Every sensitive change in the log, whoever forgets to write it. A command's own line says what was meant; triggers note which fields
-- changed and hand them to that line; what no line of the transaction speaks of is written by itself when the transaction ends.

-- How the rows of a table appear in the log. A table of public that is neither here nor in unaudited_tables fails a test.
create table private.audited_tables (
  -- with its schema
  name text primary key,
  subject_type text not null,
  -- the column with the subject's id; null: the line is of no single one
  subject_column text,
  -- null: the table is the installation's
  account_column text default 'account_id',
  -- where rows are a part of their subject: the field they are
  part text,
  -- the verbs that speak of a change of this table
  intents text[] not null,
  -- values that are nobody's personal data and short; of all other fields only the name is kept
  told text[] not null default '{}',
  -- fields whose change is nobody's decision
  hidden text[] not null default '{}'
);

-- Tables whose changes make no line, and why.
create table private.unaudited_tables (name text primary key, reason text not null);

-- A list that this transaction keeps for itself: 'changes' {table, change, account_id, subject_id, count, changes} that no line took up
-- yet, 'lines' {account_id, verb, subject_type, subject_id} it wrote (the last fifty). Rolled back with what it speaks of.
create function private.kept_list(name text) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('outdial.' || kept_list.name, true), '')::jsonb, '[]');
end $$;

create function private.keep_list(name text, list jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  perform set_config('outdial.' || keep_list.name, case when list = '[]' then '' else list::text end, true);
end $$;

-- What changed between two states of a row, as activity_log.changes has it. before null: created, after null: deleted; of those, the told
-- fields alone.
create function private.told_changes(before jsonb, after jsonb, told text[], hidden text[]) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  if before is null or after is null then
    return (select coalesce(jsonb_object_agg(k, jsonb_build_object(case when before is null then 'after' else 'before' end, coalesce(after, before) -> k)), '{}')
      from unnest(told) k where coalesce(after, before) -> k <> 'null' and length((coalesce(after, before) -> k)::text) <= 1000);
  end if;
  return (select coalesce(jsonb_object_agg(k, case when k = any(told) and length((before -> k)::text) + length((after -> k)::text) <= 1000
      then jsonb_build_object('before', before -> k, 'after', after -> k) else '{}' end), '{}')
    from jsonb_object_keys(after) k
    where before -> k is distinct from after -> k and k <> all(hidden) and k not in ('created_at', 'updated_at', 'account_id'));
end $$;

-- Adds what a statement did to the list of this transaction: pairs are {before, after} of each row. More than twenty subjects at once
-- are a matter of many: one entry with their count.
create function private.note_pairs(spec private.audited_tables, change text, pairs jsonb[]) returns void
language plpgsql set search_path = ''
as $$
declare
  found jsonb;
begin
  with told as (
    select (coalesce(p -> 'after', p -> 'before') ->> spec.account_column)::uuid as account_id, (coalesce(p -> 'after', p -> 'before') ->> spec.subject_column)::uuid as subject_id,
      -- Of many that came or went only their number is kept.
      case when note_pairs.change <> 'changed' and cardinality(pairs) > 20 then '{}' else private.told_changes(p -> 'before', p -> 'after', spec.told, spec.hidden) end as changes
    from unnest(pairs) p
  ), changed as (
    select * from told t where note_pairs.change <> 'changed' or t.changes <> '{}'
  ), narrowed as (
    select c.account_id, case when (select count(distinct x.subject_id) from changed x) <= 20 then c.subject_id end as subject_id, c.changes from changed c
  )
  select jsonb_agg(g.entry) into found from (
    select jsonb_build_object('table', spec.name, 'change', note_pairs.change, 'account_id', n.account_id, 'subject_id', n.subject_id, 'count', count(*),
      'changes', case when spec.part is not null then jsonb_build_object(spec.part, '{}'::jsonb) when count(*) = 1 then (jsonb_agg(n.changes) -> 0)
        else (select coalesce(jsonb_object_agg(k, '{}'::jsonb), '{}') from (select distinct jsonb_object_keys(e) from jsonb_array_elements(jsonb_agg(n.changes)) e) f (k)) end) as entry
    from narrowed n group by n.account_id, n.subject_id) g;
  if found is not null then
    perform private.keep_list('changes', private.kept_list('changes') || found);
  end if;
end $$;

create function private.note_created() returns trigger
language plpgsql set search_path = ''
as $$
declare
  spec private.audited_tables := (select a from private.audited_tables a where a.name = format('%s.%s', tg_table_schema, tg_table_name));
begin
  perform private.note_pairs(spec, 'created', array(select jsonb_build_object('after', to_jsonb(n)) from new_rows n));
  return null;
end $$;

create function private.note_deleted() returns trigger
language plpgsql set search_path = ''
as $$
declare
  spec private.audited_tables := (select a from private.audited_tables a where a.name = format('%s.%s', tg_table_schema, tg_table_name));
begin
  perform private.note_pairs(spec, 'deleted', array(select jsonb_build_object('before', to_jsonb(o)) from old_rows o));
  return null;
end $$;

-- tg_argv: the columns of the key, by which a row is found again after the change.
create function private.note_changed() returns trigger
language plpgsql set search_path = ''
as $$
declare
  spec private.audited_tables := (select a from private.audited_tables a where a.name = format('%s.%s', tg_table_schema, tg_table_name));
begin
  perform private.note_pairs(spec, 'changed', array(
    select jsonb_build_object('before', o.value, 'after', n.value)
    from (select to_jsonb(r) as value, (select jsonb_agg(to_jsonb(r) -> k) from unnest(tg_argv) k) as key from old_rows r) o
    join (select to_jsonb(r) as value, (select jsonb_agg(to_jsonb(r) -> k) from unnest(tg_argv) k) as key from new_rows r) n on n.key = o.key
    where o.value <> n.value));
  return null;
end $$;

-- Does a line with this verb and subject speak of an entry of the list? A line of another kind of thing (an import, say) and one of
-- many speak of all that its verb may mean.
create function private.speaks_of(line jsonb, entry jsonb) returns boolean
language plpgsql stable set search_path = ''
as $$
declare
  spec private.audited_tables := (select a from private.audited_tables a where a.name = entry ->> 'table');
begin
  return (entry ->> 'account_id' is null or line -> 'account_id' = entry -> 'account_id') and line ->> 'verb' like any(spec.intents)
    and (line ->> 'subject_type' <> spec.subject_type or line ->> 'subject_id' is null or entry ->> 'subject_id' is null or line -> 'subject_id' = entry -> 'subject_id');
end $$;

-- Every line says who acted and from where, and takes up the changes that it speaks of.
create function private.complete_activity() returns trigger
language plpgsql set search_path = ''
as $$
declare
  line jsonb := jsonb_build_object('account_id', new.account_id, 'verb', new.verb, 'subject_type', new.subject_type, 'subject_id', new.subject_id);
  noted jsonb := private.kept_list('changes');
  entry jsonb;
begin
  new.actor_kind := private.actor_kind(new.account_id, new.actor_id);
  new.request_id := private.request_id();
  if new.actor_id is not null then
    new.ip := private.request_ip();
    new.user_agent := left(private.request_header('user-agent'), 300);
  end if;
  for entry in select e from jsonb_array_elements(noted) e where private.speaks_of(line, e) loop
    new.changes := new.changes || (entry -> 'changes');
  end loop;
  perform private.keep_list('changes', (select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(noted) e where not private.speaks_of(line, e)));
  noted := private.kept_list('lines');
  perform private.keep_list('lines', case when jsonb_array_length(noted) >= 50 then noted - 0 else noted end || line);
  return new;
end $$;
create trigger activity_log_is_complete before insert on public.activity_log for each row execute function private.complete_activity();

-- At the end of a transaction: the changes that no line spoke of, one line for each subject and kind of change.
create function private.write_noted() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  noted jsonb;
  lines jsonb;
begin
  -- Definer: at the end of a transaction the asker's own role acts again, which writes no log. Asked for each row, so that a look is cheap.
  if coalesce(current_setting('outdial.changes', true), '') = '' then
    return null;
  end if;
  noted := private.kept_list('changes');
  lines := private.kept_list('lines');
  perform private.keep_list('changes', '[]');
  insert into public.activity_log (account_id, actor_id, verb, subject_type, subject_id, details, changes)
  select (e ->> 'account_id')::uuid, auth.uid(), a.subject_type || '.' || case when a.part is null then e ->> 'change' else coalesce(whole.change, 'changed') end,
    a.subject_type, (e ->> 'subject_id')::uuid,
    case when sum((e ->> 'count')::int) filter (where a.part is null) > 1 then jsonb_build_object('count', sum((e ->> 'count')::int) filter (where a.part is null)) else '{}' end,
    private.merged(jsonb_agg(e -> 'changes'))
  from jsonb_array_elements(noted) with ordinality n (e, place) join private.audited_tables a on a.name = e ->> 'table'
  -- What comes or goes with its subject is no change of its own.
  left join lateral (select x ->> 'change' as change from jsonb_array_elements(noted) x join private.audited_tables t on t.name = x ->> 'table'
    where t.subject_type = a.subject_type and t.part is null and x ->> 'change' <> 'changed' and x -> 'account_id' = e -> 'account_id'
      and (x ->> 'subject_id' is null or x -> 'subject_id' = e -> 'subject_id') limit 1) whole on true
  where not exists (select from jsonb_array_elements(lines) l where private.speaks_of(l, e)) and (a.part is null or whole.change is distinct from 'deleted')
  group by 1, 2, 3, 4, 5 order by min(n.place);
  return null;
end $$;

-- Objects as one.
create function private.merged(objects jsonb) returns jsonb
language sql immutable set search_path = ''
return (select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_array_elements(merged.objects) o cross join lateral jsonb_each(o) f);

-- Puts an audited table's triggers on it.
create function private.audit(name text) returns void
language plpgsql set search_path = ''
as $$
declare
  keys text := (select string_agg(quote_literal(a.attname), ', ') from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
    where i.indrelid = audit.name::regclass and i.indisprimary);
begin
  execute format('create trigger audit_created after insert on %s referencing new table as new_rows for each statement execute function private.note_created()', audit.name);
  execute format('create trigger audit_changed after update on %s referencing old table as old_rows new table as new_rows for each statement execute function private.note_changed(%s)', audit.name, keys);
  execute format('create trigger audit_deleted after delete on %s referencing old table as old_rows for each statement execute function private.note_deleted()', audit.name);
  execute format('create constraint trigger audit_written after insert or update or delete on %s deferrable initially deferred for each row execute function private.write_noted()', audit.name);
end $$;

-- For hot tables: only where a statement sets one of the told columns, row by row, and those alone.
create function private.note_row() returns trigger
language plpgsql set search_path = ''
as $$
declare
  spec private.audited_tables := (select a from private.audited_tables a where a.name = format('%s.%s', tg_table_schema, tg_table_name));
  kept text[] := array[spec.account_column, spec.subject_column] || spec.told;
begin
  perform private.note_pairs(spec, 'changed', array[jsonb_build_object(
    'before', (select jsonb_object_agg(f.key, f.value) from jsonb_each(to_jsonb(old)) f where f.key = any(kept)),
    'after', (select jsonb_object_agg(f.key, f.value) from jsonb_each(to_jsonb(new)) f where f.key = any(kept)))]);
  return null;
end $$;

create function private.audit_columns(name text, columns text) returns void
language plpgsql set search_path = ''
as $$
begin
  execute format('create trigger audit_changed after update of %s on %s for each row execute function private.note_row()', audit_columns.columns, audit_columns.name);
  execute format('create constraint trigger audit_written after update of %s on %s deferrable initially deferred for each row execute function private.write_noted()',
    audit_columns.columns, audit_columns.name);
end $$;
