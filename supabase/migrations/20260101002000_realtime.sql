-- What browsers hear: ids and counters on private topics. Definer functions alone may send; there is no insert policy.

-- Sends what changed since the last time, per campaign and account at most every half second; the rest goes with the next
-- call or tick. Accounts that somebody else works on are left for later, with their campaigns: as everywhere, a campaign is
-- changed under its account's lock, or a claim that is at work in it would wait for us.
create function private.broadcast_changes() returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  free_ids uuid[];
  changed record;
begin
  free_ids := array(
    select a.account_id from engine.accounts a
    -- by the two indexes of what changed: either of them in one condition would be asked of every account there is
    where a.account_id in (select c.account_id from engine.accounts c where c.changed_at is not null
      union select c.account_id from engine.campaigns c where c.changed_at is not null)
    for update skip locked);
  for changed in
    update engine.campaigns h set sent_at = moment, changed_at = null, changed_call_ids = '{}'
    from (select c.campaign_id, c.changed_call_ids from engine.campaigns c where c.account_id = any(free_ids)
      and c.changed_at is not null and (c.sent_at is null or c.sent_at < moment - interval '0.5 seconds') for update skip locked) due
    where h.campaign_id = due.campaign_id
    returning h.*, due.changed_call_ids as call_ids
  loop
    perform realtime.send(private.campaign_counts(changed.campaign_id) || jsonb_build_object('call_ids', to_jsonb(changed.call_ids)),
      'campaign_changed', 'campaign:' || changed.campaign_id, true);
    perform realtime.send(jsonb_build_object('campaign_id', changed.campaign_id, 'status', (select k.status from public.campaigns k where k.id = changed.campaign_id)),
      'campaign_changed', 'account:' || changed.account_id, true);
  end loop;
  for changed in
    update engine.accounts a set sent_at = moment, changed_at = null
    from (select c.account_id from engine.accounts c where c.account_id = any(free_ids)
      and c.changed_at is not null and (c.sent_at is null or c.sent_at < moment - interval '0.5 seconds') for update skip locked) due
    where a.account_id = due.account_id
    returning a.*
  loop
    perform realtime.send(jsonb_build_object('account_id', changed.account_id, 'balance_seconds', changed.balance_seconds,
      'reserved_seconds', changed.reserved_seconds, 'in_flight', changed.in_flight, 'noticed_at', changed.noticed_at,
      'team_changed_at', changed.team_changed_at), 'account_changed', 'account:' || changed.account_id, true);
  end loop;
end $$;

-- How long until the changes that broadcast_changes had to keep back may be sent; null when there are none. Rows that
-- somebody else holds may be due already: nobody should ask for them more often than this.
create function private.unsent_ms() returns int
language plpgsql stable set search_path = ''
as $$
begin
  return (select min(greatest(50, ceil(extract(epoch from kept.sent_at + interval '0.5 seconds' - private.now()) * 1000)))::int
  from (
    select c.sent_at from engine.campaigns c where c.changed_at is not null
    union all
    select a.sent_at from engine.accounts a where a.changed_at is not null
  ) kept);
end $$;

-- Why a running campaign with waiting contacts does not dial now; null while it does.
create function private.campaign_wait_reason(campaign_id uuid) returns public.wait_reason
language plpgsql stable set search_path = ''
as $$
begin
  return (select case
    when not h.is_active or h.waiting_count = 0 then null
    when a.is_held then 'account_held'::public.wait_reason
    when p.hold_until > private.now() then 'line_held'::public.wait_reason
    when lanes.is_short then 'no_minutes'
    when a.in_flight >= a.concurrency_max then 'no_slot'
    when a.wait_reason = 'daily_cap' and a.next_at > private.now() then 'daily_cap'
    when p.in_flight >= p.tokens then 'line_full'
    when not lanes.is_open then lanes.reason end
  from engine.campaigns h
  join engine.accounts a on a.account_id = h.account_id
  left join engine.provider_lines p on p.id = a.provider_line_id
  cross join lateral (
    select coalesce(bool_or(l.wait_reason = 'no_minutes'), false) as is_short, coalesce(bool_or(l.next_at is not null and l.wait_reason is null), false) as is_open,
      min(l.wait_reason) as reason
    from engine.lanes l where l.campaign_id = h.campaign_id
  ) lanes
  where h.campaign_id = campaign_wait_reason.campaign_id);
