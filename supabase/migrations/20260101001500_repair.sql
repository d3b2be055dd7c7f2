-- What keeps the engine from getting stuck: sweeps of leases and stale calls, and asking the provider.

-- Calls of one account go back to the queue uncounted: nobody heard from them, nobody was dialled.
create function private.void_reserved(account_id uuid, call_ids uuid[]) returns int
language sql set search_path = ''
as $$
  select cardinality(private.close_calls(void_reserved.account_id, (
    select coalesce(jsonb_agg(jsonb_build_object('call_id', c.id, 'state', 'voided', 'is_counted', false)), '[]')
    from public.calls c where c.id = any(call_ids) and c.state = 'reserved')))
$$;

-- Reserved calls whose dispatcher never came back go to the queue again; dialled ones that were not heard of since must be asked
-- about before anything else happens to their number.
create function private.sweep_leases(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
  ids uuid[];
begin
  for account in
    select a.account_id from engine.accounts a
    where a.account_id in (select c.account_id from public.calls c where c.state in ('reserved', 'dialing') and c.lease_until < moment)
    order by a.account_id for update skip locked
  loop
    ids := array(
      select c.id from public.calls c where c.account_id = account.account_id and c.state = 'reserved' and c.lease_until < moment
      order by c.id for update);
    perform private.note_repairs('never_dialled', ids);
    perform private.void_reserved(account.account_id, ids);
    -- What somebody holds is being told something right now. Under the account's lock too, because the campaigns are told.
    ids := array(
      select c.id from public.calls c where c.account_id = account.account_id and c.state = 'dialing' and c.lease_until < moment
      order by c.id limit 1000 for update skip locked);
    perform private.note_repairs('not_heard', ids);
    update public.calls c set state = 'unknown' where c.id = any(ids);
    perform private.note_changed_calls(ids) where cardinality(ids) > 0;
  end loop;
end $$;

-- The longest a call can last from its dial: a minute of ringing, its maximum, and two minutes for clocks and reports.
create function private.longest_end(call public.calls) returns timestamptz
language sql immutable set search_path = ''
return (call).dialled_at + make_interval(secs => (call).reserved_seconds) + interval '180 seconds';

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
      where c.settled_at is null and c.dialled_at is not null and private.longest_end(c) < moment
        and (private.is_live(c.state) or c.dialled_at < moment - interval '24 hours'))
    order by a.account_id for update skip locked
  loop
    stale := array(
      select c.id from public.calls c
      where c.account_id = account.account_id and c.settled_at is null and private.is_live(c.state) and private.longest_end(c) < moment
      order by c.id for update);
    perform private.note_repairs('slot_freed', stale);
    perform private.release_slots(stale);
    update public.calls c set state = 'ended' where c.id = any(stale);
    stale := array(
      select c.id from public.calls c
      where c.account_id = account.account_id and c.settled_at is null and private.longest_end(c) < moment
        and c.dialled_at < moment - interval '24 hours'
      order by c.id for update);
    perform private.note_repairs('no_record', stale);
    perform private.close_calls(account.account_id, (
      select coalesce(jsonb_agg(jsonb_build_object('call_id', x.id, 'state', 'settled', 'outcome', 'failed', 'failure_scope', 'transient',
        'ended_reason', 'no-record-within-24-hours')), '[]') from unnest(stale) as x (id)));
    perform private.wake(account.account_id);
  end loop;
end $$;

