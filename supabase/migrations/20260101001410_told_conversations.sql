-- What a report tells of a conversation, and the copy of its recording.

-- All that run-outbox needs to copy a call's recording.
create function private.recording_job(call public.calls) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_build_object('call_id', call.id, 'account_id', call.account_id, 'provider_call_id', call.provider_call_id,
    'provider', (select n.provider from public.phone_numbers n where n.id = call.phone_number_id), 'connection_id', private.connection_of(call.provider_line_id));
end $$;

-- Stores what was said and orders the copy of the recording, once per call.
create function private.store_conversation(folded private.call_facts[]) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into public.call_transcripts as t (call_id, account_id, turns, transcript, summary, success, structured)
  select c.id, c.account_id, coalesce(x.facts -> 'turns', '[]'), x.facts ->> 'transcript', x.facts ->> 'summary', x.facts ->> 'success', x.facts -> 'structured'
  from unnest(folded) x join public.calls c on c.id = x.call_id
  -- What a verification speaks is for one person's ear.
  where c.kind <> 'verification' and (x.facts ->> 'is_report')::boolean and (x.facts ? 'turns' or x.facts ? 'transcript' or x.facts ? 'summary')
  order by c.id
  on conflict (call_id) do update
  set turns = case when excluded.turns = '[]' then t.turns else excluded.turns end, transcript = coalesce(excluded.transcript, t.transcript),
    summary = coalesce(excluded.summary, t.summary), success = coalesce(excluded.success, t.success),
    structured = coalesce(excluded.structured, t.structured), words = null;
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'copy_recording', c.id::text, private.recording_job(c)
  from unnest(folded) x
  join public.calls c on c.id = x.call_id
  where c.kind <> 'verification' and c.recording_state = 'pending' and c.provider_call_id is not null
  order by c.id
  on conflict on constraint a_job_is_queued_once do nothing;
end $$;
