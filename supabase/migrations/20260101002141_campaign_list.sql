-- The list of an account's campaigns, searched, filtered and sorted: also of one with ten thousand of them.

-- What a person sees of the account's campaigns, found by a search for words of their name, category or assistant, with what the
-- list is sorted by: a text or a number. filter: {text, assistant_id, sort}.
create function private.found_campaigns(account_id uuid, filter jsonb)
returns table (id uuid, status public.campaign_status, created_at timestamptz, text_key text, number_key double precision)
language plpgsql stable set search_path = ''
as $$
declare
  patterns text[] := array(select private.search_pattern(w) from regexp_split_to_table(btrim(coalesce(filter ->> 'text', '')), '\s+') w where w <> '');
  assistant uuid := private.as_uuid(filter ->> 'assistant_id');
  sort text := coalesce(filter ->> 'sort', 'created');
begin
  return query
  select k.id, k.status, k.created_at, case when sort = 'name' then lower(k.name) end,
    case sort when 'status' then array_position('{active,paused,scheduled,draft,completed,stopped,archived}'::public.campaign_status[], k.status)
      when 'activity' then extract(epoch from greatest(k.updated_at, h.changed_at, h.sent_at))
      -- A campaign without anybody in it is before the one that has not begun.
      when 'progress' then coalesce(1 - h.unfinished_count::double precision / nullif(h.unfinished_count + h.reached_count + h.exhausted_count
        + h.blocked_count + h.opted_out_count + h.removed_count, 0), -1)
      else extract(epoch from k.created_at) end::double precision
  from private.campaign_ids('campaigns.read') v (id)
  join public.campaigns k on k.id = v.id
  join engine.campaigns h on h.campaign_id = k.id
  left join public.assistants s on s.id = k.assistant_id
  where k.account_id = found_campaigns.account_id and (assistant is null or k.assistant_id = assistant)
    and lower(k.name || ' ' || k.category || ' ' || coalesce(s.name, '')) like all (patterns);
end $$;

-- One page of it, by its number: progress and activity change while one reads, so that no cursor would hold, and the numbers beside
-- each status are counted over all of it anyway. filter: {account_id, text, status, assistant_id, sort: created | name | status |
-- activity | progress, is_ascending}. What was archived is shown when its status is asked for. A page behind the last one is empty.
create function private.list_campaigns(filter jsonb, page int, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  account uuid := private.as_uuid(filter ->> 'account_id');
  size int := private.page_limit(page_size);
  is_ascending boolean := coalesce((filter ->> 'is_ascending')::boolean, false);
begin
  -- Definer: counters live in engine; the query asks what the person may see.
  perform private.require_membership(account);
  return (
    with found as materialized (
      select * from private.found_campaigns(account, filter)
    ), fitting as (
      select * from found f where case when filter ->> 'status' is null then f.status <> 'archived' else f.status::text = filter ->> 'status' end
    ), page as (
      select g.id, row_number() over () as place from (
        select f.id from fitting f
        order by case when is_ascending then f.text_key end, case when not is_ascending then f.text_key end desc,
          case when is_ascending then f.number_key else -f.number_key end, f.created_at desc, f.id
        limit size offset (greatest(coalesce(page, 1), 1) - 1) * size::bigint
      ) g
    ), shown as (
      select g.place, private.campaign_row(k) as campaign from page g join public.campaigns k on k.id = g.id
    )
    select jsonb_build_object('rows', (select coalesce(jsonb_agg(s.campaign order by s.place), '[]') from shown s),
      'total_count', (select count(*) from fitting),
      'status_counts', (select coalesce(jsonb_object_agg(c.status, c.n), '{}') from (select f.status, count(*) as n from found f group by 1) c)));
end $$;
grant execute on function private.list_campaigns(jsonb, int, int) to authenticated;
create function public.list_campaigns(filter jsonb, page int default 1, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_campaigns(list_campaigns.filter, list_campaigns.page, list_campaigns.page_size);
grant execute on function public.list_campaigns(jsonb, int, int) to authenticated;

-- What a field offers that asks for a campaign: the newest thousand.
create function private.list_campaign_names(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_membership(list_campaign_names.account_id);
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name, 'status', n.status) order by n.created_at desc, n.id), '[]')
    from (
      select k.id, k.name, k.status, k.created_at from private.campaign_ids('campaigns.read') v (id) join public.campaigns k on k.id = v.id
      where k.account_id = list_campaign_names.account_id order by k.created_at desc, k.id limit 1000
    ) n);
end $$;
grant execute on function private.list_campaign_names(uuid) to authenticated;
create function public.list_campaign_names(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_campaign_names(list_campaign_names.account_id);
grant execute on function public.list_campaign_names(uuid) to authenticated;
