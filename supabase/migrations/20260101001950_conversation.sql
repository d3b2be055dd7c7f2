-- What a conversation means and causes: the tools that the assistant uses while it talks, the analysis afterwards, and the
-- disposition that people see and may correct. Whatever says "do not call me" ends on the list; nothing here takes a number off.

-- A moment as a model or a person names it. Without an offset, and with a Z (which models write after any time), it is the
-- wall clock where the contact is: "at five" is five there. Null for whatever is no moment.
create function private.read_moment(value text, zone text) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  if read_moment.value !~ '^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}' or length(read_moment.value) > 40 then
    return null;
  elsif read_moment.value ~ '[+-]\d{2}:?\d{2}$' then
    return read_moment.value::timestamptz;
  end if;
  return rtrim(upper(read_moment.value), 'Z ')::timestamp at time zone read_moment.zone;
exception when others then
  return null;
end $$;

-- One of the platform's dispositions, or null for any other word.
create function private.read_disposition(value text) returns public.call_disposition
language sql immutable set search_path = ''
as $$
  select d from unnest(enum_range(null::public.call_disposition)) d where d::text = read_disposition.value
$$;

-- One of the three words for a mood, or null for any other.
create function private.read_sentiment(value text) returns public.call_sentiment
language plpgsql immutable set search_path = ''
as $$
begin
  return case when lower(read_sentiment.value) in ('positive', 'neutral', 'negative') then lower(read_sentiment.value)::public.call_sentiment end;
end $$;

-- The do-not-call list and callbacks tell only whether the assistant heard it while it talked, or an analysis afterwards.
create function private.opt_out_source_of(heard_by public.disposition_source) returns public.opt_out_source
language sql immutable set search_path = ''
return case when heard_by = 'tool_call' then 'tool_call' else 'analysis' end::public.opt_out_source;

-- What an analysis proposes is the call's where nobody said anything: the account's own word with the platform's for its meaning, else the
-- platform's.
create function private.propose_disposition(call_id uuid, proposed public.call_disposition, own public.dispositions, heard_by public.disposition_source) returns void
language plpgsql set search_path = ''
as $$
declare
  word public.call_disposition := coalesce(private.word_for(own.meaning), proposed);
begin
  update public.calls c set disposition = word, own_disposition_id = own.id, disposition_source = heard_by
  where c.id = propose_disposition.call_id and c.disposition is null and word is not null;
end $$;

-- The person on the line asked not to be called again. Lists the number, and says so on the call unless a person said
-- otherwise. The caller holds the account's lock. A call lists its number once: an admin's removal later is not undone by hearing
-- of the same call again.
create function private.opt_out_of_call(call public.calls, heard_by public.disposition_source, reason text) returns void
language plpgsql set search_path = ''
as $$
begin
  if not exists (select from public.do_not_call_history h where h.account_id = call.account_id and h.phone = call.phone and h.call_id = call.id) then
    perform private.list_number(call.account_id, call.phone, private.opt_out_source_of(heard_by), opt_out_of_call.reason, call.id);
  end if;
  update public.calls c set disposition = 'do_not_call', own_disposition_id = null, disposition_source = heard_by
  where c.id = call.id and c.disposition_by is null and c.disposition is distinct from 'do_not_call';
  perform private.note_changed_calls(array[call.id]);
end $$;

-- The person on the line named a time for another call. Answers {is_scheduled, at, reason}; the caller holds the account's lock.
create function private.call_back_by_call(call public.calls, value text, heard_by public.disposition_source) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  zone text := (select p.time_zone from public.contacts p where p.id = call.contact_id);
  moment timestamptz := private.now();
  at timestamptz := private.read_moment(call_back_by_call.value, zone);
  answer jsonb;
begin
  if call.enrolment_id is null then
    return jsonb_build_object('is_scheduled', false, 'reason', 'no_campaign');
  elsif at is null then
    return jsonb_build_object('is_scheduled', false, 'reason', 'no_time');
  elsif at <= moment then
    return jsonb_build_object('is_scheduled', false, 'reason', 'past');
  elsif at > moment + interval '30 days' then
    return jsonb_build_object('is_scheduled', false, 'reason', 'too_far');
  end if;
  answer := private.schedule_callback(call.enrolment_id, at, private.opt_out_source_of(heard_by)::text);
  if (answer ->> 'is_scheduled')::boolean then
    update public.calls c set disposition = 'callback', disposition_source = heard_by where c.id = call.id and c.disposition is null;
    perform private.note_changed_calls(array[call.id]);
  end if;
  return answer || jsonb_build_object('local_at', to_char(((answer ->> 'at')::timestamptz) at time zone zone, 'FMDay, FMDD FMMonth, HH24:MI'));
