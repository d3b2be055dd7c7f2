-- Every movement of seconds, what running calls hold, and what was spent by day.

-- The first version that is not older than a moment. Versions have no gap and come in the order of time, so that a search by halves
-- finds it with a few looks at the ledger's own key: no index by time has to be kept with every posting.
create function private.ledger_version_at(account_id uuid, moment timestamptz) returns bigint
language plpgsql stable set search_path = ''
as $$
declare
  low bigint := 1;
  high bigint := (select a.ledger_version + 1 from engine.accounts a where a.account_id = ledger_version_at.account_id);
begin
  while low < high loop
    if (select l.created_at < ledger_version_at.moment from public.ledger_entries l
      where l.account_id = ledger_version_at.account_id and l.account_version = (low + high) / 2) then
      low := (low + high) / 2 + 1;
    else
      high := (low + high) / 2;
    end if;
  end loop;
  return low;
end $$;

create function private.ledger_row(entry public.ledger_entries) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('id', entry.id, 'account_version', entry.account_version, 'kind', entry.kind, 'delta_seconds', entry.delta_seconds,
    'balance_after', entry.balance_after, 'price_micros', case when entry.kind = 'consume' then -entry.value_micros end, 'call_id', entry.call_id,
    'order_id', entry.order_id, 'campaign_name', k.name, 'note', coalesce(entry.note, case when c.kind = 'test' then 'Test call' end), 'created_at', entry.created_at)
  from (select) one
  left join public.calls c on c.id = entry.call_id
  left join public.campaigns k on k.id = c.campaign_id);
end $$;

-- Postings of a period, the newest first; the days are the account's own, both included, and null is open.
create function private.list_ledger(account_id uuid, from_day date, to_day date, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- As far as a thousand: exports read a whole year.
  size int := least(greatest(coalesce(page_size, 20), 1), 1000);
  zone text;
  first_version bigint := 1;
  end_version bigint := 9223372036854775807;
  rows jsonb;
begin
  -- Definer, as all reads of pages; it answers only what the table's own policy shows.
  perform private.require_permission(list_ledger.account_id, 'billing.read');
  zone := (select a.time_zone from public.accounts a where a.id = list_ledger.account_id);
  if from_day is not null then
    first_version := private.ledger_version_at(list_ledger.account_id, from_day::timestamp at time zone zone);
  end if;
  if to_day is not null then
    end_version := private.ledger_version_at(list_ledger.account_id, (to_day + 1)::timestamp at time zone zone);
  end if;
  with page as (
    select l from public.ledger_entries l
    where l.account_id = list_ledger.account_id and l.account_version >= first_version
      and l.account_version < coalesce(("cursor" ->> 'account_version')::bigint, end_version)
    order by l.account_version desc limit size + 1
  )
  select coalesce(jsonb_agg(private.ledger_row(p.l) order by (p.l).account_version desc), '[]') into rows from page p;
  return private.page_of(rows, size, '{account_version}');
end $$;
grant execute on function private.list_ledger(uuid, date, date, jsonb, int) to authenticated;
create function public.list_ledger(account_id uuid, from_day date default null, to_day date default null, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_ledger(list_ledger.account_id, list_ledger.from_day, list_ledger.to_day, list_ledger."cursor", list_ledger.page_size);
grant execute on function public.list_ledger(uuid, date, date, jsonb, int) to authenticated;

-- Calls that hold seconds now, the newest first; at most a hundred.
create function private.list_reservations(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  is_visible boolean;
begin
  -- Definer: what a call holds is not granted to browsers by row. Names are masked for whoever may not see personal values.
  perform private.require_permission(list_reservations.account_id, 'billing.read');
  is_visible := private.sees_personal(list_reservations.account_id);
  return (select coalesce(jsonb_agg(jsonb_build_object('call_id', h.id, 'campaign_name', k.name, 'contact_name', private.masked(coalesce(p.name, ''), is_visible),
      'state', h.state, 'reserved_seconds', h.reserved_seconds, 'created_at', h.created_at) order by h.created_at desc, h.id), '[]')
    from (select c.* from public.calls c where c.account_id = list_reservations.account_id and c.settled_at is null and c.reserved_seconds > 0
      order by c.created_at desc, c.id limit 100) h
    left join public.campaigns k on k.id = h.campaign_id
    left join public.contacts p on p.id = h.contact_id);
end $$;
grant execute on function private.list_reservations(uuid) to authenticated;
create function public.list_reservations(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_reservations(list_reservations.account_id);
grant execute on function public.list_reservations(uuid) to authenticated;

create function private.spend_totals(account_id uuid, from_day date, to_day date) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('billed_seconds', coalesce(sum(s.billed_seconds), 0), 'price_micros', coalesce(sum(s.price_micros), 0),
    'calls_count', coalesce(sum(s.calls_count), 0))
  from public.daily_stats s where s.account_id = spend_totals.account_id and s.day between spend_totals.from_day and spend_totals.to_day
$$;

-- What calls took, by days of the account's calendar that had any, and in as many days before; at most 366 days.
create function private.spend_per_day(account_id uuid, from_day date, to_day date) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  length int := to_day - from_day + 1;
begin
  -- Definer, as all reads of pages.
  perform private.require_permission(spend_per_day.account_id, 'billing.read');
  if length is null or length not between 1 and 366 then
    perform private.raise_invalid('to_day', 'range', 'Choose a period of up to 366 days.');
  end if;
  return jsonb_build_object('totals', private.spend_totals(spend_per_day.account_id, from_day, to_day),
    'previous', private.spend_totals(spend_per_day.account_id, from_day - length, from_day - 1),
    'days', (select coalesce(jsonb_agg(d order by d.day), '[]') from (
      select s.day, sum(s.billed_seconds) as billed_seconds, sum(s.price_micros) as price_micros, sum(s.calls_count) as calls_count
      from public.daily_stats s
      where s.account_id = spend_per_day.account_id and s.day between spend_per_day.from_day and spend_per_day.to_day group by s.day) d));
end $$;
grant execute on function private.spend_per_day(uuid, date, date) to authenticated;
create function public.spend_per_day(account_id uuid, from_day date, to_day date) returns jsonb
language sql stable set search_path = ''
return private.spend_per_day(spend_per_day.account_id, spend_per_day.from_day, spend_per_day.to_day);
grant execute on function public.spend_per_day(uuid, date, date) to authenticated;
