-- The parts of a filter of calls, each as text for the query that find_calls makes of them, as for contacts (contact_filter): the values
-- decide which index is read.

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

-- An hour of a day, by the account's clock or by the contact's, and the contact's day of the week, as the statistics keep them.
create function private.clock_part(account_id uuid, filter jsonb) returns setof private.call_part
language plpgsql stable set search_path = ''
as $$
declare
  accounts text := format('coalesce(c.account_dialled_at, coalesce(c.dialled_at, c.created_at) at time zone %L)', (select a.time_zone from public.accounts a where a.id = clock_part.account_id));
  option record;
begin
  for option in select * from (values ('hour', 'hour', accounts, 0, 23), ('contact_hour', 'hour', format('coalesce(c.local_dialled_at, %s)', accounts), 0, 23),
      ('contact_weekday', 'isodow', format('coalesce(c.local_dialled_at, %s)', accounts), 1, 7)) o (name, field, clock, lowest, highest)
    where jsonb_typeof(filter -> o.name) is distinct from 'null' and filter ? o.name loop
    if jsonb_typeof(filter -> option.name) <> 'number' or (filter ->> option.name)::numeric not between option.lowest and option.highest then
      perform private.raise_invalid(option.name, 'unknown', 'No clock shows this hour or day.');
    end if;
    return next row(format('extract(%s from %s) = %s', option.field, option.clock, (filter ->> option.name)::numeric::int), null, null, null, null, null, false)::private.call_part;
  end loop;
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
  for option in select * from (values ('campaign_id', 'campaign_id'), ('contact_id', 'contact_id'), ('disposition_by', 'disposition_by')) o (field, name) where filter ->> o.field is not null loop
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
