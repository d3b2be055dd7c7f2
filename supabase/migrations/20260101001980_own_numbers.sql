-- A person's own phone number: the only one that test calls go to. It is verified by a short call that speaks a code, which costs the
-- account nothing. The call goes the way of every other one, so that it is dialled once at most and never gets stuck.

create table public.own_numbers (
  user_id uuid primary key references auth.users on delete cascade,
  phone text not null constraint own_number_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  verified_at timestamptz not null default private.now()
);
create index own_numbers_by_phone on public.own_numbers (phone);

-- One try to verify a number. Only a person's newest one can still be answered.
create table engine.number_checks (
  id bigint generated always as identity primary key,
  user_id uuid not null references auth.users on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  call_id uuid not null references public.calls on delete cascade,
  phone text not null,
  -- of the code, which is made at the instant of dialling and kept nowhere; null: nothing was spoken yet
  code_digest bytea,
  wrong_guesses int not null default 0 constraint guesses_are_few check (wrong_guesses between 0 and 5),
  expires_at timestamptz not null,
  verified_at timestamptz,
  created_at timestamptz not null default private.now()
);
create index number_checks_by_user on engine.number_checks (user_id, id desc);
create index number_checks_by_phone on engine.number_checks (phone, created_at);
create index number_checks_by_account on engine.number_checks (account_id);
create unique index number_checks_one_per_call on engine.number_checks (call_id);

grant select on public.own_numbers to authenticated, service_role;
alter table public.own_numbers enable row level security;
alter table engine.number_checks enable row level security;
create policy "People can see their own number" on public.own_numbers for select to authenticated using (user_id = (select private.proven_person()));
create policy "Nobody reads the engine through the API" on engine.number_checks for all using (false);

-- Commands about one number take turns, whatever accounts they come from, so that what is counted by number is exact. Before the
-- account's lock, everywhere.
create function private.take_turns_at(name text) returns void
language sql set search_path = ''
return pg_advisory_xact_lock(hashtextextended('own_number:' || take_turns_at.name, 0));

-- How many tries a person, or a number, has had in the last day. What was never dialled for reasons of our own is none.
create function private.checks_since_yesterday(user_id uuid, phone text) returns table (tries int, next_at timestamptz)
language sql stable set search_path = ''
as $$
  select count(*)::int, (array_agg(k.created_at order by k.created_at desc))[3] + interval '1 day'
  from engine.number_checks k join public.calls c on c.id = k.call_id
  where (k.user_id = checks_since_yesterday.user_id or k.phone = checks_since_yesterday.phone)
    and k.created_at > private.now() - interval '1 day' and c.is_counted
$$;

