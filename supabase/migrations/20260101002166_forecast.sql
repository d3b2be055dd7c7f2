-- What a forecast of a campaign is made from: the people of the file before, history, limits and prices. The forecast itself is a
-- model in business/services/campaigns.

-- What became of the latest two thousand calls of a campaign, or of an account: how many of each outcome, and for each twenty
-- values, equally frequent, of how long the line was held and how long they talked. final_count: nobody tries those numbers again.
-- callbacks: in how many of them somebody asked for another call, and how much later half of those wanted it at most.
create function private.call_history(account_id uuid, campaign_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    with latest as (
      select c.id, c.outcome, c.failure_scope, c.talk_seconds, greatest(0, extract(epoch from coalesce(c.ended_at, c.settled_at) - c.dialled_at))::int as line_seconds
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
    ), wishes as (
      select b.call_id, max(extract(epoch from b.wished_at - b.created_at)) as later_seconds
      from latest l join public.callbacks b on b.call_id = l.id group by b.call_id
    )
    select jsonb_build_object('calls', coalesce(sum(o.calls), 0), 'outcomes', coalesce(jsonb_agg(jsonb_build_object('outcome', o.outcome, 'calls', o.calls,
      'final_count', o.final_count, 'line_seconds', o.line_seconds, 'talk_seconds', o.talk_seconds) order by o.outcome), '[]'),
      'callbacks', (select jsonb_build_object('calls', count(*), 'later_seconds', coalesce(percentile_disc(0.5) within group (order by greatest(0, w.later_seconds)), 0)::int) from wishes w))
    from outcomes o);
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
