-- Making a campaign: its settings and its windows.

create function private.replace_windows(campaign_id uuid, account_id uuid, windows jsonb) returns void
language sql set search_path = ''
as $$
  delete from public.campaign_windows w where w.campaign_id = replace_windows.campaign_id;
  insert into public.campaign_windows (campaign_id, account_id, weekday, opens_at, closes_at)
  select replace_windows.campaign_id, replace_windows.account_id, w.weekday, w.opens_at::time, w.closes_at::time
  from jsonb_to_recordset(windows) as w (weekday smallint, opens_at text, closes_at text);
$$;

create function private.replace_blackouts(campaign_id uuid, account_id uuid, days jsonb) returns void
language sql set search_path = ''
as $$
  delete from public.blackout_dates b where b.campaign_id = replace_blackouts.campaign_id;
  insert into public.blackout_dates (account_id, campaign_id, day, name)
  select replace_blackouts.account_id, replace_blackouts.campaign_id, d.day, d.name from jsonb_to_recordset(days) as d (day date, name text);
$$;

-- The draft that save_campaign or duplicate_campaign fills, and everything about it that has a default. details: what the log says of it.
create function private.create_campaign(account_id uuid, details jsonb default '{}') returns public.campaigns
language plpgsql set search_path = ''
as $$
declare
  zone text := (select a.time_zone from public.accounts a where a.id = create_campaign.account_id);
  campaign public.campaigns;
begin
  insert into public.campaigns (account_id, name, time_zone, created_by) values (create_campaign.account_id, '-', zone, auth.uid()) returning * into campaign;
  insert into engine.campaigns (campaign_id, account_id) values (campaign.id, campaign.account_id);
  perform private.log_activity(campaign.account_id, 'campaign.created', 'campaign', campaign.id, create_campaign.details);
  return campaign;
end $$;

-- A campaign in another zone has other days: its latest calls are counted to the days on which they were made there, and its
-- counter follows. Otherwise a zone further west, or the way there and back, would begin a day a second time.
create function private.count_day_anew(campaign public.campaigns, zone text) returns void
language sql set search_path = ''
as $$
  update public.calls c set counted_day = (c.created_at at time zone count_day_anew.zone)::date
  where c.campaign_id = campaign.id and c.created_at > private.now() - interval '3 days';
  update engine.campaigns h
  set day = today.day, dialled_on_day = (select count(*) from public.calls c
    where c.campaign_id = campaign.id and c.is_counted and c.counted_day = today.day and c.created_at > private.now() - interval '3 days')
  from (select (private.now() at time zone count_day_anew.zone)::date as day) today
  where h.campaign_id = campaign.id
$$;

