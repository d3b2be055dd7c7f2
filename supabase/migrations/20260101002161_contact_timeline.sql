-- Everything that happened to a contact, the newest first: attempts, notes, consents, the do-not-call list, campaigns, changes.

-- Each source gives at most a page before the cursor. key tells events of one instant apart. What personal words stand in an event
-- is shown to who sees personal values.
create function private.contact_events(contact public.contacts, is_visible boolean, before timestamptz, size int)
  returns table (at timestamptz, key text, kind text, actor_id uuid, details jsonb)
language sql stable set search_path = ''
as $$
  (select c.created_at, 'call ' || c.id, 'call', null::uuid, jsonb_build_object('call_id', c.id, 'campaign_id', c.campaign_id, 'campaign_name', k.name,
      'attempt_no', c.attempt_no, 'state', c.state, 'outcome', c.outcome, 'disposition', c.disposition, 'talk_seconds', c.talk_seconds)
    from public.calls c left join public.campaigns k on k.id = c.campaign_id
    where c.contact_id = contact.id and c.created_at <= contact_events.before and not (c.state = 'voided' and c.dialled_at is null)
      and c.campaign_id = any(array(select private.campaign_ids('calls.read'))) order by c.created_at desc limit size)
  union all
  (select n.created_at, 'note ' || n.id, 'note', n.created_by, jsonb_build_object('note_id', n.id, 'body', n.body)
    from public.contact_notes n where is_visible and n.contact_id = contact.id and n.created_at <= contact_events.before order by n.id desc limit size)
  union all
  (select c.created_at, 'consent ' || c.id, 'consent', c.recorded_by, jsonb_build_object('consent_id', c.id, 'basis', c.basis, 'purposes', c.purposes, 'channel', c.channel,
      'given_at', c.given_at, 'import_id', c.import_id)
    from public.consents c where c.contact_id = contact.id and c.created_at <= contact_events.before)
  union all
  (select c.revoked_at, 'revoked ' || c.id, 'consent_revoked', c.revoked_by, jsonb_build_object('consent_id', c.id, 'reason', case when is_visible then c.revoke_reason end)
    from public.consents c where c.contact_id = contact.id and c.revoked_at <= contact_events.before)
  union all
  (select h.created_at, 'list ' || h.id, 'do_not_call', h.actor_id, jsonb_build_object('change', h.change, 'source', h.source, 'call_id', h.call_id,
      'reason', case when is_visible then h.reason end)
    from public.do_not_call_history h where h.account_id = contact.account_id and h.phone = contact.phone and h.created_at <= contact_events.before order by h.id desc limit size)
  union all
  (select e.created_at, 'enrolment ' || e.id, 'enrolled', null, jsonb_build_object('campaign_id', k.id, 'campaign_name', k.name, 'enrolment_id', e.id)
    from public.enrolments e join public.campaigns k on k.id = e.campaign_id
    where e.contact_id = contact.id and e.created_at <= contact_events.before and k.id = any(array(select private.campaign_ids('campaigns.read'))))
  union all
  (select a.created_at, 'change ' || lpad(a.id::text, 20, '0'), 'change', a.actor_id, jsonb_build_object('verb', a.verb) || a.details
    from public.activity_log a where a.subject_id = contact.id and a.account_id = contact.account_id and a.created_at <= contact_events.before
      and a.verb !~ '^(do_not_call|consent)[.]' and (a.changes = '{}' or not a.changes <@ '{"notes": {}, "consents": {}, "do_not_call": {}}') order by a.id desc limit size)
  union all
  (select contact.created_at, 'imported', 'imported', i.created_by, jsonb_build_object('import_id', i.id, 'file_name', i.file_name)
    from public.imports i where i.id = contact.import_id and contact.created_at <= contact_events.before)
$$;

create function private.contact_timeline(contact_id uuid, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  contact public.contacts := (select p from public.contacts p where p.id = contact_timeline.contact_id);
  size int := private.page_limit(page_size);
  before timestamptz := coalesce(("cursor" ->> 'at')::timestamptz, 'infinity');
  rows jsonb;
begin
  -- Definer: the log and others' names are not read by everybody who sees a contact; that is checked here.
  perform private.require_membership(contact.account_id);
  if not private.sees_contact(contact) then
    perform private.raise_error('not_found', 'This contact does not exist, or it belongs to another account.');
  end if;
  with page as (
    select e.* from private.contact_events(contact, private.sees_personal(contact.account_id), before, size + 50) e
    where "cursor" is null or (e.at, e.key) < (before, "cursor" ->> 'key') order by e.at desc, e.key desc limit size + 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('at', g.at, 'key', g.key, 'kind', g.kind, 'details', g.details, 'actor_name', f.name) order by g.at desc, g.key desc), '[]') into rows
  from page g left join public.profiles f on f.id = g.actor_id;
  return private.page_of(rows, size, '{at,key}');
end $$;
grant execute on function private.contact_timeline(uuid, jsonb, int) to authenticated;
create function public.contact_timeline(contact_id uuid, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.contact_timeline(contact_timeline.contact_id, contact_timeline."cursor", contact_timeline.page_size);
grant execute on function public.contact_timeline(uuid, jsonb, int) to authenticated;
