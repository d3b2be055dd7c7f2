-- What becomes of an order between the wish and the payment: the checkout at the provider, and what the order learns of its payment.

-- Locks the order's account, then answers the order as it is now. An order that is nobody's is not found.
create function private.lock_order(order_id uuid) returns public.orders
language plpgsql set search_path = ''
as $$
begin
  perform private.lock_account((select o.account_id from public.orders o where o.id = lock_order.order_id));
  return (select o from public.orders o where o.id = lock_order.order_id);
end $$;

-- What the order learns of its payment: null fields only, so that a late answer of ours never overwrites what an event said. Events
-- that waited for the payment to be somebody's come due; one that another worker looks at right now is left to its own next look.
create function private.learn_payment(order_id uuid, session_id text, payment_intent_id text, charge_id text) returns public.orders
language plpgsql set search_path = ''
as $$
declare
  learned public.orders;
begin
  update public.orders o
  set checkout_session_id = coalesce(o.checkout_session_id, learn_payment.session_id),
    payment_intent_id = coalesce(o.payment_intent_id, learn_payment.payment_intent_id), charge_id = coalesce(o.charge_id, learn_payment.charge_id)
  where o.id = learn_payment.order_id returning * into learned;
  update engine.payment_events e set due_at = private.now()
  where e.event_id in (select w.event_id from engine.payment_events w
    where w.processed_at is null and w.order_id is null and (w.payment_intent_id = learned.payment_intent_id or w.charge_id = learned.charge_id)
    for update skip locked);
  return learned;
end $$;

-- The answer of the provider to the checkout that was asked for: its session, or why there is none. Again changes nothing.
create function private.record_checkout(order_id uuid, result jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  bought public.orders := private.lock_order(record_checkout.order_id);
begin
  -- Definer: orders are written by nobody but these commands.
  if result ? 'error' then
    update public.orders o set status = 'failed', failure_code = result #>> '{error,code}', failure_message = left(result #>> '{error,message}', 500)
    where o.id = bought.id and o.status = 'open' and o.checkout_session_id is null;
  else
    perform private.record_customer(bought.account_id, result ->> 'customer_id') where result ->> 'customer_id' is not null;
    perform private.learn_payment(bought.id, result ->> 'session_id', result ->> 'payment_intent_id', null);
    update public.orders o set checkout_url = result ->> 'url', expires_at = coalesce((result ->> 'expires_at')::timestamptz, o.expires_at)
    where o.id = bought.id and o.checkout_session_id = result ->> 'session_id' and o.checkout_url is null;
  end if;
  return (select private.order_to_pay(o) from public.orders o where o.id = bought.id);
end $$;
grant execute on function private.record_checkout(uuid, jsonb) to service_role;
create function public.record_checkout(order_id uuid, result jsonb) returns jsonb
language sql set search_path = ''
return private.record_checkout(record_checkout.order_id, record_checkout.result);
grant execute on function public.record_checkout(uuid, jsonb) to service_role;
