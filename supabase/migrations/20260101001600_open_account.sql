-- Opening an account, and what a person may ask about their accounts.

-- Called by the app in the first confirmed session. Creates profile, account, membership, what companies of its type begin with, and
-- the free minutes in one transaction. The same name again by the same person answers the same account; a person opens five accounts at most, and
-- only the first brings free minutes, once per verified e-mail address.
create function private.open_account(company_name text, zone text, type text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  person auth.users;
  company text := private.clean_text(company_name);
  plan public.plans;
  opened uuid;
begin
  -- Definer: nobody may insert an account directly.
  perform private.require_session();
  select * into person from auth.users u where u.id = auth.uid();
  if person.email_confirmed_at is null then
    perform private.raise_error('forbidden', 'Confirm your e-mail address first.');
  elsif company is null or char_length(company) > 120 then
    perform private.raise_invalid('company_name', 'length', 'Write the name of your company, at most 120 characters.');
  elsif not coalesce(open_account.type, '') = any(enum_range(null::public.company_type)::text[]) then
    perform private.raise_invalid('company_type', 'unknown', 'Choose what kind of company it is.');
  end if;
  perform private.limit_requests('open_account_address', host(private.request_ip()));
  perform pg_advisory_xact_lock(hashtextextended('open_account:' || person.id, 0));
  select a.id into opened from public.accounts a where a.created_by = person.id and lower(a.name) = lower(company);
  if exists (select from public.members m where m.account_id = opened and m.user_id = person.id) then
    return jsonb_build_object('account_id', opened);
  elsif opened is not null then
    perform private.raise_error('conflict', 'You opened an account of this name and are no longer a member of it.', '{"state": "left"}',
      'Choose another name, or ask somebody in it for an invitation.');
  end if;
  if exists (select from public.accounts a where a.created_by = person.id and a.erased_name_digest = md5(lower(company))) then
    perform private.raise_error('conflict', 'You had an account of this name, and it was erased.', '{"state": "erased"}', 'Choose another name for a new one.');
  end if;
  if (select count(*) from public.accounts a where a.created_by = person.id and a.erased_at is null) >= 5 then
    perform private.raise_error('conflict', 'You opened five accounts already.', null, 'Use one of them.');
  end if;
  select * into plan from public.plans p where p.is_default;
  insert into public.profiles (id, name, email) values (person.id, coalesce(private.clean_text(person.raw_user_meta_data ->> 'name'), ''), person.email)
  on conflict (id) do nothing;
  insert into public.accounts (name, time_zone, plan_id, created_by)
  values (company, case when private.is_time_zone(zone) then zone else 'UTC' end, plan.id, person.id) returning id into opened;
  insert into engine.accounts (account_id, concurrency_max, first_increment_seconds, billing_increment_seconds, provider_line_id)
  values (opened, plan.concurrency_max, plan.first_increment_seconds, plan.billing_increment_seconds, private.default_line(opened));
  insert into public.members (account_id, user_id, role) values (opened, person.id, 'owner');
  perform private.apply_company_type(opened, open_account.type::public.company_type);
  perform private.log_activity(opened, 'account.opened', 'account', opened);
  if plan.free_seconds > 0 and not exists (select from public.members m where m.user_id = person.id and m.account_id <> opened) then
    -- Once per address, of which ledger and log keep a digest.
    perform private.post_entry(opened, 'grant', plan.free_seconds, 'free:' || encode(sha256(convert_to(lower(person.email), 'UTF8')), 'hex'), 'Free minutes');
  end if;
  return jsonb_build_object('account_id', opened);
end $$;
grant execute on function private.open_account(text, text, text) to authenticated;

create function public.open_account(company_name text, time_zone text default null, company_type text default 'generic') returns jsonb
language sql set search_path = ''
return private.open_account(open_account.company_name, open_account.time_zone, open_account.company_type);
grant execute on function public.open_account(text, text, text) to authenticated;

-- The accounts of the current user, with what they may do in each, and as of when (as account_changed tells it); the oldest membership first.
create function private.my_accounts() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: one answer instead of three policies, and the clockwork in engine; it reads only rows of the current user. Of a closed account
  -- they learn that it is closed, whatever they were there.
  perform private.require_session();
  return (select coalesce(jsonb_agg(jsonb_build_object('account_id', a.id, 'name', a.name, 'time_zone', a.time_zone, 'format_style', a.format_style, 'role', m.role, 'team_changed_at', e.team_changed_at,
    'company_type', a.company_type, 'template_kind', (select t.template_kind from public.company_types t where t.id = a.company_type),
    'status', a.status, 'status_reason', a.status_reason, 'status_at', a.status_at, 'erase_at', a.erase_at, 'idle_minutes', a.idle_minutes,
    'requires_second_factor', a.requires_second_factor, 'second_factor', private.missing_factor(a.requires_second_factor),
    'is_outside', not private.is_inside(a.allowed_networks),
    'permissions', (select coalesce(jsonb_agg(r.permission order by r.permission), '[]') from private.my_rights r where r.account_id = a.id))
    order by m.created_at, a.id), '[]')
  from public.members m join public.accounts a on a.id = m.account_id join engine.accounts e on e.account_id = a.id
  where m.user_id = auth.uid());
end $$;
grant execute on function private.my_accounts() to authenticated;

create function public.my_accounts() returns jsonb
language sql stable set search_path = ''
return private.my_accounts();
grant execute on function public.my_accounts() to authenticated;

-- Balance, what open calls hold of it, and what a new call could use; seconds.
create function private.wallet_of(account_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('account_id', a.account_id, 'balance_seconds', a.balance_seconds, 'reserved_seconds', a.reserved_seconds,
    'spendable_seconds', greatest(0, a.balance_seconds - a.reserved_seconds))
  from engine.accounts a where a.account_id = wallet_of.account_id);
end $$;

create function private.current_wallet(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: the balance lives in engine.
  perform private.require_permission(current_wallet.account_id, 'account.read');
  return private.wallet_of(current_wallet.account_id);
end $$;
grant execute on function private.current_wallet(uuid) to authenticated;

create function public.current_wallet(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.current_wallet(current_wallet.account_id);
grant execute on function public.current_wallet(uuid) to authenticated;
