-- Prepaid seconds: the hot account row that serialises every dial and every posting, and the ledger.

-- One narrow row per account. Its row lock makes every cap of the account exact: claim, settlement, purchases and
-- forbidding commands all take it first. fillfactor: it is updated all the time and should stay on its page.
create table engine.accounts (
  account_id uuid primary key references public.accounts on delete cascade,
  concurrency_max int not null constraint concurrency_is_positive check (concurrency_max > 0),
  -- the account is suspended or closed (accounts.status): nothing is claimed, bought by itself or launched; what is due stays due until it is over
  is_held boolean not null default false,
  in_flight int not null default 0 constraint in_flight_is_not_negative check (in_flight >= 0),
  balance_seconds bigint not null default 0,
  reserved_seconds bigint not null default 0 constraint reserved_is_not_negative check (reserved_seconds >= 0),
  ledger_version bigint not null default 0,
  -- What the balance was bought for, in millionths of the currency's unit: what a second of it costs on average is value ÷ balance.
  -- Free seconds came for nothing; who owes seconds owns no value.
  value_micros bigint not null default 0 constraint value_is_not_negative check (value_micros >= 0),
  first_increment_seconds int not null default 60,
  billing_increment_seconds int not null,
  -- the lowest level of the balance that the account was told of since it rose above it
  low_balance_level int,
  -- null = nothing to do, or waiting for something that will wake the account
  next_at timestamptz,
  wait_reason public.wait_reason,
  provider_line_id bigint,
  daily_cap int constraint daily_cap_is_positive check (daily_cap > 0),
  day date,
  dialled_on_day int not null default 0 constraint dialled_on_day_is_not_negative check (dialled_on_day >= 0),
  -- how far its campaigns have come: one that had nothing to do for a while goes on from here, without credit
  virtual_clock double precision not null default 0,
  changed_at timestamptz,
  sent_at timestamptz,
  -- when its people were last told something, or it was put away or over: pages that show notices read them again
  noticed_at timestamptz,
  -- when a membership last began, changed or ended: open pages ask anew what they may do
  team_changed_at timestamptz,
  -- when mails about notices were last queued: the next wait for a while
  notices_mailed_at timestamptz,
  constraint who_owes_owns_no_value check (balance_seconds > 0 or value_micros = 0)
) with (fillfactor = 50);
create index accounts_due on engine.accounts (next_at) where next_at is not null and not is_held;
create index accounts_short_of_minutes on engine.accounts (account_id) where wait_reason = 'no_minutes';
create index accounts_by_line on engine.accounts (provider_line_id);
create index accounts_changed on engine.accounts (changed_at) where changed_at is not null;

-- Every movement of seconds, for ever. Only private.post_entries and settlement write here.
create table public.ledger_entries (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  account_version bigint not null,
  kind public.ledger_kind not null,
  delta_seconds bigint not null constraint delta_moves_something check (delta_seconds <> 0),
  balance_after bigint not null,
  -- how much of the balance's value came or went with the seconds; a call's price is what its consume took
  value_micros bigint not null default 0,
  call_id uuid,
  order_id uuid references public.orders,
  ref text,
  note text,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  constraint versions_are_gap_free unique (account_id, account_version),
  constraint consume_takes_from_a_call check (kind <> 'consume' or (call_id is not null and delta_seconds < 0))
);
create unique index ledger_one_consume_per_call on public.ledger_entries (call_id) where kind = 'consume';
create unique index ledger_one_entry_per_fact on public.ledger_entries (kind, ref) where ref is not null;
create index ledger_by_order on public.ledger_entries (order_id) where order_id is not null;

grant select on public.ledger_entries to authenticated, service_role;
alter table engine.accounts enable row level security;
alter table public.ledger_entries enable row level security;
create policy "Nobody reads the engine through the API" on engine.accounts for all using (false);
create policy "Members with the right can read the ledger of their account" on public.ledger_entries for select to authenticated
  using (account_id = any(array(select private.account_ids('billing.read'))));

-- Written once, never changed: a correction is a new line.
create function private.refuse_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger ledger_entries_are_append_only before update or truncate on public.ledger_entries
  for each statement execute function private.refuse_change();
-- A line goes only with its whole account; who asked not to be called also with an account that is erased, and with their own erasure.
create function private.refuse_single_delete() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if exists (select from public.accounts a where a.id = old.account_id) and not (tg_table_name = 'do_not_call_history'
    and (private.is_erasing(old.account_id) or private.is_erased_number(old.account_id, to_jsonb(old) ->> 'phone'))) then
    raise exception '% is append-only', tg_table_name;
  end if;
  return old;
