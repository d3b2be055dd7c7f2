-- From a filter to contacts: one way for the table, bulk commands, audiences, campaigns and export. Built as text, because each
-- filter has an index of its own and the values decide which: what fits few contacts is looked up and sorted, what fits many is
-- read in the order of the page until the page is full. Every condition is asked row by row ("offset 0" keeps the planner from
-- turning it into a join of everything with everything).

-- One part of a filter. condition: on a contact p. source, id and restriction: a table in which it can be looked up the other
-- way round, its column with the contact, and what to look for; null where it cannot. is_ordered: an index gives the contacts in
-- the order of their ids.
create type private.filter_part as (condition text, source text, id text, restriction text, is_ordered boolean);

-- A filter made ready. source, id and restriction: of the part that fits fewest. is_small: so few that they can be looked up and
-- sorted. only: there is no other part.
create type private.contact_search as (account_id uuid, conditions text, source text, id text, restriction text, is_small boolean, is_ordered boolean, parts int);

-- What people without the right to personal values find somebody by: looking for names, numbers and addresses that they see masked would tell
-- them piece by piece.
create function private.open_words(contact public.contacts) returns text
language sql immutable set search_path = ''
return lower(concat(' ', contact.company, ' '));

-- Words of a text, each as a LIKE pattern; a number in any notation is one. One or two letters are looked up where words begin,
-- because no index knows them elsewhere.
create function private.contact_patterns(value text) returns text[]
language sql stable set search_path = ''
return case when private.searched_digits(value) is not null then array[private.search_pattern(value)]
  else array(select case when char_length(w) < 3 then overlay(private.search_pattern(w) placing '% ' from 1 for 1) else private.search_pattern(w) end
    from regexp_split_to_table(btrim(lower(value)), '\s+') w where w <> '') end;

create function private.active_campaign_ids(account_id uuid) returns uuid[]
language sql stable set search_path = ''
return array(select k.id from public.campaigns k where k.account_id = active_campaign_ids.account_id and k.status = 'active');

-- The derived status as one expression on a contact p; private.contact_status is the same for a single one.
create function private.status_expression(account_id uuid) returns text
language sql stable set search_path = ''
return format($sql$case when exists (select from public.do_not_call n where n.account_id = p.account_id and n.phone = p.phone) then 'opted_out'
  else (select case
    when bool_or(e.status = 'calling') then 'calling' when bool_or(e.status = 'waiting' and e.campaign_id = any(%1$L::uuid[])) then 'queued'
    when exists (select from public.calls c where c.contact_id = p.id and c.disposition = 'interested') then 'success'
    when bool_or(e.status = 'reached') then 'called'
    when bool_or(e.status = 'exhausted' or e.status = 'blocked' and e.reason = 'invalid_number') then 'failed' else 'new' end
  from public.enrolments e where e.contact_id = p.id) end$sql$, private.active_campaign_ids(status_expression.account_id));

