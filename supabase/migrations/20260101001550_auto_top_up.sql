-- Buying by itself: when an order is due, the charge of the saved card, and what happens when it is refused.

-- A mail to whoever gets the account's bills; once per cause. What people of the account are told as a notice is mailed to them as they
-- wish (notice_mails): only an address that is nobody's there, such as a bookkeeper's, gets it from here.
create function private.mail_billing(account_id uuid, template text, cause text, values_ jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select a.id, 'send_mail', mail_billing.template || ':' || cause, jsonb_build_object('to', private.billing_email(a.id), 'template', mail_billing.template,
    'values', values_ || jsonb_build_object('account_name', a.name, 'format_style', a.format_style))
  from public.accounts a where a.id = mail_billing.account_id and private.billing_email(a.id) is not null
    and (mail_billing.template = 'payment_received' or not exists (select from public.members m join public.profiles p on p.id = m.user_id
      where m.account_id = a.id and lower(p.email) = lower(private.billing_email(a.id))))
  on conflict on constraint a_job_is_queued_once do nothing;
end $$;

-- The first moment of the account's month, in its own zone.
create function private.month_start(account_id uuid, moment timestamptz) returns timestamptz
language sql stable set search_path = ''
return (select date_trunc('month', month_start.moment at time zone a.time_zone) at time zone a.time_zone
  from public.accounts a where a.id = month_start.account_id);

-- What was bought by itself this month, paid or under way.
create function private.topped_up_cents(account_id uuid, moment timestamptz) returns bigint
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(sum(o.amount_cents), 0) from public.orders o
    where o.account_id = topped_up_cents.account_id and o.kind = 'auto_top_up' and o.status in ('open', 'pending', 'paid')
      and o.created_at >= private.month_start(topped_up_cents.account_id, topped_up_cents.moment));
end $$;

-- Switches it off with the reason and tells: the account's people by a notice, whoever gets the bills by mail. Again changes nothing.
create function private.switch_off_top_up(account_id uuid, reason public.top_up_off_reason, cause text) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.auto_top_ups t set is_on = false, off_reason = switch_off_top_up.reason, next_try_at = null
  where t.account_id = switch_off_top_up.account_id and t.is_on;
  if found then
    perform private.notify(switch_off_top_up.account_id, null, 'auto_top_up_off', jsonb_build_object('off_reason', switch_off_top_up.reason));
    perform private.mail_billing(switch_off_top_up.account_id, 'top_up_off', cause, jsonb_build_object('reason', switch_off_top_up.reason));
    perform private.log_activity(switch_off_top_up.account_id, 'auto_top_up.switched_off', 'account', switch_off_top_up.account_id,
      jsonb_build_object('reason', switch_off_top_up.reason));
  end if;
end $$;

-- A charge was refused. The order ends, once; the next try comes after an hour, six hours, a day, and after the third refusal in a row
-- nothing is charged until a person switches it on again. Who must confirm the payment gets a mail with a link to do so.
create function private.fail_top_up(order_id uuid, code text, message text) returns void
language plpgsql set search_path = ''
as $$
declare
  bought public.orders := private.lock_order(fail_top_up.order_id);
  settings public.auto_top_ups;
  money jsonb := jsonb_build_object('order_id', bought.id, 'amount_cents', bought.amount_cents, 'currency', bought.currency);
begin
  if not private.end_order(bought.id, 'failed', fail_top_up.code, fail_top_up.message) then
    return;
  end if;
  update public.auto_top_ups t
  set failures = t.failures + 1, next_try_at = private.now() + (array['1 hour', '6 hours', '24 hours'])[least(t.failures + 1, 3)]::interval
  where t.account_id = bought.account_id returning * into settings;
  perform private.resolve_notices(bought.account_id, null, '{auto_top_up_failed}');
  perform private.notify(bought.account_id, null, 'auto_top_up_failed', money || jsonb_build_object('code', fail_top_up.code,
    'message', left(fail_top_up.message, 500), 'next_try_at', settings.next_try_at));
  perform private.mail_billing(bought.account_id, case fail_top_up.code when 'authentication_required' then 'top_up_confirm' else 'top_up_failed' end,
    bought.id::text, money || jsonb_build_object('failure_code', fail_top_up.code));
  perform private.switch_off_top_up(bought.account_id, 'three_failures', bought.id::text) where settings.failures >= 3;
end $$;

-- A charge went through: the refusals before it are forgotten.
create function private.praise_top_up(bought public.orders) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.auto_top_ups t set failures = 0, next_try_at = null where t.account_id = bought.account_id;
  perform private.resolve_notices(bought.account_id, null, '{auto_top_up_failed}');
end $$;

