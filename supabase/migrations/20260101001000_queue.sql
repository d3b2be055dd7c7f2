-- How an attempt gets into the queue and how a sleeping campaign wakes. Everything here runs under the account's lock.

-- The only writer that lowers next_at. campaign_id null wakes the account alone (a freed slot, a top-up): its lanes
-- kept their own times. Lanes of campaigns that do not run are left for start and resume to wake.
create function private.wake(account_id uuid, campaign_id uuid default null, at timestamptz default private.now()) returns void
language plpgsql set search_path = ''
as $$
begin
  if wake.campaign_id is not null then
    if not exists (select from engine.campaigns c where c.campaign_id = wake.campaign_id and c.is_active) then
      return;
    end if;
    update engine.lanes l set next_at = least(l.next_at, wake.at)
    where l.campaign_id = wake.campaign_id and exists (select from engine.dial_queue q where q.lane_id = l.id);
  end if;
  update engine.accounts a set next_at = least(a.next_at, wake.at) where a.account_id = wake.account_id;
end $$;

-- Where an enrolment stands among those that are due at the same time. Random means a lot that is drawn with the enrolment's id and
-- never again: whoever waits keeps the place, and the claim reads the queue by its index as in any other order.
create function private.queue_position(call_order public.call_order, enrolment public.enrolments) returns bigint
language sql immutable set search_path = ''
return case when queue_position.call_order = 'random' then pg_catalog.uuid_hash_extended(enrolment.id, 0) else enrolment.position end;

-- Puts attempts into the queue, in the lane of the contact's zone and region, and wakes the lane for the earliest of them.
-- entries: [{enrolment_id, attempt_no, rank, due_at}], all of one campaign; contacts without a zone must not come here.
create function private.enqueue(account_id uuid, campaign_id uuid, entries jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  is_running boolean := (select c.is_active from engine.campaigns c where c.campaign_id = enqueue.campaign_id);
  call_order public.call_order := (select k.call_order from public.campaigns k where k.id = enqueue.campaign_id);
  earliest timestamptz;
begin
  insert into engine.lanes (campaign_id, account_id, time_zone, region)
  select distinct enqueue.campaign_id, enqueue.account_id, p.time_zone, p.region
  from jsonb_to_recordset(entries) as x (enrolment_id uuid)
  join public.enrolments e on e.id = x.enrolment_id
  join public.contacts p on p.id = e.contact_id
  order by p.time_zone, p.region
  on conflict do nothing;

  with queued as (
    insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone)
    select l.id, x.rank, x.due_at, private.queue_position(call_order, e), e.id, x.attempt_no, p.phone
    from jsonb_to_recordset(entries) as x (enrolment_id uuid, attempt_no int, rank smallint, due_at timestamptz)
    join public.enrolments e on e.id = x.enrolment_id
    join public.contacts p on p.id = e.contact_id
    join engine.lanes l on l.campaign_id = enqueue.campaign_id and l.time_zone = p.time_zone and l.region = p.region
    order by e.id
    on conflict on constraint an_enrolment_waits_once do nothing
    returning lane_id, due_at
  ), soonest as (
    select q.lane_id, min(q.due_at) as due_at from queued q group by q.lane_id
  ), woken as (
    update engine.lanes l set next_at = least(l.next_at, s.due_at) from soonest s where l.id = s.lane_id
    returning s.due_at
  )
  select min(w.due_at) into earliest from woken w;

  if is_running and earliest is not null then
    -- Not earlier than now: who fills the queue of a running campaign does not go ahead of the accounts that wait.
    update engine.accounts a set next_at = least(a.next_at, greatest(earliest, private.now())) where a.account_id = enqueue.account_id;
  end if;
end $$;

-- The next ten thousand of a campaign whose call order changed, under the account's lock; what is due now may go before it.
create function private.order_onwards(campaign_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign public.campaigns := (select k from public.campaigns k where k.id = order_onwards.campaign_id);
  page record;
begin
  select array_agg(e.id) as ids, max(e.position) as last, count(*) as n into page
  from (
    select f.id, f.position from public.enrolments f
    where f.campaign_id = campaign.id
      and f.position > (select h.order_from from engine.campaigns h where h.campaign_id = campaign.id)
    order by f.position limit 10000
  ) e;
  update engine.campaigns h set order_from = case when page.n = 10000 then page.last end where h.campaign_id = campaign.id;
  update engine.dial_queue q set position = private.queue_position(campaign.call_order, e)
  from public.enrolments e
  where e.id = any(page.ids) and q.enrolment_id = e.id;
end $$;

-- Brings the queue into the campaign's new order: ten thousand at once, the others by the tick.
create function private.order_campaign(campaign_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.campaigns h set order_from = 0 where h.campaign_id = order_campaign.campaign_id;
  perform private.order_onwards(order_campaign.campaign_id);
end $$;

-- A running campaign in which nobody waits and nobody is being called is completed.
create function private.complete_finished_campaigns(campaign_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  finished record;
begin
  for finished in
    update public.campaigns c set status = 'completed', finished_at = private.now()
    from engine.campaigns hot
    where c.id = any(campaign_ids) and hot.campaign_id = c.id and hot.unfinished_count = 0 and c.status = 'active'
    returning c.id, c.account_id, c.finished_at, hot.reached_count, hot.exhausted_count + hot.blocked_count + hot.opted_out_count as other_count
  loop
    update engine.campaigns hot set is_active = false, changed_at = private.now() where hot.campaign_id = finished.id;
    perform private.log_activity(finished.account_id, 'campaign.completed', 'campaign', finished.id);
    perform private.tell_event(finished.account_id, 'completed', finished.id || ':' || finished.finished_at, finished.id, null, null,
      jsonb_build_object('reached', finished.reached_count, 'not_reached', finished.other_count));
  end loop;
end $$;

-- Takes up to n due rows of one rank out of a lane, oldest first. By their place in the table: a join on the key is planned
-- without knowing n, and in a large queue the planner then reads all of it. Under the account's lock no row moves meanwhile.
create function private.take_due(lane_id bigint, rank int, moment timestamptz, n int) returns setof engine.dial_queue
language plpgsql set search_path = ''
as $$
begin
  return query
  delete from engine.dial_queue q
  where q.ctid = any(array(
    select d.ctid
    from engine.dial_queue d
    where d.lane_id = take_due.lane_id and d.rank = take_due.rank and d.due_at <= take_due.moment
    order by d.due_at, d.position, d.enrolment_id
    limit take_due.n))
  returning q.*;
end $$;

-- When the lane has something due next; null when it is empty. Three index probes, one per rank.
create function private.next_due(lane_id bigint) returns timestamptz
language sql stable set search_path = ''
as $$
  select min(head.due_at)
  from generate_series(0, 2) as ranks (rank)
  cross join lateral (
    select q.due_at from engine.dial_queue q
    where q.lane_id = next_due.lane_id and q.rank = ranks.rank order by q.due_at limit 1
  ) head
$$;
