-- Calls as pages read them.

-- A row of a list, of a call and the names around it.
create function private.named_call(call public.calls, campaign_name text, contact_name text, assistant_name text, own_disposition text, is_visible boolean) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_build_object('id', call.id, 'campaign_id', call.campaign_id, 'campaign_name', campaign_name, 'contact_id', call.contact_id,
    'contact_name', private.masked(coalesce(contact_name, ''), is_visible), 'phone', private.masked(call.phone, is_visible), 'assistant_name', assistant_name,
    'kind', call.kind, 'attempt_no', call.attempt_no, 'state', call.state, 'outcome', call.outcome, 'failure_scope', call.failure_scope,
    'ended_reason', call.ended_reason, 'created_at', call.created_at, 'dialled_at', call.dialled_at, 'started_at', call.started_at,
    'ended_at', call.ended_at, 'settled_at', call.settled_at, 'talk_seconds', call.talk_seconds, 'billed_seconds', call.billed_seconds,
    'recording_state', call.recording_state, 'disposition', call.disposition,
    'own_disposition_id', call.own_disposition_id, 'own_disposition', own_disposition, 'sentiment', call.sentiment);
end $$;

-- One row of a list; plpgsql keeps its plan from row to row. Many rows are joined with their names at once (page_of_calls).
create function private.call_row(call public.calls, is_visible boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select private.named_call(call, k.name, p.name, s.name, d.name, is_visible)
  from public.assistant_versions v
  join public.assistants s on s.id = v.assistant_id
  left join public.campaigns k on k.id = call.campaign_id
  left join public.contacts p on p.id = call.contact_id
  left join public.dispositions d on d.id = call.own_disposition_id
  where v.id = call.assistant_version_id);
end $$;

-- The newest calls of an account, or of one of its contacts, as far as the current user sees them: what other pages show of them. The log
-- itself asks list_calls. Voids that were never dialled are no calls to a person and are left out.
create function private.newest_calls(account_id uuid, contact_id uuid, calls_max int) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  is_visible boolean := private.sees_personal(newest_calls.account_id);
begin
  return (select coalesce(jsonb_agg(private.call_row(n.c, is_visible) order by (n.c).created_at desc, (n.c).id desc), '[]') from (
    select c from public.calls c
    where c.account_id = newest_calls.account_id and (newest_calls.contact_id is null or c.contact_id = newest_calls.contact_id)
      and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
        or (c.kind = 'test' and c.account_id = any(array(select private.account_ids('calls.read')))))
      and not (c.state = 'voided' and c.dialled_at is null)
    order by c.created_at desc, c.id desc limit calls_max) n);
end $$;

-- What people said a conversation meant, one after the other; what the analysis had said stands before the first.
create function private.disposition_history(call_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('at', l.created_at, 'before', l.details ->> 'before', 'after', l.details ->> 'after', 'by_name', f.name,
    'own_before', (select d.name from public.dispositions d where d.id = private.as_uuid(l.details ->> 'own_before')),
    'own_after', (select d.name from public.dispositions d where d.id = private.as_uuid(l.details ->> 'own_after'))) order by l.id), '[]')
  from public.activity_log l left join public.profiles f on f.id = l.actor_id
  where l.subject_id = disposition_history.call_id and l.verb = 'call.disposition_set'
$$;

-- When the provider told what, as it arrived here: in our words, without its ids, addresses and texts. The first hundred.
create function private.told_events(call_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('at', e.received_at, 'state', e.event ->> 'state', 'is_report', (e.event ->> 'is_report')::boolean,
    'tools', (select coalesce(jsonb_agg(t ->> 'name'), '[]') from jsonb_array_elements(case when jsonb_typeof(e.event -> 'tools') = 'array' then e.event -> 'tools' else '[]' end) t)) order by e.id), '[]')
  from (select * from engine.provider_events x where x.call_id = told_events.call_id
    and (x.event ->> 'state' is not null or jsonb_typeof(x.event -> 'tools') = 'array') order by x.id limit 100) e
$$;

-- When what a call left behind was deleted, for its timeline.
create function private.erasures_of(call_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('at', l.created_at, 'kind', split_part(l.verb, '.', 2)) order by l.id), '[]')
  from public.activity_log l
  where l.subject_id = erasures_of.call_id and l.verb in ('call.recording_deleted', 'call.erased_at_provider')
$$;

