-- The dashboard in one answer, of functions in plpgsql: they keep their plans, and planning was most of what the page took.

create function private.day_figures(account_id uuid, day date) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('calls_count', coalesce(sum(d.calls_count), 0), 'answered_count', coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0),
    'positive_count', coalesce(sum(d.positive_count), 0), 'billed_seconds', coalesce(sum(d.billed_seconds), 0), 'price_micros', coalesce(sum(d.price_micros), 0))
  from public.daily_stats d
  where d.account_id = day_figures.account_id and d.day = day_figures.day and d.campaign_id = any(array(select private.campaign_ids('campaigns.read'))));
end $$;

-- Calls of the latest two weeks by the day, of the latest two of those days by the hour, and by what the line did, of the campaigns that the current user sees.
create function private.latest_days(account_id uuid, today date) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  campaign_ids uuid[] := array(select private.campaign_ids('campaigns.read'));
begin
  return (
    with latest as (
      select d.* from public.daily_stats d
      where d.account_id = latest_days.account_id and d.day > latest_days.today - 14 and d.day <= latest_days.today and d.campaign_id = any(campaign_ids)
    )
    select jsonb_build_object(
      'days', (select coalesce(jsonb_agg(to_jsonb(x) order by x.day), '[]') from (
        select l.day, sum(l.calls_count) as calls_count, coalesce(sum(l.calls_count) filter (where l.outcome = 'answered'), 0) as answered_count,
          sum(l.positive_count) as positive_count, sum(l.billed_seconds) as billed_seconds, sum(l.price_micros) as price_micros
        from latest l group by 1) x),
      'outcomes', (select coalesce(jsonb_object_agg(x.outcome, x.calls), '{}') from (select l.outcome, sum(l.calls_count) as calls from latest l group by 1) x),
      'hours', (select coalesce(jsonb_agg(to_jsonb(x) order by x.day, x.hour), '[]') from (
        select h.day, h.hour, sum(h.calls_count) as calls_count, sum(h.answered_count) as answered_count, sum(h.billed_seconds) as billed_seconds
        from public.hourly_stats h where h.account_id = latest_days.account_id and h.campaign_id = any(campaign_ids)
          and h.day in (select distinct l.day from latest l order by l.day desc limit 2) group by 1, 2) x)));
end $$;

-- What needs the operator now.
create function private.dashboard_alerts(account_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('code', x.code, 'campaign_id', x.campaign_id, 'details', x.details)), '[]')
  from (
    select 'low_balance' as code, null::uuid as campaign_id, jsonb_build_object('balance_seconds', a.balance_seconds) as details
    from engine.accounts a where a.account_id = dashboard_alerts.account_id and a.balance_seconds < 300
    union all
    select w.reason::text, k.id, jsonb_build_object('name', k.name)
    from public.campaigns k cross join lateral private.campaign_wait_reason(k.id) as w (reason)
    where k.account_id = dashboard_alerts.account_id and k.status = 'active' and w.reason in ('no_minutes', 'line_held')
  ) x);
end $$;

create function private.dashboard(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  today date := (private.now() at time zone (select a.time_zone from public.accounts a where a.id = dashboard.account_id))::date;
begin
  perform private.require_permission(dashboard.account_id, 'account.read');
  return jsonb_build_object('wallet', private.wallet_of(dashboard.account_id),
    'today', private.day_figures(dashboard.account_id, today), 'yesterday', private.day_figures(dashboard.account_id, today - 1),
    'latest', private.latest_days(dashboard.account_id, today),
    -- for those who may see what calls cost
    'currency', case when dashboard.account_id = any(array(select private.account_ids('billing.read'))) then
      coalesce((select b.currency from public.billing_details b where b.account_id = dashboard.account_id), 'usd') end,
    'checklist', jsonb_build_object(
      'has_assistant', exists (select from public.assistants s join public.assistant_versions v on v.assistant_id = s.id and v.version is not null
        where s.account_id = dashboard.account_id and s.archived_at is null),
      'has_contacts', exists (select from public.contacts p where p.account_id = dashboard.account_id),
      'has_campaign', exists (select from public.campaigns k where k.account_id = dashboard.account_id),
      'has_started', exists (select from public.campaigns k where k.account_id = dashboard.account_id and k.started_at is not null)),
    'running', (select coalesce(jsonb_agg(private.campaign_row(k) order by k.started_at desc), '[]') from public.campaigns k
      where k.account_id = dashboard.account_id and k.status in ('active', 'paused') and k.id = any(array(select private.campaign_ids('campaigns.read')))),
    'recent_calls', private.newest_calls(dashboard.account_id, null, 6),
    'alerts', private.dashboard_alerts(dashboard.account_id));
end $$;
grant execute on function private.dashboard(uuid) to authenticated;
create function public.dashboard(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.dashboard(dashboard.account_id);
grant execute on function public.dashboard(uuid) to authenticated;
