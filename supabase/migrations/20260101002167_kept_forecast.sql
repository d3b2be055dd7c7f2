-- What a campaign's forecast said at its start, kept so that it can be held against what came.

-- Keeps the figures that the page of whoever started it made of the facts just then: {people, seconds, dials, answered,
-- finishes_at}, the last four as {p50, p90}, a finish may be null. The first ones of a campaign that has a time to start or started within
-- ten minutes; later ones change nothing. They decide nothing: the figures are shown beside what came.
create function private.keep_forecast(campaign_id uuid, figures jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(keep_forecast.campaign_id, 'campaigns.run');
begin
  if jsonb_typeof(figures -> 'people') is distinct from 'number'
    or exists (select from unnest('{seconds,dials,answered}'::text[]) n (name) cross join unnest('{p50,p90}'::text[]) p (part)
      where jsonb_typeof(figures -> n.name -> p.part) is distinct from 'number')
    or exists (select from unnest('{p50,p90}'::text[]) p (part) where coalesce(jsonb_typeof(figures -> 'finishes_at' -> p.part), 'null') not in ('number', 'null')) then
    perform private.raise_invalid('figures', 'shape', 'A forecast has numbers for people, seconds, dials, answered and its finish.');
  end if;
  update public.campaigns k set kept_forecast = jsonb_build_object('kept_at', private.now(), 'people', figures -> 'people', 'seconds', figures -> 'seconds',
    'dials', figures -> 'dials', 'answered', figures -> 'answered', 'finishes_at', figures -> 'finishes_at')
  where k.id = campaign.id and k.kept_forecast is null
    and (k.status = 'scheduled' or k.status = 'active' and k.started_at > private.now() - interval '10 minutes');
  return jsonb_build_object('is_kept', found);
end $$;
grant execute on function private.keep_forecast(uuid, jsonb) to authenticated;
create function public.keep_forecast(campaign_id uuid, figures jsonb) returns jsonb
language sql set search_path = ''
return private.keep_forecast(keep_forecast.campaign_id, keep_forecast.figures);
grant execute on function public.keep_forecast(uuid, jsonb) to authenticated;