end $$;

-- What the assistant hears when a tool is done: one line it may put into its own words.
create function private.use_tool(call public.calls, name text, arguments jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  answer jsonb;
begin
  if use_tool.name = 'opt_out' then
    perform private.opt_out_of_call(call, 'tool_call', use_tool.arguments ->> 'words');
    return jsonb_build_object('result', 'Done: this number is not called again. Say so in one sentence and say goodbye.');
  elsif use_tool.name <> 'schedule_callback' then
    return jsonb_build_object('error', 'There is no such tool.');
  end if;
  answer := private.call_back_by_call(call, use_tool.arguments ->> 'callback_at', 'tool_call');
  if (answer ->> 'is_scheduled')::boolean and answer ->> 'local_at' is not null then
    return jsonb_build_object('result', format('Done: the next call is on %s, where the person is. Say so in one sentence.', answer ->> 'local_at'));
  end if;
  return jsonb_build_object('result', case answer ->> 'reason'
    when 'no_time' then 'Not done: ask the person for a day and a time.'
    when 'past' then 'Not done: that time is over. Ask the person for another one.'
    when 'too_far' then 'Not done: that is more than thirty days away. Ask the person for an earlier time.'
    else 'Not done: no further call can be arranged. Thank the person and go on.' end);
end $$;

-- Every tool of one message, in its order: [{id, result | error}]. The caller holds the account's lock.
create function private.use_tools(call public.calls, tools jsonb) returns jsonb
language sql set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', t.value ->> 'id')
    || private.use_tool(use_tools.call, coalesce(t.value ->> 'name', ''), coalesce(t.value -> 'arguments', '{}')) order by t.place), '[]')
  from jsonb_array_elements(use_tools.tools) with ordinality t (value, place)
$$;

