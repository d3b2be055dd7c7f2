-- Buying minutes: what an amount buys, and the order. Nothing here credits anything.

create type private.quote as (pack_id text, description text, seconds int, bonus_seconds int, amount_cents int, currency text);

-- The pack whose price per minute an amount of one's own gets: the largest that costs no more, else the smallest.
create function private.pack_for(amount_cents int, currency text) returns public.packs
language sql stable set search_path = ''
as $$
  select p from public.packs p where p.is_on and p.currency = pack_for.currency
  order by case when p.price_cents <= pack_for.amount_cents then -p.price_cents else p.price_cents end, p.id
  limit 1
$$;

-- What a pack, or an amount, buys for an account now. Seconds are rounded down; the bonus is the pack's. An amount is whole dollars
-- from 10 to 5,000. Everything that sells minutes asks this.
create function private.quote(account_id uuid, pack_id text, amount_cents int) returns private.quote
language plpgsql stable set search_path = ''
as $$
declare
  money text := coalesce((select b.currency from public.billing_details b where b.account_id = quote.account_id), 'usd');
  pack public.packs;
  answer private.quote;
begin
  if (quote.pack_id is null) = (quote.amount_cents is null) then
    perform private.raise_invalid('pack_id', 'choice', 'Choose a pack or an amount.');
  elsif quote.pack_id is not null then
    pack := (select p from public.packs p where p.id = quote.pack_id and p.is_on and p.currency = money);
    if pack.id is null then
      perform private.raise_invalid('pack_id', 'unknown', 'This pack is not offered. Choose another one.');
    end if;
    answer := row(pack.id, pack.name, pack.seconds, 0, pack.price_cents, money);
  else
    if quote.amount_cents not between 1000 and 500000 or quote.amount_cents % 100 <> 0 then
      perform private.raise_invalid('amount_cents', 'range', 'Choose a whole amount from 10 to 5,000.');
    end if;
    pack := private.pack_for(quote.amount_cents, money);
    if pack.id is null then
      perform private.raise_invalid('amount_cents', 'unknown', 'Nothing is offered at the moment.');
    end if;
    answer.seconds := floor(pack.seconds::numeric * quote.amount_cents / pack.price_cents)::int;
    answer := row(null, to_char(answer.seconds / 60, 'FM999,999') || ' minutes' || case when answer.seconds % 60 > 0 then ' ' || answer.seconds % 60 || ' seconds' else '' end,
      answer.seconds, 0, quote.amount_cents, money);
  end if;
  answer.bonus_seconds := floor(answer.seconds::numeric * pack.bonus_percent / 100)::int;
  return answer;
end $$;

