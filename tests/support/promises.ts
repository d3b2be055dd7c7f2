/** The promises as queries: each must find nothing. Tests and the bench ask them alike. */
const LIVE = `('reserved', 'dialing', 'unknown', 'ringing', 'in_progress')`

export const INVARIANTS: Record<string, string> = {
  'an account counts exactly its live calls': `select a.account_id from engine.accounts a
    left join (select account_id, count(*) as live from public.calls where state in ${LIVE} group by 1) c on c.account_id = a.account_id
    where a.in_flight <> coalesce(c.live, 0)`,
  'a campaign counts exactly its live calls': `select h.campaign_id from engine.campaigns h
    left join (select campaign_id, count(*) as live from public.calls where state in ${LIVE} group by 1) c on c.campaign_id = h.campaign_id
    where h.in_flight <> coalesce(c.live, 0)`,
  'a line counts exactly its live calls': `select l.id from engine.provider_lines l
    where l.in_flight <> (select count(*) from public.calls c where c.provider_line_id = l.id and c.state in ${LIVE})`,
  'no account is above its cap': 'select account_id from engine.accounts where in_flight > concurrency_max',
  'reservations are those of unsettled calls': `select a.account_id from engine.accounts a
    left join (select account_id, sum(reserved_seconds) as seconds from public.calls where settled_at is null group by 1) c on c.account_id = a.account_id
    where a.reserved_seconds <> coalesce(c.seconds, 0)`,
  'a campaign holds the reservations of its unsettled calls': `select h.campaign_id from engine.campaigns h
    left join (select campaign_id, sum(reserved_seconds) as seconds from public.calls where settled_at is null group by 1) c on c.campaign_id = h.campaign_id
    where h.reserved_seconds <> coalesce(c.seconds, 0)`,
  'the balance is the sum of the ledger': `select a.account_id from engine.accounts a
    left join (select account_id, sum(delta_seconds) as seconds from public.ledger_entries group by 1) l on l.account_id = a.account_id
    where a.balance_seconds <> coalesce(l.seconds, 0)`,
  'ledger versions have no gap and balances chain': `select l.id from (select l.*, lag(l.balance_after, 1, 0::bigint) over w as before, row_number() over w as place
      from public.ledger_entries l window w as (partition by l.account_id order by l.account_version)) l
    where l.balance_after <> l.before + l.delta_seconds or l.account_version <> l.place`,
  'the value of a balance is the sum of what its postings moved': `select a.account_id from engine.accounts a
    left join (select account_id, sum(value_micros) as value from public.ledger_entries group by 1) l on l.account_id = a.account_id
    where a.value_micros <> coalesce(l.value, 0)`,
  'the price of a call is what it took of the value': `select c.id from public.calls c left join public.ledger_entries l on l.call_id = c.id and l.kind = 'consume'
    where coalesce(c.price_micros, 0) <> -coalesce(l.value_micros, 0)`,
  'a paid order is credited once, any other never': `select o.id from public.orders o where (o.status = 'paid')::int
    <> (select count(*) from public.ledger_entries l where l.order_id = o.id and l.kind = 'purchase' and l.ref = o.id::text and l.delta_seconds = o.seconds + o.bonus_seconds)`,
  'an order keeps what was neither given back nor disputed': `select o.id from public.orders o
    cross join lateral (select o.seconds + o.bonus_seconds as seconds) bought
    where o.status = 'paid' and (select sum(l.delta_seconds) from public.ledger_entries l where l.order_id = o.id)
      <> greatest(0, bought.seconds - bought.seconds::bigint * o.refunded_cents / o.amount_cents - bought.seconds::bigint * o.disputed_cents / o.amount_cents)`,
  'invoice numbers have no gap': `select 1 from (select count(o.invoice_no) as given, coalesce(max(o.invoice_no), 0) as last from public.orders o) n
    cross join engine.invoice_numbers c where n.given <> n.last or n.last <> c.last_no`,
  'one order at most is bought by itself at a time': `select account_id from public.orders where kind = 'auto_top_up' and status in ('open', 'pending') group by 1 having count(*) > 1`,
  'nobody is below zero without a refund or dispute': `select a.account_id from engine.accounts a where a.balance_seconds < 0
    and not exists (select from public.ledger_entries l where l.account_id = a.account_id and l.kind in ('refund', 'dispute'))`,
  'a settled call with use has exactly one consume of its billed seconds': `select c.id from public.calls c
    where (c.billed_seconds > 0) and (select coalesce(sum(-l.delta_seconds), 0) from public.ledger_entries l where l.call_id = c.id and l.kind = 'consume') <> c.billed_seconds`,
  'an unsettled call costs nothing yet': `select l.id from public.ledger_entries l join public.calls c on c.id = l.call_id where l.kind = 'consume' and c.settled_at is null`,
  'an enrolment waits or is in a call, never both': `select q.enrolment_id from engine.dial_queue q join public.calls c on c.enrolment_id = q.enrolment_id and c.settled_at is null`,
  'whoever waits is in the queue': `select e.id from public.enrolments e where e.status = 'waiting' and not exists (select from engine.dial_queue q where q.enrolment_id = e.id)`,
  'whoever waits for a promised call waits at the head of the line': `select e.id from public.enrolments e join engine.dial_queue q on q.enrolment_id = e.id
    where e.callback_at is not null and q.rank <> 0`,
  'only who waits is in the queue': `select q.enrolment_id from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id where e.status <> 'waiting'`,
  'whoever is being called has an unsettled call': `select e.id from public.enrolments e where e.status = 'calling'
    and not exists (select from public.calls c where c.enrolment_id = e.id and c.settled_at is null)`,
  'campaign counters equal the rows': `select h.campaign_id from engine.campaigns h where row(h.waiting_count::bigint, h.calling_count::bigint, h.reached_count::bigint, h.exhausted_count::bigint, h.blocked_count::bigint, h.opted_out_count::bigint, h.removed_count::bigint)
    is distinct from (select row(count(*) filter (where e.status = 'waiting'), count(*) filter (where e.status = 'calling'), count(*) filter (where e.status = 'reached'),
      count(*) filter (where e.status = 'exhausted'), count(*) filter (where e.status = 'blocked'), count(*) filter (where e.status = 'opted_out'), count(*) filter (where e.status = 'removed'))
      from public.enrolments e where e.campaign_id = h.campaign_id)`,
  'a running campaign has somebody unfinished': `select k.id from public.campaigns k join engine.campaigns h on h.campaign_id = k.id where k.status = 'active' and h.unfinished_count = 0
    and exists (select from public.enrolments e where e.campaign_id = k.id)`,
  'a campaign runs in both halves or in none': `select k.id from public.campaigns k join engine.campaigns h on h.campaign_id = k.id where h.is_active <> (k.status = 'active')`,
  'the rollup equals the calls': `with kept as (
      select account_id, day, campaign_id, assistant_version_id, outcome, calls_count::bigint, positive_count::bigint, neutral_count::bigint, negative_count::bigint, talk_seconds, billed_seconds,
        price_micros
      from public.daily_stats
    ), made as (
      select account_id, account_dialled_at::date, campaign_id, assistant_version_id, outcome, count(*), count(*) filter (where private.is_positive(disposition)),
        count(*) filter (where disposition in ('information', 'callback', 'voicemail', 'no_conversation')), count(*) filter (where disposition in ('not_interested', 'do_not_call', 'wrong_number')),
        sum(talk_seconds)::bigint, sum(billed_seconds)::bigint, sum(price_micros)::bigint
      from public.calls where state = 'settled' and dialled_at is not null and kind <> 'verification' group by 1, 2, 3, 4, 5
    ) (table kept except table made) union all (table made except table kept)`,
  'the hours of the rollup equal the calls': `with kept as (
      select account_id, day, hour::int, campaign_id, calls_count::bigint, answered_count::bigint, positive_count::bigint, billed_seconds from public.hourly_stats
    ), made as (
      select c.account_id, c.account_dialled_at::date, extract(hour from c.account_dialled_at)::int, c.campaign_id,
        count(*), count(*) filter (where c.outcome = 'answered'), count(*) filter (where private.is_positive(c.disposition)), sum(c.billed_seconds)::bigint
      from public.calls c where c.state = 'settled' and c.dialled_at is not null and c.kind <> 'verification' group by 1, 2, 3, 4
    ) (table kept except table made) union all (table made except table kept)`,
  'the hours of the contacts\' weeks equal the calls': `with kept as (
      select account_id, day, campaign_id, weekday::int, hour::int, calls_count::bigint, answered_count::bigint, positive_count::bigint from public.contact_hour_stats
    ), made as (
      select c.account_id, c.account_dialled_at::date, c.campaign_id, extract(isodow from t.local)::int, extract(hour from t.local)::int,
        count(*), count(*) filter (where c.outcome = 'answered'), count(*) filter (where private.is_positive(c.disposition))
      from public.calls c cross join lateral (select coalesce(c.local_dialled_at, c.account_dialled_at) as local) t
      where c.state = 'settled' and c.dialled_at is not null and c.kind = 'campaign' group by 1, 2, 3, 4, 5
    ) (table kept except table made) union all (table made except table kept)`,
  'no listed number waits to be called': `select q.enrolment_id from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id
    join public.contacts p on p.id = e.contact_id join public.do_not_call n on n.account_id = p.account_id and n.phone = p.phone`,
  'no listed number has a live call that began after its listing': `select c.id from public.calls c join public.do_not_call n on n.account_id = c.account_id and n.phone = c.phone where c.dialled_at > n.created_at`,
  'nobody is dialled between what halts a campaign and what starts it again': `select c.id from public.calls c
    join (select l.subject_id, l.verb, l.created_at, lead(l.created_at, 1, 'infinity') over (partition by l.subject_id order by l.created_at, l.id) as next_at
      from public.activity_log l where l.verb in ('campaign.started', 'campaign.launched', 'campaign.resumed', 'campaign.reopened', 'campaign.paused', 'campaign.paused_by_rule', 'campaign.stopped')) s
    on s.subject_id = c.campaign_id and s.verb in ('campaign.paused', 'campaign.paused_by_rule', 'campaign.stopped')
    where c.dialled_at > s.created_at and c.dialled_at < s.next_at`,
  'an account counts exactly the calls of its day': `select a.account_id from engine.accounts a
    left join (select account_id, account_day, count(*) as calls from public.calls where is_counted group by 1, 2) c on c.account_id = a.account_id and c.account_day = a.day
    where a.dialled_on_day <> coalesce(c.calls, 0)`,
  'a campaign counts exactly the calls of its day': `select h.campaign_id from engine.campaigns h
    left join (select campaign_id, counted_day, count(*) as calls from public.calls where is_counted group by 1, 2) c on c.campaign_id = h.campaign_id and c.counted_day = h.day
    where h.dialled_on_day <> coalesce(c.calls, 0)`,
  'a dial lies inside the window it was allowed by': `select c.id from public.calls c where c.dial_facts is not null
    and ((c.dial_facts ->> 'open_until')::timestamptz > c.dialled_at) is not true`,
  'a dial has the consent it needed': `select c.id from public.calls c where c.dial_facts ? 'needed_consent' and not c.dial_facts ? 'consent_override'
    and not exists (select from public.consents n where n.id = c.consent_id and n.contact_id = c.contact_id and n.basis >= (c.dial_facts ->> 'needed_consent')::public.consent_basis
      and n.given_at <= c.dialled_at and (n.revoked_at is null or n.revoked_at > c.dialled_at))`,
  'no number is dialled sooner than the gap': `select c.id from public.calls c join public.calls b on b.account_id = c.account_id and b.phone = c.phone and b.id <> c.id and b.is_counted
    where c.dialled_at >= b.dialled_at and c.dialled_at < b.dialled_at + make_interval(secs => (c.dial_facts ->> 'minimum_gap_seconds')::int)`,
  'no number is dialled more often than the cap': `select c.id from public.calls c where (c.dial_facts ->> 'max_calls')::int <= (select count(*) from public.calls b
    where b.account_id = c.account_id and b.phone = c.phone and b.id <> c.id and b.is_counted and b.dialled_at <= c.dialled_at
      and b.dialled_at > c.dialled_at - make_interval(hours => (c.dial_facts ->> 'per_hours')::int))`,
}
