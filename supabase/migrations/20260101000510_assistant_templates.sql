-- Texts to begin with, seeded by the platform: one row per occasion and language. [account] stands for the name of whoever calls.
create table public.assistant_templates (
  id text primary key,
  kind text not null constraint kind_is_known check (kind in ('appointment_reminder', 'lead_qualification', 'survey', 'payment_reminder',
    'order_confirmation', 'event_invitation')),
  language text not null,
  position int not null,
  content jsonb not null constraint content_is_an_object check (jsonb_typeof(content) = 'object'),
  constraint one_template_per_occasion_and_language unique (kind, language)
);
grant select on public.assistant_templates to authenticated, service_role;
alter table public.assistant_templates enable row level security;
create policy "Signed-in people can choose among the templates" on public.assistant_templates for select to authenticated using (true);

-- Begins an assistant with a draft: from a template, or without one from nothing but a name. Nothing is called with it until it is
-- published. A repetition makes another one.
create function private.create_assistant(account_id uuid, template_id text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- "Acme Inc." at the end of a sentence has its full stop already.
  caller text := (select rtrim(a.name, '. ') from public.accounts a where a.id = create_assistant.account_id);
  content jsonb := '{"name": "New assistant"}';
  created public.assistants;
begin
  -- Definer: people have no write grant on the tables; the permission is checked here.
  perform private.require_permission(create_assistant.account_id, 'assistants.edit');
  if create_assistant.template_id is not null then
    -- Put in as JSON text, so that a quotation mark in a company's name stays one.
    select replace((t.content || jsonb_build_object('language', t.language))::text, '[account]', btrim(to_jsonb(caller)::text, '"'))::jsonb into content
    from public.assistant_templates t where t.id = create_assistant.template_id;
    if content is null then
      perform private.raise_invalid('template_id', 'unknown', 'Choose one of the templates.');
    end if;
  end if;
  content := private.tidy_assistant(content);
  insert into public.assistants (account_id, name, draft, draft_by, draft_at, revision, created_by)
  values (create_assistant.account_id, content ->> 'name', content, auth.uid(), private.now(), 1, auth.uid()) returning * into created;
  perform private.log_activity(created.account_id, 'assistant.created', 'assistant', created.id);
  return jsonb_build_object('assistant_id', created.id, 'revision', created.revision);
end $$;
grant execute on function private.create_assistant(uuid, text) to authenticated;
create function public.create_assistant(account_id uuid, template_id text default null) returns jsonb
language sql set search_path = ''
return private.create_assistant(create_assistant.account_id, create_assistant.template_id);
grant execute on function public.create_assistant(uuid, text) to authenticated;

-- Begins another assistant with the words of this one, its draft before its newest version. A repetition makes another copy.
create function private.duplicate_assistant(assistant_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  original public.assistants := (select a from public.assistants a where a.id = duplicate_assistant.assistant_id);
  content jsonb;
  copy public.assistants;
begin
  -- Definer: people have no write grant on the tables; the permission is checked here.
  perform private.require_permission(original.account_id, 'assistants.edit');
  content := coalesce(original.draft, private.assistant_content(private.current_version(original.id)));
  content := content || jsonb_build_object('name', left('Copy of ' || (content ->> 'name'), 80));
  insert into public.assistants (account_id, name, draft, draft_by, draft_at, revision, created_by)
  values (original.account_id, content ->> 'name', content, auth.uid(), private.now(), 1, auth.uid()) returning * into copy;
  perform private.log_activity(copy.account_id, 'assistant.duplicated', 'assistant', copy.id, jsonb_build_object('of', original.id));
  return jsonb_build_object('assistant_id', copy.id, 'revision', copy.revision);
end $$;
grant execute on function private.duplicate_assistant(uuid) to authenticated;
create function public.duplicate_assistant(assistant_id uuid) returns jsonb
language sql set search_path = ''
return private.duplicate_assistant(duplicate_assistant.assistant_id);
grant execute on function public.duplicate_assistant(uuid) to authenticated;
