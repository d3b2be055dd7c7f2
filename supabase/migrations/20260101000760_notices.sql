-- What the account's people should hear about, because it happened without them. A notice has one of two lives. An alert lasts: it
-- stands on the pages until its cause is gone (resolved_at) or somebody put it away for everybody. An event is over as soon as it is
-- told, a campaign that completed or a file that is in: it carries the cause that makes it the same when told again. Both are one table,
-- because both are told, read and mailed alike: the bell shows notices of either life, alerts are those of the first that still last.

create table public.notices (
  id uuid primary key default private.time_ordered_id(),
  account_id uuid not null references public.accounts on delete cascade,
  -- null = about the account as a whole
  campaign_id uuid references public.campaigns on delete cascade,
  import_id uuid references public.imports on delete cascade,
  -- whom alone it concerns; null = whoever may hear of such things
  recipient_id uuid references auth.users on delete cascade,
  kind public.notice_kind not null,
  -- of an event: told once for ever, where an alert is told anew after its cause was gone
  cause text,
  -- the figures of the rule, or the provider's words; no personal values
  details jsonb not null default '{}',
  created_at timestamptz not null default private.now(),
  dismissed_at timestamptz,
  dismissed_by uuid,
  -- when its cause was gone: until then nobody is told of the same cause again, dismissed or not
  resolved_at timestamptz,
  -- when the mails about it were queued, or nobody wanted one
  mailed_at timestamptz,
  constraint somebody_dismissed_it check ((dismissed_at is null) = (dismissed_by is null)),
  constraint an_event_is_over_when_told check (cause is null or resolved_at is not null)
);
create unique index notices_once_per_cause on public.notices (account_id, campaign_id, kind) nulls not distinct where resolved_at is null;
create unique index notices_once_per_event on public.notices (account_id, kind, cause) where cause is not null;
create index notices_newest on public.notices (account_id, id desc);
create index notices_to_mail on public.notices (account_id, created_at) where mailed_at is null;
create index notices_shown on public.notices (account_id, created_at desc) where resolved_at is null and dismissed_at is null;
create index notices_of_minutes on public.notices (account_id) where kind = 'no_minutes' and resolved_at is null;
create index notices_by_campaign on public.notices (campaign_id);
create index notices_by_import on public.notices (import_id) where import_id is not null;
create index notices_by_recipient on public.notices (recipient_id) where recipient_id is not null;

grant select on public.notices to authenticated, service_role;
alter table public.notices enable row level security;
-- What a person needs to hear of a notice about the account as a whole: what was paid and disputed is for those who may read bills; what
-- should be deleted and is still there, for those who decide how long it is kept; that the account was suspended or closed, for its leaders,
-- by a right that is left to them then; that the account's own provider refuses, for those who can give it another key; that minutes run out, for whoever sees all campaigns,
-- which wait then. What happened to a campaign is for whoever sees it; how a file went in is for whoever brought it.
create function private.notice_permission(kind public.notice_kind) returns text
language sql immutable set search_path = ''
return case when notice_permission.kind in ('auto_top_up_failed', 'auto_top_up_off', 'payment_disputed', 'balance_below_zero', 'payment_failed') then 'billing.read'
  when notice_permission.kind in ('account_suspended', 'account_closed') then 'activity.read'
  when notice_permission.kind in ('deletions_failed', 'provider_refused') then 'account.manage' else 'campaigns.read' end;
grant execute on function private.notice_permission(public.notice_kind) to authenticated;

create policy "Members can view the notices of their account and campaigns" on public.notices for select to authenticated
  using ((campaign_id is null and recipient_id is null and case private.notice_permission(kind)
      when 'billing.read' then account_id = any(array(select private.account_ids('billing.read')))
      when 'activity.read' then account_id = any(array(select private.account_ids('activity.read')))
      when 'account.manage' then account_id = any(array(select private.account_ids('account.manage')))
      else account_id = any(array(select private.account_ids('campaigns.read'))) end)
    or campaign_id = any(array(select private.campaign_ids('campaigns.read')))
    or (recipient_id = (select auth.uid()) and account_id = any(array(select private.account_ids('account.read')))));

