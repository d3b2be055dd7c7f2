-- From a filter to calls, the newest first: one way for the log, its count and its export. What fits few calls is looked up and sorted;
-- what fits many is read from the newest on until the page is full. A page goes on after {created_at, id} of its last row.

-- How many calls of a part are looked up and sorted rather than read from the newest on. More of those that may all lie far back: the
-- people of a list were called in one month, a word was said in one campaign. Fewer where an index knows the order anyway.
create function private.few_calls_max(part private.call_part) returns int
language sql immutable set search_path = ''
return case when (part).id = 'x.id' then 20000 when (part).ordered_by is null then 5000 else 1000 end;

-- How many calls a part fits, counted no further than to one more than few. By an index alone, and from few people to their calls: a plan
-- that joins all calls with all people looks cheap while the planner thinks that there are many.
create function private.count_call_part(part private.call_part) returns int
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  counted int;
begin
  execute format('select count(*) from (select from %s where %s limit %s) counted', part.source, part.restriction, private.few_calls_max(part) + 1) into counted;
  return counted;
end $$;

-- Do so many of an account's newest calls have these words that reading from the newest on finds some at once?
create function private.is_common_in_calls(account_id uuid, part private.call_part) returns boolean
language plpgsql stable set search_path = '' set jit = off
as $$
declare
  share numeric;
begin
  execute format('select avg(case when %s then 1 else 0 end) from (select * from public.calls o where o.account_id = %L order by o.created_at desc, o.id desc limit 300) c',
    part.condition, is_common_in_calls.account_id) into share;
  return coalesce(share, 0) > 0.03;
end $$;

-- Makes a filter ready for the current user, who sees the calls of the whole account, or of the campaigns they are in. Voids that were never
-- dialled are no calls to a person, and those that speak a code are nobody's business; both are left out.
create function private.prepare_call_search(filter jsonb) returns private.call_search
language plpgsql stable set search_path = ''
as $$
declare
  account uuid := private.as_uuid(filter ->> 'account_id');
  is_visible boolean := private.sees_personal(account);
  parts private.call_part[];
  part private.call_part;
  search private.call_search;
  n int;
  fewest int;
  is_known text;
begin
  perform private.require_membership(account);
  -- A filter that is misspelt must not fit everything.
  if not array(select jsonb_object_keys(filter)) <@ '{account_id,text,period,from_day,until_day,states,outcomes,dispositions,own_disposition_ids,sentiments,campaign_id,assistant_id,contact_id,list_id,tag_ids,talk_from,talk_until,has_recording,kind,disposition_by,hour,contact_hour,contact_weekday}' then
    perform private.raise_invalid('filter', 'unknown', 'This filter is unknown.');
  end if;
  parts := array(select x from private.call_text_part(account, filter ->> 'text', is_visible) x) || array(select x from private.call_column_parts(account, filter) x)
    || array(select x from private.call_people_parts(account, filter, is_visible) x) || array(select x from private.call_state_part(account, filter) x)
    || array(select x from private.days_part(account, filter) x) || array(select x from private.clock_part(account, filter) x);
  search.parts := cardinality(parts);
  if not account = any(array(select private.account_ids('calls.read'))) then
    parts := parts || private.call_column(account, 'campaign_id', 'uuid',
      array(select k.id::text from public.campaigns k where k.account_id = account and k.id = any(array(select private.campaign_ids('calls.read')))));
  end if;
  search.account_id := account;
  search.ordered_by := 'account_id';
  search.among := format('array[%L::uuid]', account);
  -- Where there is a filter, the account itself is a candidate, in case there are not many calls in it at all.
  foreach part in array case when search.parts > 0 then parts || private.call_column(account, 'account_id', 'uuid', array[account::text]) else parts end loop
    continue when part.source is null or part.id = 'x.id' and private.is_common_in_calls(account, part);
    n := private.count_call_part(part);
    -- Of those that fit many, one whose index knows the order is read.
    if n <= private.few_calls_max(part) and (fewest is null or n < fewest) then
      fewest := n;
      search.source := part.source;
      search.id := part.id;
      search.restriction := part.restriction;
      is_known := case when part.is_exact then part.condition end;
    elsif part.ordered_by <> 'account_id' and search.ordered_by = 'account_id' then
      search.ordered_by := part.ordered_by;
      search.among := part.among;
    end if;
  end loop;
  search.is_small := fewest is not null;
  search.conditions := concat_ws(' and ', format('c.account_id = %L', account), 'not (c.state = ''voided'' and c.dialled_at is null)', 'c.kind <> ''verification''',
    (select string_agg('(' || x.condition || ')', ' and ') from unnest(parts) x where not search.is_small or x.condition is distinct from is_known));
  return search;
end $$;

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
  return private.page_of((select coalesce(jsonb_agg(private.named_call(c, k.name, p.name, s.name, d.name, is_visible) order by f.place), '[]')
    from unnest(found.ids) with ordinality f (id, place) join public.calls c on c.id = f.id
    join public.assistant_versions v on v.id = c.assistant_version_id
    join public.assistants s on s.id = v.assistant_id
    left join public.campaigns k on k.id = c.campaign_id
    left join public.contacts p on p.id = c.contact_id
    left join public.dispositions d on d.id = c.own_disposition_id), size, '{created_at,id}');
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
