/** What the judge reads: rows as they lie in the tables, and nothing that the engine counted or decided. */
import type { Circumstances, Consent, Frequency, Past } from './law.ts'

const circumstances = `p.time_zone as zone, case when p.region_is_stated then p.region end as stated_region,
    (select coalesce(jsonb_agg(w), '[]') from public.campaign_windows w where w.campaign_id = k.id) as windows,
    (select coalesce(jsonb_agg(w), '[]') from public.account_hours w where w.account_id = k.account_id) as account_hours,
    (select coalesce(jsonb_agg(b.day), '[]') from public.blackout_dates b where b.account_id = k.account_id and (b.campaign_id is null or b.campaign_id = k.id)) as black_days,
    r.observes_holidays, to_jsonb(k.starts_at) as starts_at, to_jsonb(k.ends_at) as ends_at, p.calls_from::text, p.calls_until::text, to_jsonb(p.call_days) as call_days`

/** What lies behind and around a number: the list, the contact's consents, calls that count, open calls. `but`: which calls are not meant. */
const numberFacts = (account: string, phone: string, contact: string, but = '') => `
    exists (select from public.do_not_call n where n.account_id = ${account} and n.phone = ${phone}) as is_listed,
    (select coalesce(jsonb_agg(n), '[]') from public.consents n where n.contact_id = ${contact}) as consents,
    (select coalesce(jsonb_agg(jsonb_build_object('dialled_at', o.dialled_at, 'ended_at', o.ended_at, 'settled_at', o.settled_at, 'found_late_at', o.found_late_at)), '[]')
      from public.calls o where o.account_id = ${account} and o.phone = ${phone} ${but} and o.dialled_at is not null and (o.is_counted or o.found_late_at is not null)) as past,
    (select count(*)::int from public.calls o where o.account_id = ${account} and o.phone = ${phone} ${but} and o.settled_at is null) as others`

const live = `('reserved', 'dialing', 'unknown', 'ringing', 'in_progress')`

/** Everything that decides whether a person may be called. */
export interface PersonFacts extends Omit<Circumstances, 'region'>, Frequency {
  phone: string
  stated_region: string | null
  purpose: string
  is_overridden: boolean
  is_listed: boolean
  consents: Consent[]
  past: Past[]
  /** Further open calls to the number. */
  others: number
}

export interface DialFacts extends PersonFacts {
  attempt_id: string
  status: string
  is_early: boolean
  is_held: boolean
  is_off: boolean
}

/** One call that is about to ring. */
export const dialFacts = `
  select c.attempt_id, c.phone, k.status, k.purpose, k.consent_override_reason is not null as is_overridden, r.frequency_cap, r.frequency_hours, r.minimum_gap_seconds,
    c.dial_at > c.dialled_at + interval '50 milliseconds' as is_early, l.hold_until is not null and l.hold_until > c.dialled_at as is_held, not (select s.enabled from engine.settings s) as is_off, ${circumstances},
    ${numberFacts('c.account_id', 'c.phone', 'c.contact_id', 'and o.id <> c.id')}
  from public.calls c join public.campaigns k on k.id = c.campaign_id join public.contacts p on p.id = c.contact_id
  join public.account_rules r on r.account_id = c.account_id join engine.provider_lines l on l.id = c.provider_line_id where c.id = $1`

/** What may stand in the way of a call that somebody asked for. */
export interface AskedFacts { phone: string, is_own: boolean, is_listed: boolean, others: number, is_early: boolean, is_held: boolean, is_off: boolean }

export const askedFacts = `
  select c.phone, exists (select from public.own_numbers o where o.user_id = c.started_by and o.phone = c.phone) as is_own,
    exists (select from public.do_not_call n where n.account_id = c.account_id and n.phone = c.phone) as is_listed,
    (select count(*)::int from public.calls o where o.account_id = c.account_id and o.phone = c.phone and o.id <> c.id and o.settled_at is null) as others,
    c.dial_at > c.dialled_at + interval '50 milliseconds' as is_early, l.hold_until is not null and l.hold_until > c.dialled_at as is_held, not (select s.enabled from engine.settings s) as is_off
  from public.calls c join engine.provider_lines l on l.id = c.provider_line_id where c.id = $1 and c.kind = 'test'`

