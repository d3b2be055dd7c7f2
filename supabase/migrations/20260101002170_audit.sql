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

-- name, subject_type, subject_column, account_column, part, intents, told, hidden
insert into private.audited_tables values
  ('public.accounts', 'account', 'id', 'id', null, '{account.%}', '{time_zone,plan_id,status,company_type,idle_minutes,requires_second_factor,allowed_networks}',
    '{status_at,status_by,is_restricted}'),
  ('public.account_rules', 'account', 'account_id', 'account_id', null, '{account.%}', '{frequency_cap,frequency_hours,minimum_gap_seconds,observes_holidays,records_calls}', '{}'),
  ('public.account_hours', 'account', 'account_id', 'account_id', 'hours', '{account.%}', '{}', '{}'),
  ('public.blackout_dates', 'account', 'account_id', 'account_id', 'blackout_dates', '{account.%,campaign.%}', '{}', '{}'),
  ('public.retention_rules', 'account', 'account_id', 'account_id', null, '{account.%}', '{kind,days}', '{next_at}'),
  ('public.terms_acceptances', 'account', 'account_id', 'account_id', null, '{terms.%}', '{version}', '{}'),
  ('public.members', 'member', 'user_id', 'account_id', null, '{member.%,account.opened,account.transferred}', '{role}', '{}'),
  ('public.former_members', 'member', 'user_id', 'account_id', 'access', '{member.%}', '{}', '{}'),
  ('public.invitations', 'invitation', 'id', 'account_id', null, '{member.%}', '{role,expires_at,accepted_at,revoked_at,sent_count}', '{}'),
  ('public.role_permissions', 'role', null, null, null, '{role.%}', '{role,permission,scope}', '{}'),
  ('public.platform_admins', 'operator', 'user_id', null, null, '{operator.%}', '{}', '{}'),
  ('public.plans', 'plan', null, null, null, '{plan.%}', '{id,first_increment_seconds,billing_increment_seconds,concurrency_max,free_seconds,is_default}', '{}'),
  ('public.packs', 'pack', null, null, null, '{pack.%}', '{id,seconds,price_cents,currency,bonus_percent,is_on}', '{position}'),
  ('public.billing_details', 'account', 'account_id', 'account_id', null, '{billing_details.%,account.%}', '{currency,low_balance_levels}', '{}'),
  ('public.payment_methods', 'card', null, 'account_id', null, '{card.%}', '{brand,is_default,removed_at}', '{}'),
  ('public.orders', 'order', 'id', 'account_id', null, '{order.%,ledger.%}', '{kind,status,seconds,bonus_seconds,amount_cents,currency,refunded_cents,disputed_cents}',
    '{checked_at,checkout_session_id,checkout_url,expires_at,payment_intent_id,charge_id,invoice_path,invoice_no,paid_at}'),
  ('public.auto_top_ups', 'account', 'account_id', 'account_id', null, '{auto_top_up.%}', '{is_on,threshold_seconds,pack_id,amount_cents,monthly_limit_cents,off_reason}', '{failures,next_try_at,changed_by}'),
  ('public.phone_numbers', 'number', 'id', 'account_id', null, '{number.%,provider.%}', '{provider}', '{}'),
  ('public.own_numbers', 'member', 'user_id', null, 'own_number', '{own_number.%}', '{}', '{}'),
  ('public.assistants', 'assistant', 'id', 'account_id', null, '{assistant.%}', '{archived_at}', '{draft,draft_by,draft_at,revision}'),
  ('public.assistant_versions', 'assistant', 'assistant_id', 'account_id', 'version', '{assistant.%,test_call.%}', '{}', '{}'),
  ('public.imports', 'import', 'id', 'account_id', null, '{import.%}', '{status,row_count}',
    '{created_count,updated_count,unchanged_count,skipped_count,refused_count,do_not_call_count,no_time_zone_count,undone_count,finished_at}'),
  ('public.contacts', 'contact', 'id', 'account_id', null, '{contact.%,import.%}', '{time_zone,time_zone_source,region_is_stated}', '{search_text,has_consent}'),
  ('public.contact_tags', 'contact', 'contact_id', 'account_id', 'tags', '{contact.%,tag.%,import.%}', '{}', '{}'),
  ('public.contact_list_members', 'contact', 'contact_id', 'account_id', 'lists', '{contact.%,list.%,import.%}', '{}', '{}'),
  ('public.contact_notes', 'contact', 'contact_id', 'account_id', 'notes', '{contact.%}', '{}', '{}'),
  ('public.consents', 'contact', 'contact_id', 'account_id', 'consents', '{consent.%,import.%,contact.%}', '{}', '{}'),
  ('public.do_not_call', 'contact', null, 'account_id', 'do_not_call', '{do_not_call.%,import.%,contact.%}', '{}', '{}'),
  ('public.contact_lists', 'list', 'id', 'account_id', null, '{list.%}', '{kind}', '{}'),
  ('public.tags', 'tag', 'id', 'account_id', null, '{tag.%}', '{}', '{}'),
  ('public.dispositions', 'disposition', 'id', 'account_id', null, '{disposition.%}', '{meaning,archived_at}', '{}'),
  ('public.campaigns', 'campaign', 'id', 'account_id', null, '{campaign.%}',
    '{status,purpose,priority,pause_reason,voice_id,language,record_calls,call_order,uses_preferred_assistants,time_zone,max_attempts,launch_at,starts_at,ends_at,failure_limit_percent,opt_out_limit_percent}',
    '{pause_details,started_by,started_at,resumed_at,finished_at,copying_from,copied_to,kept_forecast,archived_at,archived_from}'),
  ('public.campaign_windows', 'campaign', 'campaign_id', 'account_id', 'windows', '{campaign.%}', '{}', '{}'),
  ('public.campaign_retries', 'campaign', 'campaign_id', 'account_id', 'retries', '{campaign.%}', '{}', '{}'),
  ('public.campaign_members', 'campaign', 'campaign_id', 'account_id', 'people', '{campaign.%,member.%}', '{}', '{}'),
  ('engine.settings', 'settings', null, null, null, '{settings.%}', '{enabled,payments_are_live}', '{rule_version}'),
  ('engine.accounts', 'account', 'account_id', 'account_id', null, '{account.%}', '{concurrency_max,daily_cap}', '{}'),
  ('engine.campaigns', 'campaign', 'campaign_id', 'account_id', null, '{campaign.%}', '{concurrency_max,daily_cap,budget_seconds}', '{}'),
  ('engine.provider_lines', 'line', null, 'account_id', null, '{line.%,provider.%}', '{account_id,concurrency_max,calls_per_second}', '{}');

