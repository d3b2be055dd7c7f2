-- What a forecast of a campaign is made from: counts, calling times, limits and history. The forecast itself is a model in
-- business/services/campaigns; it decides nothing, and nothing here is asked by the engine.

-- People of one zone, region and wish who wait for the same attempt at the same time. wisher_id: one contact of those with a wish
-- of their own, which is the same for all of them. due_at null: since before now. reason: why it is due later.
create type private.forecast_row as (time_zone text, region text, wisher_id uuid, rank int, attempt_no int, due_at timestamptz, reason text, people int);

-- When people of a zone, region and wish may be called; is_lane_open: whether their own wish alone stands in the way at the beginning.
create type private.forecast_lane as (time_zone text, region text, wisher_id uuid, spans tstzmultirange, is_lane_open boolean);

-- Who waits in a campaign, counted by sets: two people who differ in nothing that a forecast asks are one row. Times lie in steps of
-- a quarter of an hour, the later end. Rank −1: in a call at this moment.
create function private.forecast_rows(campaign public.campaigns, moment timestamptz) returns setof private.forecast_row
language plpgsql stable set search_path = ''
as $$
begin
  return query
  with wishers as materialized (
    select e.id as enrolment_id, first_value(p.id) over (partition by p.time_zone collate "C", p.calls_from, p.calls_until, p.call_days order by p.id) as wisher_id
    from public.contacts p join public.enrolments e on e.contact_id = p.id and e.campaign_id = campaign.id
    where p.account_id = campaign.account_id and (p.calls_from is not null or p.call_days is not null)
  ), capped as materialized (
    select f.phone, f.regions, f.frees_at from private.forecast_capped(campaign, moment) f
  ), waiting as (
    select q.lane_id, w.wisher_id, q.rank, q.attempt_no,
      case when greatest(q.due_at, k.frees_at) > moment then date_bin('15 minutes', greatest(q.due_at, k.frees_at) + interval '899 seconds', 'epoch') end as due_at,
      case when k.frees_at > q.due_at then 'frequency_cap'::public.wait_reason else q.wait_reason end as wait_reason, count(*)::int as people
    from engine.lanes l
    join engine.dial_queue q on q.lane_id = l.id
    left join wishers w on w.enrolment_id = q.enrolment_id
    left join capped k on k.phone = q.phone and l.region = any(k.regions)
    where l.campaign_id = campaign.id
    group by 1, 2, 3, 4, 5, 6
  )
  select l.time_zone, l.region, g.wisher_id, g.rank::int, g.attempt_no, g.due_at,
    case when g.due_at is null then null when g.wait_reason is not null then g.wait_reason::text when g.rank = 0 then 'callback' else 'retry' end, g.people
  from waiting g join engine.lanes l on l.id = g.lane_id
  union all
  select p.time_zone, p.region, null, -1, e.attempts + 1, null, null, count(*)::int
  from public.enrolments e join public.contacts p on p.id = e.contact_id
  where e.campaign_id = campaign.id and e.status = 'calling' and p.time_zone is not null
  group by 1, 2, 5;
end $$;

-- Numbers that wait although they are due, because they were called too often or a moment ago, in the regions of the campaign.
create function private.forecast_capped(campaign public.campaigns, moment timestamptz) returns table (phone text, regions text[], frees_at timestamptz)
language plpgsql stable set search_path = ''
as $$
begin
  return query
  -- Most regions have the same rule.
  with asked as materialized (
    select f.max_calls, make_interval(hours => f.per_hours) as period, f.minimum_gap, array_agg(r.region) as regions
    from (select distinct l.region from engine.lanes l where l.campaign_id = campaign.id) r
    cross join lateral private.frequency_rule(campaign.account_id, r.region, moment) f
    group by 1, 2, 3
  ), recent as materialized (
    select c.phone, array_agg(c.dialled_at order by c.dialled_at desc) as dials, max(greatest(c.dialled_at, least(c.ended_at, c.settled_at), c.found_late_at)) as over_at
    from public.calls c
    where c.account_id = campaign.account_id and c.dialled_at is not null and (c.is_counted or c.found_late_at is not null)
      and c.created_at > moment - (select max(greatest(a.period, a.minimum_gap)) + interval '1 day' from asked a)
    group by c.phone
  )
  select r.phone, a.regions, x.frees_at
  from asked a cross join recent r
  cross join lateral (select greatest(r.dials[a.max_calls] + a.period, r.over_at + a.minimum_gap) as frees_at) x
  where x.frees_at > moment;
