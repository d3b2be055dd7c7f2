-- From a filter to calls: one way for the log, its count and its export. Built as text as for contacts (contact_filter): the values decide
-- which index is read. What fits few calls is looked up and sorted; what fits many is read from the newest on until the page is full.

-- One part of a filter. condition: on a call c. source, id and restriction: where its calls can be looked up; null where nowhere.
-- ordered_by and among: a column by which an index gives the newest first, and the values in it that fit. is_exact: what is looked up fits
-- the condition, which need not be asked of it once more.
create type private.call_part as (condition text, source text, id text, restriction text, ordered_by text, among text, is_exact boolean);

-- A filter made ready. source, id and restriction, or ordered_by and among: of the part that fits fewest. parts: how many there are.
create type private.call_search as (account_id uuid, conditions text, source text, id text, restriction text, ordered_by text, among text, is_small boolean, parts int);

-- What somebody looks for in what was said, each word of three letters and more as the beginning of one; "quoted words" in their order,
-- -without, or. Null where there is no word in it.
create function private.spoken_query(value text) returns tsquery
language sql immutable set search_path = ''
as $$
  select q from (select regexp_replace(websearch_to_tsquery('pg_catalog.simple', left(spoken_query.value, 200))::text, '''((?:[^'']|''''){3,})''', '''\1'':*', 'g')::tsquery) x (q)
  where numnode(q) > 0
$$;

-- Calls with one of these values in a column that has an index of its own.
create function private.call_column(account_id uuid, name text, type text, chosen text[]) returns private.call_part
language sql immutable set search_path = ''
return row(format('c.%I = any(%L::%s[])', name, chosen, type), 'public.calls q', 'q.id',
  format('q.account_id = %L and q.%I = any(%L::%s[])', account_id, name, chosen, type), name, format('%L::%s[]', chosen, type), true)::private.call_part;

-- Calls by a condition that a partial index knows; written once, for c and for q.
create function private.call_facts_part(account_id uuid, condition text) returns private.call_part
language sql immutable set search_path = ''
return row(format(condition, 'c'), 'public.calls q', 'q.id', format('q.account_id = %L and ', account_id) || format(condition, 'q'), null, null, true)::private.call_part;

-- The days that a filter means, on the account's calendar: a period that moves with today, or days that somebody chose.
create function private.filter_days(filter jsonb, zone text, out from_day date, out until_day date)
language plpgsql stable set search_path = ''
as $$
declare
  today date := (private.now() at time zone zone)::date;
begin
  if filter ->> 'period' is not null then
    until_day := case filter ->> 'period' when 'yesterday' then today - 1 else today end;
    from_day := case filter ->> 'period' when 'today' then today when 'yesterday' then today - 1 when '7' then today - 6 when '15' then today - 14 when '30' then today - 29 end;
    if from_day is null then
      perform private.raise_invalid('period', 'unknown', 'This period is unknown.');
    end if;
  else
    if private.chosen_instant(filter ->> 'from_day' || 'T00:00', zone) is null and filter ->> 'from_day' is not null then
      perform private.raise_invalid('from_day', 'shape', 'Choose a day.');
    elsif private.chosen_instant(filter ->> 'until_day' || 'T00:00', zone) is null and filter ->> 'until_day' is not null then
      perform private.raise_invalid('until_day', 'shape', 'Choose a day.');
    end if;
    from_day := (filter ->> 'from_day')::date;
    until_day := (filter ->> 'until_day')::date;
  end if;
end $$;

-- A call is of the day on which the account's clock stood at its dial, as in the statistics; one that is not settled yet, of the day that
-- the clock says now. The rough bounds are for the index: no zone is further than 26 hours from another, and a dial follows its claim at once.
create function private.days_part(account_id uuid, filter jsonb) returns setof private.call_part
language plpgsql stable set search_path = ''
as $$
declare
  zone text := (select a.time_zone from public.accounts a where a.id = days_part.account_id);
  days record := private.filter_days(filter, zone);
  local text := format('coalesce(c.account_dialled_at, coalesce(c.dialled_at, c.created_at) at time zone %L)', zone);
begin
  if coalesce(days.from_day, days.until_day) is not null then
    return next row(concat_ws(' and ',
      case when days.from_day is not null then format('%s >= %L and c.created_at >= %L', local, days.from_day::timestamp, (days.from_day::timestamp at time zone zone) - interval '27 hours') end,
      case when days.until_day is not null then format('%s < %L and c.created_at < %L', local, days.until_day::timestamp + interval '1 day', ((days.until_day + 1)::timestamp at time zone zone) + interval '27 hours') end),
      null, null, null, null, null, false)::private.call_part;
  end if;
end $$;

-- What was said, for whoever may listen; who was called, for whoever sees names and numbers. Looking for people whom one may not see
-- would tell their numbers piece by piece.
create function private.call_text_part(account_id uuid, value text, is_visible boolean) returns setof private.call_part
language plpgsql stable set search_path = ''
as $$
declare
  query tsquery := private.spoken_query(value);
  heard text := case when account_id = any(array(select private.account_ids('calls.listen'))) then 'true'
    else format('c.campaign_id = any(%L)', array(select private.campaign_ids('calls.listen'))) end;
  named text := (select string_agg(format('p.search_text like %L', x), ' and ') from unnest(private.contact_patterns(value)) x);
  conditions text[] := '{}';
  sources text[] := '{}';
begin
  if coalesce(btrim(value), '') = '' then
    return;
  end if;
  if query is not null then
    conditions := conditions || format('%s and exists (select from public.call_transcripts t where t.call_id = c.id and t.words @@ %L::tsquery offset 0)', heard, query);
    sources := sources || format('select t.call_id as id from public.call_transcripts t where t.account_id = %L and t.words @@ %L::tsquery', account_id, query);
  end if;
  if is_visible then
    conditions := conditions || format('exists (select from public.contacts p where p.id = c.contact_id and %s offset 0)', named);
    sources := sources || format('select q.id from public.contacts p join public.calls q on q.contact_id = p.id where p.account_id = %L and %s', account_id, named);
  end if;
  return next row('(' || coalesce(array_to_string(conditions, ' or '), 'false') || ')',
    -- Nothing but words to leave out cannot be looked up.
    case when cardinality(sources) > 0 and (query is null or querytree(query) <> 'T') then '(' || array_to_string(sources, ' union all ') || ') x' end,
    'x.id', 'true', null, null, heard = 'true')::private.call_part;
end $$;

-- Calls to the people of a list or with a tag; an audience brings the parts of its own filter.
create function private.call_people_parts(account_id uuid, filter jsonb, is_visible boolean) returns setof private.call_part
language sql stable set search_path = ''
as $$
  select row(format('exists (select from public.contacts p where p.id = c.contact_id and (%s) offset 0)', x.condition),
    format('(select q.id from (select %s as contact_id from %s where %s) m join public.calls q on q.contact_id = m.contact_id) x', x.id, x.source, x.restriction),
    'x.id', 'true', null, null, false)::private.call_part
  from private.filter_parts(call_people_parts.account_id,
    jsonb_strip_nulls(jsonb_build_object('tag_ids', call_people_parts.filter -> 'tag_ids', 'list_id', call_people_parts.filter -> 'list_id')), is_visible) x
$$;

-- What a conversation meant: in the platform's words, which those of the account stand for, too, or in the account's own.
create function private.call_meaning_part(account_id uuid, filter jsonb) returns setof private.call_part
language plpgsql stable set search_path = ''
as $$
declare
  words text[] := array(select distinct x from unnest(private.texts_of(filter -> 'dispositions', enum_range(null::public.call_disposition)::text[], 'dispositions')) x);
  own text[] := array(select distinct x::text from unnest(private.uuids_of(filter -> 'own_disposition_ids')) x);
begin
  if cardinality(words) > 0 and cardinality(own) > 0 then
    return next private.call_facts_part(account_id, format('(%%1$s.disposition = any(%L) or %%1$s.own_disposition_id = any(%L))', words, own));
  elsif cardinality(words) > 0 then
    return next private.call_column(account_id, 'disposition', 'public.call_disposition', words);
  elsif cardinality(own) > 0 then
    return next private.call_column(account_id, 'own_disposition_id', 'uuid', own);
  end if;
end $$;

-- What the columns of a call answer.
create function private.call_column_parts(account_id uuid, filter jsonb) returns setof private.call_part
language plpgsql stable set search_path = ''
as $$
declare
  chosen text[];
  option record;
begin
  for option in select * from (values ('outcomes', 'outcome', 'call_outcome', enum_range(null::public.call_outcome)::text[]),
      ('sentiments', 'sentiment', 'call_sentiment', enum_range(null::public.call_sentiment)::text[])) o (field, name, type, known) loop
    chosen := private.texts_of(filter -> option.field, option.known, option.field);
    if cardinality(chosen) > 0 then
      return next private.call_column(account_id, option.name, 'public.' || option.type, array(select distinct x from unnest(chosen) x));
    end if;
  end loop;
  for option in select * from (values ('campaign_id', 'campaign_id'), ('contact_id', 'contact_id')) o (field, name) where filter ->> o.field is not null loop
    return next private.call_column(account_id, option.name, 'uuid', array[private.as_uuid(filter ->> option.field)::text]);
  end loop;
  return query select * from private.call_meaning_part(account_id, filter);
  if filter ->> 'assistant_id' is not null then
    return next private.call_column(account_id, 'assistant_version_id', 'uuid',
      array(select v.id::text from public.assistant_versions v where v.assistant_id = private.as_uuid(filter ->> 'assistant_id')));
  end if;
  if filter ->> 'kind' is not null then
    return next private.call_facts_part(account_id, '%1$s.kind = ' || quote_literal((private.texts_of(jsonb_build_array(filter ->> 'kind'), '{campaign,test}', 'kind'))[1]));
  end if;
  if jsonb_typeof(filter -> 'has_recording') = 'boolean' then
    return next private.call_facts_part(account_id, case when (filter ->> 'has_recording')::boolean then '%1$s.recording_state = ''stored''' else '%1$s.recording_state <> ''stored''' end);
  end if;
  if jsonb_typeof(filter -> 'talk_from') = 'number' or jsonb_typeof(filter -> 'talk_until') = 'number' then
    return next private.call_facts_part(account_id, format('%%1$s.talk_seconds between %s and %s and %%1$s.talk_seconds > 0',
      coalesce((filter ->> 'talk_from')::numeric::int, 0), coalesce((filter ->> 'talk_until')::numeric::int, 2147483647)));
  end if;
end $$;

-- Where a call stands. Nearly all are settled; what is not is in an index of its own.
create function private.call_state_part(account_id uuid, filter jsonb) returns setof private.call_part
language plpgsql stable set search_path = ''
as $$
declare
  states text[] := private.texts_of(filter -> 'states', enum_range(null::public.call_state)::text[], 'states');
begin
  if cardinality(states) > 0 then
    return next private.call_facts_part(account_id, format('%%1$s.state = any(%L)', states)
      || case when states = '{voided}' then ' and %1$s.state = ''voided''' when not states && '{settled,voided}' then ' and %1$s.settled_at is null' else '' end);
  end if;
end $$;

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
  if not array(select jsonb_object_keys(filter)) <@ '{account_id,text,period,from_day,until_day,states,outcomes,dispositions,own_disposition_ids,sentiments,campaign_id,assistant_id,contact_id,list_id,tag_ids,talk_from,talk_until,has_recording,kind}' then
    perform private.raise_invalid('filter', 'unknown', 'This filter is unknown.');
  end if;
  parts := array(select x from private.call_text_part(account, filter ->> 'text', is_visible) x) || array(select x from private.call_column_parts(account, filter) x)
    || array(select x from private.call_people_parts(account, filter, is_visible) x) || array(select x from private.call_state_part(account, filter) x)
    || array(select x from private.days_part(account, filter) x);
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
