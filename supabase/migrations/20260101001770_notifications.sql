-- Notices as one person meets them: the bell, what is read and what is not.

-- That somebody read a notice: theirs alone, where putting an alert away is for everybody.
create table public.notice_reads (
  notice_id uuid not null references public.notices on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  read_at timestamptz not null default private.now(),
  primary key (notice_id, user_id)
);
create index notice_reads_by_user on public.notice_reads (user_id);
create index notice_reads_by_account on public.notice_reads (account_id);

grant select on public.notice_reads to authenticated, service_role;
alter table public.notice_reads enable row level security;
create policy "People can view what they read" on public.notice_reads for select to authenticated
  using (user_id = (select private.proven_person()));

-- Several kinds are one thing to somebody who wants to hear of it, or not.
create function private.notice_topic(kind public.notice_kind) returns public.notice_topic
language sql immutable set search_path = ''
return case
  when kind = 'completed' then 'completed'
  when kind in ('failure_rate', 'opt_out_rate', 'assistant', 'budget', 'ended') then 'paused'
  when kind = 'not_launched' then 'not_launched'
  when kind in ('low_balance', 'no_minutes') then 'minutes'
  when kind in ('import_completed', 'import_failed') then 'imports'
  when kind = 'deletions_failed' then 'privacy'
  when kind = 'provider_refused' then 'provider'
  when kind in ('account_suspended', 'account_closed') then 'account'
  else 'payments' end::public.notice_topic;

-- May this person hear of a notice? The same people as the policy of the table lets in, asked of anybody: mails go to people who are
-- not there. plpgsql keeps its plan from row to row.
create function private.hears_of(notice public.notices, user_id uuid) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return exists (select from public.members m
    where m.account_id = notice.account_id and m.user_id = hears_of.user_id and case
      when notice.recipient_id is not null then notice.recipient_id = m.user_id
      when notice.campaign_id is not null then exists (select from public.role_permissions p where p.role = m.role and p.permission = 'campaigns.read'
        and (p.scope = 'account' or exists (select from public.campaign_members s where s.campaign_id = notice.campaign_id and s.user_id = m.user_id)))
      else exists (select from public.role_permissions p where p.role = m.role and p.scope = 'account'
        and p.permission = private.notice_permission(notice.kind)) end);
end $$;

-- What the current user has not read, the newest first. What was told before somebody came to the account is no news to them.
create function private.unread_notices(account_id uuid, notice_ids uuid[], newest_id uuid, most int) returns setof public.notices
language sql stable set search_path = ''
as $$
  select n from public.notices n
  join public.members m on m.account_id = n.account_id and m.user_id = auth.uid()
  where n.account_id = unread_notices.account_id and n.created_at >= m.created_at
    and (unread_notices.notice_ids is null or n.id = any(unread_notices.notice_ids)) and (unread_notices.newest_id is null or n.id <= unread_notices.newest_id)
    and not exists (select from public.notice_reads r where r.notice_id = n.id and r.user_id = m.user_id)
    and private.hears_of(n, m.user_id)
  order by n.id desc limit unread_notices.most
$$;

-- What an account told the current user, in pages. filter: {unread, topics}. is_over: the cause of an alert is gone.
create function private.list_notifications(account_id uuid, filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  size int := private.page_limit(page_size);
  topics public.notice_topic[] := private.texts_of(filter -> 'topics', enum_range(null::public.notice_topic)::text[], 'topics');
  came_at timestamptz := (select m.created_at from public.members m where m.account_id = list_notifications.account_id and m.user_id = auth.uid());
  rows jsonb;
begin
  -- Definer: names of campaigns and files come with them; hears_of lets in nobody whom the policies do not.
  perform private.require_permission(list_notifications.account_id, 'account.read');
  with page as (
    select n.*, r.notice_id is not null or n.created_at < came_at as is_read
    from public.notices n left join public.notice_reads r on r.notice_id = n.id and r.user_id = auth.uid()
    where n.account_id = list_notifications.account_id and ("cursor" is null or n.id < private.as_uuid("cursor" ->> 'id'))
      and (not coalesce((filter ->> 'unread')::boolean, false) or r.notice_id is null and n.created_at >= came_at)
      and (cardinality(topics) = 0 or private.notice_topic(n.kind) = any(topics))
      and private.hears_of(n, auth.uid())
    order by n.id desc limit size + 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'kind', g.kind, 'campaign_id', g.campaign_id, 'campaign_name', k.name, 'import_id', g.import_id,
    'file_name', i.file_name, 'details', g.details, 'created_at', g.created_at, 'is_read', g.is_read, 'is_over', g.cause is null and g.resolved_at is not null)
    order by g.id desc), '[]') into rows
  from page g left join public.campaigns k on k.id = g.campaign_id left join public.imports i on i.id = g.import_id;
  return private.page_of(rows, size, '{id}');
