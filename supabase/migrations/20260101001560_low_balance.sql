-- Who is told, and when, that minutes run out: once per level on the way down, anew after the balance rose above it. An empty balance
-- (0) and one below zero (-1), where only a refund or a dispute leads, are levels that everybody has.

-- Called after every posting, under the account's lock. Seconds that came in tell nothing: they only make levels tellable again.
create function private.tell_balance(account_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  account engine.accounts := (select a from engine.accounts a where a.account_id = tell_balance.account_id);
  levels int[] := coalesce((select b.low_balance_levels from public.billing_details b where b.account_id = tell_balance.account_id), '{1800,600}');
  level int := case when account.balance_seconds < 0 then -1 when account.balance_seconds = 0 then 0
    else (select min(l) from unnest(levels) l where account.balance_seconds < l) end;
  left_over bigint := greatest(0, account.balance_seconds - account.reserved_seconds);
  last public.ledger_entries;
begin
  if level is not distinct from account.low_balance_level then
    return;
  end if;
  last := (select l from public.ledger_entries l where l.account_id = tell_balance.account_id and l.account_version = account.ledger_version);
  update engine.accounts a set low_balance_level = level where a.account_id = tell_balance.account_id;
  perform private.resolve_notices(tell_balance.account_id, null, '{low_balance,balance_below_zero}');
  if last.delta_seconds < 0 and level < coalesce(account.low_balance_level, 2147483647) then
    perform private.notify(tell_balance.account_id, null, case level when -1 then 'balance_below_zero'::public.notice_kind else 'low_balance' end,
      jsonb_build_object('level_seconds', level, 'balance_seconds', account.balance_seconds, 'spendable_seconds', left_over));
    perform private.mail_billing(tell_balance.account_id, 'low_balance', last.id::text, jsonb_build_object('seconds', left_over));
  end if;
end $$;
