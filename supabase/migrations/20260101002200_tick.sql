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

-- One heartbeat. Overlap is harmless: skip locked and begin_dial decide. Answers what it found, for alarms and tests.
create function private.tick() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: cron runs it as the owner; nobody else may.
  moment timestamptz := private.now();
  missed int := 0;
  due boolean;
begin
  perform private.sweep_leases(moment);
  perform private.sweep_stale(moment);
  perform private.sweep_stopped();
  perform private.sweep_schedule(moment);
  perform private.sweep_short_accounts();
  if extract(second from moment)::int % 60 < 2 then
    missed := private.sweep_missed_wakes(moment);
    update engine.provider_events e set body = null where e.id in (
      select o.id from engine.provider_events o where o.body is not null and o.received_at < moment - interval '30 days' limit 1000);
  end if;
  perform private.process_call_events(500);
  due := (select s.enabled from engine.settings s) and exists (select from private.due_accounts(1));
  if due then
    perform private.call_function('dispatch-calls');
  end if;
  if exists (select from private.unheard_calls(moment)) then
    perform private.call_function('reconcile-calls');
  end if;
  if exists (select from private.due_jobs(moment)) then
    perform private.call_function('run-outbox');
  end if;
  return jsonb_build_object('missed_wakes', missed, 'dispatched', due);
end $$;

select cron.schedule('outdial-tick', '2 seconds', 'select private.tick()');
