-- The end of a closed account: thirty days after its closing, or as soon as an owner says so, everything that tells of persons is deleted, here
-- and at the provider. What stays is what money needs: ledger, orders, receipts; and the log, which names nobody whom the account called, but
-- which of its own people did what, by id, from which address.

create function private.is_erasing(account_id uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: triggers ask it, whoever acts.
  return exists (select from public.accounts a where a.id = is_erasing.account_id and a.status = 'closed' and a.erase_at <= private.now());
end $$;

-- closed → to be erased from now on, by an owner who typed the account's name again. There is no way back. Again changes nothing.
create function private.erase_account(account_id uuid, name text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account public.accounts;
begin
  -- Definer: people have no write grant; no right of a closed account allows it, so that the role is asked itself.
  perform private.require_owner(erase_account.account_id);
  perform private.lock_account(erase_account.account_id);
  select * into account from public.accounts a where a.id = erase_account.account_id;
  if account.status <> 'closed' then
    perform private.raise_error('conflict', format('This account is %s, not closed.', account.status), jsonb_build_object('state', account.status), 'Close it first.');
  elsif private.clean_text(erase_account.name) is distinct from account.name then
    perform private.raise_invalid('name', 'mismatch', 'Write the name of the account exactly as it is.');
  elsif account.erase_at > private.now() then
    update public.accounts a set erase_at = private.now() where a.id = account.id returning * into account;
    perform private.log_activity(account.id, 'account.erasure_ordered', 'account', account.id);
    update engine.accounts a set team_changed_at = private.now(), changed_at = private.now() where a.account_id = account.id;
    perform private.announce('{}');
  end if;
  return jsonb_build_object('erase_at', account.erase_at);
end $$;
grant execute on function private.erase_account(uuid, text) to authenticated;
create function public.erase_account(account_id uuid, name text) returns jsonb
language sql set search_path = ''
return private.erase_account(erase_account.account_id, erase_account.name);
grant execute on function public.erase_account(uuid, text) to authenticated;

-- Deletes up to n rows of an account from a table; answers how many went.
create function private.erase_rows(account_id uuid, name text, condition text, n int) returns int
language plpgsql set search_path = ''
as $$
declare
  gone int;
begin
  execute format('delete from %s where ctid = any(array(select x.ctid from %s x where x.account_id = $1 and (%s) limit $2))', name, name, condition)
  using erase_rows.account_id, n;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Whether our storage has refused to delete a call's recording for a week, until the job was set apart: its account is not kept for it.
create function private.is_deletion_refused(call public.calls) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return call.recording_state = 'stored'
    and exists (select from public.accounts a where a.id = call.account_id and a.erase_at <= private.now() - interval '7 days')
    and exists (select from engine.outbox o where o.kind = 'delete_recording' and o.dedupe_key = call.id::text and o.quarantined_at is not null);
end $$;

-- Calls go, and the provider is told to forget them. A recording in our storage is waited for, because only its call says where it lies; where
-- the storage refuses for good, the job that was set apart keeps the place, and operators see it until it is gone.
create function private.erase_calls(account_id uuid, n int) returns int
language plpgsql set search_path = ''
as $$
declare
  ids uuid[] := array(select c.id from public.calls c where c.account_id = erase_calls.account_id and c.settled_at is not null
    and (c.recording_state in ('none', 'failed', 'expired') or private.is_deletion_refused(c)) limit n);
begin
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'erase_call', c.id::text, private.recording_job(c) from public.calls c where c.id = any(ids) and c.provider_call_id is not null
  on conflict on constraint a_job_is_queued_once do nothing;
  update engine.outbox o set payload = o.payload || jsonb_build_object('path', c.recording_path)
  from public.calls c where c.id = any(ids) and c.recording_state = 'stored' and o.kind = 'delete_recording' and o.dedupe_key = c.id::text;
  delete from public.calls c where c.id = any(ids);
  return cardinality(ids);
end $$;

-- A portion of an account's end, at most so many rows; the account is locked. True when nothing is left. Repeated until then: a crash loses nothing,
-- because what is gone is gone.
create function private.erase_portion(account_id uuid, n int) returns boolean
language plpgsql set search_path = ''
as $$
declare
  part record;
  room int := n - private.delete_transcripts(erase_portion.account_id, 'infinity', '{"rule": "erasure"}');
begin
  perform private.retire_connections(erase_portion.account_id);
  update public.retention_rules r set days = 1, next_at = private.now()
  where r.account_id = erase_portion.account_id and r.kind = 'recordings' and r.days is distinct from 1;
  room := room - private.erase_calls(erase_portion.account_id, room);
  for part in
    select * from (values
      ('engine.provider_events', 'x.processed_at is not null or x.quarantined_at is not null'),
      ('public.enrolments', 'not exists (select from public.calls c where c.enrolment_id = x.id)'),
      ('public.contacts', 'not exists (select from public.calls c where c.contact_id = x.id)'),
      ('public.imports', 'true'), ('public.contact_lists', 'true'), ('public.tags', 'true'), ('public.do_not_call', 'true'), ('public.do_not_call_history', 'true'), ('engine.erased_numbers', 'true'),
      ('public.campaigns', 'not exists (select from public.calls c where x.id in (c.campaign_id, c.tried_campaign_id)) and not exists (select from public.enrolments e where e.campaign_id = x.id)'),
      ('public.assistants', 'not exists (select from public.calls c join public.assistant_versions v on v.id = c.assistant_version_id where v.assistant_id = x.id) '
        || 'and not exists (select from public.campaigns k where k.assistant_id = x.id)'),
      ('public.dispositions', 'not exists (select from public.calls c where c.own_disposition_id = x.id)'), ('public.call_views', 'true'), ('public.notices', 'true'),
      ('public.invitations', 'true'), ('public.former_members', 'true'), ('public.notice_preferences', 'true'), ('public.billing_details', 'true'),
      ('public.auto_top_ups', 'true'),
      ('public.payment_methods', 'not exists (select from public.orders o where o.payment_method_id = x.id)'), ('public.blackout_dates', 'true')) t (name, condition)
  loop
    exit when room <= 0;
    room := room - private.erase_rows(erase_portion.account_id, part.name, part.condition, room);
  end loop;
  return room > 0 and not exists (select from public.calls c where c.account_id = erase_portion.account_id)
    and not exists (select from public.contacts p where p.account_id = erase_portion.account_id);
end $$;

-- The payment provider is told to forget who paid for an account; the proof is a line of its log, written when it did (heed_job). Its id stays:
-- refunds and disputes of old payments name it.
create function private.order_customer_erasure(account_id uuid) returns void
language sql set search_path = ''
as $$
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'erase_customer', c.account_id::text, jsonb_build_object('customer_id', c.customer_id)
  from engine.payment_customers c where c.account_id = order_customer_erasure.account_id
  on conflict on constraint a_job_is_queued_once do nothing
$$;

-- Each minute: closed accounts whose time has come, each under its lock. With the last portion its people lose it and its name goes.
create function private.sweep_erasures(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  due record;
begin
  for due in
    select a.account_id from engine.accounts a join public.accounts p on p.id = a.account_id
    where p.status = 'closed' and p.erase_at <= moment and p.erased_at is null
    order by p.erase_at, a.account_id limit 2 for update of a skip locked
  loop
    if private.erase_portion(due.account_id, 5000) then
      update public.accounts a set name = 'Erased ' || a.id, erased_at = moment, erased_name_digest = md5(lower(a.name)) where a.id = due.account_id;
      delete from public.members m where m.account_id = due.account_id;
      perform private.order_customer_erasure(due.account_id);
      perform private.log_activity(due.account_id, 'account.erased', 'account', due.account_id);
    end if;
  end loop;
end $$;
