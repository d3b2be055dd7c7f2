-- Assistants (the AI voice agents) and their versions. Campaigns and calls point at a version, so that a call can
-- always show the words it was made with.

-- Voices a person can choose, seeded by the platform.
create table public.voices (
  id text primary key,
  name text not null,
  provider text not null,
  provider_ref text not null,
  language text not null,
  description text not null default ''
);

create table public.assistants (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  name text not null constraint name_is_short check (char_length(name) between 1 and 80),
  archived_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now()
);
create index assistants_by_account on public.assistants (account_id, name);

create table public.assistant_versions (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  assistant_id uuid not null references public.assistants on delete cascade,
  version int not null,
  voice_id text not null references public.voices,
  language text not null,
  greeting text not null,
  instructions text not null,
  voicemail_message text not null default '',
  opt_out_sentence text not null default '',
  maximum_seconds int not null constraint maximum_is_one_to_thirty_minutes check (maximum_seconds between 30 and 1800),
  record_calls boolean not null default true,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  constraint version_numbers_are_unique unique (assistant_id, version)
);
create index assistant_versions_by_account on public.assistant_versions (account_id);
create index assistant_versions_by_voice on public.assistant_versions (voice_id);

grant select on public.voices, public.assistants, public.assistant_versions to authenticated, service_role;
alter table public.voices enable row level security;
alter table public.assistants enable row level security;
alter table public.assistant_versions enable row level security;
create policy "Signed-in people can choose among the voices" on public.voices for select to authenticated using (true);
create policy "Members can view the assistants of their account" on public.assistants for select to authenticated
  using (account_id = any(array(select private.account_ids('assistants.read'))));
create policy "Members can view the versions of their assistants" on public.assistant_versions for select to authenticated
  using (account_id = any(array(select private.account_ids('assistants.read'))));

create trigger assistants_touch_updated_at before update on public.assistants
  for each row execute function private.touch_updated_at();

-- The newest version of an assistant: the one a new campaign takes.
create function private.current_version(assistant_id uuid) returns public.assistant_versions
language sql stable set search_path = ''
as $$
  select v from public.assistant_versions v where v.assistant_id = current_version.assistant_id order by v.version desc limit 1
$$;

create function private.check_assistant(content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
declare
  field record;
begin
  for field in
    select * from (values ('name', 1, 80), ('greeting', 1, 1000), ('instructions', 1, 20000), ('voicemail_message', 0, 1000),
      ('opt_out_sentence', 0, 500), ('language', 2, 20)) f (name, shortest, longest)
  loop
    if char_length(coalesce(private.clean_text(content ->> field.name), '')) not between field.shortest and field.longest then
      perform private.raise_invalid(field.name, 'length', format('Write between %s and %s characters.', field.shortest, field.longest));
    end if;
  end loop;
  if not exists (select from public.voices v where v.id = content ->> 'voice_id') then
    perform private.raise_invalid('voice_id', 'unknown', 'Choose one of the voices.');
  end if;
  if jsonb_typeof(content -> 'maximum_seconds') is distinct from 'number' or (content ->> 'maximum_seconds')::numeric not between 30 and 1800 then
    perform private.raise_invalid('maximum_seconds', 'range', 'A call may last between 30 seconds and 30 minutes.');
  end if;
end $$;

-- Creates an assistant or gives it a new version. Called by a person with assistants.edit; expected_version guards against
-- overwriting what somebody else saved meanwhile.
create function private.save_assistant(account_id uuid, assistant_id uuid, content jsonb, expected_version int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  target uuid := save_assistant.assistant_id;
  latest int := 0;
  saved public.assistant_versions;
begin
  -- Definer: people have no write grant on the tables; the permission is checked here.
  perform private.require_permission(save_assistant.account_id, 'assistants.edit');
  perform private.check_assistant(content);
  if target is null then
    insert into public.assistants (account_id, name, created_by)
    values (save_assistant.account_id, private.clean_text(content ->> 'name'), auth.uid()) returning id into target;
  else
    update public.assistants a set name = private.clean_text(content ->> 'name')
    where a.id = target and a.account_id = save_assistant.account_id and a.archived_at is null;
    if not found then
      perform private.raise_error('not_found', 'This assistant does not exist, or it was archived.');
    end if;
    select max(v.version) into latest from public.assistant_versions v where v.assistant_id = target;
    if expected_version is not null and expected_version <> latest then
      perform private.raise_error('conflict', 'Somebody saved this assistant meanwhile.',
        jsonb_build_object('version', latest), 'Load the newest version, then repeat your change.');
    end if;
  end if;
  insert into public.assistant_versions (account_id, assistant_id, version, voice_id, language, greeting, instructions,
    voicemail_message, opt_out_sentence, maximum_seconds, record_calls, created_by)
  values (save_assistant.account_id, target, latest + 1, content ->> 'voice_id', private.clean_text(content ->> 'language'),
    private.clean_text(content ->> 'greeting'), private.clean_text(content ->> 'instructions'),
    coalesce(private.clean_text(content ->> 'voicemail_message'), ''), coalesce(private.clean_text(content ->> 'opt_out_sentence'), ''),
    (content ->> 'maximum_seconds')::int, coalesce((content ->> 'record_calls')::boolean, true), auth.uid())
  returning * into saved;
  perform private.log_activity(save_assistant.account_id, 'assistant.saved', 'assistant', target, jsonb_build_object('version', saved.version));
  return jsonb_build_object('assistant_id', target, 'version_id', saved.id, 'version', saved.version);
end $$;
grant execute on function private.save_assistant(uuid, uuid, jsonb, int) to authenticated;

create function public.save_assistant(account_id uuid, assistant_id uuid, content jsonb, expected_version int default null) returns jsonb
language sql set search_path = ''
return private.save_assistant(save_assistant.account_id, save_assistant.assistant_id, save_assistant.content, save_assistant.expected_version);
grant execute on function public.save_assistant(uuid, uuid, jsonb, int) to authenticated;
