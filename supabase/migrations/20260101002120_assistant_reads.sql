-- Assistants as pages read them, and putting one away.

create function private.assistant_row(assistant public.assistants) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', assistant.id, 'name', assistant.name, 'version', v.version, 'version_id', v.id, 'voice_id', v.voice_id,
    'voice_name', o.name, 'language', v.language, 'greeting', v.greeting, 'maximum_seconds', v.maximum_seconds,
    'campaigns_count', (select count(*) from public.campaigns k where k.assistant_id = assistant.id),
    'created_at', assistant.created_at, 'updated_at', assistant.updated_at)
  from private.current_version(assistant.id) v join public.voices o on o.id = v.voice_id
$$;

create function private.list_assistants(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_permission(list_assistants.account_id, 'assistants.read');
  return (select coalesce(jsonb_agg(private.assistant_row(a) order by lower(a.name), a.id), '[]') from public.assistants a
    where a.account_id = list_assistants.account_id and a.archived_at is null);
end $$;
grant execute on function private.list_assistants(uuid) to authenticated;
create function public.list_assistants(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_assistants(list_assistants.account_id);
grant execute on function public.list_assistants(uuid) to authenticated;

create function private.get_assistant(assistant_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = get_assistant.assistant_id);
begin
  perform private.require_permission(assistant.account_id, 'assistants.read');
  return (select private.assistant_row(assistant) || jsonb_build_object('account_id', assistant.account_id,
      'archived_at', assistant.archived_at, 'content', jsonb_build_object(
      'name', assistant.name, 'voice_id', v.voice_id, 'language', v.language, 'greeting', v.greeting, 'instructions', v.instructions,
      'voicemail_message', v.voicemail_message, 'opt_out_sentence', v.opt_out_sentence, 'maximum_seconds', v.maximum_seconds, 'record_calls', v.record_calls))
    from private.current_version(assistant.id) v);
end $$;
grant execute on function private.get_assistant(uuid) to authenticated;
create function public.get_assistant(assistant_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_assistant(get_assistant.assistant_id);
grant execute on function public.get_assistant(uuid) to authenticated;

-- Archives an assistant nobody needs any more; campaigns that are not finished keep it.
create function private.archive_assistant(assistant_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = archive_assistant.assistant_id);
begin
  perform private.require_permission(assistant.account_id, 'assistants.edit');
  if exists (select from public.campaigns k where k.assistant_id = assistant.id and k.status in ('scheduled', 'active', 'paused')) then
    perform private.raise_error('conflict', 'A campaign that is not finished uses this assistant.', null, 'Stop the campaign first.');
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