-- The page has the person called with a code: place-test-call dials at once. Three tries a day, for the person and for the number, so
-- that nobody can have somebody else rung again and again. {call_id, dial_in_ms}.
create function private.request_number_check(account_id uuid, phone text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account engine.accounts;
  past record;
  placed jsonb;
begin
  -- Definer: people have no write grant on calls; the permission is checked here.
  perform private.require_permission(request_number_check.account_id, 'calls.test');
  if not coalesce(private.is_phone(request_number_check.phone), false) then
    perform private.raise_invalid('phone', 'invalid_number', 'Write the number with its country code, such as +12025550101.');
  end if;
  perform private.take_turns_at(auth.uid()::text);
  perform private.take_turns_at(request_number_check.phone);
  select * into past from private.checks_since_yesterday(auth.uid(), request_number_check.phone);
  if past.tries >= 3 then
    perform private.raise_error('rate_limited', 'Three calls with a code a day, for you and for a number.', jsonb_build_object('reason', 'tries', 'next_at', past.next_at));
  end if;
  account := private.lock_account(request_number_check.account_id);
  perform private.check_asked_number(account.account_id, request_number_check.phone);
  placed := private.place_asked_call(account, 'verification', request_number_check.phone, 0);
  insert into engine.number_checks (user_id, account_id, call_id, phone, expires_at)
  values (auth.uid(), account.account_id, (placed ->> 'call_id')::uuid, request_number_check.phone, private.now() + interval '10 minutes');
  return private.announce(placed);
end $$;
grant execute on function private.request_number_check(uuid, text) to authenticated;
create function public.request_number_check(account_id uuid, phone text) returns jsonb
language sql set search_path = ''
return private.request_number_check(request_number_check.account_id, request_number_check.phone);
grant execute on function public.request_number_check(uuid, text) to authenticated;

-- Under a secret of this installation: whoever reads the table alone cannot try out a million codes.
create function private.code_digest(check_id bigint, code text) returns bytea
language sql stable set search_path = ''
return extensions.hmac(code_digest.check_id || ':' || code_digest.code, (select s.link_secret from engine.settings s), 'sha256');

-- Compared to the last byte whatever differs, so that the time it takes tells nothing.
create function private.is_same_digest(one bytea, other bytea) returns boolean
language sql immutable set search_path = ''
return coalesce((select bit_or(get_byte(one, i) # get_byte(other, i)) = 0 from generate_series(0, 31) i), false);

-- What the platform says in a verification, as an order like every other. The code is made here, as the dial begins, and only its
-- digest stays. It is never left on an answering machine, and the call ends with the last word.
create function private.code_order(call public.calls) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  random bytea := extensions.gen_random_bytes(6);
  code text := lpad((('x' || encode(random, 'hex'))::bit(48)::bigint % 1000000)::text, 6, '0');
  spoken text := array_to_string(string_to_array(code, null), ', ');
begin
  update engine.number_checks k set code_digest = private.code_digest(k.id, code) where k.call_id = call.id;
  return (select jsonb_build_object('call_id', call.id, 'attempt_id', call.attempt_id, 'to', call.phone,
    'from', jsonb_build_object('provider', n.provider, 'provider_ref', n.provider_ref, 'connection_id', private.connection_of(call.provider_line_id)),
    'contact', '{"name": null, "company": null, "email": null, "phone": null, "attributes": null}'::jsonb,
    'assistant', private.empty_assistant() || jsonb_build_object('name', 'Verification', 'voice_provider', v.provider, 'voice_ref', v.provider_ref,
      'model_provider', m.provider, 'model_ref', m.provider_ref, 'end_phrase', 'Goodbye',
      'greeting', format('Hello, this is Outdial. Your code is: %s. Once more: %s. If you did not ask for it, you need not do anything. Goodbye.', spoken, spoken),
      'instructions', 'You only read out a code. Answer no questions.'),
    'disclosures', '{"caller": "", "ai": "", "recording": "", "opt_out": ""}'::jsonb,
    -- A code says nothing of anybody's health, whatever the account.
    'local_time', null, 'account_name', 'Outdial', 'is_hipaa', false, 'maximum_seconds', 45, 'record_calls', false)
  from public.phone_numbers n cross join public.voices v cross join public.assistant_models m
  where n.id = call.phone_number_id and v.id = private.empty_assistant() ->> 'voice_id' and m.id = private.empty_assistant() ->> 'model_id');
end $$;

-- The person types what they heard. A wrong guess is an answer, not an error: it has to be remembered. {is_verified, guesses_left}.
create function private.confirm_own_number(code text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  asked engine.number_checks;
begin
  -- Definer: checks live in engine; it is about the current user alone.
  perform private.require_proven_session();
  select k.* into asked from engine.number_checks k where k.user_id = auth.uid() order by k.id desc limit 1 for update;
  if asked.id is null or asked.verified_at is not null then
    perform private.refuse_asked('no_check', 'No code is waited for.', 'Let us call you with a new one.');
  elsif asked.expires_at <= private.now() then
    perform private.refuse_asked('expired', 'This code is too old.', 'Let us call you with a new one.');
  elsif asked.wrong_guesses >= 5 then
    perform private.refuse_asked('too_many_guesses', 'This code was typed wrongly five times.', 'Let us call you with a new one.');
  end if;
  if not private.is_same_digest(asked.code_digest, private.code_digest(asked.id, regexp_replace(confirm_own_number.code, '\D', '', 'g'))) then
    update engine.number_checks k set wrong_guesses = k.wrong_guesses + 1 where k.id = asked.id;
    return jsonb_build_object('is_verified', false, 'guesses_left', 4 - asked.wrong_guesses);
  end if;
  update engine.number_checks k set verified_at = private.now() where k.id = asked.id;
  insert into public.own_numbers as o (user_id, phone) values (auth.uid(), asked.phone)
  on conflict (user_id) do update set phone = excluded.phone, verified_at = private.now();
  perform private.log_activity(asked.account_id, 'own_number.verified', 'member', auth.uid());
  return jsonb_build_object('is_verified', true, 'guesses_left', null);
end $$;
grant execute on function private.confirm_own_number(text) to authenticated;
create function public.confirm_own_number(code text) returns jsonb
language sql set search_path = ''
return private.confirm_own_number(confirm_own_number.code);
grant execute on function public.confirm_own_number(text) to authenticated;

-- Forgets the person's number and what was asked about it; a second time changes nothing.
create function private.remove_own_number() returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; it is about the current user alone. The tries stay, because they are counted.
  perform private.require_proven_session();
  delete from public.own_numbers o where o.user_id = auth.uid();
  update engine.number_checks k set expires_at = least(k.expires_at, private.now()) where k.user_id = auth.uid();
end $$;
grant execute on function private.remove_own_number() to authenticated;
create function public.remove_own_number() returns void
language sql set search_path = ''
return private.remove_own_number();
grant execute on function public.remove_own_number() to authenticated;

-- The person's number, how many test calls it has left today and the one that is running, and the check that is waited for, with where
-- its call stands.
create function private.own_number() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: checks live in engine; it is about the current user alone.
  mine public.own_numbers := (select o from public.own_numbers o where o.user_id = auth.uid());
  past record;
begin
  perform private.require_proven_session();
  select * into past from private.checks_since_yesterday(auth.uid(), null);
  return jsonb_build_object('phone', mine.phone, 'verified_at', mine.verified_at,
    'tests_left', case when mine.phone is not null then greatest(0, 20 - private.tests_since_yesterday(mine.phone)) end,
    'running_call_id', (select c.id from public.calls c where c.phone = mine.phone and c.kind = 'test' and c.started_by = auth.uid() and c.settled_at is null limit 1),
    'is_in_code_call', exists (select from public.calls c where c.phone = mine.phone and c.kind = 'verification' and c.settled_at is null),
    'tries_left', greatest(0, 3 - past.tries), 'next_try_at', case when past.tries >= 3 then past.next_at end,
    'check', (select jsonb_build_object('phone', k.phone, 'expires_at', k.expires_at, 'guesses_left', 5 - k.wrong_guesses, 'state', c.state,
        'outcome', c.outcome, 'is_spoken', c.started_at is not null)
      from (select n.* from engine.number_checks n where n.user_id = auth.uid() order by n.id desc limit 1) k join public.calls c on c.id = k.call_id
      where k.verified_at is null and k.expires_at > private.now() and k.wrong_guesses < 5));
end $$;
grant execute on function private.own_number() to authenticated;
create function public.own_number() returns jsonb
language sql stable set search_path = ''
return private.own_number();
grant execute on function public.own_number() to authenticated;
