-- The do-not-call list as pages read it: whoever sees all contacts of an account sees it, masked without contacts.read_personal.

-- Stops a read unless the person may see the contacts of the whole account; an agent sees a part, and the list has no parts.
create function private.require_list_reader(account_id uuid) returns void
language sql stable set search_path = ''
return private.require_permission(require_list_reader.account_id, 'contacts.read');

-- The numbers of an account's contacts that a search finds.
create function private.phones_of(account_id uuid, pattern text) returns setof text
language sql stable set search_path = ''
as $$
  select p.phone from public.contacts p where p.account_id = phones_of.account_id and p.search_text like phones_of.pattern
$$;

-- Of numbers that were erased nobody can be shown which they are: {erased_count, erased}, erased {erased_at, erased_by_name} where the searched
-- text is one of them as a whole.
create function private.erased_listings(account_id uuid, text text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  phone text := regexp_replace(erased_listings.text, '[^+0-9]', '', 'g');
begin
  return jsonb_build_object('erased_count', (select count(*) from engine.erased_numbers e where e.account_id = erased_listings.account_id),
    'erased', (select jsonb_build_object('phone', phone, 'erased_at', e.erased_at, 'erased_by_name', f.name)
      from engine.erased_numbers e left join public.profiles f on f.id = e.erased_by
      where e.account_id = erased_listings.account_id and e.digest = private.number_digest(erased_listings.account_id, phone)));
end $$;

-- The newest first. filter: {account_id, text}; text is part of a number or of its contact's
-- name. Rows: who listed it, why, in which call. Beside them erased_listings.
create function private.list_do_not_call(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  size int := private.page_limit(page_size);
  account uuid := private.as_uuid(filter ->> 'account_id');
  is_visible boolean;
  pattern text;
  rows jsonb;
  total int;
begin
  perform private.require_list_reader(account);
  is_visible := private.sees_personal(account);
  -- Searching a number one may not see would tell it digit by digit.
  pattern := case when is_visible then private.search_pattern(private.clean_text(filter ->> 'text')) end;
  with page as (
    select d.* from public.do_not_call d
    where d.account_id = account and (pattern is null or d.phone like pattern or d.phone in (select private.phones_of(account, pattern)))
      and ("cursor" is null or (d.created_at, d.id) < (("cursor" ->> 'created_at')::timestamptz, ("cursor" ->> 'id')::uuid))
    order by d.created_at desc, d.id desc limit size + 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'phone', private.masked(g.phone, is_visible), 'source', g.source,
    'reason', case when is_visible then g.reason else '' end, 'call_id', g.call_id, 'created_at', g.created_at, 'created_by_name', f.name, 'contact_id', p.id,
    'contact_name', private.masked(p.name, is_visible)) order by g.created_at desc, g.id desc), '[]') into rows
  from page g
  left join public.profiles f on f.id = g.created_by
  left join public.contacts p on p.account_id = g.account_id and p.phone = g.phone;
  select count(*) into total from (select from public.do_not_call d
    where d.account_id = account and (pattern is null or d.phone like pattern or d.phone in (select private.phones_of(account, pattern))) limit 10001) counted;
  return private.page_of(rows, size, '{created_at,id}') || jsonb_build_object('total_count', case when total <= 10000 then total end)
    || private.erased_listings(account, case when is_visible then filter ->> 'text' end);
end $$;
grant execute on function private.list_do_not_call(jsonb, jsonb, int) to authenticated;
create function public.list_do_not_call(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_do_not_call(list_do_not_call.filter, list_do_not_call."cursor", list_do_not_call.page_size);
grant execute on function public.list_do_not_call(jsonb, jsonb, int) to authenticated;

-- What happened to one number on the list, the newest first, at most a hundred lines; for people who may see numbers.
create function private.do_not_call_history(account_id uuid, phone text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_permission(do_not_call_history.account_id, 'contacts.read_personal');
  return (select coalesce(jsonb_agg(jsonb_build_object('change', h.change, 'source', h.source, 'reason', h.reason, 'call_id', h.call_id,
    'created_at', h.created_at, 'actor_name', f.name) order by h.id desc), '[]')
  from (select * from public.do_not_call_history d
    where d.account_id = do_not_call_history.account_id and d.phone = do_not_call_history.phone order by d.id desc limit 100) h
  left join public.profiles f on f.id = h.actor_id);
end $$;
grant execute on function private.do_not_call_history(uuid, text) to authenticated;
create function public.do_not_call_history(account_id uuid, phone text) returns jsonb
language sql stable set search_path = ''
return private.do_not_call_history(do_not_call_history.account_id, do_not_call_history.phone);
grant execute on function public.do_not_call_history(uuid, text) to authenticated;
