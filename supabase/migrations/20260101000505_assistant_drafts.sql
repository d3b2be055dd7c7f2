-- How an assistant is written: the draft saves itself, publishing makes the next version of it. Versions never change.

-- The assistant for a change, locked so that two people who change it take turns.
create function private.lock_assistant(assistant_id uuid) returns public.assistants
language plpgsql set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = lock_assistant.assistant_id);
begin
  perform private.require_permission(assistant.account_id, 'assistants.edit');
  select a.* into assistant from public.assistants a where a.id = lock_assistant.assistant_id for update;
  return assistant;
end $$;

-- The same for a change of its words: refused while it is archived, and when somebody changed it since the caller read it.
create function private.lock_assistant_at(assistant_id uuid, expected_revision int) returns public.assistants
language plpgsql set search_path = ''
as $$
declare
  assistant public.assistants := private.lock_assistant(lock_assistant_at.assistant_id);
begin
  if assistant.archived_at is not null then
    perform private.raise_error('conflict', 'This assistant is archived.', '{"state": "archived"}', 'Restore it first.');
  elsif lock_assistant_at.expected_revision is distinct from assistant.revision then
    perform private.raise_error('conflict', 'Somebody changed this assistant meanwhile.', jsonb_build_object('revision', assistant.revision,
      'version', (private.current_version(assistant.id)).version, 'by_name', (select p.name from public.profiles p where p.id = assistant.draft_by)),
      'Look at the newest text, then repeat your change.');
  end if;
  return assistant;
end $$;