create function private.quote_minutes(account_id uuid, amount_cents int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  asked private.quote;
begin
  -- Definer: what an account pays with is read by those who may, and asked here.
  perform private.require_permission(quote_minutes.account_id, 'billing.read');
  asked := private.quote(quote_minutes.account_id, null, quote_minutes.amount_cents);
  return jsonb_build_object('seconds', asked.seconds, 'bonus_seconds', asked.bonus_seconds, 'amount_cents', asked.amount_cents, 'currency', asked.currency);
end $$;
grant execute on function private.quote_minutes(uuid, int) to authenticated;
create function public.quote_minutes(account_id uuid, amount_cents int) returns jsonb
language sql stable set search_path = ''
return private.quote_minutes(quote_minutes.account_id, quote_minutes.amount_cents);
grant execute on function public.quote_minutes(uuid, int) to authenticated;

-- Where the account's bills go: the address it named, else that of the person who opened it.
create function private.billing_email(account_id uuid) returns text
language sql stable set search_path = ''
as $$
  select coalesce(b.email, p.email)
  from public.accounts a
  left join public.billing_details b on b.account_id = a.id
  left join public.profiles p on p.id = a.created_by
  where a.id = billing_email.account_id
$$;

-- Who pays for the account: its customer at the provider, null before the first payment, and what to make one with.
create function private.payer_of(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('account_id', a.id, 'customer_id', c.customer_id, 'company_name', coalesce(b.company_name, a.name),
    'email', private.billing_email(a.id))
  from public.accounts a
  left join engine.payment_customers c on c.account_id = a.id
  left join public.billing_details b on b.account_id = a.id
  where a.id = payer_of.account_id
$$;

-- An order with all that its checkout needs.
create function private.order_to_pay(bought public.orders) returns jsonb
language sql stable set search_path = ''
as $$
  select private.payer_of(bought.account_id) || jsonb_build_object('order_id', bought.id, 'kind', bought.kind, 'status', bought.status,
    'amount_cents', bought.amount_cents, 'currency', bought.currency, 'seconds', bought.seconds, 'bonus_seconds', bought.bonus_seconds,
    'description', bought.description, 'saves_card', bought.saves_card, 'session_id', bought.checkout_session_id,
    'checkout_url', bought.checkout_url, 'expires_at', bought.expires_at, 'payment_intent_id', bought.payment_intent_id)
$$;

-- Writes the order of a pack or an amount; the same wish again answers the same order, and other figures under its id are refused.
-- A checkout is open for an hour. Called by create-checkout with the person's own token.
create function private.create_order(account_id uuid, request_id uuid, pack_id text, amount_cents int, saves_card boolean) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  asked private.quote;
  bought public.orders;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(create_order.account_id, 'billing.manage');
  perform private.lock_account(create_order.account_id);
  select * into bought from public.orders o where o.account_id = create_order.account_id and o.request_id = create_order.request_id;
  if found then
    if (bought.pack_id, bought.saves_card) is distinct from (create_order.pack_id, coalesce(create_order.saves_card, false))
      or bought.amount_cents <> coalesce(create_order.amount_cents, bought.amount_cents) then
      perform private.raise_error('conflict', 'This was ordered with other figures before.', jsonb_build_object('order_id', bought.id), 'Start again.');
    end if;
    return private.order_to_pay(bought);
  end if;
  if (select count(*) from public.orders o where o.account_id = create_order.account_id and o.status = 'open' and o.kind = 'checkout'
    and o.created_at > private.now() - interval '1 hour') >= 20 then
    perform private.raise_error('rate_limited', 'Twenty orders were begun within an hour and not paid.', null, 'Pay one of them, or wait a while.');
  end if;
  asked := private.quote(create_order.account_id, create_order.pack_id, create_order.amount_cents);
  insert into public.orders (account_id, pack_id, description, seconds, bonus_seconds, amount_cents, currency, saves_card, request_id, expires_at, created_by)
  values (create_order.account_id, asked.pack_id, asked.description, asked.seconds, asked.bonus_seconds, asked.amount_cents, asked.currency,
    coalesce(create_order.saves_card, false), create_order.request_id, private.now() + interval '1 hour', auth.uid())
  returning * into bought;
  perform private.log_activity(bought.account_id, 'order.created', 'order', bought.id,
    jsonb_build_object('amount_cents', bought.amount_cents, 'seconds', bought.seconds));
  return private.order_to_pay(bought);
end $$;
grant execute on function private.create_order(uuid, uuid, text, int, boolean) to authenticated;
create function public.create_order(account_id uuid, request_id uuid, pack_id text default null, amount_cents int default null,
  saves_card boolean default false) returns jsonb
language sql set search_path = ''
return private.create_order(create_order.account_id, create_order.request_id, create_order.pack_id, create_order.amount_cents, create_order.saves_card);
grant execute on function public.create_order(uuid, uuid, text, int, boolean) to authenticated;

-- An order that somebody who may pay asks about again: to go on, to give up, to look whether the money came.
create function private.order_for_checkout(order_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  bought public.orders := (select o from public.orders o where o.id = order_for_checkout.order_id);
begin
  -- Definer: the customer is granted to nobody.
  perform private.require_permission(bought.account_id, 'billing.manage');
  return private.order_to_pay(bought);
end $$;
grant execute on function private.order_for_checkout(uuid) to authenticated;
create function public.order_for_checkout(order_id uuid) returns jsonb
language sql stable set search_path = ''
return private.order_for_checkout(order_for_checkout.order_id);
grant execute on function public.order_for_checkout(uuid) to authenticated;
