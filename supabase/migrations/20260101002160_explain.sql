-- Why somebody is not called, and the proof of every decision about a number: read from the same functions that claim and dial.

-- Who closes the window at that instant: dates, campaign, account, closed_day, law (with the citations), or clock_change, when
-- daylight saving turns the hour and the strict answer is no.
create function private.window_closers(campaign public.campaigns, zone text, region text, at timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  local timestamp := window_closers.at at time zone zone;
  today date := local::date;
  closers text[] := '{}';
  laws text[];
begin
  if campaign.starts_at > window_closers.at or campaign.ends_at <= window_closers.at then
    closers := closers || 'dates'::text;
  end if;
  if not exists (select from public.campaign_windows w
    where w.campaign_id = campaign.id and private.covers(w.weekday, w.opens_at, w.closes_at, local)) then
    closers := closers || 'campaign'::text;
  end if;
  if exists (select from public.account_hours w where w.account_id = campaign.account_id)
    and not exists (select from public.account_hours w
      where w.account_id = campaign.account_id and private.covers(w.weekday, w.opens_at, w.closes_at, local)) then
    closers := closers || 'account'::text;
  end if;
  if private.closed_days(campaign, window_closers.region, private.region_chain(window_closers.region), today, today) @> local then
    closers := closers || 'closed_day'::text;
  end if;
  laws := array(select r.citation from private.rules_in_force('hours', window_closers.region, today) r
    where not exists (select from public.rule_hours h where h.rule_id = r.id and private.covers(h.weekday, h.opens_at, h.closes_at, local)));
  if cardinality(laws) > 0 then
    closers := closers || 'law'::text;
  end if;
  return jsonb_build_object('closed_by', case when closers = '{}' then array['clock_change'] else closers end, 'laws', laws);
end $$;

-- Does a weekly window cover a local time? One that ends at or before its beginning ends on the next day.
create function private.covers(weekday smallint, opens_at time, closes_at time, local timestamp) returns boolean
language sql immutable set search_path = ''
return case when covers.closes_at > covers.opens_at
  then covers.weekday = extract(isodow from covers.local) and covers.local::time >= covers.opens_at and (covers.local::time < covers.closes_at)
  else covers.weekday = extract(isodow from covers.local) and covers.local::time >= covers.opens_at
    or covers.weekday = extract(isodow from covers.local - interval '1 day') and covers.local::time < covers.closes_at end;

create function private.gate(name text, passes boolean, facts jsonb default '{}', next_at timestamptz default null) returns jsonb
language sql immutable set search_path = ''
return jsonb_build_object('gate', gate.name, 'passes', coalesce(gate.passes, true), 'facts', jsonb_strip_nulls(coalesce(gate.facts, '{}')),
  'next_at', case when not gate.passes then gate.next_at end);

-- What is asked about the contact and its campaign, in the order of the claim.
create function private.contact_gates(enrolment public.enrolments, contact public.contacts, terms private.dial_terms, person private.person_facts,
  at timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  campaign public.campaigns := (select k from public.campaigns k where k.id = enrolment.campaign_id);
  is_promised boolean := enrolment.callback_at is not null;
  opening record := private.window_at(campaign.id, coalesce(contact.time_zone, 'UTC'), contact.region, contact_gates.at);
  is_open boolean := contact.time_zone is not null and opening.open_until is not null;
begin
  return jsonb_build_array(
    private.gate('enrolment', enrolment.status = 'waiting', jsonb_build_object('status', enrolment.status, 'reason', enrolment.reason)),
    private.gate('enabled', (select s.enabled from engine.settings s)),
    private.gate('campaign', campaign.status = 'active', jsonb_build_object('status', campaign.status, 'reason', campaign.pause_reason),
      case when campaign.status = 'scheduled' then campaign.launch_at end),
    private.gate('time_zone', contact.time_zone is not null),
    private.gate('window', is_open, jsonb_build_object('region', contact.region, 'time_zone', contact.time_zone,
        'local_time', to_char(contact_gates.at at time zone contact.time_zone, 'HH24:MI'), 'open_until', opening.open_until)
      || case when is_open or contact.time_zone is null then '{}' else private.window_closers(campaign, contact.time_zone, contact.region, contact_gates.at) end,
      opening.next_open),
    private.gate('do_not_call', not person.is_listed),
    private.gate('consent', not person.lacks_consent, jsonb_build_object('purpose', terms.purpose, 'needed_consent', terms.needed_consent,
      'is_recorded', person.consent_id is not null, 'is_overridden', terms.consent_override is not null)),
    private.gate('attempts', is_promised or enrolment.attempts < terms.max_attempts,
      jsonb_build_object('attempts', enrolment.attempts, 'max_attempts', terms.max_attempts)),
    private.gate('wish', person.wish_opens_at is null, jsonb_build_object('from', to_char(contact.calls_from, 'HH24:MI'),
      'until', to_char(contact.calls_until, 'HH24:MI'), 'days', contact.call_days), person.wish_opens_at),
    private.gate('frequency_cap', person.cap_frees_at is null, jsonb_build_object('calls', person.calls_in_period, 'max_calls', terms.max_calls,
      'per_hours', terms.per_hours), person.cap_frees_at),
    private.gate('minimum_gap', person.gap_ends_at is null, jsonb_build_object('gap_seconds', extract(epoch from terms.minimum_gap)::int), person.gap_ends_at),
    private.gate('other_call', not person.is_in_other_call));
end $$;

-- What is asked about the limits that contacts share, in the order of the claim.
create function private.limit_gates(hot engine.campaigns, terms private.dial_terms, at timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  account engine.accounts := (select a from engine.accounts a where a.account_id = hot.account_id);
  line engine.provider_lines := (select p from engine.provider_lines p where p.id = account.provider_line_id);
  reservation int := private.round_up(hot.maximum_seconds, account.first_increment_seconds, account.billing_increment_seconds);
  account_calls int := case when account.day = terms.account_day then account.dialled_on_day else 0 end;
  campaign_calls int := case when hot.day = terms.campaign_day then hot.dialled_on_day else 0 end;
  is_held boolean := coalesce(line.hold_until > limit_gates.at, false);
begin
  return jsonb_build_array(
    private.gate('account', not account.is_held),
    private.gate('line', line.id is not null and not is_held, jsonb_build_object('reason', case when is_held then line.hold_reason end), line.hold_until),
    private.gate('line_slots', line.in_flight < line.tokens, jsonb_build_object('calls', line.in_flight, 'max_calls', line.tokens)),
    -- due_accounts looks at a line again when its next second is nineteen seconds away
    private.gate('line_rate', line.next_dial_at < limit_gates.at + interval '19 seconds',
      jsonb_build_object('per_second', round(line.calls_per_second::numeric, 2)), line.next_dial_at - interval '19 seconds'),
    private.gate('account_slots', account.in_flight < account.concurrency_max,
      jsonb_build_object('calls', account.in_flight, 'max_calls', account.concurrency_max)),
    private.gate('account_daily_cap', private.account_day_left(account, terms.account_day) > 0,
      jsonb_build_object('calls', account_calls, 'max_calls', account.daily_cap), terms.next_account_day),
    private.gate('campaign_daily_cap', hot.daily_cap > campaign_calls,
      jsonb_build_object('calls', campaign_calls, 'max_calls', hot.daily_cap), terms.next_campaign_day),
    private.gate('budget', hot.budget_seconds - hot.used_seconds - hot.reserved_seconds >= reservation, jsonb_build_object('budget_seconds', hot.budget_seconds,
      'used_seconds', hot.used_seconds, 'held_seconds', hot.reserved_seconds, 'needed_seconds', reservation)),
    private.gate('minutes', account.balance_seconds - account.reserved_seconds >= reservation, jsonb_build_object(
      'left_seconds', greatest(0, account.balance_seconds - account.reserved_seconds), 'needed_seconds', reservation)),
    private.gate('campaign_slots', hot.in_flight < hot.concurrency_max, jsonb_build_object('calls', hot.in_flight, 'max_calls', hot.concurrency_max)));
end $$;

-- When the attempt is due, and how many that are due stand before it in its lane (counted up to a thousand).
create function private.queue_gates(enrolment_id uuid, at timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  place engine.dial_queue := (select q from engine.dial_queue q where q.enrolment_id = queue_gates.enrolment_id);
  ahead int;
begin
  if place.enrolment_id is null then
    return '[]';
  end if;
  select count(*) into ahead from (
    select from engine.dial_queue q
    where q.lane_id = place.lane_id and q.due_at <= queue_gates.at
      and (q.rank < place.rank or q.rank = place.rank and (q.due_at, q.position, q.enrolment_id) < (place.due_at, place.position, place.enrolment_id))
    limit 1000) before_it;
  return jsonb_build_array(private.gate('due', place.due_at <= queue_gates.at, jsonb_build_object('due_at', place.due_at), place.due_at),
    private.gate('turn', true, jsonb_build_object('ahead', ahead)));
end $$;

-- Every gate between an enrolment and its next call, with the verdict: calls_now (the next claim takes it, once those ahead in its
-- turn have gone), waits (next_at: when the last closed gate opens by itself, null when that takes somebody), calling, or over.
-- Asked by the campaign page; reads, changes nothing, shows no number.
create function private.explain_enrolment(enrolment_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  enrolment public.enrolments := (select e from public.enrolments e where e.id = explain_enrolment.enrolment_id);
  -- Definer: caps, balances and lines live in engine; a foreign or unknown id is not found.
  campaign public.campaigns := private.require_campaign(enrolment.campaign_id, 'campaigns.read');
  contact public.contacts := (select p from public.contacts p where p.id = enrolment.contact_id);
  hot engine.campaigns := (select h from engine.campaigns h where h.campaign_id = campaign.id);
  terms private.dial_terms := private.dial_terms(campaign.id, coalesce(contact.time_zone, 'UTC'), contact.region, moment);
  person private.person_facts := (select p from private.judge_people(terms, array[enrolment.id], array[contact.phone], array[0], moment) p);
  gates jsonb := private.contact_gates(enrolment, contact, terms, person, moment) || private.limit_gates(hot, terms, moment)
    || private.queue_gates(enrolment.id, moment);
  is_stuck boolean;
  next_at timestamptz;
begin
  select bool_or(x.next_at is null), max(x.next_at) into is_stuck, next_at
  from jsonb_to_recordset(gates) as x (passes boolean, next_at timestamptz) where not x.passes;
  return jsonb_build_object(
    'verdict', case when enrolment.status = 'calling' then 'calling' when enrolment.status <> 'waiting' then 'over'
      when is_stuck is null then 'calls_now' else 'waits' end,
    'next_at', case when not is_stuck then next_at end, 'gates', gates);
end $$;
grant execute on function private.explain_enrolment(uuid) to authenticated;
create function public.explain_enrolment(enrolment_id uuid) returns jsonb
language sql stable set search_path = ''
return private.explain_enrolment(explain_enrolment.enrolment_id);
grant execute on function public.explain_enrolment(uuid) to authenticated;

-- Was the number on the list at that instant? From the list's history, which outlives a removal.
create function private.list_state(account_id uuid, phone text, at timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce((
    select jsonb_build_object('is_listed', h.change = 'added', 'source', h.source, 'since', h.created_at)
    from public.do_not_call_history h
    where h.account_id = list_state.account_id and h.phone = list_state.phone and h.created_at <= list_state.at
    order by h.created_at desc, h.id desc limit 1), jsonb_build_object('is_listed', false))
$$;

-- Both kinds of decision about a number in a time, the oldest first: dials with what they were allowed by, and denials.
create function private.decisions_about(account_id uuid, phone text, from_at timestamptz, to_at timestamptz) returns setof jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return query
  select d.decision from (
    select c.dialled_at as decided_at, jsonb_build_object('decision', 'allowed', 'at', c.dialled_at, 'call_id', c.id, 'campaign_id', c.campaign_id,
      'local_time', to_char(c.local_dialled_at, 'YYYY-MM-DD"T"HH24:MI:SS'), 'rule_version', c.rule_version, 'region', c.dial_facts ->> 'region',
      'facts', c.dial_facts, 'outcome', c.outcome, 'is_counted', c.is_counted,
      'consent', (select to_jsonb(n) - '{account_id,contact_id,import_id}'::text[] from public.consents n where n.id = c.consent_id)) as decision
    from public.calls c
    where c.account_id = decisions_about.account_id and c.phone = decisions_about.phone and c.dialled_at >= from_at and c.dialled_at < to_at
    union all
    select n.created_at, jsonb_build_object('decision', 'denied', 'at', n.created_at, 'enrolment_id', n.enrolment_id,
      'campaign_id', (select e.campaign_id from public.enrolments e where e.id = n.enrolment_id),
      'local_time', to_char(n.local_time, 'YYYY-MM-DD"T"HH24:MI:SS'), 'rule_version', n.rule_version, 'region', n.facts ->> 'region',
      'facts', n.facts, 'reason', n.reason)
    from public.dial_denials n
    where n.account_id = decisions_about.account_id and n.phone = decisions_about.phone and n.created_at >= from_at and n.created_at < to_at
  ) d order by d.decided_at limit 1001;
end $$;

-- Why a number was and was not called from one time to another: each decision with its local time, rule version, list state then,
-- consent and counts; beside them the rules as each of those versions said them, and the list's history. For whoever has to answer
-- a complaint: calls.read and contacts.read_personal. At most 1,000 decisions; is_complete says whether that was all.
create function private.dial_proof(account_id uuid, phone text, from_at timestamptz, to_at timestamptz) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  decisions jsonb;
begin
  -- Definer: the number of a denial and the facts of a dial are granted to nobody; the permissions are checked here.
  perform private.require_permission(dial_proof.account_id, 'calls.read');
  perform private.require_permission(dial_proof.account_id, 'contacts.read_personal');
  if from_at is null or to_at is null or to_at <= from_at then
    perform private.raise_invalid('to_at', 'order', 'Choose a beginning and an end after it.');
  end if;
  select coalesce(jsonb_agg(d || jsonb_build_object('list', private.list_state(dial_proof.account_id, dial_proof.phone, (d ->> 'at')::timestamptz),
    'campaign_name', (select k.name from public.campaigns k where k.id = (d ->> 'campaign_id')::uuid))), '[]')
  into decisions from private.decisions_about(dial_proof.account_id, dial_proof.phone, from_at, to_at) d;
  return jsonb_build_object('phone', dial_proof.phone, 'from_at', from_at, 'to_at', to_at, 'is_complete', jsonb_array_length(decisions) <= 1000,
    'decisions', decisions - 1000,
    'rules', (select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'region', v.region, 'rules', private.rules_of_version(v.version, v.region))
        order by v.version, v.region), '[]')
      from (select distinct (d ->> 'rule_version')::int as version, coalesce(d ->> 'region', '') as region from jsonb_array_elements(decisions - 1000) d) v),
    'list_history', (select coalesce(jsonb_agg(to_jsonb(h) - '{id,account_id}'::text[] order by h.created_at, h.id), '[]')
      from public.do_not_call_history h where h.account_id = dial_proof.account_id and h.phone = dial_proof.phone));
end $$;
grant execute on function private.dial_proof(uuid, text, timestamptz, timestamptz) to authenticated;
create function public.dial_proof(account_id uuid, phone text, from_at timestamptz, to_at timestamptz) returns jsonb
language sql stable set search_path = ''
return private.dial_proof(dial_proof.account_id, dial_proof.phone, dial_proof.from_at, dial_proof.to_at);
grant execute on function public.dial_proof(uuid, text, timestamptz, timestamptz) to authenticated;