insert into private.unaudited_tables values
  ('public.activity_log', 'the log itself'),
  ('public.assistant_models', 'the platform''s catalogue, changed by migrations alone'),
  ('public.assistant_templates', 'the platform''s catalogue, changed by migrations alone'),
  ('public.company_types', 'the platform''s catalogue, changed by migrations alone'),
  ('public.voices', 'the platform''s catalogue, changed by migrations alone'),
  ('public.terms', 'the platform''s texts, changed by migrations alone'),
  ('public.number_regions', 'the platform''s catalogue, changed by migrations alone'),
  ('public.rule_packs', 'rule_changes keeps every version'),
  ('public.rules', 'rule_changes keeps every version'),
  ('public.rule_hours', 'rule_changes keeps every version'),
  ('public.holidays', 'rule_changes keeps every version'),
  ('public.rule_changes', 'a record that only grows'),
  ('public.ledger_entries', 'a record that only grows; each entry but a call''s has its line'),
  ('public.do_not_call_history', 'a record that only grows'),
  ('public.callbacks', 'a record that only grows; each has its line'),
  ('public.dial_denials', 'a record that only grows'),
  ('public.import_chunks', 'a record of the import, which has its lines'),
  ('public.calls', 'a record of its own; what people do to one has its line'),
  ('public.call_transcripts', 'a record of its own, written by what the provider says'),
  ('public.enrolments', 'a record of its own; what people do to one has its line'),
  ('public.daily_stats', 'sums of calls'),
  ('public.hourly_stats', 'sums of calls'),
  ('public.contact_hour_stats', 'sums of calls'),
  ('public.notices', 'what the product told people'),
  ('public.notice_reads', 'what one person looked at'),
  ('public.notice_preferences', 'what one person wants to hear of'),
  ('public.call_views', 'what one person looks at'),
  ('public.profiles', 'people''s own names; Auth keeps its own record of sign-ins and addresses');

select private.audit(a.name) from private.audited_tables a where a.name like 'public.%' or a.name = 'engine.settings';
select private.audit_columns('engine.accounts', 'concurrency_max, daily_cap');
select private.audit_columns('engine.campaigns', 'concurrency_max, daily_cap, budget_seconds');
select private.audit_columns('engine.provider_lines', 'account_id, concurrency_max, calls_per_second');