end $$;
grant execute on function private.list_notifications(uuid, jsonb, jsonb, int) to authenticated;
create function public.list_notifications(account_id uuid, filter jsonb default '{}', "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_notifications(list_notifications.account_id, list_notifications.filter, list_notifications."cursor", list_notifications.page_size);
grant execute on function public.list_notifications(uuid, jsonb, jsonb, int) to authenticated;

-- How many the current user has not read; nobody counts further than to a hundred.
create function private.count_unread(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: as list_notifications.
  perform private.require_permission(count_unread.account_id, 'account.read');
  return jsonb_build_object('unread_count', (select count(*) from private.unread_notices(count_unread.account_id, null, null, 100)));
end $$;
grant execute on function private.count_unread(uuid) to authenticated;
create function public.count_unread(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.count_unread(count_unread.account_id);
grant execute on function public.count_unread(uuid) to authenticated;

-- The current user read these, or with none named all up to the newest they saw: what came meanwhile stays unread. Their other tabs and
-- devices hear of it. Again changes nothing.
create function private.read_notifications(account_id uuid, notice_ids uuid[], newest_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; only what they may hear of is marked, for themselves.
  perform private.require_permission(read_notifications.account_id, 'account.read');
  insert into public.notice_reads (notice_id, user_id, account_id)
  select n.id, auth.uid(), n.account_id from private.unread_notices(read_notifications.account_id, read_notifications.notice_ids, read_notifications.newest_id, 10000) n
  on conflict do nothing;
  if found then
    perform realtime.send(jsonb_build_object('account_id', read_notifications.account_id), 'notices_read', 'user:' || auth.uid(), true);
  end if;
  return '{}';
end $$;
grant execute on function private.read_notifications(uuid, uuid[], uuid) to authenticated;
create function public.read_notifications(account_id uuid, notice_ids uuid[] default null, newest_id uuid default null) returns jsonb
language sql set search_path = ''
return private.read_notifications(read_notifications.account_id, read_notifications.notice_ids, read_notifications.newest_id);
grant execute on function public.read_notifications(uuid, uuid[], uuid) to authenticated;

-- Tells whoever brought a file how it ended, if they still belong to the account. A file that went on after it failed can end again.
-- The account is locked.
create function private.tell_import(import_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  import public.imports := (select i from public.imports i where i.id = tell_import.import_id);
  began_at timestamptz := (select min(c.created_at) from public.import_chunks c where c.import_id = import.id);
begin
  perform private.tell_event(import.account_id, case import.status when 'completed' then 'import_completed'::public.notice_kind else 'import_failed' end,
    import.id || ':' || import.finished_at, null, import.id, m.user_id, jsonb_build_object('created', import.created_count, 'updated', import.updated_count,
      'refused', import.refused_count, 'seconds', coalesce(extract(epoch from import.finished_at - began_at)::int, 0)))
  from public.members m where m.account_id = import.account_id and m.user_id = import.created_by;
end $$;

-- Each night: what is over for half a year is forgotten.
create function private.forget_notices(moment timestamptz) returns void
language sql set search_path = ''
as $$
  delete from public.notices n where n.id in (
    select o.id from public.notices o where o.resolved_at < forget_notices.moment - interval '180 days' order by o.id limit 1000)
$$;
