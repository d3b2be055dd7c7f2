-- What the facts of a payment do to order and ledger. One function credits an order and one makes the ledger say what the facts say;
-- both under the account's lock, both with a unique key, so that no repetition and no order of arrival credits twice or never.

-- The part of an order's seconds that goes with a part of its money, rounded down; all of them with all of it.
create function private.seconds_of(bought public.orders, cents bigint) returns bigint
language plpgsql immutable set search_path = ''
as $$
begin
  return ((bought.seconds + bought.bonus_seconds)::bigint * least(cents, bought.amount_cents)) / bought.amount_cents;
end $$;

-- What was given back of a payment. The provider's running sum and the refunds it named may each be ahead of the other; a refund that
-- failed is in both, and is taken off.
create function private.refunded_cents(bought public.orders) returns int
language plpgsql stable set search_path = ''
as $$
begin
  return greatest(0, least(bought.amount_cents, greatest(
      (select coalesce(max(c.refunded_cents), 0) from engine.payment_charges c where c.payment_intent_id = bought.payment_intent_id),
      (select coalesce(sum(r.amount_cents), 0) from engine.payment_refunds r where r.payment_intent_id = bought.payment_intent_id))
    - (select coalesce(sum(r.amount_cents), 0) from engine.payment_refunds r
        where r.payment_intent_id = bought.payment_intent_id and r.status in ('failed', 'canceled'))))::int;
end $$;

-- What disputes hold of a payment now.
create function private.disputed_cents(bought public.orders) returns int
language plpgsql stable set search_path = ''
as $$
begin
  return (select least(bought.amount_cents, coalesce(sum(d.amount_cents), 0)) from engine.payment_disputes d
    where d.payment_intent_id = bought.payment_intent_id and d.is_withdrawn and not d.is_reinstated)::int;
end $$;

-- Posts what is missing until the order's entries of a kind sum up to -target. Seconds that come back bring the value they took.
create function private.post_claw(bought public.orders, kind public.ledger_kind, target bigint) returns void
language plpgsql set search_path = ''
as $$
declare
  held record;
  delta bigint;
begin
  select count(*) as entries, -coalesce(sum(l.delta_seconds), 0) as seconds, -coalesce(sum(l.value_micros), 0) as value into held
  from public.ledger_entries l where l.order_id = bought.id and l.kind = post_claw.kind;
  delta := held.seconds - target;
  if delta <> 0 then
    perform private.post_entry(bought.account_id, post_claw.kind, delta, format('%s:%s:%s', bought.id, post_claw.kind, held.entries + 1), bought.description, bought.id,
      case when delta > 0 then private.share_of(held.value::bigint, delta, held.seconds::bigint) else 0 end);
  end if;
end $$;

-- Makes the ledger say what the facts say of a paid order: its seconds once, and off again what was given back or is disputed, both
-- together never more than they were. Seconds that return are posted first. Run as often as one likes: what is posted is the difference.
create function private.settle_order(order_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  bought public.orders := private.lock_order(settle_order.order_id);
  refunded int := private.refunded_cents(bought);
  disputed int := private.disputed_cents(bought);
  refund_target bigint := private.seconds_of(bought, refunded);
  dispute_target bigint := least(bought.seconds + bought.bonus_seconds - refund_target, private.seconds_of(bought, disputed));
  claw record;
begin
  if bought.status <> 'paid' then
    return;
  end if;
  perform private.post_entry(bought.account_id, 'purchase', bought.seconds + bought.bonus_seconds, bought.id::text, bought.description, bought.id,
    bought.amount_cents * 10000::bigint);
  for claw in
    select k.kind, k.target from (values ('refund'::public.ledger_kind, refund_target), ('dispute', dispute_target)) k (kind, target)
    order by k.target + (select coalesce(sum(l.delta_seconds), 0) from public.ledger_entries l where l.order_id = bought.id and l.kind = k.kind)
  loop
    perform private.post_claw(bought, claw.kind, claw.target);
  end loop;
  update public.orders o set refunded_cents = refunded, disputed_cents = disputed
  where o.id = bought.id and (o.refunded_cents, o.disputed_cents) is distinct from (refunded, disputed);
  perform private.resolve_notices(bought.account_id, null, '{payment_disputed}') where disputed = 0 and bought.disputed_cents > 0
    and not exists (select from public.orders o where o.account_id = bought.account_id and o.disputed_cents > 0);
end $$;

-- The money came: the order is paid, whatever it was before, gets its number and is credited. The credit is what was ordered; a
-- payment of another amount or currency, or a second one, is listed and credits nothing. The caller holds the account's lock.
create function private.credit_order(order_id uuid, payment_intent_id text, amount_cents bigint, currency text) returns void
language plpgsql set search_path = ''
as $$
declare
  bought public.orders := private.lock_order(credit_order.order_id);
  number bigint;
  said jsonb := jsonb_build_object('payment_intent_id', credit_order.payment_intent_id, 'amount_cents', credit_order.amount_cents,
    'currency', credit_order.currency, 'ordered_cents', bought.amount_cents, 'ordered_currency', bought.currency);
begin
  if credit_order.payment_intent_id <> bought.payment_intent_id then
    perform private.note_difference('paid_twice', credit_order.payment_intent_id, bought.account_id, bought.id, said);
    return;
  elsif (credit_order.amount_cents, lower(credit_order.currency)) is distinct from (bought.amount_cents::bigint, bought.currency) then
    perform private.note_difference('amount_mismatch', bought.id::text, bought.account_id, bought.id, said);
    return;
  elsif bought.status <> 'paid' then
    update engine.invoice_numbers n set last_no = n.last_no + 1 returning n.last_no into number;
    update public.orders o set status = 'paid', paid_at = private.now(), invoice_no = number, failure_code = null, failure_message = null
    where o.id = bought.id and o.status <> 'paid';
    insert into engine.outbox (account_id, kind, dedupe_key, payload)
    values (bought.account_id, 'make_invoice', bought.id::text, jsonb_build_object('order_id', bought.id))
    on conflict on constraint a_job_is_queued_once do nothing;
    perform private.mail_billing(bought.account_id, 'payment_received', bought.id::text, jsonb_build_object('order_id', bought.id,
      'amount_cents', bought.amount_cents, 'currency', bought.currency, 'seconds', bought.seconds, 'bonus_seconds', bought.bonus_seconds));
    perform private.praise_top_up(bought) where bought.kind = 'auto_top_up';
  end if;
  perform private.settle_order(bought.id);
end $$;

-- An order that will not be paid, as far as is known: open or pending ends here, and money that comes later still wins. True when it
-- ended now.
create function private.end_order(order_id uuid, status public.order_status, code text, message text) returns boolean
language plpgsql set search_path = ''
as $$
begin
  update public.orders o set status = end_order.status, failure_code = end_order.code, failure_message = left(end_order.message, 500)
  where o.id = end_order.order_id and o.status in ('open', 'pending');
  return found;
end $$;
