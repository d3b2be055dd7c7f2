/**
 * Filters and pages of the call log, held against a slow model in TypeScript: whatever is asked, the database answers what one gets by
 * looking at every call. Few and many calls are read in two different ways, so both are asked.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign, createContact, newPhone } from '../factories/campaign.ts'
import { createList, createTag } from '../factories/group.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface Row { id: string, contact_name: string, phone: string, created_at: string }
interface Page { rows: Row[], next_cursor: unknown, total_count: number | null }
interface Filter {
  text?: string
  period?: string
  from_day?: string
  until_day?: string
  states?: string[]
  outcomes?: string[]
  dispositions?: string[]
  sentiments?: string[]
  campaign_id?: string
  assistant_id?: string
  list_id?: string
  tag_ids?: string[]
  talk_from?: number
  talk_until?: number
  has_recording?: boolean
  kind?: string
}
interface Call {
  id: string
  day: string
  state: string
  outcome: string | null
  disposition: string | null
  sentiment: string | null
  campaign: string | null
  assistant: string
  lists: string[]
  tags: string[]
  talk: number
  recording: string
  kind: string
  name: string
  phone: string
  said: string
}

const SAID = ['Your appointment is on Tuesday, see you then', 'What is the price? The prices went up', 'Grüezi, ich möchte einen Termin', 'I am not interested', '']
const NAMES = ['Ada Berg', 'Bo', 'Zoë O\'Neil', 'Tuesday Weld']

/** Pseudo-random, so that a failure can be repeated. */
function draws(seed: number) {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return { chance: (share: number) => next() < share, one: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! }
}

