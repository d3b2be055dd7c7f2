-- Calls that a person asks for right now, to their own phone: a test call with a version of an assistant, or the call that speaks a
-- code (own_numbers.sql). They take a slot of account and line like every other call, and from the dial on nothing is special about them.

-- A refusal with a word for the page, which says what to do about it.
create function private.refuse_asked(reason text, message text, hint text default null) returns void
language sql set search_path = ''
return private.raise_error('conflict', refuse_asked.message, jsonb_build_object('reason', refuse_asked.reason), refuse_asked.hint);

-- Whether a number may be called because somebody asks for it: dialling is on, the number is not on the list and none of ours. The caller holds
-- the account's lock, so that an opt-out is before or after.
create function private.check_asked_number(account_id uuid, phone text) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if not (select s.enabled from engine.settings s) then
    perform private.refuse_asked('switched_off', 'Dialling is switched off for everybody right now.', 'Try again later.');
  elsif exists (select from public.do_not_call d where d.account_id = check_asked_number.account_id and d.phone = check_asked_number.phone) then
    perform private.refuse_asked('do_not_call', 'This number is on your do-not-call list.', 'An owner or admin can take it off the list.');
  elsif exists (select from public.phone_numbers n where n.e164 = check_asked_number.phone and n.removed_at is null and (n.account_id is null or n.account_id = check_asked_number.account_id)) then
    perform private.raise_invalid('phone', 'our_own', 'This is a number that calls come from.');
  end if;
end $$;

-- Writes the call and takes its slots and seconds. The caller holds the account's lock; the line is taken after it, as everywhere. A number
-- that is in another call of the account is refused: a person is never in two. {call_id, dial_in_ms}.
create function private.place_asked_call(account engine.accounts, kind public.call_kind, phone text, seconds int, version_id uuid default null, tried_campaign_id uuid default null)
returns jsonb
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  today date := (moment at time zone (select k.time_zone from public.accounts k where k.id = account.account_id))::date;
  is_test boolean := place_asked_call.kind = 'test';
  line engine.provider_lines;
  placed public.calls;
begin
  if account.in_flight >= account.concurrency_max then
    perform private.refuse_asked('no_slot', 'As many calls are running as your account may make at once.', 'Try again in a minute.');
  end if;
  select l.* into line from engine.provider_lines l
  where l.id = case when place_asked_call.kind = 'verification' then private.platform_line() else account.provider_line_id end for no key update;
  if line.hold_until > moment then
    perform private.refuse_asked('line_held', 'The provider takes no calls right now.', 'Try again in a few minutes.');
  elsif line.id is null or private.line_room(line.id, moment) < 1 then
    perform private.refuse_asked('line_full', 'The line is busy with other calls.', 'Try again in a minute.');
  end if;
  insert into public.calls (account_id, kind, assistant_version_id, phone_number_id, provider_line_id, phone, reserved_seconds, first_increment_seconds,
    billing_increment_seconds, lease_until, dial_at, rule_version, account_day, started_by, tried_campaign_id)
  select account.account_id, place_asked_call.kind, version_id, line.phone_number_id, line.id, place_asked_call.phone, seconds, account.first_increment_seconds,
    account.billing_increment_seconds, d.dial_at + interval '30 seconds', d.dial_at, s.rule_version, case when is_test then today end, auth.uid(), place_asked_call.tried_campaign_id
  from engine.settings s cross join (select greatest(line.next_dial_at, moment) as dial_at) d
  on conflict do nothing
  returning * into placed;
  if placed.id is null then
    perform private.refuse_asked('in_other_call', 'This number is being called right now.', 'Wait until that call is over.');
  end if;
  update engine.accounts a set in_flight = a.in_flight + 1, reserved_seconds = a.reserved_seconds + seconds, changed_at = moment,
    day = case when is_test then today else a.day end,
    dialled_on_day = case when not is_test then a.dialled_on_day when a.day = today then a.dialled_on_day + 1 else 1 end
  where a.account_id = account.account_id;
  update engine.provider_lines l set in_flight = l.in_flight + 1, next_dial_at = placed.dial_at + make_interval(secs => 1 / l.calls_per_second) where l.id = line.id;
  return jsonb_build_object('call_id', placed.id, 'dial_in_ms', ceil(extract(epoch from placed.dial_at - moment) * 1000));
end $$;

-- Test calls to a number in the last day, of whatever account; what was never dialled for reasons of our own is none.
create function private.tests_since_yesterday(phone text) returns int
language sql stable set search_path = ''
as $$
  select count(*)::int from public.calls c
  where c.phone = tests_since_yesterday.phone and c.kind = 'test' and c.is_counted and c.created_at > private.now() - interval '1 day'
$$;

