/** What is over: a call today that nobody answered, for everybody enrolled, and half as many numbers on the lists. */
import type { Sql } from 'postgres'
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
        state, reserved_seconds, billing_increment_seconds, billed_seconds, lease_until, dial_at, dialled_at, account_dialled_at, settled_at, outcome, rule_version, price_micros)
      select d.account_id, d.campaign_id, d.enrolment_id, d.contact_id, k.assistant_version_id, l.phone_number_id, l.id, d.phone,
        'settled', 300, 60, 0, private.now(), private.now(), private.now(), private.now() at time zone c.time_zone, private.now(), 'no_answer', 1, 0
      from called d join public.campaigns k on k.id = d.campaign_id join public.accounts c on c.id = d.account_id
      join engine.accounts a on a.account_id = d.account_id join engine.provider_lines l on l.id = a.provider_line_id`
    await rollUpCalls(sql)
    // Numbers of no contact: nobody on the list waits to be called.
    await sql`
      insert into public.do_not_call (account_id, phone, source)
      select d.account_id, '+1404' || lpad((row_number() over ())::text, 7, '0'), 'import' from called d where right(d.phone, 1) in ('0', '2', '4', '6', '8')`
  })
}

/** More calls of today for the people of one campaign, until it has so many: for what sums up calls, not for what reads people. */
export async function seedHistory(db: TestDatabase, campaignId: string, calls: number): Promise<void> {
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`set local maintenance_work_mem = '256MB'`
    // Beside the table: read from itself, it would be read again with all that was added.
    await sql`create temp table first_calls on commit drop as select * from public.calls where campaign_id = ${campaignId}`
    await withoutIndexes(sql, () => sql`
      insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone,
        attempt_no, state, is_counted, reserved_seconds, billing_increment_seconds, billed_seconds, lease_until, dial_at, dialled_at, account_dialled_at, settled_at, outcome,
        rule_version, price_micros, created_at)
      select c.account_id, c.campaign_id, c.enrolment_id, c.contact_id, c.assistant_version_id, c.phone_number_id, c.provider_line_id, c.phone,
        n, c.state, false, c.reserved_seconds, c.billing_increment_seconds, c.billed_seconds, c.lease_until, c.dial_at, c.dialled_at, c.account_dialled_at, c.settled_at, c.outcome,
        c.rule_version, c.price_micros, c.created_at
      from first_calls c cross join generate_series(2, ${calls}::int / greatest((select count(*)::int from first_calls), 1)) n`)
    await rollUpCalls(sql)
  })
  await db.admin`vacuum (analyze) public.calls`
}

/** The statistics of calls that were written beside the commands, as settlement would have kept them. */
export async function rollUpCalls(sql: Pick<Sql, 'unsafe'>): Promise<void> {
  await sql.unsafe('truncate public.daily_stats, public.hourly_stats, public.contact_hour_stats')
  await sql.unsafe('select private.roll_up(array(select id from public.calls where settled_at is not null))')
}

/** An index is built in a tenth of the time that it takes to follow millions of rows; those of constraints stay. */
export async function withoutIndexes(sql: Pick<Sql, 'unsafe'>, work: () => PromiseLike<unknown>): Promise<void> {
  const indexes = await sql.unsafe(`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
    where i.indrelid = 'public.calls'::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`)
  for (const { name } of indexes) await sql.unsafe(`drop index ${name as string}`)
  await work()
  for (const { definition } of indexes) await sql.unsafe(definition as string)
}
