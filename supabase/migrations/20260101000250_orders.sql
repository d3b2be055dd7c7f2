-- What can be bought, who is billed, and the orders. An order is a row before anybody is asked to pay; what it was charged and what
-- was given back is told by the payments provider's events alone (payment_facts.sql).

-- Packs of minutes, as offered. Their price per minute is also that of the amounts people choose themselves.
create table public.packs (
  id text primary key,
  name text not null,
  description text not null default '',
  seconds int not null constraint a_pack_has_seconds check (seconds > 0),
  price_cents int not null constraint a_pack_has_a_price check (price_cents > 0),
  currency text not null default 'usd' constraint currency_is_iso check (currency ~ '^[a-z]{3}$'),
  bonus_percent int not null default 0 constraint bonus_is_a_share check (bonus_percent between 0 and 100),
  position int not null default 0,
  is_on boolean not null default true
);

-- Who the invoices are made out to, and at which balances the account's people want to hear of it (zero is always told).
create table public.billing_details (
  account_id uuid primary key references public.accounts on delete cascade,
  company_name text,
  email text constraint email_has_an_at check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  address_line_1 text,
  address_line_2 text,
  postal_code text,
  city text,
  state text,
  country text constraint country_is_iso check (country ~ '^[A-Z]{2}$'),
  tax_number text,
  currency text not null default 'usd' constraint currency_is_iso check (currency ~ '^[a-z]{3}$'),
  low_balance_levels int[] not null default '{1800,600}'
    constraint levels_are_up_to_five check (cardinality(low_balance_levels) <= 5 and 0 < all(low_balance_levels)),
  updated_at timestamptz not null default private.now()
);

-- The account at the payments provider: one, made before its first payment.
create table engine.payment_customers (
  account_id uuid primary key references public.accounts on delete cascade,
  provider text not null default 'stripe',
  customer_id text not null constraint customer_belongs_to_one_account unique
);

-- Saved cards, as the provider lists them; only it holds the numbers.
create table public.payment_methods (
  id text primary key,
  account_id uuid not null references public.accounts on delete cascade,
  brand text not null,
  last4 text not null,
  exp_month int not null,
  exp_year int not null,
  is_default boolean not null default false,
  created_at timestamptz not null default private.now(),
  removed_at timestamptz,
  constraint a_removed_card_is_not_the_default check (removed_at is null or not is_default)
);
create unique index payment_methods_one_default on public.payment_methods (account_id) where is_default;
create index payment_methods_by_account on public.payment_methods (account_id);

create table public.orders (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  kind public.order_kind not null default 'checkout',
  -- null = an amount of the buyer's own
  pack_id text references public.packs,
  description text not null,
  seconds int not null constraint an_order_has_seconds check (seconds > 0),
  bonus_seconds int not null default 0 constraint bonus_is_not_negative check (bonus_seconds >= 0),
  amount_cents int not null constraint an_order_has_an_amount check (amount_cents > 0),
  currency text not null,
  status public.order_status not null default 'open',
  saves_card boolean not null default false,
  -- the asker's own id of the wish: asked twice, it is the same order
  request_id uuid not null,
  payment_method_id text references public.payment_methods,
  checkout_session_id text constraint a_session_pays_one_order unique,
  checkout_url text,
  expires_at timestamptz,
  payment_intent_id text constraint a_payment_pays_one_order unique,
  charge_id text,
  -- what was given back or is held by a dispute now; the status stays paid
  refunded_cents int not null default 0 constraint refunds_are_within_the_amount check (refunded_cents between 0 and amount_cents),
  disputed_cents int not null default 0 constraint disputes_are_within_the_amount check (disputed_cents between 0 and amount_cents),
  failure_code text,
  failure_message text,
  paid_at timestamptz,
  -- gap-free over the platform, given in the transaction that credits the order
  invoice_no bigint constraint an_invoice_number_is_used_once unique,
  invoice_path text,
  checked_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  constraint a_request_makes_one_order unique (account_id, request_id),
  constraint only_a_paid_order_has_an_invoice check ((status = 'paid') = (paid_at is not null) and (status = 'paid') = (invoice_no is not null)),
  constraint only_a_paid_order_is_given_back check (status = 'paid' or refunded_cents + disputed_cents = 0)
);
create unique index orders_one_auto_top_up_in_flight on public.orders (account_id) where kind = 'auto_top_up' and status in ('open', 'pending');
create index orders_newest on public.orders (account_id, created_at desc, id desc);
create index orders_unpaid on public.orders (created_at) where status in ('open', 'pending');
create index orders_by_charge on public.orders (charge_id) where charge_id is not null;
create index orders_by_pack on public.orders (pack_id);
create index orders_by_payment_method on public.orders (payment_method_id);
create index orders_paid on public.orders (paid_at) where status = 'paid';

-- Buys by itself when the balance falls below the threshold, one order at a time, up to an amount a month.
create table public.auto_top_ups (
  account_id uuid primary key references public.accounts on delete cascade,
  is_on boolean not null default false,
  threshold_seconds int not null constraint threshold_is_positive check (threshold_seconds > 0),
  pack_id text references public.packs,
  amount_cents int,
  monthly_limit_cents int not null constraint limit_is_positive check (monthly_limit_cents > 0),
  failures int not null default 0 constraint failures_are_not_negative check (failures >= 0),
  next_try_at timestamptz,
  off_reason public.top_up_off_reason,
  changed_by uuid,
  updated_at timestamptz not null default private.now(),
  constraint a_pack_or_an_amount check ((pack_id is null) <> (amount_cents is null)),
  constraint only_what_is_off_has_a_reason check (is_on = (off_reason is null))
);
create index auto_top_ups_on on public.auto_top_ups (account_id) where is_on;
create index auto_top_ups_by_pack on public.auto_top_ups (pack_id);

grant select on public.packs, public.billing_details, public.payment_methods, public.orders, public.auto_top_ups to authenticated, service_role;
alter table public.packs enable row level security;
alter table public.billing_details enable row level security;
alter table engine.payment_customers enable row level security;
alter table public.payment_methods enable row level security;
alter table public.orders enable row level security;
alter table public.auto_top_ups enable row level security;
create policy "People who read bills somewhere can read packs" on public.packs for select to authenticated
  using (exists (select from private.account_ids('billing.read')));
create policy "Members with the right can read billing details" on public.billing_details for select to authenticated
  using (account_id = any(array(select private.account_ids('billing.read'))));
create policy "Nobody reads the engine through the API" on engine.payment_customers for all using (false);
create policy "Members with the right can read the cards of their account" on public.payment_methods for select to authenticated
  using (account_id = any(array(select private.account_ids('billing.read'))));
create policy "Members with the right can read the orders of their account" on public.orders for select to authenticated
  using (account_id = any(array(select private.account_ids('billing.read'))));
create policy "Members with the right can read auto top-up settings" on public.auto_top_ups for select to authenticated
  using (account_id = any(array(select private.account_ids('billing.read'))));

create trigger billing_details_touch_updated_at before update on public.billing_details
  for each row execute function private.touch_updated_at();
create trigger auto_top_ups_touch_updated_at before update on public.auto_top_ups
  for each row execute function private.touch_updated_at();
