-- What people do to a campaign. Every command locks the account first, checks the state it found and names it when it refuses.

-- Locks the account of a campaign, then reads its state: nothing can change it until the command is done.
create function private.lock_campaign(campaign_id uuid, permission text) returns public.campaigns
language plpgsql set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(lock_campaign.campaign_id, lock_campaign.permission);
begin
  perform private.lock_account(campaign.account_id);
  select * into campaign from public.campaigns k where k.id = lock_campaign.campaign_id;
  return campaign;
end $$;

-- Refuses a command in the wrong state and names the state found.
create function private.require_status(campaign public.campaigns, allowed public.campaign_status[], verb text) returns void
language plpgsql set search_path = ''
as $$
begin
  if not campaign.status = any(allowed) then
    perform private.raise_error('conflict', format('This campaign is %s and cannot be %s.', campaign.status, verb),
      jsonb_build_object('status', campaign.status), 'Load the page again to see its newest state.');
  end if;
end $$;

-- Writes a new status on both halves, logs it and, when the campaign runs, wakes its lanes. What a rule or a failed launch told
-- people of is over with every status but paused. Commands announce it at their end, the engine's own batches and ticks at theirs.
-- What is reserved is locked first of all: a dial that began before has committed then, and the log says a later time than the dial does.
create function private.set_campaign_status(campaign public.campaigns, status public.campaign_status, verb text,
  reason public.pause_reason default null, details jsonb default '{}', launch_at timestamptz default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz;
  target public.campaign_status := set_campaign_status.status;
begin
  perform from public.calls c where c.campaign_id = campaign.id and c.state = 'reserved' order by c.id for update;
  moment := private.now();
  update public.campaigns k
  set status = target, pause_reason = set_campaign_status.reason, launch_at = set_campaign_status.launch_at,
    pause_details = case when target = 'paused' then set_campaign_status.details else '{}' end,
    started_at = case when target = 'active' then coalesce(k.started_at, moment) else k.started_at end,
    resumed_at = case when target = 'active' and k.started_at is not null then moment else k.resumed_at end,
    finished_at = case when target = 'archived' or k.status = 'archived' then k.finished_at when target in ('completed', 'stopped') then moment end,
    kept_forecast = case when target <> 'draft' then k.kept_forecast end,
    archived_at = case when target = 'archived' then moment end, archived_from = case when target = 'archived' then k.status end
  where k.id = campaign.id;
  update engine.campaigns h set is_active = target = 'active', changed_at = moment where h.campaign_id = campaign.id;
  perform private.log_activity(campaign.account_id, 'campaign.' || verb, 'campaign', campaign.id,
    details || case when reason is null then '{}'::jsonb else jsonb_build_object('reason', reason) end);
  if target <> 'paused' then
    perform private.resolve_notices(campaign.account_id, campaign.id, array_remove(enum_range(null::public.notice_kind), 'no_minutes'));
  end if;
  if target = 'active' then
    perform private.wake(campaign.account_id, campaign.id);
  end if;
  return jsonb_build_object('status', target);
end $$;

-- The last thing a command does: pages hear of it. A broadcast takes rows of any campaign that has news, so that nothing may be
-- waited for after it.
create function private.announce(answer jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  perform private.broadcast_changes();
  return answer;
end $$;

-- Fixes the version of the assistant the campaign calls with, so that later edits do not change what runs.
create function private.pin_assistant(campaign public.campaigns) returns public.assistant_versions
language plpgsql set search_path = ''
as $$
declare
  version public.assistant_versions := private.current_version(campaign.assistant_id);
begin
  update public.campaigns k set assistant_version_id = version.id where k.id = campaign.id;
  update engine.campaigns h set maximum_seconds = version.maximum_seconds where h.campaign_id = campaign.id;
  return version;
end $$;

-- Ends the command when something is missing, with all that is.
create function private.require_launchable(campaign public.campaigns) returns void
language plpgsql stable set search_path = ''
as $$
declare
  blockers jsonb := private.blockers_of(campaign.id);
begin
  if blockers <> '[]' then
    perform private.raise_error('not_launchable', 'Something is missing before this campaign can call.', blockers);
  end if;
end $$;

-- draft | scheduled → active, now.
create function private.start_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(start_campaign.campaign_id, 'campaigns.run');
begin
  perform private.require_status(campaign, '{draft,scheduled}', 'started');
  perform private.require_launchable(campaign);
  perform private.pin_assistant(campaign);
  update public.campaigns k set started_by = auth.uid() where k.id = campaign.id;
  return private.announce(private.set_campaign_status(campaign, 'active', 'started'));
end $$;
grant execute on function private.start_campaign(uuid) to authenticated;
create function public.start_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.start_campaign(start_campaign.campaign_id);
grant execute on function public.start_campaign(uuid) to authenticated;

-- Voids what is reserved and not yet dialled. After the command's commit no further dial of the campaign can start.
create function private.recall_reserved(campaign public.campaigns) returns int
language sql set search_path = ''
as $$
  select private.void_reserved(campaign.account_id, array(
    select c.id from public.calls c where c.campaign_id = campaign.id and c.state = 'reserved' order by c.id for update))
$$;

-- active → paused. Running calls go on to their end; nobody new is dialled.
create function private.pause_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(pause_campaign.campaign_id, 'campaigns.run');
  answer jsonb;
begin
  perform private.require_status(campaign, '{active}', 'paused');
  answer := private.set_campaign_status(campaign, 'paused', 'paused');
  perform private.recall_reserved(campaign);
  return private.announce(answer);
end $$;
grant execute on function private.pause_campaign(uuid) to authenticated;
create function public.pause_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.pause_campaign(pause_campaign.campaign_id);
grant execute on function public.pause_campaign(uuid) to authenticated;

-- A rule pauses a campaign, with its reason and the figures behind it ({words} of the provider, {failures, calls, limit_percent}
-- …): nobody new is dialled, what is reserved is voided, people are told once. Called by settlement, the claim and the tick; the
-- caller holds the account's lock. A campaign that is not active is left alone.
create function private.pause_by_rule(campaign_id uuid, reason public.pause_reason, details jsonb default '{}') returns void
language plpgsql set search_path = ''
as $$
declare
  campaign public.campaigns := (select k from public.campaigns k where k.id = pause_by_rule.campaign_id);
begin
  if campaign.status = 'active' then
    perform private.set_campaign_status(campaign, 'paused', 'paused_by_rule', pause_by_rule.reason, pause_by_rule.details);
    perform private.recall_reserved(campaign);
    perform private.notify(campaign.account_id, campaign.id, pause_by_rule.reason::text::public.notice_kind, pause_by_rule.details);
  end if;
end $$;

create function private.pause_for_account_faults(closings jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.pause_by_rule(f.campaign_id, 'assistant', jsonb_build_object('words', left(f.words, 300)))
  from (
    select c.campaign_id, min(x.ended_reason) as words
    from jsonb_to_recordset(closings) as x (call_id uuid, failure_scope text, ended_reason text)
    join public.calls c on c.id = x.call_id
    where x.failure_scope = 'account' and c.campaign_id is not null and c.id = any(array(select y.call_id from jsonb_to_recordset(closings) as y (call_id uuid)))
    group by c.campaign_id
  ) f;
end $$;

-- paused → active, whoever paused it. The lanes wake; whoever was waiting is still waiting. What made a rule pause it must be
-- gone: a used budget and a past end are refused, failures and opt-outs are counted anew from here.
create function private.resume_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(resume_campaign.campaign_id, 'campaigns.run');
  answer jsonb;
begin
  perform private.require_status(campaign, '{paused}', 'resumed');
  perform private.require_launchable(campaign);
  answer := private.set_campaign_status(campaign, 'active', 'resumed');
  perform private.complete_finished_campaigns(array[campaign.id]);
  return private.announce(answer);
end $$;
grant execute on function private.resume_campaign(uuid) to authenticated;
create function public.resume_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.resume_campaign(resume_campaign.campaign_id);
grant execute on function public.resume_campaign(uuid) to authenticated;

-- Takes waiting contacts out of stopped campaigns, five thousand at a time: a million rows do not fit into one statement's limit.
create function private.remove_waiting(campaign_id uuid) returns int
language plpgsql set search_path = ''
as $$
declare
  removed int;
begin
  with leaving as (
    select e.id from public.enrolments e where e.campaign_id = remove_waiting.campaign_id and e.status = 'waiting' limit 5000
  ), unqueued as (
    delete from engine.dial_queue q using leaving l where q.enrolment_id = l.id
  )
  update public.enrolments e set status = 'removed' from leaving l where e.id = l.id;
  get diagnostics removed = row_count;
  return removed;
end $$;

-- active | paused → stopped, for good: waiting contacts are removed, running calls go on to their end.
create function private.stop_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(stop_campaign.campaign_id, 'campaigns.run');
  answer jsonb;
begin
  perform private.require_status(campaign, '{active,paused,scheduled}', 'stopped');
  answer := private.set_campaign_status(campaign, 'stopped', 'stopped');
  perform private.recall_reserved(campaign);
  perform private.remove_waiting(campaign.id);
  return private.announce(answer);
end $$;
grant execute on function private.stop_campaign(uuid) to authenticated;
create function public.stop_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.stop_campaign(stop_campaign.campaign_id);
grant execute on function public.stop_campaign(uuid) to authenticated;