export interface ClaimFacts {
  id: string
  account_id: string
  campaign_id: string
  line_id: string
  account_zone: string
  campaign_zone: string
  status: string
  dial_at: string
  attempt_no: number
  max_attempts: number
  is_asked_for: boolean
  is_free_at: string[]
  calls_per_second: number
  account_cap: number | null
  campaign_cap: number | null
  weight: number
  /** Ids of the calls that count for the day's cap. */
  account_calls: string[]
  campaign_calls: string[]
  over: string[]
}

const counted = (column: string) => `(select coalesce(jsonb_agg(o.id), '[]') from public.calls o where o.${column} = c.${column} and o.is_counted and o.created_at > c.created_at - interval '3 days')`
const lives = (column: string) => `(select count(*) from public.calls o where o.${column} = c.${column} and o.state in ${live})`

/** Calls that were just claimed, with everything that limits them counted from the rows. */
export const claimFacts = `
  select c.id, c.account_id, c.campaign_id, c.provider_line_id::text as line_id, a.time_zone as account_zone, k.time_zone as campaign_zone, k.status, to_jsonb(c.dial_at) as dial_at,
    c.attempt_no, k.max_attempts, e.callback_at is not null as is_asked_for, l.calls_per_second, ha.daily_cap as account_cap, h.daily_cap as campaign_cap, h.weight,
    ${counted('account_id')} as account_calls, ${counted('campaign_id')} as campaign_calls,
    array_remove(array[
      case when ${lives('account_id')} > ha.concurrency_max then 'the calls at once of the account' end,
      case when ${lives('campaign_id')} > h.concurrency_max then 'the calls at once of the campaign' end,
      case when ${lives('provider_line_id')} > l.concurrency_max then 'the calls at once of the line' end,
      case when l.hold_until > c.created_at then 'the hold of the line' end,
      case when (select coalesce(sum(o.billed_seconds) filter (where o.settled_at is not null), 0) + coalesce(sum(o.reserved_seconds) filter (where o.settled_at is null), 0)
        from public.calls o where o.campaign_id = c.campaign_id) > h.budget_seconds then 'the budget of the campaign' end,
      case when (select coalesce(sum(g.delta_seconds), 0) from public.ledger_entries g where g.account_id = c.account_id)
        < (select coalesce(sum(o.reserved_seconds), 0) from public.calls o where o.account_id = c.account_id and o.settled_at is null) then 'the minutes of the account' end], null) as over
  from public.calls c join public.campaigns k on k.id = c.campaign_id join engine.campaigns h on h.campaign_id = k.id join public.accounts a on a.id = c.account_id
  join engine.accounts ha on ha.account_id = a.id join engine.provider_lines l on l.id = c.provider_line_id join public.enrolments e on e.id = c.enrolment_id
  where c.id = any($1::text::uuid[]) order by c.dial_at, c.id`

/** Waiting rows that are due where nothing that is counted stands in the way: one for each campaign, law, clock and wish, since these decide. */
export interface WaitingFacts extends Omit<Circumstances, 'region'>, Frequency {
  enrolment_id: string
  account_id: string
  phone: string
  stated_region: string | null
  /** What the engine says meanwhile. */
  engine: object
}

