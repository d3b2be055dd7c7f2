-- Once per local database, after the migrations: the clock that one may move. Production has no such table, and its
-- private.now() is the real time.
create table if not exists private.clock_offset (is_only boolean primary key default true check (is_only), value interval not null);
-- Definer: the roles that read the clock read nothing else of the schema. A session may have an hour of its own: that is how the
-- demo's month of calls is made while everybody else's clock goes on.
create or replace function private.now() returns timestamptz
language plpgsql stable security definer set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('outdial.moment', true), '')::timestamptz, clock_timestamp() + (select o.value from private.clock_offset o));
end $$;

-- The next nine o'clock of a zone.
create or replace function private.next_morning(time_zone text) returns timestamptz
language sql stable set search_path = ''
as $$
  select min(morning.at) from generate_series(0, 1) as days (ahead)
  cross join lateral (select (date_trunc('day', private.now() at time zone next_morning.time_zone) + make_interval(days => days.ahead, hours => 9))
    at time zone next_morning.time_zone as at) morning
  where morning.at > private.now()
$$;

-- Where calling opens next for people who wait, and when: what the control of the clock is labelled with. The hours themselves are
-- asked: what a lane waits for is another thing from beat to beat while every line is busy.
create or replace function private.clock_facts() returns jsonb
language sql stable set search_path = ''
as $$
  with closed as (
    select l.time_zone, o.opens_at from engine.lanes l
    join engine.campaigns c on c.campaign_id = l.campaign_id and c.is_active
    cross join lateral private.first_open(l.campaign_id, l.time_zone, l.region, private.now(), null) o (opens_at)
    where l.next_at is not null and o.opens_at > private.now() order by o.opens_at, l.time_zone limit 1
  ), place as (
    select coalesce((select o.time_zone from closed o),
      (select l.time_zone from engine.lanes l join engine.campaigns c on c.campaign_id = l.campaign_id order by c.is_active desc, l.id desc limit 1),
      (select a.time_zone from public.accounts a order by a.created_at desc limit 1), 'America/New_York') as zone
  )
  select jsonb_build_object('offset_ms', (select (extract(epoch from o.value) * 1000)::bigint from private.clock_offset o),
    'now', private.now(), 'time_zone', p.zone, 'is_waiting', exists (select from closed),
    'opens_at', coalesce((select o.opens_at from closed o), private.next_morning(p.zone)))
  from place p
$$;

-- Moves the clock. Backwards, what was noted of a time that is now to come would keep things waiting for hours: those marks are
-- drawn back to now, and every window is judged anew. What people planned for that time keeps it.
create or replace function private.move_clock(by interval) returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz;
  running record;
begin
  update private.clock_offset o set value = o.value + move_clock.by;
  moment := private.now();
  if move_clock.by < interval '0' then
    perform from engine.accounts a order by a.account_id for update;
    -- least() passes over null, and null means that there is no such mark.
    update engine.provider_lines l set refilled_at = least(l.refilled_at, moment), next_dial_at = least(l.next_dial_at, moment),
      hold_until = case when l.hold_until is not null then least(l.hold_until, moment) end;
    update engine.campaigns c set sent_at = null where c.sent_at > moment;
    update engine.accounts a set sent_at = null where a.sent_at > moment;
    update public.calls c set lease_until = least(c.lease_until, moment + interval '1 minute'), dial_at = least(c.dial_at, moment),
      checked_at = case when c.checked_at <= moment then c.checked_at end where c.settled_at is null;
    update engine.outbox o set due_at = least(o.due_at, moment), lease_until = null where o.done_at is null and o.quarantined_at is null;
    update engine.lanes l set open_until = null;
  end if;
  for running in select c.account_id, c.campaign_id from engine.campaigns c where c.is_active order by c.account_id, c.campaign_id loop
    perform private.wake(running.account_id, running.campaign_id, moment);
  end loop;
end $$;
