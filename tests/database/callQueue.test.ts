/** What the page of the queue says is what the engine does: who is next, and what the others wait for. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { newPhone, createCampaign, createContact, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Place {
  enrolment_id: string
  campaign_id: string
  name: string
  phone: string
  kind: string
  attempt_no: number
  when: string
  reason: string | null
  at: string | null
}
interface Waiting { campaign_id: string, reason: string, people: number, next_at: string | null }
interface Queue {
  places: Place[]
  waiting: Waiting[]
  calls: { in_flight: number, max_calls: number }
  hold: { reason: string | null, at: string | null }
  is_enabled: boolean
}

/** Ten hours before the tests' nine in the morning in New York it is night there. */
const ASIA = 'Asia/Tokyo'
const CHICAGO = 'America/Chicago'
const OFFICE = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '09:00', closes_at: '17:00' }))

describe('the queue', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    await db.sql`select private.post_entry(${account.accountId}, 'grant', 600000, ${randomUUID()}, 'For a test')`
    await db.sql`update engine.accounts set concurrency_max = 25`
    await db.sql`update engine.provider_lines set concurrency_max = 100, tokens = 100, calls_per_second = 20`
  })
  afterAll(() => db.drop())

  const queue = (more: object = {}, who: Actor = account.owner) => who.rpc<Queue>('explain_queue', { account_id: account.accountId, size: 100, ...more })
  const nextOf = ({ places }: Queue) => places.filter(({ when }) => when === 'next').map(({ enrolment_id: id }) => id)
  const people = (count: number, content: object = {}) => Array.from({ length: count }, () => ({ ...content }))
  /** What the claim takes now, in its order. */
  async function claimed(limit = 100): Promise<string[]> {
    const ids = (await claim(db, limit)).map(({ call_id: id }) => id)
    const rows = await db.sql`select id, enrolment_id from public.calls where id = any(${ids}::uuid[])`
    return ids.map((id) => rows.find((row) => row.id === id)?.enrolment_id as string)
  }
  /** The rows of a claim that are dialled at one instant, in the order of two lanes, have no order. */
  const sorted = (ids: string[]) => [...ids].sort()
  const waitingOf = async (campaignId: string) =>
    Object.fromEntries((await queue()).waiting.filter((row) => row.campaign_id === campaignId).map(({ reason, people: count }) => [reason, count]))
  const countWaiting = async () => (await db.sql`select count(*)::int as n from public.enrolments e join public.campaigns k on k.id = e.campaign_id where e.status = 'waiting' and k.status = 'active'`)[0]?.n as number
  const told = (rows: Waiting[]) => rows.reduce((sum, row) => sum + row.people, 0)

  test('names those whom the next claim takes, in its order', async () => {
    await startedCampaign(account, { contacts: people(8), assistant: { maximum_seconds: 60 } })
    const said = nextOf(await queue())
    expect(said).toHaveLength(8)
    expect(await claimed()).toEqual(said)
  })

  test('puts whoever is hurried or promised a call first, then retries, then the others', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: people(4), assistant: { maximum_seconds: 60 } })
    const ids = (await db.sql`select id from public.enrolments where campaign_id = ${campaignId} order by position`).map(({ id }) => id as string)
    await db.sql`update engine.dial_queue set rank = 1, attempt_no = 2 where enrolment_id = ${ids[2]!}`
    await account.owner.rpc('call_now', { enrolment_id: ids[3] })
    const said = await queue()
    expect(said.places.map(({ enrolment_id: id, kind, when }) => [id, kind, when])).toEqual([
      [ids[3], 'call_now', 'next'], [ids[2], 'retry', 'next'], [ids[0], 'fresh', 'next'], [ids[1], 'fresh', 'next']])
    expect(sorted(await claimed())).toEqual(sorted(nextOf(said)))
  })

  test('shares the next calls between campaigns as the claim does', async () => {
    await db.sql`update engine.accounts set concurrency_max = 6`
    const assistant = { maximum_seconds: 60 }
    await startedCampaign(account, { contacts: people(6), assistant, content: { name: 'Low', priority: 'low' } })
    await startedCampaign(account, { contacts: people(6), assistant, content: { name: 'High', priority: 'high' } })
    const said = await queue()
    expect(nextOf(said)).toHaveLength(6)
    expect(said.places.filter(({ when }) => when === 'turn'), 'the others have their turn after them').toHaveLength(6)
    expect(sorted(await claimed())).toEqual(sorted(nextOf(said)))
  })

  test('passes over whoever may not be called, as the claim does', async () => {
    const { contactIds } = await startedCampaign(account, { contacts: people(7), assistant: { maximum_seconds: 60 } })
    // Listed without leaving the queue: what only a judgement finds.
    await db.sql`insert into public.do_not_call (account_id, phone, source) select account_id, phone, 'hand' from public.contacts where id = ${contactIds[1]!}`
    await db.sql`update public.contacts set calls_from = '20:00', calls_until = '21:00' where id = ${contactIds[4]!}`
    const said = nextOf(await queue())
    expect(said).toHaveLength(5)
    expect(sorted(await claimed())).toEqual(sorted(said))
  })

  test('calls a person of two campaigns once', async () => {
    const first = await startedCampaign(account, { contacts: people(2), assistant: { maximum_seconds: 60 } })
    const second = await createCampaign(account, { contacts: 0, assistant: { maximum_seconds: 60 } })
    await account.owner.rpc('enrol_contacts', { campaign_id: second.campaignId, contact_ids: first.contactIds })
    await account.owner.rpc('start_campaign', { campaign_id: second.campaignId })
    const said = await queue()
    expect(nextOf(said)).toHaveLength(2)
    expect(sorted(await claimed())).toEqual(sorted(nextOf(said)))
  })

  test.each<[what: string, change: string, reason: string]>([
    ['a budget', 'update engine.campaigns set budget_seconds = 180', 'budget'],
    ['the calls of a day', 'update engine.campaigns set daily_cap = 3', 'daily_cap'],
    ['the campaign\'s calls at once', 'update engine.campaigns set concurrency_max = 3', 'no_slot'],
    ['minutes', 'update engine.accounts set reserved_seconds = balance_seconds - 180', 'no_minutes'],
  ])('stops at %s, and then says so', async (_what, change, reason) => {
    const { campaignId } = await startedCampaign(account, { contacts: people(5), assistant: { maximum_seconds: 60 } })
    await db.sql.unsafe(change)
    const said = nextOf(await queue())
    expect(said).toHaveLength(3)
    expect(await claimed()).toEqual(said)
    await claim(db)
    expect(await waitingOf(campaignId)).toEqual({ [reason]: 2 })
    expect(nextOf(await queue())).toEqual([])
    expect((await queue()).places.map((place) => place.reason)).toEqual([reason, reason])
  })

  test('stops at what campaigns and zones have together: minutes of the account, the calls of a day', async () => {
    await db.sql`update engine.accounts set reserved_seconds = balance_seconds - 180`
    await startedCampaign(account, { contacts: people(4), assistant: { maximum_seconds: 60 } })
    const contacts = [...people(4), ...people(4, { time_zone: CHICAGO })]
    const { campaignId } = await startedCampaign(account, { contacts, assistant: { maximum_seconds: 60 } })
    const short = nextOf(await queue())
    expect(short).toHaveLength(3)
    expect(sorted(await claimed())).toEqual(sorted(short))
    await db.sql`update engine.accounts set reserved_seconds = 180`
    await db.sql`update engine.campaigns set daily_cap = dialled_on_day + 3 where campaign_id = ${campaignId}`
    await db.sql`select private.wake(${account.accountId}, h.campaign_id) from engine.campaigns h where h.account_id = ${account.accountId}`
    const capped = await queue()
    expect(capped.places.filter(({ when, campaign_id: id }) => when === 'next' && id === campaignId)).toHaveLength(3)
    expect(sorted(await claimed())).toEqual(sorted(nextOf(capped)))
  })

  test('counts on slots that a line gets back', async () => {
    await startedCampaign(account, { contacts: people(10), assistant: { maximum_seconds: 60 } })
    await db.sql`update engine.provider_lines set tokens = 2, refilled_at = private.now() - interval '60 seconds'`
    const said = nextOf(await queue())
    expect(said).toHaveLength(8)
    expect(await claimed()).toEqual(said)
  })

  test.each<[what: string, change: string, reason: string]>([
    ['account', 'update engine.accounts set concurrency_max = 2', 'no_slot'],
    ['line', 'update engine.provider_lines set concurrency_max = 2, tokens = 2', 'line_full'],
  ])('takes what the slots of the %s allow, and says who comes then', async (_what, change, reason) => {
    const { campaignId } = await startedCampaign(account, { contacts: people(5), assistant: { maximum_seconds: 60 } })
    await db.sql.unsafe(change)
    const before = await queue()
    expect(before.places.map(({ when }) => when)).toEqual(['next', 'next', 'turn', 'turn', 'turn'])
    expect(await claimed()).toEqual(nextOf(before))
    const after = await queue()
    expect([after.hold.reason, nextOf(after)]).toEqual([reason, []])
    expect(after.places.map(({ enrolment_id: id, when }) => [id, when])).toEqual(before.places.slice(2).map(({ enrolment_id: id }) => [id, 'turn']))
    expect(await waitingOf(campaignId)).toEqual({ [reason]: 3 })
  })

  test('says when a held line, a closed window and a time of one\'s own end', async () => {
    const { campaignId } = await startedCampaign(account, {
      contacts: [...people(2), ...people(3, { time_zone: ASIA })], assistant: { maximum_seconds: 60 }, content: { windows: OFFICE, time_zone: 'America/New_York' } })
    const [first] = await db.sql`select id from public.enrolments where campaign_id = ${campaignId} order by position`
    await account.owner.rpc('request_callback', { enrolment_id: first?.id, local_time: `${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T10:00` })
    const before = await queue()
    expect(await waitingOf(campaignId)).toEqual({ planned: 1, turn: 1, window_closed: 3 })
    expect(before.waiting.find(({ reason }) => reason === 'window_closed')?.next_at, 'it is judged before the claim looks').toBeTruthy()
    const lastOnes = before.places.slice(1)
    expect(before.places[0]).toMatchObject({ when: 'next', reason: null })
    expect(lastOnes.map(({ when, at }) => [when, at === null])).toEqual(Array.from({ length: 4 }, () => ['later', false]))
    expect(lastOnes.map(({ at }) => at)).toEqual(lastOnes.map(({ at }) => at).sort())
    expect(lastOnes.find(({ kind }) => kind === 'callback')).toMatchObject({ reason: null })
    await claim(db)
    const after = await queue()
    expect(after.waiting).toEqual(before.waiting.filter(({ reason }) => reason !== 'turn'))
    await db.sql`update engine.provider_lines set hold_reason = 'auth', hold_until = private.now() + interval '1 hour'`
    expect((await queue()).hold).toMatchObject({ reason: 'line_held', at: expect.any(String) as string })
  })

  test('says of a person alone what holds them alone', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: people(3), assistant: { maximum_seconds: 60 }, content: { max_attempts: 3 } })
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 0, { outcome: 'no_answer', ended_reason: 'customer-did-not-answer', talk_seconds: 0, turns: [] }))
    await processEvents(db)
    // Due although somebody was called a moment ago: the judgement sends them back with its reason.
    await db.sql`update engine.dial_queue set due_at = private.now() - interval '1 second'`
    await db.sql`select private.wake(${account.accountId}, ${campaignId})`
    const said = nextOf(await queue())
    expect(said).toHaveLength(2)
    expect(sorted(await claimed())).toEqual(sorted(said))
    expect(await waitingOf(campaignId)).toEqual({ frequency_cap: 1 })
  })

  test('counts everybody once, whatever the lanes wait for', async () => {
    const { campaignId } = await startedCampaign(account, {
      contacts: [...people(4), ...people(3, { time_zone: ASIA })], assistant: { maximum_seconds: 60 }, content: { windows: OFFICE } })
    await createCampaign(account, { contacts: 2 })
    const { waiting } = await queue()
    expect(told(waiting)).toBe(await countWaiting())
    await db.sql`update engine.campaigns set concurrency_max = 1 where campaign_id = ${campaignId}`
    await claim(db)
    await claim(db)
    const later = await queue()
    expect(told(later.waiting)).toBe(await countWaiting())
    expect(await waitingOf(campaignId)).toEqual({ no_slot: 3, window_closed: 3 })
    expect((await queue({ campaign_id: campaignId })).waiting).toEqual(later.waiting)
  })

  test('the contacts of a campaign can be listed by what they wait for', async () => {
    const { campaignId } = await startedCampaign(account, {
      contacts: [...people(2), ...people(3, { time_zone: ASIA })], assistant: { maximum_seconds: 60 }, content: { windows: OFFICE } })
    const listed = async (filter: object, cursor: unknown = null): Promise<string[]> => {
      const page = await account.owner.rpc<{ rows: { id: string }[], next_cursor: unknown }>('list_enrolments', { campaign_id: campaignId, filter, cursor, page_size: 2 })
      return [...page.rows.map(({ id }) => id), ...(page.next_cursor ? await listed(filter, page.next_cursor) : [])]
    }
    const places = (await queue()).places
    expect(await listed({ wait: 'turn' })).toEqual(places.filter(({ when }) => when === 'next').map(({ enrolment_id: id }) => id))
    expect(await listed({ wait: 'window_closed' }), 'page by page').toEqual(places.filter(({ reason }) => reason === 'window_closed').map(({ enrolment_id: id }) => id))
    expect(await listed({ wait: 'turn', text: 'nobody of that name' })).toEqual([])
    expect(await listed({ wait: 'no_minutes' })).toEqual([])
    await db.sql`update engine.dial_queue set due_at = private.now() + interval '1 hour', rank = 1,
      wait_reason = case when position % 2 = 0 then 'frequency_cap'::public.wait_reason end`
    expect([(await listed({ wait: 'frequency_cap' })).length, (await listed({ wait: 'planned' })).length, (await listed({ wait: 'turn' })).length]).toEqual([3, 2, 0])
    expect(await waitingOf(campaignId)).toEqual({ frequency_cap: 3, planned: 2 })
  })

  test.each([['of those who wait for their turn', { wait: 'turn' }], ['of all', {}]])('a viewer finds people %s by their company, and nobody by what is masked', async (_whom, filter) => {
    const phone = newPhone()
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone, name: 'Rosa Kahn', company: 'Harbour Ltd', email: 'rosa@example.com' }, ...people(1)] })
    const viewer = (await addMember(db, account, 'viewer')).actor
    const found = async (text: string, actor = viewer) =>
      (await actor.rpc<{ rows: unknown[] }>('list_enrolments', { campaign_id: campaignId, filter: { ...filter, text } })).rows.length
    const texts = ['harbour', 'rosa kahn', 'ros', phone, phone.slice(2, -1), 'rosa@example']
    expect(await Promise.all(texts.map((text) => found(text)))).toEqual([1, 0, 0, 0, 0, 0])
    expect(await Promise.all(texts.map((text) => found(text, account.owner)))).toEqual([1, 1, 1, 1, 1, 1])
  })

  test('nobody is next while dialling is switched off, or the campaign is paused', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: 2 })
    await db.sql`update engine.settings set enabled = false`
    const off = await queue()
    expect([off.is_enabled, nextOf(off), off.places.length]).toEqual([false, [], 2])
    expect(await claimed()).toEqual([])
    await db.sql`update engine.settings set enabled = true`
    await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
    expect(await queue()).toMatchObject({ places: [], waiting: [] })
  })

  test('shows each person the campaigns that they see, and numbers to whom they are shown', async () => {
    const { campaignId } = await startedCampaign(account, { contacts: 1 })
    const { campaignId: otherId } = await startedCampaign(account, { contacts: 1 })
    const one = await queue({ campaign_id: otherId })
    expect([one.places.map((place) => place.campaign_id), one.waiting.map((row) => row.campaign_id)]).toEqual([[otherId], [otherId]])
    const agent = await addMember(db, account, 'agent')
    await account.owner.rpc('assign_to_campaign', { campaign_id: campaignId, user_id: agent.userId, is_assigned: true })
    const seen = await queue({}, agent.actor)
    expect([seen.places.map((place) => place.campaign_id), seen.waiting.map((row) => row.campaign_id)]).toEqual([[campaignId], [campaignId]])
    expect((await errorOf(queue({ campaign_id: otherId }, agent.actor))).code).toMatch(/forbidden|not_found/)
    const viewer = await queue({}, (await addMember(db, account, 'viewer')).actor)
    expect(viewer.places).toHaveLength(2)
    expect(viewer.places[0]).toMatchObject({ name: 'J•••', phone: expect.stringContaining('•••') as string })
    // Somebody who is in both asks for the one with a campaign of the other.
    const { account_id: secondId } = await account.owner.rpc<{ account_id: string }>('open_account', { company_name: 'Second', time_zone: 'UTC' })
    expect((await errorOf(queue({ account_id: secondId, campaign_id: campaignId }))).code).toBe('not_found')
    const stranger = await openAccount(db)
    expect((await errorOf(queue({}, stranger.owner))).code).toBe('not_found')
    expect((await errorOf(stranger.owner.rpc('explain_queue', { account_id: stranger.accountId, campaign_id: campaignId }))).code).toBe('not_found')
  })

  test('looking changes nothing', async () => {
    await startedCampaign(account, { contacts: 3 })
    await createContact(account)
    const all = async () => JSON.stringify(await db.sql`select (select jsonb_agg(q order by q.enrolment_id) from engine.dial_queue q) as queue,
      (select jsonb_agg(l) from engine.lanes l) as lanes, (select jsonb_agg(a) from engine.accounts a) as accounts, (select count(*) from public.calls) as calls`)
    const before = await all()
    await queue()
    expect(await all()).toBe(before)
  })
})
