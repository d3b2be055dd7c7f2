-- Slots and reservations are counters beside the rows they count. They cannot drift, and each night it is looked whether they did.

-- Counters that differ from the rows: which account, campaign or line, and how. None is the rule.
create function private.counter_faults() returns table (account_id uuid, campaign_id uuid, line_id bigint)
language sql stable set search_path = ''
as $$
  with counted as (
    select c.account_id, c.campaign_id, c.provider_line_id, private.is_live(c.state) as is_live, c.reserved_seconds
    from public.calls c where c.settled_at is null
  )
  select a.account_id, null::uuid, null::bigint from engine.accounts a
  left join (select n.account_id, count(*) filter (where n.is_live) as live, sum(n.reserved_seconds) as seconds from counted n group by 1) r
    on r.account_id = a.account_id
  where (a.in_flight, a.reserved_seconds) is distinct from (coalesce(r.live, 0)::int, coalesce(r.seconds, 0)::bigint)
  union all
  select h.account_id, h.campaign_id, null from engine.campaigns h
  left join (select n.campaign_id, count(*) filter (where n.is_live) as live, sum(n.reserved_seconds) as seconds from counted n group by 1) r
    on r.campaign_id = h.campaign_id
  where (h.in_flight, h.reserved_seconds) is distinct from (coalesce(r.live, 0)::int, coalesce(r.seconds, 0)::bigint)
  union all
  select l.account_id, null, l.id from engine.provider_lines l
  left join (select n.provider_line_id, count(*) filter (where n.is_live) as live from counted n group by 1) r on r.provider_line_id = l.id
  where l.in_flight is distinct from coalesce(r.live, 0)::int
$$;

-- Sets the counters of an account, or of the campaign named, to what the rows say, under the account's lock. An account that somebody
-- works on is left to the next night: a sweep that holds others waits for nobody.
create function private.correct_account(account_id uuid, campaign_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  live int;
  seconds bigint;
begin
  perform from engine.accounts a where a.account_id = correct_account.account_id for update skip locked;
  if not found then
    return;
  end if;
  select count(*) filter (where private.is_live(c.state)), coalesce(sum(c.reserved_seconds), 0) into live, seconds
  from public.calls c
  where c.account_id = correct_account.account_id and c.settled_at is null
    and (correct_account.campaign_id is null or c.campaign_id = correct_account.campaign_id);
  with corrected as (
    update engine.accounts a set in_flight = live, reserved_seconds = seconds from engine.accounts was
    where correct_account.campaign_id is null and a.account_id = correct_account.account_id and was.account_id = a.account_id
      and (a.in_flight, a.reserved_seconds) is distinct from (live, seconds)
    returning was.in_flight, was.reserved_seconds
  ), corrected_campaigns as (
    update engine.campaigns h set in_flight = live, reserved_seconds = seconds from engine.campaigns was
    where h.campaign_id = correct_account.campaign_id and was.campaign_id = h.campaign_id
      and (h.in_flight, h.reserved_seconds) is distinct from (live, seconds)
    returning was.in_flight, was.reserved_seconds
  )
  insert into engine.repairs (kind, account_id, facts)
  select 'counter_corrected', correct_account.account_id, jsonb_strip_nulls(jsonb_build_object('campaign_id', correct_account.campaign_id,
    'in_flight', live, 'was_in_flight', x.in_flight, 'reserved_seconds', seconds, 'was_reserved_seconds', x.reserved_seconds))
  from (select * from corrected union all select * from corrected_campaigns) x;
  perform private.wake(correct_account.account_id, correct_account.campaign_id);
end $$;

-- Sets a line's counter to what its rows say. Whoever changes the counter holds the line until the rows have changed too.
create function private.correct_line(line_id bigint) returns void
language plpgsql set search_path = ''
as $$
declare
  live int;
begin
  perform from engine.provider_lines l where l.id = correct_line.line_id for no key update;
  select count(*) into live from public.calls c
  where c.provider_line_id = correct_line.line_id and c.settled_at is null and private.is_live(c.state);
  with corrected as (
    update engine.provider_lines l set in_flight = live from engine.provider_lines was
    where l.id = correct_line.line_id and was.id = l.id and l.in_flight <> live
    returning l.account_id, was.in_flight
  )
  insert into engine.repairs (kind, account_id, facts)
  select 'counter_corrected', x.account_id, jsonb_build_object('line_id', correct_line.line_id, 'in_flight', live, 'was_in_flight', x.in_flight) from corrected x;
end $$;

-- Each night, and whenever an operator calls it: what differs is set right under its lock and noted. Accounts in the order of
-- their ids, lines last. Answers how many counters looked wrong before the locks were taken.
create function private.sweep_counters() returns int
language plpgsql set search_path = ''
as $$
declare
  fault record;
  faults int := 0;
begin
  for fault in select * from private.counter_faults() f order by f.line_id nulls first, f.account_id, f.campaign_id nulls first loop
    faults := faults + 1;
    if fault.line_id is null then
      perform private.correct_account(fault.account_id, fault.campaign_id);
    else
      perform private.correct_line(fault.line_id);
    end if;
  end loop;
  return faults;
end $$;
