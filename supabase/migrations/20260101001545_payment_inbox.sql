-- Working through stored payment events, each by itself: what fails is undone, tried again later and set apart after five tries.

-- An event that is no order's. Cards and setups belong to the customer's account and have its cards read anew; events of payments wait
-- until an order learns its payment, for three days, then somebody is told. Answers whether it is done.
create function private.apply_without_order(event engine.payment_events, moment timestamptz) returns boolean
language plpgsql set search_path = ''
as $$
declare
  owner_id uuid := (select c.account_id from engine.payment_customers c where c.customer_id = event.fact ->> 'customer_id');
begin
  if event.fact ->> 'kind' = 'payment_method' or event.fact ->> 'mode' = 'setup' then
    perform private.order_card_sync(owner_id, event.event_id) where owner_id is not null;
    return true;
  elsif event.received_at > moment - interval '3 days' then
    return false;
  end if;
  insert into engine.repairs (kind, facts)
  values ('payment_unmatched', jsonb_build_object('event_id', event.event_id, 'type', event.type, 'payment_intent_id', event.payment_intent_id));
  update engine.payment_events e set error = 'no order of ours' where e.event_id = event.event_id;
  return true;
end $$;

-- Applies one event; answers processed or waiting. Nobody is waited for: an account that somebody works on has its turn next time,
-- because whoever credited an order holds the row of the invoice numbers.
create function private.apply_payment_event(event engine.payment_events, moment timestamptz) returns text
language plpgsql set search_path = ''
as $$
declare
  bought public.orders := private.order_of_event(event);
begin
  if event.fact ->> 'kind' <> 'other' and bought.id is null and not private.apply_without_order(event, moment) then
    update engine.payment_events e set due_at = moment + least(interval '1 hour', greatest(interval '1 minute', (moment - e.received_at) / 4))
    where e.event_id = event.event_id;
    return 'waiting';
  elsif bought.id is not null then
    perform from engine.accounts a where a.account_id = bought.account_id for update skip locked;
    if not found then
      return 'waiting';
    end if;
    bought := private.lock_order(bought.id);
    update engine.payment_events e set order_id = bought.id, account_id = bought.account_id where e.event_id = event.event_id;
    case event.fact ->> 'kind'
      when 'checkout' then perform private.apply_checkout(bought, event);
      when 'payment' then
        perform private.apply_payment(bought, event.fact);
        perform private.keep_payment_fact(event.payment_intent_id, event.fact);
      else perform private.apply_reversal(bought, event);
    end case;
    -- So that open pages hear of an order that did not move the balance.
    update engine.accounts a set changed_at = moment where a.account_id = bought.account_id;
  end if;
  update engine.payment_events e set processed_at = moment where e.event_id = event.event_id;
  return 'processed';
end $$;

-- One event, carefully: a failure is undone, said on the event, and tried again ever later; after five tries it is set apart. What the
-- database met (a deadlock, a server without room, a lock that was not to be had) is no event's fault: it waits as it was.
create function private.try_payment_event(event engine.payment_events, moment timestamptz) returns text
language plpgsql set search_path = ''
as $$
declare
  words text;
begin
  return private.apply_payment_event(event, moment);
exception when others then
  get stacked diagnostics words = message_text;
  if private.put_off(event.account_id, sqlstate, words) then
    return 'waiting';
  end if;
  update engine.payment_events e
  set tries = e.tries + 1, error = left(words, 500), due_at = moment + make_interval(secs => 5 * power(3, e.tries)),
    quarantined_at = case when e.tries >= 4 then moment end
  where e.event_id = event.event_id;
  return case when event.tries >= 4 then 'quarantined' else 'waiting' end;
end $$;

-- Called in the background of receive-payment-event and by each tick: events that are due, the earliest first. What an event taught
-- (which payment is whose) may free others, so there is a second round.
create function private.process_payment_events(n int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: the inbox is granted to nobody.
  moment timestamptz := private.now();
  event engine.payment_events;
  due_id text;
  states text[] := '{}';
begin
  for round in 1..2 loop
    for due_id in
      select e.event_id from engine.payment_events e
      where e.processed_at is null and e.quarantined_at is null and e.due_at <= private.now()
      order by e.due_at, e.event_id limit least(greatest(n, 0), 500)
    loop
      select * into event from engine.payment_events e
      where e.event_id = due_id and e.processed_at is null and e.quarantined_at is null for update skip locked;
      continue when not found;
      states := states || private.try_payment_event(event, moment);
    end loop;
  end loop;
  return jsonb_build_object('processed', cardinality(array_positions(states, 'processed')), 'quarantined', cardinality(array_positions(states, 'quarantined')),
    'waiting', (select count(*) from engine.payment_events e where e.processed_at is null and e.quarantined_at is null));
end $$;
grant execute on function private.process_payment_events(int) to service_role;
create function public.process_payment_events(batch_size int) returns jsonb
language sql set search_path = ''
return private.process_payment_events(process_payment_events.batch_size);
grant execute on function public.process_payment_events(int) to service_role;
