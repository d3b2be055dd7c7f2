-- How long an account keeps what was said in writing: transcripts with their summaries, and what the provider's events carried. Deleted in
-- place, in portions; what the provider has of such calls is ordered to go, too. A line of the activity log with the count stays as proof.

-- An event without what people said; facts, states and costs stay.
create function private.without_words(event jsonb) returns jsonb
language sql immutable set search_path = ''
return without_words.event - '{turns,transcript,summary,success,structured}'::text[];

-- Takes out of the events of calls what people said.
create function private.strip_events(call_ids uuid[]) returns void
language sql set search_path = ''
as $$
  update engine.provider_events e set body = null, event = private.without_words(e.event)
  where e.call_id = any(call_ids) and (e.processed_at is not null or e.quarantined_at is not null)
$$;

-- Deletes an account's transcripts from before an instant, five hundred at a time; answers how many. Its account is locked.
create function private.delete_transcripts(account_id uuid, before timestamptz, facts jsonb) returns int
language plpgsql set search_path = ''
as $$
declare
  ids uuid[] := array(select t.call_id from public.call_transcripts t
    where t.account_id = delete_transcripts.account_id and t.created_at < delete_transcripts.before order by t.created_at limit 500);
begin
  if cardinality(ids) = 0 then
    return 0;
  end if;
  delete from public.call_transcripts t where t.call_id = any(ids);
  update public.calls c set words_deleted_at = private.now(), words_deleted_days = (facts ->> 'days')::int where c.id = any(ids);
  perform private.strip_events(ids);
  -- A recording that is still to be copied is waited for: deleting it there would lose it.
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'erase_call', c.id::text, private.recording_job(c) || facts
  from public.calls c where c.id = any(ids) and c.provider_call_id is not null and c.recording_state in ('none', 'stored', 'expired')
  on conflict on constraint a_job_is_queued_once do nothing;
  perform private.log_activity(delete_transcripts.account_id, 'account.transcripts_deleted', 'account', delete_transcripts.account_id,
    facts || jsonb_build_object('count', cardinality(ids)));
  perform private.note_changed_calls(ids);
  return cardinality(ids);
end $$;

-- What an account's events carried beyond their facts goes after so many days, a thousand at a time; answers how many. Its account is locked.
create function private.delete_event_bodies(account_id uuid, days int, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
declare
  gone int;
begin
  update engine.provider_events e set body = null, event = private.without_words(e.event)
  where e.id in (select o.id from engine.provider_events o where o.account_id = delete_event_bodies.account_id and o.body is not null
    and (o.processed_at is not null or o.quarantined_at is not null)
    and o.received_at < moment - make_interval(days => delete_event_bodies.days) order by o.received_at limit 1000);
  get diagnostics gone = row_count;
  perform private.log_activity(delete_event_bodies.account_id, 'account.events_deleted', 'account', delete_event_bodies.account_id,
    jsonb_build_object('rule', 'retention', 'days', delete_event_bodies.days, 'count', gone)) where gone > 0;
  return gone;
end $$;

-- Each minute: of events of nobody's account it goes after thirty days.
create function private.sweep_stray_bodies(moment timestamptz) returns void
language sql set search_path = ''
as $$
  update engine.provider_events e set body = null where e.id in (
    select o.id from engine.provider_events o where o.account_id is null and o.body is not null and o.received_at < moment - interval '30 days' limit 1000)
$$;
