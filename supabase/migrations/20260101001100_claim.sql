-- Claim: due attempts become reserved calls, under every limit, minutes reserved, in one transaction.
-- Lock order: account, then (for the first account) its line; further lines and accounts only if nobody holds them.

-- Writes the calls for rows taken out of the queue, in their order, and sends the others where they belong. Nothing is left at
-- the head of the queue to block the rest.
create function private.place_calls(hot engine.campaigns, line engine.provider_lines, increment int, terms private.dial_terms,
  taken engine.dial_queue[], moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  people private.person_facts[];
  placed jsonb;
begin
  people := array(select p from private.judge_people(terms, array(select t.enrolment_id from unnest(taken) t), array(select t.phone from unnest(taken) t),
    array(select case when t.rank = 0 then 0 else t.attempt_no end from unnest(taken) t), moment) p);
  with candidates as (
    select t.*, p.contact_id, p.consent_id, row_number() over (order by t.rank, t.due_at, t.position) as place
    from unnest(taken) t join unnest(people) p on p.enrolment_id = t.enrolment_id
    where private.denial_of(p) is null
  ), placed_calls as (
    insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone,
      attempt_no, reserved_seconds, billing_increment_seconds, lease_until, dial_at, rule_version, consent_id, counted_day, account_day, started_by)
    select hot.account_id, hot.campaign_id, k.enrolment_id, k.contact_id, c.assistant_version_id, line.phone_number_id, line.id, k.phone,
      k.attempt_no, private.round_up(hot.maximum_seconds, increment), increment, spaced.dial_at + interval '30 seconds', spaced.dial_at,
      terms.rule_version, k.consent_id, terms.campaign_day, terms.account_day, c.started_by
    from candidates k
    join public.campaigns c on c.id = hot.campaign_id
    cross join lateral (select greatest(line.next_dial_at, moment) + make_interval(secs => (k.place - 1) / line.calls_per_second) as dial_at) spaced
    order by k.phone
    on conflict do nothing
    returning id, enrolment_id, dial_at
  )
  select coalesce(jsonb_agg(jsonb_build_object('call_id', p.id, 'enrolment_id', p.enrolment_id,
    'dial_in_ms', ceil(extract(epoch from p.dial_at - moment) * 1000)) order by p.dial_at), '[]') into placed from placed_calls p;

  update public.enrolments e set status = 'calling'
  from jsonb_to_recordset(placed) as x (enrolment_id uuid) where e.id = x.enrolment_id;
  if jsonb_array_length(placed) < cardinality(taken) then
    perform private.return_unplaced(terms, taken, people, array(select x.enrolment_id from jsonb_to_recordset(placed) as x (enrolment_id uuid)), moment);
  end if;
  return placed;
end $$;

-- Where rows go that were taken and not placed: to their end if they may never be called (listed, without consent, out of
-- attempts), else back in line for when nothing stands in the way. A row that met another call of its number comes back soon.
create function private.return_unplaced(terms private.dial_terms, taken engine.dial_queue[], people private.person_facts[], placed uuid[], moment timestamptz)
returns void
language plpgsql set search_path = ''
as $$
declare
  denials jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('enrolment_id', p.enrolment_id, 'contact_id', p.contact_id, 'phone', p.phone,
    'reason', coalesce(private.denial_of(p), 'in_other_call'), 'look_at', coalesce(private.look_again_at(p, moment), moment + interval '30 seconds'),
    'facts', private.decision_facts(terms, p))), '[]') into denials
  from unnest(people) p where not p.enrolment_id = any(placed);

  insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone, wait_reason)
  select t.lane_id, t.rank, d.look_at, t.position, t.enrolment_id, t.attempt_no, t.phone, private.wait_of(d.reason)
  from unnest(taken) t join jsonb_to_recordset(denials) as d (enrolment_id uuid, reason text, look_at timestamptz) on d.enrolment_id = t.enrolment_id
  where d.reason not in ('do_not_call', 'no_consent', 'attempts');
  update public.enrolments e
  set status = case d.reason when 'do_not_call' then 'opted_out'::public.enrolment_status when 'no_consent' then 'blocked' else 'exhausted' end,
    reason = case when d.reason <> 'attempts' then d.reason::public.block_reason end
  from jsonb_to_recordset(denials) as d (enrolment_id uuid, reason text)
  where e.id = d.enrolment_id and d.reason in ('do_not_call', 'no_consent', 'attempts');
  if found then
    perform private.complete_finished_campaigns(array[terms.campaign_id]);
  end if;
  perform private.note_denials(terms, denials, moment);