export const waitingFacts = `
  select distinct on (k.id, p.time_zone, p.region_is_stated, p.region, p.calls_from, p.calls_until, p.call_days) q.enrolment_id, k.account_id, p.phone, jsonb_build_object('due_at', q.due_at, 'rank', q.rank, 'waits', q.wait_reason, 'lane', l2.id, 'lane_next_at', l2.next_at,
      'lane_waits', l2.wait_reason, 'open_until', l2.open_until, 'account_next_at', a.next_at, 'account_waits', a.wait_reason, 'in_flight', a.in_flight, 'line', to_jsonb(l)) as engine, r.frequency_cap, r.frequency_hours, r.minimum_gap_seconds, ${circumstances}
  from engine.dial_queue q join engine.lanes l2 on l2.id = q.lane_id join public.enrolments e on e.id = q.enrolment_id
  join public.campaigns k on k.id = e.campaign_id join engine.campaigns h on h.campaign_id = k.id
  join public.contacts p on p.id = e.contact_id join public.account_rules r on r.account_id = k.account_id join public.accounts z on z.id = k.account_id
  join engine.accounts a on a.account_id = k.account_id join engine.provider_lines l on l.id = a.provider_line_id
  where k.status = 'active' and q.due_at <= private.now() and h.judge_from is null
    and a.in_flight < a.concurrency_max and (h.concurrency_max is null or h.in_flight < h.concurrency_max)
    and l.in_flight < l.tokens and (l.hold_until is null or l.hold_until <= private.now()) and l.next_dial_at < private.now() + interval '18 seconds'
    and a.balance_seconds - a.reserved_seconds >= 600 and (h.budget_seconds is null or h.budget_seconds - h.used_seconds - h.reserved_seconds >= 600)
    and (a.daily_cap is null or (a.day is distinct from (private.now() at time zone z.time_zone)::date or a.dialled_on_day < a.daily_cap))
    and (h.daily_cap is null or (h.day is distinct from (private.now() at time zone k.time_zone)::date or h.dialled_on_day < h.daily_cap))
  order by k.id, p.time_zone, p.region_is_stated, p.region, p.calls_from, p.calls_until, p.call_days, q.enrolment_id`

/** Somebody whom a claim left in the queue, where nothing that is counted stands in the way. */
export interface LeftFacts extends PersonFacts { campaign_id: string, weight: number }

/** Of each running campaign the lanes that a claim would look at now: the first eight that are due. */
export const lanesInSight = `
  select array_agg(l.id)::text as ids from (
    select l.id, row_number() over (partition by l.campaign_id order by l.next_at, l.id) as place
    from engine.lanes l join engine.campaigns h on h.campaign_id = l.campaign_id where l.next_at <= private.now() and h.is_active) l where l.place <= 8`

/** Due rows of an account's running campaigns that have room for another call, in lanes that the claim looked at. */
export const leftFacts = `
  select k.id as campaign_id, h.weight, p.phone, k.purpose, k.consent_override_reason is not null as is_overridden, r.frequency_cap, r.frequency_hours, r.minimum_gap_seconds,
    ${circumstances}, ${numberFacts('k.account_id', 'p.phone', 'p.id')}
  from engine.campaigns h join public.campaigns k on k.id = h.campaign_id join public.account_rules r on r.account_id = k.account_id
  join engine.accounts a on a.account_id = k.account_id join engine.lanes l on l.campaign_id = k.id
  join engine.dial_queue q on q.lane_id = l.id join public.enrolments e on e.id = q.enrolment_id join public.contacts p on p.id = e.contact_id
  where h.account_id = $1 and k.status = 'active' and h.judge_from is null and l.next_at <= private.now() and q.due_at <= private.now() and q.attempt_no <= k.max_attempts
    and coalesce(h.in_flight < h.concurrency_max, true) and h.daily_cap is null and h.budget_seconds is null
    and a.balance_seconds - a.reserved_seconds >= 600
    and l.id = any($2::text::bigint[])`

