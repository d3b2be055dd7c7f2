-- What happens to a campaign over time: it is put down for a time and starts by itself, ends by itself, is put away.

-- draft | scheduled → scheduled: starts by itself at a time, given as save_campaign takes times. Scheduling again moves the time.
-- What is missing is refused now; what is missing then makes it a draft again.
create function private.schedule_campaign(campaign_id uuid, launch_at text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(schedule_campaign.campaign_id, 'campaigns.run');
  at timestamptz := private.chosen_instant(schedule_campaign.launch_at, campaign.time_zone);
begin
  perform private.require_status(campaign, '{draft,scheduled}', 'scheduled');
  if at is null then
    perform private.raise_invalid('launch_at', 'shape', 'Choose a day and a time.');
  elsif at <= private.now() then
    perform private.raise_invalid('launch_at', 'past', 'Choose a time that is still to come, or start the campaign now.');
  elsif at > private.now() + interval '366 days' then
    perform private.raise_invalid('launch_at', 'far', 'Choose a time within a year.');
  elsif at >= campaign.ends_at then
    perform private.raise_invalid('launch_at', 'order', 'The campaign must start before it ends.');
  end if;
  perform private.require_launchable(campaign);
  update public.campaigns k set started_by = auth.uid() where k.id = campaign.id;
  return private.announce(private.set_campaign_status(campaign, 'scheduled', 'scheduled', null, jsonb_build_object('launch_at', at), at)
    || jsonb_build_object('launch_at', at));
end $$;
grant execute on function private.schedule_campaign(uuid, text) to authenticated;
create function public.schedule_campaign(campaign_id uuid, launch_at text) returns jsonb
language sql set search_path = ''
return private.schedule_campaign(schedule_campaign.campaign_id, schedule_campaign.launch_at);
grant execute on function public.schedule_campaign(uuid, text) to authenticated;

-- scheduled → draft.
create function private.unschedule_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(unschedule_campaign.campaign_id, 'campaigns.run');
begin
  perform private.require_status(campaign, '{scheduled}', 'unscheduled');
  return private.announce(private.set_campaign_status(campaign, 'draft', 'unscheduled'));
end $$;
grant execute on function private.unschedule_campaign(uuid) to authenticated;
create function public.unschedule_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.unschedule_campaign(unschedule_campaign.campaign_id);
grant execute on function public.unschedule_campaign(uuid) to authenticated;

-- completed | stopped → archived: only readable from then on. Calls that still run go on to their end and are settled.
create function private.archive_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(archive_campaign.campaign_id, 'campaigns.run');
begin
  perform private.require_status(campaign, '{completed,stopped}', 'archived');
  return private.announce(private.set_campaign_status(campaign, 'archived', 'archived'));
end $$;
grant execute on function private.archive_campaign(uuid) to authenticated;
create function public.archive_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.archive_campaign(archive_campaign.campaign_id);
grant execute on function public.archive_campaign(uuid) to authenticated;

-- archived → completed | stopped, whatever it was: back in the lists, with the end it had.
create function private.unarchive_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(unarchive_campaign.campaign_id, 'campaigns.run');
begin
  perform private.require_status(campaign, '{archived}', 'taken out of the archive');
  return private.announce(private.set_campaign_status(campaign, campaign.archived_from, 'unarchived'));
end $$;
grant execute on function private.unarchive_campaign(uuid) to authenticated;
create function public.unarchive_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.unarchive_campaign(unarchive_campaign.campaign_id);
grant execute on function public.unarchive_campaign(uuid) to authenticated;

-- A paused campaign takes its assistant's newest version: the way to repair an assistant that the provider refused. Calls that
-- still run keep the version they were made with. Again changes nothing while the version is the newest.
create function private.repin_assistant(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(repin_assistant.campaign_id, 'campaigns.edit');
  version public.assistant_versions;
begin
  perform private.require_status(campaign, '{paused}', 'given another version of its assistant');
  version := private.pin_assistant(campaign);
  if version.id <> campaign.assistant_version_id then
    perform private.log_activity(campaign.account_id, 'campaign.repinned', 'campaign', campaign.id, jsonb_build_object('version', version.version));
  end if;
  return jsonb_build_object('version', version.version);
end $$;
grant execute on function private.repin_assistant(uuid) to authenticated;
create function public.repin_assistant(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.repin_assistant(repin_assistant.campaign_id);
grant execute on function public.repin_assistant(uuid) to authenticated;

-- One scheduled campaign whose time has come starts, or is a draft again and says what was missing. Under the account's lock.
create function private.launch_scheduled(campaign public.campaigns) returns void
language plpgsql set search_path = ''
as $$
declare
  blockers jsonb := private.blockers_of(campaign.id);
begin
  if blockers = '[]' then
    perform private.pin_assistant(campaign);
    perform private.set_campaign_status(campaign, 'active', 'launched', null, jsonb_build_object('launch_at', campaign.launch_at));
  else
    perform private.set_campaign_status(campaign, 'draft', 'not_launched', null, jsonb_build_object('blockers', blockers));
    perform private.notify(campaign.account_id, campaign.id, 'not_launched', jsonb_build_object('blockers', blockers));
  end if;
end $$;

-- Each tick: what is scheduled for now starts, what is past its end pauses. The state is read again under the account's lock,
-- because a person may just have changed it; an account that is busy has its turn two seconds later, a held one when it is held no more.
create function private.sweep_schedule(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  due record;
  campaign public.campaigns;
begin
  for due in
    select k.id from public.campaigns k join engine.accounts a on a.account_id = k.account_id and not a.is_held
    where k.id = any(array(
      select s.id from public.campaigns s where s.status = 'scheduled' and s.launch_at <= moment
      union all
      select e.id from public.campaigns e where e.status = 'active' and e.ends_at <= moment
      limit 50))
    order by a.account_id, k.id for update of a skip locked
  loop
    campaign := (select k from public.campaigns k where k.id = due.id);
    if campaign.status = 'scheduled' and campaign.launch_at <= moment then
      perform private.launch_scheduled(campaign);
    elsif campaign.status = 'active' and campaign.ends_at <= moment then
      perform private.pause_by_rule(campaign.id, 'ended', jsonb_build_object('ends_at', campaign.ends_at));
    end if;
  end loop;
end $$;

-- Each tick: accounts whose campaigns wait for minutes that no running call will give back are told once, until they have some.
create function private.sweep_short_accounts() returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
begin
  for account in
    select a.account_id, a.balance_seconds, (
      select min(private.round_up(h.maximum_seconds, a.first_increment_seconds, a.billing_increment_seconds)) from engine.campaigns h where h.account_id = a.account_id and h.is_active) as needed_seconds
    from engine.accounts a
    where a.wait_reason = 'no_minutes' and not a.is_held and a.reserved_seconds = 0 and exists (select from engine.campaigns h where h.account_id = a.account_id and h.is_active)
      and not exists (select from public.notices n where n.account_id = a.account_id and n.kind = 'no_minutes' and n.resolved_at is null)
    order by a.account_id limit 100 for update of a skip locked
  loop
    perform private.notify(account.account_id, null, 'no_minutes',
      jsonb_build_object('spendable_seconds', greatest(0, account.balance_seconds), 'needed_seconds', account.needed_seconds));
  end loop;
  for account in
    select a.account_id from engine.accounts a join public.notices n on n.account_id = a.account_id and n.kind = 'no_minutes' and n.resolved_at is null
    where a.wait_reason is distinct from 'no_minutes' or not exists (select from engine.campaigns h where h.account_id = a.account_id and h.is_active)
    order by a.account_id limit 100 for update of a skip locked
  loop
    perform private.resolve_notices(account.account_id, null, '{no_minutes}');
  end loop;
end $$;
