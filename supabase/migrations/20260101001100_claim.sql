-- Claim: due attempts of one lane become reserved calls, under every limit, minutes reserved. Whose turn it is, and the locks,
-- are in turns.sql.

-- The version of the contact's own assistant that was published when they were enrolled, where the campaign wants it and the
-- assistant is still in use.
create function private.preferred_version(campaign public.campaigns, enrolment_id uuid) returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  if not campaign.uses_preferred_assistants then
    return null;
  end if;
  return (select v.id from public.enrolments e
    join public.assistant_versions v on v.id = e.preferred_version_id
    join public.assistants a on a.id = v.assistant_id and a.archived_at is null
    where e.id = preferred_version.enrolment_id);
end $$;

-- Writes the calls for rows taken out of the queue, in their order, and sends the others where they belong. Nothing is left at
-- the head of the queue to block the rest.
create function private.place_calls(hot engine.campaigns, account engine.accounts, line engine.provider_lines, terms private.dial_terms,
  taken engine.dial_queue[], moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  -- Once: joined to the candidates it would be looked up for each of them.
  campaign public.campaigns := (select k from public.campaigns k where k.id = hot.campaign_id);
  people private.person_facts[];
  placed jsonb;
begin
  people := array(select p from private.judge_people(terms, array(select t.enrolment_id from unnest(taken) t), array(select t.phone from unnest(taken) t),
    -- A call the person asked for may go beyond the campaign's attempts; one that somebody hurried is at the head of the lane as well and may not.
    array(select case when t.rank = 0 and exists (select from public.enrolments e where e.id = t.enrolment_id and e.callback_at is not null) then 0
      else t.attempt_no end from unnest(taken) t), moment) p);
  with candidates as (
    select t.*, p.contact_id, p.consent_id, row_number() over (order by t.rank, t.due_at, t.position) as place
    from unnest(taken) t join unnest(people) p on p.enrolment_id = t.enrolment_id
    where private.denial_of(p) is null
  ), placed_calls as (
    insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone,
      attempt_no, reserved_seconds, first_increment_seconds, billing_increment_seconds, lease_until, dial_at, rule_version, consent_id, counted_day, account_day, started_by)
    select hot.account_id, hot.campaign_id, k.enrolment_id, k.contact_id, coalesce(private.preferred_version(campaign, k.enrolment_id), campaign.assistant_version_id), line.phone_number_id, line.id, k.phone,
      k.attempt_no, private.round_up(hot.maximum_seconds, account.first_increment_seconds, account.billing_increment_seconds),
      account.first_increment_seconds, account.billing_increment_seconds, spaced.dial_at + interval '30 seconds', spaced.dial_at,
      terms.rule_version, k.consent_id, terms.campaign_day, terms.account_day, campaign.started_by
    from candidates k
    cross join lateral (select greatest(line.next_dial_at, moment) + make_interval(secs => (k.place - 1) / line.calls_per_second) as dial_at) spaced
    order by k.phone
    on conflict do nothing
    returning id, enrolment_id, dial_at
  )
  select coalesce(jsonb_agg(jsonb_build_object('call_id', p.id, 'enrolment_id', p.enrolment_id,
    'dial_in_ms', ceil(extract(epoch from p.dial_at - moment) * 1000)) order by p.dial_at), '[]') into placed from placed_calls p;

  update public.enrolments e set status = 'calling'
  from jsonb_to_recordset(placed) as x (enrolment_id uuid) where e.id = x.enrolment_id;
  if jsonb_array_length(placed) < cardinality(taken) then
    perform private.return_unplaced(terms, taken, people, array(select x.enrolment_id from jsonb_to_recordset(placed) as x (enrolment_id uuid)), moment);
  end if;
  return placed;
end $$;

-- Where rows go that were taken and not placed: to their end if they may never be called (listed, without consent, out of
-- attempts), else back in line for when nothing stands in the way. A row that met another call of its number comes back soon.
create function private.return_unplaced(terms private.dial_terms, taken engine.dial_queue[], people private.person_facts[], placed uuid[], moment timestamptz)
returns void
language plpgsql set search_path = ''
as $$
declare
  denials jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('enrolment_id', p.enrolment_id, 'contact_id', p.contact_id, 'phone', p.phone,
    'reason', coalesce(private.denial_of(p), 'in_other_call'), 'look_at', coalesce(private.look_again_at(p, moment), moment + interval '30 seconds'),
    'facts', private.decision_facts(terms, p))), '[]') into denials
  from unnest(people) p where not p.enrolment_id = any(placed);

  insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone, wait_reason)
  select t.lane_id, t.rank, d.look_at, t.position, t.enrolment_id, t.attempt_no, t.phone, private.wait_of(d.reason)
  from unnest(taken) t join jsonb_to_recordset(denials) as d (enrolment_id uuid, reason text, look_at timestamptz) on d.enrolment_id = t.enrolment_id
  where d.reason not in ('do_not_call', 'no_consent', 'attempts');
  update public.enrolments e
  set status = case d.reason when 'do_not_call' then 'opted_out'::public.enrolment_status when 'no_consent' then 'blocked' else 'exhausted' end,
    reason = case when d.reason <> 'attempts' then d.reason::public.block_reason end
  from jsonb_to_recordset(denials) as d (enrolment_id uuid, reason text)
  where e.id = d.enrolment_id and d.reason in ('do_not_call', 'no_consent', 'attempts');
  if found then
    perform private.complete_finished_campaigns(array[terms.campaign_id]);
  end if;
  perform private.note_denials(terms, denials, moment);
end $$;

-- Is the lane open? Judged again when the last answer ran out or the rules changed; a closed one sleeps until it opens.
create function private.is_lane_open(lane engine.lanes, rules int, moment timestamptz) returns boolean
language plpgsql set search_path = ''
as $$
declare
  opening record;
