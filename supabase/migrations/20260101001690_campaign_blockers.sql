-- Why a campaign cannot start or go on, asked by its commands and its page.

-- Whether anybody who waits may be called at any time within a year: its own calling times and the law may leave nothing, or leave
-- it only after the last day. One zone that opens is enough, and mostly it is the first that is asked.
create function private.opens_ever(campaign_id uuid) returns boolean
language plpgsql stable set search_path = ''
as $$
declare
  moment timestamptz := greatest(private.now(), (select k.launch_at from public.campaigns k where k.id = opens_ever.campaign_id));
begin
  return exists (
    select from engine.lanes l cross join lateral private.opening_at(opens_ever.campaign_id, l.time_zone, l.region, moment) o
    where l.campaign_id = opens_ever.campaign_id and (o.open_until is not null or o.next_open is not null)
      and exists (select from engine.dial_queue q where q.lane_id = l.id));
end $$;

-- What stands between a campaign and its next call: [{code, details}]. Empty means it can start, or go on if it was paused. A
-- paused campaign goes on with the minutes its own calls hold, and without anybody waiting it is completed instead.
create function private.blockers_of(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  with facts as (
    select k.id, k.account_id, k.ends_at, k.status in ('draft', 'scheduled') as is_new, h.waiting_count, a.provider_line_id, h.used_seconds, h.budget_seconds,
      private.round_up(coalesce(v.maximum_seconds, 60), a.first_increment_seconds, a.billing_increment_seconds) as reservation,
      a.balance_seconds - case when k.status in ('draft', 'scheduled') then a.reserved_seconds else 0 end as spendable,
      h.waiting_count + h.calling_count + h.reached_count + h.exhausted_count + h.blocked_count + h.opted_out_count as enrolled,
      exists (select from public.campaign_windows w where w.campaign_id = k.id) as has_window,
      exists (select from public.assistants s join public.assistant_versions v on v.assistant_id = s.id and v.version is not null
        where s.id = k.assistant_id and s.archived_at is null) as has_assistant
    from public.campaigns k
    join engine.campaigns h on h.campaign_id = k.id
    join engine.accounts a on a.account_id = k.account_id
    left join public.assistant_versions v on v.id = coalesce(k.assistant_version_id, (private.current_version(k.assistant_id)).id)
    where k.id = blockers_of.campaign_id
  ), blockers (place, code, details) as (
    select 1, 'no_assistant', '{}'::jsonb from facts f where not f.has_assistant
    union all select 2, 'no_contacts', '{}' from facts f where f.is_new and f.enrolled = 0
    union all select 3, 'no_callable_contacts', jsonb_build_object('enrolled', f.enrolled, 'no_consent_count', private.no_consent_count(f.id))
      from facts f where f.is_new and f.enrolled > 0 and f.waiting_count = 0
    union all select 4, 'no_window', '{}' from facts f where not f.has_window
    union all select 5, 'no_line', '{}' from facts f where f.provider_line_id is null
    union all select 6, 'not_enough_minutes', jsonb_build_object('spendable_seconds', greatest(0, f.spendable), 'needed_seconds', f.reservation)
      from facts f where f.has_assistant and f.spendable < f.reservation
    union all select 7, 'budget_used', jsonb_build_object('used_seconds', f.used_seconds, 'budget_seconds', f.budget_seconds, 'needed_seconds', f.reservation)
      from facts f where f.used_seconds + f.reservation > f.budget_seconds
    union all select 8, 'ended', jsonb_build_object('ends_at', f.ends_at) from facts f where f.ends_at <= private.now()
    union all select 9, 'window_never_open', '{}' from facts f where f.is_new and f.has_window and f.waiting_count > 0 and not private.opens_ever(f.id)
    union all select 10, 'terms_not_accepted', jsonb_build_object('version', private.current_terms_version())
      from facts f where f.is_new and not private.has_accepted_terms(f.account_id)
    union all select 11, 'voice_language', private.voice_fault(k) from public.campaigns k where k.id = blockers_of.campaign_id and private.voice_fault(k) is not null
  )
  select coalesce(jsonb_agg(jsonb_build_object('code', b.code, 'details', b.details) order by b.place), '[]') from blockers b
$$;

create function private.campaign_blockers(campaign_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: counters and balance live in engine.
  perform private.require_campaign(campaign_blockers.campaign_id, 'campaigns.read');
  return private.blockers_of(campaign_blockers.campaign_id);
end $$;
grant execute on function private.campaign_blockers(uuid) to authenticated;
create function public.campaign_blockers(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
return private.campaign_blockers(campaign_blockers.campaign_id);
grant execute on function public.campaign_blockers(uuid) to authenticated;