end $$;

-- The calling times of each zone, region and wish that waits, from today to the last day, each as one set of instants: worked out
-- once for a region, once more for its zones.
create function private.forecast_lanes(campaign public.campaigns, rows private.forecast_row[], moment timestamptz, last_day date)
returns setof private.forecast_lane
language plpgsql stable set search_path = ''
as $$
declare
  first_day date := (moment at time zone 'UTC')::date - 1;
  life tstzmultirange := tstzmultirange(tstzrange(greatest(moment, campaign.starts_at), greatest(moment, campaign.starts_at, campaign.ends_at)));
begin
  if campaign.ends_at is null then
    life := tstzmultirange(tstzrange(greatest(moment, campaign.starts_at), null));
  end if;
  return query
  with asked as materialized (
    select distinct r.time_zone, r.region, r.wisher_id from unnest(rows) r
  ), regions as materialized (
    select g.region, private.open_times(campaign, g.region, first_day, last_day) as times from (select distinct a.region from asked a) g
  ), lanes as materialized (
    select z.time_zone, z.region, private.instants(g.times, z.time_zone) * life as times
    from (select distinct a.time_zone, a.region from asked a) z join regions g on g.region = z.region
  )
  select a.time_zone, a.region, a.wisher_id,
    case when p.id is null then l.times else l.times * private.wish_times(p, first_day - 1, last_day) end, l.times @> moment
  from asked a
  join lanes l on l.time_zone = a.time_zone and l.region = a.region
  left join public.contacts p on p.id = a.wisher_id
  order by a.time_zone, a.region, a.wisher_id;
end $$;

-- Who is callable now, later and never, with reasons: what the model is given, added up for people. Now means that the window is
-- open and nothing of their own stands in the way, whatever the campaign's state. from_at: when the first of them may be called.
create function private.forecast_people(campaign public.campaigns, rows private.forecast_row[], lanes private.forecast_lane[], moment timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    with judged as (
      select r.people, r.rank, o.opens_at, o.opens_at = moment and r.due_at is null as is_now,
        case when o.opens_at is null then 'no_window' when r.due_at is not null then r.reason
          when l.wisher_id is not null and l.is_lane_open then 'wish' else 'window_closed' end as reason
      from unnest(rows) r
      join unnest(lanes) l on l.time_zone = r.time_zone and l.region = r.region and l.wisher_id is not distinct from r.wisher_id
      cross join lateral (select min(greatest(lower(s), r.due_at, moment)) as opens_at
        from unnest(l.spans) s where upper(s) > greatest(r.due_at, moment)) o
      where r.rank >= 0
    ), ended as (
      select e.status, e.reason, count(*)::int as people from public.enrolments e
      where e.campaign_id = campaign.id and e.status not in ('waiting', 'calling') group by 1, 2
    ), later as (
      select j.reason, sum(j.people) as people, min(j.opens_at) as from_at from judged j where not j.is_now and j.opens_at is not null group by 1
    ), never as (
      select coalesce(e.reason::text, 'do_not_call') as reason, sum(e.people) as people from ended e where e.status in ('blocked', 'opted_out') group by 1
      union all
      select j.reason, sum(j.people) from judged j where j.opens_at is null group by 1
    )
    select jsonb_build_object(
      'now', (select coalesce(sum(j.people) filter (where j.is_now), 0) from judged j),
      'calling', (select coalesce(sum(r.people), 0) from unnest(rows) r where r.rank < 0),
      'done', (select coalesce(sum(e.people), 0) from ended e where e.status in ('reached', 'exhausted')),
      'later', (select coalesce(jsonb_agg(jsonb_build_object('reason', x.reason, 'people', x.people, 'from_at', x.from_at) order by x.people desc, x.reason), '[]') from later x),
      'never', (select coalesce(jsonb_agg(jsonb_build_object('reason', x.reason, 'people', x.people) order by x.people desc, x.reason), '[]') from never x)));
end $$;

