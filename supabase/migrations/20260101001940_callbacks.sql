-- What people do to one contact of a campaign: a call at a time the contact asked for, a call now, none any more.

-- Who asked for another call, when and for when: what stands behind every attempt beyond a campaign's limit. Never changed; it
-- goes with its campaign.
create table public.callbacks (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  campaign_id uuid not null references public.campaigns on delete cascade,
  enrolment_id uuid not null references public.enrolments on delete cascade,
  -- the conversation in which it was asked for; null when somebody noted it by hand
  call_id uuid,
  source text not null constraint source_is_known check (source in ('tool_call', 'analysis', 'hand')),
  -- the time the person wished; the call is made at the first moment from then on at which calling is allowed
  wished_at timestamptz not null,
  note text not null default '' constraint note_is_short check (char_length(note) <= 500),
  created_by uuid,
  created_at timestamptz not null default private.now()
);
create index callbacks_by_enrolment on public.callbacks (enrolment_id, id desc);
create index callbacks_by_campaign on public.callbacks (campaign_id);
create index callbacks_by_call on public.callbacks (call_id) where call_id is not null;
create index callbacks_by_account on public.callbacks (account_id);

grant select on public.callbacks to authenticated, service_role;
alter table public.callbacks enable row level security;
-- A note is a person's words about a contact.
create policy "Members who may see contacts can read what they asked for" on public.callbacks for select to authenticated
  using (campaign_id = any(array(select private.campaign_ids('contacts.read_personal'))));
create trigger callbacks_never_change before update or truncate on public.callbacks for each statement execute function private.refuse_change();

-- Why nobody can be promised another call here, or null.
create function private.callback_refusal(enrolment public.enrolments) returns text
language plpgsql stable set search_path = ''
as $$
begin
  if enrolment.status = 'opted_out' or exists (select from public.contacts p join public.do_not_call n on n.account_id = p.account_id and n.phone = p.phone
    where p.id = enrolment.contact_id) then
    return 'opted_out';
  elsif enrolment.status in ('blocked', 'removed') then
    return enrolment.status;
  elsif exists (select from public.campaigns k where k.id = enrolment.campaign_id and k.status in ('stopped', 'archived')) then
    return 'campaign_over';
  elsif exists (select from public.contacts p where p.id = enrolment.contact_id and (p.time_zone is null or p.replaced_by is not null)) then
    return 'blocked';
  end if;
  return null;
end $$;

-- Plans a call at the time the person asked for: at the head of its lane, beyond the number of attempts if need be, within
-- every calling time (law, account, campaign, wish). While a call runs it is kept and takes effect when that call is settled; a
-- call that is only reserved is taken back. Answers {is_scheduled, at, reason}; a refusal is a value, because an assistant must
-- say it in words. Called by a conversation's tool, by its analysis and by request_callback; the caller holds the account's
-- lock. Another time replaces the one before, the same again changes nothing.
create function private.schedule_callback(enrolment_id uuid, at timestamptz, source text, note text default '') returns jsonb
language plpgsql set search_path = ''
as $$
declare
  enrolment public.enrolments := (select e from public.enrolments e where e.id = schedule_callback.enrolment_id);
  contact public.contacts := (select p from public.contacts p where p.id = enrolment.contact_id);
  latest public.callbacks := (select b from public.callbacks b where b.enrolment_id = enrolment.id order by b.id desc limit 1);
  words text := left(coalesce(private.clean_text(schedule_callback.note), ''), 500);
  refusal text := private.callback_refusal(enrolment);
  due timestamptz;
begin
  if refusal is not null then
    return jsonb_build_object('is_scheduled', false, 'at', null, 'reason', refusal);
  elsif enrolment.callback_at is not null and (latest.wished_at, latest.source, latest.note) = (schedule_callback.at, schedule_callback.source, words) then
    return jsonb_build_object('is_scheduled', true, 'at', enrolment.callback_at, 'reason', null);
  end if;
  due := private.next_dial_at(enrolment.campaign_id, contact.time_zone, contact.region, greatest(schedule_callback.at, private.now()), null, contact);
  insert into public.callbacks (account_id, campaign_id, enrolment_id, call_id, source, wished_at, note, created_by)
  values (enrolment.account_id, enrolment.campaign_id, enrolment.id, case when schedule_callback.source <> 'hand' then (
      select c.id from public.calls c where c.enrolment_id = enrolment.id and c.dialled_at is not null order by c.dialled_at desc limit 1) end,
    schedule_callback.source, schedule_callback.at, words, auth.uid());
  update public.enrolments e set callback_at = due, status = case when e.status = 'calling' then e.status else 'waiting' end where e.id = enrolment.id;
  if enrolment.status = 'calling' then
    perform private.void_reserved(enrolment.account_id, array(
      select c.id from public.calls c where c.enrolment_id = enrolment.id and c.state = 'reserved' order by c.id for update));
  else
    perform private.requeue(enrolment, due);
  end if;
  perform private.log_activity(enrolment.account_id, 'enrolment.callback_planned', 'enrolment', enrolment.id, jsonb_build_object('at', due, 'source', schedule_callback.source));
  return jsonb_build_object('is_scheduled', true, 'at', due, 'reason', null);
end $$;

