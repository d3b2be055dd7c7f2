-- What calls came to over days of the account's calendar: of campaigns, as far as the current user sees them, from the sums that settlement
-- keeps. Tests of an assistant are no calls of a campaign; what they took stands by itself. Of functions in plpgsql: they keep their plans.

-- Whose calls are added up. No days: all there are. campaign_ids null: those of the whole account.
create type private.report_scope as (account_id uuid, from_day date, until_day date, campaign_ids uuid[], sees_prices boolean);

-- Stops whoever is no member of the account, and days that are in the wrong order.
create function private.report_scope_of(account_id uuid, from_day date, until_day date) returns private.report_scope
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_membership(report_scope_of.account_id);
  if from_day > until_day or (from_day is null) <> (until_day is null) then
    perform private.raise_invalid('until_day', 'range', 'Choose a last day that is not before the first.');
  end if;
  return row(report_scope_of.account_id, report_scope_of.from_day, report_scope_of.until_day,
    case when not report_scope_of.account_id = any(array(select private.account_ids('calls.read'))) then array(select private.campaign_ids('calls.read')) end,
    report_scope_of.account_id = any(array(select private.account_ids('billing.read'))))::private.report_scope;
end $$;

-- The sums of daily_stats over a scope: in all, by what the line did, by campaign, by assistant, and over time, in days, weeks from Monday
-- or months, as long as the time asks for.
create function private.report_sums(scope private.report_scope, unit text) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    with summed as materialized (
      select grouping(d.outcome, d.campaign_id, d.assistant_version_id, date_trunc(report_sums.unit, d.day::timestamp)) as level, d.outcome, d.campaign_id, d.assistant_version_id,
        date_trunc(report_sums.unit, d.day::timestamp)::date as span, coalesce(sum(d.calls_count), 0) as calls_count,
        coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0) as answered_count, coalesce(sum(d.positive_count), 0) as positive_count,
        coalesce(sum(d.neutral_count), 0) as neutral_count, coalesce(sum(d.negative_count), 0) as negative_count,
        coalesce(sum(d.talk_seconds) filter (where d.outcome = 'answered'), 0) as talk_seconds, coalesce(sum(d.billed_seconds), 0) as billed_seconds,
        case when (scope).sees_prices then coalesce(sum(d.price_micros), 0) end as price_micros
      from public.daily_stats d
      where d.account_id = (scope).account_id and d.day between coalesce((scope).from_day, '-infinity') and coalesce((scope).until_day, 'infinity')
        and d.campaign_id is not null and ((scope).campaign_ids is null or d.campaign_id = any((scope).campaign_ids))
      group by grouping sets ((), (d.outcome), (d.campaign_id), (d.assistant_version_id), (date_trunc(report_sums.unit, d.day::timestamp)))
    ), figures as (
      select s.*, to_jsonb(s) - '{level,outcome,campaign_id,assistant_version_id,span}'::text[] as row from summed s
    )
    select jsonb_build_object(
      'figures', (select f.row from figures f where f.level = 15),
      'outcomes', (select coalesce(jsonb_object_agg(f.outcome, f.calls_count), '{}') from figures f where f.level = 7),
      'campaigns', (select coalesce(jsonb_agg(x.row || jsonb_build_object('id', x.campaign_id, 'name', x.name) order by x.calls_count desc, lower(x.name), x.campaign_id), '[]')
        from (select f.*, k.name from figures f join public.campaigns k on k.id = f.campaign_id where f.level = 11 order by f.calls_count desc, lower(k.name), f.campaign_id limit 500) x),
      'campaigns_count', (select count(*) from figures f where f.level = 11),
      'assistants', (select coalesce(jsonb_agg(to_jsonb(x) order by x.calls_count desc, lower(x.name), x.id), '[]') from (
        select a.id, a.name, sum(f.calls_count) as calls_count, sum(f.answered_count) as answered_count, sum(f.positive_count) as positive_count, sum(f.neutral_count) as neutral_count,
          sum(f.negative_count) as negative_count, sum(f.talk_seconds) as talk_seconds, sum(f.billed_seconds) as billed_seconds, sum(f.price_micros) as price_micros
        from figures f join public.assistant_versions v on v.id = f.assistant_version_id join public.assistants a on a.id = v.assistant_id where f.level = 13 group by 1, 2) x),
      'spans', (select coalesce(jsonb_agg(f.row || jsonb_build_object('hour', null, 'from_day', greatest(f.span, (scope).from_day),
          'until_day', least((f.span + ('1 ' || report_sums.unit)::interval)::date - 1, (scope).until_day)) order by f.span), '[]') from figures f where f.level = 14)));
