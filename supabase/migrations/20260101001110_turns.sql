-- Whose turn it is: accounts on their line, campaigns of an account, lanes of a campaign. claim_calls is one transaction.
-- Lock order: account, then (for the first account) its line; further lines and accounts only if nobody holds them.

-- How many calls a line may take on now: free slots, and dials that start within twenty seconds. Lost tokens grow back.
create function private.line_room(line_id bigint, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
begin
  update engine.provider_lines l
  set tokens = private.grown_tokens(l, moment), refilled_at = moment
  where l.id = line_room.line_id and moment - l.refilled_at >= interval '10 seconds';
  return (select private.room_of_line(l, moment) from engine.provider_lines l where l.id = line_room.line_id);
end $$;

create function private.grown_tokens(line engine.provider_lines, moment timestamptz) returns int
language sql immutable set search_path = ''
return least(line.concurrency_max, line.tokens + floor(extract(epoch from moment - line.refilled_at) / 10)::int);

create function private.room_of_line(line engine.provider_lines, moment timestamptz) returns int
language sql immutable set search_path = ''
return case when line.hold_until > moment then 0 else greatest(0, least(line.tokens - line.in_flight,
  floor((20 - greatest(0, extract(epoch from line.next_dial_at - moment))) * line.calls_per_second)::int)) end;

-- The lanes of an account that are due, by the campaign that is furthest behind; at most eight of each campaign, so that many
-- zones do not crowd the others out. share: what the campaign may take before the others had their part of the room.
create function private.due_lanes(account_id uuid, room int, moment timestamptz)
returns table (lane_id bigint, campaign_id uuid, share int, is_alone boolean)
language plpgsql stable set search_path = ''
as $$
begin
  return query
  with due as (
    select l.id, l.campaign_id, l.next_at, c.weight, c.virtual_time,
      row_number() over (partition by l.campaign_id order by l.next_at, l.id) as place
    from engine.lanes l join engine.campaigns c on c.campaign_id = l.campaign_id
    where l.account_id = due_lanes.account_id and l.next_at <= moment and c.is_active
  ), weights as (
    select sum(d.weight) as total, count(*) as campaigns from due d where d.place = 1
  )
  select d.id, d.campaign_id, ceil(due_lanes.room * d.weight / w.total::numeric)::int, w.campaigns = 1
  from due d cross join weights w
  where d.place <= 8
  order by d.virtual_time, d.campaign_id, d.next_at
  limit 100;
end $$;

-- Claims from the due lanes of a locked account: first each campaign its share by weight, then whoever has more takes the rest.
create function private.claim_lanes(account engine.accounts, room int, clock double precision, moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  lane record;
  turn int := 0;
  served uuid;
  share int;
  claimed jsonb := '[]';
  got jsonb;
begin
  for lane in
    select d.*, t.turn from private.due_lanes(account.account_id, room, moment) with ordinality d
    cross join generate_series(1, 2) t (turn)
    where t.turn = 1 or not d.is_alone
    order by t.turn, d.ordinality
  loop
    exit when room <= jsonb_array_length(claimed);
    if served is distinct from lane.campaign_id or turn <> lane.turn then
      served := lane.campaign_id;
      turn := lane.turn;
      share := case turn when 1 then lane.share else room end;
    end if;
    continue when share <= 0;
    got := private.claim_lane(lane.lane_id, least(share, room - jsonb_array_length(claimed)), clock, moment);
    share := share - jsonb_array_length(got);
    claimed := claimed || got;
  end loop;
  return claimed;
end $$;

-- Claims for one due account. Answers [] when somebody else holds it or, beyond the first account, its line. sharers: how many
-- accounts wait for the same line, this one included; each leaves the others their part of it.
create function private.claim_account(account_id uuid, wanted int, is_first boolean, sharers int) returns jsonb
language plpgsql set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  moment timestamptz := private.now();
  account engine.accounts;
  today date;
  clock double precision;
  room int;
  claimed jsonb := '[]';
begin
  select * into account from engine.accounts a
  where a.account_id = claim_account.account_id and not a.is_held and a.next_at <= moment for update skip locked;
  if not found then
    return claimed;
  end if;
  if is_first then
    perform from engine.provider_lines l where l.id = account.provider_line_id for no key update;
  else
    perform from engine.provider_lines l where l.id = account.provider_line_id for no key update skip locked;
  end if;
  if not found then
    return claimed;
  end if;
  today := (moment at time zone (select k.time_zone from public.accounts k where k.id = account.account_id))::date;
  -- 25 an account and turn: a large account does not hold the others up.
  room := least(wanted, 25, account.concurrency_max - account.in_flight, private.account_day_left(account, today),
    ceil(private.line_room(account.provider_line_id, moment)::numeric / sharers));
  clock := greatest(account.virtual_clock, (
    select min(c.virtual_time) from engine.lanes l join engine.campaigns c on c.campaign_id = l.campaign_id
    where l.account_id = account.account_id and l.next_at <= moment and c.is_active));
  if room > 0 then
    claimed := private.claim_lanes(account, room, clock, moment);
  end if;
  perform private.schedule_account(claim_account.account_id, clock, moment);
  return claimed;
end $$;

-- When to look at an account again after a claim. Full: when a slot is freed. Its day's calls made: at its midnight. Short of
-- minutes: when the balance changes. Otherwise when its next lane is due, and not before everybody else who is due now had a turn.
create function private.schedule_account(account_id uuid, clock double precision, moment timestamptz) returns void
language sql set search_path = ''
as $$
  update engine.accounts a
  set virtual_clock = clock, next_at = case when waits.next_at is null or reasons.reason = 'no_slot' then null
      else greatest(waits.next_at, case when reasons.reason = 'daily_cap' then days.midnight else schedule_account.moment end) end,
    wait_reason = reasons.reason
  from (
    select min(l.next_at) filter (where l.wait_reason is distinct from 'no_minutes') as next_at, bool_or(l.wait_reason = 'no_minutes') as is_short
    from engine.lanes l join engine.campaigns c on c.campaign_id = l.campaign_id
    where l.account_id = schedule_account.account_id and l.next_at is not null and c.is_active
  ) waits
  cross join (
    select (schedule_account.moment at time zone k.time_zone)::date as today,
      ((schedule_account.moment at time zone k.time_zone)::date + 1)::timestamp at time zone k.time_zone as midnight
    from public.accounts k where k.id = schedule_account.account_id
  ) days
  cross join lateral (select case when h.in_flight >= h.concurrency_max then 'no_slot'::public.wait_reason
      when private.account_day_left(h, days.today) <= 0 then 'daily_cap' when waits.next_at is null and waits.is_short then 'no_minutes' end as reason
    from engine.accounts h where h.account_id = schedule_account.account_id) reasons
  where a.account_id = schedule_account.account_id
$$;

-- Called by dispatch-calls. Due attempts under every limit become reserved calls: {call_ids: [{call_id, dial_in_ms}], more}.
-- Called twice or by several dispatchers at once it never claims a row twice: the row locks decide.
create function private.claim_calls(claim_limit int) returns jsonb
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  due record;
  claimed jsonb := '[]';
  wanted int := least(greatest(claim_limit, 0), 100);
begin
  -- Definer: engine tables are granted to nobody.
  if not (select s.enabled from engine.settings s) then
    return jsonb_build_object('call_ids', claimed, 'more', false);
  end if;
  for due in
    select d.account_id, d.place = 1 as is_first,
      count(*) over (partition by d.line_id order by d.place rows between current row and unbounded following)::int as sharers
    from private.due_accounts(50) with ordinality d (account_id, line_id, place) order by d.place
  loop
    exit when jsonb_array_length(claimed) >= wanted;
    claimed := claimed || private.claim_account(due.account_id, wanted - jsonb_array_length(claimed), due.is_first, due.sharers);
  end loop;
  return jsonb_build_object('call_ids', (select coalesce(jsonb_agg(x - 'enrolment_id'), '[]') from jsonb_array_elements(claimed) x),
    'more', exists (select from private.due_accounts(1)));
end $$;
grant execute on function private.claim_calls(int) to service_role;

-- Accounts with work now, whose line is open and has room; the longest waiting first.
create function private.due_accounts(n int) returns table (account_id uuid, line_id bigint)
language sql stable set search_path = ''
as $$
  select a.account_id, l.id
  from engine.accounts a
  join engine.provider_lines l on l.id = a.provider_line_id
  where a.next_at <= private.now() and not a.is_held and l.in_flight < l.tokens and (l.hold_until is null or l.hold_until <= private.now())
    and l.next_dial_at < private.now() + interval '19 seconds'
  order by a.next_at
  limit due_accounts.n
$$;

create function public.claim_calls(batch_size int) returns jsonb
language sql set search_path = ''
return private.claim_calls(claim_calls.batch_size);
grant execute on function public.claim_calls(int) to service_role;
