-- Who is called next: the claim's own walk (turns.sql, claim.sql) over copies of what it reads, with its own questions about lanes, room and
-- people, and nothing taken, locked or written. tests/database/callQueue compares the two.

-- A contact's place. when_kind: next (the next claim takes it), turn (once those before it have gone, or a slot is free), later (not before at).
create type private.queue_place as (enrolment_id uuid, campaign_id uuid, phone text, rank int, attempt_no int, due_at timestamptz,
  when_kind text, reason public.wait_reason, at timestamptz);

-- The first due rows of a lane in the order of take_due, without those of people who are on the list of places already: a person is never in
-- two calls.
create function private.due_rows(lane_id bigint, rank int, moment timestamptz, n int, taken_phones text[]) returns setof engine.dial_queue
language plpgsql stable set search_path = ''
as $$
begin
  return query
  select d.* from engine.dial_queue d
  where d.lane_id = due_rows.lane_id and d.rank = due_rows.rank and d.due_at <= due_rows.moment and not d.phone = any(taken_phones)
  order by d.due_at, d.position, d.enrolment_id
  limit due_rows.n;
end $$;

-- How many calls the claim finds room for in a campaign beside those that are on the list of places already: it asks campaign_room after
-- each lane, when those are in the counters.
create function private.room_beside(hot engine.campaigns, account engine.accounts, terms private.dial_terms, places private.queue_place[], moment timestamptz) returns int
language plpgsql stable set search_path = ''
as $$
declare
  others bigint := (select coalesce(sum(private.round_up(h.maximum_seconds, account.first_increment_seconds, account.billing_increment_seconds)), 0)
    from unnest(places) p join engine.campaigns h on h.campaign_id = p.campaign_id where p.campaign_id <> hot.campaign_id);
  own int := (select count(*) from unnest(places) p where p.campaign_id = hot.campaign_id);
begin
  account.reserved_seconds := account.reserved_seconds + others;
  return (private.campaign_room(hot, account, terms, moment)).calls - own;
end $$;

-- What claim_lane would take from a lane: its rows by rank, those left out that judge_people denies.
create function private.peek_lane(lane_id bigint, room int, places private.queue_place[], moment timestamptz) returns private.queue_place[]
language plpgsql stable set search_path = ''
as $$
declare
  lane engine.lanes := (select l from engine.lanes l where l.id = peek_lane.lane_id);
  hot engine.campaigns := (select h from engine.campaigns h where h.campaign_id = lane.campaign_id);
  account engine.accounts := (select a from engine.accounts a where a.account_id = lane.account_id);
  terms private.dial_terms := private.dial_terms(lane.campaign_id, lane.time_zone, lane.region, moment);
  wanted int := greatest(0, least(room, private.room_beside(hot, account, terms, places, moment)));
  phones text[] := array(select p.phone from unnest(places) p);
  found private.queue_place[] := '{}';
  taken engine.dial_queue[];
begin
  for round in 1..50 loop
    taken := '{}';
    for rank in 0..2 loop
      taken := taken || array(select t from private.due_rows(lane.id, rank, moment, wanted - cardinality(found) - cardinality(taken), phones) t);
    end loop;
    exit when cardinality(taken) = 0;
    phones := phones || array(select t.phone from unnest(taken) t);
    found := found || array(
      select row(t.enrolment_id, lane.campaign_id, t.phone, t.rank, t.attempt_no, t.due_at, 'next', null, null)::private.queue_place
      from unnest(taken) with ordinality t
      join private.judge_people(terms, array(select x.enrolment_id from unnest(taken) x), array(select x.phone from unnest(taken) x),
        -- as place_calls: what the person asked for may go beyond the campaign's attempts
        array(select case when x.rank = 0 and exists (select from public.enrolments e where e.id = x.enrolment_id and e.callback_at is not null) then 0
          else x.attempt_no end from unnest(taken) x), moment) p on p.enrolment_id = t.enrolment_id
      where private.denial_of(p) is null order by t.ordinality);
    exit when cardinality(found) >= wanted;
  end loop;
  return found;
end $$;

