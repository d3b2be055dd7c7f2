-- What the account's people should hear about, because something stopped or did not start without them.

create table public.notices (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  -- null = about the account as a whole
  campaign_id uuid references public.campaigns on delete cascade,
  kind public.notice_kind not null,
  -- the figures of the rule, or the provider's words; no personal values
  details jsonb not null default '{}',
  created_at timestamptz not null default private.now(),
  dismissed_at timestamptz,
  dismissed_by uuid,
  -- when its cause was gone: until then nobody is told of the same cause again, dismissed or not
  resolved_at timestamptz,
  constraint somebody_dismissed_it check ((dismissed_at is null) = (dismissed_by is null))
);
create unique index notices_once_per_cause on public.notices (account_id, campaign_id, kind) nulls not distinct where resolved_at is null;
create index notices_shown on public.notices (account_id, created_at desc) where resolved_at is null and dismissed_at is null;
create index notices_by_account on public.notices (account_id);
create index notices_by_campaign on public.notices (campaign_id);

grant select on public.notices to authenticated, service_role;
alter table public.notices enable row level security;
create policy "Members can view the notices of their account and campaigns" on public.notices for select to authenticated
  using ((campaign_id is null and account_id = any(array(select private.account_ids('account.read'))))
    or campaign_id = any(array(select private.campaign_ids('campaigns.read'))));

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
  return told;
end $$;

-- The causes are gone: what is still shown of them disappears, and the next time they are told anew. Called by what removes
-- them (resume, stop, a top-up), under the account's lock. Again changes nothing.
create function private.resolve_notices(account_id uuid, campaign_id uuid, kinds public.notice_kind[]) returns void
language sql set search_path = ''
as $$
  update public.notices n set resolved_at = private.now()
  where n.account_id = resolve_notices.account_id and n.campaign_id is not distinct from resolve_notices.campaign_id
    and n.kind = any(resolve_notices.kinds) and n.resolved_at is null
$$;
