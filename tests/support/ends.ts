/** What must hold once nothing goes wrong any more, as queries: each must find nothing. Simulation and stress ask them alike. */
export const ENDS: Readonly<Record<string, string>> = {
  'a call never ended': `select id, state, dialled_at from public.calls where settled_at is null`,
  'a slot was kept': `select account_id::text as owner from engine.accounts where in_flight <> 0 union all select campaign_id::text from engine.campaigns where in_flight <> 0
    union all select id::text from engine.provider_lines where in_flight <> 0`,
  'a reservation was kept': `select account_id from engine.accounts where reserved_seconds <> 0`,
  'an event was never processed': `select id from engine.provider_events where processed_at is null and quarantined_at is null`,
  'an event was set apart': `select id, error, event ->> 'type' as type from engine.provider_events where quarantined_at is not null`,
  'a contact of a running campaign waits for ever': `select e.id, e.status, q.due_at, q.rank, q.wait_reason, l.next_at, l.wait_reason as lane_waits, a.wait_reason as account_waits from public.enrolments e
    join public.campaigns k on k.id = e.campaign_id left join engine.dial_queue q on q.enrolment_id = e.id left join engine.lanes l on l.id = q.lane_id
    left join engine.accounts a on a.account_id = e.account_id where e.status in ('waiting', 'calling') and k.status = 'active'`,
  'a job was neither done nor given up': `select id, kind, tries, due_at from engine.outbox where done_at is null and quarantined_at is null`,
  'a recording is waited for': `select id from public.calls where recording_state = 'pending'`,
  'a finished campaign still counts as running': `select campaign_id from engine.campaigns where is_active and unfinished_count = 0`,
}