-- The page asks to be called by an assistant: place-test-call dials at once. For people with calls.test, to their own verified number, twenty
-- times a day, within the account's minutes and its calls a day. Windows and caps are for people who did not ask; the call counts in
-- the caps of later ones. With a campaign of the assistant it speaks as that campaign will.
create function private.request_test_call(assistant_version_id uuid, phone text, campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  version public.assistant_versions := (select v from public.assistant_versions v where v.id = request_test_call.assistant_version_id);
  account engine.accounts;
  seconds int;
begin
  -- Definer: people have no write grant on calls; the permission is checked here.
  perform private.require_permission(version.account_id, 'calls.test');
  if request_test_call.campaign_id is not null and not exists (select from public.campaigns k
    where k.id = request_test_call.campaign_id and k.account_id = version.account_id and k.assistant_id = version.assistant_id) then
    perform private.raise_error('not_found', 'This campaign does not exist, or it has another assistant.');
  end if;
  perform private.take_turns_at(request_test_call.phone);
  if not exists (select from public.own_numbers o where o.user_id = auth.uid() and o.phone = request_test_call.phone) then
    perform private.refuse_asked('not_verified', 'Test calls go to your own number only.', 'Verify it first.');
  elsif exists (select from public.assistants a where a.id = version.assistant_id and a.archived_at is not null) then
    perform private.refuse_asked('archived', 'This assistant is archived.', 'Restore it first.');
  elsif private.tests_since_yesterday(request_test_call.phone) >= 20 then
    perform private.raise_error('rate_limited', 'Twenty test calls a day to a number.', '{"reason": "tests"}');
  end if;
  account := private.lock_account(version.account_id);
  perform private.check_asked_number(account.account_id, request_test_call.phone);
  seconds := private.round_up(version.maximum_seconds, account.first_increment_seconds, account.billing_increment_seconds);
  if account.balance_seconds - account.reserved_seconds < seconds then
    perform private.raise_error('insufficient_minutes', 'There are not enough minutes for a call of this length.', jsonb_build_object('reason', 'no_minutes',
      'spendable_seconds', greatest(0, account.balance_seconds - account.reserved_seconds), 'needed_seconds', seconds), 'Top up, or shorten the longest call.');
  elsif private.account_day_left(account, (private.now() at time zone (select k.time_zone from public.accounts k where k.id = account.account_id))::date) <= 0 then
    perform private.refuse_asked('daily_cap', 'Your account has made as many calls today as it may.', 'Try again tomorrow, or raise the limit in the calling rules.');
  end if;
  return private.announce(private.place_asked_call(account, 'test', request_test_call.phone, seconds, version.id, request_test_call.campaign_id));
end $$;
grant execute on function private.request_test_call(uuid, text, uuid) to authenticated;
create function public.request_test_call(assistant_version_id uuid, phone text, campaign_id uuid default null) returns jsonb
language sql set search_path = ''
return private.request_test_call(request_test_call.assistant_version_id, request_test_call.phone, request_test_call.campaign_id);
grant execute on function public.request_test_call(uuid, text, uuid) to authenticated;

-- The version that a test of an assistant calls with: the draft as it stands, kept as a version that no campaign takes, or the newest
-- published one where there is no draft or uses_draft is false. The same words are kept once. {assistant_version_id}.
create function private.keep_test_version(assistant_id uuid, uses_draft boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = keep_test_version.assistant_id);
  published public.assistant_versions := private.current_version(assistant.id);
  kept public.assistant_versions;
begin
  -- Definer: people have no write grant on the tables; the permission is checked here.
  perform private.require_permission(assistant.account_id, 'calls.test');
  select a.* into assistant from public.assistants a where a.id = keep_test_version.assistant_id for update;
  if assistant.draft is null or not keep_test_version.uses_draft then
    if published.id is null then
      perform private.refuse_asked('not_published', 'This assistant has no version yet.', 'Publish it, or test its draft in the editor.');
    end if;
    return jsonb_build_object('assistant_version_id', published.id);
  end if;
  perform private.check_assistant(assistant.draft);
  select v.* into kept from public.assistant_versions v
  where v.assistant_id = assistant.id and v.version is null and private.assistant_content(v) = assistant.draft limit 1;
  if not found then
    kept := jsonb_populate_record(null::public.assistant_versions, assistant.draft || jsonb_build_object('id', gen_random_uuid(), 'account_id', assistant.account_id,
      'assistant_id', assistant.id, 'note', '', 'created_by', auth.uid(), 'created_at', private.now()));
    insert into public.assistant_versions select kept.*;
  end if;
  return jsonb_build_object('assistant_version_id', kept.id);
end $$;
grant execute on function private.keep_test_version(uuid, boolean) to authenticated;
create function public.keep_test_version(assistant_id uuid, uses_draft boolean default true) returns jsonb
language sql set search_path = ''
return private.keep_test_version(keep_test_version.assistant_id, keep_test_version.uses_draft);
grant execute on function public.keep_test_version(uuid, boolean) to authenticated;

-- Why a call that somebody asked for may not be dialled after all: what can have changed since it was placed.
create function private.judge_asked_call(call public.calls, at timestamptz) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return case
    when not (select s.enabled from engine.settings s) then 'switched_off'
    when (select a.is_held from engine.accounts a where a.account_id = call.account_id) then 'account_held'
    when exists (select from public.do_not_call d where d.account_id = call.account_id and d.phone = call.phone) then 'do_not_call'
    when exists (select from engine.provider_lines l where l.id = call.provider_line_id and l.hold_until > judge_asked_call.at) then 'line_held'
    when call.kind = 'test' and not exists (select from public.own_numbers o where o.user_id = call.started_by and o.phone = call.phone) then 'not_verified' end;
end $$;

-- begin_dial for a call that somebody asked for; the caller holds the call's row and has seen it reserved. A refused one is given up:
-- nobody waits in a queue for it. Where somebody else holds the account it ends with its lease.
create function private.begin_asked_call(call public.calls, moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  if private.judge_asked_call(call, moment) is not null then
    perform from engine.accounts a where a.account_id = call.account_id for update skip locked;
    if found then
      perform private.void_reserved(call.account_id, array[call.id]);
    end if;
    return null;
  end if;
  update public.calls c set state = 'dialing', dialled_at = moment, lease_until = moment + interval '60 seconds' where c.id = call.id;
  return case when call.kind = 'verification' then private.code_order(call) else private.dial_order(call.id) end;
end $$;
