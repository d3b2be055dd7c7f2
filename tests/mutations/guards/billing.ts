/** Orders, payments, refunds and disputes: what credits minutes, once, and what takes them back. */
import { guards } from '../mutation.ts'

export const billingGuards = [
  ...guards('database/paymentEvents', [
    ['the mode that payments are in', 'record_payment_event', `if (event ->> 'livemode')::boolean is distinct from (select s.payments_are_live from engine.settings s) then`, 'if false then'],
    ['stored once', 'record_payment_event', 'on conflict (event_id) do nothing', ''],
    ['a second payment', 'credit_order', 'if credit_order.payment_intent_id <> bought.payment_intent_id then', 'if false then'],
    ['another amount', 'credit_order', 'elsif (credit_order.amount_cents, lower(credit_order.currency)) is distinct from (bought.amount_cents::bigint, bought.currency) then', 'elsif false then'],
    ['a currency in capitals', 'credit_order', 'lower(credit_order.currency)', 'credit_order.currency'],
    ['an unpaid session', 'apply_checkout', ` and fact ->> 'payment_status' <> 'unpaid'`, ''],
    ['who gave up', 'apply_checkout', 'event.occurred_at < bought.expires_at', 'false'],
    ['what is nobody\'s yet', 'apply_without_order', `elsif event.received_at > moment - interval '3 days' then`, 'elsif false then'],
    ['what is nobody\'s for ever', 'apply_without_order', `elsif event.received_at > moment - interval '3 days' then`, 'elsif true then'],
    ['the account is locked', 'apply_payment_event', 'where a.account_id = bought.account_id for update skip locked;', 'where a.account_id = bought.account_id;'],
    ['nobody is waited for', 'apply_payment_event', 'where a.account_id = bought.account_id for update skip locked;', 'where a.account_id = bought.account_id for update;'],
    ['five tries', 'try_payment_event', 'case when e.tries >= 4 then moment end', 'null'],
    ['not at the first try', 'try_payment_event', 'case when e.tries >= 4 then moment end', 'moment'],
    ['events that waited come due', 'learn_payment', 'update engine.payment_events e set due_at = private.now()', 'update engine.payment_events e set due_at = e.due_at'],
  ]),
  ...guards('database/refunds', [
    ['only a paid order', 'settle_order', `if bought.status <> 'paid' then`, 'if false then'],
    ['refund and dispute together', 'settle_order', 'least(bought.seconds + bought.bonus_seconds - refund_target, private.seconds_of(bought, disputed))', 'private.seconds_of(bought, disputed)'],
    ['what is missing alone', 'post_claw', 'delta := held.seconds - target;', 'delta := -target;'],
    ['an earlier stage of a refund', 'keep_payment_fact', 'where private.refund_rank(excluded.status) > private.refund_rank(r.status)', ''],
    ['an older sum', 'keep_payment_fact', 'greatest(c.refunded_cents, excluded.refunded_cents)', 'excluded.refunded_cents'],
    ['a withdrawal heard before', 'keep_payment_fact', 'd.is_withdrawn or excluded.is_withdrawn', 'excluded.is_withdrawn'],
    ['a return heard before', 'keep_payment_fact', 'd.is_reinstated or excluded.is_reinstated', 'excluded.is_reinstated'],
  ]),
  ...guards('database/paymentEvents', [
    ['not what another worker did', 'process_payment_events', 'where e.event_id = due_id and e.processed_at is null and e.quarantined_at is null for', 'where e.event_id = due_id for'],
    ['not what another worker is at', 'process_payment_events', 'for update skip locked', ''],
  ]),
  ...guards('database/orders', [
    ['the same wish', 'create_order', 'and o.request_id = create_order.request_id;', 'and false;'],
    ['other figures', 'create_order', 'or bought.amount_cents <> coalesce(create_order.amount_cents, bought.amount_cents) then', 'and false then'],
    ['twenty an hour', 'create_order', `interval '1 hour') >= 20 then`, `interval '1 hour') >= 2000 then`],
    ['the first checkout stays', 'learn_payment', 'coalesce(o.checkout_session_id, learn_payment.session_id)', 'coalesce(learn_payment.session_id, o.checkout_session_id)'],
    ['no checkout at all', 'record_checkout', `if result ? 'error' then`, 'if false then'],
    ['a pack or an amount', 'quote', 'if (quote.pack_id is null) = (quote.amount_cents is null) then', 'if false then'],
    ['a whole amount', 'quote', 'if quote.amount_cents not between 1000 and 500000 or quote.amount_cents % 100 <> 0 then', 'if false then'],
  ]),
  ...guards('database/accountLock', [
    ['under the account\'s lock', 'create_order', 'perform private.lock_account(create_order.account_id);', ''],
    ['under the account\'s lock', 'save_billing_details', 'perform private.lock_account(save_billing_details.account_id);', ''],
    ['under the account\'s lock', 'save_auto_top_up', 'perform private.lock_account(save_auto_top_up.account_id);', ''],
    ['under the account\'s lock', 'lock_order', 'perform private.lock_account((select o.account_id from public.orders o where o.id = lock_order.order_id));', ''],
    ['under the account\'s lock', 'record_payment_methods', 'perform private.lock_account(record_payment_methods.account_id);', ''],
  ]),
  ...guards('database/autoTopUp', [
    ['the first customer stays', 'record_customer', 'on conflict (account_id) do nothing', 'on conflict (account_id) do update set customer_id = excluded.customer_id'],
    ['another customer\'s cards', 'record_payment_methods', 'if not exists (select from engine.payment_customers c', 'if false and not exists (select from engine.payment_customers c'],
    ['a charge that came', 'record_charge', `if kind = 'succeeded' then`, 'if false then'],
  ]),
  ...guards('database/reconcile', [
    ['a difference that is over', 'record_payment_listing', `and not (d.kind || ' ' || d.subject) = any(found_now)`, ''],
    ['one worker for ten minutes', 'payment_listing_due', ` or not private.begin_sweep('payment_listing_asked', moment, interval '10 minutes')`, ''],
    ['asked once', 'orders_to_check', 'update public.orders o set checked_at = moment from due d', 'update public.orders o set checked_at = o.checked_at from due d'],
    ['an operator', 'adjust_balance', 'if not exists (select from public.platform_admins p where p.user_id = actor) then', 'if false then'],
    ['what calls hold', 'adjust_balance', 'elsif delta_seconds < 0 and account.balance_seconds - account.reserved_seconds + delta_seconds < 0 then', 'elsif false then'],
  ]),
]
