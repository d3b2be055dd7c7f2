-- Deletions that keep failing: who hears of them, and how they are tried again. What our storage refuses to delete, or the provider to forget,
-- is set apart after eight tries (record_outbox): nothing is lost, but what should be gone is still there.

-- The jobs of an account that were set apart; not those of recordings that a rule made longer since lets stay.
create function private.failed_deletions(account_id uuid, moment timestamptz) returns setof engine.outbox
language sql stable set search_path = ''
as $$
  select o from engine.outbox o
  where o.account_id = failed_deletions.account_id and o.kind in ('delete_recording', 'erase_call') and o.quarantined_at is not null
    and (o.kind = 'erase_call' or exists (
      select from public.calls c join public.retention_rules r on r.account_id = c.account_id and r.kind = 'recordings'
      where c.id = private.as_uuid(o.payload ->> 'call_id') and (c.phone = '' or c.created_at < moment - make_interval(days => r.days))))
  order by o.id
$$;

-- Tells the people who decide how long things are kept, once on each day of the account's calendar, however many deletions fail on it.
-- Called by whatever sets a deletion apart, under the account's lock.
create function private.tell_failed_deletion(account_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.tell_event(a.id, 'deletions_failed', ((private.now() at time zone a.time_zone)::date)::text, null, null, null, '{}')
  from public.accounts a where a.id = tell_failed_deletion.account_id;
end $$;

-- Tries the deletions that were given up once more, each with all its tries, ten thousand at a time, and answers how many: {count}. Asked
-- again meanwhile it finds none, and changes and logs nothing.
create function private.retry_deletions(account_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  reopened int;
begin
  -- Definer: the outbox is granted to nobody; the permission is checked here.
  perform private.require_permission(retry_deletions.account_id, 'account.manage');
  perform private.lock_account(retry_deletions.account_id);
  update engine.outbox o set quarantined_at = null, lease_until = null, tries = 0, due_at = moment
  where o.id in (select f.id from private.failed_deletions(retry_deletions.account_id, moment) f limit 10000);
  get diagnostics reopened = row_count;
  if reopened > 0 then
    perform private.log_activity(retry_deletions.account_id, 'account.deletions_retried', 'account', retry_deletions.account_id, jsonb_build_object('count', reopened));
  end if;
  return jsonb_build_object('count', reopened);
end $$;
grant execute on function private.retry_deletions(uuid) to authenticated;
create function public.retry_deletions(account_id uuid) returns jsonb
language sql set search_path = ''
return private.retry_deletions(retry_deletions.account_id);
grant execute on function public.retry_deletions(uuid) to authenticated;
