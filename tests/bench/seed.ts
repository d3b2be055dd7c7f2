/**
 * Many rows in the shape that the product's commands give them, written by set-based SQL: an account, its assistant and its
 * campaign are made by the commands themselves, contacts, enrolments and queue rows by the hundred thousand beside them.
 */
import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign, type TestCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'

const MINUTES_EACH = 10_000_000

interface SeededCampaign extends TestCampaign { account: TestAccount }
interface SeedOptions { accounts: number, contactsEach: number }

/** Running campaigns, one an account, with everything due; nothing but the work itself limits how fast they are dialled. */
export async function seedCampaigns(db: TestDatabase, { accounts, contactsEach }: SeedOptions): Promise<SeededCampaign[]> {
  await widenLine(db.admin)
  const campaigns: SeededCampaign[] = []
  for (let number = 0; number < accounts; number++) {
    const account = await openAccount(db)
    await db.sql`select private.post_entry(${account.accountId}, 'grant', ${MINUTES_EACH * 60}, ${randomUUID()}, 'Minutes to measure with')`
    await db.sql`update engine.accounts set concurrency_max = 1000000 where account_id = ${account.accountId}`
    const campaign = await createCampaign(account, { contacts: 1 })
    await enrolMany(db, campaign.campaignId, contactsEach - 1)
    await account.owner.rpc('start_campaign', { campaign_id: campaign.campaignId })
    campaigns.push({ ...campaign, account })
  }
  await db.admin`vacuum (analyze)`
  return campaigns
}

/** A provider that takes everything at once: the line is not what is measured. */
export async function widenLine(sql: Sql): Promise<void> {
  await sql`update engine.provider_lines set concurrency_max = 1000000, tokens = 1000000, calls_per_second = 1000000 where account_id is null`
}

/** Copies of one of the campaign's contacts with numbers of their own, enrolled and queued behind it. Counters are written once, not per row. */
export async function enrolMany(db: TestDatabase, campaignId: string, count: number, firstNumber = 1): Promise<void> {
  await db.admin.begin(async (sql) => {
    // Foreign keys and row counters are asked afterwards, by the invariants, instead of a million times.
    await sql`set local session_replication_role = replica`
    await withoutSearchIndex(sql, () => sql`
      with template as (
        select p.account_id, p.time_zone, p.time_zone_source, p.region from public.enrolments e join public.contacts p on p.id = e.contact_id
        where e.campaign_id = ${campaignId} limit 1
      ), made_contacts as (
        insert into public.contacts (account_id, phone, name, time_zone, time_zone_source, region)
        select t.account_id, '+1303' || lpad(n::text, 7, '0'), 'Person ' || n, t.time_zone, t.time_zone_source, t.region
        from template t cross join generate_series(${firstNumber}::int, ${firstNumber + count - 1}::int) n
        returning id, account_id, phone
      ), made_consents as (
        insert into public.consents (account_id, contact_id, basis, purposes, channel, given_at)
        select m.account_id, m.id, 'express_written', enum_range(null::public.campaign_purpose), 'web_form', private.now() from made_contacts m
      ), made_enrolments as (
        insert into public.enrolments (account_id, campaign_id, contact_id, position)
        select m.account_id, ${campaignId}, m.id, h.next_position - 1 + row_number() over ()
        from made_contacts m cross join (select next_position from engine.campaigns where campaign_id = ${campaignId}) h
        returning id, contact_id, position
      )
      insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone)
      select q.lane_id, q.rank, q.due_at, e.position, e.id, q.attempt_no, m.phone
      from made_enrolments e join made_contacts m on m.id = e.contact_id
      cross join (select d.* from engine.dial_queue d join engine.lanes l on l.id = d.lane_id where l.campaign_id = ${campaignId} and d.rank = 2 limit 1) q`)
    await sql`update engine.campaigns set waiting_count = waiting_count + ${count}::int, next_position = next_position + ${count}::int
      where campaign_id = ${campaignId}`
  })
}

/** The trigram index of the contacts' search costs most of a large seed and is nothing that a claim touches: built again at the end. */
async function withoutSearchIndex(sql: Pick<Sql, 'unsafe'>, work: () => PromiseLike<unknown>): Promise<void> {
  const [index] = await sql.unsafe(`select pg_get_indexdef('public.contacts_search'::regclass) as definition`)
  await sql.unsafe('drop index public.contacts_search')
  await work()
  await sql.unsafe(String(index?.definition))
}

/** Companies that have no work now and their campaigns, running with nobody left to call: what the claim must not look at. */
export async function seedIdle(db: TestDatabase, count: number): Promise<void> {
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`
      with pattern as (
        select k.*, a.name as account_name, a.plan_id, a.created_by as opened_by, h.concurrency_max, h.billing_increment_seconds, h.provider_line_id
        from public.campaigns k join public.accounts a on a.id = k.account_id join engine.accounts h on h.account_id = a.id limit 1
      ), made_accounts as (
        insert into public.accounts (name, plan_id, created_by)
        select 'Idle ' || n, p.plan_id, p.opened_by from pattern p cross join generate_series(1, ${count}::int) n returning id
      ), engine_accounts as (
        insert into engine.accounts (account_id, concurrency_max, billing_increment_seconds, provider_line_id)
        select m.id, p.concurrency_max, p.billing_increment_seconds, p.provider_line_id from made_accounts m cross join pattern p
      ), made_campaigns as (
        insert into public.campaigns (account_id, name, status, assistant_id, assistant_version_id, started_at)
        select m.id, 'Idle', 'active', p.assistant_id, p.assistant_version_id, p.started_at from made_accounts m cross join pattern p
        returning id, account_id
      ), engine_campaigns as (
        insert into engine.campaigns (campaign_id, account_id, is_active) select m.id, m.account_id, true from made_campaigns m
      )
      insert into engine.lanes (campaign_id, account_id, time_zone, region) select m.id, m.account_id, 'America/New_York', 'US' from made_campaigns m`
  })
  await db.admin`vacuum (analyze)`
}
