-- Contacts: by hand, from files, and off the list of those who may be called.

create function private.check_contact(content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if not private.is_phone(coalesce(content ->> 'phone', '')) then
    perform private.raise_invalid('phone', 'invalid_number', 'Write the number with its country code, such as +12025550101.');
  elsif char_length(coalesce(content ->> 'name', '')) > 200 or char_length(coalesce(content ->> 'company', '')) > 200 then
    perform private.raise_invalid(case when char_length(coalesce(content ->> 'name', '')) > 200 then 'name' else 'company' end, 'length', 'Write at most 200 characters.');
  elsif private.clean_text(content ->> 'email') is not null and content ->> 'email' !~ '^[^@\s]{1,64}@[^@\s]+\.[^@\s]+$' then
    perform private.raise_invalid('email', 'invalid_email', 'This is not an e-mail address.');
  elsif private.clean_text(content ->> 'time_zone') is not null and not private.is_time_zone(content ->> 'time_zone') then
    perform private.raise_invalid('time_zone', 'unknown_time_zone', 'Choose a time zone such as America/New_York.');
  elsif jsonb_typeof(coalesce(content -> 'attributes', '{}')) <> 'object' or pg_column_size(content -> 'attributes') > 16000 then
    perform private.raise_invalid('attributes', 'shape', 'The further fields are too large.');
  elsif private.clean_text(content ->> 'region') is not null and not private.is_region(content ->> 'region') then
    perform private.raise_invalid('region', 'unknown_region', 'Write a country or a state of one, such as US-FL, CA-ON or DE.');
  elsif content ->> 'locale' !~ '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$' then
    perform private.raise_invalid('locale', 'unknown_locale', 'Write a language such as en or pt-BR.');
  elsif char_length(content ->> 'segment') > 100 then
    perform private.raise_invalid('segment', 'length', 'Write at most 100 characters.');
  end if;
  perform private.check_wish(content -> 'wish');
end $$;

-- A contact's wish: {from, until, days}; hours as HH:MI, both or none, days a list of ISO weekdays, null for any.
create function private.check_wish(wish jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if jsonb_typeof(coalesce(wish, 'null')) not in ('object', 'null') then
    perform private.raise_invalid('wish', 'shape', 'The wished hours are not readable.');
  elsif (wish ->> 'from' is null) <> (wish ->> 'until' is null) then
    perform private.raise_invalid('wish', 'half', 'Write both when the wished hours begin and when they end.');
  elsif wish ->> 'from' !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
    or wish ->> 'until' !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' or wish ->> 'from' = wish ->> 'until' then
    perform private.raise_invalid('wish', 'range', 'Write two different times, such as 17:00 and 20:00.');
  elsif jsonb_typeof(coalesce(wish -> 'days', 'null')) <> 'null' and not (jsonb_typeof(wish -> 'days') = 'array'
    and jsonb_array_length(wish -> 'days') between 1 and 7 and wish -> 'days' <@ '[1, 2, 3, 4, 5, 6, 7]') then
    perform private.raise_invalid('wish', 'days', 'Choose at least one weekday, or leave the days out.');
  end if;
end $$;

-- Moves what waits for these contacts after their time zone, region or wish changed: out of the old lane, into that of the new
-- zone and region; who was put back by a gate is looked at again at once, and everybody is judged anew: who was blocked only for
-- want of a zone begins to wait, who now lives where other consent is needed is blocked without it. The caller holds the account's lock.
create function private.move_enrolments(account_id uuid, contact_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign record;
  moment timestamptz := private.now();
begin
  for campaign in
    with unqueued as (
      delete from engine.dial_queue q using public.enrolments e
      where q.enrolment_id = e.id and e.contact_id = any(contact_ids)
      returning e.campaign_id, e.id, q.attempt_no, q.rank, case when q.wait_reason is null then q.due_at else least(q.due_at, moment) end as due_at
    )
    select u.campaign_id, jsonb_agg(jsonb_build_object('enrolment_id', u.id, 'attempt_no', u.attempt_no, 'rank', u.rank, 'due_at', u.due_at)) as entries
    from unqueued u group by u.campaign_id order by u.campaign_id
  loop
    perform private.enqueue(move_enrolments.account_id, campaign.campaign_id, campaign.entries);
  end loop;
  perform private.judge_contacts(move_enrolments.account_id, contact_ids);
end $$;

-- Stops whatever would say something of a person who was erased.
create function private.require_existing(contact public.contacts) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if contact.erased_at is not null then
    perform private.raise_error('conflict', 'This person was erased at their wish.', jsonb_build_object('reason', 'erased'));
  end if;
end $$;

-- Stops a change of whom the history is about: number and name stay as they were called, and who was corrected is closed. A name that
-- was never said can still be given.
create function private.require_same_person(before public.contacts, content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_existing(before);
  if before.replaced_by is not null then
    perform private.raise_error('conflict', 'This number was corrected to another one.', jsonb_build_object('contact_id', before.replaced_by));
  elsif before.phone <> content ->> 'phone' and exists (select from public.calls c where c.contact_id = before.id) then
    perform private.raise_error('conflict', 'This number was called already and cannot be changed.', jsonb_build_object('field', 'phone'),
      'Correct the number: that makes a new contact which goes on with lists, tags and consent.');
  elsif before.name <> '' and before.name <> coalesce(private.clean_text(content ->> 'name'), '')
    and exists (select from public.calls c where c.contact_id = before.id and c.dialled_at is not null) then
    perform private.raise_error('conflict', 'This contact was called by this name already, and it cannot be changed.', jsonb_build_object('field', 'name'));
  end if;
end $$;

-- The optional parts of a contact's content: what it names is written, the rest stays. A region of null is the number's again; an
-- assistant of another account is none.
create function private.write_options(contact public.contacts, content jsonb) returns public.contacts
language plpgsql set search_path = ''
as $$
declare
  wish jsonb := nullif(content -> 'wish', 'null');
begin
  update public.contacts p
  set region = case when content ? 'region' then coalesce(private.clean_text(content ->> 'region'), '') else p.region end,
    region_is_stated = case when content ? 'region' then private.clean_text(content ->> 'region') is not null else p.region_is_stated end,
    locale = case when content ? 'locale' then coalesce(private.clean_text(content ->> 'locale'), '') else p.locale end,
    segment = case when content ? 'segment' then coalesce(private.clean_text(content ->> 'segment'), '') else p.segment end,
    assistant_id = case when content ? 'assistant_id' then (select a.id from public.assistants a
      where a.id = private.as_uuid(content ->> 'assistant_id') and a.account_id = p.account_id) else p.assistant_id end,
    calls_from = case when content ? 'wish' then (wish ->> 'from')::time else p.calls_from end,
    calls_until = case when content ? 'wish' then (wish ->> 'until')::time else p.calls_until end,
    call_days = case when content ? 'wish' then (select array_agg(distinct d::numeric::smallint) from jsonb_array_elements_text(nullif(wish -> 'days', 'null')) d)
      else p.call_days end
  where p.id = contact.id and content ?| '{region,locale,segment,assistant_id,wish}';
  return (select p from public.contacts p where p.id = contact.id);
end $$;

-- Which fields of a contact differ, by name alone: the log holds nothing personal.
create function private.changed_fields(before public.contacts, after public.contacts) returns jsonb
language sql immutable set search_path = ''
as $$
  select coalesce(jsonb_agg(f.key order by f.key), '[]') from jsonb_each(to_jsonb(after)) f
  where f.value is distinct from to_jsonb(before) -> f.key and not f.key = any('{id,account_id,search_text,created_at,updated_at,has_consent}')
$$;

-- Creates a contact or changes one: what the content does not name stays as it is, so that two people who change different fields at
-- once both keep theirs. Consent, where it is said, is recorded as record_consents does. A number that is in the account already is a conflict that names the contact.
create function private.save_contact(account_id uuid, contact_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  before public.contacts;
  zone text;
  consent jsonb := nullif(content -> 'consent', 'null');
  saved uuid;
  after public.contacts;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_contact.account_id, 'contacts.edit');
  consent := case when consent is not null then private.read_consent(save_contact.account_id, consent) end;
  perform private.lock_account(save_contact.account_id);
  select * into before from public.contacts p where p.id = save_contact.contact_id and p.account_id = save_contact.account_id;
  if save_contact.contact_id is not null and not found then
    perform private.raise_error('not_found', 'This contact does not exist, or it belongs to another account.');
  elsif before.id is not null then
    content := jsonb_build_object('phone', before.phone, 'name', before.name, 'email', before.email, 'company', before.company, 'time_zone', before.time_zone) || content;
  end if;
  perform private.check_contact(content);
  zone := private.clean_text(content ->> 'time_zone');
  perform private.require_same_person(before, content) where before.id is not null;
  saved := (select p.id from public.contacts p where p.account_id = save_contact.account_id and p.phone = content ->> 'phone' and p.id is distinct from before.id);
  if saved is not null then
    perform private.raise_error('conflict', 'This number is in your contacts already.', jsonb_build_object('contact_id', saved, 'field', 'phone'));
  end if;
  insert into public.contacts as p (id, account_id, phone, name, email, company, time_zone, time_zone_source, attributes)
  values (coalesce(before.id, private.time_ordered_id()), save_contact.account_id, content ->> 'phone', coalesce(private.clean_text(content ->> 'name'), ''),
    coalesce(lower(private.clean_text(content ->> 'email')), ''), coalesce(private.clean_text(content ->> 'company'), ''), zone,
    case when zone is not null then 'hand'::public.time_zone_source end, coalesce(content -> 'attributes', before.attributes, '{}'))
  on conflict (id) do update set phone = excluded.phone, name = excluded.name, email = excluded.email, company = excluded.company,
    time_zone = excluded.time_zone, attributes = excluded.attributes,
    time_zone_source = case when p.time_zone = excluded.time_zone then p.time_zone_source else excluded.time_zone_source end
  returning p.id into saved;
  update engine.dial_queue q set phone = content ->> 'phone' from public.enrolments e where e.contact_id = saved and q.enrolment_id = e.id
    and before.phone <> content ->> 'phone';
  if before.phone <> content ->> 'phone'
    and exists (select from public.do_not_call n where n.account_id = save_contact.account_id and n.phone = content ->> 'phone') then
    perform private.list_number(save_contact.account_id, content ->> 'phone', 'hand', '');
  end if;
  select * into after from public.contacts p where p.id = saved;
  after := private.write_options(after, content);
  if (before.time_zone, before.region, before.calls_from, before.calls_until, before.call_days)
    is distinct from (after.time_zone, after.region, after.calls_from, after.calls_until, after.call_days) then
    perform private.move_enrolments(save_contact.account_id, array[saved]);
  end if;
  if consent is not null then
    perform private.write_consents(save_contact.account_id, array[saved], consent);
  end if;
  perform private.log_activity(save_contact.account_id, case when before.id is null then 'contact.created' else 'contact.changed' end, 'contact', saved,
    case when before.id is null then '{}' else jsonb_build_object('fields', private.changed_fields(before, after)) end);
  return private.announce(jsonb_build_object('contact_id', saved, 'created', before.id is null));
end $$;
grant execute on function private.save_contact(uuid, uuid, jsonb) to authenticated;
create function public.save_contact(account_id uuid, contact_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_contact(save_contact.account_id, save_contact.contact_id, save_contact.content);
grant execute on function public.save_contact(uuid, uuid, jsonb) to authenticated;

-- Deletes those who were never called and are not the corrected half of somebody who was, with their places in every queue; answers
-- how many. The caller holds the account's lock and has checked who asks.
create function private.remove_contacts(account_id uuid, contact_ids uuid[]) returns int
language plpgsql set search_path = ''
as $$
declare
  free_ids uuid[] := array(select p.id from public.contacts p
    where p.account_id = remove_contacts.account_id and p.id = any(remove_contacts.contact_ids)
      and not exists (select from public.calls c where c.contact_id = p.id) and not exists (select from public.contacts o where o.replaced_by = p.id)
    order by p.id);
  campaign_ids uuid[] := array(select distinct e.campaign_id from public.enrolments e where e.contact_id = any(free_ids) order by 1);
begin
  delete from public.contacts p where p.id = any(free_ids);
  perform private.complete_finished_campaigns(campaign_ids);
  perform private.log_activity(remove_contacts.account_id, 'contact.deleted', 'contact', case when cardinality(free_ids) = 1 then free_ids[1] end,
    jsonb_build_object('count', cardinality(free_ids)))
  where cardinality(free_ids) > 0;
  return cardinality(free_ids);
end $$;

-- Deletes a contact that was never called.
create function private.delete_contact(contact_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  owner_id uuid := (select p.account_id from public.contacts p where p.id = delete_contact.contact_id);
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(owner_id, 'contacts.edit');
  perform private.lock_account(owner_id);
  if private.remove_contacts(owner_id, array[delete_contact.contact_id]) = 0 then
    perform private.raise_error('conflict', 'This contact was called and cannot be deleted.', null, 'Put the number on the do-not-call list instead.');
  end if;
  return '{}';
end $$;
grant execute on function private.delete_contact(uuid) to authenticated;
create function public.delete_contact(contact_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_contact(delete_contact.contact_id);
grant execute on function public.delete_contact(uuid) to authenticated;
