-- The people of an account: what they are in it, how they leave and come back.

-- Whatever writes a membership, open pages hear of it: one that ended is gone from the screen, too.
create function private.note_team_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: the account's clockwork lies in engine.
  update engine.accounts a set team_changed_at = private.now(), changed_at = private.now() where a.account_id = coalesce(new.account_id, old.account_id);
  return null;
end $$;
create trigger members_tell_open_pages after insert or update or delete on public.members for each row execute function private.note_team_change();

create function private.is_last_owner(account_id uuid, user_id uuid) returns boolean
language sql stable set search_path = ''
as $$
  select exists (select from public.members m where m.account_id = is_last_owner.account_id and m.user_id = is_last_owner.user_id)
    and not exists (select from public.members m where m.account_id = is_last_owner.account_id and m.user_id <> is_last_owner.user_id and m.role = 'owner')
$$;

-- Stops a command on a member that the current user may not manage; answers the member. Owners are managed by owners alone. The account is locked.
create function private.require_manageable(account_id uuid, user_id uuid) returns public.members
language plpgsql stable set search_path = ''
as $$
declare
  member public.members := (select m from public.members m where m.account_id = require_manageable.account_id and m.user_id = require_manageable.user_id);
begin
  if member.user_id is null then
    perform private.raise_error('not_found', 'This person is no member of the account.');
  elsif member.role = 'owner' then
    perform private.require_permission(require_manageable.account_id, 'team.owners');
  end if;
  return member;
end $$;

create function private.keep_an_owner(account_id uuid, user_id uuid) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if private.is_last_owner(keep_an_owner.account_id, keep_an_owner.user_id) then
    perform private.raise_error('conflict', 'An account needs an owner.', '{"state": "last_owner"}', 'Make somebody else an owner first.');
  end if;
end $$;

