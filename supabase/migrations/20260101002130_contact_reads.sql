-- Contacts as pages read them, their status derived.

-- Derived, never set; the first that fits, in this order. plpgsql keeps its plan from row to row.
create function private.contact_status(contact public.contacts) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return (select case
    when exists (select from public.do_not_call n where n.account_id = contact.account_id and n.phone = contact.phone) then 'opted_out'
    when bool_or(e.status = 'calling') then 'calling'
    when bool_or(e.status = 'waiting' and k.status = 'active') then 'queued'
    when exists (select from public.calls c where c.contact_id = contact.id and c.disposition = 'interested') then 'success'
    when bool_or(e.status = 'reached') then 'called'
    when bool_or(e.status = 'exhausted' or (e.status = 'blocked' and e.reason = 'invalid_number')) then 'failed'
    else 'new' end
  from public.enrolments e join public.campaigns k on k.id = e.campaign_id
  where e.contact_id = contact.id);
end $$;

-- When the contact wants to be called, as forms and lists show it; null when it said nothing.
create function private.wish_of(contact public.contacts) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return case when contact.calls_from is not null or contact.call_days is not null then
    jsonb_build_object('from', to_char(contact.calls_from, 'HH24:MI'), 'until', to_char(contact.calls_until, 'HH24:MI'), 'days', contact.call_days) end;
end $$;

create function private.contact_row(contact public.contacts, is_visible boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('id', contact.id, 'name', private.masked(contact.name, is_visible), 'phone', coalesce(private.masked(contact.phone, is_visible), ''), 'erased_at', contact.erased_at,
    'email', private.masked(contact.email, is_visible), 'company', contact.company, 'time_zone', contact.time_zone, 'time_zone_source', contact.time_zone_source,
    'region', contact.region, 'region_is_stated', contact.region_is_stated, 'wish', private.wish_of(contact), 'status', private.contact_status(contact),
    'locale', contact.locale, 'segment', contact.segment, 'assistant_id', contact.assistant_id, 'has_consent', contact.has_consent,
    'attributes', case when is_visible then contact.attributes else '{}' end, 'import_id', contact.import_id, 'created_at', contact.created_at)
    || private.groups_of(contact.id) || private.attempts_of(contact.id));
end $$;

-- The tags and static lists of a contact, by name.
create function private.groups_of(contact_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_build_object(
    'tags', (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by lower(t.name)), '[]')
      from public.contact_tags x join public.tags t on t.id = x.tag_id where x.contact_id = groups_of.contact_id),
    'lists', (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name) order by lower(l.name)), '[]')
      from public.contact_list_members x join public.contact_lists l on l.id = x.list_id where x.contact_id = groups_of.contact_id));
end $$;

-- When a contact was last dialled, and when the next attempt of a running campaign is due.
create function private.attempts_of(contact_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_build_object(
    'last_call_at', (select c.dialled_at from public.calls c where c.contact_id = attempts_of.contact_id and c.dialled_at is not null order by c.created_at desc limit 1),
    'next_attempt_at', (select min(greatest(q.due_at, l.next_at)) from public.enrolments e join engine.dial_queue q on q.enrolment_id = e.id
      join engine.lanes l on l.id = q.lane_id join public.campaigns k on k.id = e.campaign_id
      where e.contact_id = attempts_of.contact_id and k.status = 'active'));
end $$;

-- What a contact agreed to, the newest first. Whoever may not see personal values learns that there is consent and what for, not
-- in which words, where the proof lies or why it was revoked.
create function private.consents_of(contact_id uuid, is_visible boolean) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'basis', c.basis, 'purposes', c.purposes, 'channel', c.channel, 'given_at', c.given_at,
    'text_shown', case when is_visible then c.text_shown else '' end, 'evidence', case when is_visible then c.evidence else '' end,
    'created_at', c.created_at, 'recorded_by_name', f.name, 'revoked_at', c.revoked_at,
    'revoke_reason', case when is_visible then c.revoke_reason end) order by c.created_at desc, c.id), '[]')
  from public.consents c left join public.profiles f on f.id = c.recorded_by
  where c.contact_id = consents_of.contact_id
$$;

