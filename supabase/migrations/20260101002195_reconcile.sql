-- Do ledger, orders, calls and the payments provider agree? Looked at each night. What does not add up is listed and alerted; only
-- what has come right since is marked so.

-- Accounts whose balance, value or versions are not those of their ledger.
create function private.ledger_faults() returns table (kind text, subject text, account_id uuid, order_id uuid, facts jsonb)
language sql stable set search_path = ''
as $$
  with books as (
    select a.account_id, a.balance_seconds, a.value_micros, a.ledger_version, coalesce(l.seconds, 0) as seconds, coalesce(l.value, 0) as value,
      coalesce(l.entries, 0) as entries, coalesce(l.last, 0) as last, coalesce(l.consumed, 0) as consumed
    from engine.accounts a
    left join (select e.account_id, sum(e.delta_seconds) as seconds, sum(e.value_micros) as value, count(*) as entries, max(e.account_version) as last,
      -sum(e.delta_seconds) filter (where e.kind = 'consume') as consumed from public.ledger_entries e group by 1) l on l.account_id = a.account_id
  ), used as (
    select c.account_id, sum(c.billed_seconds) as seconds from public.calls c where c.billed_seconds > 0 group by 1
  )
  select 'ledger_balance', b.account_id::text, b.account_id, null::uuid, jsonb_build_object('balance_seconds', b.balance_seconds, 'ledger_seconds', b.seconds)
  from books b where b.balance_seconds <> b.seconds
  union all
  select 'ledger_value', b.account_id::text, b.account_id, null, jsonb_build_object('value_micros', b.value_micros, 'ledger_micros', b.value)
  from books b where b.value_micros <> b.value
  union all
  select 'ledger_versions', b.account_id::text, b.account_id, null, jsonb_build_object('version', b.ledger_version, 'entries', b.entries, 'last', b.last)
  from books b where b.ledger_version <> b.entries or b.ledger_version <> b.last
  union all
  select 'call_not_posted', b.account_id::text, b.account_id, null, jsonb_build_object('billed_seconds', coalesce(u.seconds, 0), 'posted_seconds', b.consumed)
  from books b left join used u on u.account_id = b.account_id where coalesce(u.seconds, 0) <> b.consumed
    -- The calls of an erased account are gone; what they cost stays.
    and not private.is_erasing(b.account_id)
$$;

-- Orders whose postings are not what the facts of their payment say.
create function private.order_faults() returns table (kind text, subject text, account_id uuid, order_id uuid, facts jsonb)
language sql stable set search_path = ''
as $$
  select 'order_not_posted', o.id::text, o.account_id, o.id, jsonb_build_object('posted_seconds', p.seconds, 'expected_seconds', e.seconds)
  from public.orders o
  cross join lateral (select coalesce(sum(l.delta_seconds), 0) as seconds from public.ledger_entries l where l.order_id = o.id) p
  cross join lateral (select case when o.status = 'paid' then greatest(0, o.seconds + o.bonus_seconds - private.seconds_of(o, private.refunded_cents(o))
    - private.seconds_of(o, private.disputed_cents(o))) else 0 end as seconds) e
  where p.seconds <> e.seconds
$$;

-- Accounts with calls of the last week that were billed and whose cost the provider has not named a day after: what they brought is
-- known, what was earned by them is not.
create function private.cost_faults(moment timestamptz) returns table (kind text, subject text, account_id uuid, order_id uuid, facts jsonb)
language sql stable set search_path = ''
as $$
  select 'cost_unknown', c.account_id::text, c.account_id, null::uuid,
    jsonb_build_object('calls', count(*), 'billed_seconds', sum(c.billed_seconds), 'price_micros', sum(c.price_micros))
  from public.calls c
  where c.provider_cost_micros is null and c.billed_seconds > 0 and c.settled_at between cost_faults.moment - interval '8 days' and cost_faults.moment - interval '1 day'
  group by c.account_id
$$;

