-- The rows of a file judged: one judgement, asked by the dry run and by the import itself (import_writing).

-- A row as it would be written, or why it is not: effect is created, updated, unchanged, skipped or refused.
create type private.judged_row as (
  "row" int, effect text, fault text, contact_id uuid, phone text, name text, email text, company text, time_zone text,
  time_zone_source public.time_zone_source, region text, region_is_stated boolean, locale text, segment text, attributes jsonb,
  consent jsonb, is_listed boolean, has_moved boolean, content jsonb);

-- A row as it was sent, its texts trimmed; fault is 'field:code' where it cannot be read.
create type private.read_row as (
  place bigint, "row" int, fault text, phone text, name text, email text, company text, time_zone text, is_zone_from_number boolean,
  region text, locale text, segment text, attributes jsonb, consent jsonb, content jsonb);

-- What a person is told about a row that stays out.
create function private.import_fault_message(code text) returns text
language sql immutable set search_path = ''
return case import_fault_message.code
  when 'invalid_number' then 'This is not a phone number with its country code.'
  when 'unknown_time_zone' then 'This time zone is unknown.'
  when 'invalid_email' then 'This is not an e-mail address.'
  when 'length' then 'This text is too long.'
  when 'shape' then 'The further columns are too long.'
  when 'unknown_region' then 'This is no country or state such as US-FL.'
  when 'unknown_locale' then 'This is no language such as en or pt-BR.'
  when 'invalid_consent' then 'What the person agreed to is not complete or not readable.'
  when 'duplicate' then 'An earlier row has the same number.'
  when 'known_number' then 'This number is in your contacts already.'
  when 'replaced_number' then 'This number was corrected to another one.'
  when 'erased_number' then 'The person with this number was erased at their wish.'
  else 'This row was refused before it was sent.' end;

