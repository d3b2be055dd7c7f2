-- What the waiting contacts of running campaigns wait for, in the engine's own words: the reasons that its claim wrote down, and, where it has
-- yet to look, the same questions that it will ask.

-- Those whom something of their own holds up: as few as the reasons last. Fresh rows, nearly all, are never in it.
create index dial_queue_held on engine.dial_queue (lane_id, wait_reason, due_at) where wait_reason is not null;

-- What all contacts of a lane wait for whose own time has come; reason null: for their turn. at: when that ends by itself.
create type private.lane_wait as (lane_id bigint, campaign_id uuid, reason public.wait_reason, at timestamptz, is_due boolean);

-- So many contacts of a campaign wait for the same; next_at: when the first of them go on by themselves.
create type private.waiting_count as (campaign_id uuid, reason text, people bigint, next_at timestamptz);

-- What every campaign of an account waits for, whoever's turn it is; null when the next claim finds room.
create function private.account_hold(account_id uuid, moment timestamptz, out reason public.wait_reason, out at timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  account engine.accounts := (select a from engine.accounts a where a.account_id = account_hold.account_id);
  line engine.provider_lines := (select p from engine.provider_lines p where p.id = account.provider_line_id);
begin
  reason := case when account.is_held then 'account_held'::public.wait_reason when line.hold_until > moment then 'line_held'
    when account.in_flight >= account.concurrency_max then 'no_slot'
    when account.wait_reason = 'daily_cap' and account.next_at > moment then 'daily_cap'
    when line.in_flight >= line.tokens then 'line_full' end;
  at := case reason when 'line_held' then line.hold_until when 'daily_cap' then account.next_at end;
end $$;

-- A lane that the claim looked at has its answer written on it; one that is due is asked about its window as is_lane_open does, and then
-- shares what the account waits for. campaign_id null: of all running campaigns of the account.
create function private.lane_waits(account_id uuid, campaign_id uuid, moment timestamptz) returns setof private.lane_wait
language plpgsql stable set search_path = ''
as $$
declare
  hold record := private.account_hold(lane_waits.account_id, moment);
  rules int := (select s.rule_version from engine.settings s);
begin
  return query
  select l.id, l.campaign_id,
    case when not x.is_due then l.wait_reason when o.next_open is not null then 'window_closed' when l.wait_reason = 'no_minutes' then 'no_minutes' else hold.reason end,
    case when not x.is_due then l.next_at when o.next_open is not null then o.next_open when l.wait_reason = 'no_minutes' then null else hold.at end,
    x.is_due and o.next_open is null
  from engine.lanes l join engine.campaigns h on h.campaign_id = l.campaign_id
  cross join lateral (select coalesce(l.next_at <= moment, false) as is_due) x
  left join lateral (select w.next_open from private.window_at(l.campaign_id, l.time_zone, l.region, moment) w where w.open_until is null) o
    on x.is_due and not coalesce(moment < l.open_until and l.rule_version = rules, false)
  where l.account_id = lane_waits.account_id and h.is_active and h.waiting_count > 0
    and (lane_waits.campaign_id is null or l.campaign_id = lane_waits.campaign_id);
end $$;

-- How many of a lane's contacts come to their own time after one moment and until another: ranges of the queue's key, read without its rows.
create function private.count_lane(lane_id bigint, after timestamptz, until timestamptz) returns bigint
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
begin
  return (select sum(n.rows) from generate_series(0, 2) r (rank) cross join lateral (
    select count(*) as rows from engine.dial_queue q
    where q.lane_id = count_lane.lane_id and q.rank = r.rank and q.due_at > after and q.due_at <= until) n);
end $$;

-- When the first attempt of a lane comes that nothing but its own time holds up.
create function private.first_planned(lane_id bigint, moment timestamptz) returns timestamptz
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
begin
  return (select min(n.due_at) from generate_series(0, 2) r (rank) cross join lateral (
    select q.due_at from engine.dial_queue q where q.lane_id = first_planned.lane_id and q.rank = r.rank and q.due_at > moment and q.wait_reason is null
    order by q.due_at limit 1) n);
end $$;

-- How many contacts wait for what, by campaign: [{campaign_id, reason, people, next_at}]. reason 'turn': nothing but their turn; 'planned': an
-- attempt at a time of its own, a retry or a callback. Each contact once: first what is said of them alone, then what their lane waits for.
-- Those whose own time is still to come are read from the queue; the others, usually nearly all, are the rest of the campaign's counter, and
-- counted only where its lanes wait for different things.
create function private.count_waiting(account_id uuid, campaign_id uuid, moment timestamptz) returns setof private.waiting_count
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
begin
  return query
  with lanes as materialized (
    select w.lane_id, w.campaign_id, coalesce(w.reason::text, 'turn') as reason, w.at from private.lane_waits(count_waiting.account_id, count_waiting.campaign_id, moment) w
  ), held as materialized (
    select l.lane_id, l.campaign_id, q.wait_reason::text as reason, count(*) as people, min(q.due_at) as next_at
    from lanes l join engine.dial_queue q on q.lane_id = l.lane_id and q.wait_reason is not null and q.due_at > moment
    group by 1, 2, 3
  ), later as materialized (
    select h.campaign_id, h.reason, h.people, h.next_at from held h
    union all
    select l.campaign_id, 'planned', n.people, private.first_planned(l.lane_id, moment)
    from lanes l cross join lateral (
      select private.count_lane(l.lane_id, moment, 'infinity') - coalesce((select sum(h.people) from held h where h.lane_id = l.lane_id), 0)::bigint as people offset 0) n
    where n.people > 0
  ), filled as materialized (
    -- Lanes outlive their contacts; an empty one waits for nothing.
    select l.* from lanes l where exists (select from engine.dial_queue q where q.lane_id = l.lane_id and q.due_at <= moment)
  ), alike as (
    select f.campaign_id, count(distinct f.reason) = 1 as is_alike from filled f group by 1
  ), due as (
    select f.campaign_id, f.reason, min(h.waiting_count) - coalesce((select sum(x.people) from later x where x.campaign_id = f.campaign_id), 0)::bigint as people, min(f.at) as next_at
    from filled f join alike a on a.campaign_id = f.campaign_id and a.is_alike join engine.campaigns h on h.campaign_id = f.campaign_id
    group by 1, 2
    union all
    select f.campaign_id, f.reason, sum(private.count_lane(f.lane_id, '-infinity', moment))::bigint, min(f.at)
    from filled f join alike a on a.campaign_id = f.campaign_id and not a.is_alike group by 1, 2
  )
  select x.campaign_id, x.reason, sum(x.people)::bigint, min(x.next_at)
  from (select * from due union all select * from later) x group by 1, 2 having sum(x.people) > 0;
end $$;

-- Does the contact of an enrolment fit what somebody types? Asked of each row of a list; without a pattern everybody does.
create function private.fits_text(enrolment_id uuid, pattern text, is_visible boolean) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return pattern is null or exists (select from public.enrolments e join public.contacts p on p.id = e.contact_id
    where e.id = fits_text.enrolment_id and p.search_text like pattern and (is_visible or private.open_words(p) like pattern));
end $$;

-- The first n contacts of a campaign who wait for one thing, in the order in which they are called; after: {rank, due_at, position, id} of the
-- last one shown. Of each lane and rank the first few: those whose time has come where the lane waits for it, those whose own time is to come
-- where that is asked for, and those whom it holds up alone. Each is one range of an index.
create function private.waiting_rows(campaign public.campaigns, wait text, pattern text, is_visible boolean, after jsonb, n int, moment timestamptz) returns setof engine.dial_queue
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
declare
  held public.wait_reason := case when wait = any(enum_range(null::public.wait_reason)::text[]) then wait::public.wait_reason end;
  after_rank int := coalesce((after ->> 'rank')::int, 0);
  after_due timestamptz := coalesce((after ->> 'due_at')::timestamptz, '-infinity');
  after_position bigint := coalesce((after ->> 'position')::bigint, 0);
  after_id uuid := private.as_uuid(after ->> 'id');
begin
  return query
  select f.* from private.lane_waits(campaign.account_id, campaign.id, moment) w
  cross join generate_series(after_rank, 2) r (rank)
  -- Behind the rank of the last one shown everything is.
  cross join lateral (select case when r.rank = after_rank then after_due else '-infinity' end as due_at, case when r.rank = after_rank then after_position else 0 end as position,
    coalesce(case when r.rank = after_rank then after_id end, '00000000-0000-0000-0000-000000000000') as id) a
  cross join lateral (
    (select q.* from engine.dial_queue q
      where coalesce(w.reason::text, 'turn') = wait and q.lane_id = w.lane_id and q.rank = r.rank and q.due_at <= moment
        and (q.due_at, q.position, q.enrolment_id) > (a.due_at, a.position, a.id) and private.fits_text(q.enrolment_id, pattern, is_visible)
      order by q.due_at, q.position, q.enrolment_id limit waiting_rows.n)
    union all
    (select q.* from engine.dial_queue q
      where wait = 'planned' and q.lane_id = w.lane_id and q.rank = r.rank and q.due_at > moment and q.wait_reason is null
        and (q.due_at, q.position, q.enrolment_id) > (a.due_at, a.position, a.id) and private.fits_text(q.enrolment_id, pattern, is_visible)
      order by q.due_at, q.position, q.enrolment_id limit waiting_rows.n)
    union all
    (select q.* from engine.dial_queue q
      where q.lane_id = w.lane_id and q.wait_reason = held and q.rank = r.rank and q.due_at > moment
        and (q.due_at, q.position, q.enrolment_id) > (a.due_at, a.position, a.id) and private.fits_text(q.enrolment_id, pattern, is_visible)
      order by q.due_at, q.position, q.enrolment_id limit waiting_rows.n)) f
  order by f.rank, f.due_at, f.position, f.enrolment_id limit waiting_rows.n;
end $$;
