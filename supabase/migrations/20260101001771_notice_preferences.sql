-- Who wants which notices as mails. In the app everybody hears of what they may hear of.

-- A choice that somebody made; where there is none, the role decides.
create table public.notice_preferences (
  account_id uuid not null references public.accounts on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  topic public.notice_topic not null,
  by_email boolean not null,
  changed_at timestamptz not null default private.now(),
  primary key (account_id, user_id, topic)
);
create index notice_preferences_by_user on public.notice_preferences (user_id);

grant select on public.notice_preferences to authenticated, service_role;
alter table public.notice_preferences enable row level security;
create policy "People can view their own preferences" on public.notice_preferences for select to authenticated
  using (user_id = (select private.proven_person()));

-- What a person needs to hear of a topic at all, and what they can do about it: whoever can, gets mails until they say otherwise.
create function private.topic_permissions(topic public.notice_topic, out hears text, out acts text)
language sql immutable set search_path = ''
return (case when topic = 'payments' then 'billing.read' when topic = 'imports' then 'contacts.edit' when topic in ('privacy', 'provider') then 'account.manage'
    when topic = 'account' then 'activity.read' else 'campaigns.read' end,
  case when topic in ('payments', 'minutes') then 'billing.manage' when topic = 'imports' then 'contacts.edit' when topic in ('privacy', 'account', 'provider') then 'account.manage' else 'campaigns.run' end);

create function private.wants_mail(account_id uuid, user_id uuid, topic public.notice_topic) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce(
    (select p.by_email from public.notice_preferences p where p.account_id = wants_mail.account_id and p.user_id = wants_mail.user_id and p.topic = wants_mail.topic),
    exists (select from public.members m join public.role_permissions r on r.role = m.role and r.scope = 'account'
      where m.account_id = wants_mail.account_id and m.user_id = wants_mail.user_id and r.permission = (private.topic_permissions(wants_mail.topic)).acts));
end $$;

-- The topics that the current user can hear of in an account, each with whether it is mailed. Agents hear of campaigns they are assigned to.
create function private.list_notice_preferences(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: what a role mails by itself is a rule of this schema.
  perform private.require_permission(list_notice_preferences.account_id, 'account.read');
  return (select coalesce(jsonb_agg(jsonb_build_object('topic', t, 'by_email', private.wants_mail(m.account_id, m.user_id, t)) order by t), '[]')
    from public.members m cross join unnest(enum_range(null::public.notice_topic)) t
    where m.account_id = list_notice_preferences.account_id and m.user_id = auth.uid() and exists (select from public.role_permissions r
      where r.role = m.role and r.permission = (private.topic_permissions(t)).hears and (r.scope = 'account' or t in ('completed', 'paused', 'not_launched'))));
end $$;
grant execute on function private.list_notice_preferences(uuid) to authenticated;
create function public.list_notice_preferences(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_notice_preferences(list_notice_preferences.account_id);
grant execute on function public.list_notice_preferences(uuid) to authenticated;

-- Switches the mails about a topic on or off, for the current user in this account alone. Again changes nothing.
create function private.save_notice_preference(account_id uuid, topic text, by_email boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; it is their own preference.
  perform private.require_permission(save_notice_preference.account_id, 'account.read');
  if not coalesce(save_notice_preference.topic, '') = any(enum_range(null::public.notice_topic)::text[]) then
    perform private.raise_invalid('topic', 'unknown', 'This topic is unknown.');
  elsif save_notice_preference.by_email is null then
    perform private.raise_invalid('by_email', 'required', 'Choose whether mails are sent.');
  end if;
  perform private.keep_preference(save_notice_preference.account_id, auth.uid(), save_notice_preference.topic::public.notice_topic, save_notice_preference.by_email);
  return '{}';
end $$;
grant execute on function private.save_notice_preference(uuid, text, boolean) to authenticated;
create function public.save_notice_preference(account_id uuid, topic text, by_email boolean) returns jsonb
language sql set search_path = ''
return private.save_notice_preference(save_notice_preference.account_id, save_notice_preference.topic, save_notice_preference.by_email);
grant execute on function public.save_notice_preference(uuid, text, boolean) to authenticated;

create function private.keep_preference(account_id uuid, user_id uuid, topic public.notice_topic, by_email boolean) returns void
language sql set search_path = ''
as $$
  insert into public.notice_preferences as p (account_id, user_id, topic, by_email)
  values (keep_preference.account_id, keep_preference.user_id, keep_preference.topic, keep_preference.by_email)
  on conflict on constraint notice_preferences_pkey do update set by_email = excluded.by_email, changed_at = private.now()
  where p.by_email <> excluded.by_email
$$;
