-- Numbers we call from, the provider's line behind them, and the installation's switches.

-- account_id null = the platform's number.
create table public.phone_numbers (
  id uuid primary key default gen_random_uuid(),
  account_id uuid references public.accounts on delete cascade,
  e164 text not null constraint e164_is_a_number check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
  label text not null default '',
  provider text not null,
  provider_ref text not null,
  created_at timestamptz not null default private.now(),
  -- nothing new is called from it; calls that were stay tied to it
  removed_at timestamptz
);
create unique index phone_numbers_once on public.phone_numbers (provider, provider_ref) where removed_at is null;
create index phone_numbers_by_account on public.phone_numbers (account_id);

-- A line is what a provider limits: calls at once and calls a second. One per account: its own key or the platform's.
create table engine.provider_lines (
  id bigint generated always as identity primary key,
  account_id uuid references public.accounts on delete cascade,
  phone_number_id uuid not null references public.phone_numbers,
  concurrency_max int not null,
  in_flight int not null default 0 constraint in_flight_is_not_negative check (in_flight >= 0),
  calls_per_second real not null constraint rate_is_positive check (calls_per_second > 0),
  -- Calls the line may carry now: falls when the provider refuses for capacity, grows back by one every ten seconds.
  tokens int not null constraint tokens_are_within_the_cap check (tokens between 1 and concurrency_max),
  refilled_at timestamptz not null default private.now(),
  -- When the line may start its next call; each claimed call moves it by 1/rate.
  next_dial_at timestamptz not null default private.now(),
  hold_reason text,
  hold_until timestamptz,
  constraint a_hold_has_reason_and_end check ((hold_reason is null) = (hold_until is null))
);
create index provider_lines_by_account on engine.provider_lines (account_id);
create index provider_lines_by_number on engine.provider_lines (phone_number_id);
alter table engine.accounts add constraint account_uses_a_line foreign key (provider_line_id) references engine.provider_lines;

-- One row. enabled = false stops all dialling at once.
create table engine.settings (
  id boolean primary key default true constraint there_is_one_row check (id),
  enabled boolean not null default true,
  rule_version int not null default 1,
  -- whether the payments provider's keys are for real money: events of the other world are refused
  payments_are_live boolean not null default false,
  -- who issues the invoices: {name, address_lines, tax_number, email}
  seller jsonb not null default '{"name": "Outdial", "address_lines": []}',
  -- what links in mails are signed with; another one makes the links in old mails worthless
  link_secret text not null default gen_random_uuid()::text || gen_random_uuid()::text,
  -- what the numbers of erased people are digested with (erased_numbers); with another one they would be strangers again
  number_secret text not null default gen_random_uuid()::text || gen_random_uuid()::text
);
insert into engine.settings default values;

grant select on public.phone_numbers to authenticated, service_role;
alter table public.phone_numbers enable row level security;
alter table engine.provider_lines enable row level security;
alter table engine.settings enable row level security;
create policy "Members can view their numbers and the platform's" on public.phone_numbers for select to authenticated
  using (account_id is null or account_id = any(array(select private.account_ids('account.read'))));
create policy "Nobody reads the engine through the API" on engine.provider_lines for all using (false);
create policy "Nobody reads the engine through the API" on engine.settings for all using (false);
