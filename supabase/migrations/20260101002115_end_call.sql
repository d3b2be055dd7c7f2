-- A person ends a running call. One way for all kinds: ask_call_end in the person's name decides whether they may and writes down who asked,
-- the function end-call tells the provider, record_call_end keeps what it answered. That the call is over is told by the provider's events.

-- One row per call that somebody wanted ended: the latest wish. A crash between wish and answer leaves answer null, and the wish can be
-- repeated half a minute later.
create table engine.call_ends (
  call_id uuid primary key references public.calls on delete cascade,
  user_id uuid not null,
  asked_at timestamptz not null,
  -- hung_up: the provider ends it. over: it had ended. not_yet: this provider cannot end a phone that rings. failed: it did not do it.
  answer text constraint answer_is_known check (answer in ('hung_up', 'over', 'not_yet', 'failed'))
);
alter table engine.call_ends enable row level security;
create policy "Nobody reads the engine through the API" on engine.call_ends for all using (false);

-- Read by the campaign's activity.
create index activity_log_of_ended_calls on public.activity_log ((details ->> 'campaign_id'), id desc) where verb = 'call.end_asked';

-- Who wants a call ended, for everybody who looks at it; null when nobody does, or the provider did not do it. is_told: the provider has
-- agreed.
create function private.end_asked(call_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('at', e.asked_at, 'is_told', e.answer is not null, 'by_name', (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = e.user_id))
    from engine.call_ends e where e.call_id = end_asked.call_id and (e.answer is null or e.answer = 'hung_up'));
end $$;

-- Asked by end-call with the person's token, for people with calls.end, and for whoever asked for a test call. {answer}: null is the
-- caller's turn to tell the provider, and no one else's; over and not_yet (the provider has not taken it on) leave no trace; asked: somebody
-- was a moment ahead, in another tab or at another desk. A wish that came to nothing may be repeated.
create function private.ask_call_end(call_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant in engine; the permission is checked here.
  call public.calls := (select c from public.calls c where c.id = ask_call_end.call_id and c.kind <> 'verification');
  moment timestamptz := private.now();
begin
  if call.kind is distinct from 'test' or call.started_by is distinct from auth.uid() then
    perform private.require_permission(call.account_id, 'calls.end');
  end if;
  -- The row decides between the wish and whatever moves the call on.
  select c.* into call from public.calls c where c.id = call.id for update;
  if not private.is_live(call.state) then
    return jsonb_build_object('answer', 'over');
  elsif call.provider_call_id is null then
    return jsonb_build_object('answer', 'not_yet');
  end if;
  insert into engine.call_ends as e (call_id, user_id, asked_at) values (call.id, auth.uid(), moment)
  on conflict on constraint call_ends_pkey do update set user_id = excluded.user_id, asked_at = excluded.asked_at, answer = null
  where e.answer in ('not_yet', 'failed') or e.asked_at < moment - interval '30 seconds';
  if not found then
    return jsonb_build_object('answer', 'asked');
  end if;
  perform private.log_activity(call.account_id, 'call.end_asked', 'call', call.id, jsonb_strip_nulls(jsonb_build_object('campaign_id', call.campaign_id)));
  return jsonb_build_object('answer', null);
end $$;
grant execute on function private.ask_call_end(uuid) to authenticated;
create function public.ask_call_end(call_id uuid) returns jsonb
language sql set search_path = ''
return private.ask_call_end(ask_call_end.call_id);
grant execute on function public.ask_call_end(uuid) to authenticated;

-- For end-call: where a call runs that this person has just asked to end. Nobody else's wish opens it.
create function private.call_to_end(call_id uuid, user_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: the provider's ids are granted to nobody.
  call public.calls := (select c from public.calls c join engine.call_ends e on e.call_id = c.id
    where c.id = call_to_end.call_id and e.user_id = call_to_end.user_id and e.answer is null);
begin
  if call.id is null then
    perform private.raise_error('not_found', 'Nobody asked to end this call.');
  end if;
  return jsonb_build_object('provider', (select n.provider from public.phone_numbers n where n.id = call.phone_number_id), 'provider_call_id', call.provider_call_id,
    'connection_id', private.connection_of(call.provider_line_id));
end $$;
grant execute on function private.call_to_end(uuid, uuid) to service_role;
create function public.call_to_end(call_id uuid, user_id uuid) returns jsonb
language sql stable set search_path = ''
return private.call_to_end(call_to_end.call_id, call_to_end.user_id);
grant execute on function public.call_to_end(uuid, uuid) to service_role;

-- What the provider said to it, kept once.
create function private.record_call_end(call_id uuid, answer text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  is_recorded boolean;
begin
  -- Definer: engine tables are granted to nobody.
  update engine.call_ends e set answer = record_call_end.answer where e.call_id = record_call_end.call_id and e.answer is null;
  is_recorded := found;
  return jsonb_build_object('is_recorded', is_recorded);
end $$;
grant execute on function private.record_call_end(uuid, text) to service_role;
create function public.record_call_end(call_id uuid, answer text) returns jsonb
language sql set search_path = ''
return private.record_call_end(record_call_end.call_id, record_call_end.answer);
grant execute on function public.record_call_end(uuid, text) to service_role;
