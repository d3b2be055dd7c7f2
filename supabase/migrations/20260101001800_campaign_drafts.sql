-- Making a campaign: its settings, its windows and the contacts in it.

create function private.check_campaign(account_id uuid, content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
declare
  span record;
begin
  if char_length(coalesce(private.clean_text(content ->> 'name'), '')) not between 1 and 120 then
    perform private.raise_invalid('name', 'length', 'Write a name of at most 120 characters.');
  elsif content ->> 'assistant_id' is not null and not exists (select from public.assistants s
    where s.id = private.as_uuid(content ->> 'assistant_id') and s.account_id = check_campaign.account_id and s.archived_at is null) then
    perform private.raise_invalid('assistant_id', 'unknown', 'Choose one of your assistants.');
  elsif not private.is_time_zone(coalesce(content ->> 'time_zone', '')) then
    perform private.raise_invalid('time_zone', 'unknown', 'Choose a time zone such as America/New_York.');
  elsif jsonb_typeof(content -> 'max_attempts') is distinct from 'number' or (content ->> 'max_attempts')::numeric not between 1 and 10 then
    perform private.raise_invalid('max_attempts', 'range', 'Try each contact between 1 and 10 times.');
  elsif jsonb_typeof(coalesce(content -> 'windows', '[]')) <> 'array' or jsonb_array_length(coalesce(content -> 'windows', '[]')) > 50 then
    perform private.raise_invalid('windows', 'shape', 'The calling times are not readable.');
  end if;
  for span in select * from jsonb_to_recordset(coalesce(content -> 'windows', '[]')) as w (weekday int, opens_at text, closes_at text) loop
    if span.weekday is null or span.weekday not between 1 and 7 or coalesce(span.opens_at, '') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
      or coalesce(span.closes_at, '') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' or span.opens_at >= span.closes_at then
      perform private.raise_invalid('windows', 'range', 'Each calling time needs a day and must end after it begins.');
    end if;
  end loop;
end $$;

create function private.replace_windows(campaign_id uuid, account_id uuid, windows jsonb) returns void
language sql set search_path = ''
as $$
  delete from public.campaign_windows w where w.campaign_id = replace_windows.campaign_id;
  insert into public.campaign_windows (campaign_id, account_id, weekday, opens_at, closes_at)
  select replace_windows.campaign_id, replace_windows.account_id, w.weekday, w.opens_at::time, max(w.closes_at::time)
  from jsonb_to_recordset(coalesce(windows, '[]')) as w (weekday smallint, opens_at text, closes_at text)
  group by w.weekday, w.opens_at;
  update engine.lanes l set open_until = null where l.campaign_id = replace_windows.campaign_id;
$$;

-- Creates a draft or changes a campaign that is not finished. A running campaign keeps its assistant's version; new calling
-- times hold from the next claim, and begin_dial judges by them at once.
create function private.save_campaign(account_id uuid, campaign_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_campaign.account_id, 'campaigns.edit');
  perform private.check_campaign(save_campaign.account_id, content);
  if save_campaign.campaign_id is null then
    insert into public.campaigns (account_id, name, created_by)
    values (save_campaign.account_id, private.clean_text(content ->> 'name'), auth.uid()) returning * into campaign;
    insert into engine.campaigns (campaign_id, account_id) values (campaign.id, campaign.account_id);
    perform private.log_activity(campaign.account_id, 'campaign.created', 'campaign', campaign.id);
  else
    campaign := private.lock_campaign(save_campaign.campaign_id, 'campaigns.edit');
    if campaign.account_id <> save_campaign.account_id then
      perform private.raise_error('not_found', 'This campaign does not exist, or it belongs to another account.');
    end if;
    perform private.require_status(campaign, '{draft,scheduled,active,paused}', 'changed');
  end if;
  update public.campaigns k
  set name = private.clean_text(content ->> 'name'), description = coalesce(private.clean_text(content ->> 'description'), ''),
    assistant_id = case when k.status = 'draft' then private.as_uuid(content ->> 'assistant_id') else k.assistant_id end,
    time_zone = content ->> 'time_zone', max_attempts = (content ->> 'max_attempts')::int
  where k.id = campaign.id;
  perform private.replace_windows(campaign.id, campaign.account_id, content -> 'windows');
  perform private.wake(campaign.account_id, campaign.id);
  return jsonb_build_object('campaign_id', campaign.id);
end $$;
grant execute on function private.save_campaign(uuid, uuid, jsonb) to authenticated;
create function public.save_campaign(account_id uuid, campaign_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_campaign(save_campaign.account_id, save_campaign.campaign_id, save_campaign.content);
grant execute on function public.save_campaign(uuid, uuid, jsonb) to authenticated;

-- Deletes a campaign that never called anybody; a campaign with calls is history and stays.
create function private.delete_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(delete_campaign.campaign_id, 'campaigns.edit');
begin
  if exists (select from public.calls c where c.campaign_id = campaign.id) then
    perform private.raise_error('conflict', 'This campaign made calls and cannot be deleted.', jsonb_build_object('status', campaign.status),
      'Stop it instead; its calls stay readable.');
  end if;
  delete from public.campaigns k where k.id = campaign.id;
  perform private.log_activity(campaign.account_id, 'campaign.deleted', 'campaign', campaign.id);
  return '{}';
end $$;
grant execute on function private.delete_campaign(uuid) to authenticated;
create function public.delete_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_campaign(delete_campaign.campaign_id);
grant execute on function public.delete_campaign(uuid) to authenticated;

-- Enrols contacts of the locked account: in the queue at once, also in a draft; without a zone or on the list they are
-- shown as blocked and never dialled. A contact that is in already is left as it is.
create function private.enrol(campaign public.campaigns, contact_ids uuid[]) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  hot engine.campaigns := (select h from engine.campaigns h where h.campaign_id = campaign.id);
  asked int := (select count(distinct x) from unnest(contact_ids) x);
  entries jsonb;
  answer jsonb;
begin
  if campaign.status = 'completed' then
    perform private.set_campaign_status(campaign, 'active', 'reopened');
  else
    perform private.require_status(campaign, '{draft,scheduled,active,paused}', 'given more contacts');
  end if;
  with candidates as (
    select p.id, p.name, row_number() over (order by array_position(contact_ids, p.id)) as place,
      case when exists (select from public.do_not_call n where n.account_id = p.account_id and n.phone = p.phone) then 'do_not_call'::public.block_reason
        when p.time_zone is null then 'time_zone_unknown' end as reason
    from public.contacts p
    where p.account_id = campaign.account_id and p.id = any(contact_ids)
  ), enrolled as (
    insert into public.enrolments (account_id, campaign_id, contact_id, status, reason, position)
    select campaign.account_id, campaign.id, k.id, case when k.reason is null then 'waiting'::public.enrolment_status else 'blocked' end,
      k.reason, hot.next_position + k.place
    from candidates k order by k.id
    on conflict on constraint a_contact_is_enrolled_once do nothing
    returning id, contact_id, status, reason
  )
  select jsonb_build_object('enrolled', count(*), 'already', (select count(*) from candidates) - count(*), 'missing', asked - (select count(*) from candidates),
      'blocked', coalesce(jsonb_agg(jsonb_build_object('contact_id', e.contact_id, 'reason', e.reason)) filter (where e.status = 'blocked'), '[]')),
    coalesce(jsonb_agg(jsonb_build_object('enrolment_id', e.id, 'attempt_no', 1, 'rank', 2, 'due_at', hot.due_at)) filter (where e.status = 'waiting'), '[]')
  into answer, entries from enrolled e;
  update engine.campaigns h set next_position = h.next_position + cardinality(contact_ids) where h.campaign_id = campaign.id;
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
  end if;
  campaign := private.lock_campaign(enrol_contacts.campaign_id, 'campaigns.edit');
  return private.enrol(campaign, contact_ids);
end $$;
grant execute on function private.enrol_contacts(uuid, uuid[]) to authenticated;
create function public.enrol_contacts(campaign_id uuid, contact_ids uuid[]) returns jsonb
language sql set search_path = ''
return private.enrol_contacts(enrol_contacts.campaign_id, enrol_contacts.contact_ids);
grant execute on function public.enrol_contacts(uuid, uuid[]) to authenticated;

-- Enrols everybody who matches, a thousand at a time in id order; call it again with next_cursor until that is null.
create function private.enrol_all_contacts(campaign_id uuid, filter jsonb, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(enrol_all_contacts.campaign_id, 'campaigns.edit');
  ids uuid[];
  answer jsonb;
begin
  ids := array(
    select p.id from public.contacts p
    where p.account_id = campaign.account_id and p.id > coalesce(private.as_uuid("cursor" ->> 'id'), '00000000-0000-0000-0000-000000000000')
      and (private.clean_text(filter ->> 'text') is null or p.search_text like private.search_pattern(filter ->> 'text'))
    order by p.id limit 1000);
  answer := private.enrol(campaign, ids);
  return answer - 'blocked' - 'missing' || jsonb_build_object('blocked_count', jsonb_array_length(answer -> 'blocked'),
    'next_cursor', case when cardinality(ids) = 1000 then jsonb_build_object('id', ids[1000]) end);
end $$;
grant execute on function private.enrol_all_contacts(uuid, jsonb, jsonb) to authenticated;
create function public.enrol_all_contacts(campaign_id uuid, filter jsonb default '{}', "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.enrol_all_contacts(enrol_all_contacts.campaign_id, enrol_all_contacts.filter, enrol_all_contacts."cursor");
grant execute on function public.enrol_all_contacts(uuid, jsonb, jsonb) to authenticated;

-- What of a number that somebody wrote down is in its E.164 form, too: (0)30/90 18-20 and 0049 30 901820 lose their zeros
-- and all but their digits. Null for what is no number; with less than four digits it may as well be part of a name.
create function private.searched_digits(value text) returns text
language sql immutable set search_path = ''
return (select case when searched_digits.value ~ '^[\s\d+().\-/]+$' and length(d.digits) >= 4 then d.digits end
  from (select ltrim(regexp_replace(replace(searched_digits.value, '(0)', ''), '\D', '', 'g'), '0')) d (digits));

-- A search text as a LIKE pattern: lower case, with the person's % and _ taken literally, numbers in any notation.
create function private.search_pattern(value text) returns text
language sql immutable set search_path = ''
return '%' || replace(replace(replace(coalesce(private.searched_digits(search_pattern.value), lower(btrim(search_pattern.value))),
  '\', '\\'), '%', '\%'), '_', '\_') || '%';
