-- Pages of calls for a filter made ready (call_filter), the newest first. A page goes on after {created_at, id} of its last row.

-- total: how many there are in all, where that is known without counting a million; null otherwise.
create type private.found_calls as (ids uuid[], total int);

create function private.call_after("cursor" jsonb) returns text
language sql immutable set search_path = ''
return case when "cursor" is null then 'true'
  else format('(c.created_at, c.id) < (%L::timestamptz, %L::uuid)', ("cursor" ->> 'created_at')::timestamptz, private.as_uuid("cursor" ->> 'id')) end;

-- Few enough to look all of them up, sort them and count them. Each by its id ("offset 0" keeps the planner from another index, which it
-- would read once for each of five thousand).
create function private.find_few_calls(search private.call_search, "cursor" jsonb, size int) returns private.found_calls
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  answer private.found_calls;
begin
  execute format('with driven as materialized (select distinct %s as id from %s where %s),
    found as materialized (select c.id, c.created_at from driven d cross join lateral (select * from public.calls x where x.id = d.id offset 0) c where %s)
    select array(select c.id from found c where %s order by c.created_at desc, c.id desc limit %s), (select count(*) from found)',
    search.id, search.source, search.restriction, search.conditions, private.call_after("cursor"), size) into answer;
  return answer;
end $$;

-- Many: read from the newest on, along the index of the part that knows the order, until the page is full; of several values each along
-- its own, then merged.
create function private.find_calls_among_many(search private.call_search, "cursor" jsonb, size int) returns private.found_calls
language plpgsql stable set search_path = '' set jit = off set enable_sort = off set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  answer private.found_calls;
begin
  execute format('select array(select f.id from (select n.id, n.created_at from unnest(%s) v (value) cross join lateral (
      select c.id, c.created_at from public.calls c where c.%I = v.value and %s and %s order by c.created_at desc, c.id desc limit %s) n) f
    order by f.created_at desc, f.id desc limit %s), null',
    search.among, search.ordered_by, private.call_after("cursor"), search.conditions, size, size) into answer;
  return answer;
end $$;

-- Of everything in the account the total is counted up to ten thousand and one.
create function private.find_calls(search private.call_search, "cursor" jsonb, size int) returns private.found_calls
language plpgsql stable set search_path = ''
as $$
declare
  found private.found_calls;
begin
  found := case when search.is_small then private.find_few_calls(search, "cursor", size) else private.find_calls_among_many(search, "cursor", size) end;
  if search.parts = 0 and not search.is_small then
    execute format('select count(*) from (select from public.calls c where %s limit 10001) counted', search.conditions) into found.total;
  end if;
  return found;
end $$;

-- One page of rows and where the next one begins.
create function private.page_of_calls(found private.found_calls, size int, is_visible boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return private.page_of((select coalesce(jsonb_agg(private.call_row(c, is_visible) order by f.place), '[]')
    from unnest(found.ids) with ordinality f (id, place) join public.calls c on c.id = f.id), size, '{created_at,id}');
end $$;

-- The calls that a person may see in an account. total_count is exact where few fit; null where only count_calls knows.
create function private.list_calls(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: contacts' lists and the text of conversations are not everybody's to read; prepare_call_search lets in whoever may see calls.
  search private.call_search := private.prepare_call_search(filter);
  size int := private.page_limit(page_size);
  found private.found_calls := private.find_calls(search, "cursor", size + 1);
begin
  return private.page_of_calls(found, size, private.sees_personal(search.account_id)) || jsonb_build_object('total_count', case when search.is_small or found.total <= 10000 then found.total end);
end $$;
grant execute on function private.list_calls(jsonb, jsonb, int) to authenticated;
create function public.list_calls(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_calls(list_calls.filter, list_calls."cursor", list_calls.page_size);
grant execute on function public.list_calls(jsonb, jsonb, int) to authenticated;

-- How many calls a filter fits, exactly, however long that takes within a request.
create function private.count_calls(filter jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set jit = off
as $$
declare
  -- Definer: as list_calls.
  search private.call_search := private.prepare_call_search(filter);
  counted bigint;
begin
  if search.is_small then
    return jsonb_build_object('total_count', (private.find_few_calls(search, null, 0)).total);
  end if;
  execute format('select count(*) from public.calls c where c.%I = any(%s) and %s', search.ordered_by, search.among, search.conditions) into counted;
  return jsonb_build_object('total_count', counted);
end $$;
grant execute on function private.count_calls(jsonb) to authenticated;
create function public.count_calls(filter jsonb) returns jsonb
language sql stable set search_path = ''
return private.count_calls(count_calls.filter);
grant execute on function public.count_calls(jsonb) to authenticated;

-- The calls of a filter on their way into a file, at most 1,000 a page, with what the person may see of them; the first page (no cursor)
-- is logged, once per export.
create function private.export_calls(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: as list_calls, and the log is written by nobody but functions.
  search private.call_search := private.prepare_call_search(filter);
  size int := least(greatest(coalesce(page_size, 1000), 1), 1000);
begin
  if "cursor" is null then
    perform private.log_activity(search.account_id, 'call.exported', 'call', null, jsonb_build_object('is_filter', search.parts > 0));
  end if;
  return private.page_of_calls(private.find_calls(search, "cursor", size + 1), size, private.sees_personal(search.account_id));
end $$;
grant execute on function private.export_calls(jsonb, jsonb, int) to authenticated;
create function public.export_calls(filter jsonb, "cursor" jsonb default null, page_size int default 1000) returns jsonb
language sql set search_path = ''
return private.export_calls(export_calls.filter, export_calls."cursor", export_calls.page_size);
grant execute on function public.export_calls(jsonb, jsonb, int) to authenticated;
