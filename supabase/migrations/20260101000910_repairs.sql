-- What the engine had to put right: every repair is a row, so that what happens rarely is seen when it becomes frequent.

create table engine.repairs (
  id bigint generated always as identity primary key,
  -- never_dialled: a dispatcher died between claim and dial, the contact went back to the queue uncounted
  -- not_heard: dialled or accepted, and silent for its lease: the provider must be asked
  -- adopted: asked, the provider knew the call and where it stands · settled_by_asking: it had ended, and its report had not come
  -- not_placed: absent from a complete listing, voided and counted · slot_freed: open past any possible length
  -- no_record: nothing known of it a day later, settled without use
  -- found_late: a void gave a sign of life · late_settled: the report of such a call came, and its use was posted
  -- missed_wake: due rows in a lane that slept · counter_corrected: slots or reservations differed from the rows
  -- recording_requeued: a recording waited and no job was to copy it · recording_lost: it cannot be copied any more
  -- recording_kept: its time is over, and the storage would not delete it (tried again a day later) or the provider not forget the call
  -- job_abandoned: a job whose workers died eight times
  -- put_off: work on events met a deadlock or a server without room; it is done again, and no event is blamed
  -- payment_unmatched: an event of a payment that is nobody's after three days · billing_difference: books that do not agree
  kind text not null constraint kind_is_known check (kind in ('never_dialled', 'not_heard', 'adopted', 'settled_by_asking', 'not_placed', 'slot_freed',
    'no_record', 'found_late', 'late_settled', 'missed_wake', 'counter_corrected', 'recording_requeued', 'recording_lost', 'recording_kept', 'job_abandoned', 'put_off',
    'payment_unmatched', 'billing_difference')),
  account_id uuid references public.accounts on delete cascade,
  call_id uuid references public.calls on delete cascade,
  facts jsonb not null default '{}',
  at timestamptz not null default private.now()
);
create index repairs_newest on engine.repairs (at);
create index repairs_by_account on engine.repairs (account_id);
create index repairs_by_call on engine.repairs (call_id);
create index calls_found_late on public.calls (found_late_at) where found_late_at is not null;
create index calls_waiting_for_a_recording on public.calls (settled_at) where recording_state = 'pending';

-- When each periodic sweep was last done, whichever tick did it.
create table engine.sweeps (
  name text primary key,
  swept_at timestamptz not null default '-infinity'
);
insert into engine.sweeps (name) values ('each_minute'), ('each_night'), ('payment_listing'), ('payment_listing_asked');

alter table engine.repairs enable row level security;
alter table engine.sweeps enable row level security;
create policy "Nobody reads the engine through the API" on engine.repairs for all using (false);
create policy "Nobody reads the engine through the API" on engine.sweeps for all using (false);

-- Notes one repair per call, with what the call looked like before: ask it before the change.
create function private.note_repairs(kind text, call_ids uuid[], facts jsonb default '{}') returns void
language sql set search_path = ''
as $$
  insert into engine.repairs (kind, account_id, call_id, facts)
  select note_repairs.kind, c.account_id, c.id,
    jsonb_strip_nulls(jsonb_build_object('state', c.state, 'dialled_at', c.dialled_at, 'provider_call_id', c.provider_call_id)) || note_repairs.facts
  from public.calls c where c.id = any(call_ids) order by c.id
$$;

-- Whether a failure was the database's own trouble, not the fault of the event that was worked on: a deadlock or lost serialization (40),
-- a server without room (53), a lock that was not to be had (55), one that is being stopped (57) or whose disk fails (58). It is
-- noted then, and the event waits for the next worker as it was.
create function private.put_off(account_id uuid, code text, words text) returns boolean
language plpgsql set search_path = ''
as $$
begin
  insert into engine.repairs (kind, account_id, facts)
  select 'put_off', put_off.account_id, jsonb_build_object('code', put_off.code, 'words', left(put_off.words, 500))
  where left(put_off.code, 2) in ('40', '53', '55', '57', '58');
  return found;
end $$;

-- For operators and the tick: how many repairs of each kind since then. None is an empty object.
create function private.repair_counts(since timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_object_agg(n.kind, n.repairs), '{}')
  from (select r.kind, count(*) as repairs from engine.repairs r where r.at >= repair_counts.since group by r.kind) n
$$;

-- A call that was voided gives a sign of life: a late acceptance of a dispatcher that slept, or an event. The void stands as a
-- state; the mark keeps the minimum gap and has the provider asked for the report. Takes the call's row alone; a second sign changes nothing.
create function private.note_late_life(call_id uuid, provider_call_id text) returns void
language plpgsql set search_path = ''
as $$
declare
  late public.calls;
begin
  update public.calls c
  set found_late_at = private.now(), provider_call_id = coalesce(c.provider_call_id, note_late_life.provider_call_id)
  where c.id = note_late_life.call_id and c.state = 'voided' and c.dialled_at is not null and c.found_late_at is null
  returning * into late;
  if found then
    perform private.note_repairs('found_late', array[late.id], jsonb_build_object('voided_as', late.ended_reason));
    perform private.log_activity(late.account_id, 'call.found_late', 'call', late.id);
  end if;
end $$;

-- Whether a periodic sweep is due, and then this tick's to do: an overlapping tick is told no. A clock that was set back makes it due.
create function private.begin_sweep(name text, moment timestamptz, every interval) returns boolean
language plpgsql set search_path = ''
as $$
begin
  perform from engine.sweeps s
  where s.name = begin_sweep.name and (s.swept_at <= moment - begin_sweep.every or s.swept_at > moment) for update skip locked;
  if found then
    update engine.sweeps s set swept_at = moment where s.name = begin_sweep.name;
  end if;
  return found;
end $$;
