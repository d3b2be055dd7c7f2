-- Begin and note a dial. Between the two lies exactly one HTTP request.

-- Everything an adapter needs to place the call, from the version pinned to it and what its campaign says over that. plpgsql: a body in SQL would be planned anew for
-- every call, and planning these joins takes longer than running them.
create function private.dial_order(call_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('call_id', c.id, 'attempt_id', c.attempt_id, 'to', c.phone,
    'from', jsonb_build_object('provider', n.provider, 'provider_ref', n.provider_ref, 'connection_id', private.connection_of(c.provider_line_id)),
    -- A test call speaks to whoever asked for it.
    'contact', jsonb_build_object('name', coalesce(p.name, f.name), 'company', p.company, 'email', coalesce(p.email, f.email), 'phone', c.phone, 'attributes', p.attributes),
    -- Whoever is called again hears another beginning, where there is one.
    'assistant', private.assistant_content(s) || jsonb_build_object('name', a.name, 'voice_provider', v.provider, 'voice_ref', v.provider_ref,
      'model_provider', m.provider, 'model_ref', m.provider_ref,
      'greeting', case when c.attempt_no > 1 and s.retry_greeting <> '' then s.retry_greeting else s.greeting end),
    'dispositions', private.offered_dispositions(c.account_id), 'disclosures', d.sentences - 'records',
    'local_time', to_char(private.now() at time zone p.time_zone, 'FMDay, FMDD FMMonth YYYY, HH24:MI'),
    'account_name', k.name, 'is_hipaa', k.is_hipaa,
    -- A contact's own assistant may talk longer than the campaign's, for which the minutes are reserved.
    'maximum_seconds', least(s.maximum_seconds, c.reserved_seconds), 'record_calls', d.sentences -> 'records')
  from public.calls c
  join public.accounts k on k.id = c.account_id
  join public.assistant_versions pinned on pinned.id = c.assistant_version_id
  join public.assistants a on a.id = pinned.assistant_id
  left join public.campaigns own on own.id = coalesce(c.campaign_id, c.tried_campaign_id)
  cross join lateral private.campaign_words(pinned, own) s
  join public.voices v on v.id = s.voice_id
  join public.assistant_models m on m.id = s.model_id
  join public.phone_numbers n on n.id = c.phone_number_id
  left join public.contacts p on p.id = c.contact_id
  left join public.profiles f on f.id = c.started_by and c.kind = 'test'
  cross join lateral (select private.opening_sentences(s, k.name, coalesce(p.region, private.region_of_number(c.phone)), private.now()) as sentences) d
  where c.id = dial_order.call_id);
end $$;

-- Why a reserved call may not be dialled at this instant: everything that can have changed since the claim, and what it was
-- judged from. reason is null when it may.
create type private.dial_decision as (reason text, terms private.dial_terms, person private.person_facts, facts jsonb);

create function private.judge_dial(call public.calls, at timestamptz) returns private.dial_decision
language plpgsql stable set search_path = ''
as $$
declare
  contact public.contacts := (select p from public.contacts p where p.id = call.contact_id);
  decision private.dial_decision;
  terms private.dial_terms := private.dial_terms(call.campaign_id, contact.time_zone, contact.region, judge_dial.at);
  person private.person_facts;
  opening record := private.window_at(call.campaign_id, contact.time_zone, contact.region, judge_dial.at);
begin
  -- The attempt was within its limit when it was claimed; a lower limit holds for later ones.
  person := (select p from private.judge_people(terms, array[call.enrolment_id], array[call.phone], array[0], judge_dial.at) p);
  decision.reason := case
    when not (select s.enabled from engine.settings s) then 'switched_off'
    when (select a.is_held from engine.accounts a where a.account_id = call.account_id) then 'account_held'
    when not exists (select from public.campaigns k where k.id = call.campaign_id and k.status = 'active') then 'campaign_not_active'
    when opening.open_until is null then 'window_closed'
    when private.denial_of(person) is not null then private.denial_of(person)
    when (call.counted_day, call.account_day) <> (terms.campaign_day, terms.account_day) then 'day_over'
    when exists (select from engine.provider_lines l where l.id = call.provider_line_id and l.hold_until > judge_dial.at) then 'line_held' end;
  decision.terms := terms;
  decision.person := person;
  decision.facts := private.decision_facts(terms, person) || jsonb_build_object('rule_version', terms.rule_version,
    'local_time', to_char(judge_dial.at at time zone contact.time_zone, 'YYYY-MM-DD"T"HH24:MI:SS'), 'open_until', opening.open_until);
  return decision;
end $$;

