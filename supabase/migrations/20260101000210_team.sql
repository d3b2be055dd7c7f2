-- Who may become a member, and who was one.

-- Somebody asked to join by mail. Who signs in with that address, confirmed, may accept it once; no link proves anything by itself.
create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  email text not null constraint an_address_is_lower check (email = lower(email) and char_length(email) between 3 and 254),
  role public.member_role not null constraint nobody_is_invited_as_owner check (role <> 'owner'),
  invited_by uuid references auth.users on delete set null,
  sent_count int not null default 1 constraint a_mail_was_sent check (sent_count > 0),
  sent_at timestamptz not null default private.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references auth.users on delete set null,
  revoked_at timestamptz,
  created_at timestamptz not null default private.now(),
  constraint an_invitation_ends_once check (accepted_at is null or revoked_at is null)
);
create unique index invitations_one_open_per_address on public.invitations (account_id, email) where accepted_at is null and revoked_at is null;
create index invitations_by_address on public.invitations (email) where accepted_at is null and revoked_at is null;
create index invitations_by_inviter on public.invitations (invited_by);
create index invitations_by_accepter on public.invitations (accepted_by);

-- Whose access ended: they are no members, so that no policy and no command knows them; this remembers what they were.
create table public.former_members (
  account_id uuid not null references public.accounts on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  role public.member_role not null,
  joined_at timestamptz not null,
  -- null: they left by themselves
  removed_by uuid references auth.users on delete set null,
  left_at timestamptz not null default private.now(),
  primary key (account_id, user_id)
);
create index former_members_by_user on public.former_members (user_id);
create index former_members_by_remover on public.former_members (removed_by);

grant select on public.invitations, public.former_members to authenticated, service_role;
alter table public.invitations enable row level security;
alter table public.former_members enable row level security;
create policy "Who manages the team can view its invitations" on public.invitations for select to authenticated
  using (account_id = any(array(select private.account_ids('team.manage'))));
create policy "Who manages the team can view who left it" on public.former_members for select to authenticated
  using (account_id = any(array(select private.account_ids('team.manage'))));
