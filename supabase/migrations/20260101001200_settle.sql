-- Settlement: what a finished call frees, posts and causes. All of it under the account's lock, in one transaction,
-- driven by the one statement that turns settled_at from null into a time.

-- Gives back the slots of calls that are live now. Must run in the transaction that moves them out of the live states. A campaign
-- that was full has sleeping lanes: they wake now, not when the report comes that settles the call.
create function private.release_slots(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.accounts a set in_flight = a.in_flight - n.freed, changed_at = private.now()
  from (select c.account_id, count(*)::int as freed from public.calls c where c.id = any(call_ids) and private.is_live(c.state) group by 1) n
  where a.account_id = n.account_id;
  update engine.campaigns h set in_flight = h.in_flight - n.freed, changed_at = private.now()
  from (select c.campaign_id, count(*)::int as freed from public.calls c where c.id = any(call_ids) and private.is_live(c.state) group by 1) n
  where h.campaign_id = n.campaign_id;
  perform private.wake(h.account_id, h.campaign_id)
  from engine.campaigns h
  where h.concurrency_max is not null
    and h.campaign_id in (select c.campaign_id from public.calls c where c.id = any(call_ids) and private.is_live(c.state));
  update engine.provider_lines l set in_flight = l.in_flight - n.freed
  from (select c.provider_line_id, count(*)::int as freed from public.calls c where c.id = any(call_ids) and private.is_live(c.state) group by 1) n
  where l.id = n.provider_line_id;
end $$;

-- Gives back the reservations of calls that are still unsettled, just before they are settled.
create function private.release_reservations(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.accounts a set reserved_seconds = a.reserved_seconds - n.seconds, changed_at = private.now()
  from (select c.account_id, sum(c.reserved_seconds)::bigint as seconds from public.calls c where c.id = any(call_ids) group by 1) n
  where a.account_id = n.account_id;
  update engine.campaigns h set reserved_seconds = h.reserved_seconds - n.seconds, changed_at = private.now()
  from (select c.campaign_id, sum(c.reserved_seconds)::bigint as seconds from public.calls c where c.id = any(call_ids) group by 1) n
  where h.campaign_id = n.campaign_id;
end $$;

-- Posts one consume per call with billed seconds and takes them from the balance, each with its share of the balance's value, which
-- is the call's price from then on. A call that has its line already is left out: the unique index decides, not the caller.
create function private.post_consumption(account_id uuid, call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  account engine.accounts := (select a from engine.accounts a where a.account_id = post_consumption.account_id);
  posted record;
begin
  with due as (
    select c.id, c.billed_seconds, row_number() over w as place, sum(c.billed_seconds) over w as running
    from public.calls c
    where c.id = any(call_ids) and c.billed_seconds > 0
      and not exists (select from public.ledger_entries l where l.call_id = c.id and l.kind = 'consume')
    window w as (order by c.id)
  ), lines as (
    insert into public.ledger_entries (account_id, account_version, kind, delta_seconds, balance_after, value_micros, call_id)
    select post_consumption.account_id, account.ledger_version + d.place, 'consume', -d.billed_seconds, account.balance_seconds - d.running,
      private.share_of(account.value_micros, d.running - d.billed_seconds, account.balance_seconds)
        - private.share_of(account.value_micros, d.running, account.balance_seconds), d.id
    from due d
    returning call_id, -delta_seconds as seconds, -value_micros as price
  ), priced as (
    update public.calls c set price_micros = l.price from lines l where c.id = l.call_id and l.price > 0
  )
  select count(*) as n, coalesce(sum(l.seconds), 0)::bigint as seconds, coalesce(sum(l.price), 0)::bigint as price into posted from lines l;
  update engine.accounts a
  set balance_seconds = a.balance_seconds - posted.seconds, value_micros = a.value_micros - posted.price,
    ledger_version = a.ledger_version + posted.n, changed_at = private.now()
  where a.account_id = post_consumption.account_id and posted.n > 0;
  update engine.campaigns h set used_seconds = h.used_seconds + n.seconds
  from (select c.campaign_id, sum(c.billed_seconds)::bigint as seconds from public.calls c where c.id = any(call_ids) group by 1) n
  where h.campaign_id = n.campaign_id;
  perform private.tell_balance(post_consumption.account_id) where posted.n > 0;
end $$;

-- When the contacts of finished calls are tried again; calls whose outcome has had its retries are left out. The n-th counted call
-- with an outcome is followed after its n-th delay, never sooner than the account's minimum gap, rounded into the next calling
-- time. Calls that end together mostly share zone, hour and rule: the calling times are asked once for all of them.
create function private.retry_times(call_ids uuid[], moment timestamptz) returns table (call_id uuid, retry_at timestamptz)
language plpgsql stable set search_path = ''
as $$
begin
  return query
  with retried as materialized (
    select c.id, c.campaign_id, p.time_zone, p.region, case when p.calls_from is not null or p.call_days is not null then p.id end as wisher_id,
      moment + greatest(make_interval(mins => rule.delays_minutes[least(past.n, cardinality(rule.delays_minutes))]), make_interval(secs => a.minimum_gap_seconds)) as earliest,
      case when rule.shifts_day_part then private.day_part(c.local_dialled_at) end as avoid_part
    from public.calls c
    join public.campaigns k on k.id = c.campaign_id and c.attempt_no < k.max_attempts
    join public.contacts p on p.id = c.contact_id and p.time_zone is not null
    join public.account_rules a on a.account_id = c.account_id
    join private.default_retries() d on d.outcome = c.outcome
    left join public.campaign_retries r on r.campaign_id = c.campaign_id and r.outcome = c.outcome
    cross join lateral (select coalesce(r.retries, d.retries) as retries, coalesce(r.delays_minutes, d.delays_minutes) as delays_minutes,
      coalesce(r.shifts_day_part, d.shifts_day_part) as shifts_day_part) rule
    cross join lateral (select count(*)::int as n from public.calls o
      where o.enrolment_id = c.enrolment_id and o.outcome = c.outcome and o.is_counted and o.settled_at is not null) past
    where c.id = any(call_ids) and past.n <= rule.retries
  ), asked as materialized (
    select g.ids, private.next_dial_at(g.campaign_id, g.time_zone, g.region, g.earliest, g.avoid_part, w) as answer
    from (select t.campaign_id, t.time_zone, t.region, t.wisher_id, t.earliest, t.avoid_part, array_agg(t.id) as ids from retried t group by 1, 2, 3, 4, 5, 6) g
    left join public.contacts w on w.id = g.wisher_id
  )
  select i.id, q.answer from asked q cross join lateral unnest(q.ids) i (id);
end $$;

-- What becomes of the contact after a call is over. One row per call with an enrolment: the next status, and a due time
-- when there is another attempt. The order of the cases is the order of precedence. A call that the person asked for comes
-- whatever this one was, unless it was that call itself (it was claimed at its time, not before); one that was never placed
-- returns to its place, with its number.
create type private.next_step as (call_id uuid, enrolment_id uuid, campaign_id uuid, status public.enrolment_status, attempt_no int, rank int,
  due_at timestamptz, attempts int, callback_at timestamptz);
create function private.next_steps(call_ids uuid[], moment timestamptz) returns setof private.next_step
language plpgsql stable set search_path = ''
as $$
begin
  return query
  select c.id, c.enrolment_id, c.campaign_id, d.status,
    case when c.is_counted then c.attempt_no + 1 else c.attempt_no end,
    case when b.is_awaited then 0 else 1 end,
    case when d.status <> 'waiting' then null
      when b.is_awaited then greatest(e.callback_at, moment + b.pause)
      when c.is_counted then r.retry_at
      else moment + b.pause end,
    case when c.is_counted then c.attempt_no else c.attempt_no - 1 end,
    case when b.is_awaited and d.status = 'waiting' then e.callback_at end
  from public.calls c
  join public.campaigns k on k.id = c.campaign_id
  join public.enrolments e on e.id = c.enrolment_id
  left join private.retry_times(call_ids, moment) r on r.call_id = c.id
  cross join lateral (select e.callback_at is not null and (e.callback_at > c.created_at or not c.is_counted) as is_awaited,
    case when c.is_counted or (c.state = 'voided' and c.dialled_at is null) then interval '0' else interval '1 minute' end as pause,
    exists (select from public.do_not_call n where n.account_id = c.account_id and n.phone = c.phone) as is_listed) b
  cross join lateral (select case
    when c.outcome = 'answered' and (b.is_listed or not b.is_awaited or k.status in ('stopped', 'archived')) then 'reached'::public.enrolment_status
    when b.is_listed then 'opted_out'
    when c.failure_scope = 'number' then 'blocked'
    when e.status <> 'calling' then e.status
    when k.status in ('stopped', 'archived') then 'removed'
    when b.is_awaited or not c.is_counted or r.retry_at is not null then 'waiting'
    else 'exhausted' end as status) d
  where c.id = any(call_ids);
end $$;

-- Writes the next steps: the enrolment's status, its next attempt in the queue, and the campaign's end when nobody is left.
create function private.take_next_steps(account_id uuid, call_ids uuid[], moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  steps private.next_step[] := array(select s from private.next_steps(call_ids, moment) s);
  campaign record;
begin
  update public.enrolments e
  set status = s.status, attempts = s.attempts, outcome = coalesce(c.outcome, e.outcome), callback_at = s.callback_at,
    reason = case when s.status = 'blocked' then 'invalid_number'::public.block_reason when s.status = 'opted_out' then 'do_not_call' end,
    reason_detail = case when c.failure_scope is not null then c.ended_reason end
  from unnest(steps) s
  join public.calls c on c.id = s.call_id
  where e.id = s.enrolment_id;
  for campaign in
    select s.campaign_id, jsonb_agg(jsonb_build_object('enrolment_id', s.enrolment_id, 'attempt_no', s.attempt_no, 'rank', s.rank, 'due_at', s.due_at))
      filter (where s.due_at is not null) as entries
    from unnest(steps) s
    group by s.campaign_id order by s.campaign_id
  loop
    if campaign.entries is not null then
      perform private.enqueue(take_next_steps.account_id, campaign.campaign_id, campaign.entries);
    end if;
  end loop;
  perform private.complete_finished_campaigns(array(select distinct s.campaign_id from unnest(steps) s));
end $$;

-- Finishes calls of one locked account: closings = [{call_id, state: settled|voided, is_counted, outcome, failure_scope,
-- ended_reason, talk_seconds}]. Calls that are settled already are left alone, so the same fact twice posts once.
-- Answers the ids that were closed now.
create function private.close_calls(account_id uuid, closings jsonb) returns uuid[]
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  zone text := (select a.time_zone from public.accounts a where a.id = close_calls.account_id);
  open_ids uuid[];
begin
  open_ids := array(
    select c.id from public.calls c
    where c.id = any(array(select x.call_id from jsonb_to_recordset(closings) as x (call_id uuid))) and c.account_id = close_calls.account_id
      and c.settled_at is null
    order by c.id for update);
  if cardinality(open_ids) = 0 then
    return open_ids;
  end if;
  perform private.release_slots(open_ids);
  perform private.release_reservations(open_ids);
  update public.calls c
  set state = x.state, settled_at = moment, is_counted = coalesce(x.is_counted, true),
    outcome = coalesce(x.outcome, c.outcome), failure_scope = coalesce(x.failure_scope, c.failure_scope),
    ended_reason = coalesce(x.ended_reason, c.ended_reason), talk_seconds = coalesce(x.talk_seconds, 0),
    billed_seconds = least(c.reserved_seconds, private.round_up(coalesce(x.talk_seconds, 0), c.first_increment_seconds, c.billing_increment_seconds)),
    overrun_seconds = greatest(0, private.round_up(coalesce(x.talk_seconds, 0), c.first_increment_seconds, c.billing_increment_seconds) - c.reserved_seconds),
    price_micros = 0, account_dialled_at = c.dialled_at at time zone zone
  from jsonb_to_recordset(closings) as x (call_id uuid, state public.call_state, is_counted boolean, outcome public.call_outcome,
    failure_scope public.failure_scope, ended_reason text, talk_seconds int)
  where c.id = x.call_id and c.id = any(open_ids);
  perform private.return_days(open_ids);
  perform private.post_consumption(close_calls.account_id, open_ids);
  perform private.roll_up(open_ids);
  perform private.take_next_steps(close_calls.account_id, open_ids, moment);
  perform private.guard_failure_rates(open_ids);
  perform private.note_changed_calls(open_ids);
  -- Freed slots and released minutes may be what the account, or a full campaign of it, was waiting for.
  perform private.wake(close_calls.account_id);
  perform private.wake(close_calls.account_id, full_campaign.campaign_id)
  from (select distinct h.campaign_id from engine.campaigns h join public.calls c on c.campaign_id = h.campaign_id
    where c.id = any(open_ids) and coalesce(h.concurrency_max, h.daily_cap, h.budget_seconds) is not null) full_campaign;
  return open_ids;
end $$;

-- Remembers which calls changed, at most twenty per campaign, for the next broadcast, and tells whoever watches one of them at once: few
-- people watch, and they watch closely.
create function private.note_changed_calls(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.campaigns h
  set changed_at = private.now(), changed_call_ids = (h.changed_call_ids || n.ids)[1:20]
  from (select c.campaign_id, array_agg(c.id) as ids from public.calls c where c.id = any(call_ids) and c.campaign_id is not null group by 1) n
  where h.campaign_id = n.campaign_id;
  perform realtime.send(jsonb_build_object('call_id', c.id, 'state', c.state), 'call_changed', 'call:' || w.topic, true)
  from engine.call_watchers w join public.calls c on c.id = w.call_id
  where w.call_id = any(call_ids) and w.expires_at > private.now();
end $$;
