-- What a campaign says over its assistant: an addition to the instructions, another voice or language, recording on or off, more to find out.

-- The words of a call: the version it is made with, and over it what its campaign says; a test call has no campaign. The only
-- place where the two come together: the dial, the preview and what a call is shown with ask here. A contact's own assistant
-- keeps its voice and language, because the campaign's were chosen for another one. Of two fields to find out with one name the
-- campaign's is asked. An account that does not record has the last word on it.
create function private.campaign_words(version public.assistant_versions, campaign public.campaigns) returns public.assistant_versions
language plpgsql stable set search_path = ''
as $$
begin
  version.record_calls := coalesce(campaign.record_calls, version.record_calls) and private.records_calls(version.account_id);
  if campaign.id is null then
    return version;
  end if;
  if version.assistant_id = campaign.assistant_id then
    version.voice_id := coalesce(campaign.voice_id, version.voice_id);
    version.language := coalesce(campaign.language, version.language);
  end if;
  version.instructions := concat_ws(e'\n\n', version.instructions, nullif(campaign.prompt, ''));
  version.extraction := (
    select coalesce(jsonb_agg(f.value order by f.place), '[]') from jsonb_array_elements(version.extraction) with ordinality f (value, place)
    where not exists (select from jsonb_array_elements(campaign.qualification) q where q ->> 'name' = f.value ->> 'name')) || campaign.qualification;
  return version;
end $$;

-- Whether the campaign chose a voice or a language that do not go together: {voice_name, language}, else null. Judged with the version
-- it calls with, or will; where it chose neither, it is the assistant's own matter.
create function private.voice_fault(campaign public.campaigns) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  version public.assistant_versions;
  voice public.voices;
begin
  if campaign.voice_id is null and campaign.language is null or campaign.assistant_id is null then
    return null;
  end if;
  version := coalesce((select v from public.assistant_versions v where v.id = campaign.assistant_version_id), private.current_version(campaign.assistant_id));
  version := private.campaign_words(version, campaign);
  voice := (select o from public.voices o where o.id = version.voice_id);
  return case when split_part(lower(voice.language), '-', 1) <> split_part(lower(version.language), '-', 1)
    then jsonb_build_object('voice_name', voice.name, 'language', version.language) end;
end $$;

-- The overrides among the settings of a campaign.
create function private.overrides_of(campaign public.campaigns) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('category', campaign.category, 'prompt', campaign.prompt, 'voice_id', campaign.voice_id, 'language', campaign.language,
  'record_calls', campaign.record_calls, 'qualification', campaign.qualification, 'call_order', campaign.call_order,
  'uses_preferred_assistants', campaign.uses_preferred_assistants);

-- Refuses overrides that cannot be called with, naming the field. The pair of voice and language is judged when one of them or the
-- assistant changes; what a newer version of the assistant does to it is told before the start.
create function private.check_overrides(content jsonb, changed text[]) returns void
language plpgsql stable set search_path = ''
as $$
declare
  fault jsonb;
begin
  if char_length(coalesce(content ->> 'category', '')) > 60 then
    perform private.raise_invalid('category', 'length', 'Write at most 60 characters.');
  elsif char_length(coalesce(content ->> 'prompt', '')) > 5000 then
    perform private.raise_invalid('prompt', 'length', 'Write at most 5,000 characters.');
  elsif content ->> 'voice_id' is not null and not exists (select from public.voices v where v.id = content ->> 'voice_id') then
    perform private.raise_invalid('voice_id', 'unknown', 'Choose one of the voices.');
  elsif content ->> 'language' is not null and not exists (select from public.voices v where v.language = content ->> 'language') then
    perform private.raise_invalid('language', 'unknown', 'Choose a language that there are voices for.');
  elsif jsonb_typeof(coalesce(content -> 'record_calls', 'null')) not in ('boolean', 'null') then
    perform private.raise_invalid('record_calls', 'type', 'Recording is on, off, or as the assistant has it.');
  elsif not coalesce(content ->> 'call_order', '') = any(enum_range(null::public.call_order)::text[]) then
    perform private.raise_invalid('call_order', 'unknown', 'Choose the order in which people are called.');
  elsif jsonb_typeof(content -> 'uses_preferred_assistants') is distinct from 'boolean' then
    perform private.raise_invalid('uses_preferred_assistants', 'type', 'Whether contacts are called by their own assistant is yes or no.');
  end if;
  perform private.check_extraction(content -> 'qualification', 'qualification');
  fault := case when changed && '{voice_id,language,assistant_id}' then private.voice_fault(jsonb_populate_record(null::public.campaigns,
    jsonb_build_object('id', gen_random_uuid(), 'assistant_id', private.as_uuid(content ->> 'assistant_id'), 'voice_id', content -> 'voice_id',
      'language', content -> 'language', 'qualification', '[]'::jsonb))) end;
  if fault is not null then
    perform private.raise_invalid('voice_id', 'language', format('%s does not speak the language of these calls. Choose another voice or language.', fault ->> 'voice_name'));
  end if;
end $$;