-- Due rows in a running campaign whose lane sleeps: a wake-up was missed. Woken, and counted because there must be none. An account
-- that somebody works on has its turn a minute later.
create function private.sweep_missed_wakes(moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
declare
  missed int;
begin
  with sleeping as (
    select l.id, l.account_id from engine.lanes l
    join engine.campaigns c on c.campaign_id = l.campaign_id and c.is_active and (c.concurrency_max is null or c.in_flight < c.concurrency_max)
    join engine.accounts a on a.account_id = l.account_id
    where l.next_at is null and private.next_due(l.id) <= moment
    for update of a skip locked
  ), woken as (
    update engine.lanes l set next_at = moment from sleeping s where l.id = s.id returning s.account_id, l.id, l.campaign_id, l.wait_reason
  ), noted as (
    insert into engine.repairs (kind, account_id, facts)
    select 'missed_wake', w.account_id, jsonb_build_object('lane_id', w.id, 'campaign_id', w.campaign_id, 'wait_reason', w.wait_reason) from woken w
  )
  select count(*) into missed from woken;
  if missed > 0 then
    update engine.accounts a set next_at = least(a.next_at, moment)
    where a.account_id in (select l.account_id from engine.lanes l where l.next_at = moment);
  end if;
  return missed;
end $$;

-- Calls that nobody has heard of for too long: unknown ones, ended ones whose report does not come, open ones past their time,
-- and voids that gave a sign of life and were never reported. Each every fifteen seconds at most, and ever more rarely.
create function private.unheard_calls(moment timestamptz) returns setof public.calls
language sql stable set search_path = ''
as $$
  select c from public.calls c
  where c.settled_at is null and c.dialled_at is not null and (c.checked_at is null or c.checked_at < moment - greatest(interval '15 seconds', (moment - c.dialled_at) / 60))
    and (c.state = 'unknown'
      -- The end is the provider's time, and its clock may be wrong; without one the slot was freed after any possible length.
      or (c.state = 'ended' and (c.ended_at < moment - interval '60 seconds' or private.longest_end(c) < moment))
      or (c.state in ('ringing', 'in_progress') and private.longest_end(c) - interval '120 seconds' < moment)
      -- Somebody with an account's own secret says that it is over: the provider itself is asked.
      or (c.provider_line_id in (select l.id from engine.provider_lines l where l.connection_id is not null)
        and exists (select from engine.provider_events e where e.call_id = c.id and e.event ? 'claims_report')))
  union all
  select c from public.calls c
  where c.found_late_at > moment - interval '24 hours' and c.provider_call_id is not null and private.longest_end(c) - interval '120 seconds' < moment
    and (c.checked_at is null or c.checked_at < moment - greatest(interval '15 seconds', (moment - c.dialled_at) / 60))
    and not exists (select from engine.repairs r where r.call_id = c.id and r.kind = 'late_settled')
$$;

-- Called by reconcile-calls: calls the provider must be asked about, those not asked for longest first. must_list: we never
-- learned the provider's id, so only a listing can tell. absence_counts: the dial is old enough to be in any listing made from now on.
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
    order by c.checked_at nulls first, c.dialled_at limit least(greatest(check_limit, 0), 100) for update skip locked
  ), marked as (
    update public.calls c set checked_at = moment from due d where c.id = d.id
    returning c.id, c.attempt_id, c.provider_call_id, c.phone_number_id, c.provider_line_id, c.dialled_at
  )
  select jsonb_build_object('calls', coalesce(jsonb_agg(jsonb_build_object('call_id', m.id, 'attempt_id', m.attempt_id,
    'provider_call_id', m.provider_call_id, 'provider', n.provider, 'provider_ref', n.provider_ref, 'connection_id', private.connection_of(m.provider_line_id), 'since', m.dialled_at,
    'must_list', m.provider_call_id is null, 'absence_counts', m.dialled_at <= moment - interval '2 minutes')), '[]'))
  into answer from marked m join public.phone_numbers n on n.id = m.phone_number_id;
  return answer;
end $$;
grant execute on function private.calls_to_check(int) to service_role;

create function public.calls_to_check(batch_size int) returns jsonb
language sql set search_path = ''
return private.calls_to_check(calls_to_check.batch_size);
grant execute on function public.calls_to_check(int) to service_role;

-- The provider knows the call: its facts go the way of a webhook's. The repair is noted when they are news.
create function private.adopt_call(call public.calls, event jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  is_report boolean := coalesce((event ->> 'is_report')::boolean, false);
  is_news boolean := (private.store_event(event || jsonb_build_object('attempt_id', call.attempt_id, 'connection_id', private.connection_of(call.provider_line_id)),
    jsonb_build_object('source', 'reconcile')) ->> 'is_new')::boolean;
begin
  if is_news and call.settled_at is null and (is_report or call.provider_call_id is null
    or private.state_rank((event ->> 'state')::public.call_state) > private.state_rank(call.state)) then
    perform private.note_repairs(case when is_report then 'settled_by_asking' else 'adopted' end, array[call.id],
      jsonb_build_object('found', event ->> 'state'));
  end if;
end $$;

-- The provider has never had the call: the attempt counts, and nobody is redialled soon. A call that anybody has heard of since
-- the listing was made is left alone; so is one that was settled.
create function private.void_absent(call public.calls) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.lock_account(call.account_id);
  perform from public.calls c
  where c.id = call.id and c.settled_at is null and c.dialled_at is not null and c.provider_call_id is null and c.accepted_at is null for update;
  if found then
    perform private.note_repairs('not_placed', array[call.id]);
    perform private.close_calls(call.account_id, jsonb_build_array(jsonb_build_object('call_id', call.id, 'state', 'voided',
      'is_counted', true, 'outcome', 'failed', 'failure_scope', 'transient', 'ended_reason', 'not-placed')));
  end if;
end $$;

-- What the provider said about a call: found = the same facts a webhook would bring; absent = in a complete listing, and decisive
-- only when the dial was two minutes old as the listing was asked for (absence_counts, as calls_to_check said); unsure = ask again later.
-- The same answer twice changes nothing.
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
    perform private.adopt_call(call, facts -> 'event');
  elsif facts ->> 'kind' = 'absent' and coalesce((facts ->> 'absence_counts')::boolean, false) then
    perform private.void_absent(call);
  end if;
  return jsonb_build_object('state', (select c.state from public.calls c where c.id = call.id));
end $$;
grant execute on function private.record_call_check(uuid, jsonb) to service_role;

create function public.record_call_check(call_id uuid, facts jsonb) returns jsonb
language sql set search_path = ''
return private.record_call_check(record_call_check.call_id, record_call_check.facts);
grant execute on function public.record_call_check(uuid, jsonb) to service_role;
