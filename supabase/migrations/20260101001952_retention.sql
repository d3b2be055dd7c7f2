-- How long an account keeps what its calls leave behind. One rule per kind; jobs delete what is older, in our storage and at the provider,
-- and a line of the activity log stays as proof. Here are the rules and what they mean for recordings; text_retention.sql has transcripts and
-- events, retention_sweep.sql decides whose turn it is. A new kind is a word in the check and a line in oldest_kept and in apply_rule.

-- Made with the account. Kinds: recordings, the sound of calls; transcripts, what was said in writing, with its summaries; events, what the
-- provider sent about calls beyond their facts (both deleted by text_retention.sql).
create table public.retention_rules (
  account_id uuid not null references public.accounts on delete cascade,
  kind text not null constraint kind_is_known check (kind in ('recordings', 'transcripts', 'events')),
  -- counted from the call; null: kept until somebody says otherwise
  days int default 365 constraint days_are_up_to_ten_years check (days between 1 and 3650),
  -- when the next sweep looks: nothing can be due before
  next_at timestamptz not null default private.now(),
  primary key (account_id, kind),
  constraint events_are_kept_thirty_days_at_most check (kind <> 'events' or coalesce(days, 3650) <= 30)
);
create index retention_rules_due on public.retention_rules (next_at) where days is not null;

grant select (account_id, kind, days) on public.retention_rules to authenticated;
grant select on public.retention_rules to service_role;
alter table public.retention_rules enable row level security;
create policy "Members can view how long their account keeps things" on public.retention_rules for select to authenticated
  using (account_id = any(array(select private.account_ids('account.read'))));

-- Every account has its rules from the first moment on. Definer: accounts are opened by people who may not write the table.
create function private.add_retention_rules() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.retention_rules (account_id, kind, days) values (new.id, 'recordings', 365), (new.id, 'transcripts', 730), (new.id, 'events', 30);
  return null;
end $$;
create trigger accounts_have_retention_rules after insert on public.accounts for each row execute function private.add_retention_rules();

-- Whether the account lets its calls be recorded at all.
create function private.records_calls(account_id uuid) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return (select r.records_calls from public.account_rules r where r.account_id = records_calls.account_id);
end $$;

-- Recordings of an account older than so many days, the oldest first.
create function private.old_recordings(account_id uuid, days int, moment timestamptz) returns setof public.calls
language sql stable set search_path = ''
as $$
  select c from public.calls c
  where c.account_id = old_recordings.account_id and c.recording_state = 'stored' and c.created_at < moment - make_interval(days => old_recordings.days)
  order by c.created_at
$$;

-- Recordings of an account older than so many days that never came to us: the provider alone has them.
create function private.uncopied_recordings(account_id uuid, days int, moment timestamptz) returns setof public.calls
language sql stable set search_path = ''
as $$
  select c from public.calls c
  where c.account_id = uncopied_recordings.account_id and c.recording_state = 'failed' and c.created_at < moment - make_interval(days => uncopied_recordings.days)
  order by c.created_at
$$;

