-- When the installation calls for the people who run it: by a mail, beside whatever machine watches it from outside.

-- Each rule, and how it stands. A rule speaks when the sum of its figures was beyond the bound for as long as it says.
create table engine.alerts (
  -- as config/alerts.yaml, which Prometheus reads, names and bounds it: a test compares the two
  name text primary key,
  figures text[] not null,
  above bigint,
  below bigint,
  lasting interval not null default '0',
  -- when the watch last looked: what nobody looked at for five minutes must last anew
  seen_at timestamptz,
  unusual_since timestamptz,
  -- null: as usual, or not for long enough
  raised_at timestamptz,
  -- when the operators were last told of it: a day ago or longer, or it is not told again
  told_at timestamptz,
  constraint there_is_one_bound check (num_nonnulls(above, below) = 1)
);

insert into engine.alerts (name, figures, above, below, lasting) values
  ('HeartbeatLate', '{beat_age_seconds}', 180, null, '1 minute'),
  ('EventsWait', '{oldest_event_seconds}', 60, null, '2 minutes'),
  ('PaymentsWait', '{oldest_payment_seconds}', 300, null, '5 minutes'),
  ('JobsWait', '{oldest_job_seconds}', 900, null, '10 minutes'),
  ('BalanceDrifted', '{drifted_accounts}', 0, null, '0'),
  ('BooksDiffer', '{billing_differences}', 0, null, '0'),
  ('CountersDiffer', '{counter_faults}', 0, null, '15 minutes'),
  ('Quarantined', '{quarantined_events,quarantined_payments,quarantined_jobs}', 0, null, '0'),
  ('LineHeld', '{lines_held}', 0, null, '5 minutes'),
  ('CallsUnheard', '{unheard_calls}', 50, null, '10 minutes'),
  ('LogUnsealed', '{unsealed_lines}', 20000, null, '10 minutes'),
  ('DiallingOff', '{dialling_enabled}', null, 1, '30 minutes');
insert into engine.sweeps (name) values ('watch');

alter table engine.alerts enable row level security;
create policy "Nobody reads the engine through the API" on engine.alerts for all using (false);

-- The sum that a rule speaks of.
create function private.alert_value(alert engine.alerts, figures jsonb) returns bigint
language sql immutable set search_path = ''
return (select coalesce(sum((figures ->> f)::bigint), 0) from unnest(alert.figures) f)::bigint;

-- One mail for an operator, of an alert and the moment at which it was told: by this key it is queued once.
create function private.alert_mail_key(template text, alert text, moment timestamptz, user_id uuid) returns text
language sql stable set search_path = ''
return template || ':' || alert || ':' || extract(epoch from moment) || ':' || user_id;

-- Mails the installation's people, who are platform_admins with an address that they confirmed. Answers whether there is one.
create function private.mail_operators(template text, alert text, moment timestamptz) returns boolean
language plpgsql set search_path = ''
as $$
begin
  insert into engine.outbox (kind, dedupe_key, payload)
  select 'send_mail', private.alert_mail_key(mail_operators.template, mail_operators.alert, mail_operators.moment, u.id),
    jsonb_build_object('to', u.email, 'template', mail_operators.template, 'values', jsonb_build_object('alert', mail_operators.alert))
  from public.platform_admins p join auth.users u on u.id = p.user_id where u.email_confirmed_at is not null and u.email <> '' order by u.id
  on conflict on constraint a_job_is_queued_once do nothing;
  return found;
end $$;

-- How each rule stands at these figures; their rows are locked.
create function private.judge_alerts(figures jsonb, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.alerts a set seen_at = moment, unusual_since = case
    when private.alert_value(a, judge_alerts.figures) > a.above or private.alert_value(a, judge_alerts.figures) < a.below
    then case when a.seen_at > moment - interval '5 minutes' then coalesce(a.unusual_since, moment) else moment end end;
  update engine.alerts a set raised_at = moment where a.raised_at is null and a.unusual_since <= moment - a.lasting;
end $$;

-- Tells what is raised, at most once a day whatever it did meanwhile, and that it is over when they knew of it. Where nobody can be
-- told it waits for somebody. Answers whether mails were queued.
create function private.tell_operators(moment timestamptz) returns boolean
language plpgsql set search_path = ''
as $$
declare
  alert engine.alerts;
  is_told boolean := false;
begin
  for alert in select a.* from engine.alerts a where a.raised_at is not null order by a.name loop
    if alert.unusual_since is null then
      update engine.alerts a set raised_at = null where a.name = alert.name;
      is_told := alert.told_at >= alert.raised_at and private.mail_operators('alert_over', alert.name, moment) or is_told;
    elsif coalesce(alert.told_at <= moment - interval '1 day', true) and private.mail_operators('alert_raised', alert.name, moment) then
      update engine.alerts a set told_at = moment where a.name = alert.name;
      is_told := true;
    end if;
  end loop;
  return is_told;
end $$;

-- Beside the heartbeat, as a job of its own: a heartbeat that fails is what it must be able to tell. Once a minute, by one of however
-- many. It sends for the mails itself, because the heartbeat may not.
create function private.watch() returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
begin
  if private.begin_sweep('watch', moment, interval '1 minute') then
    perform private.judge_alerts(private.platform_figures(), moment);
    if private.tell_operators(moment) then
      perform private.call_function('run-outbox');
    end if;
  end if;
end $$;

select cron.schedule('outdial-watch', '30 seconds', 'select private.watch()');

-- What became of the mails that told of an alert last: sent, or the worst of them. Null where nobody was told.
create function private.alert_mails(alert engine.alerts) returns text
language sql stable set search_path = ''
return (select case when count(*) = 0 then null when bool_or(o.quarantined_at is not null) then 'failed' when bool_and(o.done_at is not null) then 'sent' else 'waiting' end
  from public.platform_admins p
  join engine.outbox o on o.kind = 'send_mail' and o.dedupe_key = private.alert_mail_key('alert_raised', alert.name, alert.told_at, p.user_id));

-- What is raised, for the people who run the installation: the longest first, with what became of its mails, so that mails which do
-- not leave are seen where they are not needed.
create function private.platform_alerts() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  told jsonb;
begin
  -- Definer: all of it lies in engine; who asks is checked here.
  perform private.require_being_operator();
  told := private.platform_figures();
  return (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'value', private.alert_value(a, told), 'raised_at', a.raised_at,
      'told_at', a.told_at, 'mails', private.alert_mails(a)) order by a.raised_at, a.name), '[]')
    from engine.alerts a where a.raised_at is not null);
end $$;
grant execute on function private.platform_alerts() to authenticated;
create function public.platform_alerts() returns jsonb
language sql stable set search_path = ''
return private.platform_alerts();
grant execute on function public.platform_alerts() to authenticated;
