-- Who waits in a campaign and when they may be called, counted by sets: the people of a forecast. It decides nothing, and nothing
-- here is asked by the engine.

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