end $$;

-- Is the lane open? Judged again when the last answer ran out or the rules changed; a closed one sleeps until it opens.
create function private.is_lane_open(lane engine.lanes, rules int, moment timestamptz) returns boolean
language plpgsql set search_path = ''
as $$
declare
  opening record;
begin
  if moment < lane.open_until and lane.rule_version = rules then
    return true;
  end if;
  opening := private.window_at(lane.campaign_id, lane.time_zone, lane.region, moment);
  update engine.lanes l set open_until = opening.open_until, rule_version = rules where l.id = lane.id;
  if opening.open_until is null then
    perform private.let_wait(lane.campaign_id, array[lane.id], 'window_closed', opening.next_open, moment);
  end if;
  return opening.open_until is not null;
end $$;

-- Lets lanes wait, with the reason and until then; null = until somebody wakes them. Pages are told when the reason is another.
create function private.let_wait(campaign_id uuid, lane_ids bigint[], reason public.wait_reason, until timestamptz, moment timestamptz) returns void
language sql set search_path = ''
as $$
  update engine.campaigns h set changed_at = moment
  where h.campaign_id = let_wait.campaign_id
    and exists (select from engine.lanes l where l.id = any(lane_ids) and l.wait_reason is distinct from let_wait.reason);
  update engine.lanes l set next_at = let_wait.until, wait_reason = let_wait.reason where l.id = any(lane_ids);
$$;