-- What a claim with so much room would take, as claim_lanes does: each campaign its share by weight, then whoever has more. With a campaign:
-- what its turn would bring it. lanes: those whose window is open.
create function private.peek_claim(account_id uuid, campaign_id uuid, lanes bigint[], room int, moment timestamptz) returns private.queue_place[]
language plpgsql stable set search_path = ''
as $$
declare
  lane record;
  turn int := 0;
  served uuid;
  share int;
  places private.queue_place[] := '{}';
  got private.queue_place[];
begin
  for lane in
    select d.*, t.turn from private.due_lanes(peek_claim.account_id, room, moment) with ordinality d
    cross join generate_series(1, 2) t (turn)
    where (t.turn = 1 or not d.is_alone) and (peek_claim.campaign_id is null or d.campaign_id = peek_claim.campaign_id)
    order by t.turn, d.ordinality
  loop
    exit when room <= cardinality(places);
    if served is distinct from lane.campaign_id or turn <> lane.turn then
      served := lane.campaign_id;
      turn := lane.turn;
      share := case when turn = 1 and peek_claim.campaign_id is null then lane.share else room end;
    end if;
    continue when share <= 0 or not lane.lane_id = any(lanes);
    got := private.peek_lane(lane.lane_id, least(share, room - cardinality(places)), places, moment);
    share := share - cardinality(got);
    places := places || got;
  end loop;
  return places;
end $$;

-- How many calls the account's next claim may begin, as due_accounts and claim_account ask, the line to itself; none while dialling is off.
create function private.claim_room(account_id uuid, moment timestamptz) returns int
language plpgsql stable set search_path = ''
as $$
declare
  account engine.accounts := (select a from engine.accounts a where a.account_id = claim_room.account_id);
  line engine.provider_lines := (select l from engine.provider_lines l where l.id = account.provider_line_id);
  today date := (select (moment at time zone k.time_zone)::date from public.accounts k where k.id = claim_room.account_id);
begin
  if not (select s.enabled from engine.settings s) or account.is_held or account.next_at is null or account.next_at > moment or line.id is null
    or line.in_flight >= line.tokens or line.next_dial_at >= moment + interval '19 seconds' then
    return 0;
  end if;
  line.tokens := private.grown_tokens(line, moment);
  return greatest(0, least(25, account.concurrency_max - account.in_flight, private.account_day_left(account, today), private.room_of_line(line, moment)));
end $$;

-- Those who come after the next claims: first lanes that wait for a slot or for minutes, then by the time at which their lane opens or their own
-- comes. Of each lane the first by rank; of at most fifty lanes.
create function private.later_places(lanes private.lane_wait[], shown uuid[], n int, moment timestamptz) returns setof private.queue_place
language plpgsql stable set search_path = ''
as $$
begin
  return query
  select q.enrolment_id, w.campaign_id, q.phone, q.rank::int, q.attempt_no, q.due_at,
    case when coalesce(o.at, moment) > moment then 'later' else 'turn' end, case when q.due_at > moment and q.due_at >= coalesce(w.at, moment) then q.wait_reason else w.reason end, o.at
  from (select l.* from unnest(lanes) l order by l.at nulls first, l.lane_id limit 50) w
  cross join lateral (
    select d.* from engine.dial_queue d where d.lane_id = w.lane_id and not d.enrolment_id = any(shown)
    order by d.rank, d.due_at, d.position, d.enrolment_id limit later_places.n) q
  cross join lateral (select greatest(case when not w.is_due then w.at end, case when q.due_at > moment then q.due_at end) as at) o
  order by o.at nulls first, q.rank, q.due_at, q.position, q.enrolment_id
  limit later_places.n;
end $$;

-- The next n places of an account's queue, or of one campaign's: what the next claim takes, then what the following ones would, then the rest.
create function private.next_up(account_id uuid, campaign_id uuid, n int, moment timestamptz) returns setof private.queue_place
language plpgsql stable set search_path = ''
as $$
declare
  lanes private.lane_wait[] := array(select w from private.lane_waits(next_up.account_id, next_up.campaign_id, moment) w);
  open_lanes bigint[] := array(select w.lane_id from unnest(lanes) w where w.is_due);
  room int := least(n, private.claim_room(next_up.account_id, moment));
  hold public.wait_reason := (private.account_hold(next_up.account_id, moment)).reason;
  first private.queue_place[] := '{}';
  shown uuid[];
