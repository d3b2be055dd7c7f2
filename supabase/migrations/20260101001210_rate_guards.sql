-- A campaign that fails with most people, or that most people want to hear nothing more of, stops before it reaches the rest.
-- Both look only at calls dialled since somebody last started or resumed it: resuming is a fresh judgement. A share is judged from
-- twenty calls on.

-- Called whenever calls are closed, under the account's lock. Only a failure can raise the share of failures, so only campaigns
-- in which one of these calls failed are looked at: the latest twenty counted calls of each.
create function private.guard_failure_rates(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.pause_by_rule(k.id, 'failure_rate', jsonb_build_object('count', latest.failed, 'of', latest.seen, 'limit_percent', k.failure_limit_percent))
  from (select distinct c.campaign_id from public.calls c where c.id = any(call_ids) and c.is_counted and c.outcome = 'failed') suspect
  join public.campaigns k on k.id = suspect.campaign_id and k.status = 'active'
  cross join lateral (
    select count(*) as seen, count(*) filter (where n.outcome = 'failed') as failed
    from (
      select c.outcome from public.calls c
      where c.campaign_id = k.id and c.settled_at is not null and c.is_counted and c.dialled_at >= greatest(k.started_at, k.resumed_at)
      order by c.created_at desc, c.id desc limit 20
    ) n
  ) latest
  where latest.seen = 20 and latest.failed * 100 > latest.seen * k.failure_limit_percent;
end $$;

-- Called for every batch of settled calls once their analyses are heeded, and when a person says that somebody opted out; under
-- the account's lock. The latest fifty answered calls of each campaign in which one of these calls was an opt-out.
create function private.guard_opt_out_rates(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.pause_by_rule(k.id, 'opt_out_rate', jsonb_build_object('count', latest.opted_out, 'of', latest.seen, 'limit_percent', k.opt_out_limit_percent))
  from (select distinct c.campaign_id from public.calls c where c.id = any(call_ids) and c.disposition = 'do_not_call') suspect
  join public.campaigns k on k.id = suspect.campaign_id and k.status = 'active'
  cross join lateral (
    select count(*) as seen, count(*) filter (where n.disposition = 'do_not_call') as opted_out
    from (
      select c.disposition from public.calls c
      where c.campaign_id = k.id and c.settled_at is not null and c.outcome = 'answered' and c.dialled_at >= greatest(k.started_at, k.resumed_at)
      order by c.created_at desc, c.id desc limit 50
    ) n
  ) latest
  where latest.seen >= 20 and latest.opted_out * 100 > latest.seen * k.opt_out_limit_percent;
end $$;
