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
  ]),
]
