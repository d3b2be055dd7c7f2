-- Campaigns and the contacts in them as pages read them.

-- A campaign with its counters and what it waits for; plpgsql keeps its plan from row to row.
create function private.campaign_row(campaign public.campaigns) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select private.campaign_counts(campaign.id) || jsonb_build_object('id', campaign.id, 'account_id', campaign.account_id, 'name', campaign.name, 'category', campaign.category,
    'assistant_id', campaign.assistant_id, 'assistant_name', (select s.name from public.assistants s where s.id = campaign.assistant_id),
    'purpose', campaign.purpose, 'priority', campaign.priority, 'launch_at', campaign.launch_at,
    'budget_seconds', h.budget_seconds, 'calls_count', n.calls_count, 'answered_count', n.answered_count,
    'created_at', campaign.created_at, 'active_at', greatest(campaign.updated_at, h.changed_at, h.sent_at), 'started_at', campaign.started_at, 'finished_at', campaign.finished_at, 'pause_reason', campaign.pause_reason,
    'pause_details', campaign.pause_details,
    'next_at', (select min(l.next_at) from engine.lanes l where l.campaign_id = campaign.id and h.is_active),
    'wait_facts', jsonb_build_object('spendable_seconds', greatest(0, a.balance_seconds - a.reserved_seconds),
      'needed_seconds', private.round_up(h.maximum_seconds, a.first_increment_seconds, a.billing_increment_seconds), 'hold_until', p.hold_until, 'hold_reason', p.hold_reason,
      'next_time_zone', (select l.time_zone from engine.lanes l where l.campaign_id = campaign.id and l.next_at is not null order by l.next_at limit 1)))
  from engine.campaigns h
  join engine.accounts a on a.account_id = h.account_id
  left join engine.provider_lines p on p.id = a.provider_line_id
  cross join (select coalesce(sum(d.calls_count), 0) as calls_count, coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0) as answered_count
    from public.daily_stats d where d.campaign_id = campaign.id) n
  where h.campaign_id = campaign.id);
end $$;

create function private.get_campaign(campaign_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(get_campaign.campaign_id, 'campaigns.read');
begin
  return private.campaign_row(campaign) || private.settings_of(campaign) || jsonb_build_object(
    'assistant_version', (select v.version from public.assistant_versions v where v.id = campaign.assistant_version_id),
    'newest_assistant_version', (private.current_version(campaign.assistant_id)).version, 'no_consent_count', private.no_consent_count(campaign.id),
    'editable', private.editable_settings(campaign.status), 'archived_at', campaign.archived_at, 'resumed_at', campaign.resumed_at,
    'kept_forecast', campaign.kept_forecast, 'unfinished_copy', (select jsonb_build_object('campaign_id', o.id, 'name', o.name, 'cursor', campaign.copied_to,
        'left_count', (select count(*) from public.enrolments e where e.campaign_id = o.id and e.position > campaign.copied_to))
      from public.campaigns o where o.id = campaign.copying_from and campaign.status = 'draft' and o.id = any(array(select private.campaign_ids('campaigns.read')))),
    'consent_override', case when campaign.consent_override_at is not null then jsonb_build_object('reason', campaign.consent_override_reason,
      'at', campaign.consent_override_at, 'by_name', (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = campaign.consent_override_by)) end,
    'outcomes', (select jsonb_object_agg(o, coalesce(n.calls, 0)) from unnest(enum_range(null::public.call_outcome)) o
      left join (select d.outcome, sum(d.calls_count) as calls from public.daily_stats d where d.campaign_id = campaign.id group by 1) n on n.outcome = o));
end $$;
grant execute on function private.get_campaign(uuid) to authenticated;
create function public.get_campaign(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_campaign(get_campaign.campaign_id);
grant execute on function public.get_campaign(uuid) to authenticated;

-- An enrolment on a page, with what the next page goes on after.
create type private.enrolment_place as (id uuid, sort jsonb);

-- Enrolments in the order given, each with the state people ask about: what happened, what comes next, why not now.
create function private.enrolment_rows(places private.enrolment_place[], is_visible boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'contact_id', g.contact_id, 'name', private.masked(p.name, is_visible),
      'phone', coalesce(private.masked(p.phone, is_visible), ''), 'company', p.company, 'time_zone', p.time_zone, 'status', g.status,
      -- the attempt that is under way is one, though it counts only once it is settled
      'attempts', g.attempts + case when g.status = 'calling' then 1 else 0 end,
      'outcome', g.outcome, 'reason', g.reason, 'reason_detail', g.reason_detail, 'callback_at', g.callback_at,
      'callback_note', case when is_visible and g.callback_at is not null then (select b.note from public.callbacks b where b.enrolment_id = g.id order by b.id desc limit 1) end,
      '_sort', x.sort,
      'due_at', greatest(q.due_at, l.next_at), 'wait_reason', coalesce(q.wait_reason, l.wait_reason),
      'call', (select jsonb_build_object('id', c.id, 'state', c.state, 'outcome', c.outcome, 'dialled_at', c.dialled_at, 'started_at', c.started_at,
          'ended_at', c.ended_at, 'billed_seconds', c.billed_seconds)
        from public.calls c where c.enrolment_id = g.id and not (c.state = 'voided' and c.dialled_at is null) order by c.created_at desc limit 1)
    ) order by x.ordinality), '[]')
  from unnest(places) with ordinality x
  join public.enrolments g on g.id = x.id
  join public.contacts p on p.id = g.contact_id
  left join engine.dial_queue q on q.enrolment_id = g.id
  left join engine.lanes l on l.id = q.lane_id);
