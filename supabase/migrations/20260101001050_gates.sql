-- Whether somebody may be dialled now: one judgement, asked by the claim for many contacts, by begin_dial for one at the instant
-- of dialling, and by explain_enrolment for people who ask why. What holds for a whole lane is worked out once, as its terms.

-- All that is the same for every contact of a campaign's zone and region at one instant.
create type private.dial_terms as (
  account_id uuid, campaign_id uuid, time_zone text, region text, rule_version int,
  -- the campaign's day in its own zone and the account's in its: what the daily caps count by
  campaign_day date, account_day date, next_campaign_day timestamptz, next_account_day timestamptz,
  max_attempts int, max_calls int, per_hours int, minimum_gap interval,
  purpose public.campaign_purpose, needed_consent public.consent_basis, consent_override text
);

-- What is known about one contact at one instant. The times are null where nothing stands in the way.
create type private.person_facts as (
  enrolment_id uuid, contact_id uuid, phone text, is_listed boolean, consent_id uuid, lacks_consent boolean, is_exhausted boolean,
  wish_opens_at timestamptz, calls_in_period int, cap_frees_at timestamptz, gap_ends_at timestamptz, is_in_other_call boolean
);

create function private.dial_terms(campaign_id uuid, zone text, region text, at timestamptz) returns private.dial_terms
language plpgsql stable set search_path = ''
as $$
declare
  campaign public.campaigns := (select k from public.campaigns k where k.id = dial_terms.campaign_id);
  account_zone text := (select a.time_zone from public.accounts a where a.id = campaign.account_id);
  frequency record := private.frequency_rule(campaign.account_id, dial_terms.region, dial_terms.at);
  terms private.dial_terms;
begin
  terms.account_id := campaign.account_id;
  terms.campaign_id := campaign.id;
  terms.time_zone := zone;
  terms.region := dial_terms.region;
  terms.rule_version := (select s.rule_version from engine.settings s);
  terms.campaign_day := (dial_terms.at at time zone campaign.time_zone)::date;
  terms.account_day := (dial_terms.at at time zone account_zone)::date;
  terms.next_campaign_day := (terms.campaign_day + 1)::timestamp at time zone campaign.time_zone;
  terms.next_account_day := (terms.account_day + 1)::timestamp at time zone account_zone;
  terms.max_attempts := campaign.max_attempts;
  terms.max_calls := frequency.max_calls;
  terms.per_hours := frequency.per_hours;
  terms.minimum_gap := frequency.minimum_gap;
  terms.purpose := campaign.purpose;
  terms.needed_consent := private.required_consent(dial_terms.region, campaign.purpose, dial_terms.at);
  terms.consent_override := campaign.consent_override_reason;
  return terms;
end $$;

-- The facts about contacts of one lane; the three lists run in parallel. All calls to the number count, of any campaign; a refusal
-- that never rang is none, a void that turned out to be one is. The gap runs from when the last one was over: by our clock at the
-- latest, so that a provider's odd time holds nobody up. plpgsql keeps its plan, whatever the number of contacts; made by a session
-- that met empty tables it would read all calls for every contact later, so plans with full scans are ruled out.
create function private.judge_people(terms private.dial_terms, enrolment_ids uuid[], phones text[], attempts int[], at timestamptz)
returns setof private.person_facts
language plpgsql stable set search_path = '' set enable_seqscan = off
as $$
declare
  period interval := make_interval(hours => terms.per_hours);
  -- A call may last hours; one that began before is over for longer than any gap.
  since timestamptz := judge_people.at - greatest(period, terms.minimum_gap + interval '1 day');
begin
  return query
  select e.id, e.contact_id, w.phone,
    -- not exists(…): its plan may read the account's whole list to look up a few numbers
    coalesce((select true from public.do_not_call d where d.account_id = terms.account_id and d.phone = w.phone), false),
    agreed.consent_id, terms.needed_consent is not null and terms.consent_override is null and agreed.consent_id is null,
    w.attempt > terms.max_attempts,
    case when p.calls_from is not null or p.call_days is not null then (private.contact_window(p, judge_people.at)).next_open end,
    history.calls, case when history.cap_frees_at > judge_people.at then history.cap_frees_at end,
    case when history.gap_ends_at > judge_people.at then history.gap_ends_at end,
    coalesce((select c.enrolment_id is distinct from e.id from public.calls c
      where c.account_id = terms.account_id and c.phone = w.phone and c.settled_at is null), false)
  from unnest(enrolment_ids, phones, judge_people.attempts) w (enrolment_id, phone, attempt)
  join public.enrolments e on e.id = w.enrolment_id
  join public.contacts p on p.id = e.contact_id
  -- offset 0: the record is looked for once, not for each time that it is named above
  cross join lateral (select case when terms.needed_consent is not null
    then private.valid_consent(e.contact_id, terms.needed_consent, terms.purpose, judge_people.at) end as consent_id offset 0) agreed
  cross join lateral (
    select count(*) filter (where c.dialled_at > judge_people.at - period)::int as calls,
      (array_agg(c.dialled_at order by c.dialled_at desc))[terms.max_calls] + period as cap_frees_at,
      max(greatest(c.dialled_at, least(c.ended_at, c.settled_at), c.found_late_at)) + terms.minimum_gap as gap_ends_at
    from public.calls c
    where c.account_id = terms.account_id and c.phone = w.phone and c.dialled_at > since and (c.is_counted or c.found_late_at is not null)
  ) history;
end $$;

