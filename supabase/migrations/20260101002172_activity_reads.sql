-- The activity of an account as its page reads it.

-- What a line is about, in words that its reader may see; null where it is gone or has no name.
create function private.activity_subject(line public.activity_log, is_visible boolean) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return case line.subject_type
    when 'campaign' then (select c.name from public.campaigns c where c.id = line.subject_id)
    when 'assistant' then (select a.name from public.assistants a where a.id = line.subject_id)
    when 'contact' then (select private.masked(coalesce(nullif(c.name, ''), c.phone), is_visible) from public.contacts c where c.id = line.subject_id)
    when 'member' then (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = line.subject_id)
    when 'invitation' then (select i.email from public.invitations i where i.id = line.subject_id)
    when 'list' then (select l.name from public.contact_lists l where l.id = line.subject_id)
    when 'tag' then (select t.name from public.tags t where t.id = line.subject_id)
    when 'disposition' then (select d.name from public.dispositions d where d.id = line.subject_id)
    when 'import' then (select i.file_name from public.imports i where i.id = line.subject_id)
    when 'order' then (select o.description from public.orders o where o.id = line.subject_id) end;
end $$;

-- Does a line speak of money, which is for whoever reads the bills?
create function private.speaks_of_money(line public.activity_log) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return line.verb ~ '^(order|card|ledger|balance|auto_top_up|billing_details)[.]' or line.changes ?| '{amount_cents,monthly_limit_cents,low_balance_levels}';
end $$;

create function private.words_chosen(list jsonb) returns text[]
language sql immutable set search_path = ''
return array(select x from jsonb_array_elements_text(case when jsonb_typeof(list) = 'array' then list else '[]' end) x);

-- The newest first. filter: {account_id, actor_id, actor_kind, subject_types, verbs, from_day, until_day, text}; days are the account's, text
-- is an address, the id of a request or of a subject. Rows: who, what, from where, which fields; of
-- money for whoever reads the bills alone.
create function private.search_activity(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  account uuid := private.as_uuid(filter ->> 'account_id');
  size int := least(greatest(coalesce(page_size, 20), 1), 1000);
  zone text := (select a.time_zone from public.accounts a where a.id = account);
  before bigint := coalesce(("cursor" ->> 'id')::bigint, 9223372036854775807);
  sought text := private.clean_text(filter ->> 'text');
  days record;
  is_visible boolean;
  reads_bills boolean;
  rows jsonb;
begin
  -- Definer: names of people who left the account come with it; the permission is checked here.
  perform private.require_permission(account, 'activity.read');
  -- A filter that is misspelt must not fit everything.
  if not array(select jsonb_object_keys(filter)) <@ '{account_id,actor_id,actor_kind,subject_types,verbs,from_day,until_day,text}' then
    perform private.raise_invalid('filter', 'unknown', 'This filter is unknown.');
  end if;
  days := private.filter_days(filter, zone);
  is_visible := private.sees_personal(account);
  reads_bills := account = any(array(select private.account_ids('billing.read')));
  with page as (
    select l.* from public.activity_log l
    where l.account_id = account and l.id < before
      and (filter ->> 'actor_id' is null or l.actor_id = private.as_uuid(filter ->> 'actor_id'))
      and (filter ->> 'actor_kind' is null or l.actor_kind::text = filter ->> 'actor_kind')
      and (filter -> 'subject_types' is null or l.subject_type = any(private.words_chosen(filter -> 'subject_types')))
      and (filter -> 'verbs' is null or l.verb = any(private.words_chosen(filter -> 'verbs')))
      and (days.from_day is null or l.created_at >= days.from_day::timestamp at time zone zone)
      and (days.until_day is null or l.created_at < (days.until_day + 1)::timestamp at time zone zone)
      and (reads_bills or not private.speaks_of_money(l))
      and (sought is null or host(l.ip) = sought or l.request_id = sought or l.subject_id::text = lower(sought))
    order by l.id desc limit size + 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'created_at', g.created_at, 'actor_id', g.actor_id, 'actor_kind', g.actor_kind,
    'actor_name', (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = g.actor_id), 'verb', g.verb, 'subject_type', g.subject_type,
    'subject_id', g.subject_id, 'subject_name', private.activity_subject(g, is_visible), 'details', g.details, 'changes', g.changes, 'ip', host(g.ip),
    'user_agent', g.user_agent, 'request_id', g.request_id) order by g.id desc), '[]') into rows
  from page g;
  return private.page_of(rows, size, '{id}');
end $$;
grant execute on function private.search_activity(jsonb, jsonb, int) to authenticated;
create function public.search_activity(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.search_activity(search_activity.filter, search_activity."cursor", search_activity.page_size);
grant execute on function public.search_activity(jsonb, jsonb, int) to authenticated;
