-- Asking people into an account by mail, and their answer.

create function private.open_invitations(account_id uuid) returns setof public.invitations
language sql stable set search_path = ''
as $$
  select i from public.invitations i where i.account_id = open_invitations.account_id and i.accepted_at is null and i.revoked_at is null
$$;

-- Queues the mail of an invitation that was just written or renewed. Mails go to people who did not ask for them: thirty an hour from
-- an account, and so many from a person, in however many accounts. The account is locked.
create function private.mail_invitation(invitation public.invitations) returns void
language plpgsql set search_path = ''
as $$
begin
  if (select count(*) from public.invitations i where i.account_id = invitation.account_id and i.sent_at > private.now() - interval '1 hour') > 30 then
    perform private.raise_error('rate_limited', 'Thirty invitations were sent within an hour.', null, 'Wait a while before the next one.');
  end if;
  perform private.limit_requests('invitation_person', auth.uid()::text);
  insert into engine.outbox (account_id, kind, dedupe_key, payload) values (invitation.account_id, 'mail_invitation', invitation.id || ':' || invitation.sent_count,
    jsonb_build_object('invitation_id', invitation.id, 'sent_count', invitation.sent_count));
end $$;

-- Invites an address for seven days. One that is invited already gets the new role and, unless it got a mail within the last minute, a
-- new mail: clicking twice is one invitation and one mail.
create function private.invite_member(account_id uuid, email text, role text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  address text := lower(private.clean_text(invite_member.email));
  invitation public.invitations;
  before public.invitations;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(invite_member.account_id, 'team.manage');
  if address is null or char_length(address) > 254 or address !~ '^[^@\s<>"]+@[^@\s<>"]+\.[^@\s<>".]+$' then
    perform private.raise_invalid('email', 'shape', 'Write an e-mail address, such as name@example.com.');
  elsif not coalesce(invite_member.role in ('admin', 'agent', 'viewer'), false) then
    perform private.raise_invalid('role', 'unknown', 'Choose admin, agent or viewer. An owner hands the account over later.');
  end if;
  perform private.lock_account(invite_member.account_id);
  if exists (select from public.members m join auth.users u on u.id = m.user_id where m.account_id = invite_member.account_id and lower(u.email) = address) then
    perform private.raise_error('conflict', 'This person is a member already.', '{"state": "member"}', 'Change their role in the list of members.');
  end if;
  select * into before from private.open_invitations(invite_member.account_id) i where i.email = address;
  if before.id is null and (select count(*) from private.open_invitations(invite_member.account_id)) >= 100 then
    perform private.raise_error('conflict', 'A hundred invitations are open.', '{"state": "too_many"}', 'Revoke some that nobody answers.');
  elsif before.id is null then
    insert into public.invitations (account_id, email, role, invited_by, expires_at)
    values (invite_member.account_id, address, invite_member.role::public.member_role, auth.uid(), private.now() + interval '7 days') returning * into invitation;
  else
    update public.invitations i set role = invite_member.role::public.member_role where i.id = before.id returning * into invitation;
  end if;
  if before.id is null then
    perform private.mail_invitation(invitation);
  elsif before.sent_at < private.now() - interval '1 minute' then
    perform private.renew_invitation(invitation);
  end if;
  if before.id is null or before.role <> invitation.role then
    perform private.log_activity(invitation.account_id, 'member.invited', 'invitation', invitation.id, jsonb_build_object('role', invitation.role));
  end if;
  return jsonb_build_object('invitation_id', invitation.id, 'is_new', before.id is null);
end $$;
grant execute on function private.invite_member(uuid, text, text) to authenticated;
create function public.invite_member(account_id uuid, email text, role text) returns jsonb
language sql set search_path = ''
return private.invite_member(invite_member.account_id, invite_member.email, invite_member.role);
grant execute on function public.invite_member(uuid, text, text) to authenticated;

-- Another seven days and another mail. The account is locked.
create function private.renew_invitation(invitation public.invitations) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.invitations i set sent_at = private.now(), sent_count = i.sent_count + 1, expires_at = private.now() + interval '7 days'
  where i.id = invitation.id returning * into invitation;
  perform private.mail_invitation(invitation);
end $$;

-- An open invitation of an account in which the current user manages the team. Its account gets locked.
create function private.require_invitation(invitation_id uuid) returns public.invitations
language plpgsql set search_path = ''
as $$
declare
  invitation public.invitations := (select i from public.invitations i where i.id = require_invitation.invitation_id);
begin
  if (select auth.uid()) is not null and not coalesce(invitation.account_id = any(array(select m.account_id from public.members m where m.user_id = auth.uid())), false) then
    perform private.raise_error('not_found', 'This invitation does not exist, or it belongs to another account.');
  end if;
  perform private.require_permission(invitation.account_id, 'team.manage');
  perform private.lock_account(invitation.account_id);
  select * into invitation from public.invitations i where i.id = invitation.id;
  if invitation.accepted_at is not null or invitation.revoked_at is not null then
    perform private.raise_error('conflict', 'This invitation is no longer open.',
      jsonb_build_object('state', case when invitation.accepted_at is not null then 'accepted' else 'revoked' end), 'Load the page again.');
  end if;
  return invitation;
end $$;

create function private.resend_invitation(invitation_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; the permission is checked inside.
  invitation public.invitations := private.require_invitation(resend_invitation.invitation_id);
begin
  if invitation.sent_at > private.now() - interval '1 minute' then
    perform private.raise_error('rate_limited', 'A mail was sent within the last minute.', null, 'Have them look into their spam folder, and try again in a minute.');
  end if;
  perform private.renew_invitation(invitation);
  perform private.log_activity(invitation.account_id, 'member.invited', 'invitation', invitation.id, jsonb_build_object('role', invitation.role, 'again', true));
  return '{}';
end $$;
grant execute on function private.resend_invitation(uuid) to authenticated;
create function public.resend_invitation(invitation_id uuid) returns jsonb
language sql set search_path = ''
return private.resend_invitation(resend_invitation.invitation_id);
grant execute on function public.resend_invitation(uuid) to authenticated;

create function private.revoke_invitation(invitation_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; the permission is checked inside.
  invitation public.invitations := private.require_invitation(revoke_invitation.invitation_id);
begin
  update public.invitations i set revoked_at = private.now() where i.id = invitation.id;
  perform private.log_activity(invitation.account_id, 'member.invitation_revoked', 'invitation', invitation.id, jsonb_build_object('role', invitation.role));
  return '{}';
end $$;
grant execute on function private.revoke_invitation(uuid) to authenticated;
create function public.revoke_invitation(invitation_id uuid) returns jsonb
language sql set search_path = ''
return private.revoke_invitation(revoke_invitation.invitation_id);
grant execute on function public.revoke_invitation(uuid) to authenticated;

-- The address of the current user, once they showed that it is theirs; in lower case.
create function private.confirmed_email() returns text
language sql stable set search_path = ''
as $$
  select lower(u.email) from auth.users u where u.id = auth.uid() and u.email_confirmed_at is not null
$$;

-- Who asks the current user into an account, the newest first.
create function private.my_invitations() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: they are no members yet. A confirmed address is the proof. Whoever has a second factor and no account yet is not asked for it here:
  -- what they join opens only after it.
  perform private.require_session();
  return (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'account_name', a.name, 'role', i.role, 'invited_by_name', coalesce(nullif(p.name, ''), p.email),
      'expires_at', i.expires_at, 'is_expired', i.expires_at <= private.now()) order by i.created_at desc, i.id), '[]')
    from public.invitations i join public.accounts a on a.id = i.account_id left join public.profiles p on p.id = i.invited_by
    where i.email = private.confirmed_email() and i.accepted_at is null and i.revoked_at is null);