-- Tells the account's people of a cause, once: while the same cause lasts, further calls change nothing and answer null.
-- The caller holds the account's lock.
create function private.notify(account_id uuid, campaign_id uuid, kind public.notice_kind, details jsonb default '{}') returns uuid
language plpgsql set search_path = ''
as $$
declare
  told uuid;
begin
  insert into public.notices (account_id, campaign_id, kind, details)
  values (notify.account_id, notify.campaign_id, notify.kind, notify.details)
  on conflict do nothing returning id into told;
  perform private.mark_told(notify.account_id) where told is not null;
  return told;
end $$;

-- Tells of an event, once for each cause: again changes nothing and answers null. The caller holds the account's lock.
create function private.tell_event(account_id uuid, kind public.notice_kind, cause text, campaign_id uuid, import_id uuid, recipient_id uuid, details jsonb) returns uuid
language plpgsql set search_path = ''
as $$
declare
  told uuid;
begin
  insert into public.notices (account_id, campaign_id, import_id, recipient_id, kind, cause, details, resolved_at)
  values (tell_event.account_id, tell_event.campaign_id, tell_event.import_id, tell_event.recipient_id, tell_event.kind, tell_event.cause, tell_event.details, private.now())
  on conflict do nothing returning id into told;
  perform private.mark_told(tell_event.account_id) where told is not null;
  return told;
end $$;

-- So that open pages hear of it, with the next broadcast: a thousand notices at once are one message.
create function private.mark_told(account_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.accounts a set changed_at = private.now(), noticed_at = private.now() where a.account_id = mark_told.account_id;
end $$;

-- The causes are gone: what is still shown of them disappears, and the next time they are told anew. Called by what removes
-- them (resume, stop, a top-up), under the account's lock. Again changes nothing.
create function private.resolve_notices(account_id uuid, campaign_id uuid, kinds public.notice_kind[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.notices n set resolved_at = private.now()
  where n.account_id = resolve_notices.account_id and n.campaign_id is not distinct from resolve_notices.campaign_id
    and n.kind = any(resolve_notices.kinds) and n.resolved_at is null;
  perform private.mark_told(resolve_notices.account_id) where found;
end $$;

-- The alerts of an account that last and that nobody put away, the newest first, as far as the current user may hear of them.
create function private.list_notices(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: names of campaigns come with it; it answers only what the table's own policy shows.
  perform private.require_permission(list_notices.account_id, 'account.read');
  return (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind, 'campaign_id', n.campaign_id, 'campaign_name', k.name,
      'details', n.details, 'created_at', n.created_at) order by n.created_at desc, n.id), '[]')
    from public.notices n left join public.campaigns k on k.id = n.campaign_id
    where n.account_id = list_notices.account_id and n.resolved_at is null and n.dismissed_at is null
      and (n.campaign_id is not null or n.account_id = any(array(select private.account_ids(private.notice_permission(n.kind)))))
      and (n.campaign_id is null or n.campaign_id = any(array(select private.campaign_ids('campaigns.read')))));
end $$;
grant execute on function private.list_notices(uuid) to authenticated;
create function public.list_notices(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_notices(list_notices.account_id);
grant execute on function public.list_notices(uuid) to authenticated;

-- Puts a notice away, for everybody; the same cause is not told again until it is gone. For people who run campaigns. Again
-- changes nothing.
create function private.dismiss_notice(notice_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  told public.notices := (select n from public.notices n where n.id = dismiss_notice.notice_id);
begin
  -- Definer: people have no write grant; the permission is checked here.
  if told.campaign_id is null then
    perform private.require_permission(told.account_id, 'campaigns.run');
  else
    perform private.require_campaign(told.campaign_id, 'campaigns.run');
  end if;
  perform private.lock_account(told.account_id);
  update public.notices n set dismissed_at = private.now(), dismissed_by = auth.uid() where n.id = told.id and n.dismissed_at is null;
  perform private.mark_told(told.account_id) where found;
  return '{}';
end $$;
grant execute on function private.dismiss_notice(uuid) to authenticated;
create function public.dismiss_notice(notice_id uuid) returns jsonb
language sql set search_path = ''
return private.dismiss_notice(dismiss_notice.notice_id);
grant execute on function public.dismiss_notice(uuid) to authenticated;
