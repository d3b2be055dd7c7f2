-- An account's state changes: a platform operator suspends and reactivates it, an owner closes it and opens it again.

-- The only writer of an account's state; the account is locked. Of one that is held whatever is reserved and not yet dialled is voided, as by a
-- pause: after the commit nobody new is dialled; running calls go on to their end and are settled. What was due stays due, so that a reactivated
-- account goes on where it stopped. Open pages hear of it at once, because their person's rights are others now.
create function private.set_account_status(account_id uuid, status public.account_status, verb text, reason text, actor uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  holds boolean := set_account_status.status <> 'active';
begin
  update public.accounts a set status = set_account_status.status, status_reason = set_account_status.reason, status_at = moment, status_by = actor,
    erase_at = case when set_account_status.status = 'closed' then moment + interval '30 days' end
  where a.id = set_account_status.account_id;
  update engine.accounts a set is_held = holds, team_changed_at = moment, changed_at = moment where a.account_id = set_account_status.account_id;
  if holds then
    perform private.void_reserved(set_account_status.account_id, array(
      select c.id from public.calls c where c.account_id = set_account_status.account_id and c.state = 'reserved' order by c.id for update));
  end if;
  update engine.campaigns h set changed_at = moment where h.account_id = set_account_status.account_id and h.is_active;
  insert into public.activity_log (account_id, actor_id, verb, subject_type, subject_id, details)
  values (set_account_status.account_id, actor, 'account.' || verb, 'account', set_account_status.account_id, jsonb_strip_nulls(jsonb_build_object('reason', reason)));
  return private.announce(jsonb_build_object('status', set_account_status.status));
end $$;

create function private.require_operator(actor uuid) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if not exists (select from public.platform_admins p where p.user_id = actor) then
    perform private.raise_error('forbidden', 'Only platform operators do this.');
  end if;
end $$;

-- Why an operator does it, as the account's people read it.
create function private.state_reason(reason text) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  if coalesce(char_length(private.clean_text(reason)), 0) not between 1 and 500 then
    perform private.raise_invalid('reason', 'length', 'Name the reason, at most 500 characters: the account''s people read it.');
  end if;
  return private.clean_text(reason);
end $$;

-- For operators, in SQL: select private.suspend_account('<account>', '<reason that its people read>', '<operator>'). active → suspended: members
-- read, nothing changes, nobody is dialled; owners and admins are told. A suspended one gets the new reason; the same again changes nothing.
create function private.suspend_account(account_id uuid, reason text, actor uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  words text := private.state_reason(reason);
  account public.accounts;
begin
  perform private.require_operator(actor);
  perform private.lock_account(suspend_account.account_id);
  select * into account from public.accounts a where a.id = suspend_account.account_id;
  if account.status = 'closed' then
    perform private.raise_error('conflict', 'This account is closed.', '{"state": "closed"}');
  elsif account.status = 'suspended' and account.status_reason = words then
    return jsonb_build_object('status', account.status);
  end if;
  perform private.resolve_notices(account.id, null, '{account_suspended}');
  perform private.notify(account.id, null, 'account_suspended', jsonb_build_object('reason', words));
  return private.set_account_status(account.id, 'suspended', 'suspended', words, actor);
end $$;

-- For operators, in SQL: suspended → active, with a reason for the log. Campaigns go on where they stopped.
create function private.reactivate_account(account_id uuid, reason text, actor uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  words text := private.state_reason(reason);
  found_status public.account_status;
begin
  perform private.require_operator(actor);
  perform private.lock_account(reactivate_account.account_id);
  found_status := (select a.status from public.accounts a where a.id = reactivate_account.account_id);
  if found_status <> 'suspended' then
    perform private.raise_error('conflict', format('This account is %s, not suspended.', found_status), jsonb_build_object('state', found_status));
  end if;
  perform private.resolve_notices(reactivate_account.account_id, null, '{account_suspended}');
  return private.set_account_status(reactivate_account.account_id, 'active', 'reactivated', words, actor);
end $$;

-- What keeps an account from being closed: {campaigns, calls} that run or are about to.
create function private.account_in_use(account_id uuid) returns jsonb
language sql stable set search_path = ''
return jsonb_build_object(
  'campaigns', (select count(*) from public.campaigns k where k.account_id = account_in_use.account_id and k.status in ('active', 'scheduled')),
  'calls', (select count(*) from public.calls c where c.account_id = account_in_use.account_id and c.settled_at is null));

-- active → closed, by an owner who typed the account's name. Refused while campaigns run or calls are not settled: what they cost and found would
-- come to nobody.
create function private.close_account(account_id uuid, name text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account public.accounts;
  uses jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(close_account.account_id, 'account.close');
  perform private.lock_account(close_account.account_id);
  select * into account from public.accounts a where a.id = close_account.account_id;
  uses := private.account_in_use(account.id);
  -- A suspension that came while the lock was waited for stands.
  if account.status <> 'active' then
    perform private.refuse_right(account.id, 'account.close');
  elsif private.clean_text(close_account.name) is distinct from account.name then
    perform private.raise_invalid('name', 'mismatch', 'Write the name of the account exactly as it is.');
  elsif uses <> '{"campaigns": 0, "calls": 0}' then
    perform private.raise_error('conflict', format('%s campaigns and %s calls are still under way.', uses ->> 'campaigns', uses ->> 'calls'),
      uses || '{"state": "in_use"}', 'Stop the campaigns, and wait until the calls are over.');
  end if;
  perform private.notify(account.id, null, 'account_closed');
  return private.set_account_status(account.id, 'closed', 'closed', null, auth.uid());
end $$;
grant execute on function private.close_account(uuid, text) to authenticated;
create function public.close_account(account_id uuid, name text) returns jsonb
language sql set search_path = ''
return private.close_account(close_account.account_id, close_account.name);
grant execute on function public.close_account(uuid, text) to authenticated;

-- Stops a command on a closed account unless the current user owns it.
create function private.require_owner(account_id uuid) returns void
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_member(require_owner.account_id);
  if not exists (select from public.members m where m.account_id = require_owner.account_id and m.user_id = auth.uid() and m.role = 'owner') then
    perform private.refuse_right(require_owner.account_id, 'account.close');
  end if;
end $$;

-- closed → active within thirty days, by an owner: everything is as it was.
create function private.reopen_account(account_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account public.accounts;
begin
  -- Definer: people have no write grant. No right of a closed account allows it, so that the role is asked itself.
  perform private.require_owner(reopen_account.account_id);
  perform private.lock_account(reopen_account.account_id);
  select * into account from public.accounts a where a.id = reopen_account.account_id;
  if account.status <> 'closed' then
    perform private.raise_error('conflict', format('This account is %s, not closed.', account.status), jsonb_build_object('state', account.status), 'Load the page again.');
  elsif account.erase_at <= private.now() then
    perform private.raise_error('conflict', 'This account is being erased.', '{"state": "over"}', 'Open a new one.');
  end if;
  perform private.resolve_notices(account.id, null, '{account_closed}');
  return private.set_account_status(account.id, 'active', 'reopened', null, auth.uid());
end $$;
grant execute on function private.reopen_account(uuid) to authenticated;
create function public.reopen_account(account_id uuid) returns jsonb
language sql set search_path = ''
return private.reopen_account(reopen_account.account_id);
grant execute on function public.reopen_account(uuid) to authenticated;
