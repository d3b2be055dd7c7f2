-- The parts of a report that no sum is kept for: what people did about calls, which is as much as people do, and the calls to the people of
-- lists, whose members change: those who are in a list now count, whenever they were called. That is counted call by call, up to a limit.

-- Is a call of the account among those that the sums of a scope count? Whoever asks has rough bounds for the index beside it, as days_part.
create function private.is_in_report(call public.calls, scope private.report_scope) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return call.state = 'settled' and call.dialled_at is not null and call.kind = 'campaign'
    and call.account_dialled_at::date between coalesce((scope).from_day, '-infinity') and coalesce((scope).until_day, 'infinity')
    and ((scope).campaign_ids is null or call.campaign_id = any((scope).campaign_ids));
end $$;

-- Who said what conversations meant, and arranged that somebody is called back.
create function private.report_people(scope private.report_scope) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  zone text := (select a.time_zone from public.accounts a where a.id = (scope).account_id);
begin
  return (
    with judged as (
      select c.disposition_by as user_id, count(*) as calls_count, count(*) filter (where private.is_positive(c.disposition)) as positive_count
      from public.calls c
      where c.account_id = (scope).account_id and c.disposition_by is not null and c.created_at >= coalesce((scope).from_day - 2, '-infinity')
        and c.created_at < coalesce((scope).until_day + 3, 'infinity') and private.is_in_report(c, scope)
      group by 1
    ), promised as (
      select b.created_by as user_id, count(*) as callbacks_count
      from public.callbacks b
      where b.account_id = (scope).account_id and b.created_by is not null
        and (b.created_at at time zone zone)::date between coalesce((scope).from_day, '-infinity') and coalesce((scope).until_day, 'infinity')
        and ((scope).campaign_ids is null or b.campaign_id = any((scope).campaign_ids))
      group by 1
    )
    select coalesce(jsonb_agg(jsonb_build_object('id', u.user_id, 'name', coalesce(nullif(f.name, ''), f.email), 'calls_count', coalesce(j.calls_count, 0),
      'positive_count', coalesce(j.positive_count, 0), 'callbacks_count', coalesce(p.callbacks_count, 0)) order by j.calls_count desc nulls last, u.user_id), '[]')
    from (select j.user_id from judged j union select p.user_id from promised p) u
    left join judged j on j.user_id = u.user_id left join promised p on p.user_id = u.user_id left join public.profiles f on f.id = u.user_id);
end $$;

-- The calls to whoever is in a list now.
create function private.list_figures(list_id uuid, scope private.report_scope) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select to_jsonb(x) from (
    select count(*) as calls_count, count(*) filter (where c.outcome = 'answered') as answered_count, count(*) filter (where private.is_positive(c.disposition)) as positive_count,
      coalesce(sum(c.talk_seconds) filter (where c.outcome = 'answered'), 0) as talk_seconds, coalesce(sum(c.billed_seconds), 0) as billed_seconds,
      case when (scope).sees_prices then coalesce(sum(c.price_micros), 0) end as price_micros
    from public.contact_list_members m
    join public.calls c on c.contact_id = m.contact_id and c.created_at >= coalesce((scope).from_day - 2, '-infinity') and c.created_at < coalesce((scope).until_day + 3, 'infinity')
    where m.list_id = list_figures.list_id and private.is_in_report(c, scope)) x);
end $$;

-- The lists of an account with the calls to their people, by name. The smallest lists are counted first, fifty thousand people in all; of
-- those that are left the figures are null. Audiences are filters, not lists: who is in them is looked up when somebody asks.
create function private.get_list_report(account_id uuid, from_day date, until_day date) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  -- Definer: as get_report; of contacts there are counts alone.
  scope private.report_scope := private.report_scope_of(get_list_report.account_id, get_list_report.from_day, get_list_report.until_day);
  people_max constant int := 50000;
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'figures', case when x.people <= people_max then private.list_figures(x.id, scope) end)
      order by lower(x.name), x.id), '[]')
    from (
      select l.id, l.name, sum(n.members) over (order by n.members, l.id) as people
      from public.contact_lists l
      cross join lateral (select count(*) as members from (select from public.contact_list_members m where m.list_id = l.id limit people_max + 1) m) n
      where l.account_id = get_list_report.account_id and l.kind = 'static') x);
end $$;
grant execute on function private.get_list_report(uuid, date, date) to authenticated;
create function public.get_list_report(account_id uuid, from_day date default null, until_day date default null) returns jsonb
language sql stable set search_path = ''
return private.get_list_report(get_list_report.account_id, get_list_report.from_day, get_list_report.until_day);
grant execute on function public.get_list_report(uuid, date, date) to authenticated;
