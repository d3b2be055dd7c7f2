-- An import is a file on its way in: opened (pending), tried without writing (validating), sent in chunks (running), closed
-- (completed, or failed when somebody gave up). What it created can be taken back.

-- What a person chose for a file, checked and complete: list_id and tag_ids (everybody in the file is put there), default_country
-- (of numbers without one; the browser's affair), duplicates (what becomes of numbers that the account has: update takes the
-- file's values, skip leaves them as they are, refuse tells them, only_update takes no others), consent_defaults (what the rows'
-- own consents leave out). A list or tag of another account is not found.
create function private.import_options(account_id uuid, options jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  duplicates text := coalesce(options ->> 'duplicates', 'update');
  list_id uuid := private.as_uuid(options ->> 'list_id');
  tag_ids uuid[] := array(select distinct private.as_uuid(t) from jsonb_array_elements_text(case when jsonb_typeof(options -> 'tag_ids') = 'array' then options -> 'tag_ids' else '[]' end) t);
begin
  if jsonb_typeof(options) is distinct from 'object' then
    perform private.raise_invalid('options', 'shape', 'The options are not readable.');
  elsif duplicates not in ('update', 'skip', 'refuse', 'only_update') then
    perform private.raise_invalid('duplicates', 'unknown', 'Choose what becomes of contacts that you have already.');
  elsif options ->> 'default_country' !~ '^[A-Z]{2}$' then
    perform private.raise_invalid('default_country', 'shape', 'Choose a country.');
  elsif jsonb_typeof(coalesce(options -> 'consent_defaults', 'null')) not in ('object', 'null') then
    perform private.raise_invalid('consent_defaults', 'shape', 'The consent is not readable.');
  elsif cardinality(tag_ids) > 50 then
    perform private.raise_error('too_large', 'Choose at most 50 tags.');
  elsif options ->> 'list_id' is not null and not exists (select from public.contact_lists l
    where l.id = list_id and l.account_id = import_options.account_id and l.kind = 'static') then
    perform private.raise_error('not_found', 'This list does not exist, or it belongs to another account.');
  elsif (select count(*) from public.tags t where t.id = any(tag_ids) and t.account_id = import_options.account_id) < cardinality(tag_ids) then
    perform private.raise_error('not_found', 'This tag does not exist, or it belongs to another account.');
  end if;
  return jsonb_build_object('list_id', list_id, 'tag_ids', to_jsonb(tag_ids), 'default_country', options ->> 'default_country',
    'duplicates', duplicates, 'consent_defaults', nullif(options -> 'consent_defaults', 'null'));
end $$;

create function private.check_import(file_name text, file_hash text, default_time_zone text, mapping jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if char_length(coalesce(check_import.file_name, '')) not between 1 and 255 then
    perform private.raise_invalid('file_name', 'length', 'The file needs a name of at most 255 characters.');
  elsif check_import.file_hash !~ '^([0-9a-f]{64})?$' then
    perform private.raise_invalid('file_hash', 'shape', 'The hash of the file is not a SHA-256.');
  elsif check_import.default_time_zone is not null and not private.is_time_zone(check_import.default_time_zone) then
    perform private.raise_invalid('default_time_zone', 'unknown_time_zone', 'Choose a time zone such as America/New_York.');
  elsif pg_column_size(mapping) > 100000 then
    perform private.raise_error('too_large', 'The file has too many columns.');
  end if;
end $$;

-- The last import of the same file of which something went in; null when the file is new here.
create function private.same_file(account_id uuid, file_hash text) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', i.id, 'file_name', i.file_name, 'status', i.status, 'created_at', i.created_at, 'row_count', i.row_count,
    'created_count', i.created_count, 'updated_count', i.updated_count, 'refused_count', i.refused_count, 'undone_at', i.undone_at)
  from public.imports i
  where i.account_id = same_file.account_id and i.file_hash = same_file.file_hash and i.file_hash <> ''
    and exists (select from public.import_chunks c where c.import_id = i.id)
  order by i.id desc limit 1
$$;

-- Files that somebody dropped and left: nothing of them went in, and a day is over.
create function private.forget_imports(account_id uuid) returns void
language sql set search_path = ''
as $$
  delete from public.imports i
  where i.account_id = forget_imports.account_id and i.created_at < private.now() - interval '1 day'
    and i.status <> 'completed' and not exists (select from public.import_chunks c where c.import_id = i.id)
$$;

-- Opens an import for a file. consent: what everybody in it agreed to, recorded with each row that goes in; null when nobody said.
-- Answers {import_id, same_file}; each call opens one.
create function private.create_import(account_id uuid, file_name text, default_time_zone text, row_count int, consent jsonb, file_hash text,
  file_bytes bigint, mapping jsonb, options jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  opened uuid;
  known jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(create_import.account_id, 'contacts.edit');
  perform private.check_import(create_import.file_name, create_import.file_hash, create_import.default_time_zone, create_import.mapping);
  perform private.forget_imports(create_import.account_id);
  known := private.same_file(create_import.account_id, create_import.file_hash);
  insert into public.imports (account_id, file_name, default_time_zone, row_count, consent, file_hash, file_bytes, mapping, options, created_by)
  values (create_import.account_id, create_import.file_name, create_import.default_time_zone, greatest(0, coalesce(create_import.row_count, 0)),
    case when jsonb_typeof(create_import.consent) <> 'null' then private.read_consent(create_import.account_id, create_import.consent) end,
    coalesce(create_import.file_hash, ''), greatest(0, coalesce(create_import.file_bytes, 0)), coalesce(create_import.mapping, '{}'),
    private.import_options(create_import.account_id, coalesce(create_import.options, '{}')), auth.uid())
  returning id into opened;
  return jsonb_build_object('import_id', opened, 'same_file', known);
end $$;
grant execute on function private.create_import(uuid, text, text, int, jsonb, text, bigint, jsonb, jsonb) to authenticated;
create function public.create_import(account_id uuid, file_name text, default_time_zone text default null, row_count int default 0,
  consent jsonb default null, file_hash text default '', file_bytes bigint default 0, mapping jsonb default '{}', options jsonb default '{}') returns jsonb
language sql set search_path = ''
return private.create_import(create_import.account_id, create_import.file_name, create_import.default_time_zone, create_import.row_count,
  create_import.consent, create_import.file_hash, create_import.file_bytes, create_import.mapping, create_import.options);
grant execute on function public.create_import(uuid, text, text, int, jsonb, text, bigint, jsonb, jsonb) to authenticated;

-- The import, locked against whoever else moves it on; unknown and foreign ones are not found.
create function private.lock_import(import_id uuid) returns public.imports
language plpgsql set search_path = ''
as $$
declare
  import public.imports;
begin
  perform private.require_permission((select i.account_id from public.imports i where i.id = lock_import.import_id), 'contacts.edit');
  select * into import from public.imports i where i.id = lock_import.import_id for update;
  return import;
end $$;

-- The same for whoever tells people how it ended: the account first, as everywhere, because that marks the account.
create function private.lock_ending_import(import_id uuid) returns public.imports
language plpgsql set search_path = ''
as $$
declare
  account_id uuid := (select i.account_id from public.imports i where i.id = lock_ending_import.import_id);
begin
  perform private.require_permission(account_id, 'contacts.edit');
  perform private.lock_account(account_id);
  return private.lock_import(lock_ending_import.import_id);
end $$;

-- Other choices for a file of which nothing went in yet; what the content does not name stays. Again changes nothing.
create function private.change_import(import_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_import checks the permission.
  import public.imports := private.lock_import(change_import.import_id);
  changed public.imports := jsonb_populate_record(import, content - '{id,account_id,status,created_by,created_at}'::text[]);
begin
  if import.status not in ('pending', 'validating') then
    perform private.raise_error('conflict', 'Rows of this file went in already.', jsonb_build_object('status', import.status));
  end if;
  perform private.check_import(import.file_name, import.file_hash, changed.default_time_zone, changed.mapping);
  update public.imports i
  set default_time_zone = changed.default_time_zone, row_count = greatest(0, coalesce(changed.row_count, 0)), mapping = coalesce(changed.mapping, '{}'),
    consent = case when not content ? 'consent' then i.consent
      when jsonb_typeof(content -> 'consent') <> 'null' then private.read_consent(import.account_id, content -> 'consent') end,
    options = case when content ? 'options' then private.import_options(import.account_id, content -> 'options') else i.options end
  where i.id = import.id;
  return jsonb_build_object('import_id', import.id);
end $$;
grant execute on function private.change_import(uuid, jsonb) to authenticated;
create function public.change_import(import_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.change_import(change_import.import_id, change_import.content);
grant execute on function public.change_import(uuid, jsonb) to authenticated;

-- Closes an import; again changes nothing.
create function private.finish_import(import_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_import checks the permission, and the account is locked before the import, as everywhere.
  import public.imports := private.lock_ending_import(finish_import.import_id);
begin
  update public.imports i set status = 'completed', finished_at = private.now()
  where i.id = import.id and i.status in ('pending', 'validating', 'running');
  if found then
    perform private.log_activity(import.account_id, 'import.completed', 'import', import.id);
    perform private.tell_import(import.id);
  end if;
  return private.announce((select jsonb_build_object('status', i.status) from public.imports i where i.id = import.id));
end $$;
grant execute on function private.finish_import(uuid) to authenticated;
create function public.finish_import(import_id uuid) returns jsonb
language sql set search_path = ''
return private.finish_import(finish_import.import_id);
grant execute on function public.finish_import(uuid) to authenticated;

-- Gives an import up, with the reason that its page shows. What went in stays, and a further chunk sets it going again; a
-- completed one stays completed.
create function private.fail_import(import_id uuid, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_import checks the permission, and the account is locked before the import, as everywhere.
  import public.imports := private.lock_ending_import(fail_import.import_id);
begin
  update public.imports i
  set status = 'failed', finished_at = private.now(), failure_reason = left(coalesce(private.clean_text(fail_import.reason), 'given_up'), 500)
  where i.id = import.id and i.status in ('pending', 'validating', 'running');
  if found then
    perform private.log_activity(import.account_id, 'import.failed', 'import', import.id);
    perform private.tell_import(import.id);
  end if;
  return private.announce((select jsonb_build_object('status', i.status) from public.imports i where i.id = import.id));
end $$;
grant execute on function private.fail_import(uuid, text) to authenticated;
create function public.fail_import(import_id uuid, reason text) returns jsonb
language sql set search_path = ''
return private.fail_import(fail_import.import_id, fail_import.reason);
grant execute on function public.fail_import(uuid, text) to authenticated;
