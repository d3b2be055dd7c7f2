-- Stored events, folded per call and applied under the account's lock.

-- What a batch of events says of one call. A list of these is a typed array: the planner takes it for ten rows and looks each call
-- up; a recordset from JSON it takes for a hundred, and rather reads a whole table of some thousand calls for one event.
create type private.call_facts as (call_id uuid, facts jsonb);

-- Many events of one call become one row of facts: the highest rank gives the state, later non-null values win, and a
-- report's values win over a status update's.
create function private.fold_events(event_ids bigint[]) returns setof private.call_facts
language plpgsql stable set search_path = ''
as $$
begin
  return query
  with facts as (
    select e.call_id, jsonb_object_agg(f.key, f.value order by coalesce((e.event ->> 'is_report')::boolean, false), e.id) as facts,
      bool_or(coalesce((e.event ->> 'is_report')::boolean, false)) as is_report
    from engine.provider_events e cross join lateral jsonb_each(e.event) f
    where e.id = any(event_ids) and f.value <> 'null'
    group by e.call_id
  ), states as (
    select distinct on (e.call_id) e.call_id, e.event ->> 'state' as state
    from engine.provider_events e
    where e.id = any(event_ids) and e.event ->> 'state' is not null
    order by e.call_id, private.state_rank((e.event ->> 'state')::public.call_state) desc
  )
  select f.call_id, f.facts || jsonb_build_object('state', s.state, 'is_report', f.is_report)
  from facts f left join states s on s.call_id = f.call_id;
end $$;

-- Moves calls forward and fills facts. Rank only grows; a late event never moves state or money back.
create function private.apply_facts(folded private.call_facts[], moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  -- Every event type that ends a call frees its slot now; the money follows with the report.
  perform private.release_slots(array(
    select c.id from unnest(folded) x join public.calls c on c.id = x.call_id
    where x.facts ->> 'state' = 'ended'));
  update public.calls c
  set state = case when x.state is not null and private.state_rank(x.state) > private.state_rank(c.state) then x.state else c.state end,
    provider_call_id = coalesce(c.provider_call_id, x.provider_call_id),
    accepted_at = coalesce(c.accepted_at, moment),
    ringing_at = coalesce(c.ringing_at, case when x.state in ('ringing', 'in_progress') then coalesce(x.occurred_at, moment) end),
    started_at = coalesce(x.started_at, c.started_at, case when x.state = 'in_progress' then coalesce(x.occurred_at, moment) end),
    -- greatest() leaves nulls out: a call that goes on would end when it began.
    ended_at = case when coalesce(x.ended_at, c.ended_at) is not null or x.state = 'ended'
      then greatest(coalesce(x.ended_at, c.ended_at, moment), x.started_at, c.started_at) end,
    ended_reason = coalesce(c.ended_reason, x.ended_reason),
    technical_failure = c.technical_failure or coalesce(x.technical_failure, false),
    engaged = coalesce(x.engaged, c.engaged),
    provider_cost_micros = coalesce(x.cost_micros, c.provider_cost_micros),
    recording_state = case when c.recording_state = 'none' and x.has_recording then 'pending' else c.recording_state end
  from (
    select r.call_id, f.* from unnest(folded) r
    cross join lateral jsonb_to_record(r.facts) as f (state public.call_state, provider_call_id text, occurred_at timestamptz,
      started_at timestamptz, ended_at timestamptz, ended_reason text, technical_failure boolean, engaged boolean, cost_micros bigint,
      has_recording boolean)
  ) x
  where c.id = x.call_id and c.state <> 'reserved';
end $$;

-- The closings that reports demand. Answered without any sign of a conversation is nobody answering; a failure after somebody
-- spoke is a conversation that broke off, whatever broke it: it counts and nobody is called again for it. Refusals of our side
-- or for capacity do not count as an attempt; a reason nobody knows is a transient failure.
create function private.closings(folded private.call_facts[]) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('call_id', c.id, 'state', 'settled', 'outcome', d.outcome,
    'failure_scope', case when d.outcome = 'failed' then coalesce(x.facts ->> 'failure_scope', 'transient') end,
    'is_counted', not (d.outcome = 'failed' and coalesce(x.facts ->> 'failure_scope', 'transient') in ('capacity', 'account')),
    'ended_reason', x.facts ->> 'ended_reason', 'talk_seconds', d.talk_seconds)), '[]')
  from unnest(folded) x
  join public.calls c on c.id = x.call_id
  cross join lateral (select
    greatest(0, coalesce((x.facts ->> 'talk_seconds')::int, 0)) as talk_seconds,
    case when x.facts ->> 'outcome' = 'answered' and c.started_at is null and c.engaged is not true then 'no_answer'
      when c.engaged and coalesce(x.facts ->> 'outcome', 'failed') = 'failed' then 'answered'
      else coalesce(x.facts ->> 'outcome', 'failed') end as outcome) d
  where (x.facts ->> 'is_report')::boolean and c.settled_at is null and c.state <> 'reserved');