end $$;

-- The same sums in all, of other days.
create function private.report_figures(scope private.report_scope) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select to_jsonb(x) from (
    select coalesce(sum(d.calls_count), 0) as calls_count, coalesce(sum(d.calls_count) filter (where d.outcome = 'answered'), 0) as answered_count,
      coalesce(sum(d.positive_count), 0) as positive_count, coalesce(sum(d.neutral_count), 0) as neutral_count, coalesce(sum(d.negative_count), 0) as negative_count,
      coalesce(sum(d.talk_seconds) filter (where d.outcome = 'answered'), 0) as talk_seconds, coalesce(sum(d.billed_seconds), 0) as billed_seconds,
      case when (scope).sees_prices then coalesce(sum(d.price_micros), 0) end as price_micros
    from public.daily_stats d
    where d.account_id = (scope).account_id and d.day between (scope).from_day and (scope).until_day
      and d.campaign_id is not null and ((scope).campaign_ids is null or d.campaign_id = any((scope).campaign_ids))) x);
end $$;

-- By the hour of the account's clock: what two days have instead of two bars.
create function private.report_hours(scope private.report_scope) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(to_jsonb(x) order by x.from_day, x.hour), '[]') from (
    select h.day as from_day, h.day as until_day, h.hour, sum(h.calls_count) as calls_count, sum(h.answered_count) as answered_count, sum(h.positive_count) as positive_count,
      sum(h.billed_seconds) as billed_seconds
    from public.hourly_stats h
    where h.account_id = (scope).account_id and h.day between (scope).from_day and (scope).until_day
      and h.campaign_id is not null and ((scope).campaign_ids is null or h.campaign_id = any((scope).campaign_ids)) group by 1, 2, 3) x);
end $$;

-- By the hour of the contacts' week. Planned anew for each scope: a kept plan looks into the scope at each of a year's twenty thousand rows,
-- and takes the index for what is the whole table, which is twice the time.
create function private.report_week(scope private.report_scope) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
begin
  return (select coalesce(jsonb_agg(to_jsonb(x) order by x.weekday, x.hour), '[]') from (
    select w.weekday, w.hour, sum(w.calls_count) as calls_count, sum(w.answered_count) as answered_count, sum(w.positive_count) as positive_count
    from public.contact_hour_stats w
    where w.account_id = (scope).account_id and w.day between coalesce((scope).from_day, '-infinity') and coalesce((scope).until_day, 'infinity')
      and ((scope).campaign_ids is null or w.campaign_id = any((scope).campaign_ids)) group by 1, 2) x);
end $$;

