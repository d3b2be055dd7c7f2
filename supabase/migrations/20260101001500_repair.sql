-- What keeps the engine from getting stuck: sweeps of leases and stale calls, and asking the provider.

-- Calls of one account go back to the queue uncounted: nobody heard from them, nobody was dialled.
create function private.void_reserved(account_id uuid, call_ids uuid[]) returns int
language sql set search_path = ''
as $$
  select cardinality(private.close_calls(void_reserved.account_id, (
    select coalesce(jsonb_agg(jsonb_build_object('call_id', c.id, 'state', 'voided', 'is_counted', false)), '[]')
    from public.calls c where c.id = any(call_ids) and c.state = 'reserved')))
$$;

-- Reserved calls whose dispatcher never came back.
create function private.sweep_leases(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
begin
  for account in
    select a.account_id from engine.accounts a
    where a.account_id in (select c.account_id from public.calls c where c.state = 'reserved' and c.lease_until < moment)
    order by a.account_id for update skip locked
  loop
    perform private.void_reserved(account.account_id, array(
      select c.id from public.calls c where c.account_id = account.account_id and c.state = 'reserved' and c.lease_until < moment
      order by c.id for update));
  end loop;
  -- Dialled and not heard of since: the provider must be asked before anything else happens to this number.
  update public.calls c set state = 'unknown' where c.state = 'dialing' and c.lease_until < moment;
end $$;

-- Calls past any possible length give their slot back; a day later, without a record, they are settled without use.
create function private.sweep_stale(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
  stale uuid[];
begin
  for account in
    select a.account_id from engine.accounts a
    where a.account_id in (select c.account_id from public.calls c
      where c.settled_at is null and c.dialled_at + make_interval(secs => c.reserved_seconds) < moment - interval '180 seconds'
        and (private.is_live(c.state) or c.dialled_at < moment - interval '24 hours'))
    order by a.account_id for update skip locked
  loop
    stale := array(
      select c.id from public.calls c
      where c.account_id = account.account_id and c.settled_at is null and private.is_live(c.state)
        and c.dialled_at + make_interval(secs => c.reserved_seconds) < moment - interval '180 seconds'
      order by c.id for update);
    perform private.release_slots(stale);
    update public.calls c set state = 'ended' where c.id = any(stale);
    perform private.close_calls(account.account_id, (
      select coalesce(jsonb_agg(jsonb_build_object('call_id', c.id, 'state', 'settled', 'outcome', 'failed', 'failure_scope', 'transient',
        'ended_reason', 'no-record-within-24-hours')), '[]')
      from public.calls c where c.account_id = account.account_id and c.settled_at is null and c.dialled_at < moment - interval '24 hours'));
    perform private.wake(account.account_id);
  end loop;
end $$;

-- Due rows in a running campaign whose lane sleeps: a wake-up was missed. Woken, and counted because there must be none.
create function private.sweep_missed_wakes(moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
declare
  missed int;
begin
  with sleeping as (
    select l.id, l.account_id from engine.lanes l
    join engine.campaigns c on c.campaign_id = l.campaign_id and c.is_active and (c.concurrency_max is null or c.in_flight < c.concurrency_max)
    where l.next_at is null and private.next_due(l.id) <= moment
  ), woken as (
    update engine.lanes l set next_at = moment from sleeping s where l.id = s.id returning s.account_id
  )
  select count(*) into missed from woken;
  if missed > 0 then
    update engine.accounts a set next_at = least(a.next_at, moment)
    where a.account_id in (select l.account_id from engine.lanes l where l.next_at = moment);
  end if;
  return missed;
end $$;

-- Calls that nobody has heard of for too long, each at most every 15 seconds.
create function private.unheard_calls(moment timestamptz) returns setof public.calls
language sql stable set search_path = ''
as $$
  select c from public.calls c
  where c.settled_at is null and (c.checked_at is null or c.checked_at < moment - interval '15 seconds')
    and (c.state = 'unknown' or (c.state = 'ended' and c.ended_at < moment - interval '60 seconds')
      or (c.state in ('ringing', 'in_progress') and c.dialled_at + make_interval(secs => c.reserved_seconds) < moment - interval '60 seconds'))
$$;

-- Called by reconcile-calls: calls the provider must be asked about. must_list: we never
-- learned the provider's id, so only a listing can tell.
create function private.calls_to_check(check_limit int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  answer jsonb;
begin
  -- Definer: engine columns of calls are granted to nobody.
  with due as (
    select c.id from public.calls c
    where c.id in (select u.id from private.unheard_calls(moment) u)
    order by c.dialled_at limit least(greatest(check_limit, 0), 100) for update skip locked
  ), marked as (
    update public.calls c set checked_at = moment from due d where c.id = d.id
    returning c.id, c.attempt_id, c.provider_call_id, c.phone_number_id, c.dialled_at
  )
  select jsonb_build_object('calls', coalesce(jsonb_agg(jsonb_build_object('call_id', m.id, 'attempt_id', m.attempt_id,
    'provider_call_id', m.provider_call_id, 'provider', n.provider, 'provider_ref', n.provider_ref, 'since', m.dialled_at,
    'must_list', m.provider_call_id is null)), '[]'))
  into answer from marked m join public.phone_numbers n on n.id = m.phone_number_id;
  return answer;
end $$;
grant execute on function private.calls_to_check(int) to service_role;

create function public.calls_to_check(batch_size int) returns jsonb
language sql set search_path = ''
return private.calls_to_check(calls_to_check.batch_size);
grant execute on function public.calls_to_check(int) to service_role;

-- What the provider said about a call: found = the same facts a webhook would bring; absent = in a complete listing, and
-- only when the dial is two minutes old: then the attempt counts and nobody is redialled soon; unsure = ask again later.
create function private.record_call_check(call_id uuid, facts jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  call public.calls := (select c from public.calls c where c.id = record_call_check.call_id);
begin
  -- Definer: calls are written by nobody but the engine.
  if call.id is null then
    perform private.raise_error('not_found', 'There is no such call.');
  end if;
  if facts ->> 'kind' = 'found' then
    perform private.record_call_event(facts -> 'event' || jsonb_build_object('attempt_id', call.attempt_id), jsonb_build_object('source', 'reconcile'));
  elsif facts ->> 'kind' = 'absent' and call.dialled_at < private.now() - interval '2 minutes' then
    perform private.lock_account(call.account_id);
    perform from public.calls c where c.id = call.id and c.state in ('dialing', 'unknown') for update;
    if found then
      perform private.close_calls(call.account_id, jsonb_build_array(jsonb_build_object('call_id', call.id, 'state', 'voided',
        'is_counted', true, 'outcome', 'failed', 'failure_scope', 'transient', 'ended_reason', 'not-placed')));
    end if;
  end if;
  return jsonb_build_object('state', (select c.state from public.calls c where c.id = call.id));
end $$;
grant execute on function private.record_call_check(uuid, jsonb) to service_role;

create function public.record_call_check(call_id uuid, facts jsonb) returns jsonb
language sql set search_path = ''
return private.record_call_check(record_call_check.call_id, record_call_check.facts);
grant execute on function public.record_call_check(uuid, jsonb) to service_role;

-- Jobs that somebody should take on now: due, and not leased to a worker that may still be at it.
create function private.due_jobs(moment timestamptz) returns setof engine.outbox
language sql stable set search_path = ''
as $$
  select o from engine.outbox o
  where o.done_at is null and o.quarantined_at is null and o.due_at <= moment and (o.lease_until is null or o.lease_until < moment)
$$;

-- Called by run-outbox: jobs that are due, leased for two minutes, so that a dead worker's jobs come back.
create function private.claim_outbox(job_limit int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  answer jsonb;
begin
  -- Definer: the outbox is granted to nobody.
  with due as (
    select o.id from engine.outbox o
    where o.id in (select d.id from private.due_jobs(moment) d)
    order by o.due_at limit least(greatest(job_limit, 0), 100) for update skip locked
  ), leased as (
    update engine.outbox o set lease_until = moment + interval '2 minutes', tries = o.tries + 1 from due d where o.id = d.id
    returning o.id, o.kind, o.payload, o.tries
  )
  select jsonb_build_object('jobs', coalesce(jsonb_agg(l), '[]')) into answer from leased l;
  return answer;
end $$;
grant execute on function private.claim_outbox(int) to service_role;

create function public.claim_outbox(batch_size int) returns jsonb
language sql set search_path = ''
return private.claim_outbox(claim_outbox.batch_size);
grant execute on function public.claim_outbox(int) to service_role;

-- The answer of a job. A failure is tried again later, longer each time, eight times; then it is set apart and, for a
-- recording, said on the call. A second answer for a finished job changes nothing.
create function private.record_outbox(id bigint, result jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  job engine.outbox;
  is_lost boolean;
begin
  -- Definer: the outbox is granted to nobody.
  select * into job from engine.outbox o where o.id = record_outbox.id and o.done_at is null and o.quarantined_at is null for update;
  if not found then
    return jsonb_build_object('state', 'finished');
  end if;
  is_lost := not (result ->> 'ok')::boolean and (coalesce((result ->> 'is_final')::boolean, false) or job.tries >= 8);
  update engine.outbox o
  set done_at = case when (result ->> 'ok')::boolean then private.now() end, quarantined_at = case when is_lost then private.now() end,
    lease_until = null, error = left(result ->> 'error', 500), due_at = private.now() + make_interval(secs => 5 * power(3, least(job.tries, 7)))
  where o.id = job.id;
  if job.kind = 'copy_recording' and ((result ->> 'ok')::boolean or is_lost) then
    update public.calls c
    set recording_state = case when is_lost then 'failed'::public.recording_state else 'stored' end, recording_path = result ->> 'path'
    where c.id = (job.payload ->> 'call_id')::uuid;
    perform private.note_changed_calls(array[(job.payload ->> 'call_id')::uuid]);
    perform private.broadcast_changes();
  end if;
  return jsonb_build_object('state', case when is_lost then 'quarantined' when (result ->> 'ok')::boolean then 'done' else 'waiting' end);
end $$;
grant execute on function private.record_outbox(bigint, jsonb) to service_role;

create function public.record_outbox(id bigint, result jsonb) returns jsonb
language sql set search_path = ''
return private.record_outbox(record_outbox.id, record_outbox.result);
grant execute on function public.record_outbox(bigint, jsonb) to service_role;
