-- Pages of contacts for a filter made ready (contact_filter). sort: newest, oldest, name (without one last), last_called (never
-- called last, the newest first). A page goes on after {id, key} of its last row.

-- total: how many there are in all, where that is known without counting a million; null otherwise.
create type private.found_contacts as (ids uuid[], keys text[], total int);

-- What a sort needs, on a contact p: its key, the order, and what comes after a cursor.
create function private.sort_terms(sort text, "cursor" jsonb, out key text, out ordered text, out after text)
language plpgsql immutable set search_path = ''
as $$
declare
  id uuid := private.as_uuid("cursor" ->> 'id');
  value text := coalesce("cursor" ->> 'key', '');
begin
  key := case sort when 'name' then 'lower(p.name)' when 'last_called' then private.last_call_key('p.id') else '''''' end;
  ordered := case sort when 'oldest' then 'id' when 'name' then '(key = ''''), key, id' when 'last_called' then 'key desc, id desc' else 'id desc' end;
  after := case when id is null then 'true' when sort = 'oldest' then format('id > %L', id)
    when sort = 'name' then format('((key = ''''), key, id) > (%L::boolean, %L, %L::uuid)', value = '', value, id)
    when sort = 'last_called' then format('(key, id) < (%L, %L::uuid)', value, id) else format('id < %L', id) end;
end $$;

