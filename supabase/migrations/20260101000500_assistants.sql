-- Assistants (the AI voice agents) and their versions. Campaigns and calls point at a version, so that a call can
-- always show the words it was made with. What a person types is kept in the assistant's draft until it is published.

-- Voices a person can choose, seeded by the platform.
create table public.voices (
  id text primary key,
  name text not null,
  provider text not null,
  provider_ref text not null,
  language text not null,
  description text not null default ''
);

-- Language models a person can choose, seeded by the platform from what the provider offers.
create table public.assistant_models (
  id text primary key,
  name text not null,
  provider text not null,
  provider_ref text not null,
  description text not null default '',
  position int not null
);

create table public.assistants (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  -- as it was last published; before the first version as the draft says
  name text not null constraint name_is_short check (char_length(name) between 1 and 80),
  -- what was typed since the newest version, perhaps not yet good enough to be published; null: nothing
  draft jsonb,
  draft_by uuid,
  draft_at timestamptz,
  -- grows with every change of draft or version, so that two people who edit at once find out
  revision int not null default 0,
  archived_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint a_draft_has_a_time check ((draft is null) = (draft_at is null))
);
create index assistants_by_account on public.assistants (account_id, name);

create table public.assistant_versions (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  assistant_id uuid not null references public.assistants on delete cascade,
  -- null: the draft as somebody tried it in a test call. It never changes either, and no campaign takes it.
  version int,
  name text not null,
  role text not null,
  tone text not null,
  persona text not null,
  voice_id text not null references public.voices,
  language text not null,
  model_id text not null references public.assistant_models,
  -- hundredths of the provider's temperature, from 0 to 2
  temperature_percent int not null constraint temperature_is_the_providers check (temperature_percent between 0 and 200),
  greeting text not null,
  -- said instead of the greeting from the second attempt on; empty: the greeting again
  retry_greeting text not null,
  instructions text not null,
  voicemail_message text not null,
  -- said when the person is silent or not understood
  fallback_message text not null,
  goodbye_message text not null,
  opt_out_sentence text not null,
  maximum_seconds int not null constraint maximum_is_one_to_thirty_minutes check (maximum_seconds between 30 and 1800),
  -- after so long a silence it asks again, and after so long it hangs up
  fallback_seconds int not null,
  silence_seconds int not null,
  record_calls boolean not null,
  -- what to find out: [{name, type, description, choices}]
  extraction jsonb not null constraint extraction_is_a_list check (jsonb_typeof(extraction) = 'array'),
  -- when a conversation counts as a success; empty: as the model judges by the instructions
  success_criterion text not null,
  note text not null default '' constraint note_is_short check (char_length(note) <= 200),
  created_by uuid,
  created_at timestamptz not null default private.now(),
  constraint version_numbers_are_unique unique (assistant_id, version),
  constraint it_asks_again_before_it_hangs_up check (fallback_seconds >= 2 and silence_seconds > fallback_seconds and silence_seconds <= 600)
);
create index assistant_versions_by_account on public.assistant_versions (account_id);
create index assistant_versions_by_voice on public.assistant_versions (voice_id);
create index assistant_versions_by_model on public.assistant_versions (model_id);

grant select on public.voices, public.assistant_models, public.assistants, public.assistant_versions to authenticated, service_role;
alter table public.voices enable row level security;
alter table public.assistant_models enable row level security;
alter table public.assistants enable row level security;
alter table public.assistant_versions enable row level security;
create policy "Signed-in people can choose among the voices" on public.voices for select to authenticated using (true);
create policy "Signed-in people can choose among the models" on public.assistant_models for select to authenticated using (true);
create policy "Members can view the assistants of their account" on public.assistants for select to authenticated
  using (account_id = any(array(select private.account_ids('assistants.read'))));
create policy "Members can view the versions of their assistants" on public.assistant_versions for select to authenticated
  using (account_id = any(array(select private.account_ids('assistants.read'))));

create trigger assistants_touch_updated_at before update on public.assistants
  for each row execute function private.touch_updated_at();

-- The newest published version of an assistant: the one a new campaign takes.
create function private.current_version(assistant_id uuid) returns public.assistant_versions
language sql stable set search_path = ''
as $$
  select v from public.assistant_versions v where v.assistant_id = current_version.assistant_id and v.version is not null
  order by v.version desc limit 1
$$;

-- What a content that says nothing means: the fields there are, each with its default.
create function private.empty_assistant() returns jsonb
language sql immutable set search_path = ''
return '{"name": "", "role": "", "tone": "", "persona": "", "voice_id": "emma", "language": "en", "model_id": "gpt-4o-mini", "temperature_percent": 40,
  "greeting": "", "retry_greeting": "", "instructions": "", "voicemail_message": "", "fallback_message": "", "goodbye_message": "",
  "opt_out_sentence": "", "maximum_seconds": 300, "fallback_seconds": 8, "silence_seconds": 30, "record_calls": true, "extraction": [],
  "success_criterion": ""}'::jsonb;

