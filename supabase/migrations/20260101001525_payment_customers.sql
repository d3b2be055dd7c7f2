-- The account at the payments provider, and the cards saved there.

-- For whoever may manage cards: whom they belong to.
create function private.customer_for_cards(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: customers are granted to nobody.
  perform private.require_permission(customer_for_cards.account_id, 'billing.manage');
  return private.payer_of(customer_for_cards.account_id);
end $$;
grant execute on function private.customer_for_cards(uuid) to authenticated;
create function public.customer_for_cards(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.customer_for_cards(customer_for_cards.account_id);
grant execute on function public.customer_for_cards(uuid) to authenticated;

-- A card that somebody who may wants to be rid of. It goes at the provider; its list then takes it off here.
create function private.card_for_removal(payment_method_id text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  card public.payment_methods := (select m from public.payment_methods m where m.id = card_for_removal.payment_method_id and m.removed_at is null);
begin
  -- Definer: customers are granted to nobody.
  perform private.require_permission(card.account_id, 'billing.manage');
  return jsonb_build_object('payment_method_id', card.id, 'account_id', card.account_id,
    'customer_id', (select c.customer_id from engine.payment_customers c where c.account_id = card.account_id));
end $$;
grant execute on function private.card_for_removal(text) to authenticated;
create function public.card_for_removal(payment_method_id text) returns jsonb
language sql stable set search_path = ''
return private.card_for_removal(card_for_removal.payment_method_id);
grant execute on function public.card_for_removal(text) to authenticated;

-- Keeps the account's customer: the first one stands, and is what is answered.
create function private.record_customer(account_id uuid, customer_id text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  -- Definer: customers are granted to nobody.
  insert into engine.payment_customers (account_id, customer_id) values (record_customer.account_id, record_customer.customer_id)
  on conflict (account_id) do nothing;
  return jsonb_build_object('customer_id', (select c.customer_id from engine.payment_customers c where c.account_id = record_customer.account_id));
end $$;
grant execute on function private.record_customer(uuid, text) to service_role;
create function public.record_customer(account_id uuid, customer_id text) returns jsonb
language sql set search_path = ''
return private.record_customer(record_customer.account_id, record_customer.customer_id);
grant execute on function public.record_customer(uuid, text) to service_role;

-- The default card is the one that was, while it is there; else the newest.
create function private.keep_a_default_card(account_id uuid) returns void
language sql set search_path = ''
as $$
  update public.payment_methods m set is_default = true
  where m.id = (select n.id from public.payment_methods n where n.account_id = keep_a_default_card.account_id and n.removed_at is null
      order by n.created_at desc, n.id limit 1)
    and not exists (select from public.payment_methods d where d.account_id = keep_a_default_card.account_id and d.is_default)
$$;

-- The account's saved cards, all of them, as the provider lists them: [{id, brand, last4, exp_month, exp_year}]. What is not in the
-- list was removed. A list of another customer changes nothing.
create function private.record_payment_methods(account_id uuid, customer_id text, methods jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  -- Definer: cards are written by nobody but this.
  perform private.lock_account(record_payment_methods.account_id);
  if not exists (select from engine.payment_customers c
    where c.account_id = record_payment_methods.account_id and c.customer_id = record_payment_methods.customer_id) then
    perform private.raise_error('conflict', 'The account has another customer at the payments provider.');
  end if;
  update public.payment_methods m set removed_at = private.now(), is_default = false
  where m.account_id = record_payment_methods.account_id and m.removed_at is null
    and m.id not in (select x ->> 'id' from jsonb_array_elements(methods) x);
  insert into public.payment_methods (id, account_id, brand, last4, exp_month, exp_year)
  select x.id, record_payment_methods.account_id, x.brand, x.last4, x.exp_month, x.exp_year
  from jsonb_to_recordset(methods) as x (id text, brand text, last4 text, exp_month int, exp_year int) order by x.id
  on conflict (id) do update
  set brand = excluded.brand, last4 = excluded.last4, exp_month = excluded.exp_month, exp_year = excluded.exp_year, removed_at = null
  where payment_methods.account_id = excluded.account_id;
  perform private.keep_a_default_card(record_payment_methods.account_id);
  update engine.accounts a set changed_at = private.now() where a.account_id = record_payment_methods.account_id;
  return jsonb_build_object('cards', (select count(*) from public.payment_methods m
    where m.account_id = record_payment_methods.account_id and m.removed_at is null));
end $$;
grant execute on function private.record_payment_methods(uuid, text, jsonb) to service_role;
create function public.record_payment_methods(account_id uuid, customer_id text, methods jsonb) returns jsonb
language sql set search_path = ''
return private.record_payment_methods(record_payment_methods.account_id, record_payment_methods.customer_id, record_payment_methods.methods);
grant execute on function public.record_payment_methods(uuid, text, jsonb) to service_role;

-- Has the account's cards read anew, by run-outbox; once per cause.
create function private.order_card_sync(account_id uuid, cause text) returns void
language sql set search_path = ''
as $$
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select c.account_id, 'sync_cards', order_card_sync.cause, jsonb_build_object('account_id', c.account_id, 'customer_id', c.customer_id)
  from engine.payment_customers c where c.account_id = order_card_sync.account_id
  on conflict on constraint a_job_is_queued_once do nothing
$$;

-- Chooses the card that auto top-up charges.
create function private.set_default_payment_method(payment_method_id text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen public.payment_methods := (select m from public.payment_methods m where m.id = set_default_payment_method.payment_method_id and m.removed_at is null);
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(chosen.account_id, 'billing.manage');
  perform private.lock_account(chosen.account_id);
  update public.payment_methods m set is_default = false where m.account_id = chosen.account_id and m.is_default and m.id <> chosen.id;
  update public.payment_methods m set is_default = true where m.id = chosen.id and m.removed_at is null;
  return '{}';
end $$;
grant execute on function private.set_default_payment_method(text) to authenticated;
create function public.set_default_payment_method(payment_method_id text) returns jsonb
language sql set search_path = ''
return private.set_default_payment_method(set_default_payment_method.payment_method_id);
grant execute on function public.set_default_payment_method(text) to authenticated;
