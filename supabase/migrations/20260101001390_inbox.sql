-- The inbox: what a provider says is stored once, for the call it speaks of.

-- Which call an event speaks of: by our attempt id, else by the provider's call id. A call that already carries another
-- provider id is not meant, whatever the event claims; nor one that was dialled by another connection than the event came
-- by. plpgsql keeps its plan for the session; every webhook asks this.
create function private.find_event_call(attempt_id uuid, provider_call_id text, connection_id uuid) returns public.calls
language plpgsql stable set search_path = ''
as $$
begin
  return (select c from public.calls c
  where (c.attempt_id = find_event_call.attempt_id or c.provider_call_id = find_event_call.provider_call_id)
    and (c.provider_call_id is null or find_event_call.provider_call_id is null or c.provider_call_id = find_event_call.provider_call_id)
    and private.connection_of(c.provider_line_id) is not distinct from find_event_call.connection_id
  limit 1);
end $$;

-- Our id inside an event, or null: hostile and foreign events carry anything.
create function private.as_uuid(value text) returns uuid
language plpgsql immutable set search_path = ''
as $$
begin
  return case when as_uuid.value ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then as_uuid.value::uuid end;
end $$;

-- What comes in by the address of an account's own connection. Whoever owns the account at the provider can read the secret of that address there,
-- so that it is the word of an interested party: taken for who is on the line and for what the assistant's tools were asked, never for the end, its
-- length or its result. An end is kept as a claim, upon which the provider is asked with the account's key (unheard_calls). Its keys
-- are its own: nothing that another connection or the platform tells is taken for known because of it.
create function private.as_claim(event jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  select case when event ->> 'connection_id' is null then event else jsonb_strip_nulls(jsonb_build_object(
    'provider', event -> 'provider', 'type', event -> 'type', 'attempt_id', event -> 'attempt_id', 'connection_id', event -> 'connection_id',
    'dedupe_key', format('%s:%s', event ->> 'connection_id', event ->> 'dedupe_key'), 'occurred_at', event -> 'occurred_at', 'tools', event -> 'tools',
    -- Beside our own id the provider's could only mislead.
    'provider_call_id', case when event ->> 'attempt_id' is null then event -> 'provider_call_id' end,
    'state', case when event ->> 'state' <> 'ended' then event -> 'state' end,
    'claims_report', case when (event ->> 'is_report')::boolean or event ->> 'state' = 'ended' and event ->> 'type' <> 'status-update' then true end)) end
$$;

-- Stores an event and nothing else; {is_new: false} when the same fact is there already. Events that say nothing about a call's life are closed at once.
create function private.store_event(event jsonb, body jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  attempt uuid := private.as_uuid(event ->> 'attempt_id');
  call public.calls := private.find_event_call(attempt, event ->> 'provider_call_id', private.as_uuid(event ->> 'connection_id'));
  says_something boolean := event ->> 'state' is not null or coalesce((event ->> 'is_report')::boolean, false) or coalesce(jsonb_typeof(event -> 'tools') = 'array', false);
begin
  insert into engine.provider_events (provider, dedupe_key, account_id, call_id, attempt_id, provider_call_id, event, body, processed_at)
  values (event ->> 'provider', event ->> 'dedupe_key', call.account_id, call.id, attempt, event ->> 'provider_call_id',
    -- What comes late of a person who was erased since is not kept.
    case when call.phone = '' then private.nobodys_event(event) else event end, case when call.phone = '' then null else body end,
    case when not says_something then private.now() end)
  on conflict on constraint an_event_is_stored_once do nothing;
  return jsonb_build_object('is_new', found);
end $$;

-- Called by receive-call-event after it verified the raw bytes; connection_id is that of the address it came by.
create function private.record_call_event(event jsonb, body jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: the inbox is granted to nobody.
  return private.store_event(private.as_claim(event), body);
end $$;
grant execute on function private.record_call_event(jsonb, jsonb) to service_role;

create function public.record_call_event(event jsonb, body jsonb) returns jsonb
language sql set search_path = ''
return private.record_call_event(record_call_event.event, record_call_event.body);
grant execute on function public.record_call_event(jsonb, jsonb) to service_role;
