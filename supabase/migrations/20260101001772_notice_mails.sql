-- Notices as mails: gathered for a moment, one mail for each person and whatever came together, sent by run-outbox.

-- A file that went in while its bringer looked on is worth no mail; one that took long, or failed, is.
create function private.is_worth_a_mail(notice public.notices) returns boolean
language sql immutable set search_path = ''
return notice.kind <> 'import_completed' or coalesce((notice.details ->> 'seconds')::int, 0) > 120;

-- A suspended or closed account gets mails about that alone: what its campaigns and files do is told in the app.
create function private.may_be_mailed(notice public.notices) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return private.notice_topic(notice.kind) = 'account' or (select a.status = 'active' from public.accounts a where a.id = notice.account_id);
end $$;

-- May this person hear of it, and do they want it as a mail? An alert whose cause is gone, or that somebody put away, before the mail
-- left is no news any more.
create function private.is_mailed_to(notice public.notices, user_id uuid) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return private.is_worth_a_mail(notice) and private.may_be_mailed(notice) and (notice.cause is not null or (notice.resolved_at is null and notice.dismissed_at is null))
    and private.hears_of(notice, is_mailed_to.user_id) and private.wants_mail(notice.account_id, is_mailed_to.user_id, private.notice_topic(notice.kind));
end $$;

-- The mails about all that an account was told and nobody mailed yet: one job for each person who wants some of it. The account is
-- locked, and a notice is marked in the transaction that queues its mails: none is mailed twice, none is forgotten.
create function private.queue_notice_mails(account_id uuid, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  with gathered as (
    update public.notices n set mailed_at = moment where n.account_id = queue_notice_mails.account_id and n.mailed_at is null
    returning n as notice, n.id
  ), addressed as (
    select m.user_id, array_agg(g.id order by g.id desc) as ids
    from gathered g join public.members m on m.account_id = queue_notice_mails.account_id and private.is_mailed_to(g.notice, m.user_id)
    group by m.user_id
  )
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select queue_notice_mails.account_id, 'mail_notices', a.user_id || ':' || a.ids[1],
    jsonb_build_object('account_id', queue_notice_mails.account_id, 'user_id', a.user_id, 'notice_ids', to_jsonb(a.ids))
  from addressed a
  on conflict on constraint a_job_is_queued_once do nothing;
  if found then
    update engine.accounts a set notices_mailed_at = moment where a.account_id = queue_notice_mails.account_id;
  end if;
end $$;

-- Each tick: what was told waits a minute, so that a thousand campaigns that stop at once are one mail; after a mail the next comes
-- ten minutes later. An account that somebody works on has its turn with the next tick.
create function private.sweep_notice_mails(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
begin
  for account in
    select a.account_id from engine.accounts a
    where a.account_id in (select n.account_id from public.notices n where n.mailed_at is null and n.created_at <= moment - interval '1 minute')
      and (a.notices_mailed_at is null or a.notices_mailed_at <= moment - interval '10 minutes')
    order by a.account_id limit 50 for update of a skip locked
  loop
    perform private.queue_notice_mails(account.account_id, moment);
  end loop;
end $$;

-- What the mail of a job says, asked when it is sent: to whom, of which account, the newest twenty notices of how many, and for each
-- topic the key of a link that stops its mails. Null when there is nothing left to say: the person left, or wants none any more.
create function private.notice_mail(account_id uuid, user_id uuid, notice_ids uuid[]) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  ids uuid[];
begin
  -- Definer: asked by run-outbox alone.
  ids := array(select n.id from public.notices n
    where n.id = any(notice_mail.notice_ids) and n.account_id = notice_mail.account_id and private.is_mailed_to(n, notice_mail.user_id) order by n.id desc);
  return (select jsonb_build_object('to', p.email, 'account_name', a.name, 'time_zone', a.time_zone, 'format_style', a.format_style, 'count', cardinality(ids),
      'notices', (select jsonb_agg(jsonb_build_object('kind', n.kind, 'campaign_id', n.campaign_id, 'campaign_name', k.name, 'import_id', n.import_id,
          'file_name', i.file_name, 'details', n.details, 'created_at', n.created_at) order by n.id desc)
        from public.notices n left join public.campaigns k on k.id = n.campaign_id left join public.imports i on i.id = n.import_id where n.id = any(ids[1:20])),
      'topics', (select jsonb_agg(jsonb_build_object('topic', t.topic, 'token', private.unsubscribe_token(a.id, p.id, array[t.topic])) order by t.topic)
        from (select distinct private.notice_topic(n.kind) as topic from public.notices n where n.id = any(ids)) t),
      'token', private.unsubscribe_token(a.id, p.id, array(select distinct private.notice_topic(n.kind) from public.notices n where n.id = any(ids) order by 1)))
    from public.accounts a join auth.users p on p.id = notice_mail.user_id
    where a.id = notice_mail.account_id and cardinality(ids) > 0);
end $$;
grant execute on function private.notice_mail(uuid, uuid, uuid[]) to service_role;
create function public.notice_mail(account_id uuid, user_id uuid, notice_ids uuid[]) returns jsonb
language sql stable set search_path = ''
return private.notice_mail(notice_mail.account_id, notice_mail.user_id, notice_mail.notice_ids);
grant execute on function public.notice_mail(uuid, uuid, uuid[]) to service_role;
