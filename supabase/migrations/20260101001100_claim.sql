-- Claim: due attempts become reserved calls, under every limit, minutes reserved, in one transaction.
-- Lock order: account, then (for the first account) its line; further lines and accounts only if nobody holds them.

-- Writes the calls for rows taken out of the queue. Rows of listed numbers end as opted out; rows whose number is in
-- another unsettled call go back for half a minute. Nothing is left at the head of the queue to block the others.
create function private.place_calls(hot engine.campaigns, line engine.provider_lines, increment int, taken engine.dial_queue[], moment timestamptz)
returns jsonb
language plpgsql set search_path = ''
as $$
declare
  placed jsonb;
begin
  with candidates as (
    select t.*, e.contact_id, row_number() over (order by t.rank, t.due_at, t.position) as place
    from unnest(taken) t
    join public.enrolments e on e.id = t.enrolment_id
    where not exists (select from public.do_not_call d where d.account_id = hot.account_id and d.phone = t.phone)
  ), placed_calls as (
    insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id,
      phone, attempt_no, reserved_seconds, billing_increment_seconds, lease_until, dial_at, rule_version, started_by)
    select hot.account_id, hot.campaign_id, k.enrolment_id, k.contact_id, c.assistant_version_id, line.phone_number_id, line.id,
      k.phone, k.attempt_no, private.round_up(hot.maximum_seconds, increment), increment, spaced.dial_at + interval '30 seconds',
      spaced.dial_at, s.rule_version, c.started_by
    from candidates k
    join public.campaigns c on c.id = hot.campaign_id
    cross join engine.settings s
    cross join lateral (select greatest(line.next_dial_at, moment) + make_interval(secs => (k.place - 1) / line.calls_per_second) as dial_at) spaced
    order by k.phone
    on conflict do nothing
    returning id, enrolment_id, dial_at
  )
  select coalesce(jsonb_agg(jsonb_build_object('call_id', p.id, 'enrolment_id', p.enrolment_id,
    'dial_in_ms', ceil(extract(epoch from p.dial_at - moment) * 1000)) order by p.dial_at), '[]') into placed from placed_calls p;

  update public.enrolments e set status = 'calling'
  from jsonb_to_recordset(placed) as x (enrolment_id uuid) where e.id = x.enrolment_id;
  perform private.return_unplaced(hot, taken, array(select x.enrolment_id from jsonb_to_recordset(placed) as x (enrolment_id uuid)), moment);
  return placed;
end $$;

-- Where rows go that were taken and not placed: opted out if listed, else back in line while the other call lasts.
create function private.return_unplaced(hot engine.campaigns, taken engine.dial_queue[], placed uuid[], moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone, wait_reason)
  select t.lane_id, t.rank, moment + interval '30 seconds', t.position, t.enrolment_id, t.attempt_no, t.phone, 'in_other_call'
  from unnest(taken) t
  where not t.enrolment_id = any(placed)
    and not exists (select from public.do_not_call d where d.account_id = hot.account_id and d.phone = t.phone);

  with listed as (
    update public.enrolments e set status = 'opted_out', reason = 'do_not_call'
    from unnest(taken) t
    where e.id = t.enrolment_id and not t.enrolment_id = any(placed)
      and exists (select from public.do_not_call d where d.account_id = hot.account_id and d.phone = t.phone)
    returning e.id
  )
  insert into public.dial_denials (account_id, enrolment_id, reason, rule_version)
  select hot.account_id, l.id, 'do_not_call', s.rule_version from listed l cross join engine.settings s;
end $$;

