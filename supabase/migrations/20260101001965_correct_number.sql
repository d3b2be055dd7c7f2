-- A contact has one number, and what was said to that number stays with it. Correcting it makes a new contact.

-- The same person at another number, with all that is not history: lists, tags, wish, attributes, and what they agreed to.
create function private.copy_contact(contact public.contacts, phone text) returns uuid
language plpgsql set search_path = ''
as $$
declare
  copy uuid := private.time_ordered_id();
begin
  insert into public.contacts (id, account_id, phone, name, email, company, time_zone, time_zone_source, region, region_is_stated, calls_from, calls_until, call_days,
    locale, segment, assistant_id, attributes, has_consent)
  values (copy, contact.account_id, copy_contact.phone, contact.name, contact.email, contact.company, contact.time_zone, contact.time_zone_source,
    case when contact.region_is_stated then contact.region else '' end, contact.region_is_stated, contact.calls_from, contact.calls_until, contact.call_days,
    contact.locale, contact.segment, contact.assistant_id, contact.attributes, contact.has_consent);
  insert into public.contact_list_members (list_id, contact_id, account_id)
  select m.list_id, copy, m.account_id from public.contact_list_members m where m.contact_id = contact.id order by m.list_id;
  insert into public.contact_tags (tag_id, contact_id, account_id)
  select t.tag_id, copy, t.account_id from public.contact_tags t where t.contact_id = contact.id order by t.tag_id;
  insert into public.consents (account_id, contact_id, basis, purposes, channel, text_shown, evidence, given_at, recorded_by, revoked_at, revoked_by, revoke_reason)
  select c.account_id, copy, c.basis, c.purposes, c.channel, c.text_shown, c.evidence, c.given_at, c.recorded_by, c.revoked_at, c.revoked_by, c.revoke_reason
  from public.consents c where c.contact_id = contact.id order by c.created_at;
  return copy;
end $$;

-- Takes a contact out of every queue for good; answers the campaigns that go on with somebody else. The caller holds the account's lock.
create function private.close_contact(contact public.contacts, replaced_by uuid) returns uuid[]
language plpgsql set search_path = ''
as $$
declare
  campaign_ids uuid[];
begin
  perform private.void_reserved(contact.account_id, array(
    select c.id from public.calls c where c.contact_id = contact.id and c.state = 'reserved' and c.settled_at is null order by c.id for update));
  campaign_ids := array(select e.campaign_id from public.enrolments e join public.campaigns k on k.id = e.campaign_id
    where e.contact_id = contact.id and e.status in ('waiting', 'blocked') and k.status in ('draft', 'scheduled', 'active', 'paused') order by 1);
  delete from engine.dial_queue q using public.enrolments e where e.id = q.enrolment_id and e.contact_id = contact.id;
  update public.enrolments e set status = 'removed', reason = null where e.contact_id = contact.id and e.status in ('waiting', 'blocked');
  update public.contacts p set replaced_by = close_contact.replaced_by where p.id = contact.id;
  return campaign_ids;
end $$;

-- Answers the new contact, which goes on with lists, tags, consent and a place in each campaign in which the old one waited; the old
-- one is closed, linked, and never dialled again. Nobody is corrected during a call, whose result belongs to the number it reached.
create function private.correct_number(contact_id uuid, phone text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account_id uuid := (select p.account_id from public.contacts p where p.id = correct_number.contact_id);
  contact public.contacts;
  known uuid;
  copy uuid;
  campaign_ids uuid[];
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(account_id, 'contacts.edit');
  if not coalesce(private.is_phone(correct_number.phone), false) then
    perform private.raise_invalid('phone', 'invalid_number', 'Write the number with its country code, such as +12025550101.');
  end if;
  perform private.lock_account(account_id);
  select * into contact from public.contacts p where p.id = correct_number.contact_id;
  known := (select p.id from public.contacts p where p.account_id = contact.account_id and p.phone = correct_number.phone);
  perform private.require_existing(contact);
  if contact.replaced_by is not null then
    perform private.raise_error('conflict', 'This number was corrected already.', jsonb_build_object('contact_id', contact.replaced_by));
  elsif known is not null then
    perform private.raise_error('conflict', 'This number is in your contacts already.', jsonb_build_object('contact_id', known, 'field', 'phone'));
  elsif exists (select from public.calls c where c.contact_id = contact.id and c.settled_at is null and c.state <> 'reserved') then
    perform private.raise_error('conflict', 'This contact is being called.', null, 'Wait until the call is over.');
  end if;
  copy := private.copy_contact(contact, correct_number.phone);
  campaign_ids := private.close_contact(contact, copy);
  perform private.enrol(k, array[copy]) from public.campaigns k where k.id = any(campaign_ids);
  perform private.complete_finished_campaigns(campaign_ids);
  perform private.log_activity(account_id, 'contact.number_corrected', 'contact', contact.id, jsonb_build_object('contact_id', copy));
  perform private.log_activity(account_id, 'contact.created', 'contact', copy, jsonb_build_object('replaces', contact.id));
  return private.announce(jsonb_build_object('contact_id', copy));
end $$;
grant execute on function private.correct_number(uuid, text) to authenticated;
create function public.correct_number(contact_id uuid, phone text) returns jsonb
language sql set search_path = ''
return private.correct_number(correct_number.contact_id, correct_number.phone);
grant execute on function public.correct_number(uuid, text) to authenticated;