-- Each night, and whenever an operator asks: compares the books with each other. Answers how many differences there are.
create function private.check_ledger() returns int
language plpgsql set search_path = ''
as $$
declare
  fault record;
  kinds text[] := '{ledger_balance,ledger_value,ledger_versions,call_not_posted,order_not_posted,cost_unknown}';
  found_now text[] := '{}';
begin
  for fault in
    select * from private.ledger_faults() union all select * from private.order_faults() union all select * from private.cost_faults(private.now())
    order by 1, 2
  loop
    found_now := found_now || (fault.kind || ' ' || fault.subject);
    perform private.note_difference(fault.kind, fault.subject, fault.account_id, fault.order_id, fault.facts);
  end loop;
  update engine.billing_differences d set resolved_at = private.now()
  where d.resolved_at is null and d.kind = any(kinds) and not (d.kind || ' ' || d.subject) = any(found_now);
  return cardinality(found_now);
end $$;

-- Whether the provider's books of the last day are to be compared: a day after those before, asked for every ten minutes at most.
create function private.is_listing_due(moment timestamptz) returns boolean
language sql stable set search_path = ''
return exists (select from engine.sweeps s where s.name = 'payment_listing' and s.swept_at <= is_listing_due.moment - interval '1 day')
  and exists (select from engine.sweeps s where s.name = 'payment_listing_asked' and s.swept_at <= is_listing_due.moment - interval '10 minutes')
  and exists (select from public.orders);

-- Called by reconcile-payments: the period to list at the provider, an hour of it for the second time; null when it was done.
create function private.payment_listing_due() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
begin
  -- Definer: when a sweep was last done is granted to nobody.
  if not private.is_listing_due(moment) or not private.begin_sweep('payment_listing_asked', moment, interval '10 minutes') then
    return null;
  end if;
  return (select jsonb_build_object('since', greatest(s.swept_at - interval '1 hour', moment - interval '7 days'), 'until', moment - interval '10 minutes')
    from engine.sweeps s where s.name = 'payment_listing');
end $$;
grant execute on function private.payment_listing_due() to service_role;
create function public.payment_listing_due() returns jsonb
language sql set search_path = ''
return private.payment_listing_due();
grant execute on function public.payment_listing_due() to service_role;

-- What differs between our orders and the provider's list of a period's payments: [{payment_intent_id, order_id, status, amount_cents,
-- received_cents, refunded_cents, currency}]. Payments of others on the same provider account name no order of ours.
create function private.listing_faults(since timestamptz, until timestamptz, listed jsonb)
returns table (kind text, subject text, account_id uuid, order_id uuid, facts jsonb)
language sql stable set search_path = ''
as $$
  with payments as (
    select x.*, o as bought from jsonb_to_recordset(listed) as x (payment_intent_id text, order_id text, status text, amount_cents bigint,
      received_cents bigint, refunded_cents bigint, currency text)
    join public.orders o on o.payment_intent_id = x.payment_intent_id or (o.id = private.as_uuid(x.order_id) and o.payment_intent_id is null)
    where x.status = 'succeeded'
  )
  select f.kind, p.payment_intent_id, (p.bought).account_id, (p.bought).id, to_jsonb(p) - 'bought' || jsonb_build_object('order_status', (p.bought).status,
    'ordered_cents', (p.bought).amount_cents, 'order_refunded_cents', (p.bought).refunded_cents)
  from payments p cross join lateral (select case
    when (p.bought).status <> 'paid' then 'paid_not_credited'
    when (coalesce(p.received_cents, p.amount_cents), lower(p.currency)) is distinct from ((p.bought).amount_cents::bigint, (p.bought).currency) then 'amount_mismatch'
    when p.refunded_cents <> (p.bought).refunded_cents then 'refund_mismatch' end as kind) f
  where f.kind is not null
  union all
  select 'credited_not_paid', o.payment_intent_id, o.account_id, o.id, jsonb_build_object('paid_at', o.paid_at, 'amount_cents', o.amount_cents)
  from public.orders o
  where o.paid_at between listing_faults.since and listing_faults.until and o.created_at >= listing_faults.since
    and not exists (select from payments p where (p.bought).id = o.id)