-- Orders that the provider forgets such calls, two hundred at a time, each once; answers how many. Its account is locked. A provider that
-- cannot forget is not asked again.
create function private.order_erasures(account_id uuid, days int, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
declare
  ordered int;
begin
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'erase_call', c.id::text, private.recording_job(c) || jsonb_build_object('days', order_erasures.days)
  from private.uncopied_recordings(order_erasures.account_id, order_erasures.days, moment) c
  where c.provider_call_id is not null and not exists (select from engine.outbox o where o.kind = 'erase_call' and o.dedupe_key = c.id::text)
  limit 200
  on conflict on constraint a_job_is_queued_once do nothing;
  get diagnostics ordered = row_count;
  return ordered;
end $$;

-- A rule that became longer takes back what was ordered by the shorter one and nobody has begun. What is in our storage is asked about
-- once more just before it is deleted (recording_to_delete).
create function private.withdraw_erasures(account_id uuid, moment timestamptz) returns void
language sql set search_path = ''
as $$
  delete from engine.outbox o using public.calls c, public.retention_rules r
  where o.account_id = withdraw_erasures.account_id and o.kind = 'erase_call' and o.done_at is null and (o.lease_until is null or o.lease_until < moment)
    and c.id = private.as_uuid(o.payload ->> 'call_id') and c.recording_state = 'failed' and c.phone <> ''
    and r.account_id = o.account_id and r.kind = 'recordings' and not coalesce(c.created_at < moment - make_interval(days => r.days), false)
$$;

-- Orders the deletion of an account's recordings whose time is over, two hundred at a time, in our storage and of those that never came to us at
-- the provider; answers how many. One that was ordered before and came to nothing (the rule was longer for a while, the storage refused for a
-- day) is ordered again. Its account is locked.
create function private.order_deletions(account_id uuid, days int, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
declare
  ordered int;
begin
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'delete_recording', c.id::text, jsonb_build_object('call_id', c.id, 'account_id', c.account_id)
  from private.old_recordings(order_deletions.account_id, order_deletions.days, moment) c
  where not exists (select from engine.outbox o where o.kind = 'delete_recording' and o.dedupe_key = c.id::text
    and o.done_at is null and (o.quarantined_at is null or o.quarantined_at > moment - interval '1 day'))
  limit 200
  on conflict on constraint a_job_is_queued_once do update
  set done_at = null, quarantined_at = null, lease_until = null, tries = 0, due_at = moment, payload = excluded.payload;
  get diagnostics ordered = row_count;
  return greatest(ordered, private.order_erasures(order_deletions.account_id, order_deletions.days, moment));
end $$;

-- Called by run-outbox just before it deletes: {path}, or null when there is nothing to delete any more or the rule has become longer
-- since; of a person who was erased it goes whatever the rule says, and of an account that was, the job knows the place. What it was
-- allowed by is noted in the job. Asked again it answers the same.
create function private.recording_to_delete(job_id bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  job engine.outbox;
  rule_days int;
  path text;
begin
  -- Definer: the outbox is granted to nobody.
  perform private.lock_account(o.account_id) from engine.outbox o where o.id = job_id;
  select * into job from engine.outbox o where o.id = job_id and o.kind = 'delete_recording' and o.done_at is null and o.quarantined_at is null for update;
  select r.days into rule_days from public.retention_rules r where r.account_id = job.account_id and r.kind = 'recordings';
  select c.recording_path into path from private.old_recordings(job.account_id, rule_days, private.now()) c where c.id = private.as_uuid(job.payload ->> 'call_id');
  path := coalesce(path, (select c.recording_path from public.calls c
    where c.id = private.as_uuid(job.payload ->> 'call_id') and c.recording_state = 'stored' and c.phone = ''), job.payload ->> 'path');
  if path is null then
    return null;
  end if;
  update engine.outbox o set payload = o.payload || jsonb_build_object('days', rule_days) where o.id = job.id;
  return jsonb_build_object('path', path);
end $$;
grant execute on function private.recording_to_delete(bigint) to service_role;
create function public.recording_to_delete(job_id bigint) returns jsonb
language sql set search_path = ''
return private.recording_to_delete(recording_to_delete.job_id);
grant execute on function public.recording_to_delete(bigint) to service_role;

-- The file is gone: said on the call, kept as proof, and what the provider still has of the call is ordered to go, too. Part of record_outbox.
create function private.note_deleted_recording(job engine.outbox, result jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  call public.calls;
begin
  update public.calls c set recording_state = 'expired', recording_path = null
  where c.id = (job.payload ->> 'call_id')::uuid and c.recording_state = 'stored' and (result ->> 'is_deleted')::boolean
  returning * into call;
  if call.id is null then
    perform private.log_activity(job.account_id, 'call.recording_deleted', 'call', (job.payload ->> 'call_id')::uuid, '{"rule": "erasure"}')
    where job.payload ? 'path' and (result ->> 'is_deleted')::boolean;
    return;
  end if;
  perform private.log_activity(call.account_id, 'call.recording_deleted', 'call', call.id,
    jsonb_build_object('rule', case when call.phone = '' then 'erasure' else 'retention' end, 'days', case when call.phone <> '' then job.payload -> 'days' end,
      'bytes', call.recording_bytes, 'talk_seconds', call.talk_seconds));
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select call.account_id, 'erase_call', call.id::text, private.recording_job(call) where call.provider_call_id is not null
  on conflict on constraint a_job_is_queued_once do nothing;
  perform private.note_changed_calls(array[call.id]);
end $$;

-- The provider forgot the call: kept as proof. With it went the recording that never came to us, if that was so. Part of record_outbox.
create function private.note_erased_call(job engine.outbox, result jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  erased uuid := (job.payload ->> 'call_id')::uuid;
begin
  if not (result ->> 'is_deleted')::boolean then
    return;
  end if;
  update public.calls c set recording_state = 'expired' where c.id = erased and c.recording_state = 'failed';
  perform private.log_activity(job.account_id, 'call.erased_at_provider', 'call', erased, jsonb_build_object('provider', job.payload -> 'provider')
    || case when found then jsonb_build_object('rule', coalesce(job.payload ->> 'rule', 'retention'), 'days', job.payload -> 'days') else '{}' end);
  perform private.note_changed_calls(array[erased]);
end $$;

-- What became of a call's recording by the rule: {kept_until, deleted_at, deleted_after_days}, each null where it does not apply.
create function private.recording_fate(call public.calls) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('deleted_at', l.created_at, 'deleted_after_days', (l.details ->> 'days')::int, 'kept_until',
      case when call.recording_state = 'stored' then call.created_at + make_interval(days => r.days) end)
    from public.retention_rules r
    left join lateral (select a.created_at, a.details from public.activity_log a
      where a.subject_id = call.id and a.verb = 'call.recording_deleted' order by a.id desc limit 1) l on true
    where r.account_id = call.account_id and r.kind = 'recordings');
end $$;