begin
  if room > 0 then
    first := private.peek_claim(next_up.account_id, next_up.campaign_id, open_lanes, room, moment);
  end if;
  shown := array(select p.enrolment_id from unnest(first) p);
  if cardinality(first) < n then
    first := first || array(
      select row(p.enrolment_id, p.campaign_id, p.phone, p.rank, p.attempt_no, p.due_at, 'turn', hold, null)::private.queue_place
      from unnest(private.peek_claim(next_up.account_id, next_up.campaign_id, open_lanes, n, moment)) with ordinality p
      where not p.enrolment_id = any(shown) order by p.ordinality limit n - cardinality(first));
    shown := array(select p.enrolment_id from unnest(first) p);
  end if;
  return query select f.* from unnest(first) f;
  return query select l.* from private.later_places(lanes, shown, n - cardinality(first), moment) l;
end $$;

-- The queue as its page shows it: who is next (places), what the others wait for (waiting), and what the account is doing (calls, room, hold). As
-- far as the current user sees the campaigns; a place that they may not see is left out, and the others keep their order.
create function private.explain_queue(account_id uuid, campaign_id uuid, size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  visible uuid[] := array(select private.campaign_ids('campaigns.read'));
  is_visible boolean := private.sees_personal(explain_queue.account_id);
  hold record := private.account_hold(explain_queue.account_id, moment);
begin
  -- Definer: queue, lanes and counters live in engine; what is shown is of campaigns that the person sees.
  perform private.require_membership(explain_queue.account_id);
  if explain_queue.campaign_id is not null and (private.require_campaign(explain_queue.campaign_id, 'campaigns.read')).account_id <> explain_queue.account_id then
    perform private.raise_error('not_found', 'This campaign does not exist, or it belongs to another account.');
  end if;
  return jsonb_build_object(
    'places', (select coalesce(jsonb_agg(jsonb_build_object('enrolment_id', p.enrolment_id, 'contact_id', e.contact_id,
        'name', private.masked(c.name, is_visible), 'phone', private.masked(p.phone, is_visible), 'campaign_id', k.id, 'campaign_name', k.name,
        'kind', case when p.rank = 0 and e.callback_at is not null then 'callback' when p.rank = 0 then 'call_now' when p.rank = 1 then 'retry' else 'fresh' end,
        'attempt_no', p.attempt_no, 'when', p.when_kind, 'reason', p.reason, 'at', p.at) order by p.ordinality), '[]')
      from private.next_up(explain_queue.account_id, explain_queue.campaign_id, private.page_limit(size), moment) with ordinality p
      join public.enrolments e on e.id = p.enrolment_id join public.contacts c on c.id = e.contact_id join public.campaigns k on k.id = p.campaign_id
      where p.campaign_id = any(visible)),
    'waiting', (select coalesce(jsonb_agg(jsonb_build_object('campaign_id', w.campaign_id, 'campaign_name', k.name, 'reason', w.reason, 'people', w.people,
        'next_at', w.next_at) order by w.people desc, lower(k.name), w.reason), '[]')
      from private.count_waiting(explain_queue.account_id, explain_queue.campaign_id, moment) w join public.campaigns k on k.id = w.campaign_id
      where w.campaign_id = any(visible)),
    'calls', (select jsonb_build_object('in_flight', a.in_flight, 'max_calls', a.concurrency_max) from engine.accounts a where a.account_id = explain_queue.account_id),
    'hold', jsonb_build_object('reason', hold.reason, 'at', hold.at), 'is_enabled', (select s.enabled from engine.settings s));
end $$;
grant execute on function private.explain_queue(uuid, uuid, int) to authenticated;
create function public.explain_queue(account_id uuid, campaign_id uuid default null, size int default 20) returns jsonb
language sql stable set search_path = ''
return private.explain_queue(explain_queue.account_id, explain_queue.campaign_id, explain_queue.size);
grant execute on function public.explain_queue(uuid, uuid, int) to authenticated;