describe('the call log', () => {
  let db: TestDatabase
  let account: TestAccount
  let everything: Call[]
  const ids = { lists: [] as string[], tags: [] as string[], campaigns: [] as string[], assistants: [] as string[] }
  const list = (filter: object, cursor: unknown = null, page_size = 100, actor: Actor = account.owner) =>
    actor.rpc<Page>('list_calls', { filter: { account_id: account.accountId, ...filter }, cursor, page_size })

  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    const { one, chance } = draws(11)
    const contactIds: string[] = []
    for (let number = 0; number < 12; number++) contactIds.push(await createContact(account, { name: one(NAMES), phone: newPhone() }))
    for (const name of ['Fair', 'Web']) ids.lists.push(await createList(account, { name }))
    ids.tags.push(await createTag(account, 'warm'))
    const some = () => ({ account_id: account.accountId, contact_ids: contactIds.filter(() => chance(0.4)) })
    for (const list_id of ids.lists) await account.owner.rpc('set_list_members', { list_id, selection: some(), is_member: true })
    await account.owner.rpc('tag_contacts', { selection: some(), add_tag_ids: ids.tags })
    for (let number = 0; number < 3; number++) {
      const made = await createCampaign(account, { contacts: 0 })
      ids.campaigns.push(made.campaignId)
      ids.assistants.push(made.assistantId)
      await account.owner.rpc('enrol_contacts', { campaign_id: made.campaignId, contact_ids: contactIds })
    }
    await pretendCalls()
    everything = await readModel()
  })
  afterAll(() => db.drop())

  /** One call of every enrolment in whatever state, over forty days, and a few to try an assistant: what months of dialling leave behind. */
  async function pretendCalls(): Promise<void> {
    await db.sql`insert into public.calls (account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, provider_line_id, kind, phone, state, reserved_seconds,
        billing_increment_seconds, lease_until, dial_at, dialled_at, account_dialled_at, started_at, settled_at, outcome, disposition, sentiment, talk_seconds, recording_state, rule_version, created_at)
      select e.account_id, case when e.n % 12 <> 11 then e.campaign_id end, case when e.n % 12 <> 11 then e.id end, e.contact_id, v.id, l.phone_number_id, l.id,
        case when e.n % 12 = 11 then 'test' else 'campaign' end::public.call_kind, p.phone, s.state, 300, 60, private.now(), private.now(),
        at.at, case when s.state = 'settled' then at.at at time zone 'America/New_York' end, at.at, case when s.state in ('settled', 'voided') then private.now() end,
        case when s.state = 'settled' then (enum_range(null::public.call_outcome))[1 + e.n % 6] end,
        case when s.state = 'settled' and e.n % 2 = 0 then (enum_range(null::public.call_disposition))[1 + e.n % 8] end,
        case when s.state = 'settled' and e.n % 3 = 0 then (enum_range(null::public.call_sentiment))[1 + e.n / 3 % 3] end,
        e.n * 7 % 200, case when e.n % 4 = 1 then 'stored' else 'none' end::public.recording_state, 1, at.at
      from (select e.*, (row_number() over (order by e.created_at, e.position))::int as n from public.enrolments e) e
      join public.campaigns k on k.id = e.campaign_id join public.assistant_versions v on v.assistant_id = k.assistant_id join public.contacts p on p.id = e.contact_id
      cross join lateral (select case when e.n = 5 then 'in_progress' when e.n = 6 then 'ringing' when e.n % 17 = 3 then 'voided' else 'settled' end::public.call_state as state) s
      cross join lateral (select private.now() - e.n * interval '27 hours' - interval '5 minutes' as at) at
      cross join (select * from engine.provider_lines limit 1) l`
    await db.sql`insert into public.call_transcripts (call_id, account_id, turns)
      select c.id, c.account_id, jsonb_build_array(jsonb_build_object('role', 'contact', 'text', (${SAID}::text[])[1 + c.talk_seconds % 5])) from public.calls c where c.outcome = 'answered'`
    await db.sql`select private.finish_conversations(private.now())`
  }

  async function readModel(): Promise<Call[]> {
    const rows = await db.sql`select c.id, to_char(c.dialled_at at time zone 'America/New_York', 'YYYY-MM-DD') as day, c.state, c.outcome, c.disposition, c.sentiment, c.campaign_id as campaign,
      v.assistant_id as assistant, c.talk_seconds as talk, c.recording_state as recording, c.kind, p.name, c.phone, coalesce(t.turns -> 0 ->> 'text', '') as said,
      array(select m.list_id::text from public.contact_list_members m where m.contact_id = c.contact_id) as lists,
      array(select m.tag_id::text from public.contact_tags m where m.contact_id = c.contact_id) as tags
      from public.calls c join public.assistant_versions v on v.id = c.assistant_version_id left join public.contacts p on p.id = c.contact_id
      left join public.call_transcripts t on t.call_id = c.id order by c.created_at desc, c.id desc`
    return rows as unknown as Call[]
  }

  const dayBefore = (days: number) => new Date(Date.parse(`${today()}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
  const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'America/New_York' }).format(new Date())
  const firstDayOf = (period: string) => dayBefore({ today: 0, yesterday: 1 }[period] ?? Number(period) - 1)
  const wordsIn = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}']+/u)

  const CRITERIA: { [Name in keyof Filter]-?: (call: Call, value: NonNullable<Filter[Name]>) => boolean } = {
    text: (call, text) => text.split(' ').every((word) => wordsIn(call.said).some((said) => (word.length < 3 ? said === word : said.startsWith(word))))
      || text.split(' ').every((word) => ` ${call.name} ${call.phone}`.toLowerCase().includes(word.length < 3 ? ` ${word}` : word)),
    period: (call, period) => call.day >= firstDayOf(period) && (period !== 'yesterday' || call.day < today()),
    from_day: (call, day) => call.day >= day,
    until_day: (call, day) => call.day <= day,
    states: (call, states) => states.includes(call.state),
    outcomes: (call, outcomes) => call.outcome !== null && outcomes.includes(call.outcome),
    dispositions: (call, dispositions) => call.disposition !== null && dispositions.includes(call.disposition),
    sentiments: (call, sentiments) => call.sentiment !== null && sentiments.includes(call.sentiment),
    campaign_id: (call, campaign) => call.campaign === campaign,
    assistant_id: (call, assistant) => call.assistant === assistant,
    list_id: (call, id) => call.lists.includes(id),
    tag_ids: (call, tags) => call.tags.some((id) => tags.includes(id)),
    talk_from: (call, from) => call.talk > 0 && call.talk >= from,
    talk_until: (call, until) => call.talk > 0 && call.talk <= until,
    has_recording: (call, has) => (call.recording === 'stored') === has,
    kind: (call, kind) => call.kind === kind,
  }
  const fits = (call: Call, filter: Filter) => Object.entries(filter).every(([name, value]) =>
    (CRITERIA[name as keyof Filter] as (call: Call, value: unknown) => boolean)(call, value))

  function drawFilter(seed: number): Filter {
    const { one, chance } = draws(seed * 7919 + 1)
    const days = everything.map(({ day }) => day)
    const maybe = <Name extends keyof Filter>(share: number, name: Name, values: readonly NonNullable<Filter[Name]>[]) =>
      (chance(share) ? { [name]: one(values) } : {})
    const when = [maybe(1, 'period', ['today', 'yesterday', '7', '15', '30']), maybe(1, 'from_day', days), maybe(1, 'until_day', days), {}, {}]
    return {
      ...one(when),
      ...maybe(0.3, 'text', ['tuesday', 'pric', 'termin möchte', 'ada', 'bo', 'b', '+1202', 'zzz', 'not interest', 'o\'n']),
      ...maybe(0.2, 'states', [['settled'], ['voided'], ['in_progress', 'ringing'], ['settled', 'ringing']]),
      ...maybe(0.3, 'outcomes', [['answered'], ['busy', 'failed'], ['voicemail', 'voicemail']]),
      ...maybe(0.2, 'dispositions', [['interested'], ['do_not_call', 'callback', 'information']]),
      ...maybe(0.2, 'sentiments', [['positive'], ['neutral', 'negative']]),
      ...maybe(0.2, 'campaign_id', ids.campaigns),
      ...maybe(0.2, 'assistant_id', ids.assistants),
      ...maybe(0.2, 'list_id', ids.lists),
      ...maybe(0.1, 'tag_ids', [ids.tags]),
      ...maybe(0.2, 'talk_from', [30]),
      ...maybe(0.2, 'talk_until', [120]),
      ...maybe(0.2, 'has_recording', [true, false]),
      ...maybe(0.2, 'kind', ['campaign', 'test']),
    }
  }

  /** All pages, three rows each. */
  async function pages(filter: Filter): Promise<string[]> {
    const found: string[] = []
    let cursor: unknown = null
    do {
      const page = await list(filter, cursor, 3)
      found.push(...page.rows.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor !== null)
    return found
  }

  // The second half of the seeds reads as an account in which everything is too many to be looked up and sorted.
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('answers what a look at every call answers, filter %i', async (seed) => {
    if (seed === 30) await db.admin.unsafe((await functionText()).replace('search.is_small := fewest is not null', 'search.is_small := false'))
    const filter = drawFilter(seed)
    const expected = everything.filter((call) => fits(call, filter)).map(({ id }) => id)
    expect(await pages(filter), JSON.stringify(filter)).toEqual(expected)
    expect(await account.owner.rpc('count_calls', { filter: { account_id: account.accountId, ...filter } })).toEqual({ total_count: expected.length })
  })
  const functionText = async () => (await db.sql`select pg_get_functiondef('private.prepare_call_search'::regproc) as text`)[0]!.text as string

  test('refuses a filter that it does not know', async () => {
    for (const wrong of [{ outcomes: ['odd'] }, { dispositions: ['odd'] }, { states: ['odd'] }, { kind: 'odd' }, { period: 'odd' }, { from_day: 'odd' }, { until_day: '2026-02-31' }, { odd: true }]) {
      expect((await errorOf(list(wrong))).code, JSON.stringify(wrong)).toBe('invalid_input')
    }
    expect((await errorOf(list({ list_id: account.accountId }))).code).toBe('not_found')
  })

  test('tells a viewer neither who was called nor what was said, and an agent of their campaigns only', async () => {
    const viewer = (await addMember(db, account, 'viewer')).actor
    const ada = everything.find(({ name }) => name === 'Ada Berg')!
    expect((await list({}, null, 1, viewer)).rows[0]).toMatchObject({ phone: expect.stringContaining('•••') as string })
    for (const text of ['ada', ada.phone, 'tuesday']) expect((await list({ text }, null, 100, viewer)).rows, text).toEqual([])
    const agent = await addMember(db, account, 'agent')
    expect((await list({}, null, 100, agent.actor)).rows).toEqual([])
    const recent = async () => (await agent.actor.rpc<{ recent_calls: Row[] }>('dashboard', { account_id: account.accountId })).recent_calls.map(({ id }) => id)
    expect(await recent()).toEqual([])
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${ids.campaigns[1]!}, ${agent.userId}, ${account.accountId})`
    const theirs = everything.filter(({ campaign }) => campaign === ids.campaigns[1])
    expect((await list({}, null, 100, agent.actor)).rows.map(({ id }) => id)).toEqual(theirs.map(({ id }) => id))
    expect(await recent(), 'what other pages show of the newest').toEqual(theirs.slice(0, 6).map(({ id }) => id))
    const said = theirs.filter((call) => fits(call, { text: 'pric' }))
    expect((await list({ text: 'pric' }, null, 100, agent.actor)).rows.map(({ id }) => id)).toEqual(said.map(({ id }) => id))
    expect(said.length).toBeGreaterThan(0)
  })

  test('counts a call of the day that its account lived through then, whatever zone the account moves to', async () => {
    const call = everything.find(({ state, day }) => state === 'settled' && day < today())!
    const [row] = await db.sql`select to_char(account_dialled_at, 'YYYY-MM-DD') as day from public.calls where id = ${call.id}`
    const found = async () => (await list({ from_day: row!.day as string, until_day: row!.day as string })).rows.some(({ id }) => id === call.id)
    expect(await found()).toBe(true)
    try {
      for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        await db.sql`update public.accounts set time_zone = ${zone} where id = ${account.accountId}`
        expect(await found(), zone).toBe(true)
      }
    } finally {
      await db.sql`update public.accounts set time_zone = 'America/New_York' where id = ${account.accountId}`
    }
  })

  test('leaves out the calls that speak a code, whatever is asked', async () => {
    const count = () => account.owner.rpc('count_calls', { filter: { account_id: account.accountId } })
    const counted = await count()
    const [code] = await db.sql`insert into public.calls (account_id, phone_number_id, provider_line_id, kind, phone, state, reserved_seconds, billing_increment_seconds, lease_until,
        dial_at, dialled_at, settled_at, outcome, rule_version)
      select account_id, phone_number_id, provider_line_id, 'verification', phone, 'settled', 0, 60, lease_until, dial_at, dialled_at, settled_at, 'answered', 1
      from public.calls where kind = 'test' and settled_at is not null limit 1 returning id`
    try {
      for (const filter of [{}, { outcomes: ['answered'] }]) expect((await list(filter)).rows.map(({ id }) => id)).not.toContain(code!.id)
      expect(await count()).toEqual(counted)
      expect((await errorOf(list({ kind: 'verification' }))).code).toBe('invalid_input')
    } finally {
      await db.sql`delete from public.calls where id = ${code!.id as string}`
    }
  })

  test('leaves out what was never dialled', async () => {
    const [void_] = await db.sql`update public.calls set dialled_at = null where id = (select id from public.calls where state = 'voided' limit 1) returning id`
    try {
      expect((await list({ states: ['voided'] })).rows.map(({ id }) => id)).not.toContain(void_!.id)
    } finally {
      await db.sql`update public.calls set dialled_at = created_at where id = ${void_!.id as string}`
    }
  })

  test('exports what a person sees of it, in pages, and notes it once', async () => {
    const viewer = (await addMember(db, account, 'viewer')).actor
    const page = (cursor: unknown, actor: Actor) => actor.rpc<Page>('export_calls', { filter: { account_id: account.accountId, outcomes: ['answered'] }, cursor, page_size: 3 })
    const first = await page(null, account.owner)
    const second = await page(first.next_cursor, account.owner)
    const expected = everything.filter((call) => fits(call, { outcomes: ['answered'] }))
    expect([...first.rows, ...second.rows].map(({ phone }) => phone)).toEqual(expected.slice(0, 6).map(({ phone }) => phone))
    expect((await page(null, viewer)).rows.every(({ phone }) => phone.includes('•••'))).toBe(true)
    const noted = await db.sql`select details from public.activity_log where verb = 'call.exported' and account_id = ${account.accountId}`
    expect(noted.map(({ details }) => details as unknown)).toEqual([{ is_filter: true }, { is_filter: true }])
  })
})
