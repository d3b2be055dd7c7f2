-- Bringing contacts into a campaign: chosen ones, or all that a search finds.

-- Makes a completed campaign active again, when there is somebody to call.
create function private.reopen_campaign(campaign public.campaigns, has_work boolean) returns void
language plpgsql set search_path = ''
as $$
begin
  if has_work and campaign.status = 'completed' then
    perform private.set_campaign_status(campaign, 'active', 'reopened');
  end if;
end $$;

-- Enrols contacts of the locked account: in the queue at once, also in a draft; without a zone or consent, or on the
-- list, they are shown as blocked and never dialled. A contact that is in already is left as it is.
create function private.enrol(campaign public.campaigns, contact_ids uuid[]) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  hot engine.campaigns := (select h from engine.campaigns h where h.campaign_id = campaign.id);
  asked int := (select count(distinct x) from unnest(contact_ids) x);
  entries jsonb;
  answer jsonb;
begin
  perform private.require_status(campaign, '{draft,scheduled,active,paused,completed}', 'given more contacts');
  with candidates as (
    select p.id, p.assistant_id, row_number() over (order by array_position(contact_ids, p.id)) as place,
      case when exists (select from public.do_not_call n where n.account_id = p.account_id and n.phone = p.phone) then 'do_not_call'::public.block_reason
        when p.time_zone is null then 'time_zone_unknown'
        when l.id is not null then 'no_consent' end as reason
    from public.contacts p
    left join private.without_consent(campaign, contact_ids, private.now()) l (id) on l.id = p.id
    where p.account_id = campaign.account_id and p.id = any(contact_ids) and p.replaced_by is null and p.erased_at is null
  ), enrolled as (
    insert into public.enrolments (account_id, campaign_id, contact_id, status, reason, position, preferred_version_id)
    select campaign.account_id, campaign.id, k.id, case when k.reason is null then 'waiting'::public.enrolment_status else 'blocked' end,
      k.reason, hot.next_position + k.place, case when k.assistant_id is not null then (private.current_version(k.assistant_id)).id end
    from candidates k order by k.id
    on conflict on constraint a_contact_is_enrolled_once do nothing
    returning id, contact_id, status, reason
  )
  select jsonb_build_object('enrolled', count(*), 'already', (select count(*) from candidates) - count(*), 'missing', asked - (select count(*) from candidates),
      'blocked', coalesce(jsonb_agg(jsonb_build_object('contact_id', e.contact_id, 'reason', e.reason)) filter (where e.status = 'blocked'), '[]')),
    coalesce(jsonb_agg(jsonb_build_object('enrolment_id', e.id, 'attempt_no', 1, 'rank', 2, 'due_at', hot.due_at)) filter (where e.status = 'waiting'), '[]')
  into answer, entries from enrolled e;
  update engine.campaigns h set next_position = h.next_position + cardinality(contact_ids) where h.campaign_id = campaign.id;
  perform private.reopen_campaign(campaign, entries <> '[]');
  perform private.enqueue(campaign.account_id, campaign.id, entries);
  perform private.broadcast_changes();
  return answer;
end $$;

create function private.enrol_contacts(campaign_id uuid, contact_ids uuid[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  -- Definer: people have no write grant; lock_campaign checks the permission.
  if cardinality(contact_ids) > 1000 then
    perform private.raise_error('too_large', 'Add at most 1,000 contacts at a time.');
  elsif contact_ids is null then
    perform private.raise_invalid('contact_ids', 'required', 'Name the contacts to add.');
  end if;
  campaign := private.lock_campaign(enrol_contacts.campaign_id, 'campaigns.edit');
  return private.enrol(campaign, contact_ids);
end $$;
grant execute on function private.enrol_contacts(uuid, uuid[]) to authenticated;
create function public.enrol_contacts(campaign_id uuid, contact_ids uuid[]) returns jsonb
language sql set search_path = ''
return private.enrol_contacts(enrol_contacts.campaign_id, enrol_contacts.contact_ids);
grant execute on function public.enrol_contacts(uuid, uuid[]) to authenticated;

-- Enrols everybody whom a filter fits (also an audience's, or a list's), a thousand at a time from the oldest on; call it again with
-- next_cursor until that is null.
create function private.enrol_all_contacts(campaign_id uuid, filter jsonb, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(enrol_all_contacts.campaign_id, 'campaigns.edit');
  batch jsonb := private.next_batch(jsonb_build_object('account_id', campaign.account_id, 'filter', coalesce(enrol_all_contacts.filter, '{}')), "cursor");
  answer jsonb := private.enrol(campaign, private.uuids_of(batch -> 'ids'));
begin
  return answer - 'blocked' - 'missing' || jsonb_build_object('blocked_count', jsonb_array_length(answer -> 'blocked'), 'next_cursor', batch -> 'next_cursor');
end $$;
grant execute on function private.enrol_all_contacts(uuid, jsonb, jsonb) to authenticated;
create function public.enrol_all_contacts(campaign_id uuid, filter jsonb default '{}', "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.enrol_all_contacts(enrol_all_contacts.campaign_id, enrol_all_contacts.filter, enrol_all_contacts."cursor");
grant execute on function public.enrol_all_contacts(uuid, jsonb, jsonb) to authenticated;