-- Whether a call still changes without anybody's doing: it is not settled, its recording is on the way, or its conversation is looked at.
create function private.is_unfinished(call public.calls) returns boolean
language sql stable set search_path = ''
as $$
  select call.settled_at is null or call.recording_state = 'pending'
    or exists (select from public.call_transcripts t where t.call_id = call.id and t.words is null)
    or exists (select from engine.outbox o where o.kind = 'analyse_call' and o.dedupe_key = call.id::text and o.done_at is null and o.quarantined_at is null)
$$;

-- One call with what was said, what it cost and when what happened. Not the prompt, not the provider's ids or addresses.
create function private.get_call(call_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  call public.calls;
  may_listen boolean;
begin
  select c.* into call from public.calls c where c.id = get_call.call_id
    and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
      or (c.kind = 'test' and c.account_id = any(array(select private.account_ids('calls.read')))));
  if not found then
    perform private.raise_error('not_found', 'This call does not exist, or it belongs to another account.');
  end if;
  may_listen := call.campaign_id = any(array(select private.campaign_ids('calls.listen'))) or call.account_id = any(array(select private.account_ids('calls.listen')));
  return private.call_row(call, private.sees_personal(call.account_id)) || jsonb_build_object('account_id', call.account_id,
    'reserved_seconds', call.reserved_seconds, 'overrun_seconds', call.overrun_seconds, 'technical_failure', call.technical_failure,
    'engaged', call.engaged, 'is_unfinished', private.is_unfinished(call), 'may_listen', may_listen, 'recording_path', case when may_listen then call.recording_path end,
    'recording_channels', case when may_listen then call.recording_channels end, 'recording_fate', private.recording_fate(call),
    'transcript_fate', jsonb_build_object('deleted_at', call.words_deleted_at, 'deleted_after_days', call.words_deleted_days), 'enrolment_id', call.enrolment_id, 'contact_time_zone', (select p.time_zone from public.contacts p where p.id = call.contact_id),
    'callback_at', (select e.callback_at from public.enrolments e where e.id = call.enrolment_id),
    'callback_note', (select b.note from public.callbacks b join public.enrolments e on e.id = b.enrolment_id and e.callback_at is not null
      where b.enrolment_id = call.enrolment_id and private.sees_personal(call.account_id) order by b.id desc limit 1),
    'disposition_history', private.disposition_history(call.id), 'told_events', private.told_events(call.id),
    'price_micros', case when call.account_id = any(array(select private.account_ids('billing.read'))) then call.price_micros end,
    'currency', coalesce((select b.currency from public.billing_details b where b.account_id = call.account_id), 'usd'),
    'attempts_max', (select k.max_attempts from public.campaigns k where k.id = call.campaign_id),
    'disposition_source', call.disposition_source, 'disposition_by_name', (select f.name from public.profiles f where f.id = call.disposition_by),
    'is_listed', call.phone = '' or exists (select from public.do_not_call n where n.account_id = call.account_id and n.phone = call.phone), 'end_asked', private.end_asked(call.id),
    'transcript', (select jsonb_build_object('turns', t.turns, 'summary', t.summary, 'success', t.success, 'structured', t.structured,
        'computed', t.computed, 'analyser', t.analyser)
      from public.call_transcripts t where t.call_id = call.id and may_listen),
    'extraction', (select (private.campaign_words(v, k)).extraction
      from public.assistant_versions v left join public.campaigns k on k.id = call.campaign_id where v.id = call.assistant_version_id),
    'ledger', (select jsonb_build_object('delta_seconds', l.delta_seconds, 'balance_after', l.balance_after, 'created_at', l.created_at)
      from public.ledger_entries l where l.call_id = call.id and l.kind = 'consume'),
    'timeline', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind) order by e.at, e.place), '[]')
      from (values (1, call.created_at, 'reserved'), (2, call.dialled_at, 'dialled'), (3, call.accepted_at, 'accepted'), (4, call.ringing_at, 'ringing'),
        -- A provider's clock may be ahead of ours or behind: on the timeline nothing is answered before it was dialled.
        (5, greatest(call.started_at, case when call.started_at is not null then call.dialled_at end, case when call.started_at is not null then call.ringing_at end), 'started'), (6, call.ended_at, 'ended'), (7, call.settled_at, case call.state when 'voided' then 'voided' else 'settled' end),
        (8, call.found_late_at, 'found_late')) e (place, at, kind) where e.at is not null)
        || private.erasures_of(call.id));
end $$;
grant execute on function private.get_call(uuid) to authenticated;
create function public.get_call(call_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_call(get_call.call_id);
grant execute on function public.get_call(uuid) to authenticated;
