-- The account's own calling rules: its limits, its business hours, the days on which it calls nobody.

-- One row per account, made with it.
create table public.account_rules (
  account_id uuid primary key references public.accounts on delete cascade,
  -- calls to one number, over all campaigns, retries and tests
  frequency_cap int not null default 3 constraint frequency_cap_is_one_to_hundred check (frequency_cap between 1 and 100),
  frequency_hours int not null default 24 constraint frequency_hours_are_up_to_thirty_days check (frequency_hours between 1 and 720),
  minimum_gap_seconds int not null default 600 constraint minimum_gap_is_up_to_a_week check (minimum_gap_seconds between 0 and 604800),
  observes_holidays boolean not null default false,
  -- off: no call of the account is recorded, whatever its assistants and campaigns say
  records_calls boolean not null default true,
  updated_at timestamptz not null default private.now()
);

-- The account's business hours, in the contact's zone; none = only campaigns and rules limit. A closing time at or before the
-- opening time means the next day.
create table public.account_hours (
  account_id uuid not null references public.accounts on delete cascade,
  weekday smallint not null constraint weekday_is_iso check (weekday between 1 and 7),
  opens_at time not null,
  closes_at time not null constraint a_window_lasts check (closes_at <> opens_at),
  primary key (account_id, weekday, opens_at)
);

-- Days on which nobody is called, in the contact's calendar: by the whole account (campaign_id null) or by one campaign.
create table public.blackout_dates (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  campaign_id uuid references public.campaigns on delete cascade,
  day date not null,
  name text not null default '' constraint name_is_short check (char_length(name) <= 120),
  constraint a_day_is_black_once unique nulls not distinct (account_id, campaign_id, day)
);
create index blackout_dates_by_campaign on public.blackout_dates (campaign_id);

grant select on public.account_rules, public.account_hours, public.blackout_dates to authenticated, service_role;
alter table public.account_rules enable row level security;
alter table public.account_hours enable row level security;
alter table public.blackout_dates enable row level security;
create policy "Members can view the calling rules of their account" on public.account_rules for select to authenticated
  using (account_id = any(array(select private.account_ids('account.read'))));
create policy "Members can view the business hours of their account" on public.account_hours for select to authenticated
  using (account_id = any(array(select private.account_ids('account.read'))));
create policy "Members can view the blackout dates of their account and campaigns" on public.blackout_dates for select to authenticated
  using (campaign_id is null and account_id = any(array(select private.account_ids('account.read')))
    or campaign_id = any(array(select private.campaign_ids('campaigns.read'))));

create trigger account_rules_touch_updated_at before update on public.account_rules
  for each row execute function private.touch_updated_at();

-- Every account has its rules from the first moment on. Definer: accounts are opened by people who may write neither table.
create function private.add_account_rules() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.account_rules (account_id) values (new.id);
  return null;
end $$;
create trigger accounts_have_rules after insert on public.accounts for each row execute function private.add_account_rules();