end $$;

-- A campaign's numbers, the same wherever they are shown.
create function private.campaign_counts(campaign_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('campaign_id', h.campaign_id, 'status', k.status, 'used_seconds', h.used_seconds, 'in_flight', h.in_flight,
    'wait_reason', private.campaign_wait_reason(h.campaign_id),
    'counters', jsonb_build_object('enrolled', h.waiting_count + h.calling_count + h.reached_count + h.exhausted_count + h.blocked_count + h.opted_out_count + h.removed_count,
      'waiting', h.waiting_count, 'calling', h.calling_count, 'reached', h.reached_count, 'exhausted', h.exhausted_count,
      'blocked', h.blocked_count, 'opted_out', h.opted_out_count, 'removed', h.removed_count))
  from engine.campaigns h join public.campaigns k on k.id = h.campaign_id
  where h.campaign_id = campaign_counts.campaign_id);
end $$;

-- Who may listen: members on their account's topic, people with the campaign on its topic, everybody on their own, the watcher on a
-- call's random topic.
create function private.may_listen(topic text) returns boolean
language sql stable security definer set search_path = ''
as $$
  -- Definer: watchers live in engine; the answer is about the current user only.
  select case split_part(may_listen.topic, ':', 1)
    when 'account' then private.as_uuid(split_part(may_listen.topic, ':', 2)) in (select private.account_ids('account.read'))
    when 'campaign' then private.as_uuid(split_part(may_listen.topic, ':', 2)) in (select private.campaign_ids('campaigns.read'))
    when 'user' then coalesce(private.as_uuid(split_part(may_listen.topic, ':', 2)) = private.proven_person(), false)
    when 'call' then exists (select from engine.call_watchers w where w.topic = private.as_uuid(split_part(may_listen.topic, ':', 2))
      and w.user_id = private.proven_person() and w.expires_at > private.now())
    else false end
$$;
grant execute on function private.may_listen(text) to authenticated;
create policy "People can listen where they may look" on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select private.may_listen((select realtime.topic()))));

-- Registers the current user as a watcher of a call for a minute; renewed while the page is open. Lines nobody watches are dropped, and a
-- verification is watched by nobody: it speaks a code.
create function private.watch_call(call_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  watched engine.call_watchers;
begin
  -- Definer: watchers live in engine; the permission is checked here.
  if not exists (select from public.calls c where c.id = watch_call.call_id and (c.campaign_id = any(array(select private.campaign_ids('calls.listen')))
    or (c.kind = 'test' and (c.started_by = auth.uid() or c.account_id = any(array(select private.account_ids('calls.listen'))))))) then
    perform private.raise_error('not_found', 'This call does not exist, or it belongs to another account.');
  end if;
  insert into engine.call_watchers as w (call_id, user_id, expires_at) values (watch_call.call_id, auth.uid(), private.now() + interval '60 seconds')
  on conflict on constraint call_watchers_pkey do update set expires_at = excluded.expires_at
  returning * into watched;
  return jsonb_build_object('topic', 'call:' || watched.topic, 'expires_at', watched.expires_at);
end $$;
grant execute on function private.watch_call(uuid) to authenticated;
create function public.watch_call(call_id uuid) returns jsonb
language sql set search_path = ''
return private.watch_call(watch_call.call_id);
grant execute on function public.watch_call(uuid) to authenticated;

-- Called by receive-call-event for a live line of a conversation: sent to whoever watches, kept by nobody.
create function private.relay_transcript(event jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: watchers live in engine, and only definer functions may send.
  call public.calls := private.find_event_call(private.as_uuid(event ->> 'attempt_id'), event ->> 'provider_call_id', private.as_uuid(event ->> 'connection_id'));
begin
  perform realtime.send(jsonb_build_object('call_id', call.id, 'role', event ->> 'role', 'text', event ->> 'text', 'is_final', (event ->> 'is_final')::boolean),
    'transcript', 'call:' || w.topic, true)
  from engine.call_watchers w where w.call_id = call.id and call.kind <> 'verification' and w.expires_at > private.now();
end $$;
grant execute on function private.relay_transcript(jsonb) to service_role;
create function public.relay_transcript(event jsonb) returns void
language sql set search_path = ''
return private.relay_transcript(relay_transcript.event);
grant execute on function public.relay_transcript(jsonb) to service_role;
