-- Orders that nobody heard the end of, and what an invoice says.

-- Each minute: a checkout that never got a page is over with its time, and a charge whose job was given up has failed. Money that
-- comes all the same still pays the order.
create function private.sweep_orders(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  stale record;
begin
  for stale in
    select o.id, o.kind from public.orders o join engine.accounts a on a.account_id = o.account_id
    where o.status = 'open' and (o.kind = 'checkout' and o.checkout_session_id is null and o.expires_at < moment
      or o.kind = 'auto_top_up' and exists (select from engine.outbox b where b.kind = 'charge_card' and b.dedupe_key = o.id::text and b.quarantined_at is not null))
    order by a.account_id, o.id limit 100 for update of a skip locked
  loop
    if stale.kind = 'checkout' then
      perform private.end_order(stale.id, 'expired', null, null);
    else
      perform private.fail_top_up(stale.id, 'no_answer', 'The payment provider did not answer.');
    end if;
  end loop;
end $$;

-- Orders whose page or payment has been open for more than ten minutes without a word; each is asked for ever more rarely, for a month.
create function private.unheard_orders(moment timestamptz) returns setof public.orders
language sql stable set search_path = ''
as $$
  select o from public.orders o
  where o.status in ('open', 'pending') and o.created_at < moment - interval '10 minutes' and o.created_at > moment - interval '30 days'
    and coalesce(o.checkout_session_id, o.payment_intent_id) is not null
    and (o.checked_at is null or o.checked_at < moment - greatest(interval '10 minutes', (moment - o.created_at) / 6))
$$;

-- Called by reconcile-payments: what the provider must be asked about; its answers come back as events of our own making.
create function private.orders_to_check(check_limit int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  answer jsonb;
begin
  -- Definer: orders are written by nobody but these commands.
  with due as (
    select o.id from public.orders o where o.id in (select u.id from private.unheard_orders(moment) u)
    order by o.checked_at nulls first, o.created_at limit least(greatest(check_limit, 0), 100) for update skip locked
  ), marked as (
    update public.orders o set checked_at = moment from due d where o.id = d.id
    returning o.id as order_id, o.checkout_session_id as session_id, o.payment_intent_id
  )
  select jsonb_build_object('orders', coalesce(jsonb_agg(m), '[]')) into answer from marked m;
  return answer;
end $$;
grant execute on function private.orders_to_check(int) to service_role;
create function public.orders_to_check(batch_size int) returns jsonb
language sql set search_path = ''
return private.orders_to_check(orders_to_check.batch_size);
grant execute on function public.orders_to_check(int) to service_role;

-- The buyer as the invoice names them; the account's name stands in for a company's.
create function private.buyer_of(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('company_name', coalesce(b.company_name, a.name), 'email', private.billing_email(a.id), 'tax_number', b.tax_number,
    'lines', to_jsonb(array_remove(array[b.address_line_1, b.address_line_2, private.clean_text(concat_ws(' ', b.postal_code, b.city)), b.state, b.country], null)))
  from public.accounts a left join public.billing_details b on b.account_id = a.id
  where a.id = buyer_of.account_id
$$;

-- All that the invoice of a paid order says; null before it is paid. Asked once, by run-outbox: the document is never made again.
create function private.invoice_facts(order_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  -- Definer: the seller is a setting of the engine.
  select jsonb_build_object('order_id', o.id, 'account_id', o.account_id, 'invoice_no', o.invoice_no, 'paid_at', o.paid_at,
    'issued_on', to_char(o.paid_at at time zone a.time_zone, 'YYYY-MM-DD'),
    'seller', jsonb_build_object('name', s.seller ->> 'name', 'lines', coalesce(s.seller -> 'address_lines', '[]'), 'tax_number', s.seller ->> 'tax_number',
      'email', s.seller ->> 'email'),
    'buyer', private.buyer_of(o.account_id), 'description', o.description, 'seconds', o.seconds, 'bonus_seconds', o.bonus_seconds,
    'amount_cents', o.amount_cents, 'currency', o.currency)
  from public.orders o join public.accounts a on a.id = o.account_id cross join engine.settings s
  where o.id = invoice_facts.order_id and o.status = 'paid'
$$;
grant execute on function private.invoice_facts(uuid) to service_role;
create function public.invoice_facts(order_id uuid) returns jsonb
language sql stable set search_path = ''
return private.invoice_facts(invoice_facts.order_id);
grant execute on function public.invoice_facts(uuid) to service_role;
