-- The account's own calling rules: what it may set, and what the law sets beside it.

-- The packs of the platform with their rules and citations, those that are off or not verified among them.
create function private.rule_packs_of_platform() returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'regions', p.regions, 'is_on', p.is_on, 'rules', (
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'kind', r.kind, 'value', r.value, 'citation', r.citation, 'effective_from', r.effective_from,
      'effective_until', r.effective_until, 'is_verified', r.is_verified, 'is_on', r.is_on, 'hours', (
        select coalesce(jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens_at', to_char(h.opens_at, 'HH24:MI'),
          'closes_at', to_char(h.closes_at, 'HH24:MI')) order by h.weekday, h.opens_at), '[]')
        from public.rule_hours h where h.rule_id = r.id)) order by r.id), '[]')
    from public.rules r where r.pack_id = p.id)) order by p.id), '[]')
  from public.rule_packs p
$$;

-- The account's rules in the shape in which save_account_rules takes them back.
create function private.account_settings(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('daily_cap', h.daily_cap, 'frequency_cap', a.frequency_cap, 'frequency_hours', a.frequency_hours,
    'minimum_gap_seconds', a.minimum_gap_seconds, 'observes_holidays', a.observes_holidays,
    'windows', (select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday, 'opens_at', to_char(w.opens_at, 'HH24:MI'),
      'closes_at', to_char(w.closes_at, 'HH24:MI')) order by w.weekday, w.opens_at), '[]')
      from public.account_hours w where w.account_id = a.account_id),
    'blackout_dates', (select coalesce(jsonb_agg(jsonb_build_object('day', b.day, 'name', b.name) order by b.day), '[]')
      from public.blackout_dates b where b.account_id = a.account_id and b.campaign_id is null))
  from public.account_rules a join engine.accounts h on h.account_id = a.account_id
  where a.account_id = account_settings.account_id
$$;

-- For every member: what the account set, and the law's rules that hold beside it with their version.
create function private.get_account_rules(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: the daily cap and the version lie in engine; the permission is checked here.
  perform private.require_permission(get_account_rules.account_id, 'account.read');
  return private.account_settings(get_account_rules.account_id) || jsonb_build_object(
    'rule_version', (select s.rule_version from engine.settings s), 'packs', private.rule_packs_of_platform());
end $$;
grant execute on function private.get_account_rules(uuid) to authenticated;
create function public.get_account_rules(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_account_rules(get_account_rules.account_id);
grant execute on function public.get_account_rules(uuid) to authenticated;

-- A whole number between two bounds, or null where none is allowed to be.
create function private.check_count(content jsonb, field text, low int, high int, may_be_null boolean default false) returns void
language plpgsql immutable set search_path = ''
as $$
declare
  value jsonb := content -> check_count.field;
begin
  if value is null or may_be_null and value = 'null' then
    return;
  elsif jsonb_typeof(value) <> 'number' or value::numeric <> trunc(value::numeric) or value::numeric not between low and high then
    perform private.raise_invalid(check_count.field, 'range', format('Write a whole number from %s to %s.', low, high));
  end if;
end $$;

create function private.check_account_rules(content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if jsonb_typeof(content) is distinct from 'object' then
    perform private.raise_invalid('content', 'shape', 'The calling rules are not readable.');
  end if;
  perform private.check_count(content, 'daily_cap', 1, 1000000, true);
  perform private.check_count(content, 'frequency_cap', 1, 100);
  perform private.check_count(content, 'frequency_hours', 1, 720);
  perform private.check_count(content, 'minimum_gap_seconds', 0, 604800);
  if jsonb_typeof(coalesce(content -> 'observes_holidays', 'true')) <> 'boolean' then
    perform private.raise_invalid('observes_holidays', 'shape', 'Say yes or no.');
  end if;
  if content ? 'windows' then
    perform private.check_windows(content -> 'windows');
  end if;
  if content ? 'blackout_dates' then
    perform private.check_blackouts(content -> 'blackout_dates');
  end if;
end $$;

-- Writes what content names, checked before; the account is locked.
create function private.write_account_rules(account_id uuid, content jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.account_rules a
  set frequency_cap = coalesce((content ->> 'frequency_cap')::numeric::int, a.frequency_cap),
    frequency_hours = coalesce((content ->> 'frequency_hours')::numeric::int, a.frequency_hours),
    minimum_gap_seconds = coalesce((content ->> 'minimum_gap_seconds')::numeric::int, a.minimum_gap_seconds),
    observes_holidays = coalesce((content ->> 'observes_holidays')::boolean, a.observes_holidays)
  where a.account_id = write_account_rules.account_id;
  update engine.accounts h set daily_cap = (content ->> 'daily_cap')::numeric::int
  where h.account_id = write_account_rules.account_id and content ? 'daily_cap';
  if content ? 'windows' then
    delete from public.account_hours w where w.account_id = write_account_rules.account_id;
    insert into public.account_hours (account_id, weekday, opens_at, closes_at)
    select write_account_rules.account_id, w.weekday, w.opens_at::time, w.closes_at::time
    from jsonb_to_recordset(content -> 'windows') as w (weekday smallint, opens_at text, closes_at text);
  end if;
  if content ? 'blackout_dates' then
    delete from public.blackout_dates b where b.account_id = write_account_rules.account_id and b.campaign_id is null;
    insert into public.blackout_dates (account_id, day, name)
    select write_account_rules.account_id, b.day, coalesce(private.clean_text(b.name), '')
    from jsonb_to_recordset(content -> 'blackout_dates') as b (day date, name text);
  end if;
end $$;

-- Changes what content names and leaves the rest. New rules hold from the next claim on and are judged at every dial; calls
-- that run are left alone. The same content again changes and logs nothing.
create function private.save_account_rules(account_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  before jsonb;
  after jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_account_rules.account_id, 'account.manage');
  perform private.check_account_rules(content);
  perform private.lock_account(save_account_rules.account_id);
  before := private.account_settings(save_account_rules.account_id);
  perform private.write_account_rules(save_account_rules.account_id, content);
  after := private.account_settings(save_account_rules.account_id);
  if after <> before then
    perform private.log_activity(save_account_rules.account_id, 'account.rules_changed', 'account', save_account_rules.account_id, private.changes_between(before, after));
    perform private.judge_windows_anew(save_account_rules.account_id);
  end if;
  return after;
end $$;
grant execute on function private.save_account_rules(uuid, jsonb) to authenticated;
create function public.save_account_rules(account_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_account_rules(save_account_rules.account_id, save_account_rules.content);
grant execute on function public.save_account_rules(uuid, jsonb) to authenticated;

-- Makes the claim look at every lane of the account again, under its lock: one that waits for a window may be open now, an open
-- one closed. Called when the account's rules change, and by an operator after loosening the law's.
create function private.judge_windows_anew(account_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign record;
begin
  perform private.lock_account(judge_windows_anew.account_id);
  update engine.lanes l set open_until = null where l.account_id = judge_windows_anew.account_id;
  for campaign in select c.campaign_id from engine.campaigns c where c.account_id = judge_windows_anew.account_id and c.is_active order by c.campaign_id loop
    perform private.wake(judge_windows_anew.account_id, campaign.campaign_id);
  end loop;
end $$;
