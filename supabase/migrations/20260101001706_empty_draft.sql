-- Whom a draft calls, chosen anew.

-- Takes everybody out of a draft, five thousand at a time; call it again until left is 0. Nobody was called, so that nothing is
-- kept of it, and whoever was in may be brought in again. A copy that broke off is over with it.
create function private.empty_campaign(campaign_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_campaign checks the permission.
  campaign public.campaigns := private.lock_campaign(empty_campaign.campaign_id, 'campaigns.edit');
  removed int;
begin
  perform private.require_status(campaign, '{draft}', 'emptied');
  delete from public.enrolments e where e.id = any(array(select f.id from public.enrolments f where f.campaign_id = campaign.id limit 5000));
  get diagnostics removed = row_count;
  update public.campaigns k set copying_from = null, copied_to = null where k.id = campaign.id and k.copying_from is not null;
  return private.announce(jsonb_build_object('removed', removed, 'left', (select h.waiting_count + h.calling_count + h.reached_count + h.exhausted_count
    + h.blocked_count + h.opted_out_count + h.removed_count from engine.campaigns h where h.campaign_id = campaign.id)));
end $$;
grant execute on function private.empty_campaign(uuid) to authenticated;
create function public.empty_campaign(campaign_id uuid) returns jsonb
language sql set search_path = ''
return private.empty_campaign(empty_campaign.campaign_id);
grant execute on function public.empty_campaign(uuid) to authenticated;
