-- What a campaign's page shows beside its counters: its calls by day, by hour and by the hour of the contacts' week, how fast it dials,
-- who changed what, and who works on it.

-- The hours of the latest two days on which it called, so that a campaign of an afternoon has a picture too.
create function private.campaign_hours(campaign_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('day', x.day, 'hour', x.hour, 'calls_count', x.calls, 'answered_count', x.answered, 'billed_seconds', x.seconds)
      order by x.day, x.hour), '[]')
    from (
      select h.day, h.hour, sum(h.calls_count) as calls, sum(h.answered_count) as answered, sum(h.billed_seconds) as seconds
      from public.hourly_stats h
      where h.campaign_id = campaign_hours.campaign_id
        and h.day in (select distinct d.day from public.daily_stats d where d.campaign_id = campaign_hours.campaign_id order by d.day desc limit 2)
      group by 1, 2
    ) x);
end $$;

create function private.campaign_overview(campaign_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(campaign_overview.campaign_id, 'campaigns.read');
  moment timestamptz := private.now();
begin
  -- Definer: agents see their campaigns' sums and not the account's rows; the permission is checked here.
  return jsonb_build_object(
    'days', (select coalesce(jsonb_agg(to_jsonb(x) order by x.day), '[]') from (
      select d.day, sum(d.calls_count) as calls_count, coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0) as answered_count, sum(d.positive_count) as positive_count,
        sum(d.billed_seconds) as billed_seconds
      from public.daily_stats d where d.campaign_id = campaign.id group by 1) x),
    'hours', private.campaign_hours(campaign.id),
    'week', (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (
      select w.weekday, w.hour, sum(w.calls_count) as calls_count, sum(w.answered_count) as answered_count, sum(w.positive_count) as positive_count
      from public.contact_hour_stats w where w.campaign_id = campaign.id group by 1, 2) x),
    'calls_last_minutes', (select count(*) from public.calls c
      where c.campaign_id = campaign.id and c.created_at > moment - interval '5 minutes' and c.dialled_at > moment - interval '5 minutes'));
end $$;
grant execute on function private.campaign_overview(uuid) to authenticated;
create function public.campaign_overview(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
return private.campaign_overview(campaign_overview.campaign_id);
grant execute on function public.campaign_overview(uuid) to authenticated;

-- Who did what to the campaign, or asked for one of its calls to be ended (call_id), the newest first; without an actor it was a rule, the clock or
-- its last contact.
create function private.list_campaign_activity(campaign_id uuid, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(list_campaign_activity.campaign_id, 'campaigns.read');
  size int := private.page_limit(page_size);
  before bigint := coalesce(("cursor" ->> 'id')::bigint, 9223372036854775807);
  rows jsonb;
begin
  -- Definer: names of people who left the account come with it; the permission is checked here.
  perform private.require_permission(campaign.account_id, 'activity.read');
  select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'verb', x.verb, 'details', x.details, 'created_at', x.created_at, 'call_id', case when x.subject_type = 'call' then x.subject_id end,
      'actor_name', (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = x.actor_id)) order by x.id desc), '[]')
  into rows
  from (
    (select l.* from public.activity_log l
      where l.subject_id = campaign.id and l.subject_type = 'campaign' and l.account_id = campaign.account_id and l.id < before
      order by l.id desc limit size + 1)
    union all
    (select l.* from public.activity_log l
      where l.details ->> 'campaign_id' = campaign.id::text and l.verb = 'call.end_asked' and l.account_id = campaign.account_id and l.id < before
      order by l.id desc limit size + 1)
    order by id desc limit size + 1) x;
  return private.page_of(rows, size, '{id}');
end $$;
grant execute on function private.list_campaign_activity(uuid, jsonb, int) to authenticated;
create function public.list_campaign_activity(campaign_id uuid, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_campaign_activity(list_campaign_activity.campaign_id, list_campaign_activity."cursor", list_campaign_activity.page_size);
grant execute on function public.list_campaign_activity(uuid, jsonb, int) to authenticated;

-- The account's people: who sees every campaign by role, and who is assigned to this one.
create function private.list_campaign_people(campaign_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(list_campaign_people.campaign_id, 'campaigns.read');
begin
  -- Definer: it joins members and profiles; whoever sees the campaign may see who works on it.
  return (select coalesce(jsonb_agg(jsonb_build_object('user_id', m.user_id, 'name', coalesce(nullif(p.name, ''), p.email), 'email', p.email, 'role', m.role,
      'sees_all', exists (select from public.role_permissions r where r.role = m.role and r.permission = 'campaigns.read' and r.scope = 'account'),
      'is_assigned', exists (select from public.campaign_members s where s.campaign_id = campaign.id and s.user_id = m.user_id)) order by m.role, lower(p.name), m.user_id), '[]')
    from public.members m left join public.profiles p on p.id = m.user_id where m.account_id = campaign.account_id);
end $$;
grant execute on function private.list_campaign_people(uuid) to authenticated;
create function public.list_campaign_people(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_campaign_people(list_campaign_people.campaign_id);
grant execute on function public.list_campaign_people(uuid) to authenticated;

-- Assigns a person of the account to the campaign, or takes that back. By whoever edits campaigns. Again changes nothing.
create function private.assign_to_campaign(campaign_id uuid, user_id uuid, is_assigned boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(assign_to_campaign.campaign_id, 'campaigns.edit');
begin
  -- Definer: people have no write grant; the permission is checked here.
  if not exists (select from public.members m where m.account_id = campaign.account_id and m.user_id = assign_to_campaign.user_id) then
    perform private.raise_error('not_found', 'This person is no member of the account.');
  elsif assign_to_campaign.is_assigned then
    insert into public.campaign_members (campaign_id, user_id, account_id) values (campaign.id, assign_to_campaign.user_id, campaign.account_id)
    on conflict do nothing;
  else
    delete from public.campaign_members s where s.campaign_id = campaign.id and s.user_id = assign_to_campaign.user_id;
  end if;
  if found then
    perform private.log_activity(campaign.account_id, case when assign_to_campaign.is_assigned then 'campaign.person_assigned' else 'campaign.person_unassigned' end,
      'campaign', campaign.id, jsonb_build_object('user_id', assign_to_campaign.user_id));
  end if;
  return '{}';
end $$;
grant execute on function private.assign_to_campaign(uuid, uuid, boolean) to authenticated;
create function public.assign_to_campaign(campaign_id uuid, user_id uuid, is_assigned boolean) returns jsonb
language sql set search_path = ''
return private.assign_to_campaign(assign_to_campaign.campaign_id, assign_to_campaign.user_id, assign_to_campaign.is_assigned);
grant execute on function public.assign_to_campaign(uuid, uuid, boolean) to authenticated;
