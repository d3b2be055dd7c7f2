-- Work that follows from a call and may fail for a while: claimed by run-outbox, answered, and given up in the end.

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
    order by o.due_at, o.id limit least(greatest(job_limit, 0), 100) for update skip locked
  ), leased as (
    update engine.outbox o set lease_until = moment + interval '2 minutes', tries = o.tries + 1 from due d where o.id = d.id
    returning o.id, o.kind, o.payload, o.tries
  )
  select jsonb_build_object('jobs', coalesce(jsonb_agg(l order by l.id), '[]')) into answer from leased l;
  return answer;
end $$;
grant execute on function private.claim_outbox(int) to service_role;

create function public.claim_outbox(batch_size int) returns jsonb
language sql set search_path = ''
return private.claim_outbox(claim_outbox.batch_size);
grant execute on function public.claim_outbox(int) to service_role;

-- What an answered job changes beside itself; a failure that is tried again changes nothing. Its account is locked.
create function private.heed_job(job engine.outbox, result jsonb, is_lost boolean) returns void
language plpgsql set search_path = ''
as $$
declare
  is_done boolean := (result ->> 'ok')::boolean;
  heard uuid := private.as_uuid(job.payload ->> 'call_id');
begin
  if job.kind = 'copy_recording' and is_lost then
    perform private.lose_recordings(array[heard], jsonb_build_object('why', left(result ->> 'error', 500)));
  elsif job.kind = 'copy_recording' and is_done then
    update public.calls c set recording_state = 'stored', recording_path = result ->> 'path', recording_bytes = (result ->> 'bytes')::bigint,
      recording_channels = (result ->> 'channels')::smallint where c.id = heard;
    perform private.forget_recordings(array[c.id]) from public.calls c where c.id = heard and c.phone = '';
    perform private.note_changed_calls(array[heard]);
  elsif job.kind in ('delete_recording', 'erase_call') and is_lost then
    perform private.note_repairs('recording_kept', array[heard], jsonb_build_object('why', left(result ->> 'error', 500), 'job', job.kind));
    perform private.tell_failed_deletion(job.account_id);
  elsif job.kind = 'delete_recording' and is_done then
    perform private.note_deleted_recording(job, result);
  elsif job.kind = 'analyse_call' and is_done and result -> 'findings' is not null then
    perform private.note_findings(heard, result ->> 'source', result -> 'findings');
  elsif job.kind = 'erase_call' and is_done then
    perform private.note_erased_call(job, result);
  elsif job.kind = 'erase_customer' and is_done then
    perform private.log_activity(job.account_id, 'account.customer_erased', 'account', job.account_id);
  elsif job.kind = 'make_invoice' and is_done then
    update public.orders o set invoice_path = result ->> 'path' where o.id = (job.payload ->> 'order_id')::uuid and o.invoice_path is null;
  end if;
  if job.kind in ('make_invoice', 'delete_recording', 'erase_call') and (is_done or is_lost) then
    -- So that open pages hear of it.
    update engine.accounts a set changed_at = private.now() where a.account_id = job.account_id;
  end if;
  if job.kind in ('copy_recording', 'delete_recording', 'erase_call', 'analyse_call', 'make_invoice') then
    perform private.broadcast_changes();
  end if;
end $$;