-- From now on somebody is this in the account. The same again changes and logs nothing.
create function private.set_member_role(account_id uuid, user_id uuid, role text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  member public.members;
  wanted public.member_role;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(set_member_role.account_id, 'team.manage');
  if not coalesce(set_member_role.role = any(enum_range(null::public.member_role)::text[]), false) then
    perform private.raise_invalid('role', 'unknown', 'Choose owner, admin, agent or viewer.');
  end if;
  wanted := set_member_role.role::public.member_role;
  perform private.lock_account(set_member_role.account_id);
  member := private.require_manageable(set_member_role.account_id, set_member_role.user_id);
  if wanted = member.role then
    return jsonb_build_object('role', wanted);
  elsif wanted = 'owner' then
    perform private.require_permission(member.account_id, 'team.owners');
  else
    perform private.keep_an_owner(member.account_id, member.user_id);
  end if;
  update public.members m set role = wanted where m.account_id = member.account_id and m.user_id = member.user_id;
  perform private.log_activity(member.account_id, 'member.role_changed', 'member', member.user_id, jsonb_build_object('before', member.role, 'after', wanted));
  return jsonb_build_object('role', wanted);
end $$;
grant execute on function private.set_member_role(uuid, uuid, text) to authenticated;
create function public.set_member_role(account_id uuid, user_id uuid, role text) returns jsonb
language sql set search_path = ''
return private.set_member_role(set_member_role.account_id, set_member_role.user_id, set_member_role.role);
grant execute on function public.set_member_role(uuid, uuid, text) to authenticated;

-- Ends a membership with this transaction: every policy and every command asks for it. What they were assigned to waits for them; nobody
-- listens along any more. The account is locked.
create function private.end_membership(member public.members, remover uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.keep_an_owner(member.account_id, member.user_id);
  delete from public.members m where m.account_id = member.account_id and m.user_id = member.user_id;
  insert into public.former_members as f (account_id, user_id, role, joined_at, removed_by)
  values (member.account_id, member.user_id, member.role, member.created_at, remover)
  on conflict on constraint former_members_pkey do update set role = excluded.role, joined_at = excluded.joined_at, removed_by = excluded.removed_by, left_at = private.now();
  delete from engine.call_watchers w using public.calls c where c.id = w.call_id and c.account_id = member.account_id and w.user_id = member.user_id;
  perform private.log_activity(member.account_id, case when remover is null then 'member.left' else 'member.deactivated' end, 'member', member.user_id,
    jsonb_build_object('role', member.role));
end $$;

create function private.deactivate_member(account_id uuid, user_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(deactivate_member.account_id, 'team.manage');
  if deactivate_member.user_id = auth.uid() then
    perform private.raise_error('conflict', 'You cannot deactivate yourself.', '{"state": "self"}', 'Leave the account instead.');
  end if;
  perform private.lock_account(deactivate_member.account_id);
  perform private.end_membership(private.require_manageable(deactivate_member.account_id, deactivate_member.user_id), auth.uid());
  return '{}';
end $$;
grant execute on function private.deactivate_member(uuid, uuid) to authenticated;
create function public.deactivate_member(account_id uuid, user_id uuid) returns jsonb
language sql set search_path = ''
return private.deactivate_member(deactivate_member.account_id, deactivate_member.user_id);
grant execute on function public.deactivate_member(uuid, uuid) to authenticated;

-- Whose access had ended has it again, as what they were.
create function private.reactivate_member(account_id uuid, user_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  former public.former_members;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(reactivate_member.account_id, 'team.manage');
  perform private.lock_account(reactivate_member.account_id);
  select * into former from public.former_members f where f.account_id = reactivate_member.account_id and f.user_id = reactivate_member.user_id;
  if former.user_id is null then
    perform private.raise_error('not_found', 'This person never was a member of the account, or is one.');
  elsif former.role = 'owner' then
    perform private.require_permission(former.account_id, 'team.owners');
  end if;
  perform private.begin_membership(former.account_id, former.user_id, former.role);
  perform private.log_activity(former.account_id, 'member.reactivated', 'member', former.user_id, jsonb_build_object('role', former.role));
  return jsonb_build_object('role', former.role);
end $$;
grant execute on function private.reactivate_member(uuid, uuid) to authenticated;
create function public.reactivate_member(account_id uuid, user_id uuid) returns jsonb
language sql set search_path = ''
return private.reactivate_member(reactivate_member.account_id, reactivate_member.user_id);
grant execute on function public.reactivate_member(uuid, uuid) to authenticated;

-- Makes somebody a member who is none; a member stays what they are. Answers their role.
create function private.begin_membership(account_id uuid, user_id uuid, role public.member_role) returns public.member_role
language plpgsql set search_path = ''
as $$
begin
  insert into public.members (account_id, user_id, role) values (begin_membership.account_id, begin_membership.user_id, begin_membership.role) on conflict do nothing;
  delete from public.former_members f where f.account_id = begin_membership.account_id and f.user_id = begin_membership.user_id;
  return (select m.role from public.members m where m.account_id = begin_membership.account_id and m.user_id = begin_membership.user_id);
end $$;

create function private.leave_account(account_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; it is their own membership.
  perform private.require_member(leave_account.account_id);
  perform private.lock_account(leave_account.account_id);
  perform private.end_membership(m, null) from public.members m where m.account_id = leave_account.account_id and m.user_id = auth.uid();
  return '{}';
end $$;
grant execute on function private.leave_account(uuid) to authenticated;
create function public.leave_account(account_id uuid) returns jsonb
language sql set search_path = ''
return private.leave_account(leave_account.account_id);
grant execute on function public.leave_account(uuid) to authenticated;

-- Hands the account over: the other becomes its owner, the current user an admin.
create function private.transfer_ownership(account_id uuid, user_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  heir public.members;
begin
  -- Definer: people have no write grant; the permission is checked here, under the lock: two owners who hand over to each other at once would leave none.
  perform private.require_member(transfer_ownership.account_id);
  perform private.lock_account(transfer_ownership.account_id);
  perform private.require_permission(transfer_ownership.account_id, 'team.owners');
  heir := private.require_manageable(transfer_ownership.account_id, transfer_ownership.user_id);
  if heir.user_id = auth.uid() then
    perform private.raise_error('conflict', 'The account is yours already.', '{"state": "self"}', 'Choose somebody else.');
  end if;
  update public.members m set role = case when m.user_id = heir.user_id then 'owner'::public.member_role else 'admin' end
  where m.account_id = heir.account_id and m.user_id in (heir.user_id, auth.uid());
  perform private.log_activity(heir.account_id, 'account.transferred', 'member', heir.user_id, jsonb_build_object('before', heir.role, 'after', 'owner'));
  return '{}';
end $$;
grant execute on function private.transfer_ownership(uuid, uuid) to authenticated;
create function public.transfer_ownership(account_id uuid, user_id uuid) returns jsonb
language sql set search_path = ''
return private.transfer_ownership(transfer_ownership.account_id, transfer_ownership.user_id);
grant execute on function public.transfer_ownership(uuid, uuid) to authenticated;

-- The people of an account and what each role may do; for who manages them also those who left, who was invited and has not come yet, and who
-- has a second factor.
create function private.list_team(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  is_manager boolean := list_team.account_id = any(array(select private.account_ids('team.manage')));
begin
  -- Definer: names of those who left are in no policy.
  perform private.require_permission(list_team.account_id, 'account.read');
  return jsonb_build_object(
    'members', (select coalesce(jsonb_agg(jsonb_build_object('user_id', m.user_id, 'name', coalesce(p.name, ''), 'email', coalesce(p.email, ''), 'role', m.role,
        'joined_at', m.created_at, 'is_last_owner', private.is_last_owner(m.account_id, m.user_id),
        'has_second_factor', case when is_manager then exists (select from auth.mfa_factors f where f.user_id = m.user_id and f.status::text = 'verified') end,
        'campaigns_count', (select count(*) from public.campaign_members s where s.account_id = m.account_id and s.user_id = m.user_id)) order by m.role, lower(p.name), m.user_id), '[]')
      from public.members m left join public.profiles p on p.id = m.user_id where m.account_id = list_team.account_id),
    'former', (select coalesce(jsonb_agg(jsonb_build_object('user_id', f.user_id, 'name', coalesce(p.name, ''), 'email', coalesce(p.email, ''), 'role', f.role,
        'left_at', f.left_at, 'was_removed', f.removed_by is not null) order by f.left_at desc, f.user_id), '[]')
      from public.former_members f left join public.profiles p on p.id = f.user_id where f.account_id = list_team.account_id and is_manager),
    'invitations', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'email', i.email, 'role', i.role, 'sent_at', i.sent_at, 'expires_at', i.expires_at,
        'is_expired', i.expires_at <= private.now(), 'invited_by_name', coalesce(nullif(p.name, ''), p.email)) order by i.created_at desc, i.id), '[]')
      from public.invitations i left join public.profiles p on p.id = i.invited_by
      where i.account_id = list_team.account_id and i.accepted_at is null and i.revoked_at is null and is_manager),
    'roles', (select jsonb_agg(jsonb_build_object('permission', r.permission, 'roles', r.roles) order by r.permission)
      from (select p.permission, jsonb_object_agg(p.role, p.scope) as roles from public.role_permissions p group by 1) r));
end $$;
grant execute on function private.list_team(uuid) to authenticated;
create function public.list_team(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_team(list_team.account_id);
grant execute on function public.list_team(uuid) to authenticated;
