-- The versions of an assistant as its history shows them, and putting an assistant away and back.

-- Who published what when and which campaigns call with it; the newest first, without their words.
create function private.list_assistant_versions(assistant_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = list_assistant_versions.assistant_id);
  campaigns jsonb;
begin
  -- Definer: the permission is checked here.
  perform private.require_permission(assistant.account_id, 'assistants.read');
  campaigns := private.campaigns_of_assistant(assistant.id);
  return (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'version', v.version, 'note', v.note, 'published_at', v.created_at,
      'by_name', (select p.name from public.profiles p where p.id = v.created_by),
      'campaigns', (select coalesce(jsonb_agg(k.value), '[]') from jsonb_array_elements(campaigns) k where k.value -> 'version' = to_jsonb(v.version)))
      order by v.version desc), '[]')
    from public.assistant_versions v where v.assistant_id = assistant.id and v.version is not null);
end $$;
grant execute on function private.list_assistant_versions(uuid) to authenticated;
create function public.list_assistant_versions(assistant_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_assistant_versions(list_assistant_versions.assistant_id);
grant execute on function public.list_assistant_versions(uuid) to authenticated;

-- The words of one version.
create function private.get_assistant_version(assistant_id uuid, version int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  wanted public.assistant_versions;
begin
  -- Definer: the permission is checked here.
  perform private.require_permission((select a.account_id from public.assistants a where a.id = get_assistant_version.assistant_id), 'assistants.read');
  select v.* into wanted from public.assistant_versions v
  where v.assistant_id = get_assistant_version.assistant_id and v.version = get_assistant_version.version;
  if not found then
    perform private.raise_error('not_found', 'This assistant has no such version.');
  end if;
  return private.assistant_content(wanted);
end $$;
grant execute on function private.get_assistant_version(uuid, int) to authenticated;
create function public.get_assistant_version(assistant_id uuid, version int) returns jsonb
language sql stable set search_path = ''
return private.get_assistant_version(get_assistant_version.assistant_id, get_assistant_version.version);
grant execute on function public.get_assistant_version(uuid, int) to authenticated;

-- Puts away an assistant nobody needs any more; refused with their names while campaigns that are not finished use it.
create function private.archive_assistant(assistant_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := private.lock_assistant(archive_assistant.assistant_id);
  users jsonb;
begin
  -- Definer: people have no write grant on the tables; lock_assistant checks the permission.
  users := (select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'status', k.status) order by k.name, k.id)
    from public.campaigns k where k.assistant_id = assistant.id and k.status in ('scheduled', 'active', 'paused'));
  if users is not null then
    perform private.raise_error('conflict', 'Campaigns that are not finished use this assistant: '
      || (select string_agg(u.value ->> 'name', ', ') from jsonb_array_elements(users) u) || '.',
      jsonb_build_object('campaigns', users), 'Stop these campaigns first.');
  end if;
  update public.assistants a set archived_at = private.now() where a.id = assistant.id and a.archived_at is null;
  if found then
    perform private.log_activity(assistant.account_id, 'assistant.archived', 'assistant', assistant.id);
  end if;
  return '{}';
end $$;
grant execute on function private.archive_assistant(uuid) to authenticated;
create function public.archive_assistant(assistant_id uuid) returns jsonb
language sql set search_path = ''
return private.archive_assistant(archive_assistant.assistant_id);
grant execute on function public.archive_assistant(uuid) to authenticated;

-- Takes an archived assistant back; of one that is not archived it changes nothing.
create function private.unarchive_assistant(assistant_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := private.lock_assistant(unarchive_assistant.assistant_id);
begin
  -- Definer: people have no write grant on the tables; lock_assistant checks the permission.
  update public.assistants a set archived_at = null where a.id = assistant.id and a.archived_at is not null;
  if found then
    perform private.log_activity(assistant.account_id, 'assistant.unarchived', 'assistant', assistant.id);
  end if;
  return '{}';
end $$;
grant execute on function private.unarchive_assistant(uuid) to authenticated;
create function public.unarchive_assistant(assistant_id uuid) returns jsonb
language sql set search_path = ''
return private.unarchive_assistant(unarchive_assistant.assistant_id);
grant execute on function public.unarchive_assistant(uuid) to authenticated;