-- The first thing that stands in a contact's way, in the order in which it is told; null when nothing does.
create function private.denial_of(person private.person_facts) returns text
language sql immutable set search_path = ''
return case when person.is_listed then 'do_not_call' when person.lacks_consent then 'no_consent' when person.is_exhausted then 'attempts'
  when person.wish_opens_at is not null then 'wish' when person.cap_frees_at is not null then 'frequency_cap'
  when person.gap_ends_at is not null then 'minimum_gap' when person.is_in_other_call then 'in_other_call' end;

-- When to look at somebody again who may not be called now: when the last of what stands in the way is gone.
create function private.look_again_at(person private.person_facts, at timestamptz) returns timestamptz
language sql immutable set search_path = ''
return greatest(person.wish_opens_at, person.cap_frees_at, person.gap_ends_at,
  case when person.is_in_other_call then look_again_at.at + interval '30 seconds' end);

-- What a row in the queue says it waits for.
create function private.wait_of(denial text) returns public.wait_reason
language sql immutable set search_path = ''
return case wait_of.denial when 'wish' then 'window_closed'::public.wait_reason when 'in_other_call' then 'in_other_call' else 'frequency_cap' end;

-- What a decision about a contact was made from; no personal values.
create function private.decision_facts(terms private.dial_terms, person private.person_facts) returns jsonb
language sql immutable set search_path = ''
return jsonb_strip_nulls(jsonb_build_object('time_zone', terms.time_zone, 'region', terms.region, 'purpose', terms.purpose,
  'needed_consent', terms.needed_consent, 'consent_id', person.consent_id,
  'consent_override', case when terms.needed_consent is not null and person.consent_id is null then terms.consent_override end,
  'is_listed', person.is_listed, 'calls_in_period', person.calls_in_period, 'max_calls', terms.max_calls, 'per_hours', terms.per_hours,
  'minimum_gap_seconds', extract(epoch from terms.minimum_gap)::int, 'wish_opens_at', person.wish_opens_at,
  'cap_frees_at', person.cap_frees_at, 'gap_ends_at', person.gap_ends_at));

-- What a campaign has room for.
create type private.room as (calls int, reason public.wait_reason, look_at timestamptz, is_spent boolean);

-- How many calls a campaign may begin now, and when none, why and when to look again (null = whoever frees it wakes it). A budget
-- that reservations hold is looked at each minute; one in which no call fits any more is spent.
create function private.campaign_room(hot engine.campaigns, account engine.accounts, terms private.dial_terms, at timestamptz) returns private.room
language plpgsql immutable set search_path = ''
as $$
declare
  answer private.room;
  reservation int := private.round_up(hot.maximum_seconds, account.first_increment_seconds, account.billing_increment_seconds);
  day_left int := hot.daily_cap - case when hot.day = terms.campaign_day then hot.dialled_on_day else 0 end;
  budget_left bigint := (hot.budget_seconds - hot.used_seconds - hot.reserved_seconds) / reservation;
  affordable bigint := (account.balance_seconds - account.reserved_seconds) / reservation;
  slots int := hot.concurrency_max - hot.in_flight;
begin
  answer.is_spent := hot.budget_seconds - hot.used_seconds < reservation and hot.reserved_seconds = 0;
  answer.reason := case when day_left <= 0 then 'daily_cap'::public.wait_reason when budget_left <= 0 then 'budget' when affordable <= 0 then 'no_minutes'
    when slots <= 0 then 'no_slot' end;
  answer.look_at := case answer.reason when 'daily_cap' then terms.next_campaign_day when 'budget' then campaign_room.at + interval '1 minute' end;
  answer.calls := case when answer.reason is null then least(day_left, budget_left, affordable, slots, 1000) else 0 end;
  return answer;
end $$;

-- How many more calls an account may begin today; null when it has no daily cap.
create function private.account_day_left(account engine.accounts, day date) returns int
language sql immutable set search_path = ''
return account.daily_cap - case when account.day = account_day_left.day then account.dialled_on_day else 0 end;

-- The number of calls begun on a day is given back while that day lasts, for attempts that turned out not to count. Called by
-- close_calls, under the account's lock.
create function private.return_days(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.accounts a set dialled_on_day = a.dialled_on_day - n.calls
  from (select c.account_id, c.account_day, count(*)::int as calls from public.calls c where c.id = any(call_ids) and not c.is_counted group by 1, 2) n
  where a.account_id = n.account_id and a.day = n.account_day;
  update engine.campaigns h set dialled_on_day = h.dialled_on_day - n.calls
  from (select c.campaign_id, c.counted_day, count(*)::int as calls from public.calls c where c.id = any(call_ids) and not c.is_counted group by 1, 2) n
  where h.campaign_id = n.campaign_id and h.day = n.counted_day;
end $$;

-- Keeps why somebody was not dialled: [{enrolment_id, contact_id, phone, reason, facts}], written when the answer for that
-- enrolment changed since its last denial or dial, so that a number that waits for a day leaves one line, not thousands.
create function private.note_denials(terms private.dial_terms, denials jsonb, at timestamptz) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into public.dial_denials (account_id, enrolment_id, contact_id, phone, reason, facts, rule_version, local_time, created_at)
  select terms.account_id, x.enrolment_id, x.contact_id, x.phone, x.reason, x.facts, terms.rule_version,
    note_denials.at at time zone coalesce(terms.time_zone, 'UTC'), note_denials.at
  from jsonb_to_recordset(denials) as x (enrolment_id uuid, contact_id uuid, phone text, reason text, facts jsonb)
  left join lateral (
    select d.reason, d.created_at from public.dial_denials d where d.enrolment_id = x.enrolment_id order by d.id desc limit 1
  ) last_denial on true
  where last_denial.reason is distinct from x.reason or exists (
    select from public.calls c where c.enrolment_id = x.enrolment_id and c.dialled_at > last_denial.created_at)
  order by x.enrolment_id;
end $$;
