-- What people set about billing, and what the platform may do to a balance.

create function private.details_of(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('company_name', coalesce(b.company_name, ''), 'email', coalesce(b.email, ''), 'address_line_1', coalesce(b.address_line_1, ''),
    'address_line_2', coalesce(b.address_line_2, ''), 'postal_code', coalesce(b.postal_code, ''), 'city', coalesce(b.city, ''),
    'state', coalesce(b.state, ''), 'country', coalesce(b.country, ''), 'tax_number', coalesce(b.tax_number, ''), 'currency', b.currency,
    'low_balance_levels', to_jsonb(b.low_balance_levels))
  from public.billing_details b where b.account_id = details_of.account_id
$$;

-- The first fault of billing details, as a field error; nothing when they can be kept.
create function private.check_details(details jsonb) returns void
language plpgsql stable set search_path = ''
as $$
declare
  field text;
begin
  if jsonb_typeof(details) is distinct from 'object' then
    perform private.raise_invalid('details', 'shape', 'details must be an object.');
  end if;
  for field in select unnest('{company_name,email,address_line_1,address_line_2,postal_code,city,state,country,tax_number}'::text[]) loop
    if jsonb_typeof(details -> field) not in ('string', 'null') then
      perform private.raise_invalid(field, 'text', 'Write a text.');
    elsif char_length(details ->> field) > 200 then
      perform private.raise_invalid(field, 'length', 'Write at most 200 characters.');
    end if;
  end loop;
  if private.clean_text(details ->> 'email') !~ '^[^@[:space:]]+@[^@[:space:]]+$' then
    perform private.raise_invalid('email', 'email', 'This is no e-mail address.');
  elsif private.clean_text(details ->> 'country') !~* '^[a-z]{2}$' then
    perform private.raise_invalid('country', 'country', 'Name the country by its two letters.');
  elsif details ? 'low_balance_levels' and (jsonb_typeof(details -> 'low_balance_levels') <> 'array'
    or jsonb_array_length(details -> 'low_balance_levels') > 5
    or exists (select from jsonb_array_elements(details -> 'low_balance_levels') l where l::text !~ '^[1-9][0-9]{0,6}$')) then
    perform private.raise_invalid('low_balance_levels', 'levels', 'Name up to five balances, in seconds.');
  end if;
end $$;

-- Keeps who is billed, and at which balances the account wants to hear of it. Fields that are not named stay.
create function private.save_billing_details(account_id uuid, details jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  field text;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_billing_details.account_id, 'billing.manage');
  perform private.check_details(details);
  perform private.lock_account(save_billing_details.account_id);
  insert into public.billing_details (account_id) values (save_billing_details.account_id) on conflict (account_id) do nothing;
  update public.billing_details b
  set company_name = case when details ? 'company_name' then private.clean_text(details ->> 'company_name') else b.company_name end,
    email = case when details ? 'email' then private.clean_text(details ->> 'email') else b.email end,
    address_line_1 = case when details ? 'address_line_1' then private.clean_text(details ->> 'address_line_1') else b.address_line_1 end,
    address_line_2 = case when details ? 'address_line_2' then private.clean_text(details ->> 'address_line_2') else b.address_line_2 end,
    postal_code = case when details ? 'postal_code' then private.clean_text(details ->> 'postal_code') else b.postal_code end,
    city = case when details ? 'city' then private.clean_text(details ->> 'city') else b.city end,
    state = case when details ? 'state' then private.clean_text(details ->> 'state') else b.state end,
    country = case when details ? 'country' then upper(private.clean_text(details ->> 'country')) else b.country end,
    tax_number = case when details ? 'tax_number' then private.clean_text(details ->> 'tax_number') else b.tax_number end,
    low_balance_levels = case when details ? 'low_balance_levels'
      then array(select distinct l::int from jsonb_array_elements_text(details -> 'low_balance_levels') l order by 1 desc) else b.low_balance_levels end
  where b.account_id = save_billing_details.account_id;
  perform private.log_activity(save_billing_details.account_id, 'billing_details.saved', 'account', save_billing_details.account_id,
    jsonb_build_object('fields', (select coalesce(jsonb_agg(k order by k), '[]') from jsonb_object_keys(details) k)));
  return private.details_of(save_billing_details.account_id);
end $$;
grant execute on function private.save_billing_details(uuid, jsonb) to authenticated;
create function public.save_billing_details(account_id uuid, details jsonb) returns jsonb
language sql set search_path = ''
return private.save_billing_details(save_billing_details.account_id, save_billing_details.details);
grant execute on function public.save_billing_details(uuid, jsonb) to authenticated;

-- Keeps when and what is bought by itself. On needs a card; saved again it begins anew, without the failures before it.
create function private.save_auto_top_up(account_id uuid, settings jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  wish record;
  asked private.quote;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_auto_top_up.account_id, 'billing.manage');
  select * into wish from jsonb_to_record(settings) as x (is_on boolean, threshold_seconds int, pack_id text, amount_cents int, monthly_limit_cents int);
  perform private.lock_account(save_auto_top_up.account_id);
  asked := private.quote(save_auto_top_up.account_id, wish.pack_id, wish.amount_cents);
  if wish.threshold_seconds is null or wish.threshold_seconds not between 60 and 6000000 then
    perform private.raise_invalid('threshold_seconds', 'range', 'Name a balance from one minute on.');
  elsif wish.monthly_limit_cents is null or wish.monthly_limit_cents not between asked.amount_cents and 100000000 then
    perform private.raise_invalid('monthly_limit_cents', 'range', 'The limit of a month must hold at least one purchase.');
  elsif wish.is_on and not exists (select from public.payment_methods m where m.account_id = save_auto_top_up.account_id and m.is_default) then
    perform private.raise_error('conflict', 'There is no card to charge.', null, 'Add a card first.');
  end if;
  insert into public.auto_top_ups as t (account_id, is_on, threshold_seconds, pack_id, amount_cents, monthly_limit_cents, off_reason, changed_by)
  values (save_auto_top_up.account_id, coalesce(wish.is_on, false), wish.threshold_seconds, wish.pack_id, wish.amount_cents, wish.monthly_limit_cents,
    case when wish.is_on then null else 'person'::public.top_up_off_reason end, auth.uid())
  on conflict (account_id) do update
  set is_on = excluded.is_on, threshold_seconds = excluded.threshold_seconds, pack_id = excluded.pack_id, amount_cents = excluded.amount_cents,
    monthly_limit_cents = excluded.monthly_limit_cents, off_reason = excluded.off_reason, changed_by = excluded.changed_by, failures = 0, next_try_at = null;
  perform private.resolve_notices(save_auto_top_up.account_id, null, '{auto_top_up_off,auto_top_up_failed}');
  perform private.log_activity(save_auto_top_up.account_id, 'auto_top_up.saved', 'account', save_auto_top_up.account_id,
    jsonb_build_object('is_on', wish.is_on, 'threshold_seconds', wish.threshold_seconds, 'amount_cents', asked.amount_cents, 'monthly_limit_cents', wish.monthly_limit_cents));
  return private.top_up_of(save_auto_top_up.account_id);
end $$;
grant execute on function private.save_auto_top_up(uuid, jsonb) to authenticated;
create function public.save_auto_top_up(account_id uuid, settings jsonb) returns jsonb
language sql set search_path = ''
return private.save_auto_top_up(save_auto_top_up.account_id, save_auto_top_up.settings);
grant execute on function public.save_auto_top_up(uuid, jsonb) to authenticated;

create function private.top_up_of(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('is_on', t.is_on, 'threshold_seconds', t.threshold_seconds, 'pack_id', t.pack_id, 'amount_cents', t.amount_cents,
    'monthly_limit_cents', t.monthly_limit_cents, 'failures', t.failures, 'next_try_at', t.next_try_at, 'off_reason', t.off_reason)
  from public.auto_top_ups t where t.account_id = top_up_of.account_id
$$;

-- For operators, in SQL: gives seconds or takes them, with a reason and the operator's name in the ledger. Only refunds and disputes
-- take a balance below zero, and what calls hold is theirs.
create function private.adjust_balance(account_id uuid, delta_seconds bigint, reason text, actor uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  account engine.accounts := private.lock_account(adjust_balance.account_id);
begin
  if not exists (select from public.platform_admins p where p.user_id = actor) then
    perform private.raise_error('forbidden', 'Only platform operators adjust balances.');
  elsif private.clean_text(reason) is null or delta_seconds = 0 then
    perform private.raise_invalid('reason', 'required', 'Name a reason, and an amount.');
  elsif delta_seconds < 0 and account.balance_seconds - account.reserved_seconds + delta_seconds < 0 then
    perform private.raise_error('conflict', 'The balance does not hold so much.', private.wallet_of(adjust_balance.account_id));
  end if;
  perform private.post_entry(adjust_balance.account_id, 'adjust', delta_seconds, format('adjust:%s', gen_random_uuid()), private.clean_text(reason), null, 0, actor);
  insert into public.activity_log (account_id, actor_id, verb, subject_type, subject_id, details)
  values (adjust_balance.account_id, actor, 'balance.adjusted', 'account', adjust_balance.account_id,
    jsonb_build_object('delta_seconds', delta_seconds, 'reason', private.clean_text(reason)));
  return private.wallet_of(adjust_balance.account_id);
end $$;
