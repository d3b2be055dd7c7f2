-- Campaigns: what people see (public) and the hot half the dialler works on (engine).

create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  name text not null constraint name_is_short check (char_length(name) between 1 and 120),
  description text not null default '',
  -- the account's own word, to tell many campaigns apart
  category text not null default '' constraint category_is_short check (char_length(category) <= 60),
  status public.campaign_status not null default 'draft',
  -- what the campaign is for: decides which consent its contacts need
  purpose public.campaign_purpose not null default 'service',
  priority public.campaign_priority not null default 'normal',
  -- why a rule paused it, with the rule's figures; both empty when a person did
  pause_reason public.pause_reason,
  pause_details jsonb not null default '{}',
  assistant_id uuid references public.assistants,
  -- fixed at start; a draft takes the newest
  assistant_version_id uuid references public.assistant_versions,
  -- what the campaign says over its assistant (campaign_words.sql); empty: as the assistant has it
  prompt text not null default '' constraint prompt_is_short check (char_length(prompt) <= 5000),
  voice_id text references public.voices,
  language text,
  record_calls boolean,
  -- what to find out beside what the assistant asks, in the same shape; kept from the start on, so that all its calls answer it
  qualification jsonb not null default '[]' constraint qualification_is_a_list check (jsonb_typeof(qualification) = 'array'),
  call_order public.call_order not null default 'enrolled',
  -- contacts that have an assistant of their own are called by that one
  uses_preferred_assistants boolean not null default false,
  time_zone text not null default 'UTC',
  max_attempts int not null default 3 constraint attempts_are_one_to_ten check (max_attempts between 1 and 10),
  -- a scheduled campaign starts then; nobody is called before starts_at or from ends_at on
  launch_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  failure_limit_percent int not null default 50 constraint failure_limit_is_a_share check (failure_limit_percent between 1 and 100),
  opt_out_limit_percent int not null default 10 constraint opt_out_limit_is_a_share check (opt_out_limit_percent between 1 and 100),
  -- an admin's decision to call without the consent the purpose needs
  consent_override_reason text,
  consent_override_by uuid,
  consent_override_at timestamptz,
  started_by uuid,
  started_at timestamptz,
  resumed_at timestamptz,
  finished_at timestamptz,
  -- whose contacts are being copied into this draft, and up to which of its positions they are here; a copy that broke off can go on
  copying_from uuid references public.campaigns on delete set null,
  copied_to bigint,
  -- what was likely when it started, to hold against what came
  kept_forecast jsonb constraint kept_forecast_is_an_object check (jsonb_typeof(kept_forecast) = 'object'),
  archived_at timestamptz,
  -- what it was when it was put away, and is again when it is taken out
  archived_from public.campaign_status,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint a_started_campaign_has_a_version check (started_at is null or assistant_version_id is not null),
  constraint a_scheduled_campaign_has_a_time check ((status = 'scheduled') = (launch_at is not null)),
  constraint ends_at_is_after_starts_at check (ends_at > starts_at),
  constraint only_a_paused_campaign_has_a_pause_reason check (status = 'paused' or pause_reason is null),
  constraint only_an_archived_campaign_knows_what_it_was check ((status = 'archived') = (archived_from is not null)),
  constraint an_override_is_whole check (num_nulls(consent_override_reason, consent_override_by, consent_override_at) in (0, 3))
);
create index campaigns_by_account on public.campaigns (account_id, created_at desc);
create index campaigns_to_launch on public.campaigns (launch_at) where status = 'scheduled';
create index campaigns_to_end on public.campaigns (ends_at) where status = 'active';
create index campaigns_by_assistant on public.campaigns (assistant_id);
create index campaigns_by_assistant_version on public.campaigns (assistant_version_id);
create index campaigns_by_copied on public.campaigns (copying_from) where copying_from is not null;
create index campaigns_by_voice on public.campaigns (voice_id) where voice_id is not null;

-- When contacts may be called, judged in the contact's own zone. A closing time at or before the opening time means the next day.
create table public.campaign_windows (
  campaign_id uuid not null references public.campaigns on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  weekday smallint not null constraint weekday_is_iso check (weekday between 1 and 7),
  opens_at time not null,
  closes_at time not null constraint a_window_lasts check (closes_at <> opens_at),
  primary key (campaign_id, weekday, opens_at)
);
create index campaign_windows_by_account on public.campaign_windows (account_id);

-- Which people work on which campaign; agents see only these.
create table public.campaign_members (
  campaign_id uuid not null references public.campaigns on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  primary key (campaign_id, user_id)
);
create index campaign_members_by_user on public.campaign_members (user_id);
create index campaign_members_by_account on public.campaign_members (account_id);