-- A content as it is kept: every field and no other, texts trimmed, what is missing or null by default.
create function private.tidy_assistant(content jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  select jsonb_object_agg(d.key, case
    when c.value is null or c.value = 'null' then d.value
    when jsonb_typeof(c.value) = 'string' then to_jsonb(coalesce(private.clean_text(c.value #>> '{}'), ''))
    else c.value end)
  from jsonb_each(private.empty_assistant()) d
  left join jsonb_each(tidy_assistant.content) c on c.key = d.key
$$;

create function private.assistant_content(version public.assistant_versions) returns jsonb
language sql immutable set search_path = ''
return to_jsonb(version) - '{id,account_id,assistant_id,version,note,created_by,created_at}'::text[];

-- Fields to extract, a fault told by place: extraction[2].name is the third field's name. list: what the list itself is called.
create function private.check_extraction(fields jsonb, list text default 'extraction') returns void
language plpgsql stable set search_path = ''
as $$
declare
  field record;
begin
  if jsonb_typeof(fields) is distinct from 'array' or jsonb_array_length(fields) > 20 then
    perform private.raise_invalid(list, 'length', 'Ask for up to 20 pieces of information.');
  end if;
  for field in
    select format('%s[%s].', list, f.place - 1) as path, f.value, coalesce(f.value ->> 'name', '') as name, f.value ->> 'type' as type,
      count(*) over (partition by f.value ->> 'name') as same_count
    from jsonb_array_elements(fields) with ordinality f (value, place) order by f.place
  loop
    if field.name !~ '^[a-z][a-z0-9_]{0,39}$' then
      perform private.raise_invalid(field.path || 'name', 'format', 'Use small letters, digits and _, beginning with a letter.');
    elsif field.same_count > 1 then
      perform private.raise_invalid(field.path || 'name', 'duplicate', 'Another field has this name.');
    elsif coalesce(field.type, '') not in ('text', 'number', 'yes_no', 'date', 'choice') then
      perform private.raise_invalid(field.path || 'type', 'unknown', 'Choose a kind of answer.');
    elsif char_length(coalesce(private.clean_text(field.value ->> 'description'), '')) not between 1 and 300 then
      perform private.raise_invalid(field.path || 'description', 'length', 'Say in up to 300 characters what to find out.');
    elsif field.type = 'choice' and (jsonb_typeof(field.value -> 'choices') is distinct from 'array' or jsonb_array_length(field.value -> 'choices') not between 2 and 20
      or exists (select from jsonb_array_elements(field.value -> 'choices') c where jsonb_typeof(c) <> 'string' or char_length(c #>> '{}') not between 1 and 80)) then
      perform private.raise_invalid(field.path || 'choices', 'length', 'Give between 2 and 20 choices.');
    end if;
  end loop;
end $$;

-- Refuses a tidy content that cannot be called with, naming the field. The ranges lie within the provider's own.
create function private.check_assistant(content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
declare
  field record;
begin
  for field in
    select * from (values ('name', 1, 80), ('role', 0, 120), ('tone', 0, 200), ('persona', 0, 1000), ('greeting', 1, 1000), ('retry_greeting', 0, 1000),
      ('instructions', 1, 20000), ('voicemail_message', 0, 1000), ('fallback_message', 0, 500), ('goodbye_message', 0, 500),
      ('opt_out_sentence', 0, 500), ('success_criterion', 0, 1000), ('language', 2, 20)) f (name, shortest, longest)
  loop
    if char_length(content ->> field.name) not between field.shortest and field.longest then
      perform private.raise_invalid(field.name, 'length', format('Write between %s and %s characters.', field.shortest, field.longest));
    end if;
  end loop;
  if not exists (select from public.voices v where v.id = content ->> 'voice_id') then
    perform private.raise_invalid('voice_id', 'unknown', 'Choose one of the voices.');
  elsif not exists (select from public.assistant_models m where m.id = content ->> 'model_id') then
    perform private.raise_invalid('model_id', 'unknown', 'Choose one of the models.');
  elsif jsonb_typeof(content -> 'record_calls') <> 'boolean' then
    perform private.raise_invalid('record_calls', 'type', 'Record calls is yes or no.');
  end if;
  for field in
    select * from (values ('maximum_seconds', 30, 1800, 'A call may last between 30 seconds and 30 minutes.'), ('temperature_percent', 0, 200, 'Choose between 0 and 2.'),
      ('fallback_seconds', 2, 60, 'Choose between 2 and 60 seconds.'), ('silence_seconds', 10, 600, 'Choose between 10 and 600 seconds.')) f (name, least, most, words)
  loop
    if content ->> field.name !~ '^\d{1,5}$' or jsonb_typeof(content -> field.name) <> 'number' or (content ->> field.name)::int not between field.least and field.most then
      perform private.raise_invalid(field.name, 'range', field.words);
    end if;
  end loop;
  if (content ->> 'silence_seconds')::int <= (content ->> 'fallback_seconds')::int then
    perform private.raise_invalid('silence_seconds', 'range', 'It can hang up only after it has asked again.');
  end if;
  perform private.check_extraction(content -> 'extraction');
end $$;