end $$;
grant execute on function private.my_invitations() to authenticated;
create function public.my_invitations() returns jsonb
language sql stable set search_path = ''
return private.my_invitations();
grant execute on function public.my_invitations() to authenticated;

-- Makes the current user a member. Once; again by the same person answers the same. Whatever else is wrong with an invitation (another's, unknown, revoked) is
-- answered alike, so that nobody learns who was invited where.
create function private.accept_invitation(invitation_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  invitation public.invitations;
  person auth.users;
  given public.member_role;
begin
  -- Definer: they are no member yet. A confirmed address is the proof.
  perform private.require_session();
  select * into invitation from public.invitations i where i.id = accept_invitation.invitation_id and i.email = private.confirmed_email();
  if invitation.id is not null then
    perform private.lock_account(invitation.account_id);
    select * into invitation from public.invitations i where i.id = invitation.id and i.revoked_at is null;
  end if;
  if invitation.id is null or (invitation.accepted_at is not null and invitation.accepted_by is distinct from auth.uid()) then
    perform private.raise_error('not_found', 'This invitation is not for you, or it was taken back.', null, 'Sign in with the address that got the mail, or ask for a new invitation.');
  elsif invitation.accepted_at is not null then
    return jsonb_build_object('account_id', invitation.account_id);
  elsif not exists (select from public.accounts a where a.id = invitation.account_id and a.status = 'active') then
    perform private.raise_error('conflict', 'Nobody can join this account now: it is suspended or closed.', '{"state": "held"}', 'Ask whoever invited you.');
  elsif invitation.expires_at <= private.now() then
    perform private.raise_error('conflict', 'This invitation has expired.', '{"state": "expired"}', 'Ask for a new one.');
  end if;
  select * into person from auth.users u where u.id = auth.uid();
  insert into public.profiles (id, name, email) values (person.id, coalesce(private.clean_text(person.raw_user_meta_data ->> 'name'), ''), person.email) on conflict (id) do nothing;
  given := private.begin_membership(invitation.account_id, person.id, invitation.role);
  update public.invitations i set accepted_at = private.now(), accepted_by = person.id where i.id = invitation.id;
  perform private.log_activity(invitation.account_id, 'member.joined', 'member', person.id, jsonb_build_object('role', given));
  return jsonb_build_object('account_id', invitation.account_id);
end $$;
grant execute on function private.accept_invitation(uuid) to authenticated;
create function public.accept_invitation(invitation_id uuid) returns jsonb
language sql set search_path = ''
return private.accept_invitation(accept_invitation.invitation_id);
grant execute on function public.accept_invitation(uuid) to authenticated;

-- What the mail of a job says, asked when it is sent; null when it is no longer open, or a newer mail followed.
create function private.invitation_mail(invitation_id uuid, sent_count int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: asked by run-outbox alone.
  return (select jsonb_build_object('to', i.email, 'account_name', a.name, 'role', i.role, 'invited_by_name', coalesce(nullif(p.name, ''), p.email),
      'invitation_id', i.id, 'expires_at', i.expires_at, 'time_zone', a.time_zone, 'format_style', a.format_style)
    from public.invitations i join public.accounts a on a.id = i.account_id and a.status = 'active' left join public.profiles p on p.id = i.invited_by
    where i.id = invitation_mail.invitation_id and i.sent_count = invitation_mail.sent_count and i.accepted_at is null and i.revoked_at is null);
end $$;
grant execute on function private.invitation_mail(uuid, int) to service_role;
create function public.invitation_mail(invitation_id uuid, sent_count int) returns jsonb
language sql stable set search_path = ''
return private.invitation_mail(invitation_mail.invitation_id, invitation_mail.sent_count);
grant execute on function public.invitation_mail(uuid, int) to service_role;
