-- The dashboard in one answer, of functions in plpgsql: they keep their plans, and planning was most of what the page took. What calls of
-- longer times came to stands below it and is a report (reports).

create function private.day_figures(account_id uuid, day date) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object('calls_count', coalesce(sum(d.calls_count), 0), 'answered_count', coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0),
    'positive_count', coalesce(sum(d.positive_count), 0), 'billed_seconds', coalesce(sum(d.billed_seconds), 0), 'price_micros',
    case when day_figures.account_id = any(array(select private.account_ids('billing.read'))) then coalesce(sum(d.price_micros), 0) end)
  from public.daily_stats d
  where d.account_id = day_figures.account_id and d.day = day_figures.day and d.campaign_id = any(array(select private.campaign_ids('campaigns.read'))));
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