-- Writes checked settings on both halves. What decides when the lanes are open is judged anew at the next claim.
create function private.write_settings(campaign public.campaigns, settings jsonb, changed text[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.campaigns k
  set name = settings ->> 'name', description = settings ->> 'description', assistant_id = private.as_uuid(settings ->> 'assistant_id'),
    purpose = (settings ->> 'purpose')::public.campaign_purpose, priority = (settings ->> 'priority')::public.campaign_priority,
    time_zone = settings ->> 'time_zone', max_attempts = (settings ->> 'max_attempts')::int,
    starts_at = case when 'starts_at' = any(changed) then private.chosen_instant(settings ->> 'starts_at', settings ->> 'time_zone') else k.starts_at end,
    ends_at = case when 'ends_at' = any(changed) then private.chosen_instant(settings ->> 'ends_at', settings ->> 'time_zone') else k.ends_at end,
    failure_limit_percent = (settings ->> 'failure_limit_percent')::int, opt_out_limit_percent = (settings ->> 'opt_out_limit_percent')::int,
    category = settings ->> 'category', prompt = settings ->> 'prompt', voice_id = settings ->> 'voice_id', language = settings ->> 'language',
    record_calls = (settings ->> 'record_calls')::boolean, qualification = settings -> 'qualification',
    call_order = (settings ->> 'call_order')::public.call_order, uses_preferred_assistants = (settings ->> 'uses_preferred_assistants')::boolean
  where k.id = campaign.id;
  update engine.campaigns h
  set concurrency_max = (settings ->> 'concurrency_max')::int, daily_cap = (settings ->> 'daily_cap')::int,
    budget_seconds = (settings ->> 'budget_seconds')::bigint,
    weight = case settings ->> 'priority' when 'low' then 1 when 'high' then 4 else 2 end
  where h.campaign_id = campaign.id;
  if 'time_zone' = any(changed) then
    perform private.count_day_anew(campaign, settings ->> 'time_zone');
  end if;
  if 'windows' = any(changed) then
    perform private.replace_windows(campaign.id, campaign.account_id, settings -> 'windows');
  end if;
  if 'blackout_dates' = any(changed) then
    perform private.replace_blackouts(campaign.id, campaign.account_id, settings -> 'blackout_dates');
  end if;
  if 'retries' = any(changed) then
    perform private.replace_retries(campaign.id, campaign.account_id, settings -> 'retries');
  end if;
  if 'call_order' = any(changed) then
    perform private.order_campaign(campaign.id);
  end if;
  if changed && '{windows,blackout_dates,starts_at,ends_at,time_zone}' then
    update engine.lanes l set open_until = null where l.campaign_id = campaign.id;
  end if;
end $$;

-- Creates a draft or changes a campaign. Settings that content leaves out stay as they are; one that may not change in the
-- campaign's state is a conflict that names it, unless it says what is already so. New calling times hold from the next claim,
-- and begin_dial judges by them at once. The same content again changes nothing.
create function private.save_campaign(account_id uuid, campaign_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  campaign public.campaigns;
  before jsonb;
  settings jsonb;
  changed text[];
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_campaign.account_id, 'campaigns.edit');
  perform private.check_names(content);
  if save_campaign.campaign_id is null then
    campaign := private.create_campaign(save_campaign.account_id);
  else
    campaign := private.lock_campaign(save_campaign.campaign_id, 'campaigns.edit');
    if campaign.account_id <> save_campaign.account_id then
      perform private.raise_error('not_found', 'This campaign does not exist, or it belongs to another account.');
    end if;
  end if;
  before := private.settings_of(campaign);
  settings := before || private.normal_settings(content, before ->> 'time_zone');
  if save_campaign.campaign_id is null then
    settings := settings || jsonb_build_object('name', coalesce(private.clean_text(content ->> 'name'), ''));
  end if;
  changed := private.changed_settings(before, settings, content);
  perform private.require_editable(campaign, changed);
  perform private.check_campaign(save_campaign.account_id, settings, changed);
  perform private.write_settings(campaign, settings, changed);
  if save_campaign.campaign_id is not null and cardinality(changed) > 0 then
    perform private.log_activity(campaign.account_id, 'campaign.changed', 'campaign', campaign.id, jsonb_build_object('fields', changed));
  end if;
  if 'purpose' = any(changed) and save_campaign.campaign_id is not null then
    perform private.judge_campaign(campaign.id);
  end if;
  perform private.wake(campaign.account_id, campaign.id);
  return private.announce(jsonb_build_object('campaign_id', campaign.id));
end $$;
grant execute on function private.save_campaign(uuid, uuid, jsonb) to authenticated;
create function public.save_campaign(account_id uuid, campaign_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_campaign(save_campaign.account_id, save_campaign.campaign_id, save_campaign.content);
grant execute on function public.save_campaign(uuid, uuid, jsonb) to authenticated;

-- Deletes a campaign that never called anybody; a campaign with calls is history and stays. One that may call at any moment is
-- stopped first, so that nobody deletes what a colleague just started.
create function private.delete_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(delete_campaign.campaign_id, 'campaigns.edit');
begin
  if exists (select from public.calls c where c.campaign_id = campaign.id) then
    perform private.raise_error('conflict', 'This campaign made calls and cannot be deleted.', jsonb_build_object('status', campaign.status, 'has_calls', true),
      case when campaign.status in ('completed', 'stopped') then 'Archive it instead; its calls stay readable.' else 'Stop it instead; its calls stay readable.' end);
  end if;
  perform private.require_status(campaign, '{draft,scheduled,completed,stopped,archived}', 'deleted');
  delete from public.campaigns k where k.id = campaign.id;
  perform private.log_activity(campaign.account_id, 'campaign.deleted', 'campaign', campaign.id);
  return '{}';
end $$;
grant execute on function private.delete_campaign(uuid) to authenticated;
create function public.delete_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_campaign(delete_campaign.campaign_id);
grant execute on function public.delete_campaign(uuid) to authenticated;