-- What conversations meant in the eight whole weeks, Monday to Sunday, that end with the week of a day.
create function private.report_weeks(scope private.report_scope, last_day date) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  last_week date := date_trunc('week', last_day::timestamp)::date;
begin
  return (
    with summed as materialized (
      select date_trunc('week', d.day::timestamp)::date as monday, sum(d.calls_count) as calls_count, sum(d.positive_count) as positive_count, sum(d.neutral_count) as neutral_count,
        sum(d.negative_count) as negative_count
      from public.daily_stats d
      where d.account_id = (scope).account_id and d.day between last_week - 49 and last_week + 6
        and d.campaign_id is not null and ((scope).campaign_ids is null or d.campaign_id = any((scope).campaign_ids)) group by 1
    )
    select jsonb_agg(jsonb_build_object('from_day', w.monday, 'until_day', w.monday + 6, 'calls_count', coalesce(s.calls_count, 0), 'positive_count', coalesce(s.positive_count, 0),
      'neutral_count', coalesce(s.neutral_count, 0), 'negative_count', coalesce(s.negative_count, 0)) order by w.monday)
    from (select last_week - 7 * n as monday from generate_series(0, 7) n) w left join summed s on s.monday = w.monday);
end $$;

-- Test calls of the whole account: minutes and money, and no call of a campaign. For whoever sees all of its calls.
create function private.report_tests(scope private.report_scope) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  if (scope).campaign_ids is not null then
    return null;
  end if;
  return (select to_jsonb(x) from (
    select coalesce(sum(d.calls_count), 0) as calls_count, coalesce(sum(d.billed_seconds), 0) as billed_seconds,
      case when (scope).sees_prices then coalesce(sum(d.price_micros), 0) end as price_micros
    from public.daily_stats d
    where d.account_id = (scope).account_id and d.day between coalesce((scope).from_day, '-infinity') and coalesce((scope).until_day, 'infinity') and d.campaign_id is null) x);
end $$;

-- The answer of the page Reports, and the short one of the dashboard. Null days: all there are, and nothing before them. By any member: an
-- agent gets the calls of their own campaigns, and whoever reads no bills gets no prices.
create function private.get_report(account_id uuid, from_day date, until_day date, before_from date, before_until date, is_short boolean) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: agents see their campaigns' sums and not the account's rows; report_scope_of lets in whoever may see calls.
  scope private.report_scope := private.report_scope_of(get_report.account_id, get_report.from_day, get_report.until_day);
  today date := (private.now() at time zone (select a.time_zone from public.accounts a where a.id = get_report.account_id))::date;
  first_day date := (select min(d.day) from public.daily_stats d where d.account_id = get_report.account_id and d.campaign_id is not null
    and ((scope).campaign_ids is null or d.campaign_id = any((scope).campaign_ids)));
  days int := coalesce(get_report.until_day, today) - coalesce(get_report.from_day, first_day, today) + 1;
  unit text := case when days <= 2 then 'hour' when days <= 62 then 'day' when days <= 400 then 'week' else 'month' end;
  answer jsonb := private.report_sums(scope, case unit when 'hour' then 'day' else unit end);
begin
  answer := answer || jsonb_build_object('first_day', first_day, 'unit', unit, 'tests', private.report_tests(scope),
    'before', case when before_from is not null then private.report_figures(private.report_scope_of(get_report.account_id, before_from, before_until)) end,
    'currency', case when (scope).sees_prices then coalesce((select b.currency from public.billing_details b where b.account_id = get_report.account_id), 'usd') end);
  if unit = 'hour' and get_report.from_day is not null then
    answer := answer || jsonb_build_object('spans', private.report_hours(scope));
  end if;
  if is_short then
    return answer - '{campaigns,campaigns_count,assistants}'::text[];
  end if;
  return answer || jsonb_build_object('week', private.report_week(scope), 'weeks', private.report_weeks(scope, least(coalesce(get_report.until_day, today), today)),
    'people', private.report_people(scope));
end $$;
grant execute on function private.get_report(uuid, date, date, date, date, boolean) to authenticated;
create function public.get_report(account_id uuid, from_day date default null, until_day date default null, before_from date default null, before_until date default null,
  is_short boolean default false) returns jsonb
language sql stable set search_path = ''
return private.get_report(get_report.account_id, get_report.from_day, get_report.until_day, get_report.before_from, get_report.before_until, get_report.is_short);
grant execute on function public.get_report(uuid, date, date, date, date, boolean) to authenticated;