-- A payment is disputed: nothing more is charged by itself, and the account's people hear of it.
create function private.freeze_top_up(bought public.orders, fact jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  money jsonb := jsonb_build_object('order_id', bought.id, 'amount_cents', (fact ->> 'amount_cents')::int, 'currency', bought.currency);
begin
  perform private.notify(bought.account_id, null, 'payment_disputed', money);
  perform private.mail_billing(bought.account_id, 'payment_disputed', fact ->> 'dispute_id', money);
  perform private.switch_off_top_up(bought.account_id, 'dispute', fact ->> 'dispute_id');
end $$;

-- Orders what an account's settings say, and has its card charged. Judged anew under the account's lock: another tick may have been
-- faster, and then the unique index decides. A month's limit that is reached is told once and waited out.
create function private.top_up(account_id uuid, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  settings public.auto_top_ups := (select t from public.auto_top_ups t where t.account_id = top_up.account_id and t.is_on);
  card public.payment_methods := (select m from public.payment_methods m where m.account_id = top_up.account_id and m.is_default);
  asked private.quote;
  ordered uuid;
begin
  if settings.account_id is null or coalesce(settings.next_try_at, moment) > moment
    or (select a.balance_seconds >= settings.threshold_seconds from engine.accounts a where a.account_id = top_up.account_id) then
    return;
  elsif card.id is null then
    perform private.switch_off_top_up(top_up.account_id, 'no_card', 'no_card:' || moment::text);
    return;
  end if;
  begin
    asked := private.quote(top_up.account_id, settings.pack_id, settings.amount_cents);
  exception when sqlstate 'PGRST' then
    -- What was chosen is sold no more. The heartbeat goes on for everybody else.
    perform private.switch_off_top_up(top_up.account_id, 'not_offered', 'not_offered:' || moment::text);
    return;
  end;
  if private.topped_up_cents(top_up.account_id, moment) + asked.amount_cents > settings.monthly_limit_cents then
    update public.auto_top_ups t set next_try_at = private.month_start(t.account_id, private.month_start(t.account_id, moment) + interval '32 days') where t.account_id = top_up.account_id;
    perform private.notify(top_up.account_id, null, 'auto_top_up_failed',
      jsonb_build_object('code', 'monthly_limit', 'amount_cents', asked.amount_cents, 'currency', asked.currency,
        'monthly_limit_cents', settings.monthly_limit_cents, 'next_try_at', private.month_start(top_up.account_id, private.month_start(top_up.account_id, moment) + interval '32 days')));
    return;
  end if;
  insert into public.orders (account_id, kind, pack_id, description, seconds, bonus_seconds, amount_cents, currency, request_id, payment_method_id, created_by)
  values (top_up.account_id, 'auto_top_up', asked.pack_id, asked.description, asked.seconds, asked.bonus_seconds, asked.amount_cents, asked.currency,
    gen_random_uuid(), card.id, settings.changed_by)
  on conflict do nothing returning id into ordered;
  insert into engine.outbox (account_id, kind, dedupe_key, payload)
  select top_up.account_id, 'charge_card', ordered::text, jsonb_build_object('order_id', ordered) where ordered is not null;
end $$;

-- Each tick: accounts whose balance is below their threshold. One that somebody works on, that has an order under way, or that is held, is left.
create function private.sweep_top_ups(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  account record;
begin
  for account in
    select a.account_id from public.auto_top_ups t join engine.accounts a on a.account_id = t.account_id
    where t.is_on and not a.is_held and a.balance_seconds < t.threshold_seconds and (t.next_try_at is null or t.next_try_at <= moment)
      and not exists (select from public.orders o where o.account_id = t.account_id and o.kind = 'auto_top_up' and o.status in ('open', 'pending'))
    order by a.account_id limit 100 for update of a skip locked
  loop
    perform private.top_up(account.account_id, moment);
  end loop;
end $$;

-- What the charge of a card needs; null when the order is over, so that a repeated job charges nothing. Charged with the order's own
-- key at the provider: asked twice it is one payment.
create function private.order_for_charge(order_id uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  -- Definer: customers are granted to nobody.
  select jsonb_build_object('order_id', o.id, 'account_id', o.account_id, 'amount_cents', o.amount_cents, 'currency', o.currency,
    'customer_id', c.customer_id, 'payment_method_id', o.payment_method_id, 'description', o.description, 'state', o.status)
  from public.orders o join engine.payment_customers c on c.account_id = o.account_id
  where o.id = order_for_charge.order_id and o.kind = 'auto_top_up' and o.status = 'open'
$$;
grant execute on function private.order_for_charge(uuid) to service_role;
create function public.order_for_charge(order_id uuid) returns jsonb
language sql stable set search_path = ''
return private.order_for_charge(order_for_charge.order_id);
grant execute on function public.order_for_charge(uuid) to service_role;

-- What the charge came to: succeeded, processing, declined, authentication_required or refused. Its event says the same and may come
-- before or after; together they count once. Answers the order's status.
create function private.record_charge(order_id uuid, result jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  bought public.orders := private.lock_order(record_charge.order_id);
  kind text := result ->> 'kind';
begin
  -- Definer: orders are written by nobody but these commands.
  bought := private.learn_payment(bought.id, null, result ->> 'payment_intent_id', null);
  if kind = 'succeeded' then
    perform private.credit_order(bought.id, result ->> 'payment_intent_id', bought.amount_cents, bought.currency);
  elsif kind = 'processing' then
    update public.orders o set status = 'pending' where o.id = bought.id and o.status = 'open';
  else
    perform private.fail_top_up(bought.id, coalesce(case kind when 'authentication_required' then kind end, result ->> 'code', kind), result ->> 'message');
  end if;
  return jsonb_build_object('state', (select o.status from public.orders o where o.id = bought.id));
end $$;
grant execute on function private.record_charge(uuid, jsonb) to service_role;
create function public.record_charge(order_id uuid, result jsonb) returns jsonb
language sql set search_path = ''
return private.record_charge(record_charge.order_id, record_charge.result);
grant execute on function public.record_charge(uuid, jsonb) to service_role;
