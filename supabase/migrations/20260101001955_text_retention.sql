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

-- Each minute, as recordings: accounts whose transcripts' time is over, each under its lock.
create function private.sweep_transcripts(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  rule record;
  gone int;
begin
  for rule in
    select r.account_id, r.days from public.retention_rules r join engine.accounts a on a.account_id = r.account_id
    where r.kind = 'transcripts' and r.days is not null and r.next_at <= moment
    order by r.next_at, r.account_id limit 20 for update of a skip locked
  loop
    gone := private.delete_transcripts(rule.account_id, moment - make_interval(days => rule.days), jsonb_build_object('rule', 'retention', 'days', rule.days));
    update public.retention_rules r
    set next_at = case when gone = 500 then moment else least(moment + interval '1 day', make_interval(days => rule.days)
      + coalesce((select min(t.created_at) from public.call_transcripts t where t.account_id = rule.account_id), moment)) end
    where r.account_id = rule.account_id and r.kind = 'transcripts';
  end loop;
end $$;

-- Each minute: what events carried beyond their facts goes after the account's days, of events without an account after thirty.
create function private.sweep_event_bodies(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  rule record;
  gone int;
begin
  for rule in
    select r.account_id, r.days from public.retention_rules r join engine.accounts a on a.account_id = r.account_id
    where r.kind = 'events' and r.next_at <= moment
    order by r.next_at, r.account_id limit 20 for update of a skip locked
  loop
    with stripped as (
      update engine.provider_events e set body = null, event = private.without_words(e.event)
      where e.id in (select o.id from engine.provider_events o where o.account_id = rule.account_id and o.body is not null
        and (o.processed_at is not null or o.quarantined_at is not null) and o.received_at < moment - make_interval(days => rule.days) order by o.received_at limit 1000)
      returning e.id
    )
    select count(*) into gone from stripped;
    perform private.log_activity(rule.account_id, 'account.events_deleted', 'account', rule.account_id,
      jsonb_build_object('rule', 'retention', 'days', rule.days, 'count', gone)) where gone > 0;
    update public.retention_rules r
    set next_at = case when gone = 1000 then moment else least(moment + interval '1 day', make_interval(days => rule.days)
      + coalesce((select min(e.received_at) from engine.provider_events e where e.account_id = rule.account_id and e.body is not null), moment)) end
    where r.account_id = rule.account_id and r.kind = 'events';
  end loop;
  update engine.provider_events e set body = null where e.id in (
    select o.id from engine.provider_events o where o.account_id is null and o.body is not null and o.received_at < moment - interval '30 days' limit 1000);
end $$;
