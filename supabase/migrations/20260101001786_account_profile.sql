-- What an account is called, what kind of company it is, the clock of its office, and how its people write days and numbers.

create function private.account_profile(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('name', a.name, 'company_type', a.company_type, 'time_zone', a.time_zone, 'format_style', a.format_style)
  from public.accounts a where a.id = account_profile.account_id
$$;

create function private.check_account_profile(content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if jsonb_typeof(content) is distinct from 'object' then
    perform private.raise_invalid('content', 'shape', 'The settings are not readable.');
  elsif content ? 'name' and coalesce(char_length(private.clean_text(content ->> 'name')), 0) not between 1 and 120 then
    perform private.raise_invalid('name', 'length', 'Write the name of your company, at most 120 characters.');
  elsif content ? 'company_type' and not coalesce(content ->> 'company_type', '') = any(enum_range(null::public.company_type)::text[]) then
    perform private.raise_invalid('company_type', 'unknown', 'Choose what kind of company it is.');
  elsif content ? 'time_zone' and not coalesce(private.is_time_zone(content ->> 'time_zone'), false) then
    perform private.raise_invalid('time_zone', 'unknown', 'Choose a time zone.');
  elsif content ? 'format_style' and not coalesce(content ->> 'format_style', '') = any(enum_range(null::public.format_style)::text[]) then
    perform private.raise_invalid('format_style', 'unknown', 'Choose how days and numbers are written.');
  end if;
end $$;

-- Changes what content names and leaves the rest. Another kind of company changes no setting that somebody made; another zone moves the days of the
-- account from now on, and what was counted for a day stays counted. The same content again changes and logs nothing. Open pages hear of it.
create function private.save_account(account_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  before jsonb;
  after jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_account.account_id, 'account.manage');
  perform private.check_account_profile(content);
  perform private.lock_account(save_account.account_id);
  before := private.account_profile(save_account.account_id);
  begin
    update public.accounts a
    set name = coalesce(private.clean_text(content ->> 'name'), a.name), time_zone = coalesce(content ->> 'time_zone', a.time_zone),
      company_type = coalesce((content ->> 'company_type')::public.company_type, a.company_type),
      format_style = coalesce((content ->> 'format_style')::public.format_style, a.format_style)
    where a.id = save_account.account_id;
  exception when unique_violation then
    perform private.raise_invalid('name', 'taken', 'Whoever opened this account has another one of this name.');
  end;
  after := private.account_profile(save_account.account_id);
  if after <> before then
    perform private.log_activity(save_account.account_id, 'account.changed', 'account', save_account.account_id, private.changes_between(before, after));
    update engine.accounts a set team_changed_at = private.now(), changed_at = private.now() where a.account_id = save_account.account_id;
    perform private.announce('{}');
  end if;
  return after;
end $$;
grant execute on function private.save_account(uuid, jsonb) to authenticated;
create function public.save_account(account_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_account(save_account.account_id, save_account.content);
grant execute on function public.save_account(uuid, jsonb) to authenticated;
