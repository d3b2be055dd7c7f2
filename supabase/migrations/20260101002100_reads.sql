-- What pages read in one answer. Lists are keyset pages {rows, next_cursor}; personal values are masked for people without
-- contacts.read_personal. All of these are definer bodies that check the permission first, because counters, queue and
-- balance live in engine.

create function private.masked(value text, is_visible boolean) returns text
language sql immutable set search_path = ''
return case when masked.is_visible or masked.value = '' then masked.value
  when masked.value like '+%' then left(masked.value, 3) || '•••' || right(masked.value, 2) else left(masked.value, 1) || '•••' end;

create function private.page_limit(page_size int) returns int
language sql immutable set search_path = ''
return least(greatest(coalesce(page_limit.page_size, 20), 1), 100);

-- Turns limit+1 rows into a page: the extra row only tells that there is more.
create function private.page_of(rows jsonb, size int, keys text[]) returns jsonb
language sql immutable set search_path = ''
as $$
  select jsonb_build_object(
    'rows', coalesce((select jsonb_agg(r.value - '_sort' order by r.ordinality) from jsonb_array_elements(rows) with ordinality r where r.ordinality <= page_of.size), '[]'),
    'next_cursor', case when jsonb_array_length(rows) > page_of.size then
      (select jsonb_object_agg(k, coalesce(rows -> (page_of.size - 1) -> '_sort' -> k, rows -> (page_of.size - 1) -> k)) from unnest(keys) k) end)
$$;

-- Assistants -----------------------------------------------------------------------------------------------------------

create function private.assistant_row(assistant public.assistants) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', assistant.id, 'name', assistant.name, 'version', v.version, 'version_id', v.id, 'voice_id', v.voice_id,
    'voice_name', o.name, 'language', v.language, 'greeting', v.greeting, 'maximum_seconds', v.maximum_seconds,
    'campaigns_count', (select count(*) from public.campaigns k where k.assistant_id = assistant.id),
    'created_at', assistant.created_at, 'updated_at', assistant.updated_at)
  from private.current_version(assistant.id) v join public.voices o on o.id = v.voice_id
$$;

