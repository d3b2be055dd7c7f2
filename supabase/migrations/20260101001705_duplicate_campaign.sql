-- A campaign once more: a new draft with the same settings, and the contacts of the first in steps.

-- Settings that a copy starts with: the campaign's own, but for a first or last day that is over. A step back in time would
-- only block the draft.
create function private.copied_settings(campaign public.campaigns, name text, assistant_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  moment timestamptz := private.now();
begin
  return private.settings_of(campaign)
    || jsonb_build_object('name', coalesce(private.clean_text(copied_settings.name), ''), 'assistant_id', copied_settings.assistant_id)
    || case when campaign.starts_at <= moment then '{"starts_at": null}'::jsonb else '{}' end
    || case when campaign.ends_at <= moment then '{"ends_at": null}'::jsonb else '{}' end;
end $$;

-- Makes a draft like this campaign, whatever its state, with another name and, if one is given, another assistant. Nobody is in it;
-- copy_contacts brings them. A consent override is a decision about one campaign and is not copied. Twice makes two drafts.
create function private.duplicate_campaign(campaign_id uuid, name text, assistant_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  source public.campaigns := private.lock_campaign(duplicate_campaign.campaign_id, 'campaigns.edit');
  settings jsonb := private.copied_settings(source, duplicate_campaign.name, coalesce(duplicate_campaign.assistant_id, source.assistant_id));
  copy public.campaigns;
begin
  perform private.check_campaign(source.account_id, settings, case when duplicate_campaign.assistant_id is distinct from source.assistant_id
    and duplicate_campaign.assistant_id is not null then '{assistant_id}' else '{}' end::text[]);
  copy := private.create_campaign(source.account_id, jsonb_build_object('copied_from', source.id));
  perform private.write_settings(copy, settings, private.editable_settings('draft'));
  return private.announce(jsonb_build_object('campaign_id', copy.id));
end $$;
grant execute on function private.duplicate_campaign(uuid, text, uuid) to authenticated;
create function public.duplicate_campaign(campaign_id uuid, name text, assistant_id uuid default null) returns jsonb
language sql set search_path = ''
return private.duplicate_campaign(duplicate_campaign.campaign_id, duplicate_campaign.name, duplicate_campaign.assistant_id);
grant execute on function public.duplicate_campaign(uuid, text, uuid) to authenticated;

-- Brings the contacts of one campaign of the account into a draft, a thousand at a time in their calling order; call it again with
-- next_cursor until that is null. Those who were taken out come along, because stopping takes out whoever waited and a copy is the
-- way back; those whose number was corrected come with the new one. Whoever is in already is left as they are. Until the last thousand the draft
-- remembers how far it is, so that a copy that broke off is seen and can go on.
create function private.copy_contacts(campaign_id uuid, from_campaign_id uuid, "cursor" bigint) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(copy_contacts.campaign_id, 'campaigns.edit');
  source public.campaigns := private.require_campaign(copy_contacts.from_campaign_id, 'campaigns.read');
  page record;
  answer jsonb;
begin
  perform private.require_status(campaign, '{draft}', 'filled with the contacts of another one');
  if source.account_id <> campaign.account_id then
    perform private.raise_error('not_found', 'This campaign does not exist, or it belongs to another account.');
  end if;
  select array_agg(coalesce(p.replaced_by, p.id) order by e.position) as contact_ids, max(e.position) as last, count(*) as n into page
  from (
    select f.contact_id, f.position from public.enrolments f
    where f.campaign_id = source.id and f.position > coalesce("cursor", -1) order by f.position limit 1000
  ) e join public.contacts p on p.id = e.contact_id;
  answer := private.enrol(campaign, coalesce(page.contact_ids, '{}'));
  update public.campaigns k set copying_from = case when page.n = 1000 then source.id end, copied_to = case when page.n = 1000 then page.last end
  where k.id = campaign.id;
  return answer - 'blocked' - 'missing' || jsonb_build_object('blocked_count', jsonb_array_length(answer -> 'blocked'),
    'next_cursor', case when page.n = 1000 then page.last end);
end $$;
grant execute on function private.copy_contacts(uuid, uuid, bigint) to authenticated;
create function public.copy_contacts(campaign_id uuid, from_campaign_id uuid, "cursor" bigint default null) returns jsonb
language sql set search_path = ''
return private.copy_contacts(copy_contacts.campaign_id, copy_contacts.from_campaign_id, copy_contacts."cursor");
grant execute on function public.copy_contacts(uuid, uuid, bigint) to authenticated;