-- Called by receive-call-event while the person waits on the line. The event is stored first; if the account is busy for longer
-- than the person can wait, it stays in the inbox and the next batch does what it asks. The same message again answers the same.
create function private.answer_tool_calls(event jsonb, body jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  claim jsonb := private.as_claim(event);
  recorded jsonb := private.store_event(claim, body);
  call public.calls := private.find_event_call(private.as_uuid(claim ->> 'attempt_id'), claim ->> 'provider_call_id', private.as_uuid(claim ->> 'connection_id'));
  results jsonb;
  words text;
begin
  -- Definer: calls, list and inbox are written by nobody but the engine.
  if call.id is not null then
    begin
      perform private.lock_account(call.account_id);
      select * into call from public.calls c where c.id = call.id for update;
      results := private.use_tools(call, event -> 'tools');
      update engine.provider_events e set processed_at = private.now()
      where e.provider = claim ->> 'provider' and e.dedupe_key = claim ->> 'dedupe_key' and e.processed_at is null;
      perform private.broadcast_changes();
    exception when others then
      words := sqlerrm;
      results := null;
      update engine.provider_events e set error = left(words, 500)
      where e.provider = claim ->> 'provider' and e.dedupe_key = claim ->> 'dedupe_key' and e.processed_at is null;
    end;
  end if;
  return recorded || jsonb_build_object('results', coalesce(results, (select coalesce(jsonb_agg(jsonb_build_object('id', t.value ->> 'id',
    'result', 'Noted; it is done in a moment. Say so in one sentence.') order by t.place), '[]')
    from jsonb_array_elements(event -> 'tools') with ordinality t (value, place))));
end $$;
grant execute on function private.answer_tool_calls(jsonb, jsonb) to service_role;
create function public.answer_tool_calls(event jsonb, body jsonb) returns jsonb
language sql set search_path = ''
return private.answer_tool_calls(answer_tool_calls.event, answer_tool_calls.body);
grant execute on function public.answer_tool_calls(jsonb, jsonb) to service_role;

-- Tool calls that could not be answered at once, or came before their call was known. Part of every batch of events.
create function private.use_noted_tools(event_ids bigint[]) returns void
language plpgsql set search_path = ''
as $$
declare
  noted record;
begin
  for noted in
    select c as call, e.event -> 'tools' as tools
    from engine.provider_events e join public.calls c on c.id = e.call_id
    where e.id = any(event_ids) and jsonb_typeof(e.event -> 'tools') = 'array'
    order by e.id
  loop
    perform private.use_tools(noted.call, noted.tools);
  end loop;
end $$;

-- The disposition that an analysis proposes. Where the assistant says what a success is, the verdict on that decides between
-- interested and not; it never turns a wish, a wrong number or an empty conversation into a success.
create function private.judged_disposition(proposed public.call_disposition, verdict text, criterion text) returns public.call_disposition
language sql immutable set search_path = ''
return case when criterion = '' then proposed
  when lower(verdict) = 'true' and coalesce(proposed, 'information') in ('information', 'not_interested') then 'interested'
  when lower(verdict) = 'false' and proposed = 'interested' then 'information'
  else proposed end;

-- The account's own word that an analysis chose, or null: whatever is no word of the account, or was not offered when the call was dialled
-- nor is now, is as if nothing had been chosen. It says more closely what the platform's word says loosely, so it stands in for interested,
-- information and not_interested, and for none; a wish, a wrong number and an empty conversation stay what they are. Where the assistant says
-- what a success is, the verdict on that stands above it, because a success is counted by nothing else: only a positive word goes with a
-- success, and only another one with none. proposed is what judged_disposition made of the platform's word.
create function private.chosen_disposition(call public.calls, told text, proposed public.call_disposition, verdict text, criterion text) returns public.dispositions
language plpgsql stable set search_path = ''
as $$
declare
  is_success boolean := case when criterion <> '' and lower(verdict) in ('true', 'false') then lower(verdict) = 'true' end;
begin
  return (select d from public.dispositions d
    where d.id = private.as_uuid(told) and d.account_id = call.account_id
      and (d.archived_at is null or d.archived_at > call.dialled_at)
      and coalesce(proposed, 'information') in ('interested', 'information', 'not_interested')
      and coalesce(is_success = (d.meaning = 'positive'), true));
end $$;

-- What the analysis of a conversation says is heeded just before the call is closed: an opt-out always, a time for another call unless
-- the conversation arranged one itself, a disposition where nobody gave one, a mood. Only of calls that a person answered: of machines
-- and silence a model tells what never happened. Part of every batch of events, under the account's lock.
create function private.heed_analyses(folded private.call_facts[]) returns void
language plpgsql set search_path = ''
as $$
declare
  said record;
begin
  for said in
    select c as call, a.disposition, a.callback_at, a.sentiment,
      case when a.own is not null then private.chosen_disposition(c, a.own, a.disposition, x.facts ->> 'success', v.success_criterion) end as own,
      coalesce(a.opt_out, false) or a.disposition is not distinct from 'do_not_call' as opts_out
    from unnest(folded) x
    join public.calls c on c.id = x.call_id
    join public.assistant_versions v on v.id = c.assistant_version_id
    cross join lateral (select x.facts #>> '{structured,opt_out}' = 'true' as opt_out, x.facts #>> '{structured,callback_at}' as callback_at,
      x.facts #>> '{structured,own_disposition}' as own,
      private.read_sentiment(x.facts #>> '{structured,sentiment}') as sentiment,
      private.judged_disposition(private.read_disposition(x.facts #>> '{structured,disposition}'), x.facts ->> 'success', v.success_criterion) as disposition) a
    where (x.facts ->> 'is_report')::boolean
      and (jsonb_typeof(x.facts -> 'structured') = 'object' or (x.facts ->> 'success' is not null and v.success_criterion <> ''))
      and case when c.outcome is null then x.facts ->> 'outcome' = 'answered' and c.started_at is not null else c.outcome = 'answered' end
    order by c.id
  loop
    if said.opts_out then
      perform private.opt_out_of_call(said.call, 'provider', '');
    elsif said.callback_at is not null and coalesce(said.disposition, 'callback') = 'callback' and (said.call).disposition is null then
      perform private.call_back_by_call(said.call, said.callback_at, 'provider');
    end if;
    perform private.propose_disposition((said.call).id, said.disposition, said.own, 'provider');
    update public.calls c set sentiment = said.sentiment where c.id = (said.call).id and c.sentiment is null and said.sentiment is not null;
  end loop;
end $$;