end $$;

-- Who is in a campaign, in calling order; those who wait for one thing (wait), as the queue's page counts them, in the order in which they
-- are called.
create function private.list_enrolments(campaign_id uuid, filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  campaign public.campaigns := private.require_campaign(list_enrolments.campaign_id, 'campaigns.read');
  size int := private.page_limit(page_size);
  pattern text := private.search_pattern(private.clean_text(filter ->> 'text'));
  is_visible boolean := private.sees_personal(campaign.account_id);
  places private.enrolment_place[];
begin
  if filter ->> 'wait' is not null then
    places := array(select row(w.enrolment_id, jsonb_build_object('rank', w.rank, 'due_at', w.due_at, 'position', w.position))::private.enrolment_place
      from private.waiting_rows(campaign, filter ->> 'wait', pattern, is_visible, "cursor", size + 1, private.now()) with ordinality w order by w.ordinality);
  else
    places := array(select row(e.id, jsonb_build_object('position', e.position))::private.enrolment_place
      from public.enrolments e join public.contacts p on p.id = e.contact_id
      where e.campaign_id = campaign.id and (filter ->> 'status' is null or e.status::text = filter ->> 'status')
        and (filter ->> 'reason' is null or e.status in ('blocked', 'opted_out') and coalesce(e.reason::text, 'do_not_call') = filter ->> 'reason')
        and (pattern is null or p.search_text like pattern and (is_visible or private.open_words(p) like pattern))
        and ("cursor" is null or (e.position, e.id) > (("cursor" ->> 'position')::bigint, ("cursor" ->> 'id')::uuid))
      order by e.position, e.id limit size + 1);
  end if;
  return private.page_of(private.enrolment_rows(places, is_visible), size,
    case when filter ->> 'wait' is null then '{position,id}'::text[] else '{rank,due_at,position,id}' end);
end $$;
grant execute on function private.list_enrolments(uuid, jsonb, jsonb, int) to authenticated;
create function public.list_enrolments(campaign_id uuid, filter jsonb default '{}', "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_enrolments(list_enrolments.campaign_id, list_enrolments.filter, list_enrolments."cursor", list_enrolments.page_size);
grant execute on function public.list_enrolments(uuid, jsonb, jsonb, int) to authenticated;