$$;

-- The provider's books of a period, whole. Differences are listed; those of an earlier night that this list no longer shows are done.
create function private.record_payment_listing(period jsonb, facts jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  fault record;
  found_now text[] := '{}';
  listed text[] := array(select x ->> 'payment_intent_id' from jsonb_array_elements(facts) x);
begin
  -- Definer: differences are granted to nobody.
  for fault in select * from private.listing_faults((period ->> 'since')::timestamptz, (period ->> 'until')::timestamptz, facts) order by 1, 2 loop
    found_now := found_now || (fault.kind || ' ' || fault.subject);
    perform private.note_difference(fault.kind, fault.subject, fault.account_id, fault.order_id, fault.facts);
  end loop;
  update engine.billing_differences d set resolved_at = private.now()
  where d.resolved_at is null and d.kind in ('paid_not_credited', 'credited_not_paid', 'refund_mismatch') and d.subject = any(listed)
    and not (d.kind || ' ' || d.subject) = any(found_now);
  -- What an earlier list showed and has been heard of since, whether this period holds it or not.
  update engine.billing_differences d set resolved_at = private.now() from public.orders o
  where d.resolved_at is null and o.id = d.order_id and (d.kind || ' ' || d.subject) <> all(found_now)
    and (d.kind = 'paid_not_credited' and o.status = 'paid' or d.kind = 'refund_mismatch' and (d.facts ->> 'refunded_cents')::int = o.refunded_cents);
  update engine.sweeps s set swept_at = (period ->> 'until')::timestamptz where s.name = 'payment_listing';
  return jsonb_build_object('differences', cardinality(found_now));
end $$;
grant execute on function private.record_payment_listing(jsonb, jsonb) to service_role;
create function public.record_payment_listing(period jsonb, facts jsonb) returns jsonb
language sql set search_path = ''
return private.record_payment_listing(record_payment_listing.period, record_payment_listing.facts);
grant execute on function public.record_payment_listing(jsonb, jsonb) to service_role;

-- For operators: what does not add up, the oldest first.
create function private.list_billing_differences() returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(d) order by d.found_at, d.id), '[]') from engine.billing_differences d where d.resolved_at is null
$$;

-- For operators: what came in and what calls cost in a period of whole days (UTC). Money in micros of the currency's unit; margin is price
-- less the provider's cost, where the provider named one; the calls without a cost are counted.
create function private.profit_report(from_day date, to_day date) returns jsonb
language sql stable set search_path = ''
as $$
  select to_jsonb(c) || to_jsonb(m) from (
    select count(*) as calls_count, coalesce(sum(c.billed_seconds), 0) as billed_seconds, coalesce(sum(c.overrun_seconds), 0) as overrun_seconds,
      coalesce(sum(c.price_micros), 0) as price_micros, coalesce(sum(c.provider_cost_micros), 0) as cost_micros,
      coalesce(sum(c.price_micros - c.provider_cost_micros), 0) as margin_micros, count(*) filter (where c.provider_cost_micros is null) as calls_without_cost
    from public.calls c
    where c.dialled_at >= profit_report.from_day::timestamp at time zone 'UTC' and c.dialled_at < (profit_report.to_day + 1)::timestamp at time zone 'UTC'
      and c.settled_at is not null) c
  cross join (
    select count(*) as orders_count, coalesce(sum(o.amount_cents), 0) as paid_cents, coalesce(sum(o.refunded_cents), 0) as refunded_cents,
      coalesce(sum(o.disputed_cents), 0) as disputed_cents, coalesce(sum(o.seconds + o.bonus_seconds), 0) as sold_seconds
    from public.orders o
    where o.paid_at >= profit_report.from_day::timestamp at time zone 'UTC' and o.paid_at < (profit_report.to_day + 1)::timestamp at time zone 'UTC') m
$$;
