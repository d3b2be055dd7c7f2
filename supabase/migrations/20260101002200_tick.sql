-- The heartbeat: every two seconds, by pg_cron in production and by the local ticker in the embedded stack.

-- Posts to an edge function with the cron secret; address and secret live in Vault.
create function private.call_function(name text) returns void
language sql set search_path = ''
as $$
  select net.http_post(
    url := (select s.decrypted_secret from vault.decrypted_secrets s where s.name = 'functions_url') || '/' || call_function.name,
    body := '{}'::jsonb,
    headers := jsonb_build_object('content-type', 'application/json',
      'x-cron-secret', (select s.decrypted_secret from vault.decrypted_secrets s where s.name = 'cron_secret')),
    timeout_milliseconds := 5000)
  where exists (select from vault.decrypted_secrets s where s.name = 'functions_url')
$$;

-- Stopped campaigns, archived since or not, lose their waiting contacts in portions, each under its account's lock.
create function private.sweep_stopped() returns void
language plpgsql set search_path = ''
as $$
declare
  stopped record;
begin
  for stopped in
    select h.campaign_id from engine.campaigns h
    join public.campaigns k on k.id = h.campaign_id and k.status in ('stopped', 'archived')
    join engine.accounts a on a.account_id = h.account_id
    where h.waiting_count > 0
    order by h.campaign_id limit 1 for update of a skip locked
  loop
    perform private.remove_waiting(stopped.campaign_id);
  end loop;
end $$;

-- What need not happen every two seconds: due rows in sleeping lanes, recordings that wait for nobody or whose
-- time is over, bodies older than a month; and at night the counters beside their rows and the ledger beside orders and calls.
create function private.sweep_slowly(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  if private.begin_sweep('each_minute', moment, interval '1 minute') then
    perform private.sweep_missed_wakes(moment);
    perform private.sweep_outbox(moment);
    perform private.sweep_retention(moment);
    perform private.sweep_stray_bodies(moment);
    perform private.sweep_erasures(moment);
    perform private.sweep_connections(moment);
    perform private.sweep_orders(moment);
    perform private.forget_requests(moment);
    perform private.link_activity(10000);
    update engine.payment_events e set body = null where e.event_id in (
      select o.event_id from engine.payment_events o where o.body is not null and o.received_at < moment - interval '30 days' limit 1000);
  end if;
  if private.begin_sweep('each_night', moment, interval '1 day') then
    perform private.sweep_counters();
    perform private.check_ledger();
    perform private.forget_notices(moment);
    delete from engine.call_watchers w where w.expires_at < moment - interval '1 day';
  end if;
end $$;

-- For operators and their alarms, all in one row of figures: how old the oldest event is that nobody worked on, how long the most
-- overdue account has waited although dialling is on, what is being asked about, what was quarantined, and the repairs of the last hour.
create function private.engine_health() returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'oldest_event_seconds', (select extract(epoch from private.now() - min(e.received_at))::int from engine.provider_events e
      where e.processed_at is null and e.quarantined_at is null and e.account_id is not null),
    'overdue_seconds', (select greatest(0, extract(epoch from private.now() - min(a.next_at))::int) from engine.accounts a
      where a.in_flight < a.concurrency_max and not a.is_held and (select s.enabled from engine.settings s)),
    'unheard_calls', (select count(*) from private.unheard_calls(private.now())),
    'quarantined_events', (select count(*) from engine.provider_events e where e.quarantined_at is not null),
    'quarantined_jobs', (select count(*) from engine.outbox o where o.quarantined_at is not null),
    'quarantined_payments', (select count(*) from engine.payment_events e where e.quarantined_at is not null),
    'billing_differences', (select count(*) from engine.billing_differences d where d.resolved_at is null),
    'counter_faults', (select count(*) from private.counter_faults()),
    'repairs_last_hour', private.repair_counts(private.now() - interval '1 hour'))
$$;

-- One heartbeat. Overlap is harmless: skip locked and begin_dial decide. Answers what it found, for alarms and tests.
create function private.tick() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: cron runs it as the owner; nobody else may.
  moment timestamptz := private.now();
  due boolean;
  repairs jsonb;
begin
  -- What it does is the product's own deed, in the log, too.
  perform set_config('outdial.beat', 'on', true);
  perform private.sweep_leases(moment);
  perform private.sweep_stale(moment);
  perform private.sweep_stopped();
  perform private.sweep_schedule(moment);
  perform private.sweep_portions();
  perform private.sweep_short_accounts();
  perform private.sweep_notice_mails(moment);
  perform private.sweep_slowly(moment);
  perform private.process_call_events(500);
  perform private.process_payment_events(100);
  perform private.sweep_top_ups(moment);
  due := (select s.enabled from engine.settings s) and exists (select from private.due_accounts(1));
  if due then
    perform private.call_function('dispatch-calls');
  end if;
  if exists (select from private.unheard_calls(moment)) then
    perform private.call_function('reconcile-calls');
  end if;
  if private.is_listing_due(moment) or exists (select from private.unheard_orders(moment)) then
    perform private.call_function('reconcile-payments');
  end if;
  if exists (select from private.due_jobs(moment)) then
    perform private.call_function('run-outbox');
  end if;
  perform private.finish_conversations(private.now());
  repairs := private.repair_counts(moment);
  return jsonb_build_object('missed_wakes', coalesce((repairs ->> 'missed_wake')::int, 0), 'dispatched', due, 'repairs', repairs);
end $$;

select cron.schedule('outdial-tick', '2 seconds', 'select private.tick()');