-- An instant as text that sorts as the instant does.
create function private.last_call_key(contact text) returns text
language sql immutable set search_path = ''
return format($sql$coalesce((select to_char(max(c.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  from public.calls c where c.contact_id = %s and c.dialled_at is not null), '')$sql$, contact);

-- Few enough to look all of them up, sort them and count them.
create function private.find_few(search private.contact_search, sort text, "cursor" jsonb, size int) returns private.found_contacts
language plpgsql stable set search_path = '' set jit = off
as $$
declare
  terms record := private.sort_terms(sort, "cursor");
  answer private.found_contacts;
begin
  execute format('with driven as materialized (select distinct %s as id from %s where %s),
    found as materialized (select p.id, %s as key from driven d join public.contacts p on p.id = d.id where %s),
    page as (select f.* from found f where %s order by %s limit %s)
    select array(select g.id from page g order by %s), array(select g.key from page g order by %s), (select count(*) from found)',
    search.id, search.source, search.restriction, terms.key, search.conditions, terms.after, terms.ordered, size, terms.ordered, terms.ordered) into answer;
  return answer;
end $$;

-- Many: contacts are read in the order of the page, from the part's own index where there is one, until the page is full.
create function private.find_among_many(search private.contact_search, sort text, "cursor" jsonb, size int) returns private.found_contacts
language plpgsql stable set search_path = '' set jit = off set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  id uuid := private.as_uuid("cursor" ->> 'id');
  direction text := case when sort = 'oldest' then '' else 'desc' end;
  source text;
  answer private.found_contacts;
begin
  if sort = 'name' then
    source := format('(select * from public.contacts p where p.account_id = %L and %s order by (p.name = ''''), lower(p.name), p.id offset 0) p where %s', search.account_id,
      case when id is null then 'true' else format('((p.name = ''''), lower(p.name), p.id) > (%L::boolean, %L, %L::uuid)',
        coalesce("cursor" ->> 'key', '') = '', coalesce("cursor" ->> 'key', ''), id) end, search.conditions);
  elsif search.is_ordered then
    source := format('(select distinct %1$s as id from %2$s where %3$s and %4$s order by 1 %5$s offset 0) d
      cross join lateral (select * from public.contacts p where p.id = d.id and %6$s offset 0) p', search.id, search.source, search.restriction,
      private.beyond(search.id, sort, id), direction, search.conditions);
  else
    source := format('(select * from public.contacts p where p.account_id = %L and %s order by p.id %s offset 0) p where %s', search.account_id,
      private.beyond('p.id', sort, id), direction, search.conditions);
  end if;
  execute format('select array_agg(f.id order by f.place), array_agg(f.key order by f.place), null
    from (select p.id, %s as key, row_number() over () as place from %s limit %s) f', case when sort = 'name' then 'lower(p.name)' else '''''' end, source, size)
  into answer;
  return answer;
end $$;

create function private.beyond(id text, sort text, after uuid) returns text
language sql immutable set search_path = ''
return case when beyond.after is null then 'true' else format('%s %s %L', beyond.id, case when beyond.sort = 'oldest' then '>' else '<' end, beyond.after) end;

-- Many, whoever was called last first: along the calls, each contact at its newest one; then those who never were.
create function private.find_last_called(search private.contact_search, "cursor" jsonb, size int) returns private.found_contacts
language plpgsql stable set search_path = '' set jit = off set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  id uuid := private.as_uuid("cursor" ->> 'id');
  key text := coalesce("cursor" ->> 'key', '');
  answer private.found_contacts;
  silent private.found_contacts;
begin
  if id is null or key <> '' then
    execute format($sql$select array_agg(f.id order by f.key desc, f.id desc), array_agg(f.key order by f.key desc, f.id desc), null from (
      select p.id, to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as key
      from (select c.contact_id, c.created_at from public.calls c
        where c.account_id = %L and c.dialled_at is not null and c.contact_id is not null and %s
          and not exists (select from public.calls n where n.contact_id = c.contact_id and n.dialled_at is not null and (n.created_at, n.id) > (c.created_at, c.id) offset 0)
        order by c.created_at desc, c.contact_id desc offset 0) l
      cross join lateral (select * from public.contacts p where p.id = l.contact_id and %s offset 0) p limit %s) f$sql$, search.account_id,
      case when id is null then 'true' else format('(c.created_at, c.contact_id) < (%L::timestamptz, %L::uuid)', key, id) end, search.conditions, size) into answer;
  end if;
  if cardinality(coalesce(answer.ids, '{}')) < size then
    search.is_ordered := false;
    search.conditions := search.conditions || ' and not exists (select from public.calls c where c.contact_id = p.id and c.dialled_at is not null offset 0)';
    silent := private.find_among_many(search, 'newest', case when key = '' then "cursor" end, size - cardinality(coalesce(answer.ids, '{}')));
  end if;
  return row(coalesce(answer.ids, '{}') || coalesce(silent.ids, '{}'), coalesce(answer.keys, '{}') || coalesce(silent.keys, '{}'), null)::private.found_contacts;
end $$;

-- One page. Of everybody in the account the total is counted up to ten thousand and one.
create function private.find_contacts(search private.contact_search, sort text, "cursor" jsonb, size int) returns private.found_contacts
language plpgsql stable set search_path = ''
as $$
declare
  found private.found_contacts;
begin
  if coalesce(sort, 'newest') not in ('newest', 'oldest', 'name', 'last_called') then
    perform private.raise_invalid('sort', 'unknown', 'This order is unknown.');
  end if;
  found := case when search.is_small then private.find_few(search, sort, "cursor", size) when sort = 'last_called' then private.find_last_called(search, "cursor", size)
    else private.find_among_many(search, sort, "cursor", size) end;
  if search.parts = 0 then
    found.total := (select count(*) from (select from public.contacts p where p.account_id = search.account_id and p.replaced_by is null and p.erased_at is null limit 10001) counted);
  end if;
  return found;
end $$;

-- A filter made ready for the current user, who must see contacts of the account: all of them, or those of the campaigns they are in.
create function private.my_search(filter jsonb) returns private.contact_search
language plpgsql stable set search_path = ''
as $$
declare
  account uuid := private.as_uuid(filter ->> 'account_id');
begin
  perform private.require_membership(account);
  return private.prepare_search(filter, case when not account = any(array(select private.account_ids('contacts.read')))
    then array(select private.campaign_ids('contacts.read')) end, private.sees_personal(account));
end $$;

-- The contacts a person may see in an account. total_count is exact up to ten thousand; null when there are more, or when only
-- count_contacts knows.
create function private.search_contacts(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: status and queue are in tables that people do not read; my_search lets in whoever may see contacts.
  search private.contact_search := private.my_search(filter);
  size int := private.page_limit(page_size);
  is_visible boolean := private.sees_personal(search.account_id);
  -- The order of names, and where a page of it goes on, would tell masked ones piece by piece: the newest come first then.
  found private.found_contacts := private.find_contacts(search, case when is_visible or filter ->> 'sort' <> 'name' then filter ->> 'sort' end, "cursor", size + 1);
begin
  return jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(private.contact_row(p, is_visible) order by f.place), '[]')
      from unnest(found.ids[1:size]) with ordinality f (id, place) join public.contacts p on p.id = f.id),
    'next_cursor', case when cardinality(found.ids) > size then jsonb_build_object('id', found.ids[size], 'key', found.keys[size]) end,
    'total_count', case when found.total <= 10000 then found.total end);
end $$;
grant execute on function private.search_contacts(jsonb, jsonb, int) to authenticated;
create function public.search_contacts(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.search_contacts(search_contacts.filter, search_contacts."cursor", search_contacts.page_size);
grant execute on function public.search_contacts(jsonb, jsonb, int) to authenticated;

-- How many a filter fits, exactly, however long that takes within a request: asked for where a search left its total open. No nested
-- loop: many are counted here, and of a table that was just filled the planner believes that it is empty.
create function private.count_contacts(filter jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off set enable_nestloop = off
as $$
declare
  -- Definer: as search_contacts.
  search private.contact_search := private.my_search(filter);
  counted bigint;
begin
  execute format(case when search.source is null or search.parts = 0 then 'select count(*) from public.contacts p where %4$s'
    else 'select count(*) from (select distinct %1$s as id from %2$s where %3$s) d join public.contacts p on p.id = d.id where %4$s' end,
    search.id, search.source, search.restriction, search.conditions) into counted;
  return jsonb_build_object('total_count', counted);
end $$;
grant execute on function private.count_contacts(jsonb) to authenticated;
create function public.count_contacts(filter jsonb) returns jsonb
language sql stable set search_path = ''
return private.count_contacts(count_contacts.filter);
grant execute on function public.count_contacts(jsonb) to authenticated;
