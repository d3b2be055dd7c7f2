-- Prepaid seconds: the hot account row that serialises every dial and every posting, and the ledger.

-- One narrow row per account. Its row lock makes every cap of the account exact: claim, settlement, purchases and
-- forbidding commands all take it first. fillfactor: it is updated all the time and should stay on its page.
create table engine.accounts (
  account_id uuid primary key references public.accounts on delete cascade,
  concurrency_max int not null constraint concurrency_is_positive check (concurrency_max > 0),
  in_flight int not null default 0 constraint in_flight_is_not_negative check (in_flight >= 0),
  balance_seconds bigint not null default 0,
  reserved_seconds bigint not null default 0 constraint reserved_is_not_negative check (reserved_seconds >= 0),
  ledger_version bigint not null default 0,
  billing_increment_seconds int not null,
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
  sent_at timestamptz
) with (fillfactor = 50);
create index accounts_due on engine.accounts (next_at) where next_at is not null;
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
  call_id uuid,
  ref text,
  note text,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  constraint versions_are_gap_free unique (account_id, account_version),
  constraint consume_takes_from_a_call check (kind <> 'consume' or (call_id is not null and delta_seconds < 0))
);
create unique index ledger_one_consume_per_call on public.ledger_entries (call_id) where kind = 'consume';
create unique index ledger_one_entry_per_fact on public.ledger_entries (kind, ref) where ref is not null;

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
-- A line goes only with its whole account.
create function private.refuse_single_delete() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if exists (select from public.accounts a where a.id = old.account_id) then
    raise exception '% is append-only', tg_table_name;
  end if;
  return old;
end $$;
create trigger ledger_entries_are_never_deleted before delete on public.ledger_entries
  for each row execute function private.refuse_single_delete();
create trigger activity_log_is_append_only before update or truncate on public.activity_log
  for each statement execute function private.refuse_change();
create trigger activity_log_is_never_deleted before delete on public.activity_log
  for each row execute function private.refuse_single_delete();

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

-- Posts one movement that is not a call's (grant, purchase, refund, dispute, adjust, expire) under the account's lock and
-- wakes the account when it gained. The same (kind, ref) again changes nothing and answers false.
create function private.post_entry(account_id uuid, kind public.ledger_kind, delta_seconds bigint, ref text, note text default null) returns boolean
language plpgsql set search_path = ''
as $$
#variable_conflict use_column
declare
  account engine.accounts := private.lock_account(post_entry.account_id);
begin
  insert into public.ledger_entries (account_id, account_version, kind, delta_seconds, balance_after, ref, note, created_by)
  values (account.account_id, account.ledger_version + 1, post_entry.kind, post_entry.delta_seconds,
    account.balance_seconds + post_entry.delta_seconds, post_entry.ref, post_entry.note, auth.uid())
  on conflict (kind, ref) where ref is not null do nothing;
  if not found then
    return false;
  end if;
  update engine.accounts a
  set balance_seconds = a.balance_seconds + post_entry.delta_seconds, ledger_version = a.ledger_version + 1, changed_at = private.now(),
    next_at = case when post_entry.delta_seconds > 0 then least(a.next_at, private.now()) else a.next_at end
  where a.account_id = post_entry.account_id;
  perform private.log_activity(post_entry.account_id, 'ledger.' || post_entry.kind, 'account', post_entry.account_id,
    jsonb_build_object('delta_seconds', post_entry.delta_seconds, 'ref', post_entry.ref));
  return true;
end $$;