create table engine.campaigns (
  campaign_id uuid primary key references public.campaigns on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  is_active boolean not null default false,
  maximum_seconds int not null default 300,
  concurrency_max int constraint concurrency_is_positive check (concurrency_max > 0),
  -- share of the account's calls beside other campaigns: low 1, normal 2, high 4
  weight int not null default 2 constraint weight_is_positive check (weight > 0),
  in_flight int not null default 0 constraint in_flight_is_not_negative check (in_flight >= 0),
  waiting_count int not null default 0 constraint waiting_is_not_negative check (waiting_count >= 0),
  calling_count int not null default 0 constraint calling_is_not_negative check (calling_count >= 0),
  reached_count int not null default 0,
  exhausted_count int not null default 0,
  blocked_count int not null default 0,
  opted_out_count int not null default 0,
  removed_count int not null default 0,
  unfinished_count int generated always as (waiting_count + calling_count) stored,
  daily_cap int constraint daily_cap_is_positive check (daily_cap > 0),
  day date,
  dialled_on_day int not null default 0,
  budget_seconds bigint constraint budget_is_positive check (budget_seconds > 0),
  used_seconds bigint not null default 0,
  reserved_seconds bigint not null default 0 constraint reserved_is_not_negative check (reserved_seconds >= 0),
  -- judged up to this position since purpose or override changed; null = everybody is
  judge_from bigint,
  -- the queue is in the campaign's call order up to this position since that changed; null = all of it is
  order_from bigint,
  -- fresh rows share this due time, so that position orders them
  due_at timestamptz not null default private.now(),
  next_position bigint not null default 1,
  -- calls begun, divided by the weight: the campaign of an account that is furthest behind is served first
  virtual_time double precision not null default 0,
  changed_at timestamptz,
  changed_call_ids uuid[] not null default '{}',
  sent_at timestamptz
) with (fillfactor = 50);
create index engine_campaigns_by_account on engine.campaigns (account_id) where is_active;
create index engine_campaigns_of_account on engine.campaigns (account_id);
create index engine_campaigns_unfinished on engine.campaigns (campaign_id) where judge_from is not null or order_from is not null;
create index engine_campaigns_changed on engine.campaigns (changed_at) where changed_at is not null;

-- The contacts of a campaign that share a time zone and calling region open and close together.
create table engine.lanes (
  id bigint generated always as identity primary key,
  campaign_id uuid not null references engine.campaigns on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  time_zone text not null,
  region text not null default '',
  next_at timestamptz,
  -- good until then and for that version of the rules
  open_until timestamptz,
  rule_version int not null default 0,
  wait_reason public.wait_reason,
  constraint one_lane_per_zone_and_region unique (campaign_id, time_zone, region)
);
create index lanes_due on engine.lanes (account_id, next_at) where next_at is not null;
create index lanes_by_account on engine.lanes (account_id);

grant select on public.campaigns, public.campaign_windows, public.campaign_members to authenticated, service_role;
alter table public.campaigns enable row level security;
alter table public.campaign_windows enable row level security;
alter table public.campaign_members enable row level security;
alter table engine.campaigns enable row level security;
alter table engine.lanes enable row level security;
create policy "Nobody reads the engine through the API" on engine.campaigns for all using (false);
create policy "Nobody reads the engine through the API" on engine.lanes for all using (false);

-- The campaigns in which the current user holds a permission: all of the account, or the assigned ones.
-- Definer: it reads tables whose own policies ask this function. plpgsql, as account_ids, to keep its plan.
create function private.campaign_ids(permission text) returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query select c.id
  from private.my_rights r
  join public.campaigns c on c.account_id = r.account_id
  where r.permission = campaign_ids.permission
    and (r.scope = 'account' or exists (select from public.campaign_members s where s.campaign_id = c.id and s.user_id = r.user_id));
end $$;
grant execute on function private.campaign_ids(text) to authenticated, service_role;

create policy "Members can view their campaigns" on public.campaigns for select to authenticated
  using (id = any(array(select private.campaign_ids('campaigns.read'))));
create policy "Members can view the windows of their campaigns" on public.campaign_windows for select to authenticated
  using (campaign_id = any(array(select private.campaign_ids('campaigns.read'))));
create policy "Members can view who works on their campaigns" on public.campaign_members for select to authenticated
  using (campaign_id = any(array(select private.campaign_ids('campaigns.read'))));

create trigger campaigns_touch_updated_at before update on public.campaigns
  for each row execute function private.touch_updated_at();

-- Stops a command unless the current user holds the permission in the campaign; answers the campaign.
create function private.require_campaign(campaign_id uuid, permission text) returns public.campaigns
language plpgsql stable security definer set search_path = ''
as $$
declare
  found_campaign public.campaigns;
begin
  perform private.require_session();
  select c.* into found_campaign from public.campaigns c
  where c.id = require_campaign.campaign_id and c.id = any(array(select private.campaign_ids('campaigns.read')));
  if not found then
    perform private.raise_error('not_found', 'This campaign does not exist, or it belongs to another account.');
  end if;
  if not found_campaign.id = any(array(select private.campaign_ids(require_campaign.permission))) then
    perform private.refuse_right(found_campaign.account_id, require_campaign.permission);
  end if;
  return found_campaign;
end $$;