-- Notes what the draft says now; null: nothing beyond the newest version. The caller holds the assistant's row.
create function private.set_draft(assistant_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
as $$
  update public.assistants a
  set draft = content, draft_by = auth.uid(), draft_at = case when content is not null then private.now() end, revision = a.revision + 1,
    name = case when exists (select from public.assistant_versions v where v.assistant_id = a.id and v.version is not null) then a.name
      else coalesce(private.clean_text(left(content ->> 'name', 80)), a.name) end
  where a.id = set_draft.assistant_id
  returning jsonb_build_object('assistant_id', a.id, 'revision', a.revision, 'saved_at', a.draft_at)
$$;

-- Adds the next version of an assistant from a checked content and empties its draft. The caller holds the assistant's row.
create function private.add_version(assistant public.assistants, content jsonb, note text) returns public.assistant_versions
language plpgsql set search_path = ''
as $$
declare
  added public.assistant_versions := jsonb_populate_record(null::public.assistant_versions, content);
begin
  added.id := gen_random_uuid();
  added.account_id := assistant.account_id;
  added.assistant_id := assistant.id;
  added.version := coalesce((private.current_version(assistant.id)).version, 0) + 1;
  added.note := coalesce(private.clean_text(left(add_version.note, 200)), '');
  added.created_by := auth.uid();
  added.created_at := private.now();
  insert into public.assistant_versions select added.*;
  update public.assistants a set name = added.name, draft = null, draft_by = auth.uid(), draft_at = null, revision = a.revision + 1 where a.id = assistant.id;
  perform private.log_activity(assistant.account_id, 'assistant.saved', 'assistant', assistant.id, jsonb_build_object('version', added.version));
  return added;
end $$;

-- Publishes a content at once, as a new assistant or as the next version of one. Called by programs; people write a draft first.
-- expected_version guards against overwriting what somebody else published meanwhile.
create function private.save_assistant(account_id uuid, assistant_id uuid, content jsonb, expected_version int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  target public.assistants;
  latest int := 0;
  saved public.assistant_versions;
  words jsonb := private.tidy_assistant(content);
begin
  -- Definer: people have no write grant on the tables; the permission is checked here.
  perform private.require_permission(save_assistant.account_id, 'assistants.edit');
  perform private.check_assistant(words);
  if save_assistant.assistant_id is null then
    insert into public.assistants (account_id, name, created_by)
    values (save_assistant.account_id, words ->> 'name', auth.uid()) returning * into target;
  else
    select a.* into target from public.assistants a
    where a.id = save_assistant.assistant_id and a.account_id = save_assistant.account_id and a.archived_at is null for update;
    if not found then
      perform private.raise_error('not_found', 'This assistant does not exist, or it was archived.');
    end if;
    latest := coalesce((private.current_version(target.id)).version, 0);
    if expected_version is not null and expected_version <> latest then
      perform private.raise_error('conflict', 'Somebody saved this assistant meanwhile.',
        jsonb_build_object('version', latest), 'Load the newest version, then repeat your change.');
    end if;
  end if;
  saved := private.add_version(target, words, '');
  return jsonb_build_object('assistant_id', target.id, 'version_id', saved.id, 'version', saved.version);
end $$;
grant execute on function private.save_assistant(uuid, uuid, jsonb, int) to authenticated;
create function public.save_assistant(account_id uuid, assistant_id uuid, content jsonb, expected_version int default null) returns jsonb
language sql set search_path = ''
return private.save_assistant(save_assistant.account_id, save_assistant.assistant_id, save_assistant.content, save_assistant.expected_version);
grant execute on function public.save_assistant(uuid, uuid, jsonb, int) to authenticated;

-- Keeps what a person typed, however unfinished; the editor calls it by itself. What says the same as the newest version is no draft.
-- A repetition with the same revision is a conflict.
create function private.save_assistant_draft(assistant_id uuid, content jsonb, expected_revision int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := private.lock_assistant_at(save_assistant_draft.assistant_id, save_assistant_draft.expected_revision);
begin
  -- Definer: people have no write grant on the tables; lock_assistant checks the permission.
  if jsonb_typeof(content) is distinct from 'object' then
    perform private.raise_invalid('content', 'type', 'The content must be an object.');
  elsif octet_length(content::text) > 200000 then
    perform private.raise_error('too_large', 'These texts are too long to be kept.', null, 'Shorten the instructions.');
  end if;
  return private.set_draft(assistant.id, nullif(private.tidy_assistant(content), private.assistant_content(private.current_version(assistant.id))));
end $$;
grant execute on function private.save_assistant_draft(uuid, jsonb, int) to authenticated;
create function public.save_assistant_draft(assistant_id uuid, content jsonb, expected_revision int) returns jsonb
language sql set search_path = ''
return private.save_assistant_draft(save_assistant_draft.assistant_id, save_assistant_draft.content, save_assistant_draft.expected_revision);
grant execute on function public.save_assistant_draft(uuid, jsonb, int) to authenticated;

-- Makes the draft the next version, if it can be called with.
create function private.publish_assistant(assistant_id uuid, expected_revision int, note text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := private.lock_assistant_at(publish_assistant.assistant_id, publish_assistant.expected_revision);
  published public.assistant_versions;
begin
  -- Definer: people have no write grant on the tables; lock_assistant checks the permission.
  if assistant.draft is null then
    perform private.raise_error('conflict', 'Nothing has changed since the newest version.', '{"state": "published"}');
  end if;
  perform private.check_assistant(assistant.draft);
  published := private.add_version(assistant, assistant.draft, publish_assistant.note);
  return jsonb_build_object('assistant_id', assistant.id, 'version_id', published.id, 'version', published.version, 'revision', assistant.revision + 1);
end $$;
grant execute on function private.publish_assistant(uuid, int, text) to authenticated;
create function public.publish_assistant(assistant_id uuid, expected_revision int, note text default '') returns jsonb
language sql set search_path = ''
return private.publish_assistant(publish_assistant.assistant_id, publish_assistant.expected_revision, publish_assistant.note);
grant execute on function public.publish_assistant(uuid, int, text) to authenticated;

-- Takes the words of an old version into the draft; null throws the draft away and leaves the newest version.
create function private.restore_assistant_version(assistant_id uuid, version int, expected_revision int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := private.lock_assistant_at(restore_assistant_version.assistant_id, restore_assistant_version.expected_revision);
  current int := (private.current_version(assistant.id)).version;
  wanted int := coalesce(restore_assistant_version.version, current);
  chosen public.assistant_versions;
begin
  -- Definer: people have no write grant on the tables; lock_assistant checks the permission.
  select v.* into chosen from public.assistant_versions v where v.assistant_id = assistant.id and v.version = wanted;
  if not found then
    perform private.raise_error('not_found', 'This assistant has no such version.');
  end if;
  return private.set_draft(assistant.id, case when wanted <> current then private.assistant_content(chosen) end);
end $$;
grant execute on function private.restore_assistant_version(uuid, int, int) to authenticated;
create function public.restore_assistant_version(assistant_id uuid, version int, expected_revision int) returns jsonb
language sql set search_path = ''
return private.restore_assistant_version(restore_assistant_version.assistant_id, restore_assistant_version.version, restore_assistant_version.expected_revision);
grant execute on function public.restore_assistant_version(uuid, int, int) to authenticated;
