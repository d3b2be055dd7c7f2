-- The payments provider's events: stored once, matched with an order, and turned into facts.

-- Called by receive-payment-event after it verified the raw bytes, and with what the provider answered when it was asked. A webhook's
-- event is stored and nothing else; the same again is not new. An event of the other world (test keys here, real money there) is refused.
-- Whoever asked looks at a page and wants to hear what came of it: the answer is worked on at once, and whoever works on its account is
-- waited for, which is safe because nothing else is held here.
create function private.record_payment_event(event jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  -- Definer: the inbox is granted to nobody.
  stored engine.payment_events;
begin
  if (event ->> 'livemode')::boolean is distinct from (select s.payments_are_live from engine.settings s) then
    perform private.raise_error('forbidden', 'This event is not of the mode that payments are in here.', jsonb_build_object('event_id', event ->> 'event_id'));
  end if;
  insert into engine.payment_events (event_id, type, livemode, occurred_at, fact, body, payment_intent_id, charge_id)
  values (event ->> 'event_id', event ->> 'type', (event ->> 'livemode')::boolean, coalesce((event ->> 'occurred_at')::timestamptz, private.now()), event -> 'fact',
    event -> 'body', event #>> '{fact,payment_intent_id}', event #>> '{fact,charge_id}')
  on conflict (event_id) do nothing returning * into stored;
  if found and event -> 'is_asked' = 'true' then
    perform from engine.accounts a where a.account_id = (private.order_of_event(stored)).account_id for update;
    perform private.try_payment_event(stored, private.now());
  end if;
  return jsonb_build_object('is_new', stored.event_id is not null);
end $$;
grant execute on function private.record_payment_event(jsonb) to service_role;
create function public.record_payment_event(event jsonb) returns jsonb
language sql set search_path = ''
return private.record_payment_event(record_payment_event.event);
grant execute on function public.record_payment_event(jsonb) to service_role;

-- Which order an event speaks of: by our own id inside it, else by its session, payment or charge.
create function private.order_of_event(event engine.payment_events) returns public.orders
language plpgsql stable set search_path = ''
as $$
begin
  return (select o from public.orders o
  where o.id = private.as_uuid(event.fact ->> 'order_id') or o.checkout_session_id = event.fact ->> 'session_id'
    or o.payment_intent_id = coalesce(event.payment_intent_id,
      (select c.payment_intent_id from engine.payment_charges c where c.charge_id = event.charge_id))
    or o.charge_id = event.charge_id
  order by o.id = private.as_uuid(event.fact ->> 'order_id') desc nulls last limit 1);
end $$;

-- How far a refund is; a later event of an earlier stage changes nothing.
create function private.refund_rank(status text) returns int
language sql immutable set search_path = ''
return case refund_rank.status when 'succeeded' then 1 when 'failed' then 2 when 'canceled' then 2 else 0 end;

-- Keeps what an event says of charges, refunds and disputes. The caller holds the lock of the account whose payment it is.
create function private.keep_payment_fact(payment_intent_id text, fact jsonb) returns void
language plpgsql set search_path = ''
as $$
#variable_conflict use_column
begin
  if fact ->> 'kind' = 'charge' or (fact ->> 'kind' = 'payment' and fact ->> 'charge_id' is not null) then
    insert into engine.payment_charges as c (charge_id, payment_intent_id, refunded_cents)
    values (fact ->> 'charge_id', keep_payment_fact.payment_intent_id, coalesce((fact ->> 'refunded_cents')::int, 0))
    on conflict (charge_id) do update set refunded_cents = greatest(c.refunded_cents, excluded.refunded_cents);
  elsif fact ->> 'kind' = 'refund' then
    insert into engine.payment_refunds as r (refund_id, payment_intent_id, amount_cents, status)
    values (fact ->> 'refund_id', keep_payment_fact.payment_intent_id, (fact ->> 'amount_cents')::int, fact ->> 'status')
    on conflict (refund_id) do update set status = excluded.status
    where private.refund_rank(excluded.status) > private.refund_rank(r.status);
  elsif fact ->> 'kind' = 'dispute' then
    insert into engine.payment_disputes as d (dispute_id, payment_intent_id, amount_cents, status, is_withdrawn, is_reinstated)
    values (fact ->> 'dispute_id', keep_payment_fact.payment_intent_id, (fact ->> 'amount_cents')::int, fact ->> 'status',
      fact ->> 'change' = 'funds_withdrawn', fact ->> 'change' = 'funds_reinstated')
    on conflict (dispute_id) do update
    set is_withdrawn = d.is_withdrawn or excluded.is_withdrawn, is_reinstated = d.is_reinstated or excluded.is_reinstated,
      status = case when d.status in ('won', 'lost', 'warning_closed') then d.status else excluded.status end;
  end if;
end $$;

-- What a checkout session came to. Paid is credited; complete and unpaid waits for a slow method of payment; a session that was over
-- before its time was canceled by somebody.
create function private.apply_checkout(bought public.orders, event engine.payment_events) returns void
language plpgsql set search_path = ''
as $$
declare
  fact jsonb := event.fact;
begin
  perform private.learn_payment(bought.id, fact ->> 'session_id', case when bought.payment_intent_id is null then fact ->> 'payment_intent_id' end, null);
  if fact ->> 'outcome' in ('completed', 'async_succeeded') and fact ->> 'payment_status' <> 'unpaid' then
    perform private.credit_order(bought.id, fact ->> 'payment_intent_id', (fact ->> 'amount_cents')::bigint, fact ->> 'currency');
    perform private.order_card_sync(bought.account_id, event.event_id) where bought.saves_card;
  elsif fact ->> 'outcome' = 'completed' then
    update public.orders o set status = 'pending' where o.id = bought.id and o.status = 'open';
  elsif fact ->> 'outcome' = 'async_failed' then
    perform private.tell_event(bought.account_id, 'payment_failed', bought.id::text, null, null, null,
      jsonb_build_object('order_id', bought.id, 'amount_cents', bought.amount_cents, 'currency', bought.currency))
    where private.end_order(bought.id, 'failed', 'async_payment_failed', 'The payment did not come.');
  elsif fact ->> 'outcome' = 'expired' then
    perform private.end_order(bought.id, case when event.occurred_at < bought.expires_at then 'canceled'::public.order_status else 'expired' end, null, null);
  end if;
end $$;

-- Where a payment stands. In a checkout the person may try another card: only a charge of ours fails for good with its payment.
create function private.apply_payment(bought public.orders, fact jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.learn_payment(bought.id, null, case when bought.payment_intent_id is null then fact ->> 'payment_intent_id' end, fact ->> 'charge_id');
  if fact ->> 'status' = 'succeeded' then
    perform private.credit_order(bought.id, fact ->> 'payment_intent_id', (fact ->> 'amount_cents')::bigint, fact ->> 'currency');
  elsif fact ->> 'status' = 'processing' then
    update public.orders o set status = 'pending' where o.id = bought.id and o.status = 'open';
  elsif bought.kind = 'auto_top_up' and (fact ->> 'status' = 'canceled' or fact -> 'error' <> 'null') then
    perform private.fail_top_up(bought.id, coalesce(fact #>> '{error,code}', fact ->> 'status'), fact #>> '{error,message}');
  elsif fact ->> 'status' = 'canceled' then
    perform private.end_order(bought.id, 'canceled', null, null);
  elsif fact -> 'error' <> 'null' then
    update public.orders o set failure_code = fact #>> '{error,code}', failure_message = left(fact #>> '{error,message}', 500)
    where o.id = bought.id and o.status in ('open', 'pending');
  end if;
end $$;

-- Charges, refunds and disputes become facts of the order's payment, and the ledger follows. A dispute stops buying by itself.
create function private.apply_reversal(bought public.orders, event engine.payment_events) returns void
language plpgsql set search_path = ''
as $$
declare
  payment text := coalesce(event.payment_intent_id, (select c.payment_intent_id from engine.payment_charges c where c.charge_id = event.charge_id),
    bought.payment_intent_id);
begin
  if bought.payment_intent_id is null then
    bought := private.learn_payment(bought.id, null, payment, null);
  end if;
  perform private.learn_payment(bought.id, null, null, event.charge_id) where payment = bought.payment_intent_id and event.charge_id is not null;
  if event.fact ->> 'kind' = 'dispute' and not exists (select from engine.payment_disputes d where d.dispute_id = event.fact ->> 'dispute_id') then
    perform private.freeze_top_up(bought, event.fact);
  end if;
  perform private.keep_payment_fact(payment, event.fact);
  perform private.settle_order(bought.id);
end $$;