-- A campaign that has no room: all its due lanes wait for the same. Short of minutes they stay due, because a top-up or a
-- settlement wakes the account; a spent budget pauses it.
create function private.hold_campaign(hot engine.campaigns, limits private.room, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  if limits.reason = 'budget' and limits.is_spent then
    perform private.pause_by_rule(hot.campaign_id, 'budget', jsonb_build_object('budget_seconds', hot.budget_seconds, 'used_seconds', hot.used_seconds,
      'longest_call_seconds', hot.maximum_seconds));
  end if;
  perform private.let_wait(hot.campaign_id, array(select l.id from engine.lanes l where l.campaign_id = hot.campaign_id and l.next_at <= moment),
    limits.reason, case when limits.reason = 'no_minutes' then moment else limits.look_at end, moment);
end $$;

-- Claims from one lane of a locked account: window first, then the campaign's limits, then its rows, and each contact's own.
-- Answers the placed calls; sets the lane's next_at and, when it waits, why. clock: how far the account's campaigns have come.
create function private.claim_lane(lane_id bigint, room int, clock double precision, moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  lane engine.lanes := (select l from engine.lanes l where l.id = claim_lane.lane_id);
  hot engine.campaigns := (select c from engine.campaigns c where c.campaign_id = lane.campaign_id);
  account engine.accounts := (select a from engine.accounts a where a.account_id = lane.account_id);
  line engine.provider_lines := (select p from engine.provider_lines p where p.id = account.provider_line_id);
  terms private.dial_terms;
  limits private.room;
  taken engine.dial_queue[];
  placed jsonb := '[]';
  got jsonb;
begin
  -- An earlier lane of the same claim may have held or paused the campaign.
  if not hot.is_active or lane.next_at is null or lane.next_at > moment
    or not private.is_lane_open(lane, (select s.rule_version from engine.settings s), moment) then
    return '[]';
  end if;
  terms := private.dial_terms(lane.campaign_id, lane.time_zone, lane.region, moment);
  limits := private.campaign_room(hot, account, terms, moment);
  if limits.calls <= 0 then
    perform private.hold_campaign(hot, limits, moment);
    return '[]';
  end if;
  -- Rows that may not be called make room for those behind them at once: a head of listed numbers costs no further claim.
  for round in 1..50 loop
    taken := '{}';
    for rank in 0..2 loop
      taken := taken || array(select t from private.take_due(lane.id, rank, moment,
        least(room, limits.calls) - jsonb_array_length(placed) - cardinality(taken)) t);
    end loop;
    exit when cardinality(taken) = 0;
    got := private.place_calls(hot, line, account.billing_increment_seconds, terms, taken, moment);
    placed := placed || got;
    exit when jsonb_array_length(placed) >= least(room, limits.calls);
    line.next_dial_at := greatest(line.next_dial_at, moment) + make_interval(secs => jsonb_array_length(got) / line.calls_per_second);
  end loop;
  update engine.lanes l set next_at = private.next_due(lane.id), wait_reason = null where l.id = lane.id;
  if placed <> '[]' then
    perform private.take_slots(hot, account, line.id, terms, jsonb_array_length(placed), clock, moment);
  end if;
  return placed;
end $$;

-- Counts n new calls against the account, the campaign and the line, for now and for their days, and moves the line's next dial on.
create function private.take_slots(hot engine.campaigns, account engine.accounts, line_id bigint, terms private.dial_terms, n int,
  clock double precision, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  seconds bigint := n * private.round_up(hot.maximum_seconds, account.billing_increment_seconds);
begin
  update engine.accounts a set in_flight = a.in_flight + n, reserved_seconds = a.reserved_seconds + seconds, changed_at = moment,
    day = terms.account_day, dialled_on_day = n + case when a.day = terms.account_day then a.dialled_on_day else 0 end
  where a.account_id = hot.account_id;
  update engine.campaigns c set in_flight = c.in_flight + n, reserved_seconds = c.reserved_seconds + seconds, changed_at = moment,
    virtual_time = greatest(c.virtual_time, clock) + n::double precision / c.weight,
    day = terms.campaign_day, dialled_on_day = n + case when c.day = terms.campaign_day then c.dialled_on_day else 0 end
  where c.campaign_id = hot.campaign_id;
  update engine.provider_lines l set in_flight = l.in_flight + n,
    next_dial_at = greatest(l.next_dial_at, moment) + make_interval(secs => n / l.calls_per_second)
  where l.id = take_slots.line_id;
end $$;

-- How many calls a line may take on now: free slots, and dials that start within twenty seconds. Lost tokens grow back.
create function private.line_room(line_id bigint, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
begin
  update engine.provider_lines l
  set tokens = least(l.concurrency_max, l.tokens + floor(extract(epoch from moment - l.refilled_at) / 10)::int), refilled_at = moment
  where l.id = line_room.line_id and moment - l.refilled_at >= interval '10 seconds';
  return (select private.room_of_line(l, moment) from engine.provider_lines l where l.id = line_room.line_id);
end $$;

create function private.room_of_line(line engine.provider_lines, moment timestamptz) returns int
language sql immutable set search_path = ''
return case when line.hold_until > moment then 0 else greatest(0, least(line.tokens - line.in_flight,
  floor((20 - greatest(0, extract(epoch from line.next_dial_at - moment))) * line.calls_per_second)::int)) end;

-- The lanes of an account that are due, by the campaign that is furthest behind; at most eight of each campaign, so that many
-- zones do not crowd the others out. share: what the campaign may take before the others had their part of the room.
create function private.due_lanes(account_id uuid, clock double precision, room int, moment timestamptz)
returns table (lane_id bigint, campaign_id uuid, share int, is_alone boolean)
language plpgsql stable set search_path = ''
as $$
begin
  return query
  with due as (
    select l.id, l.campaign_id, l.next_at, c.weight, greatest(c.virtual_time, clock) as virtual_time,
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
    select d.*, t.turn from private.due_lanes(account.account_id, clock, room, moment) with ordinality d
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
  where a.next_at <= private.now() and l.in_flight < l.tokens and (l.hold_until is null or l.hold_until <= private.now())
    and l.next_dial_at < private.now() + interval '19 seconds'
  order by a.next_at
  limit due_accounts.n
$$;

create function public.claim_calls(batch_size int) returns jsonb
language sql set search_path = ''
return private.claim_calls(claim_calls.batch_size);
grant execute on function public.claim_calls(int) to service_role;
