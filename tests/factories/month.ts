/**
 * A month of an account, generated from a seed and made by the commands: campaigns to people in several zones, midnights, a change of the
 * clocks, a move to another zone, dispositions that change later, tests, and calls that are no calls yet or never were.
 */
import { addMember, openAccount, type TestAccount } from './account.ts'
import { acceptedCall, beginCall, dialOne, processEvents, report, sendEvent } from './call.ts'
import { createCampaign, createContact, startedCampaign } from './campaign.ts'
import { createList } from './group.ts'
import { paidOrder } from './order.ts'
import { requestTest, verifiedNumber, versionOf } from './ownNumber.ts'
import type { Actor, TestDatabase } from '../support/database.ts'

export interface Month {
  account: TestAccount
  agent: { userId: string, actor: Actor }
  campaigns: { campaignId: string, assistantId: string }[]
  lists: string[]
  /** call → the account's zone when it was settled. */
  zones: Map<string, string>
}

const HOME = 'America/New_York'
const CONTACT_ZONES = [HOME, 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Kiritimati']
/** Edges: midnight at home, midnight elsewhere, both sides of the hour that New York skips, the first and the last minute of the month. */
const EDGES = [
  '2027-02-28T23:59:20-05:00', '2027-03-01T00:00:10-05:00', '2027-03-07T23:59:20-05:00', '2027-03-08T00:00:10-05:00', '2027-03-09T23:59:20+01:00', '2027-03-10T00:00:10+01:00',
  '2027-03-14T01:59:20-05:00', '2027-03-14T03:00:10-04:00', '2027-03-31T23:59:20-04:00', '2027-04-01T00:00:10-04:00',
]
const MOVED_AT = Date.parse('2027-03-18T12:00:00Z')
const BACK_AT = Date.parse('2027-03-22T12:00:00Z')

/** Pseudo-random, so that a failure can be repeated. */
function draws(seed: number) {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  const below = (count: number) => Math.floor(next() * count)
  return { chance: (share: number) => next() < share, one: <T>(list: readonly T[]): T => list[below(list.length)]!, below }
}

export async function setClock(db: TestDatabase, instant: string | number): Promise<void> {
  const [row] = await db.sql<{ ms: number }[]>`select (extract(epoch from ${new Date(instant).toISOString()}::timestamptz - private.now()) * 1000)::float8 as ms`
  await db.shiftClock(`${row!.ms} milliseconds`)
}

export async function livedMonth(db: TestDatabase, calls = 60): Promise<Month> {
  await setClock(db, '2027-02-24T16:00:00Z')
  await liveNextDoor(db)
  const account = await openAccount(db)
  await paidOrder(db, account, { pack_id: 'minutes_200' })
  const agent = await addMember(db, account, 'agent')
  const first = await createCampaign(account, { contacts: 0, content: { name: 'First' } })
  const second = await createCampaign(account, { contacts: 0, content: { name: 'Second' }, assistant: { name: 'Ben' } })
  const third = await createCampaign(account, { contacts: 0, content: { name: 'Third', assistant_id: first.assistantId } })
  const month: Month = { account, agent, campaigns: [first, second, { ...third, assistantId: first.assistantId }], lists: [], zones: new Map() }
  for (const name of ['Fair', 'Web', 'Nobody']) month.lists.push(await createList(account, { name }))
  for (const campaign of month.campaigns) await addPeople(month, campaign.campaignId, Math.ceil(calls / 3) + 8)
  await account.owner.rpc('assign_to_campaign', { campaign_id: first.campaignId, user_id: agent.userId, is_assigned: true })
  await callThrough(db, month, calls)
  await hearNo(db, month)
  await tryAssistant(db, month)
  await judge(db, month)
  await leaveOpen(db, month)
  return month
}

/** Another company with something of everything on the same days, which is in nobody else's report. */
async function liveNextDoor(db: TestDatabase): Promise<void> {
  const account = await openAccount(db)
  await paidOrder(db, account)
  const { campaignId, assistantId, contactIds } = await startedCampaign(account, { contacts: 2 })
  const list_id = await createList(account, { name: 'Theirs' })
  await account.owner.rpc('set_list_members', { list_id, selection: { account_id: account.accountId, contact_ids: contactIds }, is_member: true })
  const { callId, providerCallId } = await acceptedCall(db)
  await sendEvent(db, report(providerCallId, 61, { structured: { disposition: 'interested' } }))
  await processEvents(db)
  await account.owner.rpc('set_disposition', { call_id: callId, disposition: 'not_interested' })
  await callBack(db, { account }, campaignId)
  await test(db, account, await verifiedNumber(db, account), await versionOf(account, assistantId))
  await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
}

/** Somebody who waits is to be called tomorrow. */
async function callBack(db: TestDatabase, { account, by = account.owner }: { account: TestAccount, by?: Actor }, campaignId: string): Promise<void> {
  const [waiting] = await db.sql`select e.id, to_char(private.now() at time zone p.time_zone + interval '1 day', 'YYYY-MM-DD"T"HH24:MI') as tomorrow
    from public.enrolments e join public.contacts p on p.id = e.contact_id where e.campaign_id = ${campaignId} and e.status = 'waiting' limit 1`
  await by.rpc('request_callback', { enrolment_id: waiting!.id as string, local_time: waiting!.tomorrow as string })
}

async function test(db: TestDatabase, account: TestAccount, phone: string, version: string): Promise<string> {
  await db.shiftClock('1 hour')
  const callId = await requestTest(account, version, phone)
  await beginCall(db, callId)
  await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: callId } })
  await sendEvent(db, report(callId, 61, { structured: { disposition: 'interested' } }))
  await processEvents(db)
  await account.owner.rpc('set_disposition', { call_id: callId, disposition: 'interested' })
  return callId
}