begin
  if moment < lane.open_until and lane.rule_version = rules then
    return true;
  end if;
  opening := private.window_at(lane.campaign_id, lane.time_zone, lane.region, moment);
  update engine.lanes l set open_until = opening.open_until, rule_version = rules where l.id = lane.id;
  if opening.open_until is null then
    perform private.let_wait(lane.campaign_id, array[lane.id], 'window_closed', opening.next_open, moment);
  end if;
  return opening.open_until is not null;
end $$;

-- Lets lanes wait, with the reason and until then; null = until somebody wakes them. Pages are told when the reason is another.
create function private.let_wait(campaign_id uuid, lane_ids bigint[], reason public.wait_reason, until timestamptz, moment timestamptz) returns void
language sql set search_path = ''
as $$
  update engine.campaigns h set changed_at = moment
  where h.campaign_id = let_wait.campaign_id
    and exists (select from engine.lanes l where l.id = any(lane_ids) and l.wait_reason is distinct from let_wait.reason);
  update engine.lanes l set next_at = let_wait.until, wait_reason = let_wait.reason where l.id = any(lane_ids);
$$;

-- A campaign that has no room: all its due lanes wait for the same. Short of minutes they stay due, because a top-up or a
-- settlement wakes the account; a spent budget pauses it.
create function private.hold_campaign(hot engine.campaigns, limits private.room, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  if limits.reason = 'budget' and limits.is_spent then
    perform private.pause_by_rule(hot.campaign_id, 'budget', jsonb_build_object('budget_seconds', hot.budget_seconds, 'used_seconds', hot.used_seconds,
      'longest_call_seconds', hot.maximum_seconds));
  end if;
  perform private.let_wait(hot.campaign_id, array(select l.id from engine.lanes l where l.campaign_id = hot.campaign_id and l.next_at <= moment),
    limits.reason, case when limits.reason = 'no_minutes' then moment else limits.look_at end, moment);
end $$;

-- Claims from one lane of a locked account: window first, then the campaign's limits, then its rows, and each contact's own.
-- Answers the placed calls; sets the lane's next_at and, when it waits, why. clock: how far the account's campaigns have come.
create function private.claim_lane(lane_id bigint, room int, clock double precision, moment timestamptz) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  lane engine.lanes := (select l from engine.lanes l where l.id = claim_lane.lane_id);
  hot engine.campaigns := (select c from engine.campaigns c where c.campaign_id = lane.campaign_id);
  account engine.accounts := (select a from engine.accounts a where a.account_id = lane.account_id);
  line engine.provider_lines := (select p from engine.provider_lines p where p.id = account.provider_line_id);
  terms private.dial_terms;
  limits private.room;
  taken engine.dial_queue[];
  placed jsonb := '[]';
  got jsonb;
begin
  -- An earlier lane of the same claim may have held or paused the campaign.
  if not hot.is_active or lane.next_at is null or lane.next_at > moment
    or not private.is_lane_open(lane, (select s.rule_version from engine.settings s), moment) then
    return '[]';
  end if;
  terms := private.dial_terms(lane.campaign_id, lane.time_zone, lane.region, moment);
  limits := private.campaign_room(hot, account, terms, moment);
  if limits.calls <= 0 then
    perform private.hold_campaign(hot, limits, moment);
    return '[]';
  end if;
  -- Rows that may not be called make room for those behind them at once: a head of listed numbers costs no further claim.
  for round in 1..50 loop
    taken := '{}';
    for rank in 0..2 loop
      taken := taken || array(select t from private.take_due(lane.id, rank, moment,
        least(room, limits.calls) - jsonb_array_length(placed) - cardinality(taken)) t);
    end loop;
    exit when cardinality(taken) = 0;
    got := private.place_calls(hot, account, line, terms, taken, moment);
    placed := placed || got;
    exit when jsonb_array_length(placed) >= least(room, limits.calls);
    line.next_dial_at := greatest(line.next_dial_at, moment) + make_interval(secs => jsonb_array_length(got) / line.calls_per_second);
  end loop;
  update engine.lanes l set next_at = private.next_due(lane.id), wait_reason = null where l.id = lane.id;
  if placed <> '[]' then
    perform private.take_slots(hot, account, line.id, terms, jsonb_array_length(placed), clock, moment);
  end if;
  return placed;
end $$;

-- Counts n new calls against the account, the campaign and the line, for now and for their days, and moves the line's next dial on.
create function private.take_slots(hot engine.campaigns, account engine.accounts, line_id bigint, terms private.dial_terms, n int,
  clock double precision, moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  seconds bigint := n * private.round_up(hot.maximum_seconds, account.first_increment_seconds, account.billing_increment_seconds);
begin
  update engine.accounts a set in_flight = a.in_flight + n, reserved_seconds = a.reserved_seconds + seconds, changed_at = moment,
    day = terms.account_day, dialled_on_day = n + case when a.day = terms.account_day then a.dialled_on_day else 0 end
  where a.account_id = hot.account_id;
  update engine.campaigns c set in_flight = c.in_flight + n, reserved_seconds = c.reserved_seconds + seconds, changed_at = moment,
    virtual_time = greatest(c.virtual_time, clock) + n::double precision / c.weight,
    day = terms.campaign_day, dialled_on_day = n + case when c.day = terms.campaign_day then c.dialled_on_day else 0 end
  where c.campaign_id = hot.campaign_id;
  update engine.provider_lines l set in_flight = l.in_flight + n,
    next_dial_at = greatest(l.next_dial_at, moment) + make_interval(secs => n / l.calls_per_second)
  where l.id = take_slots.line_id;
end $$;
