-- When somebody may be called: the one place where every window is judged.

-- From one local time to another, which is on the next day when it is not later.
create function private.local_span(day date, opens_at time, closes_at time) returns tsrange
language plpgsql immutable set search_path = ''
as $$
begin
  return tsrange(day + opens_at, day + closes_at + case when closes_at <= opens_at then interval '1 day' else interval '0' end);
end $$;

-- The local days on which nobody in the region is called, from first to last: blackout days, and public holidays where the
-- account observes them or a rule forbids them.
create function private.closed_days(campaign public.campaigns, region text, regions text[], first_day date, last_day date) returns tsmultirange
language plpgsql stable set search_path = ''
as $$
declare
  observes boolean := (select a.observes_holidays from public.account_rules a where a.account_id = campaign.account_id);
begin
  return (select coalesce(range_agg(tsrange(c.day, c.day + 1)), '{}') from (
    select b.day from public.blackout_dates b
    where b.account_id = campaign.account_id and (b.campaign_id is null or b.campaign_id = campaign.id) and b.day between first_day and last_day
    union
    select h.day from public.holidays h
    where h.day between first_day and last_day and h.region = any(regions)
      and (observes or exists (select from private.rules_in_force('holidays', closed_days.region, h.day)))) c);
end $$;

-- The local times that every hours rule of the region allows on its days; on a day on which a rule does not hold it allows all.
create function private.lawful_times(regions text[], first_day date, last_day date) returns tsmultirange
language plpgsql stable set search_path = ''
as $$
declare
  lawful tsmultirange := tsmultirange(tsrange(null, null));
  rule record;
begin
  for rule in
    select r.id, r.effective_from, coalesce(r.effective_until, 'infinity') as effective_until
    from public.rules r join public.rule_packs p on p.id = r.pack_id
    where r.kind = 'hours' and r.is_on and p.is_on and p.regions && lawful_times.regions
  loop
    lawful := lawful * (select coalesce(range_agg(case when d.day < rule.effective_from or d.day >= rule.effective_until then tsrange(d.day, d.day + 1)
        when h.rule_id is not null then tsrange(d.day + h.opens_at, d.day + h.closes_at) end), '{}')
      from generate_series(0, last_day - first_day) n (step)
      cross join lateral (select lawful_times.first_day + n.step as day) d
      left join public.rule_hours h on h.rule_id = rule.id and h.weekday = extract(isodow from d.day));
  end loop;
  return lawful;
end $$;

-- The local times in which a campaign may call people of a region, from the first day's midnight to the last day's: its own
-- windows, within the account's hours, within the law, without closed days. Local time knows no daylight saving, so spans
-- that meet at midnight stay whole.
create function private.open_times(campaign public.campaigns, region text, first_day date, last_day date) returns tsmultirange
language plpgsql stable set search_path = ''
as $$
declare
  -- A window that began the evening before reaches into the first day.
  before date := open_times.first_day - 1;
  own tsmultirange;
  hours tsmultirange;
  regions text[] := private.region_chain(open_times.region);
begin
  select range_agg(private.local_span(d.day, w.opens_at, w.closes_at)) into own
  from generate_series(0, last_day - before) n (step)
  cross join lateral (select before + n.step as day) d
  join public.campaign_windows w on w.campaign_id = campaign.id and w.weekday = extract(isodow from d.day);
  if own is null then
    return '{}';
  end if;
  if exists (select from public.account_hours w where w.account_id = campaign.account_id) then
    select range_agg(private.local_span(d.day, w.opens_at, w.closes_at)) into hours
    from generate_series(0, last_day - before) n (step)
    cross join lateral (select before + n.step as day) d
    join public.account_hours w on w.account_id = campaign.account_id and w.weekday = extract(isodow from d.day);
    own := own * coalesce(hours, '{}');
  end if;
  return (own * private.lawful_times(regions, first_day, last_day) - private.closed_days(campaign, open_times.region, regions, first_day, last_day))
    * tsmultirange(tsrange(first_day, last_day + 1));
