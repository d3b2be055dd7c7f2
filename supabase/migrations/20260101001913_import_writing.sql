-- The rows of a file written, as import_judgement judged them.

-- Puts everybody whom a file names into its list and gives them its tags; who is there already stays as they are.
create function private.group_rows(import public.imports, judged private.judged_row[], moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into public.contact_list_members (list_id, contact_id, account_id, created_at)
  select l.id, j.contact_id, import.account_id, moment
  from unnest(judged) j join public.contact_lists l on l.id = private.as_uuid(import.options ->> 'list_id')
  where j.effect <> 'refused' and j.contact_id is not null order by j.contact_id
  on conflict do nothing;
  insert into public.contact_tags (tag_id, contact_id, account_id, created_at)
  select t.id, j.contact_id, import.account_id, moment
  from public.tags t cross join unnest(judged) j
  where t.id in (select private.as_uuid(x) from jsonb_array_elements_text(coalesce(import.options -> 'tag_ids', '[]')) x)
    and j.effect <> 'refused' and j.contact_id is not null order by t.id, j.contact_id
  on conflict do nothing;
end $$;

-- Writes what was judged. All of a chunk has one instant: what is younger than its contact was not the import's doing.
create function private.write_rows(import public.imports, judged private.judged_row[]) returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
begin
  insert into public.contacts (id, account_id, phone, name, email, company, time_zone, time_zone_source, region, region_is_stated, locale, segment,
    attributes, has_consent, import_id, created_at, updated_at)
  select j.contact_id, import.account_id, j.phone, j.name, j.email, j.company, j.time_zone, j.time_zone_source, j.region, j.region_is_stated, j.locale, j.segment,
    j.attributes, import.consent is not null or j.consent is not null, import.id, moment, moment
  from unnest(judged) j where j.effect = 'created';
  update public.contacts p
  set name = j.name, email = j.email, company = j.company, time_zone = j.time_zone, time_zone_source = j.time_zone_source, region = j.region,
    region_is_stated = j.region_is_stated, locale = j.locale, segment = j.segment, attributes = j.attributes
  from unnest(judged) j where p.id = j.contact_id and j.effect = 'updated';
  perform private.group_rows(import, judged, moment);
  if import.consent is not null then
    perform private.write_consents(import.account_id, array(select j.contact_id from unnest(judged) j where j.effect in ('created', 'updated', 'unchanged')),
      import.consent, import.id);
  end if;
  perform private.write_agreements(import.account_id, (select coalesce(jsonb_agg(j.consent || jsonb_build_object('contact_id', j.contact_id)), '[]')
    from unnest(judged) j where j.effect in ('created', 'updated', 'unchanged') and j.consent is not null), import.id);
  perform private.move_enrolments(import.account_id, array(select j.contact_id from unnest(judged) j where j.has_moved));
end $$;

-- Called per chunk of at most 1,000 rows. Good rows go in whatever the others are like; the same chunk again answers what it
-- answered before, so that a broken connection can simply repeat it. The first one sets the import going.
create function private.import_contacts(import_id uuid, chunk int, rows jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account_id uuid := (select i.account_id from public.imports i where i.id = import_contacts.import_id);
  import public.imports;
  judged private.judged_row[];
  answer jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here, before anybody waits for the account.
  perform private.require_permission(account_id, 'contacts.edit');
  perform private.lock_account(account_id);
  import := private.lock_import(import_contacts.import_id);
  answer := (select c.result from public.import_chunks c where c.import_id = import.id and c.chunk = import_contacts.chunk);
  if answer is not null then
    return answer;
  elsif import.status = 'completed' or import.undone_at is not null then
    perform private.raise_error('conflict', 'This import is finished.', jsonb_build_object('status', import.status));
  end if;
  perform private.require_rows(rows);
  if coalesce(import_contacts.chunk, -1) < 0 then
    perform private.raise_invalid('chunk', 'required', 'Say which part of the file it is, from 0 on.');
  end if;
  judged := array(select j from private.judge_rows(import, rows) j);
  perform private.write_rows(import, judged);
  answer := private.sum_of_rows(judged) || jsonb_build_object('contact_ids',
    (select coalesce(jsonb_agg(j.contact_id) filter (where j.effect in ('created', 'updated', 'unchanged')), '[]') from unnest(judged) j));
  insert into public.import_chunks (import_id, account_id, chunk, result, known_ids) values (import.id, import.account_id, import_contacts.chunk, answer,
    array(select j.contact_id from unnest(judged) j where j.effect in ('updated', 'unchanged')));
  update public.imports i
  set status = 'running', finished_at = null, failure_reason = null, created_count = i.created_count + (answer ->> 'created')::int,
    updated_count = i.updated_count + (answer ->> 'updated')::int, unchanged_count = i.unchanged_count + (answer ->> 'unchanged')::int,
    skipped_count = i.skipped_count + (answer ->> 'skipped')::int, refused_count = i.refused_count + jsonb_array_length(answer -> 'refused'),
    do_not_call_count = i.do_not_call_count + (answer ->> 'do_not_call')::int, no_time_zone_count = i.no_time_zone_count + (answer ->> 'no_time_zone')::int
  where i.id = import.id;
  perform private.log_activity(account_id, 'import.written', 'import', import.id, jsonb_build_object('chunk', import_contacts.chunk, 'count', jsonb_array_length(rows)));
  return private.announce(answer);
end $$;
grant execute on function private.import_contacts(uuid, int, jsonb) to authenticated;
create function public.import_contacts(import_id uuid, chunk int, rows jsonb) returns jsonb
language sql set search_path = ''
return private.import_contacts(import_contacts.import_id, import_contacts.chunk, import_contacts.rows);
grant execute on function public.import_contacts(uuid, int, jsonb) to authenticated;