create function private.list_assistants(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_permission(list_assistants.account_id, 'assistants.read');
  return (select coalesce(jsonb_agg(private.assistant_row(a) order by lower(a.name), a.id), '[]') from public.assistants a
    where a.account_id = list_assistants.account_id and a.archived_at is null);
end $$;
grant execute on function private.list_assistants(uuid) to authenticated;
create function public.list_assistants(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_assistants(list_assistants.account_id);
grant execute on function public.list_assistants(uuid) to authenticated;

create function private.get_assistant(assistant_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = get_assistant.assistant_id);
begin
  perform private.require_permission(assistant.account_id, 'assistants.read');
  return (select private.assistant_row(assistant) || jsonb_build_object('archived_at', assistant.archived_at, 'content', jsonb_build_object(
      'name', assistant.name, 'voice_id', v.voice_id, 'language', v.language, 'greeting', v.greeting, 'instructions', v.instructions,
      'voicemail_message', v.voicemail_message, 'opt_out_sentence', v.opt_out_sentence, 'maximum_seconds', v.maximum_seconds, 'record_calls', v.record_calls))
    from private.current_version(assistant.id) v);
end $$;
grant execute on function private.get_assistant(uuid) to authenticated;
create function public.get_assistant(assistant_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_assistant(get_assistant.assistant_id);
grant execute on function public.get_assistant(uuid) to authenticated;

-- Archives an assistant nobody needs any more; campaigns that are not finished keep it.
create function private.archive_assistant(assistant_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  assistant public.assistants := (select a from public.assistants a where a.id = archive_assistant.assistant_id);
begin
  perform private.require_permission(assistant.account_id, 'assistants.edit');
  if exists (select from public.campaigns k where k.assistant_id = assistant.id and k.status in ('scheduled', 'active', 'paused')) then
    perform private.raise_error('conflict', 'A campaign that is not finished uses this assistant.', null, 'Stop the campaign first.');
  end if;
  update public.assistants a set archived_at = private.now() where a.id = assistant.id and a.archived_at is null;
  if found then
    perform private.log_activity(assistant.account_id, 'assistant.archived', 'assistant', assistant.id);
  end if;
  return '{}';
end $$;
grant execute on function private.archive_assistant(uuid) to authenticated;
create function public.archive_assistant(assistant_id uuid) returns jsonb
language sql set search_path = ''
return private.archive_assistant(archive_assistant.assistant_id);
grant execute on function public.archive_assistant(uuid) to authenticated;

-- Calls ----------------------------------------------------------------------------------------------------------------

-- May the current user see personal values of this account's contacts?
create function private.sees_personal(account_id uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select from public.members m join public.role_permissions p on p.role = m.role and p.permission = 'contacts.read_personal'
    where m.user_id = (select auth.uid()) and m.account_id = sees_personal.account_id)
$$;

create function private.call_row(call public.calls, is_visible boolean) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', call.id, 'campaign_id', call.campaign_id, 'campaign_name', k.name, 'contact_id', call.contact_id,
    'contact_name', private.masked(coalesce(p.name, ''), is_visible), 'phone', private.masked(call.phone, is_visible), 'assistant_name', s.name,
    'kind', call.kind, 'attempt_no', call.attempt_no, 'state', call.state, 'outcome', call.outcome, 'failure_scope', call.failure_scope,
    'ended_reason', call.ended_reason, 'created_at', call.created_at, 'dialled_at', call.dialled_at, 'started_at', call.started_at,
    'ended_at', call.ended_at, 'settled_at', call.settled_at, 'talk_seconds', call.talk_seconds, 'billed_seconds', call.billed_seconds,
    'recording_state', call.recording_state)
  from public.assistant_versions v
  join public.assistants s on s.id = v.assistant_id
  left join public.campaigns k on k.id = call.campaign_id
  left join public.contacts p on p.id = call.contact_id
  where v.id = call.assistant_version_id
$$;

-- The newest calls first. Voids that were never dialled are no calls to a person and are left out.
create function private.list_calls(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  size int := private.page_limit(page_size);
  account uuid := private.as_uuid(filter ->> 'account_id');
  campaign uuid := private.as_uuid(filter ->> 'campaign_id');
  contact uuid := private.as_uuid(filter ->> 'contact_id');
  is_visible boolean;
  rows jsonb;
begin
  perform private.require_membership(account);
  is_visible := private.sees_personal(account);
  with page as (
    select c from public.calls c
    where c.account_id = account and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
        or (c.campaign_id is null and account = any(array(select private.account_ids('calls.read')))))
      and (campaign is null or c.campaign_id = campaign) and (contact is null or c.contact_id = contact)
      and (filter ->> 'outcome' is null or c.outcome::text = filter ->> 'outcome')
      and not (c.state = 'voided' and c.dialled_at is null)
      and ("cursor" is null or (c.created_at, c.id) < (("cursor" ->> 'created_at')::timestamptz, ("cursor" ->> 'id')::uuid))
    order by c.created_at desc, c.id desc limit size + 1
  )
  select coalesce(jsonb_agg(private.call_row(p.c, is_visible) order by (p.c).created_at desc, (p.c).id desc), '[]') into rows from page p;
  return private.page_of(rows, size, '{created_at,id}');
end $$;
grant execute on function private.list_calls(jsonb, jsonb, int) to authenticated;
create function public.list_calls(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_calls(list_calls.filter, list_calls."cursor", list_calls.page_size);
grant execute on function public.list_calls(jsonb, jsonb, int) to authenticated;

-- Stops a read unless the current user belongs to the account; what they see inside is the query's business.
create function private.require_membership(account_id uuid) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  if (select auth.uid()) is null then
    perform private.raise_error('unauthenticated', 'Sign in to go on.');
  elsif not exists (select from public.members m where m.user_id = (select auth.uid()) and m.account_id = require_membership.account_id) then
    perform private.raise_error('not_found', 'This does not exist, or it belongs to another account.');
  end if;
end $$;

-- One call with what was said, what it cost and when what happened. Not the prompt, not the provider's ids or addresses.
create function private.get_call(call_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  call public.calls;
  may_listen boolean;
begin
  select c.* into call from public.calls c where c.id = get_call.call_id
    and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
      or (c.campaign_id is null and c.account_id = any(array(select private.account_ids('calls.read')))));
  if not found then
    perform private.raise_error('not_found', 'This call does not exist, or it belongs to another account.');
  end if;
  may_listen := call.campaign_id = any(array(select private.campaign_ids('calls.listen'))) or call.account_id = any(array(select private.account_ids('calls.listen')));
  return private.call_row(call, private.sees_personal(call.account_id)) || jsonb_build_object('account_id', call.account_id,
    'reserved_seconds', call.reserved_seconds, 'overrun_seconds', call.overrun_seconds, 'technical_failure', call.technical_failure,
    'engaged', call.engaged, 'may_listen', may_listen, 'recording_path', case when may_listen then call.recording_path end,
    'transcript', (select jsonb_build_object('turns', t.turns, 'summary', t.summary, 'success', t.success, 'structured', t.structured)
      from public.call_transcripts t where t.call_id = call.id and may_listen),
    'ledger', (select jsonb_build_object('delta_seconds', l.delta_seconds, 'balance_after', l.balance_after, 'created_at', l.created_at)
      from public.ledger_entries l where l.call_id = call.id and l.kind = 'consume'),
    'timeline', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind) order by e.place), '[]')
      from (values (1, call.created_at, 'reserved'), (2, call.dialled_at, 'dialled'), (3, call.accepted_at, 'accepted'), (4, call.ringing_at, 'ringing'),
        -- A provider's clock may be ahead of ours or behind: on the timeline nothing is answered before it was dialled.
        (5, greatest(call.started_at, case when call.started_at is not null then call.dialled_at end, case when call.started_at is not null then call.ringing_at end), 'started'), (6, call.ended_at, 'ended'), (7, call.settled_at, case call.state when 'voided' then 'voided' else 'settled' end),
        (8, call.found_late_at, 'found_late')) e (place, at, kind) where e.at is not null));