-- What became of the latest two thousand calls of a campaign, or of an account: how many of each outcome, and for each twenty
-- values, equally frequent, of how long the line was held and how long they talked. final_count: nobody tries those numbers again.
create function private.call_history(account_id uuid, campaign_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    with latest as (
      select c.outcome, c.failure_scope, c.talk_seconds, greatest(0, extract(epoch from coalesce(c.ended_at, c.settled_at) - c.dialled_at))::int as line_seconds
      from public.calls c
      where c.account_id = call_history.account_id and (call_history.campaign_id is null or c.campaign_id = call_history.campaign_id)
        and c.kind = 'campaign' and c.state = 'settled' and c.is_counted and c.outcome is not null and c.dialled_at is not null
      order by c.created_at desc, c.id desc limit 2000
    ), outcomes as (
      select l.outcome, count(*)::int as calls, count(*) filter (where l.failure_scope = 'number')::int as final_count,
        percentile_disc(t.points) within group (order by l.line_seconds) as line_seconds,
        percentile_disc(t.points) within group (order by l.talk_seconds) as talk_seconds
      from latest l cross join (select array_agg((n - 0.5) / 20) as points from generate_series(1, 20) n) t
      group by l.outcome, t.points
    )
    select jsonb_build_object('calls', coalesce(sum(o.calls), 0), 'outcomes', coalesce(jsonb_agg(jsonb_build_object('outcome', o.outcome, 'calls', o.calls,
      'final_count', o.final_count, 'line_seconds', o.line_seconds, 'talk_seconds', o.talk_seconds) order by o.outcome), '[]')) from outcomes o);
end $$;

