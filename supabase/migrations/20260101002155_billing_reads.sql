-- The wallet as pages read it: what there is, what it was bought for, how long it lasts, and the orders.

-- Seconds billed on an average day with calls, of the last fourteen days; 0 before the first.
create function private.average_day(account_id uuid) returns bigint
language sql stable set search_path = ''
as $$
  select coalesce(round(avg(d.seconds)), 0)::bigint from (
    select sum(s.billed_seconds) as seconds from public.daily_stats s join public.accounts a on a.id = s.account_id
    where s.account_id = average_day.account_id and s.day > (private.now() at time zone a.time_zone)::date - 14
    group by s.day having sum(s.billed_seconds) > 0) d
$$;

-- Everything the wallet page begins with, read at one instant so that the figures belong together.
create function private.get_billing(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  account engine.accounts;
  average bigint;
begin
  -- Definer: the balance lives in engine.
  perform private.require_permission(get_billing.account_id, 'billing.read');
  account := (select a from engine.accounts a where a.account_id = get_billing.account_id);
  average := private.average_day(get_billing.account_id);
  return jsonb_build_object('wallet', private.wallet_of(get_billing.account_id),
    'packs', (select coalesce(jsonb_agg(to_jsonb(p) - 'is_on' order by p.position, p.id), '[]') from public.packs p where p.is_on
      and p.currency = coalesce((select b.currency from public.billing_details b where b.account_id = get_billing.account_id), 'usd')),
    'custom', jsonb_build_object('min_cents', 1000, 'max_cents', 500000),
    'details', private.details_of(get_billing.account_id),
    'payment_methods', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'brand', m.brand, 'last4', m.last4, 'exp_month', m.exp_month,
        'exp_year', m.exp_year, 'is_default', m.is_default) order by m.created_at, m.id), '[]')
      from public.payment_methods m where m.account_id = get_billing.account_id and m.removed_at is null),
    'auto_top_up', private.top_up_of(get_billing.account_id),
    'average_seconds_per_day', average,
    'days_left', case when average > 0 then greatest(0, account.balance_seconds - account.reserved_seconds) / average end,
    'price_cents_per_minute', case when account.balance_seconds > 0 then round(account.value_micros * 60.0 / account.balance_seconds / 10000)::int end);
end $$;
grant execute on function private.get_billing(uuid) to authenticated;
create function public.get_billing(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_billing(get_billing.account_id);
grant execute on function public.get_billing(uuid) to authenticated;

create function private.order_row(bought public.orders) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_build_object('id', bought.id, 'account_id', bought.account_id, 'kind', bought.kind, 'pack_id', bought.pack_id,
    'description', bought.description, 'seconds', bought.seconds, 'bonus_seconds', bought.bonus_seconds, 'amount_cents', bought.amount_cents,
    'currency', bought.currency, 'status', bought.status, 'saves_card', bought.saves_card, 'expires_at', bought.expires_at,
    'refunded_cents', bought.refunded_cents, 'disputed_cents', bought.disputed_cents, 'failure_code', bought.failure_code,
    'failure_message', bought.failure_message, 'paid_at', bought.paid_at, 'invoice_no', bought.invoice_no, 'invoice_path', bought.invoice_path,
    'created_at', bought.created_at);
end $$;

-- The account's orders, the newest first.
create function private.list_orders(account_id uuid, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  size int := private.page_limit(page_size);
  rows jsonb;
begin
  -- Definer, as all reads of pages; it answers only what the table's own policy shows.
  perform private.require_permission(list_orders.account_id, 'billing.read');
  with page as (
    select o from public.orders o
    where o.account_id = list_orders.account_id
      and ("cursor" is null or (o.created_at, o.id) < (("cursor" ->> 'created_at')::timestamptz, ("cursor" ->> 'id')::uuid))
    order by o.created_at desc, o.id desc limit size + 1
  )
  select coalesce(jsonb_agg(private.order_row(p.o) order by (p.o).created_at desc, (p.o).id desc), '[]') into rows from page p;
  return private.page_of(rows, size, '{created_at,id}');
end $$;
grant execute on function private.list_orders(uuid, jsonb, int) to authenticated;
create function public.list_orders(account_id uuid, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_orders(list_orders.account_id, list_orders."cursor", list_orders.page_size);
grant execute on function public.list_orders(uuid, jsonb, int) to authenticated;

create function private.get_order(order_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  bought public.orders := (select o from public.orders o where o.id = get_order.order_id);
begin
  -- Definer, as all reads of pages; an order of another account does not exist.
  perform private.require_permission(bought.account_id, 'billing.read');
  return private.order_row(bought);
end $$;
grant execute on function private.get_order(uuid) to authenticated;
create function public.get_order(order_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_order(get_order.order_id);
grant execute on function public.get_order(uuid) to authenticated;
