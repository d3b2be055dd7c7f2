/** The month that explorers find, made by the product's own commands: everything that is promised holds in it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDemo, type Person } from '../../supabase/local/demo/makeDemo.ts'
import type { SimulatedCall } from '../../supabase/local/simulators/vapi/index.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

interface Counted { name: string, status: string, pause_reason: string | null, count: number }

describe('the demo data', () => {
  let db: TestDatabase
  let accountId: string
  const progress: number[] = []
  const remembered: SimulatedCall[] = []
  const signUp = async ({ name, email }: Person) => {
    const [known] = await db.admin<{ id: string }[]>`select id from auth.users where email = ${email}`
    if (known) return known.id
    const id = randomUUID()
    await db.admin`insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data, aud, role)
      values (${id}, ${email}, now(), ${db.admin.json({ name })}, 'authenticated', 'authenticated')`
    return id
  }
  const make = (size: 'full' | 'small', more: { signal?: AbortSignal, onProgress?: (share: number) => void } = {}) => makeDemo({
    databaseUrl: db.url.replace('supabase_admin', 'postgres'), size, signUp, remember: (call) => remembered.push(call),
    onProgress: (share) => progress.push(share), ...more })
  const counted = (text: string) => db.sql.unsafe<Counted[]>(text, [accountId])
  const one = async (text: string) => (await db.sql.unsafe<{ n: number }[]>(text, [accountId]))[0]?.n

  beforeAll(async () => {
    db = await createDatabase()
    const { accountId: made } = await make('full')
    accountId = made
  }, 600_000)
  afterAll(() => db.drop())

  test('holds every promise, the rollup among them', async () => {
    await expectInvariants(db)
  })

  test('has two thousand contacts and three campaigns: one is over, one goes on, one has spent its budget', async () => {
    expect(await one('select count(*)::int as n from public.contacts where account_id = $1')).toBe(2000)
    const campaigns = await counted('select status::text, pause_reason::text from public.campaigns where account_id = $1 order by created_at')
    expect(campaigns.map(({ status, pause_reason }) => pause_reason ?? status)).toEqual(['completed', 'active', 'budget'])
    expect(await one(`select count(*)::int as n from public.enrolments e join public.campaigns k on k.id = e.campaign_id
      where e.account_id = $1 and k.status = 'active' and e.status = 'waiting'`)).toBeGreaterThan(300)
  })

  test('has a month of calls with every outcome, in believable shares', async () => {
    const outcomes = await counted(`select outcome::text as name, (100 * count(*) / sum(count(*)) over ())::int as count from public.calls where account_id = $1 group by outcome`)
    const shares = Object.fromEntries(outcomes.map(({ name, count }) => [name, count]))
    expect(Object.keys(shares).sort()).toEqual(['answered', 'busy', 'failed', 'no_answer', 'voicemail'])
    expect(shares.answered).toBeGreaterThan(40)
    expect(shares.failed).toBeLessThan(5)
    expect(await one('select count(*)::int as n from public.calls where account_id = $1')).toBeGreaterThan(1500)
    expect(await one('select count(distinct day)::int as n from public.daily_stats where account_id = $1')).toBeGreaterThanOrEqual(22)
    expect(await one('select max(attempt_no)::int as n from public.calls where account_id = $1')).toBeGreaterThan(2)
  })

  test('has conversations in two languages, dispositions, opt-outs by word of mouth, callbacks, repairs and top-ups', async () => {
    for (const [what, text] of Object.entries({
      'an English one': `select count(*)::int as n from public.call_transcripts where account_id = $1 and turns::text like '%this is Emma from Northlane%'`,
      'a Spanish one': `select count(*)::int as n from public.call_transcripts where account_id = $1 and turns::text like '%le habla Lucía de Northlane%'`,
      'a summary': `select count(*)::int as n from public.call_transcripts where account_id = $1 and summary <> ''`,
      'an opt-out': `select count(*)::int as n from public.do_not_call where account_id = $1 and source = 'tool_call'`,
      'a wish': `select count(*)::int as n from public.callbacks where account_id = $1 and source = 'tool_call'`,
      'a repair': `select count(*)::int as n from engine.repairs where account_id = $1 and kind = 'settled_by_asking'`,
      'a list with people in it': `select count(*)::int as n from public.contact_list_members where account_id = $1`,
      'a tag': `select count(*)::int as n from public.contact_tags where account_id = $1`,
      'an audience': `select count(*)::int as n from public.contact_lists where account_id = $1 and kind = 'audience'`,
      'an own word that the analysis chose': `select count(*)::int as n from public.calls where account_id = $1 and own_disposition_id is not null and disposition_source = 'provider'`,
      'a purchase': `select count(*)::int as n from public.ledger_entries where account_id = $1 and kind = 'purchase'`,
      'several people': `select count(distinct actor_id)::int - 1 as n from public.activity_log where account_id = $1`,
    })) expect(await one(text), what).toBeGreaterThan(0)
  })

  test('lies in the month before now, and leaves the clock of everybody else alone', async () => {
    const [times] = await db.sql<{ first_days: number, last_minutes: number, ahead: number }[]>`
      select extract(epoch from private.now() - min(c.dialled_at))::int / 86400 as first_days, extract(epoch from private.now() - max(c.settled_at))::int / 60 as last_minutes,
        (select count(*)::int from public.calls f where greatest(f.created_at, f.settled_at, f.ended_at) > private.now()) as ahead from public.calls c`
    expect(times).toMatchObject({ ahead: 0 })
    expect(times?.first_days).toBeGreaterThanOrEqual(27)
    const [clock] = await db.sql<{ off: number }[]>`select extract(epoch from private.now() - clock_timestamp() - value)::float8 as off from private.clock_offset`
    expect(Math.abs(clock?.off ?? 9)).toBeLessThan(1)
  })

  test('calls fictional numbers alone', async () => {
    expect(await one(String.raw`select count(*)::int as n from public.contacts where account_id = $1
      and phone !~ '^(\+1[2-9]\d\d55501\d\d|\+44207946\d{4}|\+6125550\d{4})$'`)).toBe(0)
  })

  test('has a recording to fetch for every call that waits for one', async () => {
    const waiting = await db.sql<{ id: string }[]>`select provider_call_id as id from public.calls where recording_state = 'pending'`
    expect(waiting.length).toBeGreaterThan(0)
    expect(waiting.map(({ id }) => id).filter((id) => !remembered.some((call) => call.id === id))).toEqual([])
  })

  test('tells how far it is', () => {
    expect(progress.length).toBeGreaterThan(28)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
  })

  test('begins anew after an end in the middle, and leaves nothing of the first try behind', async () => {
    const other = await createDatabase()
    const stopping = new AbortController()
    const url = other.url.replace('supabase_admin', 'postgres')
    const people = new Map<string, string>()
    const join = async ({ email }: Person) => {
      if (!people.has(email)) people.set(email, (await other.newUser()).userId)
      return people.get(email)!
    }
    const options = { databaseUrl: url, size: 'small' as const, signUp: join, remember: () => undefined }
    await expect(makeDemo({ ...options, signal: stopping.signal, onProgress: (share) => share > 0.3 && stopping.abort() })).rejects.toThrow()
    const [half] = await other.sql`select count(*)::int as n from public.calls`
    expect(half?.n).toBeGreaterThan(0)
    await makeDemo({ ...options, onProgress: () => undefined })
    expect(await other.sql`select count(*)::int as n from public.accounts`).toEqual([{ n: 1 }])
    await expectInvariants(other)
    await other.drop()
  })
})
