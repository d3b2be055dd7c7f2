/**
 * How long it takes from somebody's wish not to be called until the last attempt at them is gone, beside a million queued rows:
 * each stands in ten further campaigns, and is about to be dialled or on the line. The commit is the moment: no dial can start after it.
 */
import { randomUUID } from 'node:crypto'
import { createCampaign } from '../factories/campaign.ts'
import type { TestDatabase } from '../support/database.ts'
import { atMost, percentile, reported, type Figure, type Scale } from './measure.ts'
import { seedCampaigns } from './seed.ts'
import { withDatabase, withServer } from './server.ts'

const SIZES = { smoke: { rows: 1_000, people: 10 }, small: { rows: 100_000, people: 40 }, full: { rows: 1_000_000, people: 100 } }
const FURTHER_CAMPAIGNS = 10
const P95_MAX_MS = 1_000

interface Person { id: string, contact_id: string, phone: string, account_id: string }

export async function measureOptOut(scale: Scale): Promise<Figure[]> {
  const { rows, people } = SIZES[scale]
  const { byHand, byTool } = await withServer((bench) => withDatabase(bench, async (db) => {
    const [seeded] = await seedCampaigns(db, { accounts: 1, contactsEach: rows })
    const account = seeded!.account
    const claimed = await claimPeople(db, people)
    await enrolEverywhere(account, claimed)
    const [reserved, live] = [claimed.slice(0, people / 2), claimed.slice(people / 2)]
    for (const person of live) await putOnTheLine(db, person)
    const byTool = await timeEach(db, live, (person) => db.asService().rpc('answer_tool_calls', { event: toolCall(person), body: {} }))
    const byHand = await timeEach(db, reserved, ({ account_id, phone }) => account.owner.rpc('opt_out_number', { account_id, phone }))
    return { byHand, byTool }
  }))
  const beside = `${FURTHER_CAMPAIGNS} campaigns, ${rows.toLocaleString('en')} queued rows`
  return ([['by hand, reserved', byHand], ['by tool call, on the line', byTool]] as const).map(([how, times]) => {
    const p95 = percentile(times, 95)
    return atMost(reported(`opt-out ${how} → last attempt gone, p95; ${beside}`, p95, 'ms'), P95_MAX_MS, p95)
  })
}

async function claimPeople(db: TestDatabase, count: number): Promise<Person[]> {
  const reservedCount = async () => Number((await db.sql`select count(*) from public.calls`)[0]?.count)
  for (let claims = 0; claims < count && await reservedCount() < count; claims++) await db.asService().rpc('claim_calls', { batch_size: count - await reservedCount() })
  // The measurement may take longer than a lease, and nobody dispatches meanwhile.
  await db.sql`update public.calls set lease_until = lease_until + interval '1 hour', dial_at = private.now()`
  const claimed = await db.sql<Person[]>`select id, contact_id, phone, account_id from public.calls where state = 'reserved' order by phone`
  if (claimed.length !== count) throw new Error(`${claimed.length} calls were claimed instead of ${count}`)
  return claimed
}

async function enrolEverywhere(account: Parameters<typeof createCampaign>[0], people: Person[]): Promise<void> {
  for (let number = 0; number < FURTHER_CAMPAIGNS; number++) {
    const { campaignId } = await createCampaign(account, { contacts: [] })
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: people.map((person) => person.contact_id) })
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  }
}

async function putOnTheLine(db: TestDatabase, { id }: Person): Promise<void> {
  await db.asService().rpc('begin_dial', { call_id: id })
  await db.asService().rpc('record_dial', { call_id: id, result: { kind: 'accepted', provider_call_id: id } })
}

function toolCall({ id }: Person): Record<string, unknown> {
  return { provider: 'vapi', dedupe_key: randomUUID(), type: 'tool-calls', is_report: false, provider_call_id: id, tools: [{ id: 't1', name: 'opt_out', arguments: {} }] }
}

/** Milliseconds of each; an attempt that is left makes the measurement void. */
async function timeEach(db: TestDatabase, people: Person[], optOut: (person: Person) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (const person of people) {
    const began = performance.now()
    await optOut(person)
    times.push(performance.now() - began)
    const [left] = await db.sql`select (select count(*)::int from engine.dial_queue q join public.enrolments e on e.id = q.enrolment_id where e.contact_id = ${person.contact_id})
      + (select count(*)::int from public.calls where phone = ${person.phone} and state = 'reserved') as attempts, exists (select from public.do_not_call where phone = ${person.phone}) as is_listed`
    if (left?.attempts !== 0 || left.is_listed !== true) throw new Error(`an opt-out left ${String(left?.attempts)} attempts`)
  }
  return times
}
