-- Whether the product is well, for machines that watch it and for the people who run it. Figures only, of nobody in particular.

-- How long ago the heartbeat swept for the last time; it does so each minute. Never: a million.
create function private.beat_age_seconds() returns int
language sql stable set search_path = ''
return (select case when isfinite(s.swept_at) then greatest(0, extract(epoch from private.now() - s.swept_at)::int) else 1000000 end from engine.sweeps s where s.name = 'each_minute');

-- How long the oldest event of a provider has waited, and the oldest job.
create function private.waiting_seconds(out events int, out payments int, out jobs int)
language sql stable set search_path = ''
as $$
  select
    (select coalesce(extract(epoch from private.now() - min(e.received_at))::int, 0) from engine.provider_events e
      where e.processed_at is null and e.quarantined_at is null and e.account_id is not null),
    (select coalesce(extract(epoch from private.now() - min(e.received_at))::int, 0) from engine.payment_events e
      where e.processed_at is null and e.quarantined_at is null and e.due_at <= private.now()),
    (select greatest(0, coalesce(extract(epoch from private.now() - min(o.due_at))::int, 0)) from engine.outbox o where o.done_at is null and o.quarantined_at is null)
$$;

-- Called by the health function for whoever asks. Says of each part whether it keeps up: the heartbeat (three minutes), the inbox (five).
create function private.service_health() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  waiting record := private.waiting_seconds();
begin
  -- Definer: all of it lies in engine; the functions alone may ask.
  return jsonb_build_object('beat', private.beat_age_seconds() <= 180, 'inbox', greatest(waiting.events, waiting.payments) <= 300);
end $$;
grant execute on function private.service_health() to service_role;
create function public.service_health() returns jsonb
language sql stable set search_path = ''
return private.service_health();
grant execute on function public.service_health() to service_role;

-- Accounts whose balance is not what their newest ledger entry left.
create function private.drifted_accounts() returns bigint
language sql stable set search_path = ''
as $$
  select count(*) from engine.accounts a
  left join lateral (select l.balance_after from public.ledger_entries l where l.account_id = a.account_id order by l.account_version desc limit 1) l on true
  where a.balance_seconds <> coalesce(l.balance_after, 0)
$$;

-- Calls placed within the last minute, read account by account along an index.
create function private.dials_last_minute() returns bigint
language sql stable set search_path = ''
as $$
  select coalesce(sum(n.calls), 0)::bigint from engine.accounts a
  cross join lateral (select count(*) as calls from public.calls c
    where c.account_id = a.account_id and c.created_at > private.now() - interval '2 minutes' and c.dialled_at > private.now() - interval '1 minute') n
$$;

-- One row of numbers. Ages are seconds; what should be zero: drifted_accounts, counter_faults, billing_differences, quarantined_*.
create function private.platform_figures() returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  waiting record := private.waiting_seconds();
begin
  return jsonb_build_object('dialling_enabled', (select s.enabled::int from engine.settings s), 'beat_age_seconds', private.beat_age_seconds(),
    'queue_depth', (select coalesce(sum(h.waiting_count), 0) from engine.campaigns h), 'calls_in_flight', (select coalesce(sum(a.in_flight), 0) from engine.accounts a),
    'dials_last_minute', private.dials_last_minute(), 'oldest_event_seconds', waiting.events, 'oldest_payment_seconds', waiting.payments, 'oldest_job_seconds', waiting.jobs,
    -- Of an account's own line its own people are told.
    'lines_held', (select count(*) from engine.provider_lines l where l.connection_id is null and l.hold_until > private.now()),
    'unheard_calls', (select count(*) from private.unheard_calls(private.now())), 'counter_faults', (select count(*) from private.counter_faults()),
    'drifted_accounts', private.drifted_accounts(), 'billing_differences', (select count(*) from engine.billing_differences d where d.resolved_at is null),
    'quarantined_events', (select count(*) from engine.provider_events e where e.quarantined_at is not null),
    'quarantined_payments', (select count(*) from engine.payment_events e where e.quarantined_at is not null),
    'quarantined_jobs', (select count(*) from engine.outbox o where o.quarantined_at is not null),
    'repairs_last_hour', (select count(*) from engine.repairs r where r.at > private.now() - interval '1 hour'),
    'unsealed_lines', (select count(*) from engine.unlinked_activity));
end $$;

-- For the metrics function, behind the secret of whoever collects them.
create function private.service_metrics() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: all of it lies in engine; the functions alone may ask.
  return private.platform_figures();
end $$;
grant execute on function private.service_metrics() to service_role;
create function public.service_metrics() returns jsonb
language sql stable set search_path = ''
return private.service_metrics();
grant execute on function public.service_metrics() to service_role;

-- Whether the current user runs the installation, by a session that showed all it has to: the app asks it for a link, commands by require_being_operator.
create function private.is_operator() returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: it says nothing of anybody else.
  return exists (select from public.platform_admins p where p.user_id = private.proven_person());
end $$;
grant execute on function private.is_operator() to authenticated;
create function public.is_operator() returns boolean
language sql stable set search_path = ''
return private.is_operator();
grant execute on function public.is_operator() to authenticated;

-- Stops whoever does not run the installation; what there is does not exist for them.
create function private.require_being_operator() returns void
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_session();
  if not private.is_operator() then
    perform private.raise_error('not_found', 'This does not exist, or it belongs to another account.');
  end if;
end $$;

-- The same figures for the people who run the installation, by their own session.
create function private.platform_metrics() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: all of it lies in engine; who asks is checked here.
  perform private.require_being_operator();
  return private.platform_figures();
end $$;
grant execute on function private.platform_metrics() to authenticated;
create function public.platform_metrics() returns jsonb
language sql stable set search_path = ''
return private.platform_metrics();
grant execute on function public.platform_metrics() to authenticated;
