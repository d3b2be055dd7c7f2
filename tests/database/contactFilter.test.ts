/**
 * Filters, orders and pages of the contact table, held against a slow model in TypeScript: whatever is asked, the database answers
 * what one gets by looking at every contact. Small and large accounts are read in two different ways, so both are asked.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign, createContact, newPhone } from '../factories/campaign.ts'
import { createList, createTag } from '../factories/group.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface Row {
  id: string
  name: string
  phone: string
  company: string
  status: string
  tags: { id: string }[]
  lists: { id: string }[]
  time_zone: string | null
  has_consent: boolean
  last_call_at: string | null
}
interface Page { rows: Row[], next_cursor: unknown, total_count: number | null }

const STATUSES = ['new', 'queued', 'calling', 'called', 'success', 'failed', 'opted_out']
const NAMES = ['Ada Berg', 'ada berg', 'Bo', '', 'Åsa 100%', 'Zoë O\'Neil', 'Carl_Max', 'Dora']

/** Pseudo-random, so that a failure can be repeated. */
function draws(seed: number) {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return { chance: (share: number) => next() < share, one: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! }
}

describe('the contact table', () => {
  let db: TestDatabase
  let account: TestAccount
  let everybody: (Row & { campaigns: string[], outcomes: string[], added: string })[]
  const ids = { tags: [] as string[], lists: [] as string[], campaigns: [] as string[] }
  const search = (filter: object, cursor: unknown = null, page_size = 100, actor: Actor = account.owner) =>
    actor.rpc<Page>('search_contacts', { filter: { account_id: account.accountId, ...filter }, cursor, page_size })

  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    const { one, chance } = draws(7)
    const contactIds: string[] = []
    for (let number = 0; number < 60; number++) {
      contactIds.push(await createContact(account, { name: one(NAMES), phone: newPhone(), email: chance(0.5) ? `p${number}@example.com` : '', company: one(['Acme', 'Route 66', '']),
        time_zone: one(['America/New_York', 'Europe/Berlin', null]), ...(chance(0.4) ? { consent: null } : {}) }))
      if (number % 20 === 19) await db.shiftClock('1 day')
    }
    for (const name of ['warm', 'cold']) ids.tags.push(await createTag(account, name))
    for (const name of ['Fair', 'Web']) ids.lists.push(await createList(account, { name }))
    for (let number = 0; number < 3; number++) ids.campaigns.push((await createCampaign(account, { contacts: 0 })).campaignId)
    const some = () => ({ account_id: account.accountId, contact_ids: contactIds.filter(() => chance(0.3)) })
    for (const tag of ids.tags) await account.owner.rpc('tag_contacts', { selection: some(), add_tag_ids: [tag] })
    for (const list_id of ids.lists) await account.owner.rpc('set_list_members', { list_id, selection: some(), is_member: true })
    for (const campaign_id of ids.campaigns) await account.owner.rpc('enrol_contacts', { campaign_id, contact_ids: some().contact_ids })
    await account.owner.rpc('start_campaign', { campaign_id: ids.campaigns[0] })
    await account.owner.rpc('opt_out_contacts', { selection: { account_id: account.accountId, contact_ids: contactIds.filter(() => chance(0.1)) } })
    await pretendCalls()
    everybody = await readModel()
  })
  afterAll(() => db.drop())

  /** Enrolments and calls in every state: what the dialler would leave behind, without an evening of dialling. */
  async function pretendCalls(): Promise<void> {
    await db.sql`update public.enrolments set status = 'reached', outcome = 'answered' where status = 'waiting' and position % 5 = 0`
    await db.sql`update public.enrolments set status = 'exhausted', outcome = 'busy' where status = 'waiting' and position % 5 = 1`
    await db.sql`update public.enrolments set status = 'calling' where status = 'waiting' and position % 13 = 2`
    await db.sql`delete from engine.dial_queue q using public.enrolments e where e.id = q.enrolment_id and e.status <> 'waiting'`
    await db.sql`insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, phone, state, reserved_seconds,
        billing_increment_seconds, lease_until, dial_at, dialled_at, settled_at, outcome, disposition, rule_version, created_at)
      select e.account_id, e.campaign_id, e.id, e.contact_id, v.id, l.phone_number_id, l.id, p.phone, 'settled', 300, 60, private.now(), private.now(), private.now(), private.now(), 'answered',
        case when e.position % 2 = 0 then 'interested'::public.call_disposition end, 1, private.now() + e.position * interval '1 second'
      from public.enrolments e join public.contacts p on p.id = e.contact_id cross join engine.provider_lines l
      cross join lateral (select id from public.assistant_versions where account_id = e.account_id limit 1) v where e.status = 'reached'`
  }

  async function readModel() {
    const { rows } = await search({}, null, 100)
    const facts = await db.sql`select p.id, array(select e.campaign_id::text from public.enrolments e where e.contact_id = p.id) as campaigns,
      array(select e.campaign_id || ' ' || e.outcome from public.enrolments e where e.contact_id = p.id and e.outcome is not null) as outcomes,
      to_char(p.created_at at time zone 'America/New_York', 'YYYY-MM-DD') as added from public.contacts p`
    return rows.map((row) => ({ ...row, ...facts.find(({ id }) => id === row.id) as unknown as { campaigns: string[], outcomes: string[], added: string } }))
  }

  type Person = (typeof everybody)[number]
  interface Filter {
    text?: string
    statuses?: string[]
    tag_ids?: string[]
    list_id?: string
    campaign_id?: string
    outcomes?: string[]
    added_from?: string
    added_until?: string
    has_consent?: boolean
    time_zone?: string
  }
  const CRITERIA: { [Name in keyof Filter]-?: (person: Person, value: NonNullable<Filter[Name]>, filter: Filter) => boolean } = {
    text: (person, text) => text.split(' ').every((word) => ` ${person.name} ${person.phone}`.toLowerCase().includes(word.length < 3 ? ` ${word}` : word)),
    statuses: (person, statuses) => statuses.includes(person.status),
    tag_ids: (person, tags) => person.tags.some(({ id }) => tags.includes(id)),
    list_id: (person, list) => person.lists.some(({ id }) => id === list),
    campaign_id: (person, campaign) => person.campaigns.includes(campaign),
    outcomes: (person, outcomes, { campaign_id = '' }) =>
      person.outcomes.some((outcome) => outcomes.includes(outcome.split(' ')[1]!) && outcome.startsWith(campaign_id)),
    added_from: (person, day) => person.added >= day,
    added_until: (person, day) => person.added <= day,
    has_consent: (person, has) => person.has_consent === has,
    time_zone: (person, zone) => (person.time_zone ?? 'unknown') === zone,
  }
  const fits = (person: Person, filter: Filter) => Object.entries(filter).every(([name, value]) =>
    (CRITERIA[name as keyof Filter] as (person: Person, value: unknown, filter: Filter) => boolean)(person, value, filter))

  function drawFilter(seed: number): Filter {
    const { one, chance } = draws(seed * 7919 + 1)
    const days = [...new Set(everybody.map(({ added }) => added))]
    return {
      ...(chance(0.3) ? { text: one(['ada', 'berg ad', 'bo', 'b', '100%', 'l_m', '+1202', 'zzz', 'o\'n']) } : {}),
      ...(chance(0.3) ? { statuses: [one(STATUSES), one(STATUSES)] } : {}),
      ...(chance(0.3) ? { tag_ids: chance(0.5) ? ids.tags : [one(ids.tags)] } : {}),
      ...(chance(0.3) ? { list_id: one(ids.lists) } : {}),
      ...(chance(0.3) ? { campaign_id: one(ids.campaigns) } : {}),
      ...(chance(0.3) ? { outcomes: [one(['answered', 'busy', 'failed'])] } : {}),
      ...(chance(0.2) ? { added_from: one(days) } : {}),
      ...(chance(0.2) ? { added_until: one(days) } : {}),
      ...(chance(0.2) ? { has_consent: chance(0.5) } : {}),
      ...(chance(0.2) ? { time_zone: one(['America/New_York', 'Europe/Berlin', 'unknown']) } : {}),
    }
  }

  /** All pages, three rows each. */
  async function pages(filter: Filter & { sort: string }): Promise<Row[]> {
    const rows: Row[] = []
    let cursor: unknown = null
    do {
      const page = await search(filter, cursor, 3)
      rows.push(...page.rows)
      cursor = page.next_cursor
    } while (cursor !== null)
    return rows
  }

  test('has somebody in every status', () => {
    expect([...new Set(everybody.map(({ status }) => status))].sort()).toEqual([...STATUSES].sort())
  })

  // The second half of the seeds reads as an account with more contacts than are looked up and sorted.
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('answers what a look at everybody answers, filter %i', async (seed) => {
    if (seed === 30) await db.admin.unsafe((await functionText('prepare_search')).replace('fewest <= 5000', 'fewest <= 0'))
    const filter = drawFilter(seed)
    const sort = draws(seed + 1000).one(['newest', 'oldest', 'name', 'last_called'])
    const expected = everybody.filter((person) => fits(person, filter))
    const found = await pages({ ...filter, sort })
    expect(found.map(({ id }) => id).sort(), JSON.stringify(filter)).toEqual(expected.map(({ id }) => id).sort())
    expect(found.map(({ id }) => id)).toEqual(inOrder(found, sort))
    expect(await account.owner.rpc('count_contacts', { filter: { account_id: account.accountId, ...filter } })).toEqual({ total_count: expected.length })
  })

  const functionText = async (name: string) => (await db.sql`select pg_get_functiondef(${`private.${name}`}::regproc) as text`)[0]!.text as string
  function inOrder(rows: Row[], sort: string): string[] {
    const newest = [...rows].sort((a, b) => (a.id < b.id ? 1 : -1)).map(({ id }) => id)
    if (sort === 'newest') return newest
    if (sort === 'oldest') return newest.reverse()
    const keyed = rows.map((row) => ({ row, key: sort === 'name' ? row.name.toLowerCase() : row.last_call_at ?? '' }))
    // The database's own order of letters is what it is; here only that equal ones stand together and none comes last.
    const groups = keyed.map(({ key }) => key).filter((key, index, keys) => key !== keys[index - 1])
    expect(new Set(groups).size).toBe(groups.length)
    expect(keyed.slice(keyed.length - keyed.filter(({ key }) => key === '').length).every(({ key }) => key === '')).toBe(true)
    return rows.map(({ id }) => id)
  }

  test('tells the total of everybody, and of few', async () => {
    expect((await search({}, null, 1)).total_count).toBe(60)
  })

  test('refuses a filter, an order or a list that it does not know', async () => {
    expect((await errorOf(search({ statuses: ['odd'] }))).code).toBe('invalid_input')
    expect((await errorOf(search({ outcomes: ['odd'] }))).code).toBe('invalid_input')
    expect((await errorOf(search({ sort: 'odd' }))).code).toBe('invalid_input')
    expect((await errorOf(search({ odd: true }))).code).toBe('invalid_input')
    expect((await errorOf(search({ added_from: 'odd' }))).code).toBe('invalid_input')
    expect((await errorOf(search({ list_id: account.accountId }))).code).toBe('not_found')
  })

  test('of a campaign is all that an agent sees; a viewer finds nobody by a name, a number or an address, nor puts them in the order of names', async () => {
    const agent = await addMember(db, account, 'agent')
    expect((await search({}, null, 100, agent.actor)).rows).toEqual([])
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${ids.campaigns[1]!}, ${agent.userId}, ${account.accountId})`
    const ofCampaign = everybody.filter(({ campaigns }) => campaigns.includes(ids.campaigns[1]!))
    expect((await search({}, null, 100, agent.actor)).rows.map(({ id }) => id).sort()).toEqual(ofCampaign.map(({ id }) => id).sort())
    const viewer = (await addMember(db, account, 'viewer')).actor
    const known = everybody.find(({ name }) => name.startsWith('Carl'))!
    expect((await search({ text: known.phone }, null, 100, viewer)).rows).toEqual([])
    expect((await search({ text: '@example.com' }, null, 100, viewer)).rows).toEqual([])
    for (const text of ['carl', 'ca', known.name]) expect((await search({ text }, null, 100, viewer)).rows, text).toEqual([])
    const employed = everybody.find(({ company }) => company)!
    expect((await search({ text: employed.company }, null, 100, viewer)).rows).toContainEqual(expect.objectContaining({ company: employed.company, name: expect.stringMatching(/•••$/) }))
    const inOrder = async (sort: string) => (await search({ sort }, null, 5, viewer))
    expect(await inOrder('name')).toEqual(await inOrder('newest'))
    expect(JSON.stringify((await inOrder('name')).next_cursor)).not.toMatch(/carl|ada|grace/i)
  })
})
