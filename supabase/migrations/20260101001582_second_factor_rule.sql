-- An owner decides whether everybody in the account needs a second factor.

-- Stops whoever asks a second factor of everybody and did not show one.
create function private.require_own_factor() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if private.session_level() <> 'aal2' then
    perform private.raise_error('conflict', 'You have no second factor yourself.', '{"state": "no_second_factor"}', 'Set one up first: otherwise you would lock yourself out.');
  end if;
end $$;

-- The same again changes and logs nothing. Only an owner who showed one themselves may ask it of others: nobody locks themselves out.
create function private.require_second_factor(account_id uuid, is_required boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account public.accounts;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(require_second_factor.account_id, 'team.owners');
  if require_second_factor.is_required is null then
    perform private.raise_invalid('is_required', 'missing', 'Say whether a second factor is required.');
  elsif require_second_factor.is_required then
    perform private.require_own_factor();
  end if;
  perform private.lock_account(require_second_factor.account_id);
  if not require_second_factor.is_required and exists (select from public.accounts a where a.id = require_second_factor.account_id and a.is_hipaa) then
    perform private.raise_error('conflict', 'HIPAA mode asks everybody for a second factor.', '{"state": "hipaa"}', 'Turn HIPAA mode off first.');
  end if;
  update public.accounts a set requires_second_factor = require_second_factor.is_required
  where a.id = require_second_factor.account_id and a.requires_second_factor <> require_second_factor.is_required
  returning * into account;
  if found then
    -- Open pages ask anew what the person may do.
    update engine.accounts e set team_changed_at = private.now(), changed_at = private.now() where e.account_id = account.id;
    perform private.log_activity(account.id, 'account.second_factor', 'account', account.id,
      jsonb_build_object('before', not account.requires_second_factor, 'after', account.requires_second_factor));
  end if;
  return jsonb_build_object('requires_second_factor', require_second_factor.is_required);
end $$;
grant execute on function private.require_second_factor(uuid, boolean) to authenticated;
create function public.require_second_factor(account_id uuid, is_required boolean) returns jsonb
language sql set search_path = ''
return private.require_second_factor(require_second_factor.account_id, require_second_factor.is_required);
grant execute on function public.require_second_factor(uuid, boolean) to authenticated;