end $$;

-- The instant at which a local time that ends something is reached: the earlier one where daylight saving repeats the hour,
-- and an hour before the change where it skips it. Postgres itself answers the later one, which is what an opening takes.
create function private.closing_instant(local timestamp, zone text) returns timestamptz
language plpgsql stable set search_path = ''
as $$
declare
  later timestamptz := local at time zone zone;
  reading timestamp := later at time zone zone;
  before timestamptz := later - interval '4 hours';
  earlier timestamptz;
begin
  if reading <> local then
    return later - (reading - local);
  end if;
  -- Were there a change in these four hours, counting on from before it leads to the first of the two.
  earlier := before + (local - (before at time zone zone));
  return case when earlier < later and earlier at time zone zone = local then earlier else later end;
end $$;

-- Local spans as instants, the strict way: never open while the local clock stands outside a span. A span that daylight
-- saving turns around (it lies within the repeated hour) is left out.
create function private.instants(times tsmultirange, zone text) returns tstzmultirange
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(range_agg(tstzrange(s.opens, s.closes)), '{}')
    from (select lower(t) at time zone zone as opens, private.closing_instant(upper(t), zone) as closes from unnest(times) t) s
    where s.opens < s.closes);
end $$;

-- When a campaign may call this zone and region: open_until while it is open at that instant, else next_open; neither when
-- nothing opens within a year. Looks as far ahead as it must: two days, nine, a year.
create function private.opening_at(campaign_id uuid, zone text, region text, at timestamptz, out open_until timestamptz, out next_open timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  campaign public.campaigns := (select k from public.campaigns k where k.id = opening_at.campaign_id);
  today date := (greatest(opening_at.at, campaign.starts_at) at time zone zone)::date;
  days_ahead int;
  open_spans tstzmultirange;
begin
  if campaign.ends_at <= opening_at.at then
    return;
  end if;
  foreach days_ahead in array '{1,8,370}'::int[] loop
    open_spans := private.instants(private.open_times(campaign, opening_at.region, today - 1, today + days_ahead), zone)
      * tstzmultirange(tstzrange(campaign.starts_at, campaign.ends_at));
    open_until := (select upper(s) from unnest(open_spans) s where s @> opening_at.at);
    next_open := case when open_until is null then (select min(lower(s)) from unnest(open_spans) s where lower(s) > opening_at.at) end;
    exit when open_until is not null or next_open is not null;
  end loop;
end $$;

-- What the claim and begin_dial ask, anew for every dial: open_until while it is open, else next_open. open_until looks two days
-- ahead at most (ask again then); with nothing open for a year next_open is a day later, when somebody may have changed something.
create function private.window_at(campaign_id uuid, zone text, region text, at timestamptz, out open_until timestamptz, out next_open timestamptz)
language plpgsql stable set search_path = ''
as $$
begin
  select o.open_until, coalesce(o.next_open, case when o.open_until is null then window_at.at + interval '1 day' end) into open_until, next_open
  from private.opening_at(window_at.campaign_id, window_at.zone, window_at.region, window_at.at) o;
end $$;

-- When a contact with a wish of its own may be called, from the first local day to the last.
create function private.wish_times(contact public.contacts, first_day date, last_day date) returns tstzmultirange
language plpgsql stable set search_path = ''
as $$
begin
  return (select private.instants(range_agg(private.local_span(d.day, coalesce(contact.calls_from, '00:00'), coalesce(contact.calls_until, '24:00'))), contact.time_zone)
    from generate_series(0, last_day - first_day) n (step)
    cross join lateral (select wish_times.first_day + n.step as day) d
    where contact.call_days is null or extract(isodow from d.day) = any(contact.call_days));
end $$;

-- The same as window_at for a contact's own wish; without one it is open for ever. No zone: never open, and no time to look again.
create function private.contact_window(contact public.contacts, at timestamptz, out open_until timestamptz, out next_open timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  today date := (contact_window.at at time zone contact.time_zone)::date;
  open_spans tstzmultirange;
begin
  if contact.time_zone is null then
    return;
  elsif contact.calls_from is null and contact.call_days is null then
    open_until := 'infinity';
    return;
  end if;
  open_spans := private.wish_times(contact, today - 2, today + 8);
  open_until := (select upper(s) from unnest(open_spans) s where s @> contact_window.at);
  if open_until is null then
    next_open := coalesce((select min(lower(s)) from unnest(open_spans) s where lower(s) > contact_window.at), contact_window.at + interval '1 day');
  end if;
end $$;

-- The part of the day a local time lies in: 0 morning, 1 afternoon, 2 evening.
create function private.day_part(local timestamp) returns smallint
language sql immutable set search_path = ''
return case when extract(hour from day_part.local) < 12 then 0 when extract(hour from day_part.local) < 17 then 1 else 2 end;

-- The first instant from then on at which the campaign may call this zone and region, and the contact (if given) wishes it.
-- With nothing open for a year, a day later.
create function private.first_open(campaign_id uuid, zone text, region text, earliest timestamptz, contact public.contacts) returns timestamptz
language plpgsql stable set search_path = ''
as $$
declare
  moment timestamptz := earliest;
  opening record;
  wish record;
begin
  -- Each step goes on to the next opening of one of the two; thirty are more than a month of windows that never meet.
  for step in 1..30 loop
    opening := private.opening_at(first_open.campaign_id, zone, first_open.region, moment);
    if opening.open_until is null and opening.next_open is null then
      return moment + interval '1 day';
    end if;
    moment := coalesce(opening.next_open, moment);
    exit when contact is null;
    wish := private.contact_window(contact, moment);
    exit when wish.open_until is not null or wish.next_open is null;
    moment := wish.next_open;
  end loop;
  return moment;
end $$;

-- When to dial next, from `earliest` on: the first open instant, in another part of the contact's day than avoid_part when
-- there is one within two days of it. With a contact its own wish holds too. Asked by retries, callbacks and the explanation;
-- begin_dial judges again, so an answer that comes too early (nothing is open for a year) dials nobody.
create function private.next_dial_at(campaign_id uuid, zone text, region text, earliest timestamptz,
  avoid_part smallint default null, contact public.contacts default null) returns timestamptz
language plpgsql stable set search_path = ''
as $$
declare
  plain timestamptz := private.first_open(next_dial_at.campaign_id, zone, next_dial_at.region, earliest, contact);
  candidate timestamptz := plain;
  local timestamp;
begin
  while avoid_part is not null and candidate <= plain + interval '2 days' loop
    local := candidate at time zone zone;
    if private.day_part(local) <> avoid_part then
      return candidate;
    end if;
    -- On to where this part of the day ends.
    candidate := private.first_open(next_dial_at.campaign_id, zone, next_dial_at.region,
      (date_trunc('day', local) + case avoid_part when 0 then interval '12 hours' when 1 then interval '17 hours' else interval '1 day' end) at time zone zone,
      contact);
  end loop;
  return plain;
end $$;

-- How often one number may be called: the fewest calls of any rule in the longest period of any, so that each holds; the gap
-- between two calls is the account's.
create function private.frequency_rule(account_id uuid, region text, at timestamptz, out max_calls int, out per_hours int, out minimum_gap interval)
language plpgsql stable set search_path = ''
as $$
begin
  select least(a.frequency_cap, min((r.value ->> 'max_calls')::int)), greatest(a.frequency_hours, max((r.value ->> 'per_hours')::int)),
    make_interval(secs => a.minimum_gap_seconds) into max_calls, per_hours, minimum_gap
  from public.account_rules a
  left join private.rules_in_force('frequency', frequency_rule.region, (frequency_rule.at at time zone 'UTC')::date) r on true
  where a.account_id = frequency_rule.account_id
  group by a.account_id;
end $$;