end $$;

-- A void that turns out to have been a call: the state stays, the evidence is kept, and when its report comes what was talked is
-- posted, once, never more than the balance holds. One call after the other, because each leaves less of the balance.
create function private.post_late_finds(account_id uuid, folded private.call_facts[]) returns void
language plpgsql set search_path = ''
as $$
declare
  late record;
begin
  for late in
    select c.id, c.reserved_seconds, c.first_increment_seconds, c.billing_increment_seconds, x.facts ->> 'provider_call_id' as provider_call_id,
      (x.facts ->> 'is_report')::boolean as is_report, greatest(0, coalesce((x.facts ->> 'talk_seconds')::int, 0)) as talk_seconds
    from unnest(folded) x join public.calls c on c.id = x.call_id
    where c.state = 'voided' and c.dialled_at is not null and (x.facts ->> 'is_report')::boolean is not null
      and ((x.facts ->> 'is_report')::boolean or x.facts ->> 'state' in ('ringing', 'in_progress', 'ended'))
    order by c.id
  loop
    perform private.note_late_life(late.id, late.provider_call_id);
    continue when not late.is_report or exists (select from engine.repairs r where r.call_id = late.id and r.kind = 'late_settled');
    update public.calls c
    set talk_seconds = late.talk_seconds, billed_seconds = least(c.reserved_seconds, private.round_up(late.talk_seconds, late.first_increment_seconds, late.billing_increment_seconds),
      greatest(0, (select a.balance_seconds - a.reserved_seconds from engine.accounts a where a.account_id = c.account_id)))
    where c.id = late.id;
    perform private.post_consumption(post_late_finds.account_id, array[late.id]);
    perform private.note_repairs('late_settled', array[late.id], jsonb_build_object('talk_seconds', late.talk_seconds));
  end loop;
end $$;

-- Applies up to n pending events of one locked account. One failing event fails the batch; the caller then goes one by one.
create function private.process_account_events(account_id uuid, n int) returns int
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  event_ids bigint[];
  folded private.call_facts[];
  closing jsonb;
  closed uuid[];
begin
  event_ids := array(
    select e.id from engine.provider_events e
    where e.account_id = process_account_events.account_id and e.processed_at is null and e.quarantined_at is null
    order by e.id limit n);
  -- An event may have come while the person was being erased, whom its inbox still took for somebody.
  update engine.provider_events e set body = null, event = private.nobodys_event(e.event)
  from public.calls c where e.id = any(event_ids) and c.id = e.call_id and c.phone = '';
  folded := array(select f from private.fold_events(event_ids) f);
  -- The calls are locked in id order before anything about them is decided.
  perform from public.calls c where c.id in (select x.call_id from unnest(folded) x) order by c.id for update;
  perform private.post_late_finds(process_account_events.account_id, folded);
  perform private.apply_facts(folded, moment);
  perform private.use_noted_tools(event_ids);
  -- Before the calls are closed: the next step of a contact knows then what was said.
  perform private.heed_analyses(folded);
  closing := private.closings(folded);
  closed := private.close_calls(process_account_events.account_id, closing);
  perform private.store_conversation(folded);
  perform private.guard_opt_out_rates(closed);
  perform private.pause_for_account_faults(closing);
  perform private.note_changed_calls(array(select x.call_id from unnest(folded) x));
  perform private.wake(process_account_events.account_id);
  update engine.provider_events e set processed_at = moment where e.id = any(event_ids);
  return cardinality(event_ids);