/** Enough that the campaign goes on to the end of the month. */
async function addPeople({ account, lists }: Month, campaign_id: string, count: number): Promise<void> {
  const { one, chance } = draws(3)
  const people: string[] = []
  for (let number = 0; number < count; number++) people.push(await createContact(account, { time_zone: one(CONTACT_ZONES) }))
  for (const list_id of lists.slice(0, 2)) {
    await account.owner.rpc('set_list_members', { list_id, selection: { account_id: account.accountId, contact_ids: people.filter(() => chance(0.4)) }, is_member: true })
  }
  await account.owner.rpc('enrol_contacts', { campaign_id, contact_ids: people })
  await account.owner.rpc('start_campaign', { campaign_id })
}

async function callThrough(db: TestDatabase, month: Month, calls: number): Promise<void> {
  const { one, chance, below } = draws(7)
  const [from, until] = [Date.parse('2027-02-26T00:00:00Z'), Date.parse('2027-04-02T00:00:00Z')]
  const instants = [...EDGES.map((edge) => Date.parse(edge)), ...Array.from({ length: calls }, () => from + below(until - from))].sort((a, b) => a - b)
  for (const instant of instants) {
    const zone = instant >= MOVED_AT && instant < BACK_AT ? 'Pacific/Kiritimati' : HOME
    await db.sql`update public.accounts set time_zone = ${zone} where id = ${month.account.accountId} and time_zone <> ${zone}`
    await setClock(db, instant)
    const outcome = one(['answered', 'answered', 'answered', 'no_answer', 'busy', 'voicemail'] as const)
    const structured = outcome === 'answered' && chance(0.8) ? { disposition: one(['interested', 'information', 'callback', 'not_interested', 'wrong_number']) } : {}
    month.zones.set(await call(db, outcome === 'answered' ? 10 + below(280) : 0, { outcome, structured }), zone)
  }
}

async function call(db: TestDatabase, talkSeconds: number, facts: object): Promise<string> {
  const { callId, providerCallId } = await acceptedCall(db)
  await sendEvent(db, report(providerCallId, talkSeconds, { ...facts }))
  await processEvents(db)
  return callId
}

/** Six people on one evening, two of them at least in one campaign. */
async function hearNo(db: TestDatabase, { zones }: Month): Promise<void> {
  for (let times = 0; times < 6; times++) {
    await setClock(db, Date.parse('2027-04-02T00:10:00Z') + times * 60_000)
    zones.set(await call(db, 30, { structured: { disposition: 'not_interested' } }), HOME)
  }
}

/** Two calls to try an assistant: money, and no call of a campaign. The code that makes a number one's own is nobody's. */
async function tryAssistant(db: TestDatabase, { account, campaigns, zones }: Month): Promise<void> {
  await setClock(db, '2027-04-02T01:00:00Z')
  const phone = await verifiedNumber(db, account)
  const version = await versionOf(account, campaigns[0]!.assistantId)
  for (let tries = 0; tries < 2; tries++) zones.set(await test(db, account, phone, version), HOME)
}

/** People disagree with the analysis, in the platform's words and in their own. */
async function judge(db: TestDatabase, { account, agent, campaigns }: Month): Promise<void> {
  const { one, chance } = draws(21)
  const own = async (name: string, meaning: string) =>
    (await account.owner.rpc<{ disposition_id: string }>('save_disposition', { account_id: account.accountId, disposition_id: null, name, meaning })).disposition_id
  const words = [await own('Visit booked', 'positive'), await own('Ask in spring', 'neutral'), await own('Moved away', 'negative')]
  const calls = await db.sql`select id, campaign_id from public.calls where state = 'settled' and kind = 'campaign' order by created_at`
  for (const { id, campaign_id } of calls.filter(() => chance(0.5))) {
    const by = campaign_id === campaigns[0]!.campaignId ? agent.actor : account.owner
    const word = chance(0.5) ? { own_disposition_id: one(words) } : { disposition: one(['interested', 'information', 'not_interested']) }
    await by.rpc('set_disposition', { call_id: id as string, ...word })
    if (chance(0.4)) await by.rpc('set_disposition', { call_id: id as string, disposition: one(['interested', 'callback', 'no_conversation']) })
  }
  await callBack(db, { account, by: agent.actor }, campaigns[0]!.campaignId)
  await callBack(db, { account }, campaigns[1]!.campaignId)
}

/** A call that the carrier did not take, one that rings, one that was taken back before it was dialled. */
async function leaveOpen(db: TestDatabase, { account, campaigns, lists }: Month): Promise<void> {
  await setClock(db, '2027-04-02T14:00:00Z')
  const { callId } = await dialOne(db)
  await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'refused', class: 'capacity', message: 'Over Concurrency Limit' } })
  const refused = await db.sql`select contact_id from public.calls where id = ${callId}`
  const contact_ids = refused.map(({ contact_id }) => contact_id as string)
  await account.owner.rpc('set_list_members', { list_id: lists[1], selection: { account_id: account.accountId, contact_ids }, is_member: true })
  await db.shiftClock('20 minutes')
  await dialOne(db)
  await db.asService().rpc('claim_calls', { batch_size: 1 })
  await account.owner.rpc('pause_campaign', { campaign_id: campaigns[0]!.campaignId }).catch(() => undefined)
}
