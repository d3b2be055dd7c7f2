-- What people will hear in a campaign, before anybody is called.

-- The words of a campaign as somebody is writing them, and what has to be said to a contact besides: composed by the same
-- functions as a call. campaign_id null: it is not saved yet. content: {assistant_id, prompt, voice_id, language, record_calls,
-- qualification} as they stand in the form; nothing of it is judged or kept. Null without a published assistant.
create function private.preview_campaign(account_id uuid, campaign_id uuid, content jsonb, contact_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns;
  pinned public.assistant_versions;
  words public.assistant_versions;
  opening jsonb;
begin
  -- Definer: the permissions are checked here.
  perform private.require_permission(preview_campaign.account_id, 'assistants.read');
  if preview_campaign.campaign_id is not null then
    campaign := private.require_campaign(preview_campaign.campaign_id, 'campaigns.read');
  end if;
  campaign.id := coalesce(campaign.id, preview_campaign.account_id);
  campaign.assistant_id := private.as_uuid(content ->> 'assistant_id');
  campaign.prompt := content ->> 'prompt';
  campaign.voice_id := nullif(content ->> 'voice_id', '');
  campaign.language := nullif(content ->> 'language', '');
  campaign.record_calls := case when jsonb_typeof(content -> 'record_calls') = 'boolean' then (content ->> 'record_calls')::boolean end;
  campaign.qualification := case when jsonb_typeof(content -> 'qualification') = 'array' then content -> 'qualification' else '[]' end;
  select v.* into pinned from public.assistant_versions v
  where v.assistant_id = campaign.assistant_id and v.account_id = preview_campaign.account_id
    and (campaign.assistant_version_id is null or v.id = campaign.assistant_version_id)
  order by v.version desc limit 1;
  if pinned.id is null then
    return null;
  end if;
  words := private.campaign_words(pinned, campaign);
  opening := private.opening_sentences(words, (select a.name from public.accounts a where a.id = preview_campaign.account_id),
    coalesce((select p.region from public.contacts p where p.id = preview_campaign.contact_id and p.account_id = preview_campaign.account_id), ''), private.now());
  return jsonb_build_object('content', private.assistant_content(words), 'version', pinned.version, 'disclosures', opening - 'records',
    'is_recorded', opening -> 'records', 'voice_name', (select o.name from public.voices o where o.id = words.voice_id),
    'voice_fault', private.voice_fault(campaign),
    'account_name', (select a.name from public.accounts a where a.id = preview_campaign.account_id));
end $$;
grant execute on function private.preview_campaign(uuid, uuid, jsonb, uuid) to authenticated;
create function public.preview_campaign(account_id uuid, campaign_id uuid, content jsonb, contact_id uuid default null) returns jsonb
language sql stable set search_path = ''
return private.preview_campaign(preview_campaign.account_id, preview_campaign.campaign_id, preview_campaign.content, preview_campaign.contact_id);
grant execute on function public.preview_campaign(uuid, uuid, jsonb, uuid) to authenticated;
