/**
 * A company with very many contacts, as years of imports and campaigns leave them: written by set-based SQL in the shape that the
 * commands give them. Days, zones, tags, lists, campaigns and outcomes are spread over all of them.
 */
import { createCampaign } from '../factories/campaign.ts'
import { createList, createTag } from '../factories/group.ts'
import type { TestAccount } from '../factories/account.ts'
import type { TransactionSql } from 'postgres'
import type { TestDatabase } from '../support/database.ts'
import { rollUpCalls } from './seedOver.ts'

export interface SeededContacts {
  /** Of a fifth of the contacts, of every twentieth thousandth, and of half of them. */
  tagId: string
  rareTagId: string
  listId: string
  /** A running one with six of ten contacts, a paused one with two of ten. */
  campaignIds: string[]
}

const FIRST = ['Ada', 'Grace', 'Jonas', 'Maria', 'Ivan', 'Chen', 'Fatima', 'Olu', 'Pia', 'Tom', 'Zoë', 'Kim']
const LAST = ['Smith', 'Miller', 'Berger', 'Okafor', 'Nguyen', 'Garcia', 'Kowalski', 'Rossi', 'Silva', 'Yamada', 'Haddad', 'Lindqvist', 'O\'Neil']
const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']

export async function seedContacts(db: TestDatabase, account: TestAccount, count: number): Promise<SeededContacts> {
  const { owner, accountId } = account
  const campaignIds = [(await createCampaign(account, { contacts: 1 })).campaignId, (await createCampaign(account, { contacts: 1 })).campaignId]
  await owner.rpc('start_campaign', { campaign_id: campaignIds[0] })
  const listId = await createList(account, { name: 'Customers' })
  const seeded = { tagId: await createTag(account, 'Warm'), rareTagId: await createTag(account, 'Rare'), listId, campaignIds }
  await db.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`
    await sql`set local maintenance_work_mem = '256MB'`
    await sql`create temp table made on commit drop as
      select n, (lpad(to_hex((extract(epoch from private.now()) * 1000)::bigint - (${count}::bigint - n) * (31536000000 / ${count}::bigint)), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0')
        || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid as id, private.now() - (${count}::int - n) * (interval '365 days' / ${count}::int) as created_at
      from generate_series(1, ${count}::int) n`
    const indexes = await sql.unsafe(`select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid = 'public.contacts'::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`)
    for (const { name } of indexes) await sql.unsafe(`drop index ${name as string}`)
    await sql`insert into public.contacts (id, account_id, phone, name, email, company, time_zone, time_zone_source, region, has_consent, created_at, updated_at)
      select m.id, ${accountId}, '+1303' || lpad(m.n::text, 7, '0'), (${FIRST}::text[])[1 + m.n % 12] || ' ' || case when m.n % 50000 = 7 then 'Nakamura' else (${LAST}::text[])[1 + m.n / 12 % 13] end,
        'person' || m.n || '@example.com', case when m.n % 3 = 0 then '' else 'Acme ' || m.n % 5000 end,
        case when m.n % 20000 = 3 then 'Pacific/Honolulu' when m.n % 101 <> 0 then (${ZONES}::text[])[1 + m.n % 4] end,
        case when m.n % 101 <> 0 or m.n % 20000 = 3 then 'file'::public.time_zone_source end, 'US-CO', m.n % 97 <> 0, m.created_at, m.created_at
      from made m order by m.n`
    for (const { definition } of indexes) await sql.unsafe(definition as string)
    await sql`insert into public.contact_tags (tag_id, contact_id, account_id) select ${seeded.tagId}::uuid, m.id, ${accountId}::uuid from made m where m.n % 5 = 0
      union all select ${seeded.rareTagId}, m.id, ${accountId} from made m where m.n % 20000 = 11`
    await sql`insert into public.contact_list_members (list_id, contact_id, account_id) select ${listId}, m.id, ${accountId} from made m where m.n % 2 = 0`
    await sql`insert into public.consents (account_id, contact_id, basis, purposes, channel, given_at)
      select ${accountId}, m.id, 'express', '{sales}', 'web_form', m.created_at from made m where m.n % 97 <> 0`
    // Six of ten in the running campaign: half of them reached, some exhausted, the others wait; two of ten wait in one that is not running.
    await sql`insert into public.enrolments (account_id, campaign_id, contact_id, position, status, outcome)
      select ${accountId}::uuid, ${campaignIds[0]!}::uuid, m.id, m.n + 10, case when m.n % 10 < 3 then 'reached' when m.n % 100 = 4 then 'exhausted' else 'waiting' end::public.enrolment_status,
        case when m.n % 10 < 3 then 'answered' when m.n % 100 = 4 then 'busy' end::public.call_outcome from made m where m.n % 10 < 6
      union all
      select ${accountId}, ${campaignIds[1]!}, m.id, m.n + 10, 'waiting', null from made m where m.n % 10 in (6, 7)`
    await sql`insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone, state, reserved_seconds,
        billing_increment_seconds, billed_seconds, lease_until, dial_at, dialled_at, account_dialled_at, settled_at, outcome, disposition, rule_version, price_micros, created_at)
      select e.account_id, e.campaign_id, e.id, e.contact_id, k.assistant_version_id, l.phone_number_id, l.id, '+1303' || lpad(m.n::text, 7, '0'), 'settled', 300, 60, 0, at.at, at.at, at.at, at.at at time zone c.time_zone, at.at, e.outcome,
        case when m.n % 1000 = 1 then 'interested'::public.call_disposition end, 1, 0, at.at
      from public.enrolments e join made m on m.id = e.contact_id join public.campaigns k on k.id = e.campaign_id
      join public.accounts c on c.id = e.account_id
      cross join lateral (select private.now() - m.n % 100000 * interval '1 second' as at) at
      join engine.accounts a on a.account_id = e.account_id join engine.provider_lines l on l.id = a.provider_line_id
      where e.outcome is not null`
    await queueAndCount(sql, campaignIds)
    await sql`insert into public.do_not_call (account_id, phone, source) select ${accountId}, '+1303' || lpad(m.n::text, 7, '0'), 'import' from made m where m.n % 200 = 9`
  })
  await db.admin`vacuum (analyze)`
  return seeded
}

/** Who waits is in the queue, beside the one whom the commands enrolled; and the counters and the rollup say what is there. */
async function queueAndCount(sql: TransactionSql, campaignIds: string[]): Promise<void> {
  // Planned without figures, the million would be read once for each who waits.
  await sql`analyze public.contacts, public.enrolments, engine.dial_queue`
  await sql`
    with lanes as (select distinct on (l.campaign_id) l.campaign_id, d.lane_id, d.rank, d.due_at from engine.lanes l join engine.dial_queue d on d.lane_id = l.id)
    insert into engine.dial_queue (lane_id, rank, due_at, position, enrolment_id, attempt_no, phone)
    select q.lane_id, q.rank, q.due_at, e.position, e.id, 1, p.phone
    from public.enrolments e join public.contacts p on p.id = e.contact_id join lanes q on q.campaign_id = e.campaign_id
    where e.campaign_id = any(${campaignIds}::uuid[]) and e.status = 'waiting' and not exists (select from engine.dial_queue x where x.enrolment_id = e.id)`
  await sql`
    update engine.campaigns h set waiting_count = n.waiting, reached_count = n.reached, exhausted_count = n.exhausted, next_position = n.last + 1
    from (select e.campaign_id, count(*) filter (where e.status = 'waiting') as waiting, count(*) filter (where e.status = 'reached') as reached,
        count(*) filter (where e.status = 'exhausted') as exhausted, max(e.position) as last
      from public.enrolments e where e.campaign_id = any(${campaignIds}::uuid[]) group by 1) n
    where h.campaign_id = n.campaign_id`
  await rollUpCalls(sql)
}
