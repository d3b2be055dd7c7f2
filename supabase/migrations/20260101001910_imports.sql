-- Contacts from files: an import is opened, takes chunks of rows, and is closed.

-- consent: what everybody in the file agreed to, recorded with each good row; null when nobody said.
create function private.start_import(account_id uuid, file_name text, default_time_zone text, row_count int, consent jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  opened uuid;
  agreed jsonb := nullif(start_import.consent, 'null');
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(start_import.account_id, 'contacts.edit');
  if start_import.default_time_zone is not null and not private.is_time_zone(start_import.default_time_zone) then
    perform private.raise_invalid('default_time_zone', 'unknown_time_zone', 'Choose a time zone such as America/New_York.');
  elsif char_length(coalesce(start_import.file_name, '')) not between 1 and 255 then
    perform private.raise_invalid('file_name', 'length', 'The file needs a name of at most 255 characters.');
  end if;
  if agreed is not null then
    agreed := private.read_consent(start_import.account_id, agreed);
  end if;
  insert into public.imports (account_id, file_name, default_time_zone, row_count, consent, status, created_by)
  values (start_import.account_id, start_import.file_name, start_import.default_time_zone, greatest(0, coalesce(start_import.row_count, 0)), agreed,
    'running', auth.uid())
  returning id into opened;
  return jsonb_build_object('import_id', opened);
end $$;
grant execute on function private.start_import(uuid, text, text, int, jsonb) to authenticated;
create function public.start_import(account_id uuid, file_name text, default_time_zone text default null, row_count int default 0,
  consent jsonb default null) returns jsonb
language sql set search_path = ''
return private.start_import(start_import.account_id, start_import.file_name, start_import.default_time_zone, start_import.row_count, start_import.consent);
grant execute on function public.start_import(uuid, text, text, int, jsonb) to authenticated;

-- The rows of a chunk that cannot go in, each with its field and reason; the browser's own check is a courtesy, this one decides.
create function private.refused_rows(rows jsonb) returns jsonb
language sql stable set search_path = ''
as $$
  with known_zones as materialized (select z.name from private.time_zone_names() z (name))
  select coalesce(jsonb_agg(jsonb_build_object('row', r."row", 'field', p.field, 'code', p.code, 'message', p.message) order by r."row"), '[]')
  from jsonb_to_recordset(rows) as r ("row" int, name text, phone text, email text, company text, time_zone text, region text, attributes jsonb)
  cross join lateral (
    select * from (values
      (1, coalesce(private.is_phone(r.phone), false), 'phone', 'invalid_number', 'This is not a phone number with its country code.'),
      (2, private.clean_text(r.time_zone) is null or private.clean_text(r.time_zone) in (select z.name from known_zones z), 'time_zone', 'unknown_time_zone', 'This time zone is unknown.'),
      (3, private.clean_text(r.email) is null or r.email ~ '^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$', 'email', 'invalid_email', 'This is not an e-mail address.'),
      (4, char_length(coalesce(r.name, '')) <= 200 and char_length(coalesce(r.company, '')) <= 200, 'name', 'length', 'A name or company has more than 200 characters.'),
      (5, jsonb_typeof(coalesce(r.attributes, '{}')) = 'object' and coalesce(pg_column_size(r.attributes), 0) <= 16000, 'attributes', 'shape', 'The further columns are too long.'),
      (6, private.clean_text(r.region) is null or private.is_region(upper(private.clean_text(r.region))), 'region', 'unknown_region',
        'This is no country or state such as US-FL.')
    ) checks (place, is_good, field, code, message)
    where not checks.is_good order by checks.place limit 1
  ) p
$$;

-- The good rows of a chunk become contacts: new numbers are created, known ones take the file's non-empty values.
create function private.upsert_contacts(import public.imports, rows jsonb) returns table (contact_id uuid, effect text, has_moved boolean)
language plpgsql set search_path = ''
as $$
begin
  return query
  with good as (
    select distinct on (r.phone) r.phone, coalesce(private.clean_text(r.name), '') as name, coalesce(lower(private.clean_text(r.email)), '') as email,
      coalesce(private.clean_text(r.company), '') as company, private.clean_text(r.time_zone) as time_zone, coalesce(r.attributes, '{}') as attributes,
      -- 'number' when the file said nothing and the number's country has one zone: it never replaces a zone we know.
      case when r.time_zone_source = 'number' then 'number'::public.time_zone_source else 'file' end as source,
      upper(private.clean_text(r.region)) as region
    from jsonb_to_recordset(rows) as r ("row" int, name text, phone text, email text, company text, time_zone text, time_zone_source text, region text, attributes jsonb)
    order by r.phone, r."row" desc
  ), before as (
    select p.* from public.contacts p join good g on g.phone = p.phone where p.account_id = import.account_id
  ), saved as (
    insert into public.contacts as p (account_id, phone, name, email, company, time_zone, time_zone_source, region, region_is_stated, attributes, import_id)
    select import.account_id, g.phone, g.name, g.email, g.company, coalesce(g.time_zone, import.default_time_zone),
      case when g.time_zone is not null then g.source when import.default_time_zone is not null then 'import' end,
      coalesce(g.region, ''), g.region is not null, g.attributes, import.id
    from good g order by g.phone
    on conflict on constraint one_contact_per_number do update
    set name = coalesce(nullif(excluded.name, ''), p.name), email = coalesce(nullif(excluded.email, ''), p.email),
      company = coalesce(nullif(excluded.company, ''), p.company), attributes = p.attributes || excluded.attributes,
      region = case when excluded.region_is_stated then excluded.region else p.region end, region_is_stated = excluded.region_is_stated or p.region_is_stated,
      time_zone = case when excluded.time_zone_source = 'file' then excluded.time_zone else coalesce(p.time_zone, excluded.time_zone) end,
      time_zone_source = case when excluded.time_zone_source = 'file' or p.time_zone is null then excluded.time_zone_source else p.time_zone_source end
    returning p.*
  )
  select s.id, case when b.id is null then 'created'
      when (b.name, b.email, b.company, b.attributes, b.time_zone, b.region) is not distinct from (s.name, s.email, s.company, s.attributes, s.time_zone, s.region) then 'unchanged'
      else 'updated' end, (b.time_zone, b.region) is distinct from (s.time_zone, s.region) and b.id is not null
  from saved s left join before b on b.id = s.id;
end $$;

-- Called by the import page per chunk of at most 1,000 rows. Good rows go in whatever the others are like; the same chunk
-- again answers what it answered before, so that a broken connection can simply repeat it.
create function private.import_contacts(import_id uuid, chunk int, rows jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  import public.imports := (select i from public.imports i where i.id = import_contacts.import_id);
  answer jsonb;
  refused jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(import.account_id, 'contacts.edit');
  perform private.lock_account(import.account_id);
  answer := (select c.result from public.import_chunks c where c.import_id = import.id and c.chunk = import_contacts.chunk);
  if answer is not null then
    return answer;
  elsif import.status <> 'running' then
    perform private.raise_error('conflict', 'This import is finished.', jsonb_build_object('status', import.status));
  elsif jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) > 1000 then
    perform private.raise_error('too_large', 'Send a list of at most 1,000 rows.');
  end if;
  refused := private.refused_rows(rows);
  with effects as (
    select u.* from private.upsert_contacts(import, (
      select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(rows) r
      where not exists (select from jsonb_to_recordset(refused) as x ("row" int) where x."row" = (r ->> 'row')::int))) u
  )
  select jsonb_build_object('created', count(*) filter (where e.effect = 'created'), 'updated', count(*) filter (where e.effect = 'updated'),
    'unchanged', count(*) filter (where e.effect = 'unchanged'), 'refused', refused,
    'contact_ids', coalesce(jsonb_agg(e.contact_id), '[]'), 'moved', coalesce(jsonb_agg(e.contact_id) filter (where e.has_moved), '[]'))
  into answer from effects e;
  if import.consent is not null then
    perform private.write_consents(import.account_id, array(select x::uuid from jsonb_array_elements_text(answer -> 'contact_ids') x), import.consent, import.id);
  end if;
  perform private.move_enrolments(import.account_id, array(select m::uuid from jsonb_array_elements_text(answer -> 'moved') m));
  answer := answer - 'moved';
  insert into public.import_chunks (import_id, account_id, chunk, result) values (import.id, import.account_id, import_contacts.chunk, answer);
  update public.imports i
  set created_count = i.created_count + (answer ->> 'created')::int, updated_count = i.updated_count + (answer ->> 'updated')::int,
    unchanged_count = i.unchanged_count + (answer ->> 'unchanged')::int, refused_count = i.refused_count + jsonb_array_length(refused)
  where i.id = import.id;
  return private.announce(answer);
end $$;
grant execute on function private.import_contacts(uuid, int, jsonb) to authenticated;
create function public.import_contacts(import_id uuid, chunk int, rows jsonb) returns jsonb
language sql set search_path = ''
return private.import_contacts(import_contacts.import_id, import_contacts.chunk, import_contacts.rows);
grant execute on function public.import_contacts(uuid, int, jsonb) to authenticated;

-- Closes an import; again changes nothing.
create function private.finish_import(import_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  import public.imports := (select i from public.imports i where i.id = finish_import.import_id);
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(import.account_id, 'contacts.edit');
  update public.imports i set status = 'completed', finished_at = private.now() where i.id = import.id and i.status = 'running';
  if found then
    perform private.log_activity(import.account_id, 'import.completed', 'import', import.id);
  end if;
  return jsonb_build_object('status', 'completed');
end $$;
grant execute on function private.finish_import(uuid) to authenticated;
create function public.finish_import(import_id uuid) returns jsonb
language sql set search_path = ''
return private.finish_import(finish_import.import_id);
grant execute on function public.finish_import(uuid) to authenticated;
