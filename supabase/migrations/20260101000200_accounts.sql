-- Accounts (tenants), the people in them and what each role may do.

-- What an account is on: how its calls are rounded (the first seconds whole, then steps: 60/60, 30/6, 1/1) and how many may run at
-- once. Prices come with packs.
create table public.plans (
  id text primary key,
  name text not null,
  first_increment_seconds int not null default 60 constraint first_increment_is_positive check (first_increment_seconds between 1 and 60),
  billing_increment_seconds int not null constraint billing_increment_is_positive check (billing_increment_seconds between 1 and 60),
  concurrency_max int not null constraint concurrency_is_positive check (concurrency_max > 0),
  free_seconds int not null constraint free_seconds_is_not_negative check (free_seconds >= 0),
  is_default boolean not null default false
);
create unique index plans_only_one_default on public.plans (is_default) where is_default;

create table public.accounts (
  id uuid primary key default gen_random_uuid(),
  name text not null constraint name_is_short check (char_length(name) between 1 and 120),
  time_zone text not null default 'UTC',
  plan_id text not null references public.plans,
  created_by uuid not null references auth.users,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now()
);
-- The same person opening the same company twice (two tabs, a double click) gets the first one back.
create unique index accounts_one_name_per_creator on public.accounts (created_by, lower(name));
create index accounts_by_plan on public.accounts (plan_id);

create table public.profiles (
  id uuid primary key references auth.users on delete cascade,
  name text not null default '',
  email text not null,
  created_at timestamptz not null default private.now()
);

create table public.members (
  account_id uuid not null references public.accounts on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  role public.member_role not null,
  created_at timestamptz not null default private.now(),
  primary key (account_id, user_id)
);
create index members_by_user on public.members (user_id);

-- The one table that says what a role may do. scope 'assigned' = only in campaigns the person is assigned to.
create table public.role_permissions (
  role public.member_role not null,
  permission text not null constraint permission_is_noun_dot_verb check (permission ~ '^[a-z_]+\.[a-z_]+$'),
  scope public.permission_scope not null default 'account',
  primary key (role, permission)
);

-- People who run the installation; they work through Studio and SQL functions until their area exists.
create table public.platform_admins (
  user_id uuid primary key references auth.users on delete cascade,
  created_at timestamptz not null default private.now()
);

-- Who did what, from where, to which fields: campaign activity, a contact's timeline and the audit all read this one log. It outlives
-- what it speaks of, accounts included. No personal values in details and changes.
create table public.activity_log (
  id bigint generated always as identity primary key,
  -- null: of the whole installation
  account_id uuid,
  actor_id uuid,
  actor_kind public.actor_kind not null default 'system',
  verb text not null,
  subject_type text not null,
  subject_id uuid,
  details jsonb not null default '{}',
  -- {field: {before, after}}; without either where the value is a person's or too long to keep
  changes jsonb not null default '{}',
  -- of the request, where there was one
  ip inet,
  user_agent text,
  request_id text,
  created_at timestamptz not null default private.now()
);
create index activity_log_by_account on public.activity_log (account_id, id desc);
create index activity_log_by_subject on public.activity_log (subject_id, id desc);
create index activity_log_by_kind on public.activity_log (account_id, subject_type, id desc);
create index activity_log_by_actor on public.activity_log (account_id, actor_id, id desc);

grant select on public.plans, public.accounts, public.profiles, public.members, public.role_permissions,
  public.platform_admins, public.activity_log to authenticated;
grant select on public.plans, public.accounts, public.profiles, public.members, public.role_permissions,
  public.platform_admins, public.activity_log to service_role;

alter table public.plans enable row level security;
alter table public.accounts enable row level security;
alter table public.profiles enable row level security;
alter table public.members enable row level security;
alter table public.role_permissions enable row level security;
alter table public.platform_admins enable row level security;
alter table public.activity_log enable row level security;