-- Where the contacts of a status are found; several statuses are read one after the other. Nobody who is new is in any table.
create function private.status_source(account_id uuid, statuses text[]) returns text
language sql stable set search_path = ''
as $$
  select case when not 'new' = any(statuses) then '(' || string_agg(s.query, ' union all ') || ')' end
  from (values
    ('opted_out', format('select q.id as contact_id from public.do_not_call n join public.contacts q on q.account_id = n.account_id and q.phone = n.phone where n.account_id = %L', account_id)),
    ('calling', format('select e.contact_id from public.enrolments e where e.account_id = %L and e.status = ''calling''', account_id)),
    ('queued', format('select e.contact_id from public.enrolments e where e.account_id = %L and e.status = ''waiting'' and e.campaign_id = any(%L::uuid[])', account_id,
      private.active_campaign_ids(account_id))),
    ('success', format('select c.contact_id from public.calls c where c.account_id = %L and c.disposition = ''interested'' and c.contact_id is not null', account_id)),
    ('called', format('select e.contact_id from public.enrolments e where e.account_id = %L and e.status = ''reached''', account_id)),
    ('failed', format('select e.contact_id from public.enrolments e where e.account_id = %1$L and e.status = ''exhausted''
      union all select e.contact_id from public.enrolments e where e.account_id = %1$L and e.status = ''blocked'' and e.reason = ''invalid_number''', account_id))
  ) s (status, query)
  where s.status = any(statuses)
$$;

-- The first id of an instant, or of a day of the account ("2026-03-01"): ids are in the order of time. Of no day the first or last of all.
create function private.first_id(value text, zone text, and_days int) returns uuid
language plpgsql stable set search_path = ''
as $$
declare
  at timestamptz := coalesce(private.chosen_instant(value || 'T00:00', zone) + make_interval(days => and_days), private.chosen_instant(value, zone));
begin
  if value is null then
    return case when and_days = 0 then '00000000-0000-0000-0000-000000000000' else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end::uuid;
  elsif at is null then
    perform private.raise_invalid('added', 'shape', 'Choose a day.');
  end if;
  return rpad(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7', 32, '0')::uuid;
end $$;

-- What the columns of a contact answer: words, zone, consent, file, days.
create function private.column_parts(account_id uuid, filter jsonb, is_visible boolean) returns setof private.filter_part
language plpgsql stable set search_path = ''
as $$
declare
  patterns text[] := private.contact_patterns(filter ->> 'text');
  zone text := (select a.time_zone from public.accounts a where a.id = column_parts.account_id);
  own text := format('q.account_id = %L and ', column_parts.account_id);
  days text;
begin
  if cardinality(patterns) > 0 then
    -- Searching names, numbers and addresses one may not see would tell them piece by piece: the company is left.
    return next row((select string_agg(format('p.search_text like %L', x) || case when is_visible then ''
        else format(' and private.open_words(p) like %L', x) end, ' and ') from unnest(patterns) x),
      'public.contacts q', 'q.id', own || (select string_agg(format('q.search_text like %L', x), ' and ') from unnest(patterns) x), false)::private.filter_part;
  end if;
  if filter ->> 'time_zone' is not null then
    return next case when filter ->> 'time_zone' = 'unknown' then row('p.time_zone is null', 'public.contacts q', 'q.id', own || 'q.time_zone is null', true)::private.filter_part
      else row(format('p.time_zone = %L', filter ->> 'time_zone'), 'public.contacts q', 'q.id', own || format('q.time_zone = %L', filter ->> 'time_zone'), true)::private.filter_part end;
  end if;
  if jsonb_typeof(filter -> 'has_consent') = 'boolean' then
    return next row(format('p.has_consent = %L', filter ->> 'has_consent'), 'public.contacts q', 'q.id', own || format('q.has_consent = %L', filter ->> 'has_consent'), true)::private.filter_part;
  end if;
  if filter ->> 'import_id' is not null then
    -- Everybody whom the file let in: those it created, and those who were there before.
    return next row(format('p.import_id = %1$L or p.id in (select unnest(k.known_ids) from public.import_chunks k where k.import_id = %1$L)', private.as_uuid(filter ->> 'import_id')),
      format('(select q.id as contact_id from public.contacts q where q.import_id = %1$L union all select unnest(k.known_ids) from public.import_chunks k where k.import_id = %1$L) x',
        private.as_uuid(filter ->> 'import_id')), 'x.contact_id', 'true', true)::private.filter_part;
  end if;
  if coalesce(filter ->> 'added_from', filter ->> 'added_until') is not null then
    days := concat_ws(' and ', format('%%1$s >= %L', private.first_id(filter ->> 'added_from', zone, 0)), format('%%1$s < %L', private.first_id(filter ->> 'added_until', zone, 1)));
    return next row(format(days, 'p.id'), 'public.contacts q', 'q.id', own || format(days, 'q.id'), true)::private.filter_part;
  end if;
end $$;

-- What other tables answer: tags, lists, campaigns, outcomes, the status. An audience brings the parts of its own filter.
create function private.group_parts(account_id uuid, filter jsonb, is_visible boolean) returns setof private.filter_part
language plpgsql stable set search_path = ''
as $$
declare
  tag_ids uuid[] := private.uuids_of(filter -> 'tag_ids');
  outcomes text[] := private.texts_of(filter -> 'outcomes', enum_range(null::public.call_outcome)::text[], 'outcomes');
  statuses text[] := private.texts_of(filter -> 'statuses', '{new,queued,calling,called,success,failed,opted_out}', 'statuses');
  campaign text := format('x.campaign_id = %L', private.as_uuid(filter ->> 'campaign_id'));
  ended text := format('x.outcome = any(%L)', outcomes);
  list public.contact_lists;
begin
  if cardinality(tag_ids) > 0 then
    return next private.table_part('contact_tags', format('x.tag_id = any(%L)', tag_ids), cardinality(tag_ids) = 1);
  end if;
  if filter ->> 'list_id' is not null then
    select * into list from public.contact_lists l where l.id = private.as_uuid(group_parts.filter ->> 'list_id') and l.account_id = group_parts.account_id;
    if list.id is null then
      perform private.raise_error('not_found', 'This list does not exist, or it belongs to another account.');
    elsif list.kind = 'audience' then
      return query select * from private.filter_parts(group_parts.account_id, list.filter, is_visible);
    else
      return next private.table_part('contact_list_members', format('x.list_id = %L', list.id), true);
    end if;
  end if;
  if filter ->> 'campaign_id' is not null then
    return next private.table_part('enrolments', campaign || case when cardinality(outcomes) > 0 then ' and ' || ended else '' end, true);
  elsif cardinality(outcomes) > 0 then
    return next private.table_part('enrolments', format('x.account_id = %L and ', group_parts.account_id) || ended, cardinality(outcomes) = 1);
  end if;
  if cardinality(statuses) > 0 then
    return next row(private.status_expression(group_parts.account_id) || format(' = any(%L)', statuses),
      private.status_source(group_parts.account_id, statuses) || ' x', 'x.contact_id', 'true', cardinality(statuses) = 1 and statuses <@ '{calling,queued,called}')::private.filter_part;
  end if;
end $$;

create function private.table_part(name text, restriction text, is_ordered boolean) returns private.filter_part
language sql immutable set search_path = ''
return row(format('exists (select from public.%I x where x.contact_id = p.id and %s offset 0)', name, restriction), format('public.%I x', name),
  'x.contact_id', restriction, is_ordered)::private.filter_part;

create function private.uuids_of(list jsonb) returns uuid[]
language sql immutable set search_path = ''
return array(select coalesce(private.as_uuid(x), '00000000-0000-0000-0000-000000000000')
  from jsonb_array_elements_text(case when jsonb_typeof(list) = 'array' then list else '[]' end) x);

-- The chosen of a closed list of words; another word is a mistake of the caller.
create function private.texts_of(list jsonb, known text[], field text) returns text[]
language plpgsql immutable set search_path = ''
as $$
declare
  chosen text[] := array(select x from jsonb_array_elements_text(case when jsonb_typeof(list) = 'array' then list else '[]' end) x);
begin
  if not chosen <@ known then
    perform private.raise_invalid(field, 'unknown', 'This filter is unknown.');
  end if;
  return chosen;
end $$;

create function private.filter_parts(account_id uuid, filter jsonb, is_visible boolean) returns setof private.filter_part
language sql stable set search_path = ''
as $$
  select * from private.column_parts(filter_parts.account_id, filter, is_visible)
  union all select * from private.group_parts(filter_parts.account_id, filter, is_visible)
$$;

-- How many contacts a part fits, counted no further than to twenty thousand and one. Asked by an index alone, whatever the planner
-- thinks of it: a table of which many rows were just written has no statistics.
create function private.count_part(part private.filter_part) returns int
language plpgsql stable set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  counted int;
begin
  execute format('select count(*) from (select from %s where %s limit 20001) counted', part.source, part.restriction) into counted;
  return counted;
end $$;

-- Do so many of an account's newest contacts have these words that the rest need not be counted? Then reading contacts in the order
-- of the page finds some at once.
create function private.is_common(account_id uuid, part private.filter_part) returns boolean
language plpgsql stable set search_path = '' set jit = off
as $$
declare
  share numeric;
begin
  execute format('select avg(case when %s then 1 else 0 end) from (select * from public.contacts o where o.account_id = %L order by o.id desc limit 1000) p',
    part.condition, is_common.account_id) into share;
  return coalesce(share, 0) > 0.03;
end $$;

-- Makes a filter ready for somebody: campaign_ids are the campaigns whose contacts an agent sees, null for who sees all. People whose
-- number was corrected are in no list any more: the corrected half goes on for them.
create function private.prepare_search(filter jsonb, campaign_ids uuid[], is_visible boolean) returns private.contact_search
language plpgsql stable set search_path = ''
as $$
declare
  account uuid := private.as_uuid(filter ->> 'account_id');
  parts private.filter_part[] := array(select x from private.filter_parts(account, filter, is_visible) x);
  part private.filter_part;
  n int;
  fewest int;
  search private.contact_search;
begin
  -- A filter that is misspelt must not fit everybody.
  if not array(select jsonb_object_keys(filter)) <@ '{account_id,text,statuses,tag_ids,list_id,campaign_id,outcomes,added_from,added_until,has_consent,time_zone,import_id,sort}' then
    perform private.raise_invalid('filter', 'unknown', 'This filter is unknown.');
  end if;
  if campaign_ids is not null then
    parts := parts || private.table_part('enrolments', format('x.campaign_id = any(%L)', campaign_ids), cardinality(campaign_ids) = 1);
  end if;
  search.account_id := account;
  search.parts := cardinality(parts);
  -- The account itself, in case there are not many in it at all.
  parts := parts || row(null, 'public.contacts q', 'q.id', format('q.account_id = %L', account), true)::private.filter_part;
  search.conditions := concat_ws(' and ', format('p.account_id = %L and p.replaced_by is null and p.erased_at is null', account),
    (select string_agg('(' || x.condition || ')', ' and ') from unnest(parts) x where x.condition is not null));
  foreach part in array parts loop
    continue when part.source is null or coalesce(part.condition, '') like 'p.search_text%' and private.is_common(account, part);
    n := private.count_part(part);
    if fewest is null or n < fewest or n = fewest and part.is_ordered and not search.is_ordered then
      fewest := n;
      search.source := part.source;
      search.id := part.id;
      search.restriction := part.restriction;
      search.is_ordered := part.is_ordered;
    end if;
  end loop;
  search.is_small := fewest <= 5000;
  return search;
end $$;
