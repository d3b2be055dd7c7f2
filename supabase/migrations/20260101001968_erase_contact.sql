-- One person's erasure: everything that says who they are and what they said goes, here and at the provider. What stays says that somebody
-- was called: ids, times, seconds, outcomes and money, and who erased them when.

-- What an event may still say of a call whose person was erased: its course, and nothing of whom it reached or what was said.
create function private.nobodys_event(event jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(nobodys_event.event) f
  where f.key in ('provider', 'dedupe_key', 'attempt_id', 'provider_call_id', 'state', 'is_report', 'occurred_at', 'started_at', 'ended_at', 'outcome', 'failure_scope',
    'technical_failure', 'engaged', 'cost_micros', 'talk_seconds')
$$;

-- Has the recordings of calls whose person was erased deleted: in our storage first (the provider is told by what notes that), else at the
-- provider at once. One that is being copied right now is deleted when it has come (heed_job). Their account is locked.
create function private.forget_recordings(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
begin
  delete from engine.outbox o using public.calls c
  where c.id = any(call_ids) and c.recording_state = 'pending' and o.kind = 'copy_recording' and o.dedupe_key = c.id::text and o.done_at is null
    and (o.lease_until is null or o.lease_until < moment);
  update public.calls c set recording_state = 'expired'
  where c.id = any(call_ids) and c.recording_state = 'pending'
    and not exists (select from engine.outbox o where o.kind = 'copy_recording' and o.dedupe_key = c.id::text and o.done_at is null);
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'delete_recording', c.id::text, jsonb_build_object('call_id', c.id, 'account_id', c.account_id, 'rule', 'erasure')
  from public.calls c where c.id = any(call_ids) and c.recording_state = 'stored' order by c.id
  on conflict on constraint a_job_is_queued_once do update
  set done_at = null, quarantined_at = null, lease_until = null, tries = 0, due_at = moment, payload = excluded.payload;
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'erase_call', c.id::text, private.recording_job(c) || '{"rule": "erasure"}'
  from public.calls c where c.id = any(call_ids) and c.provider_call_id is not null and c.recording_state in ('none', 'expired', 'failed') order by c.id
  on conflict on constraint a_job_is_queued_once do nothing;
end $$;

-- What calls say of the person and what was said in them.
create function private.erase_conversations(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.calls c set words_deleted_at = private.now(), words_deleted_days = null from public.call_transcripts t where t.call_id = c.id and c.id = any(call_ids);
  delete from public.call_transcripts t where t.call_id = any(call_ids);
  delete from engine.outbox o where o.kind = 'analyse_call' and o.dedupe_key in (select i::text from unnest(call_ids) i);
  update engine.provider_events e set body = null, error = null, event = private.nobodys_event(e.event) where e.call_id = any(call_ids);
  update public.calls c set phone = '', ended_reason = null where c.id = any(call_ids);
  perform private.forget_recordings(call_ids);
end $$;

-- Rows of files that were refused are kept as they were sent; those that show the number, however it was written, lose it.
create function private.erase_refused_rows(account_id uuid, phone text) returns void
language sql set search_path = ''
as $$
  update public.import_chunks k set result = jsonb_set(k.result, '{refused}', (
    select jsonb_agg(case when regexp_replace(r.value ->> 'content', '\D', '', 'g') like '%' || right(erase_refused_rows.phone, 7) || '%'
      then r.value || '{"content": null}' else r.value end order by r.place)
    from jsonb_array_elements(k.result -> 'refused') with ordinality r (value, place)))
  where k.account_id = erase_refused_rows.account_id and jsonb_array_length(k.result -> 'refused') > 0
    and regexp_replace(k.result ->> 'refused', '\D', '', 'g') like '%' || right(erase_refused_rows.phone, 7) || '%'
$$;

-- The number leaves the list as a number and stays on it as a digest: from here on nobody can bring it in again.
create function private.erase_number(contact public.contacts) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into engine.erased_numbers (account_id, digest, contact_id, erased_by)
  values (contact.account_id, private.number_digest(contact.account_id, contact.phone), contact.id, auth.uid()) on conflict do nothing;
  delete from public.do_not_call d where d.account_id = contact.account_id and d.phone = contact.phone;
  delete from public.do_not_call_history h where h.account_id = contact.account_id and h.phone = contact.phone;
  perform private.erase_refused_rows(contact.account_id, contact.phone);
end $$;

-- One contact, under the account's lock: taken out of every queue, then emptied.
create function private.empty_contact(contact public.contacts) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign_ids uuid[] := private.close_contact(contact, contact.replaced_by);
begin
  perform private.erase_conversations(array(select c.id from public.calls c where c.contact_id = contact.id order by c.id));
  perform private.erase_number(contact);
  delete from public.callbacks b using public.enrolments e where e.id = b.enrolment_id and e.contact_id = contact.id;
  update public.enrolments e set reason_detail = null, callback_at = null where e.contact_id = contact.id;
  update public.dial_denials d set phone = '' where d.contact_id = contact.id;
  delete from public.contact_notes n where n.contact_id = contact.id;
  delete from public.contact_tags t where t.contact_id = contact.id;
  delete from public.contact_list_members m where m.contact_id = contact.id;
  update public.contacts p
  set erased_at = private.now(), erased_by = auth.uid(), phone = null, name = '', email = '', company = '', segment = '', locale = '', attributes = '{}', assistant_id = null,
    time_zone = null, time_zone_source = null, region = '', region_is_stated = false, calls_from = null, calls_until = null, call_days = null
  where p.id = contact.id;
  update public.consents c set text_shown = '', evidence = '', revoke_reason = case when c.revoked_at is not null then '' end where c.contact_id = contact.id;
  perform private.log_activity(contact.account_id, 'contact.erased', 'contact', contact.id);
  perform private.note_changed_calls(array(select c.id from public.calls c where c.contact_id = contact.id));
  perform private.complete_finished_campaigns(campaign_ids);
end $$;

-- A contact and what its number was before it was corrected, and after.
create function private.same_person(contact_id uuid) returns setof public.contacts
language sql stable set search_path = ''
as $$
  with recursive person as (
    select p.id, p.replaced_by from public.contacts p where p.id = same_person.contact_id
    union
    select o.id, o.replaced_by from person x join public.contacts o on o.replaced_by = x.id or o.id = x.replaced_by
  )
  select p from public.contacts p where p.id in (select x.id from person x) order by p.id
$$;

-- Erases a person at their wish, with every number that was corrected to another one: by people who may (contacts.erase). Whoever waits is
-- taken out of every queue first; nobody is erased during a call. There is no way back. Again it answers the same and changes nothing.
create function private.erase_contact(contact_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account_id uuid := (select p.account_id from public.contacts p where p.id = erase_contact.contact_id);
  contact public.contacts;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(account_id, 'contacts.erase');
  perform private.lock_account(account_id);
  if exists (select from public.calls c join private.same_person(erase_contact.contact_id) s on s.id = c.contact_id where c.settled_at is null and c.state <> 'reserved') then
    perform private.raise_error('conflict', 'This contact is being called.', jsonb_build_object('reason', 'calling'), 'Wait until the call is over.');
  end if;
  for contact in select * from private.same_person(erase_contact.contact_id) s where s.erased_at is null loop
    perform private.empty_contact(contact);
  end loop;
  return private.announce((select jsonb_build_object('contact_id', p.id, 'erased_at', p.erased_at) from public.contacts p where p.id = erase_contact.contact_id));
end $$;
grant execute on function private.erase_contact(uuid) to authenticated;
create function public.erase_contact(contact_id uuid) returns jsonb
language sql set search_path = ''
return private.erase_contact(erase_contact.contact_id);
grant execute on function public.erase_contact(uuid) to authenticated;
