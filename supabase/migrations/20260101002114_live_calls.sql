-- Calls in being, from the claim to the settlement: who is being called now.

-- One row: what the log shows of a call, the line it is made from, and whether somebody has it ended.
create function private.live_call_row(call public.calls, is_visible boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return private.call_row(call, is_visible) || jsonb_build_object('ringing_at', call.ringing_at,
    'line', (select n.e164 from public.phone_numbers n where n.id = call.phone_number_id), 'end_asked', private.end_asked(call.id));
end $$;

-- The calls in being that the current user may see in an account: a page of them, in the order in which they began, and how many there are by
-- state and by campaign. filter: {account_id, campaign_id, states, order: newest | longest}; the numbers by state leave the states out, those
-- by campaign the campaign, so that each says what choosing it would show. What is unsettled is as much as an account may call at once and
-- what waits for its report: read whole, by the index that keeps a person out of two calls.
create function private.list_live_calls(filter jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = '' set enable_seqscan = off
as $$
declare
  -- Definer: campaigns' names and contacts are joined; the rows are those that the policy of calls shows.
  account uuid := private.as_uuid(filter ->> 'account_id');
  campaign uuid := private.as_uuid(filter ->> 'campaign_id');
  states text[] := private.texts_of(filter -> 'states', array['reserved', 'dialing', 'unknown', 'ringing', 'in_progress', 'ended'], 'states');
  is_newest boolean := coalesce(filter ->> 'order', 'newest') <> 'longest';
  size int := private.page_limit(page_size);
  is_visible boolean := private.sees_personal(account);
  after_at timestamptz := ("cursor" ->> 'created_at')::timestamptz;
  after_id uuid := private.as_uuid("cursor" ->> 'id');
  rows jsonb;
  counts jsonb;
  campaigns jsonb;
begin
  perform private.require_membership(account);
  with live as materialized (
    select c.id, c.state, c.created_at, c.campaign_id from public.calls c
    where c.account_id = account and c.settled_at is null
      and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
        or (c.kind = 'test' and c.account_id = any(array(select private.account_ids('calls.read')))))
  ), chosen as materialized (
    select l.* from live l where campaign is null or l.campaign_id = campaign
  ), page as (
    select h.id, row_number() over (order by case when is_newest then h.created_at end desc, case when is_newest then h.id end desc, h.created_at, h.id) as place
    from chosen h
    where (cardinality(states) = 0 or h.state::text = any(states))
      and (after_id is null or case when is_newest then (h.created_at, h.id) < (after_at, after_id) else (h.created_at, h.id) > (after_at, after_id) end)
    order by place limit size + 1
  )
  select (select coalesce(jsonb_agg(private.live_call_row(c, is_visible) order by p.place), '[]') from page p join public.calls c on c.id = p.id),
    (select coalesce(jsonb_object_agg(n.state, n.calls), '{}') from (select h.state, count(*) as calls from chosen h group by 1) n),
    (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'calls_count', n.calls) order by lower(k.name), k.id), '[]')
      from (select l.campaign_id, count(*) as calls from live l where l.campaign_id is not null group by 1) n join public.campaigns k on k.id = n.campaign_id)
  into rows, counts, campaigns;
  return private.page_of(rows, size, '{created_at,id}') || jsonb_build_object('counts', counts, 'campaigns', campaigns);
end $$;
grant execute on function private.list_live_calls(jsonb, jsonb, int) to authenticated;
create function public.list_live_calls(filter jsonb, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_live_calls(list_live_calls.filter, list_live_calls."cursor", list_live_calls.page_size);
grant execute on function public.list_live_calls(jsonb, jsonb, int) to authenticated;
