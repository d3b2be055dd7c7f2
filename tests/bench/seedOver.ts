/** What is over: a call today that nobody answered, for everybody enrolled, and half as many numbers on the lists. */
import type { TestDatabase } from '../support/database.ts'

/** In the shape that settlement and the commands give them, the rollup included. */
export async function seedOver(db: TestDatabase): Promise<void> {
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`create temp table called on commit drop as
      select e.account_id, e.campaign_id, e.id as enrolment_id, e.contact_id, p.phone
      from public.enrolments e join public.contacts p on p.id = e.contact_id`
    await sql`
      insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone,
        state, reserved_seconds, billing_increment_seconds, billed_seconds, lease_until, dial_at, dialled_at, settled_at, outcome, rule_version)
      select d.account_id, d.campaign_id, d.enrolment_id, d.contact_id, k.assistant_version_id, l.phone_number_id, l.id, d.phone,
        'settled', 300, 60, 0, private.now(), private.now(), private.now(), private.now(), 'no_answer', 1
      from called d join public.campaigns k on k.id = d.campaign_id
      join engine.accounts a on a.account_id = d.account_id join engine.provider_lines l on l.id = a.provider_line_id`
    await sql`
      insert into public.daily_stats (account_id, day, campaign_id, assistant_version_id, outcome, calls_count)
      select d.account_id, (private.now() at time zone a.time_zone)::date, d.campaign_id, k.assistant_version_id, 'no_answer', count(*)
      from called d join public.accounts a on a.id = d.account_id join public.campaigns k on k.id = d.campaign_id
      group by d.account_id, a.time_zone, d.campaign_id, k.assistant_version_id`
    // Numbers of no contact: nobody on the list waits to be called.
    await sql`
      insert into public.do_not_call (account_id, phone, source)
      select d.account_id, '+1404' || lpad((row_number() over ())::text, 7, '0'), 'import' from called d where right(d.phone, 1) in ('0', '2', '4', '6', '8')`
  })
}