-- The consent of a row, completed by what was said for all of them, as it is kept; null when it is none that can be kept.
create function private.row_consent(defaults jsonb, content jsonb, zone text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  whole jsonb := coalesce(defaults, '{}') || jsonb_strip_nulls(content);
begin
  return case when private.consent_fault(whole, zone) is null then private.kept_consent(whole, zone) end;
end $$;

-- Reads a chunk: each text trimmed, each fault that the row alone shows. The functions that other commands use for one value are
-- written out here, because they would be called ten thousand times.
create function private.read_rows(import public.imports, rows jsonb) returns setof private.read_row
language plpgsql stable set search_path = ''
as $$
declare
  blanks text := E' \t\r\n';
  zone text := (select a.time_zone from public.accounts a where a.id = import.account_id);
begin
  return query
  with sent as materialized (
    select s.place, s."row", s.fault, coalesce(s.phone, '') as phone, btrim(coalesce(s.name, ''), blanks) as name, lower(btrim(coalesce(s.email, ''), blanks)) as email,
      btrim(coalesce(s.company, ''), blanks) as company, nullif(btrim(s.time_zone, blanks), '') as time_zone,
      coalesce(s.time_zone_source = 'number', false) as is_zone_from_number, upper(nullif(btrim(s.region, blanks), '')) as region,
      btrim(coalesce(s.locale, ''), blanks) as locale, btrim(coalesce(s.segment, ''), blanks) as segment, coalesce(nullif(s.attributes, 'null'), '{}') as attributes,
      nullif(s.consent, 'null') as consent, case when nullif(s.consent, 'null') is not null then private.row_consent(import.options -> 'consent_defaults', s.consent, zone) end as agreed,
      s.content
    from rows from (jsonb_to_recordset(rows) as ("row" int, fault jsonb, phone text, name text, email text, company text, time_zone text, time_zone_source text,
      region text, locale text, segment text, attributes jsonb, consent jsonb), jsonb_array_elements(rows)) with ordinality
      as s ("row", fault, phone, name, email, company, time_zone, time_zone_source, region, locale, segment, attributes, consent, content, place)
  )
  select s.place, s."row", case
      when jsonb_typeof(s.fault) = 'object' then coalesce(s.fault ->> 'field', '') || ':' || coalesce(s.fault ->> 'code', 'refused')
      when s.phone !~ '^\+[1-9][0-9]{6,14}$' then 'phone:invalid_number'
      when s.time_zone not in (select z.name from private.time_zones z) then 'time_zone:unknown_time_zone'
      when s.email !~ '^([^@\s]{1,64}@[^@\s]+\.[^@\s]+)?$' then 'email:invalid_email'
      when char_length(s.name) > 200 then 'name:length'
      when char_length(s.company) > 200 then 'company:length'
      when char_length(s.segment) > 100 then 'segment:length'
      when jsonb_typeof(s.attributes) <> 'object' or pg_column_size(s.attributes) > 16000 then 'attributes:shape'
      when s.region is not null and s.region not in (select n.region from public.number_regions n) and not private.is_region(s.region) then 'region:unknown_region'
      when s.locale !~ '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$' then 'locale:unknown_locale'
      when s.consent is not null and s.agreed is null then 'consent:invalid_consent' end,
    s.phone, s.name, s.email, s.company, s.time_zone, s.is_zone_from_number, s.region, s.locale, s.segment, s.attributes, s.agreed, s.content
  from sent s;
end $$;

-- What would become of each row of a chunk as the account is now. Of two rows with one number the first counts.
-- Planned anew for each chunk: a plan kept from a dry run, when nobody was in yet, reads everybody for every row.
create function private.judge_rows(import public.imports, rows jsonb) returns setof private.judged_row
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  duplicates text := coalesce(import.options ->> 'duplicates', 'update');
  -- Null where nobody was erased. is_erased_number is written out below: in here it would be planned anew for each row.
  secret text := (select s.number_secret from engine.settings s where exists (select from engine.erased_numbers e where e.account_id = import.account_id));
begin
  return query
  with read as materialized (
    select r.*, row_number() over (partition by r.phone, r.fault is null order by r.place) as nth from private.read_rows(import, rows) r
  ), merged as materialized (
    select r.*, p.id as known_id, p as was, n.phone is not null as is_listed, -- who was called by a name keeps it
      case when p.name <> '' and p.name <> r.name and exists (select from public.calls c where c.contact_id = p.id and c.dialled_at is not null) then p.name
        else coalesce(nullif(r.name, ''), p.name, '') end as new_name,
      coalesce(nullif(r.email, ''), p.email, '') as new_email, coalesce(nullif(r.company, ''), p.company, '') as new_company,
      coalesce(nullif(r.locale, ''), p.locale, '') as new_locale, coalesce(nullif(r.segment, ''), p.segment, '') as new_segment,
      coalesce(p.attributes, '{}') || r.attributes as new_attributes, coalesce(r.region, p.region, '') as new_region,
      r.region is not null or coalesce(p.region_is_stated, false) as new_is_stated, z.*
    from read r
    -- Limited to one, known people and listed numbers are looked up by index, row by row. As plain joins they were hashed for every chunk:
    -- all contacts of the account, of which a first import makes more than the planner has heard of.
    left join lateral (select * from public.contacts k where k.account_id = import.account_id and k.phone = r.phone and r.fault is null limit 1) p on true
    left join lateral (select l.phone from public.do_not_call l where l.account_id = import.account_id and l.phone = r.phone and r.fault is null limit 1) n on true
    -- A zone that the file states replaces one; one read off the number, or said for all, only fills a gap.
    cross join lateral (
      select case when r.time_zone is not null and not r.is_zone_from_number then r.time_zone else coalesce(p.time_zone, r.time_zone, import.default_time_zone) end as new_zone,
        case when r.time_zone is not null and not r.is_zone_from_number then 'file'::public.time_zone_source when p.time_zone is not null then p.time_zone_source
          when r.time_zone is not null then 'number' when import.default_time_zone is not null then 'import' end as new_source
    ) z
  )
  select m."row", e.effect, case when e.effect = 'refused' then f.fault end, case when e.effect = 'created' then private.time_ordered_id() else m.known_id end,
    m.phone, m.new_name, m.new_email, m.new_company, m.new_zone, m.new_source, m.new_region, m.new_is_stated, m.new_locale, m.new_segment, m.new_attributes,
    m.consent, m.is_listed, e.effect = 'updated' and ((m.was).time_zone, (m.was).region) is distinct from (m.new_zone, m.new_region), m.content
  from merged m
  cross join lateral (select case when m.fault is not null then m.fault when m.nth > 1 then 'phone:duplicate' when (m.was).replaced_by is not null then 'phone:replaced_number'
    when m.known_id is not null and duplicates = 'refuse' then 'phone:known_number'
    when m.known_id is null and secret is not null and exists (select from engine.erased_numbers e
      where e.account_id = import.account_id and e.digest = extensions.hmac(import.account_id || ' ' || m.phone, secret, 'sha256')) then 'phone:erased_number' end as fault) f
  cross join lateral (select case when f.fault is not null then 'refused' when m.known_id is null and duplicates = 'only_update' then 'skipped'
    when m.known_id is null then 'created' when duplicates = 'skip' then 'skipped'
    when (m.new_name, m.new_email, m.new_company, m.new_locale, m.new_segment, m.new_attributes, m.new_zone, m.new_source, m.new_region, m.new_is_stated) is distinct from
      ((m.was).name, (m.was).email, (m.was).company, (m.was).locale, (m.was).segment, (m.was).attributes, (m.was).time_zone, (m.was).time_zone_source,
        (m.was).region, (m.was).region_is_stated) then 'updated' else 'unchanged' end as effect) e
  order by m.place;
end $$;

-- What a judgement comes to: counts, and each refused row with its reason and as it was sent (as far as that is not too much).
create function private.sum_of_rows(judged private.judged_row[]) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('created', count(*) filter (where j.effect = 'created'), 'updated', count(*) filter (where j.effect = 'updated'),
    'unchanged', count(*) filter (where j.effect = 'unchanged'), 'skipped', count(*) filter (where j.effect = 'skipped'),
    'do_not_call', count(*) filter (where j.effect <> 'refused' and j.is_listed),
    'no_time_zone', count(*) filter (where j.effect in ('created', 'updated', 'unchanged') and j.time_zone is null),
    'refused', coalesce(jsonb_agg(jsonb_build_object('row', j."row", 'field', split_part(j.fault, ':', 1), 'code', split_part(j.fault, ':', 2),
      'message', private.import_fault_message(split_part(j.fault, ':', 2)), 'content', case when pg_column_size(j.content) <= 16000 then j.content end)
      order by j."row") filter (where j.effect = 'refused'), '[]'))
  from unnest(judged) j
$$;

-- A chunk as it must be: a list of at most 1,000 rows, each an object.
create function private.require_rows(rows jsonb) returns void
language plpgsql immutable set search_path = ''
as $$
begin
  if jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) > 1000 then
    perform private.raise_error('too_large', 'Send a list of at most 1,000 rows.');
  elsif exists (select from jsonb_array_elements(rows) r where jsonb_typeof(r) <> 'object') then
    perform private.raise_invalid('rows', 'shape', 'Each row must be an object.');
  end if;
end $$;

-- Says what import_contacts would do with a chunk now, and writes nothing but that the import is being tried.
create function private.check_import_rows(import_id uuid, rows jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  import public.imports := (select i from public.imports i where i.id = check_import_rows.import_id);
begin
  -- Definer: people have no write grant; the permission is checked here. Nothing is locked: chunks are tried side by side.
  perform private.require_permission(import.account_id, 'contacts.edit');
  perform private.require_rows(rows);
  update public.imports i set status = 'validating' where i.id = import.id and i.status = 'pending';
  return private.sum_of_rows(array(select j from private.judge_rows(import, rows) j));
end $$;
grant execute on function private.check_import_rows(uuid, jsonb) to authenticated;
create function public.check_import_rows(import_id uuid, rows jsonb) returns jsonb
language sql set search_path = ''
return private.check_import_rows(check_import_rows.import_id, check_import_rows.rows);
grant execute on function public.check_import_rows(uuid, jsonb) to authenticated;
