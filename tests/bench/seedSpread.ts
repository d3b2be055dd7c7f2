/**
 * Many accounts with many running campaigns: copies of one that the commands made, written by set-based SQL. Everything that the
 * commands would have written is there (rules, hours, minutes with their posting), so that the promises hold.
 */
import type { TestDatabase } from '../support/database.ts'
import { seedCampaigns } from './seed.ts'

/** Minutes were bought, so that each call has a price: 40 cents a minute. */
const MICROS_PER_SECOND = 6_667

interface Spread { accounts: number, campaignsEach: number, contactsEach: number }

/** Beside the first account, whose one contact is due like all the others. */
export async function seedSpread(db: TestDatabase, { accounts, campaignsEach, contactsEach }: Spread): Promise<void> {
  await seedCampaigns(db, { accounts: 1, contactsEach: 1 })
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`create temp table pattern on commit drop as select k.*, e.contact_id, h.maximum_seconds, l.time_zone as lane_zone, l.region as lane_region
      from public.campaigns k join engine.campaigns h on h.campaign_id = k.id join public.enrolments e on e.campaign_id = k.id
      join engine.lanes l on l.campaign_id = k.id limit 1`
    await sql`create temp table made on commit drop as select gen_random_uuid() as account_id, n from generate_series(1, ${accounts}::int) n`
    await copyAccounts(sql)
    await sql`create temp table made_campaigns on commit drop as
      select m.account_id, m.n, c, gen_random_uuid() as campaign_id from made m cross join generate_series(1, ${campaignsEach}::int) c`
    await copyCampaigns(sql, contactsEach)
    await sql`create temp table people on commit drop as
      select m.account_id, m.campaign_id, p.position, gen_random_uuid() as contact_id, gen_random_uuid() as enrolment_id,
        '+1202' || lpad(((m.c - 1) * ${contactsEach}::int + p.position)::text, 7, '0') as phone
      from made_campaigns m cross join generate_series(1, ${contactsEach}::int) p (position)`
    await copyPeople(sql)
  })
  await db.admin`vacuum (analyze)`
}

type Transaction = Parameters<Parameters<TestDatabase['admin']['begin']>[1]>[0]

async function copyAccounts(sql: Transaction): Promise<void> {
  await sql`insert into public.accounts (id, name, time_zone, plan_id, created_by)
    select m.account_id, 'Company ' || m.n, a.time_zone, a.plan_id, a.created_by from made m cross join pattern k join public.accounts a on a.id = k.account_id`
  await sql`insert into public.account_rules (account_id) select account_id from made`
  await sql`insert into engine.accounts (account_id, concurrency_max, billing_increment_seconds, provider_line_id, balance_seconds, value_micros, ledger_version, next_at)
    select m.account_id, a.concurrency_max, a.billing_increment_seconds, a.provider_line_id, a.balance_seconds, a.balance_seconds * ${MICROS_PER_SECOND}, 1, private.now()
    from made m cross join pattern k join engine.accounts a on a.account_id = k.account_id`
  await sql`insert into public.ledger_entries (account_id, account_version, kind, delta_seconds, balance_after, value_micros)
    select a.account_id, 1, 'purchase', a.balance_seconds, a.balance_seconds, a.value_micros from engine.accounts a join made m on m.account_id = a.account_id`
}

async function copyCampaigns(sql: Transaction, contactsEach: number): Promise<void> {
  await sql`insert into public.campaigns (id, account_id, name, status, assistant_id, assistant_version_id, time_zone, max_attempts, started_at)
    select m.campaign_id, m.account_id, 'Campaign ' || m.c, 'active', k.assistant_id, k.assistant_version_id, k.time_zone, k.max_attempts, k.started_at
    from made_campaigns m cross join pattern k`
  await sql`insert into public.campaign_windows (campaign_id, account_id, weekday, opens_at, closes_at)
    select m.campaign_id, m.account_id, w.weekday, w.opens_at, w.closes_at
    from made_campaigns m cross join pattern k join public.campaign_windows w on w.campaign_id = k.id`
  await sql`insert into engine.campaigns (campaign_id, account_id, is_active, maximum_seconds, waiting_count, next_position)
    select m.campaign_id, m.account_id, true, k.maximum_seconds, ${contactsEach}::int, ${contactsEach}::int + 1 from made_campaigns m cross join pattern k`
  await sql`insert into engine.lanes (campaign_id, account_id, time_zone, region, next_at)
    select m.campaign_id, m.account_id, k.lane_zone, k.lane_region, private.now() from made_campaigns m cross join pattern k`
}

async function copyPeople(sql: Transaction): Promise<void> {
  await sql`insert into public.contacts (id, account_id, phone, name, time_zone, time_zone_source, region)
    select p.contact_id, p.account_id, p.phone, 'Person ' || p.position, c.time_zone, c.time_zone_source, c.region
    from people p cross join pattern k join public.contacts c on c.id = k.contact_id`
  await sql`insert into public.consents (account_id, contact_id, basis, purposes, channel, given_at)
    select p.account_id, p.contact_id, 'express_written', enum_range(null::public.campaign_purpose), 'web_form', private.now() from people p`
  await sql`insert into public.enrolments (id, account_id, campaign_id, contact_id, position)
    select p.enrolment_id, p.account_id, p.campaign_id, p.contact_id, p.position from people p`
  await sql`insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone)
    select l.id, 2, h.due_at, p.position, p.enrolment_id, 1, p.phone
    from people p join engine.lanes l on l.campaign_id = p.campaign_id join engine.campaigns h on h.campaign_id = p.campaign_id`
}