-- Puts an enrolment at the head of its lane, due at the given time, and lets a completed campaign go on for it.
create function private.requeue(enrolment public.enrolments, due timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign public.campaigns := (select k from public.campaigns k where k.id = enrolment.campaign_id);
begin
  delete from engine.dial_queue q where q.enrolment_id = enrolment.id;
  perform private.enqueue(enrolment.account_id, enrolment.campaign_id, jsonb_build_array(jsonb_build_object('enrolment_id', enrolment.id,
    'attempt_no', enrolment.attempts + 1, 'rank', 0, 'due_at', requeue.due)));
  if campaign.status = 'completed' then
    perform private.set_campaign_status(campaign, 'active', 'reopened');
  end if;
end $$;

-- The enrolment, once the account is locked and the person may do this in its campaign.
create function private.lock_enrolment(enrolment_id uuid, permission text) returns public.enrolments
language plpgsql set search_path = ''
as $$
declare
  enrolment public.enrolments := (select e from public.enrolments e where e.id = lock_enrolment.enrolment_id);
begin
  perform private.lock_campaign(enrolment.campaign_id, lock_enrolment.permission);
  return (select e from public.enrolments e where e.id = lock_enrolment.enrolment_id);
end $$;

-- Called by people who may edit the campaign's calls: local_time is the wall clock where the contact is, at most thirty days
-- ahead. Answers {at}: the first moment from then on at which calling is allowed.
create function private.request_callback(enrolment_id uuid, local_time text, note text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_enrolment checks the permission.
  enrolment public.enrolments := private.lock_enrolment(request_callback.enrolment_id, 'calls.edit');
  zone text := (select p.time_zone from public.contacts p where p.id = enrolment.contact_id);
  at timestamptz := private.read_moment(request_callback.local_time, coalesce(zone, 'UTC'));
  answer jsonb;
begin
  if at is null or at <= private.now() or at > private.now() + interval '30 days' then
    perform private.raise_invalid('local_time', 'range', 'Choose a time within the next thirty days.');
  elsif char_length(coalesce(request_callback.note, '')) > 500 then
    perform private.raise_invalid('note', 'length', 'Write at most 500 characters.');
  end if;
  answer := private.schedule_callback(enrolment.id, at, 'hand', request_callback.note);
  if not (answer ->> 'is_scheduled')::boolean then
    perform private.raise_error('conflict', case answer ->> 'reason' when 'opted_out' then 'This person asked not to be called again.'
      when 'campaign_over' then 'This campaign is over.' else 'This contact cannot be called in this campaign.' end, jsonb_build_object('reason', answer -> 'reason'));
  end if;
  perform private.broadcast_changes();
  return jsonb_build_object('at', answer -> 'at');
end $$;
grant execute on function private.request_callback(uuid, text, text) to authenticated;
create function public.request_callback(enrolment_id uuid, local_time text, note text default '') returns jsonb
language sql set search_path = ''
return private.request_callback(request_callback.enrolment_id, request_callback.local_time, request_callback.note);
grant execute on function public.request_callback(uuid, text, text) to authenticated;

-- Moves somebody who waits to the head of the lane, due now. Passes no cap, window, list or consent: the claim judges as ever.
create function private.call_now(enrolment_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_enrolment checks the permission.
  enrolment public.enrolments := private.lock_enrolment(call_now.enrolment_id, 'campaigns.run');
begin
  perform private.require_status((select k from public.campaigns k where k.id = enrolment.campaign_id), '{active}', 'hurried');
  if enrolment.status <> 'waiting' then
    perform private.raise_error('conflict', 'Only somebody who waits can be called now.', jsonb_build_object('status', enrolment.status),
      'Load the page again to see the newest state.');
  end if;
  perform private.requeue(enrolment, private.now());
  perform private.log_activity(enrolment.account_id, 'enrolment.called_now', 'enrolment', enrolment.id);
  perform private.broadcast_changes();
  return '{}';
end $$;
grant execute on function private.call_now(uuid) to authenticated;
create function public.call_now(enrolment_id uuid) returns jsonb
language sql set search_path = ''
return private.call_now(call_now.enrolment_id);
grant execute on function public.call_now(uuid) to authenticated;

-- Takes somebody out of a campaign: nobody dials them for it any more. A reserved call is voided; one that is under way must end
-- first, because its result belongs to the contact. Again changes nothing.
create function private.remove_enrolment(enrolment_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_enrolment checks the permission.
  enrolment public.enrolments := private.lock_enrolment(remove_enrolment.enrolment_id, 'campaigns.run');
begin
  perform private.void_reserved(enrolment.account_id, array(
    select c.id from public.calls c where c.enrolment_id = enrolment.id and c.state = 'reserved' order by c.id for update));
  select * into enrolment from public.enrolments e where e.id = enrolment.id;
  if enrolment.status = 'removed' then
    return '{}';
  elsif enrolment.status not in ('waiting', 'blocked') then
    perform private.raise_error('conflict', case enrolment.status when 'calling' then 'This contact is being called.' else 'Nothing more is planned for this contact.' end,
      jsonb_build_object('status', enrolment.status), case enrolment.status when 'calling' then 'Wait until the call is over.' end);
  end if;
  delete from engine.dial_queue q where q.enrolment_id = enrolment.id;
  update public.enrolments e set status = 'removed', reason = null where e.id = enrolment.id;
  perform private.log_activity(enrolment.account_id, 'enrolment.removed', 'enrolment', enrolment.id);
  perform private.complete_finished_campaigns(array[enrolment.campaign_id]);
  perform private.broadcast_changes();
  return '{}';
end $$;
grant execute on function private.remove_enrolment(uuid) to authenticated;
create function public.remove_enrolment(enrolment_id uuid) returns jsonb
language sql set search_path = ''
return private.remove_enrolment(remove_enrolment.enrolment_id);
grant execute on function public.remove_enrolment(uuid) to authenticated;