-- The answer of a job. A failure is tried again later, longer each time, eight times; then it is set apart and, for a
-- recording, said on the call. A second answer for a finished job changes nothing. Under the account's lock, as whatever changes a
-- call and then its campaign: a heartbeat that had the campaign and wanted the call would wait for us. An account that stays busy
-- says unavailable, and the job comes back when its lease ends.
create function private.record_outbox(id bigint, result jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  job engine.outbox;
  is_lost boolean;
begin
  -- Definer: the outbox is granted to nobody.
  perform private.lock_account(o.account_id) from engine.outbox o where o.id = record_outbox.id and o.account_id is not null;
  select * into job from engine.outbox o where o.id = record_outbox.id and o.done_at is null and o.quarantined_at is null for update;
  if not found then
    return jsonb_build_object('state', 'finished');
  end if;
  is_lost := not (result ->> 'ok')::boolean and (coalesce((result ->> 'is_final')::boolean, false) or job.tries >= 8);
  update engine.outbox o
  set done_at = case when (result ->> 'ok')::boolean then private.now() end, quarantined_at = case when is_lost then private.now() end,
    lease_until = null, error = left(result ->> 'error', 500), due_at = private.now() + make_interval(secs => 5 * power(3, least(job.tries, 7)))
  where o.id = job.id;
  perform private.heed_job(job, result, is_lost);
  return jsonb_build_object('state', case when is_lost then 'quarantined' when (result ->> 'ok')::boolean then 'done' else 'waiting' end);
end $$;
grant execute on function private.record_outbox(bigint, jsonb) to service_role;

create function public.record_outbox(id bigint, result jsonb) returns jsonb
language sql set search_path = ''
return private.record_outbox(record_outbox.id, record_outbox.result);
grant execute on function public.record_outbox(bigint, jsonb) to service_role;

-- The recording of these calls will not come: said on the call, so that nobody waits for it. Their account is locked.
create function private.lose_recordings(call_ids uuid[], facts jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.note_repairs('recording_lost', call_ids, facts);
  update public.calls c set recording_state = 'failed' where c.id = any(call_ids) and c.recording_state = 'pending';
  perform private.note_changed_calls(call_ids);
end $$;

-- Jobs of a locked account, or of none, whose workers died eight times are given up.
create function private.abandon_jobs(account_id uuid, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  ids uuid[];
  has_deletions boolean;
begin
  with abandoned as (
    update engine.outbox o set quarantined_at = moment, lease_until = null, error = coalesce(o.error, 'every worker died')
    where o.id in (select d.id from private.abandoned_jobs(moment) d where d.account_id is not distinct from abandon_jobs.account_id order by d.id limit 1000)
    returning o.id, o.account_id, o.kind, o.payload, o.tries
  ), noted as (
    insert into engine.repairs (kind, account_id, facts)
    select 'job_abandoned', a.account_id, jsonb_build_object('job_id', a.id, 'job', a.kind, 'tries', a.tries) from abandoned a
  )
  select array_agg((a.payload ->> 'call_id')::uuid) filter (where a.kind = 'copy_recording'), bool_or(a.kind in ('delete_recording', 'erase_call'))
  into ids, has_deletions from abandoned a;
  perform private.tell_failed_deletion(abandon_jobs.account_id) where has_deletions;
  perform private.lose_recordings(ids, '{"why": "every worker died"}') where ids is not null;
end $$;

create function private.abandoned_jobs(moment timestamptz) returns setof engine.outbox
language sql stable set search_path = ''
as $$
  select o from engine.outbox o where o.done_at is null and o.quarantined_at is null and o.tries >= 8 and o.lease_until < moment
$$;

-- Recordings that wait without a job to copy them.
create function private.forgotten_recordings(moment timestamptz) returns setof public.calls
language sql stable set search_path = ''
as $$
  select c from public.calls c
  where c.recording_state = 'pending' and c.settled_at < moment - interval '5 minutes'
    and not exists (select from engine.outbox o where o.kind = 'copy_recording' and o.dedupe_key = c.id::text)
$$;

-- A locked account's recordings that wait without a job get one, or are lost when there is nobody to copy them from.
create function private.requeue_recordings(account_id uuid, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  ids uuid[] := array(select f.id from private.forgotten_recordings(moment) f where f.account_id = requeue_recordings.account_id order by f.id limit 1000);
begin
  if cardinality(ids) = 0 then
    return;
  end if;
  perform private.note_repairs('recording_requeued', array(select c.id from public.calls c where c.id = any(ids) and c.provider_call_id is not null));
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'copy_recording', c.id::text, private.recording_job(c) from public.calls c
  where c.id = any(ids) and c.provider_call_id is not null order by c.id
  on conflict on constraint a_job_is_queued_once do nothing;
  perform private.lose_recordings(lost.ids, '{"why": "the provider''s id is not known"}')
  from (select array_agg(c.id) as ids from public.calls c where c.id = any(ids) and c.provider_call_id is null) lost where lost.ids is not null;
end $$;

-- Each minute: no job and no recording may wait for ever. An account that somebody works on has its turn a minute later.
create function private.sweep_outbox(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
begin
  for account in
    select a.account_id from engine.accounts a
    where a.account_id in (select d.account_id from private.abandoned_jobs(moment) d union all select f.account_id from private.forgotten_recordings(moment) f)
    order by a.account_id for update skip locked
  loop
    perform private.abandon_jobs(account.account_id, moment);
    perform private.requeue_recordings(account.account_id, moment);
  end loop;
  perform private.abandon_jobs(null, moment);
end $$;