-- Where a contact's number stands on the do-not-call list; null when it does not.
create function private.opt_out_of(contact public.contacts, is_visible boolean) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('source', d.source, 'reason', case when is_visible then d.reason else '' end, 'call_id', d.call_id,
    'created_at', d.created_at, 'created_by_name', f.name)
  from public.do_not_call d left join public.profiles f on f.id = d.created_by
  where d.account_id = contact.account_id and d.phone = contact.phone
$$;

-- Does the current user see this contact: as one of the account's, or of a campaign they are in?
create function private.sees_contact(contact public.contacts) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return contact.account_id = any(array(select private.account_ids('contacts.read'))) or exists (select from public.enrolments e
    where e.contact_id = contact.id and e.campaign_id = any(array(select private.campaign_ids('contacts.read'))));
end $$;

-- Why number and name stay, and why a contact cannot be deleted: 'called', 'corrected', or null.
create function private.history_of(contact public.contacts) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return case when contact.replaced_by is not null or exists (select from public.contacts o where o.replaced_by = contact.id) then 'corrected'
    when exists (select from public.calls c where c.contact_id = contact.id) then 'called' end;
end $$;

-- Where a contact waits or is being called, each with every gate before the next call (explain_enrolment); at most ten.
create function private.next_attempts(contact_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('enrolment_id', e.id, 'campaign_id', e.campaign_id, 'campaign_name', e.name, 'attempts', e.attempts,
    'due_at', (select greatest(q.due_at, l.next_at) from engine.dial_queue q join engine.lanes l on l.id = q.lane_id where q.enrolment_id = e.id),
    'explanation', private.explain_enrolment(e.id)) order by e.id), '[]')
  from (select n.id, n.campaign_id, n.attempts, k.name from public.enrolments n join public.campaigns k on k.id = n.campaign_id
    where n.contact_id = next_attempts.contact_id and n.status in ('waiting', 'calling') and k.id = any(array(select private.campaign_ids('campaigns.read')))
    order by n.id limit 10) e);
end $$;

-- One contact with what became of it in which campaign, what comes next and why, what it agreed to, notes, and its newest fifty calls.
create function private.get_contact(contact_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  contact public.contacts := (select p from public.contacts p where p.id = get_contact.contact_id);
  is_visible boolean;
begin
  perform private.require_membership(contact.account_id);
  is_visible := private.sees_personal(contact.account_id);
  if not private.sees_contact(contact) then
    perform private.raise_error('not_found', 'This contact does not exist, or it belongs to another account.');
  end if;
  return private.contact_row(contact, is_visible) || jsonb_build_object(
    'account_id', contact.account_id, 'history', private.history_of(contact), 'replaced_by', contact.replaced_by,
    'replaces', (select o.id from public.contacts o where o.replaced_by = contact.id limit 1),
    'erased_by_name', (select f.name from public.profiles f where f.id = contact.erased_by),
    'assistant_name', (select a.name from public.assistants a where a.id = contact.assistant_id),
    'opt_out', private.opt_out_of(contact, is_visible),
    'consents', private.consents_of(contact.id, is_visible),
    'campaigns', (select coalesce(jsonb_agg(jsonb_build_object('campaign_id', k.id, 'name', k.name, 'status', e.status, 'reason', e.reason) order by e.created_at desc), '[]')
      from public.enrolments e join public.campaigns k on k.id = e.campaign_id
      where e.contact_id = contact.id and k.id = any(array(select private.campaign_ids('campaigns.read')))),
    'next_attempts', private.next_attempts(contact.id),
    'notes', case when is_visible then (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'body', n.body, 'created_at', n.created_at, 'created_by', n.created_by,
        'created_by_name', f.name) order by n.id desc), '[]')
      from (select * from public.contact_notes x where x.contact_id = contact.id order by x.id desc limit 100) n left join public.profiles f on f.id = n.created_by) else '[]' end,
    'calls', private.newest_calls(contact.account_id, contact.id, 50));
end $$;
grant execute on function private.get_contact(uuid) to authenticated;
create function public.get_contact(contact_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_contact(get_contact.contact_id);
grant execute on function public.get_contact(uuid) to authenticated;