-- What bounds the calls of a campaign: its own limits, the account's, the line's, and what is held by others at this moment.
create function private.forecast_limits(campaign public.campaigns, moment timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('campaign_slots', h.concurrency_max, 'account_slots', a.concurrency_max,
    'line_slots', greatest(0, p.concurrency_max - greatest(0, p.in_flight - a.in_flight)), 'calls_per_second', round(p.calls_per_second::numeric, 3),
    'held_until', p.hold_until,
    'campaign_day_calls', h.daily_cap, 'campaign_calls_today', case when h.day = (moment at time zone campaign.time_zone)::date then h.dialled_on_day else 0 end,
    'account_day_calls', a.daily_cap, 'account_calls_today', case when a.day = (moment at time zone k.time_zone)::date then a.dialled_on_day else 0 end,
    'budget_seconds', h.budget_seconds, 'used_seconds', h.used_seconds,
    -- what its own calls hold comes back to it
    'spendable_seconds', greatest(0, a.balance_seconds - a.reserved_seconds + h.reserved_seconds),
    'maximum_seconds', coalesce(v.maximum_seconds, h.maximum_seconds),
    'first_increment_seconds', a.first_increment_seconds, 'billing_increment_seconds', a.billing_increment_seconds,
    'max_attempts', campaign.max_attempts, 'weight', h.weight,
    'others', (select coalesce(jsonb_agg(jsonb_build_object('weight', o.weight, 'people', o.unfinished_count)), '[]') from engine.campaigns o
      where o.account_id = h.account_id and o.campaign_id <> h.campaign_id and o.is_active and o.unfinished_count > 0))
  from engine.campaigns h
  join engine.accounts a on a.account_id = h.account_id
  join public.accounts k on k.id = h.account_id
  left join engine.provider_lines p on p.id = a.provider_line_id
  left join public.assistant_versions v on v.id = coalesce(campaign.assistant_version_id, (private.current_version(campaign.assistant_id)).id)
  where h.campaign_id = campaign.id
$$;

-- What a minute costs: the average of the balance while it lasts, then the smallest pack on offer. Null for who may not see prices.
create function private.forecast_price(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('balance_micros', a.value_micros, 'balance_seconds', greatest(0, a.balance_seconds), 'currency', b.currency,
    'pack_micros_per_minute', (select round(k.price_cents * 600000.0 / k.seconds)::bigint from public.packs k
      where k.is_on and k.currency = b.currency order by k.price_cents, k.id limit 1))
  from engine.accounts a
  cross join lateral (select coalesce((select d.currency from public.billing_details d where d.account_id = a.account_id), 'usd') as currency) b
  where a.account_id = forecast_price.account_id and a.account_id = any(array(select private.account_ids('billing.read')))
$$;

-- The midnights of a zone from yesterday to the last day: what days and parts of a day begin at.
create function private.midnights(zone text, moment timestamptz, last_day date) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_agg(extract(epoch from d.day::timestamp at time zone midnights.zone)::bigint order by d.day)
  from generate_series((midnights.moment at time zone 'UTC')::date - 2, midnights.last_day, interval '1 day') d (day)
$$;

-- The lanes of a forecast as it is answered: calling times that are the same are told once, in seconds since 1970, opening and
-- closing in turn; a lane names them by their place.
create function private.forecast_shape(campaign public.campaigns, lanes private.forecast_lane[], moment timestamptz, last_day date) returns jsonb
language sql stable set search_path = ''
as $$
  with lanes as materialized (
    select l.n as place, l.time_zone, l.region, l.wisher_id is not null as wish, l.spans
    from unnest(forecast_shape.lanes) with ordinality l (time_zone, region, wisher_id, spans, is_lane_open, n)
  ), windows as materialized (
    select w.spans, row_number() over (order by w.spans) - 1 as place from (select distinct l.spans from lanes l) w
  )
  select jsonb_build_object(
    'lanes', coalesce((select jsonb_agg(jsonb_build_object('time_zone', l.time_zone, 'region', l.region, 'wish', l.wish, 'windows', w.place,
        'max_calls', f.max_calls, 'per_hours', f.per_hours, 'gap_seconds', extract(epoch from f.minimum_gap)::int) order by l.place)
      from lanes l join windows w on w.spans = l.spans cross join lateral private.frequency_rule(campaign.account_id, l.region, moment) f), '[]'),
    'windows', coalesce((select jsonb_agg((select coalesce(jsonb_agg(e.edge order by e.edge), '[]') from unnest(w.spans) s
        cross join lateral (values (extract(epoch from lower(s))::bigint), (extract(epoch from upper(s))::bigint)) e (edge)) order by w.place) from windows w), '[]'),
    'midnights', (select jsonb_object_agg(z.time_zone, private.midnights(z.time_zone, moment, last_day)) from (
      select l.time_zone from lanes l union select campaign.time_zone union select a.time_zone from public.accounts a where a.id = campaign.account_id) z))
$$;

-- Everything that a forecast and a rehearsal of a campaign are made from, for the next eight weeks from when it goes on (a scheduled
-- one: from its launch). Asked by the campaign page; counts only, nothing personal.
create function private.forecast_facts(campaign_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: queue, caps, balances and lines live in engine.
  campaign public.campaigns := private.require_campaign(forecast_facts.campaign_id, 'campaigns.read');
  moment timestamptz := private.now();
  begins_at timestamptz := greatest(moment, campaign.launch_at);
  last_day date := (begins_at at time zone 'UTC')::date + 56;
  rows private.forecast_row[] := array(select r from private.forecast_rows(campaign, begins_at) r);
  lanes private.forecast_lane[] := array(select l from private.forecast_lanes(campaign, rows, begins_at, last_day) l);
begin
  return private.forecast_shape(campaign, lanes, moment, last_day) || jsonb_build_object('campaign_id', campaign.id, 'status', campaign.status,
    'asked_at', moment, 'begins_at', begins_at, 'until', last_day::timestamp at time zone 'UTC', 'ends_at', campaign.ends_at,
    'time_zone', campaign.time_zone, 'account_time_zone', (select a.time_zone from public.accounts a where a.id = campaign.account_id),
    'people', private.forecast_people(campaign, rows, lanes, begins_at),
    'queue', (select coalesce(jsonb_agg(jsonb_build_object('lane', l.n - 1, 'rank', r.rank, 'attempt_no', r.attempt_no,
        'due_at', extract(epoch from r.due_at)::bigint, 'people', r.people) order by l.n, r.rank, r.due_at, r.attempt_no), '[]')
      from unnest(rows) r join unnest(lanes) with ordinality l (time_zone, region, wisher_id, spans, is_lane_open, n)
        on l.time_zone = r.time_zone and l.region = r.region and l.wisher_id is not distinct from r.wisher_id),
    'limits', private.forecast_limits(campaign, moment), 'retries', private.retries_of(campaign.id), 'price', private.forecast_price(campaign.account_id),
    'history', jsonb_build_object('campaign', private.call_history(campaign.account_id, campaign.id), 'account', private.call_history(campaign.account_id, null)),
    'past', (select coalesce(jsonb_agg(d order by d.day), '[]') from (
      select s.day, sum(s.calls_count) as calls, coalesce(sum(s.calls_count) filter (where s.outcome = 'answered'), 0) as answered, sum(s.billed_seconds) as billed_seconds
      from public.daily_stats s where s.campaign_id = campaign.id group by s.day) d));
end $$;
grant execute on function private.forecast_facts(uuid) to authenticated;
create function public.forecast_facts(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
return private.forecast_facts(forecast_facts.campaign_id);
grant execute on function public.forecast_facts(uuid) to authenticated;