/** What must hold of whole histories, beside the promises that every test asks. Each finds nothing. */
export const furtherPromises: Readonly<Record<string, string>> = {
  'every change of money is in the activity': `select g.id from public.ledger_entries g where g.kind <> 'consume' and not exists (select from public.activity_log l
    where l.account_id = g.account_id and l.verb = 'ledger.' || g.kind and l.details ->> 'ref' = g.ref and (l.details ->> 'delta_seconds')::bigint = g.delta_seconds)`,
  'a consume is its call\'s': `select g.id from public.ledger_entries g join public.calls c on c.id = g.call_id where g.kind = 'consume'
    and (g.account_id <> c.account_id or -g.delta_seconds <> c.billed_seconds or c.billed_seconds > c.reserved_seconds)`,
  'a campaign has used what its calls were billed': `select h.campaign_id from engine.campaigns h
    where h.used_seconds <> (select coalesce(sum(c.billed_seconds), 0) from public.calls c where c.campaign_id = h.campaign_id and c.settled_at is not null)`,
  'rows that belong together belong to one account': `select c.id from public.calls c join public.campaigns k on k.id = c.campaign_id join public.contacts p on p.id = c.contact_id
    join public.enrolments e on e.id = c.enrolment_id where c.account_id <> all(array[k.account_id, p.account_id, e.account_id]) or e.campaign_id <> k.id or e.contact_id <> p.id`,
}

/** After a beat of cron nothing is past its time. */
export const overdue: Readonly<Record<string, string>> = {
  'a reserved call outlived its lease': `select id from public.calls where state = 'reserved' and lease_until < private.now()`,
  'a dial nobody heard of is not being asked about': `select id from public.calls where state = 'dialing' and lease_until < private.now()`,
  'a slot is held past its time': `select id from public.calls where state in ('dialing', 'unknown', 'ringing', 'in_progress')
    and dialled_at + make_interval(secs => reserved_seconds) + interval '3 minutes' < private.now()`,
  'a reservation is held for more than a day': `select id from public.calls where settled_at is null and dialled_at < private.now() - interval '24 hours'
    and dialled_at + make_interval(secs => reserved_seconds) + interval '3 minutes' < private.now()`,
  'a scheduled campaign did not start': `select id from public.campaigns where status = 'scheduled' and launch_at <= private.now()`,
  'a campaign goes on past its end': `select id from public.campaigns where status = 'active' and ends_at <= private.now()`,
}

/** The earliest instant at which a beat has something to do; beats before it write nothing. */
export const nextWork = `
  select extract(epoch from least(
    (select min(greatest(a.next_at, l.hold_until, l.next_dial_at - interval '19 seconds')) from engine.accounts a join engine.provider_lines l on l.id = a.provider_line_id
      where a.next_at is not null and l.in_flight < l.tokens),
    (select min(case when c.state in ('reserved', 'dialing') then c.lease_until
      when c.state in ('unknown', 'ringing', 'in_progress') then c.dialled_at + make_interval(secs => c.reserved_seconds) + interval '180 seconds'
      else c.dialled_at + interval '24 hours' end) from public.calls c where c.settled_at is null),
    (select min(greatest(case when c.state in ('ringing', 'in_progress') then c.dialled_at + make_interval(secs => c.reserved_seconds) + interval '60 seconds'
      when c.state = 'ended' then least(c.ended_at + interval '60 seconds', c.dialled_at + make_interval(secs => c.reserved_seconds) + interval '180 seconds') end,
      c.checked_at + greatest(interval '15 seconds', (c.checked_at - c.dialled_at) / 59), c.dialled_at))
      from public.calls c where c.settled_at is null and c.state in ('unknown', 'ended', 'ringing', 'in_progress')),
    (select min(c.checked_at + greatest(interval '15 seconds', (c.checked_at - c.dialled_at) / 59)) from public.calls c where c.found_late_at > private.now() - interval '24 hours'
      and c.provider_call_id is not null and not exists (select from engine.repairs r where r.call_id = c.id and r.kind = 'late_settled')),
    (select min(k.launch_at) from public.campaigns k where k.status = 'scheduled'), (select min(k.ends_at) from public.campaigns k where k.status = 'active'),
    (select min(greatest(o.due_at, o.lease_until)) from engine.outbox o where o.done_at is null and o.quarantined_at is null),
    case when exists (select from engine.provider_events e where e.processed_at is null and e.quarantined_at is null)
      or exists (select from engine.campaigns h where h.judge_from is not null or h.changed_at is not null) then private.now() end)) * 1000 as at`