-- Claims from one lane of a locked account: window first, then minutes and the campaign's own cap, then rows.
-- Answers the placed calls; sets the lane's next_at and, when it waits, why.
create function private.claim_lane(lane_id bigint, room int, moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  lane engine.lanes := (select l from engine.lanes l where l.id = claim_lane.lane_id);
  hot engine.campaigns := (select c from engine.campaigns c where c.campaign_id = lane.campaign_id);
  account engine.accounts := (select a from engine.accounts a where a.account_id = lane.account_id);
  line engine.provider_lines := (select p from engine.provider_lines p where p.id = account.provider_line_id);
  current_rules int := (select s.rule_version from engine.settings s);
  reservation int := private.round_up(hot.maximum_seconds, account.billing_increment_seconds);
  affordable bigint := (account.balance_seconds - account.reserved_seconds) / reservation;
  n int := least(room, affordable, hot.concurrency_max - hot.in_flight);
  opening record;
  taken engine.dial_queue[] := '{}';
  placed jsonb;
begin
  if lane.open_until is null or moment >= lane.open_until or lane.rule_version <> current_rules then
    select * into opening from private.window_at(lane.campaign_id, lane.time_zone, lane.region, moment);
    update engine.lanes l set open_until = opening.open_until, rule_version = current_rules,
      next_at = case when opening.open_until is null then opening.next_open else l.next_at end,
      wait_reason = case when opening.open_until is null then 'window_closed'::public.wait_reason end
    where l.id = lane.id;
    if opening.open_until is null then
      return '[]';
    end if;
  end if;
  if affordable <= 0 or n <= 0 then
    -- Short of minutes the lane stays due: a top-up or a settlement wakes the account. A full campaign wakes its lanes itself.
    update engine.lanes l set wait_reason = case when affordable <= 0 then 'no_minutes'::public.wait_reason else 'no_slot' end,
      next_at = case when affordable <= 0 then l.next_at end
    where l.id = lane.id;
    return '[]';
  end if;
  for rank in 0..2 loop
    taken := taken || array(select t from private.take_due(lane.id, rank, moment, n - coalesce(cardinality(taken), 0)) t);
  end loop;
  placed := private.place_calls(hot, line, account.billing_increment_seconds, taken, moment);
  update engine.lanes l set next_at = private.next_due(lane.id), wait_reason = null where l.id = lane.id;
  perform private.take_slots(account.account_id, hot.campaign_id, line.id, jsonb_array_length(placed), reservation, moment);
  return placed;
end $$;

-- Counts n new calls against the account, the campaign and the line, and moves the line's next dial on.
create function private.take_slots(account_id uuid, campaign_id uuid, line_id bigint, n int, reservation int, moment timestamptz) returns void
language sql set search_path = ''
as $$
  update engine.accounts a set in_flight = a.in_flight + n, reserved_seconds = a.reserved_seconds + n * reservation::bigint, changed_at = moment
  where a.account_id = take_slots.account_id and n > 0;
  update engine.campaigns c set in_flight = c.in_flight + n, reserved_seconds = c.reserved_seconds + n * reservation::bigint,
    served_at = moment, changed_at = moment
  where c.campaign_id = take_slots.campaign_id and n > 0;
  update engine.provider_lines l set in_flight = l.in_flight + n,
    next_dial_at = greatest(l.next_dial_at, moment) + make_interval(secs => n / l.calls_per_second)
  where l.id = take_slots.line_id and n > 0;
$$;

-- How many calls a line may take on now: free slots, and dials that start within twenty seconds. Lost tokens grow back.
create function private.line_room(line_id bigint, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
declare
  line engine.provider_lines;
begin
  update engine.provider_lines l
  set tokens = least(l.concurrency_max, l.tokens + floor(extract(epoch from moment - l.refilled_at) / 10)::int), refilled_at = moment
  where l.id = line_room.line_id and moment - l.refilled_at >= interval '10 seconds';
  select * into line from engine.provider_lines l where l.id = line_room.line_id;
  if line.hold_until > moment then
    return 0;
  end if;
  return greatest(0, least(line.tokens - line.in_flight,
    floor((20 - greatest(0, extract(epoch from line.next_dial_at - moment))) * line.calls_per_second)::int));
end $$;

-- Claims for one due account. Answers [] when somebody else holds it or, beyond the first account, its line.
create function private.claim_account(account_id uuid, wanted int, is_first boolean) returns jsonb
language plpgsql set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  moment timestamptz := private.now();
  account engine.accounts;
  room int;
  lane record;
  claimed jsonb := '[]';
begin
  select * into account from engine.accounts a
  where a.account_id = claim_account.account_id and a.next_at <= moment for update skip locked;
  if not found then
    return claimed;
  end if;
  if is_first then
    perform from engine.provider_lines l where l.id = account.provider_line_id for update;
  else
    perform from engine.provider_lines l where l.id = account.provider_line_id for update skip locked;
  end if;
  if not found then
    return claimed;
  end if;
  -- 25 an account and turn: a large account does not hold the others up.
  room := least(wanted, 25, account.concurrency_max - account.in_flight, private.line_room(account.provider_line_id, moment));
  for lane in
    select l.id from engine.lanes l join engine.campaigns c on c.campaign_id = l.campaign_id
    where l.account_id = claim_account.account_id and l.next_at <= moment and c.is_active
    order by c.served_at, l.next_at limit 50
  loop
    exit when room <= jsonb_array_length(claimed);
    claimed := claimed || private.claim_lane(lane.id, room - jsonb_array_length(claimed), moment);
  end loop;
  perform private.schedule_account(claim_account.account_id, moment);
  return claimed;
end $$;

-- When to look at an account again after a claim. Full: when a slot is freed. Short of minutes: when the balance changes.
-- Otherwise when its next lane is due, and not before everybody else who is due now had a turn.
create function private.schedule_account(account_id uuid, moment timestamptz) returns void
language sql set search_path = ''
as $$
  update engine.accounts a
  set next_at = case when a.in_flight < a.concurrency_max and waits.next_at is not null then greatest(waits.next_at, schedule_account.moment) end,
    wait_reason = case when a.in_flight >= a.concurrency_max then 'no_slot'::public.wait_reason
      when waits.next_at is null and waits.is_short then 'no_minutes' end
  from (
    select min(l.next_at) filter (where l.wait_reason is distinct from 'no_minutes') as next_at, bool_or(l.wait_reason = 'no_minutes') as is_short
    from engine.lanes l join engine.campaigns c on c.campaign_id = l.campaign_id
    where l.account_id = schedule_account.account_id and l.next_at is not null and c.is_active
  ) waits
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
  for due in select d.account_id from private.due_accounts(50) d loop
    exit when jsonb_array_length(claimed) >= wanted;
    claimed := claimed || private.claim_account(due.account_id, wanted - jsonb_array_length(claimed), claimed = '[]');
  end loop;
  return jsonb_build_object('call_ids', (select coalesce(jsonb_agg(x - 'enrolment_id'), '[]') from jsonb_array_elements(claimed) x),
    'more', exists (select from private.due_accounts(1)));
end $$;
grant execute on function private.claim_calls(int) to service_role;

-- Accounts with work now, whose line is open and has room; the longest waiting first.
create function private.due_accounts(n int) returns table (account_id uuid)
language sql stable set search_path = ''
as $$
  select a.account_id
  from engine.accounts a
  join engine.provider_lines l on l.id = a.provider_line_id
  where a.next_at <= private.now() and l.in_flight < l.tokens and (l.hold_until is null or l.hold_until <= private.now())
    and l.next_dial_at < private.now() + interval '19 seconds'
  order by a.next_at
  limit due_accounts.n
$$;

create function public.claim_calls(batch_size int) returns jsonb
language sql set search_path = ''
return private.claim_calls(claim_calls.batch_size);
grant execute on function public.claim_calls(int) to service_role;
