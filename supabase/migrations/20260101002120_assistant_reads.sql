-- Assistants as pages read them.

-- How the campaign calls of an assistant's versions went, from the rollup. Null for whoever does not see every campaign's calls.
create function private.assistant_performance(assistant public.assistants) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  if not assistant.account_id = any(array(select private.account_ids('calls.read'))) then
    return null;
  end if;
  return (select jsonb_build_object('calls_count', coalesce(sum(d.calls_count), 0),
      'answered_count', coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0),
      'talk_seconds', coalesce(sum(d.talk_seconds) filter (where d.outcome = 'answered'), 0),
      'successes_count', coalesce(sum(d.positive_count), 0))
    from public.assistant_versions v
    join public.daily_stats d on d.assistant_version_id = v.id and d.campaign_id is not null
    where v.assistant_id = assistant.id);
end $$;

-- Campaigns that call with an assistant or will, as far as the current user sees them; newest first.
create function private.campaigns_of_assistant(assistant_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'status', k.status, 'version', v.version)
      order by k.created_at desc, k.id), '[]')
    from public.campaigns k left join public.assistant_versions v on v.id = k.assistant_version_id
    where k.assistant_id = campaigns_of_assistant.assistant_id and k.id = any(array(select private.campaign_ids('campaigns.read'))));
end $$;

-- The published assistants, as forms offer them.
create function private.list_assistants(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: the permission is checked here.
  perform private.require_permission(list_assistants.account_id, 'assistants.read');
  return (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'version', v.version, 'version_id', v.id,
      'voice_name', o.name, 'language', v.language, 'maximum_seconds', v.maximum_seconds) order by lower(a.name), a.id), '[]')
    from public.assistants a
    cross join lateral private.current_version(a.id) v
    join public.voices o on o.id = v.voice_id
    where a.account_id = list_assistants.account_id and a.archived_at is null);
end $$;
grant execute on function private.list_assistants(uuid) to authenticated;
create function public.list_assistants(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_assistants(list_assistants.account_id);
grant execute on function public.list_assistants(uuid) to authenticated;

-- Where an assistant stands: never published, published with or without further changes, or put away.
create function private.assistant_status(assistant public.assistants, version int) returns text
language sql immutable set search_path = ''
return case when assistant.archived_at is not null then 'archived' when assistant_status.version is null then 'draft'
  when assistant.draft is not null then 'changed' else 'published' end;

-- A card: what it says now, the draft before the newest version.
create function private.assistant_card(assistant public.assistants) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  published public.assistant_versions := private.current_version(assistant.id);
  content jsonb := coalesce(assistant.draft, private.assistant_content(published));
begin
  return jsonb_build_object('id', assistant.id, 'name', assistant.name, 'status', private.assistant_status(assistant, published.version),
    'version', published.version, 'role', content ->> 'role', 'greeting', content ->> 'greeting', 'language', content ->> 'language',
    'voice_name', (select o.name from public.voices o where o.id = content ->> 'voice_id'), 'maximum_seconds', content -> 'maximum_seconds',
    'campaigns_count', (select count(*) from public.campaigns k where k.assistant_id = assistant.id),
    'performance', private.assistant_performance(assistant), 'updated_at', assistant.updated_at);
end $$;

-- The cards of the page Assistants, by name. filter: account_id, text (part of the name), status (archived ones only when
-- asked for).
create function private.search_assistants(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  account uuid := private.as_uuid(filter ->> 'account_id');
  size int := private.page_limit(page_size);
  wanted text := nullif(filter ->> 'status', '');
  words text := lower(coalesce(private.clean_text(filter ->> 'text'), ''));
  rows jsonb;
  total int;
begin
  -- Definer: the permission is checked here.
  perform private.require_permission(account, 'assistants.read');
  with found as materialized (
    select a, lower(a.name) as name, a.id from public.assistants a
    where a.account_id = account and (a.archived_at is not null) = (wanted is not distinct from 'archived')
      and (wanted is null or wanted = private.assistant_status(a, (private.current_version(a.id)).version))
      and (words = '' or position(words in lower(a.name)) > 0)
  ), page as (
    select f.* from found f
    where "cursor" is null or (f.name, f.id) > ("cursor" ->> 'name', ("cursor" ->> 'id')::uuid)
    order by f.name, f.id limit size + 1
  )
  select (select coalesce(jsonb_agg(private.assistant_card(p.a) || jsonb_build_object('_sort', jsonb_build_object('name', p.name)) order by p.name, p.id), '[]') from page p),
    (select count(*) from found) into rows, total;
  return private.page_of(rows, size, '{name,id}') || jsonb_build_object('total_count', total);
end $$;
grant execute on function private.search_assistants(jsonb, jsonb, int) to authenticated;
create function public.search_assistants(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.search_assistants(search_assistants.filter, search_assistants."cursor", search_assistants.page_size);
grant execute on function public.search_assistants(jsonb, jsonb, int) to authenticated;

-- One assistant for its editor: its newest words, and the revision that a change must name.
create function private.get_assistant(assistant_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = get_assistant.assistant_id);
  published public.assistant_versions;
begin
  -- Definer: the permission is checked here.
  perform private.require_permission(assistant.account_id, 'assistants.read');
  published := private.current_version(assistant.id);
  return private.assistant_card(assistant) || jsonb_build_object('account_id', assistant.account_id, 'archived_at', assistant.archived_at,
    'revision', assistant.revision, 'content', coalesce(assistant.draft, private.assistant_content(published)),
    'published', case when published.id is not null then private.assistant_content(published) end,
    'draft_at', assistant.draft_at, 'draft_by_name', (select p.name from public.profiles p where p.id = assistant.draft_by and assistant.draft is not null),
    'published_at', published.created_at, 'campaigns', private.campaigns_of_assistant(assistant.id));
end $$;
grant execute on function private.get_assistant(uuid) to authenticated;
create function public.get_assistant(assistant_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_assistant(get_assistant.assistant_id);
grant execute on function public.get_assistant(uuid) to authenticated;