end $$;
grant execute on function private.get_call(uuid) to authenticated;
create function public.get_call(call_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_call(get_call.call_id);
grant execute on function public.get_call(uuid) to authenticated;

-- Contacts -------------------------------------------------------------------------------------------------------------

-- Derived, never set; the first that fits, in this order.
create function private.contact_status(contact public.contacts) returns text
language sql stable set search_path = ''
as $$
  select case
    when exists (select from public.do_not_call n where n.account_id = contact.account_id and n.phone = contact.phone) then 'opted_out'
    when bool_or(e.status = 'calling') then 'calling'
    when bool_or(e.status = 'waiting' and k.status = 'active') then 'queued'
    when exists (select from public.calls c where c.contact_id = contact.id and c.disposition = 'interested') then 'success'
    when bool_or(e.status = 'reached') then 'called'
    when bool_or(e.status = 'exhausted' or (e.status = 'blocked' and e.reason = 'invalid_number')) then 'failed'
    else 'new' end
  from public.enrolments e join public.campaigns k on k.id = e.campaign_id
  where e.contact_id = contact.id
$$;

create function private.contact_row(contact public.contacts, is_visible boolean) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('id', contact.id, 'name', private.masked(contact.name, is_visible), 'phone', private.masked(contact.phone, is_visible),
    'email', private.masked(contact.email, is_visible), 'company', contact.company, 'time_zone', contact.time_zone, 'time_zone_source', contact.time_zone_source,
    'region', contact.region, 'status', private.contact_status(contact), 'attributes', case when is_visible then contact.attributes else '{}' end,
    'created_at', contact.created_at)
$$;

-- The contacts a person may see in an account: all of it, or those of the campaigns they are assigned to.
create function private.search_contacts(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  size int := private.page_limit(page_size);
  account uuid := private.as_uuid(filter ->> 'account_id');
  pattern text := private.search_pattern(private.clean_text(filter ->> 'text'));
  sees_all boolean;
  is_visible boolean;
  rows jsonb;
  total int;
begin
  perform private.require_membership(account);
  sees_all := account = any(array(select private.account_ids('contacts.read')));
  is_visible := private.sees_personal(account);
  with page as (
    select p from public.contacts p
    where p.account_id = account and (pattern is null or p.search_text like pattern)
      and (sees_all or exists (select from public.enrolments e where e.contact_id = p.id and e.campaign_id = any(array(select private.campaign_ids('contacts.read')))))
      and ("cursor" is null or (p.created_at, p.id) < (("cursor" ->> 'created_at')::timestamptz, ("cursor" ->> 'id')::uuid))
    order by p.created_at desc, p.id desc limit size + 1
  )
  select coalesce(jsonb_agg(private.contact_row(g.p, is_visible) order by (g.p).created_at desc, (g.p).id desc), '[]') into rows from page g;
  -- Exact where it is cheap: beyond ten thousand nobody counts rows on a screen.
  select count(*) into total from (
    select from public.contacts p
    where p.account_id = account and (pattern is null or p.search_text like pattern)
      and (sees_all or exists (select from public.enrolments e where e.contact_id = p.id and e.campaign_id = any(array(select private.campaign_ids('contacts.read')))))
    limit 10001) counted;
  return private.page_of(rows, size, '{created_at,id}') || jsonb_build_object('total_count', case when total <= 10000 then total end);
end $$;
grant execute on function private.search_contacts(jsonb, jsonb, int) to authenticated;
create function public.search_contacts(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.search_contacts(search_contacts.filter, search_contacts."cursor", search_contacts.page_size);
grant execute on function public.search_contacts(jsonb, jsonb, int) to authenticated;

create function private.get_contact(contact_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  contact public.contacts := (select p from public.contacts p where p.id = get_contact.contact_id);
  is_visible boolean;
begin
  perform private.require_membership(contact.account_id);
  is_visible := private.sees_personal(contact.account_id);
  if not (contact.account_id = any(array(select private.account_ids('contacts.read'))) or exists (select from public.enrolments e
    where e.contact_id = contact.id and e.campaign_id = any(array(select private.campaign_ids('contacts.read'))))) then
    perform private.raise_error('not_found', 'This contact does not exist, or it belongs to another account.');
  end if;
  return private.contact_row(contact, is_visible) || jsonb_build_object(
    'account_id', contact.account_id,
    'campaigns', (select coalesce(jsonb_agg(jsonb_build_object('campaign_id', k.id, 'name', k.name, 'status', e.status) order by e.created_at desc), '[]')
      from public.enrolments e join public.campaigns k on k.id = e.campaign_id
      where e.contact_id = contact.id and k.id = any(array(select private.campaign_ids('campaigns.read')))),
    'calls', private.list_calls(jsonb_build_object('account_id', contact.account_id, 'contact_id', contact.id), null, 50) -> 'rows');
end $$;
grant execute on function private.get_contact(uuid) to authenticated;
create function public.get_contact(contact_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_contact(get_contact.contact_id);
grant execute on function public.get_contact(uuid) to authenticated;

-- Campaigns ------------------------------------------------------------------------------------------------------------

create function private.campaign_row(campaign public.campaigns) returns jsonb
language sql stable set search_path = ''
as $$
  select private.campaign_counts(campaign.id) || jsonb_build_object('id', campaign.id, 'account_id', campaign.account_id, 'name', campaign.name,
    'assistant_id', campaign.assistant_id, 'assistant_name', (select s.name from public.assistants s where s.id = campaign.assistant_id),
    'created_at', campaign.created_at, 'started_at', campaign.started_at, 'finished_at', campaign.finished_at, 'pause_reason', campaign.pause_reason,
    'next_at', (select min(l.next_at) from engine.lanes l where l.campaign_id = campaign.id and h.is_active),
    'wait_facts', jsonb_build_object('spendable_seconds', greatest(0, a.balance_seconds - a.reserved_seconds),
      'needed_seconds', private.round_up(h.maximum_seconds, a.billing_increment_seconds), 'hold_until', p.hold_until, 'hold_reason', p.hold_reason,
      'next_time_zone', (select l.time_zone from engine.lanes l where l.campaign_id = campaign.id and l.next_at is not null order by l.next_at limit 1)))
  from engine.campaigns h
  join engine.accounts a on a.account_id = h.account_id
  left join engine.provider_lines p on p.id = a.provider_line_id
  where h.campaign_id = campaign.id
$$;

create function private.list_campaigns(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_membership(list_campaigns.account_id);
  return (select coalesce(jsonb_agg(private.campaign_row(k) order by k.created_at desc, k.id), '[]') from public.campaigns k
    where k.account_id = list_campaigns.account_id and k.id = any(array(select private.campaign_ids('campaigns.read'))));
end $$;
grant execute on function private.list_campaigns(uuid) to authenticated;
create function public.list_campaigns(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_campaigns(list_campaigns.account_id);
grant execute on function public.list_campaigns(uuid) to authenticated;

create function private.get_campaign(campaign_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(get_campaign.campaign_id, 'campaigns.read');
begin
  return private.campaign_row(campaign) || jsonb_build_object('description', campaign.description, 'time_zone', campaign.time_zone,
    'max_attempts', campaign.max_attempts, 'assistant_version_id', campaign.assistant_version_id,
    'windows', (select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday, 'opens_at', to_char(w.opens_at, 'HH24:MI'),
      'closes_at', case when w.closes_at = '24:00' then '24:00' else to_char(w.closes_at, 'HH24:MI') end) order by w.weekday, w.opens_at), '[]')
      from public.campaign_windows w where w.campaign_id = campaign.id),
    'outcomes', (select jsonb_object_agg(o, coalesce(n.calls, 0)) from unnest(enum_range(null::public.call_outcome)) o
      left join (select d.outcome, sum(d.calls_count) as calls from public.daily_stats d where d.campaign_id = campaign.id group by 1) n on n.outcome = o));
end $$;
grant execute on function private.get_campaign(uuid) to authenticated;
create function public.get_campaign(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_campaign(get_campaign.campaign_id);
grant execute on function public.get_campaign(uuid) to authenticated;

-- Who is in a campaign, in calling order, each with the state people ask about: what happened, what comes next, why not now.
create function private.list_enrolments(campaign_id uuid, filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(list_enrolments.campaign_id, 'campaigns.read');
  size int := private.page_limit(page_size);
  is_visible boolean := private.sees_personal(campaign.account_id);
  pattern text := private.search_pattern(private.clean_text(filter ->> 'text'));
  rows jsonb;
begin
  with page as (
    select e.*, p.name, p.phone, p.company, p.time_zone
    from public.enrolments e join public.contacts p on p.id = e.contact_id
    where e.campaign_id = campaign.id and (filter ->> 'status' is null or e.status::text = filter ->> 'status')
      and (pattern is null or p.search_text like pattern)
      and ("cursor" is null or (e.position, e.id) > (("cursor" ->> 'position')::bigint, ("cursor" ->> 'id')::uuid))
    order by e.position, e.id limit size + 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'contact_id', g.contact_id, 'name', private.masked(g.name, is_visible),
      'phone', private.masked(g.phone, is_visible), 'company', g.company, 'time_zone', g.time_zone, 'status', g.status,
      -- the attempt that is under way is one, though it counts only once it is settled
      'attempts', g.attempts + case when g.status = 'calling' then 1 else 0 end,
      'outcome', g.outcome, 'reason', g.reason, 'reason_detail', g.reason_detail, '_sort', jsonb_build_object('position', g.position),
      'due_at', greatest(q.due_at, l.next_at), 'wait_reason', coalesce(q.wait_reason, l.wait_reason),
      'call', (select jsonb_build_object('id', c.id, 'state', c.state, 'outcome', c.outcome, 'dialled_at', c.dialled_at, 'started_at', c.started_at,
          'ended_at', c.ended_at, 'billed_seconds', c.billed_seconds)
        from public.calls c where c.enrolment_id = g.id and not (c.state = 'voided' and c.dialled_at is null) order by c.created_at desc limit 1)
    ) order by g.position, g.id), '[]') into rows
  from page g
  left join engine.dial_queue q on q.enrolment_id = g.id
  left join engine.lanes l on l.id = q.lane_id;
  return private.page_of(rows, size, '{position,id}');
end $$;
grant execute on function private.list_enrolments(uuid, jsonb, jsonb, int) to authenticated;
create function public.list_enrolments(campaign_id uuid, filter jsonb default '{}', "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_enrolments(list_enrolments.campaign_id, list_enrolments.filter, list_enrolments."cursor", list_enrolments.page_size);
grant execute on function public.list_enrolments(uuid, jsonb, jsonb, int) to authenticated;

-- Dashboard ------------------------------------------------------------------------------------------------------------

create function private.day_figures(account_id uuid, day date) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('calls_count', coalesce(sum(d.calls_count), 0), 'answered_count', coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0),
    'billed_seconds', coalesce(sum(d.billed_seconds), 0))
  from public.daily_stats d
  where d.account_id = day_figures.account_id and d.day = day_figures.day and d.campaign_id = any(array(select private.campaign_ids('campaigns.read')))
$$;

-- What needs the operator now.
create function private.dashboard_alerts(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('code', x.code, 'campaign_id', x.campaign_id, 'details', x.details)), '[]')
  from (
    select 'low_balance' as code, null::uuid as campaign_id, jsonb_build_object('balance_seconds', a.balance_seconds) as details
    from engine.accounts a where a.account_id = dashboard_alerts.account_id and a.balance_seconds < 300
    union all
    select w.reason::text, k.id, jsonb_build_object('name', k.name)
    from public.campaigns k cross join lateral private.campaign_wait_reason(k.id) as w (reason)
    where k.account_id = dashboard_alerts.account_id and k.status = 'active' and w.reason in ('no_minutes', 'line_held')
    union all
    select 'paused_by_rule', k.id, jsonb_build_object('name', k.name, 'reason', k.pause_reason)
    from public.campaigns k where k.account_id = dashboard_alerts.account_id and k.status = 'paused' and k.pause_reason is not null
  ) x
$$;

create function private.dashboard(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  today date := (private.now() at time zone (select a.time_zone from public.accounts a where a.id = dashboard.account_id))::date;
begin
  perform private.require_permission(dashboard.account_id, 'account.read');
  return jsonb_build_object('wallet', private.wallet_of(dashboard.account_id),
    'today', private.day_figures(dashboard.account_id, today), 'yesterday', private.day_figures(dashboard.account_id, today - 1),
    'checklist', jsonb_build_object(
      'has_assistant', exists (select from public.assistants s where s.account_id = dashboard.account_id and s.archived_at is null),
      'has_contacts', exists (select from public.contacts p where p.account_id = dashboard.account_id),
      'has_campaign', exists (select from public.campaigns k where k.account_id = dashboard.account_id),
      'has_started', exists (select from public.campaigns k where k.account_id = dashboard.account_id and k.started_at is not null)),
    'running', (select coalesce(jsonb_agg(private.campaign_row(k) order by k.started_at desc), '[]') from public.campaigns k
      where k.account_id = dashboard.account_id and k.status in ('active', 'paused') and k.id = any(array(select private.campaign_ids('campaigns.read')))),
    'recent_calls', private.list_calls(jsonb_build_object('account_id', dashboard.account_id), null, 6) -> 'rows',
    'alerts', private.dashboard_alerts(dashboard.account_id));
end $$;
grant execute on function private.dashboard(uuid) to authenticated;
create function public.dashboard(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.dashboard(dashboard.account_id);
grant execute on function public.dashboard(uuid) to authenticated;