end $$;
create trigger ledger_entries_are_never_deleted before delete on public.ledger_entries
  for each row execute function private.refuse_single_delete();
-- The log stays even when the account goes.
create trigger activity_log_is_append_only before update or delete or truncate on public.activity_log
  for each statement execute function private.refuse_change();

-- Takes the account's lock for the rest of the transaction; everything the command reads it reads afterwards.
-- Request paths wait two seconds at most and then say so, instead of running into the statement limit.
create function private.lock_account(account_id uuid) returns engine.accounts
language plpgsql set search_path = ''
as $$
declare
  locked engine.accounts;
begin
  set local lock_timeout = '2s';
  select * into locked from engine.accounts a where a.account_id = lock_account.account_id for update;
  if not found then
    perform private.raise_error('not_found', 'This does not exist, or it belongs to another account.');
  end if;
  return locked;
exception when lock_not_available then
  perform private.raise_error('unavailable', 'The account is busy.', null, 'Try again in a moment.');
end $$;

-- The part of a balance's value that goes with some of its seconds: their share, all of it with the last of them, never more than
-- there is. Of several takings one after the other each gets the difference of the running shares, so that nothing is lost to rounding.
create function private.share_of(value_micros bigint, seconds bigint, balance_seconds bigint) returns bigint
language plpgsql immutable set search_path = ''
as $$
begin
  return case when balance_seconds <= 0 or seconds >= balance_seconds then value_micros
    else floor(value_micros::numeric * seconds / balance_seconds)::bigint end;
end $$;

-- What seconds that come in add to the value. Whoever owed seconds pays them with a purchase first: they were used at a price of
-- their own, and what is left is worth its part of the money. While seconds are owed there is no value.
create function private.value_gained(kind public.ledger_kind, value_micros bigint, delta_seconds bigint, balance_after bigint) returns bigint
language plpgsql immutable set search_path = ''
as $$
begin
  return case when balance_after <= 0 then 0
    when value_gained.kind = 'purchase' and balance_after < delta_seconds then floor(value_gained.value_micros::numeric * balance_after / delta_seconds)::bigint
    else value_gained.value_micros end;
end $$;

-- Posts one movement that is not a call's (grant, purchase, refund, dispute, adjust, expire) under the account's lock and
-- wakes the account when it gained. What takes seconds takes their share of the value; what brings them says what they are worth.
-- The same (kind, ref) again changes nothing and answers false.
create function private.post_entry(account_id uuid, kind public.ledger_kind, delta_seconds bigint, ref text, note text default null,
  order_id uuid default null, value_micros bigint default 0, actor uuid default auth.uid()) returns boolean
language plpgsql set search_path = ''
as $$
#variable_conflict use_column
declare
  account engine.accounts := private.lock_account(post_entry.account_id);
  moved bigint := case when post_entry.delta_seconds < 0
    then -private.share_of(account.value_micros, -post_entry.delta_seconds, account.balance_seconds)
    else private.value_gained(post_entry.kind, post_entry.value_micros, post_entry.delta_seconds, account.balance_seconds + post_entry.delta_seconds) end;
begin
  insert into public.ledger_entries (account_id, account_version, kind, delta_seconds, balance_after, value_micros, ref, note, order_id, created_by)
  values (account.account_id, account.ledger_version + 1, post_entry.kind, post_entry.delta_seconds,
    account.balance_seconds + post_entry.delta_seconds, moved, post_entry.ref, post_entry.note, post_entry.order_id, post_entry.actor)
  on conflict (kind, ref) where ref is not null do nothing;
  if not found then
    return false;
  end if;
  update engine.accounts a
  set balance_seconds = a.balance_seconds + post_entry.delta_seconds, value_micros = a.value_micros + moved,
    ledger_version = a.ledger_version + 1, changed_at = private.now(),
    next_at = case when post_entry.delta_seconds > 0 then least(a.next_at, private.now()) else a.next_at end
  where a.account_id = post_entry.account_id;
  perform private.log_activity(post_entry.account_id, 'ledger.' || post_entry.kind, 'account', post_entry.account_id,
    jsonb_build_object('delta_seconds', post_entry.delta_seconds, 'ref', post_entry.ref));
  perform private.tell_balance(post_entry.account_id);
  return true;
end $$;
