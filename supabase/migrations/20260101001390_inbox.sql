-- The inbox: what a provider says is stored once, for the call it speaks of.

-- Which call an event speaks of: by our attempt id, else by the provider's call id. A call that already carries another
-- provider id is not meant, whatever the event claims. plpgsql keeps its plan for the session; every webhook asks this.
create function private.find_event_call(attempt_id uuid, provider_call_id text) returns public.calls
language plpgsql stable set search_path = ''
as $$
begin
  return (select c from public.calls c
  where (c.attempt_id = find_event_call.attempt_id or c.provider_call_id = find_event_call.provider_call_id)
    and (c.provider_call_id is null or find_event_call.provider_call_id is null or c.provider_call_id = find_event_call.provider_call_id)
  limit 1);
end $$;

-- Our id inside an event, or null: hostile and foreign events carry anything.
create function private.as_uuid(value text) returns uuid
language plpgsql immutable set search_path = ''
as $$
begin
  return case when as_uuid.value ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then as_uuid.value::uuid end;
end $$;

-- Called by receive-call-event after it verified the raw bytes, and by reconciliation. Stores the event and nothing else;
-- {is_new: false} when the same fact is there already. Events that say nothing about a call's life are closed at once.
create function private.record_call_event(event jsonb, body jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  attempt uuid := private.as_uuid(event ->> 'attempt_id');
  call public.calls := private.find_event_call(attempt, event ->> 'provider_call_id');
  says_something boolean := event ->> 'state' is not null or coalesce((event ->> 'is_report')::boolean, false) or coalesce(jsonb_typeof(event -> 'tools') = 'array', false);
begin
  -- Definer: the inbox is granted to nobody.
  insert into engine.provider_events (provider, dedupe_key, account_id, call_id, attempt_id, provider_call_id, event, body, processed_at)
  values (event ->> 'provider', event ->> 'dedupe_key', call.account_id, call.id, attempt, event ->> 'provider_call_id',
    -- What comes late of a person who was erased since is not kept.
    case when call.phone = '' then private.nobodys_event(event) else event end, case when call.phone = '' then null else body end,
    case when not says_something then private.now() end)
  on conflict on constraint an_event_is_stored_once do nothing;
  return jsonb_build_object('is_new', found);
end $$;
grant execute on function private.record_call_event(jsonb, jsonb) to service_role;

create function public.record_call_event(event jsonb, body jsonb) returns jsonb
language sql set search_path = ''
return private.record_call_event(record_call_event.event, record_call_event.body);
grant execute on function public.record_call_event(jsonb, jsonb) to service_role;
