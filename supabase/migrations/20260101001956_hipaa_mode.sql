-- HIPAA mode: what an account does about its data when its calls speak of people's health. Masking is decided where rights are
-- (private.admits), keeping in save_privacy, analysing in call_to_analyse, dialling in dial_order; here it is switched.

-- On: everybody shows a second factor, idle people are signed out after fifteen minutes at the latest, recordings and transcripts are kept for
-- thirty days at the longest (what is older goes with the next sweep), only owners and admins see personal values. Off: values are seen again
-- by whom the roles let, the times of the kind of company hold; second factor and days stay as they are until somebody changes them. By an
-- owner who showed a second factor themselves. The same again changes and logs nothing.
create function private.set_hipaa_mode(account_id uuid, is_on boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account public.accounts;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(set_hipaa_mode.account_id, 'team.owners');
  if set_hipaa_mode.is_on is null then
    perform private.raise_invalid('is_on', 'missing', 'Say whether HIPAA mode is on.');
  elsif set_hipaa_mode.is_on then
    perform private.require_own_factor();
  end if;
  perform private.lock_account(set_hipaa_mode.account_id);
  update public.accounts a
  set is_hipaa = set_hipaa_mode.is_on, requires_second_factor = a.requires_second_factor or set_hipaa_mode.is_on,
    idle_minutes = case when not set_hipaa_mode.is_on then (select t.idle_minutes from public.company_types t where t.id = a.company_type)
      when a.idle_minutes between 5 and 15 then a.idle_minutes else 15 end
  where a.id = set_hipaa_mode.account_id and a.is_hipaa <> set_hipaa_mode.is_on
  returning * into account;
  if found then
    update public.retention_rules r set days = 30, next_at = private.now()
    where set_hipaa_mode.is_on and r.account_id = account.id and r.kind in ('recordings', 'transcripts') and coalesce(r.days, 3650) > 30;
    -- Open pages ask anew what the person may do.
    update engine.accounts e set team_changed_at = private.now(), changed_at = private.now() where e.account_id = account.id;
    perform private.log_activity(account.id, 'account.hipaa_mode', 'account', account.id, jsonb_build_object('before', not account.is_hipaa, 'after', account.is_hipaa));
  end if;
  return private.announce(jsonb_build_object('is_on', set_hipaa_mode.is_on));
end $$;
grant execute on function private.set_hipaa_mode(uuid, boolean) to authenticated;
create function public.set_hipaa_mode(account_id uuid, is_on boolean) returns jsonb
language sql set search_path = ''
return private.set_hipaa_mode(set_hipaa_mode.account_id, set_hipaa_mode.is_on);
grant execute on function public.set_hipaa_mode(uuid, boolean) to authenticated;
