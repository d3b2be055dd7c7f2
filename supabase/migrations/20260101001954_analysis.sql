-- What is done for a conversation after its settlement, so that settling waits for none of it: its words are made findable, and what
-- the provider's analysis left out is found out by our own analyser.

-- A person took part, and the provider told no summary, no mood or no keywords of it. Of machines and silence nothing is told.
create function private.lacks_analysis(told public.call_transcripts, call public.calls) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return told.computed is null and call.outcome = 'answered' and call.kind <> 'verification'
    and exists (select from jsonb_array_elements(told.turns) t where t ->> 'role' = 'contact')
    and (coalesce(told.summary, '') = '' or private.read_sentiment(told.structured ->> 'sentiment') is null
      or jsonb_typeof(told.structured -> 'keywords') is distinct from 'array');
end $$;

-- Part of every tick, and the last part: a row that is held here is waited for by whoever holds its account. Half a second at most; what is
-- left has its turn two seconds later. A crash leaves rows without words, which are found again.
create function private.finish_conversations(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  finished uuid[];
begin
  loop
    with pending as (
      select t.call_id from public.call_transcripts t where t.words is null limit 50 for update skip locked
    ), indexed as (
      update public.call_transcripts t set words = private.spoken_words(t.turns, t.transcript, t.summary)
      from pending p where t.call_id = p.call_id
      returning t.call_id
    )
    select array_agg(i.call_id order by i.call_id) into finished from indexed i;
    insert into engine.outbox (account_id, kind, dedupe_key, payload)
    select c.account_id, 'analyse_call', c.id::text, jsonb_build_object('call_id', c.id)
    from public.calls c join public.call_transcripts t on t.call_id = c.id
    where c.id = any(finished) and private.lacks_analysis(t, c)
    order by c.id
    on conflict on constraint a_job_is_queued_once do nothing;
    exit when coalesce(cardinality(finished), 0) < 50 or private.now() > moment + interval '500 milliseconds';
  end loop;
end $$;

-- Called by run-outbox: what an analyser needs of a conversation, or null when nothing is missing any more. Five hundred turns of two
-- thousand letters are more than anybody sums up.
create function private.call_to_analyse(call_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: functions read what was said without being anybody's members.
  return (select jsonb_build_object('language', (private.campaign_words(v, k)).language, 'success_criterion', v.success_criterion,
      'dispositions', private.offered_dispositions(c.account_id),
      'may_ask_model', not (select a.is_hipaa from public.accounts a where a.id = c.account_id),
      'turns', (select jsonb_agg(jsonb_build_object('role', s.value ->> 'role', 'text', left(s.value ->> 'text', 2000)) order by s.place)
        from jsonb_array_elements(t.turns) with ordinality s (value, place) where s.place <= 500))
    from public.calls c
    join public.call_transcripts t on t.call_id = c.id
    join public.assistant_versions v on v.id = c.assistant_version_id
    left join public.campaigns k on k.id = c.campaign_id
    where c.id = call_to_analyse.call_id and private.lacks_analysis(t, c));
end $$;
grant execute on function private.call_to_analyse(uuid) to service_role;
create function public.call_to_analyse(call_id uuid) returns jsonb
language sql stable set search_path = ''
return private.call_to_analyse(call_to_analyse.call_id);
grant execute on function public.call_to_analyse(uuid) to service_role;

-- What an analyser found, kept once and marked with who found it. It fills what nobody said: a mood, a disposition; and it lists a number
-- whose person wanted that, unless the provider's analysis heard it otherwise. Part of record_outbox, under the account's lock.
create function private.note_findings(call_id uuid, found_by text, findings jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  call public.calls;
  told public.call_transcripts;
  criterion text;
  proposed public.call_disposition;
begin
  select * into call from public.calls c where c.id = note_findings.call_id for update;
  select * into told from public.call_transcripts t where t.call_id = note_findings.call_id for update;
  if not found or not private.lacks_analysis(told, call) then
    return;
  end if;
  update public.call_transcripts t set computed = note_findings.findings, analyser = note_findings.found_by where t.call_id = told.call_id;
  update public.calls c set sentiment = private.read_sentiment(findings ->> 'sentiment') where c.id = call.id and c.sentiment is null;
  if (findings ->> 'opt_out')::boolean and not coalesce(told.structured, '{}') ? 'opt_out' then
    perform private.opt_out_of_call(call, found_by::public.disposition_source, '');
    perform private.guard_opt_out_rates(array[call.id]);
    return;
  end if;
  criterion := (select v.success_criterion from public.assistant_versions v where v.id = call.assistant_version_id);
  proposed := private.judged_disposition(private.read_disposition(findings ->> 'disposition'), findings ->> 'success', criterion);
  if proposed is distinct from 'do_not_call' then
    perform private.propose_disposition(call.id, proposed,
      private.chosen_disposition(call, findings ->> 'own_disposition', proposed, findings ->> 'success', criterion), found_by::public.disposition_source);
  end if;
  perform private.note_changed_calls(array[call.id]);
end $$;