-- Notes why a dial was refused. Where nobody else holds the account, the call goes back to the queue at once, to a lane that is
-- judged anew; else when its lease ends: whoever holds the account may be waiting for this very call, so nobody is waited for.
create function private.refuse_dial(call public.calls, decision private.dial_decision, at timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.note_denials(decision.terms, jsonb_build_array(jsonb_build_object('enrolment_id', call.enrolment_id, 'contact_id', call.contact_id,
    'phone', call.phone, 'reason', decision.reason, 'facts', decision.facts)), refuse_dial.at);
  perform from engine.accounts a where a.account_id = call.account_id for update skip locked;
  if found then
    update engine.lanes l set open_until = null
    where l.campaign_id = call.campaign_id and (l.time_zone, l.region) = ((decision.terms).time_zone, (decision.terms).region);
    perform private.void_reserved(call.account_id, array[call.id]);
  end if;
end $$;

-- Called by dispatch-calls once per claimed call, never retried: reserved → dialing, committed before the request, with what it was
-- allowed by. Null means "do not dial": the lease is over, or one of the rules says no now; the contact waits on.
create function private.begin_dial(call_id uuid) returns jsonb
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  moment timestamptz := private.now();
  call public.calls;
  decision private.dial_decision;
begin
  -- Definer: calls are written by nobody but the engine. The row lock first; all facts in later statements, so that a
  -- forbidding command that committed before is seen, and one that comes later finds the call dialing.
  select * into call from public.calls c where c.id = begin_dial.call_id and c.state = 'reserved' for update;
  if not found or call.lease_until <= moment or call.dial_at > moment + interval '20 milliseconds' then
    return null;
  elsif call.kind <> 'campaign' then
    return private.begin_asked_call(call, moment);
  end if;
  decision := private.judge_dial(call, moment);
  if decision.reason is not null then
    perform private.refuse_dial(call, decision, moment);
    return null;
  end if;
  update public.calls c
  set state = 'dialing', dialled_at = moment, lease_until = moment + interval '60 seconds', local_dialled_at = moment at time zone (decision.terms).time_zone,
    rule_version = (decision.terms).rule_version, consent_id = (decision.person).consent_id, dial_facts = decision.facts
  where c.id = call.id;
  return private.dial_order(call.id);
end $$;
grant execute on function private.begin_dial(uuid) to service_role;

create function public.begin_dial(call_id uuid) returns jsonb
language sql set search_path = ''
return private.begin_dial(begin_dial.call_id);
grant execute on function public.begin_dial(uuid) to service_role;

-- The provider refused. Whose fault decides: the number (final for the contact), capacity (again soon, the line slows down or waits as long as the provider says),
-- our key, money or daily limit (the line is held: connection_faults.sql), our assistant (the campaign pauses). Only the number's fault counts.
create function private.record_refusal(call public.calls, result jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  class text := result ->> 'class';
  words text := left(coalesce(private.clean_text(result ->> 'message'), 'The provider gave no reason.'), 300);
  hold interval := case class when 'daily_limit' then interval '6 hours' else interval '5 minutes' end;
  pause_ms numeric := (result ->> 'retry_after_ms')::numeric;
begin
  perform private.lock_account(call.account_id);
  -- A webhook may have shown the call alive while we waited for the lock; life beats a refusal.
  perform from public.calls c where c.id = call.id and c.state in ('dialing', 'unknown') and c.accepted_at is null for update;
  if not found then
    return;
  end if;
  perform private.close_calls(call.account_id, jsonb_build_array(jsonb_build_object('call_id', call.id,
    'state', case class when 'number' then 'settled' else 'voided' end, 'is_counted', class = 'number',
    'outcome', case class when 'number' then 'failed' end,
    'failure_scope', case class when 'number' then 'number' when 'capacity' then 'capacity' else 'account' end, 'ended_reason', words)));
  if class = 'capacity' then
    update engine.provider_lines l set tokens = greatest(1, least(l.tokens / 2, l.in_flight)), refilled_at = private.now()
    where l.id = call.provider_line_id;
    -- Some providers say when they take the next call; more than ten minutes is nobody's promise. A longer hold stays.
    update engine.provider_lines l set hold_reason = 'capacity', hold_until = private.now() + make_interval(secs => least(600000, pause_ms) / 1000.0)
    where l.id = call.provider_line_id and pause_ms > 0
      and coalesce(l.hold_until, '-infinity') < private.now() + make_interval(secs => least(600000, pause_ms) / 1000.0);
  elsif class in ('auth', 'billing', 'daily_limit') then
    perform private.hold_line(call, class, hold);
  elsif class <> 'number' then
    perform private.pause_by_rule(call.campaign_id, 'assistant', jsonb_build_object('words', words));
  end if;
end $$;

-- Called by dispatch-calls with the adapter's answer; repeated until it succeeds. The same result again changes nothing.
-- An acceptance takes the call's row alone and only fills a missing provider id: a webhook may have come first.
create function private.record_dial(call_id uuid, result jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  answer text := result ->> 'kind';
  call public.calls := (select c from public.calls c where c.id = record_dial.call_id);
begin
  -- Definer: calls are written by nobody but the engine.
  if call.id is null then
    perform private.raise_error('not_found', 'There is no such call.');
  end if;
  if answer in ('accepted', 'accepted_blocked') then
    update public.calls c
    set provider_call_id = coalesce(c.provider_call_id, result ->> 'provider_call_id'), accepted_at = coalesce(c.accepted_at, moment),
      lease_until = moment + interval '60 seconds',
      state = case when answer = 'accepted_blocked' and c.state = 'dialing' then 'unknown' when answer = 'accepted' and c.state = 'unknown' then 'dialing'
        else c.state end
    where c.id = call.id and c.settled_at is null;
    if not found then
      perform private.note_late_life(call.id, result ->> 'provider_call_id');
    end if;
  elsif answer = 'unknown' then
    update public.calls c set state = 'unknown' where c.id = call.id and c.state = 'dialing' and c.accepted_at is null;
  elsif answer = 'refused' and call.state in ('dialing', 'unknown') and call.accepted_at is null and call.settled_at is null then
    perform private.record_refusal(call, result);
  elsif answer is distinct from 'refused' then
    perform private.raise_invalid('result', 'kind', 'result.kind must be accepted, accepted_blocked, refused or unknown.');
  end if;
  return jsonb_build_object('state', (select c.state from public.calls c where c.id = call.id));
end $$;
grant execute on function private.record_dial(uuid, jsonb) to service_role;

create function public.record_dial(call_id uuid, result jsonb) returns jsonb
language sql set search_path = ''
return private.record_dial(record_dial.call_id, record_dial.result);
grant execute on function public.record_dial(uuid, jsonb) to service_role;
