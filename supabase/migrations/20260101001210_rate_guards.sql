-- A campaign that fails with most people, or that most people want to hear nothing more of, stops before it reaches the rest.

-- Called for every batch of events that settled calls, once their analyses are heeded, under the account's lock. Looks only at campaigns in which one of these calls failed or was an
-- opt-out, and only at calls dialled since somebody last started or resumed them: resuming is a fresh judgement.
create function private.guard_rates(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  suspect record;
begin
  for suspect in
    select k.id, k.failure_limit_percent, k.opt_out_limit_percent, greatest(k.started_at, k.resumed_at) as since
    from public.campaigns k
    where k.status = 'active' and k.id in (select c.campaign_id from public.calls c
      where c.id = any(call_ids) and (c.outcome = 'failed' or c.disposition = 'do_not_call'))
    order by k.id
  loop
    perform private.pause_by_rule(suspect.id, case r.rule when 'failure_rate' then 'failure_rate'::public.pause_reason else 'opt_out_rate' end,
      jsonb_build_object('count', r.bad, 'of', r.seen, 'limit_percent', r.limit_percent))
    from private.rates_of(suspect.id, suspect.since) n
    cross join lateral (values ('failure_rate', n.failed, n.counted, suspect.failure_limit_percent),
      ('opt_out_rate', n.opted_out, n.answered, suspect.opt_out_limit_percent)) r (rule, bad, seen, limit_percent)
    where r.seen >= 20 and r.bad * 100 > r.seen * r.limit_percent;
  end loop;
end $$;

-- The latest twenty counted calls of a campaign and how many failed; the latest fifty answered ones and how many asked to be left alone.
create function private.rates_of(campaign_id uuid, since timestamptz, out counted int, out failed int, out answered int, out opted_out int)
language plpgsql stable set search_path = ''
as $$
begin
  select count(*), count(*) filter (where n.outcome = 'failed') into counted, failed
  from (
    select c.outcome from public.calls c
    where c.campaign_id = rates_of.campaign_id and c.settled_at is not null and c.is_counted and c.dialled_at >= since
    order by c.created_at desc, c.id desc limit 20
  ) n;
  select count(*), count(*) filter (where n.disposition = 'do_not_call') into answered, opted_out
  from (
    select c.disposition from public.calls c
    where c.campaign_id = rates_of.campaign_id and c.settled_at is not null and c.outcome = 'answered' and c.dialled_at >= since
    order by c.created_at desc, c.id desc limit 50
  ) n;
end $$;
