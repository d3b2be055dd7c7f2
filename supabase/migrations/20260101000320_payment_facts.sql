-- What the payments provider said, kept as facts. Each fact is stored in a way that its order of arrival and its repetition do not
-- matter; what the ledger must hold follows from the facts alone (settle_orders.sql).

-- Inbox of the provider's events: stored before anything is done with them.
create table engine.payment_events (
  event_id text primary key,
  type text not null,
  livemode boolean not null,
  occurred_at timestamptz not null,
  fact jsonb not null,
  body jsonb,
  -- what it speaks of, as it says; account_id and order_id once they are found
  payment_intent_id text,
  charge_id text,
  order_id uuid references public.orders on delete cascade,
  account_id uuid references public.accounts on delete cascade,
  received_at timestamptz not null default private.now(),
  due_at timestamptz not null default private.now(),
  processed_at timestamptz,
  tries int not null default 0,
  quarantined_at timestamptz,
  error text
);
create index payment_events_due on engine.payment_events (due_at) where processed_at is null and quarantined_at is null;
create index payment_events_by_payment on engine.payment_events (payment_intent_id) where processed_at is null;
create index payment_events_by_charge on engine.payment_events (charge_id) where processed_at is null;
create index payment_events_by_order on engine.payment_events (order_id);
create index payment_events_by_account on engine.payment_events (account_id);
create index payment_events_received on engine.payment_events (received_at) where body is not null;

-- The largest sum of refunds that the provider named for a charge: it counts up, so that the largest is the latest.
create table engine.payment_charges (
  charge_id text primary key,
  payment_intent_id text not null,
  refunded_cents int not null default 0
);
create index payment_charges_by_payment on engine.payment_charges (payment_intent_id);

-- status only moves on: pending or requires_action, then succeeded, then failed or canceled.
create table engine.payment_refunds (
  refund_id text primary key,
  payment_intent_id text not null,
  amount_cents int not null,
  status text not null
);
create index payment_refunds_by_payment on engine.payment_refunds (payment_intent_id);

-- The money of a dispute is with the cardholder's bank from its withdrawal to its reinstatement; an inquiry withdraws nothing.
create table engine.payment_disputes (
  dispute_id text primary key,
  payment_intent_id text not null,
  amount_cents int not null,
  status text not null,
  is_withdrawn boolean not null default false,
  is_reinstated boolean not null default false
);
create index payment_disputes_by_payment on engine.payment_disputes (payment_intent_id);

-- The last invoice number given away. Whoever credits an order holds this row until the end of its transaction, and waits for nobody
-- from then on: numbers have no gap, not even after a rollback.
create table engine.invoice_numbers (
  id boolean primary key default true constraint there_is_one_row check (id),
  last_no bigint not null default 0
);
insert into engine.invoice_numbers default values;

-- What does not add up between ledger, orders, calls and the provider. Listed and alerted, never set right by itself.
create table engine.billing_differences (
  id bigint generated always as identity primary key,
  kind text not null constraint kind_is_known check (kind in ('amount_mismatch', 'paid_twice', 'paid_not_credited', 'credited_not_paid', 'refund_mismatch',
    'ledger_balance', 'ledger_value', 'ledger_versions', 'order_not_posted', 'call_not_posted', 'cost_unknown')),
  -- what it is about, so that the same is listed once while it lasts: an order, a payment, an account, a call
  subject text not null,
  account_id uuid references public.accounts on delete cascade,
  order_id uuid references public.orders on delete cascade,
  facts jsonb not null default '{}',
  found_at timestamptz not null default private.now(),
  resolved_at timestamptz
);
create unique index billing_differences_once on engine.billing_differences (kind, subject) where resolved_at is null;
create index billing_differences_by_account on engine.billing_differences (account_id);
create index billing_differences_by_order on engine.billing_differences (order_id);

alter table engine.payment_events enable row level security;
alter table engine.payment_charges enable row level security;
alter table engine.payment_refunds enable row level security;
alter table engine.payment_disputes enable row level security;
alter table engine.invoice_numbers enable row level security;
alter table engine.billing_differences enable row level security;
create policy "Nobody reads the engine through the API" on engine.payment_events for all using (false);
create policy "Nobody reads the engine through the API" on engine.payment_charges for all using (false);
create policy "Nobody reads the engine through the API" on engine.payment_refunds for all using (false);
create policy "Nobody reads the engine through the API" on engine.payment_disputes for all using (false);
create policy "Nobody reads the engine through the API" on engine.invoice_numbers for all using (false);
create policy "Nobody reads the engine through the API" on engine.billing_differences for all using (false);

-- Lists a difference and alerts the operators, once while it lasts.
create function private.note_difference(kind text, subject text, account_id uuid, order_id uuid, facts jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into engine.billing_differences (kind, subject, account_id, order_id, facts)
  values (note_difference.kind, note_difference.subject, note_difference.account_id, note_difference.order_id, note_difference.facts)
  on conflict do nothing;
  if found then
    insert into engine.repairs (kind, account_id, facts)
    values ('billing_difference', note_difference.account_id,
      jsonb_build_object('difference', note_difference.kind, 'subject', note_difference.subject) || note_difference.facts);
  end if;
end $$;