end $$;

-- Works through an account's pending events; a poison event is set apart after five tries so that the others go on.
create function private.process_carefully(account_id uuid, n int) returns int
language plpgsql set search_path = ''
as $$
declare
  words text;
begin
  return private.process_account_events(process_carefully.account_id, n);
exception when others then
  get stacked diagnostics words = message_text;
  if private.put_off(process_carefully.account_id, sqlstate, words) then
    return 0;
  end if;
  if n > 1 then
    return private.process_carefully(process_carefully.account_id, 1);
  end if;
  update engine.provider_events e
  set tries = e.tries + 1, error = left(words, 500), quarantined_at = case when e.tries >= 4 then private.now() end
  where e.id = (select p.id from engine.provider_events p
    where p.account_id = process_carefully.account_id and p.processed_at is null and p.quarantined_at is null order by p.id limit 1);
  return 0;
end $$;

-- Events that came before their call was known get another look; after ten minutes they are closed as nobody's. What another
-- worker looks at is left to it: whoever asks may hold calls that it waits for.
create function private.match_stray_events(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  with strays as materialized (
    select s.id, s.attempt_id, s.provider_call_id, private.as_uuid(s.event ->> 'connection_id') as connection_id, s.received_at from engine.provider_events s
    where s.processed_at is null and s.account_id is null order by s.id for update skip locked
  ), matched as (
    update engine.provider_events e set account_id = c.account_id, call_id = c.id
    from strays s join public.calls c on (c.attempt_id = s.attempt_id or c.provider_call_id = s.provider_call_id)
      and (c.provider_call_id is null or s.provider_call_id is null or c.provider_call_id = s.provider_call_id)
      and private.connection_of(c.provider_line_id) is not distinct from s.connection_id
    where e.id = s.id
    returning e.id
  )
  update engine.provider_events e set processed_at = moment, error = 'no call of ours'
  from strays s
  where e.id = s.id and s.received_at < moment - interval '10 minutes' and not exists (select from matched m where m.id = s.id);
end $$;

-- Called after a webhook was answered, and by every tick. Accounts that somebody else works on are left to them.
-- Answers {processed, pending, unsent_ms}: the caller may come back for announcements that were too soon.
-- The plans are made once in a session and kept, with everything that is asked on the way: settling one call takes some sixty
-- statements, and planning them took three times as long as running them. A session that met empty tables would read full ones
-- later, so plans with full scans are ruled out.
create function private.process_call_events(event_limit int) returns jsonb
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
  account record;
  processed int := 0;
begin
  -- Definer: the inbox and the engine are granted to nobody.
  perform private.match_stray_events(private.now());
  for account in
    select a.account_id from engine.accounts a
    where a.account_id in (select distinct e.account_id from engine.provider_events e
      where e.processed_at is null and e.quarantined_at is null and e.account_id is not null)
    order by a.account_id for update skip locked
  loop
    processed := processed + private.process_carefully(account.account_id, least(greatest(event_limit, 1), 500));
    exit when processed >= event_limit;
  end loop;
  perform private.broadcast_changes();
  return jsonb_build_object('processed', processed, 'unsent_ms', private.unsent_ms(), 'pending', (select count(*) from (
    select from engine.provider_events e where e.processed_at is null and e.quarantined_at is null and e.account_id is not null limit 1000) p));
end $$;
grant execute on function private.process_call_events(int) to service_role;

create function public.process_call_events(batch_size int) returns jsonb
language sql set search_path = ''
return private.process_call_events(process_call_events.batch_size);
grant execute on function public.process_call_events(int) to service_role;