-- The accounts in which the current user holds a permission for the whole account: what the role gives and the account's state leaves of it
-- (private.my_rights, account_states.sql).
-- Definer: it reads members, whose own policy asks this function. plpgsql: every policy and every command asks it, and it keeps its
-- plan, where a function in sql would make it anew each time, which takes three times as long as looking.
create function private.account_ids(permission text) returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query select r.account_id from private.my_rights r where r.permission = account_ids.permission and r.scope = 'account';
end $$;
grant execute on function private.account_ids(text) to authenticated, service_role;

-- The current user, if their session lives and showed all it has to; null otherwise. For what belongs to a person and to no account. Definer: as account_ids.
create function private.proven_person() returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return case when private.session_level() in ('aal1', 'aal2') then (select auth.uid()) end;
end $$;
grant execute on function private.proven_person() to authenticated;

-- The people who share an account with the current user (to show names in a team). Definer: as account_ids.
create function private.colleague_ids() returns setof uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return query select c.user_id from public.members c
  where c.account_id in (select r.account_id from private.my_rights r where r.permission = 'account.read');
end $$;
grant execute on function private.colleague_ids() to authenticated;

create policy "Signed-in people can read plans" on public.plans for select to authenticated using (true);
create policy "Signed-in people can read what a role may do" on public.role_permissions for select to authenticated using (true);
create policy "Members can view their account" on public.accounts for select to authenticated
  using (id = any(array(select private.account_ids('account.read'))));
create policy "Members can view the members of their account" on public.members for select to authenticated
  using (account_id = any(array(select private.account_ids('account.read'))));
create policy "People can view themselves and their colleagues" on public.profiles for select to authenticated
  using (id = any(array(select private.colleague_ids())) or id = (select private.proven_person()));
create policy "Platform operators can see themselves" on public.platform_admins for select to authenticated
  using (user_id = (select private.proven_person()));
create policy "Members with the right can read the activity of their account" on public.activity_log for select to authenticated
  using (account_id = any(array(select private.account_ids('activity.read'))));

create trigger accounts_touch_updated_at before update on public.accounts
  for each row execute function private.touch_updated_at();

-- Stops a command unless the current user is a member of the account, whatever its state and their role are: for what concerns the membership
-- itself. Whoever has a second factor shows it first: a password alone leaves no account. An account the user is no member of does not exist
-- for them: not_found, never forbidden.
create function private.require_member(account_id uuid) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_session();
  if not exists (select from public.members m where m.user_id = (select auth.uid()) and m.account_id = require_member.account_id) then
    perform private.raise_error('not_found', 'This does not exist, or it belongs to another account.');
  elsif private.session_level() = 'unproven' then
    perform private.refuse_right(require_member.account_id, 'account.read');
  end if;
end $$;

-- Stops a command unless the current user holds the permission in the account.
create function private.require_permission(account_id uuid, permission text) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_member(require_permission.account_id);
  if not require_permission.account_id = any(array(select private.account_ids(require_permission.permission))) then
    perform private.refuse_right(require_permission.account_id, require_permission.permission);
  end if;
end $$;

-- What a command changed of an object's fields, as its line in the log tells it: {field: {before, after}}.
create function private.changes_between(before jsonb, after jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  select coalesce(jsonb_object_agg(a.key, jsonb_build_object('before', before -> a.key, 'after', a.value)), '{}')
  from jsonb_each(after) a where a.value is distinct from before -> a.key
$$;

-- Writes one line of the activity log in the caller's transaction.
create function private.log_activity(account_id uuid, verb text, subject_type text, subject_id uuid, details jsonb default '{}') returns void
language sql set search_path = ''
as $$
  insert into public.activity_log (account_id, actor_id, verb, subject_type, subject_id, details)
  values (log_activity.account_id, auth.uid(), log_activity.verb, log_activity.subject_type, log_activity.subject_id, log_activity.details)
$$;
