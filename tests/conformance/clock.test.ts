/** The clock of the local stack: one offset for database, simulated carrier and pages, moved from the carrier's page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClockFacts } from '../../supabase/local/clock.ts'
import { openAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createStack, type TestStack } from '../support/stack.ts'

const HOUR_MS = 3_600_000

describe('the clock of the local stack', () => {
  let stack: TestStack
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  const at = (path = '') => `${stack.url}/carrier/clock${path}`
  const facts = async () => await (await fetch(at())).json() as ClockFacts
  const order = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(at(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const move = async (name: string, zone?: string) => {
    const answer = await order({ move: name, zone })
    expect(answer.status).toBe(200)
    return await answer.json() as ClockFacts
  }
  const databaseNow = async () => ((await stack.db.sql<{ now: Date }[]>`select private.now() as now`)[0]?.now ?? new Date(0)).getTime()
  const localTime = (instant: string, zone: string) => new Date(instant).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  const offsetOfPages = async () => Number(/"clockOffsetMs":(-?\d+)/.exec(await (await fetch(`${stack.url}/config.js`)).text())?.[1])
  const near = (one: number, other: number) => expect(Math.abs(one - other)).toBeLessThan(5_000)

  test('is one clock for database, carrier and pages, wherever it is moved', async () => {
    for (const name of ['hour', 'opening', 'hour', 'real']) {
      const { offset_ms, now } = await move(name)
      near(await databaseNow(), Date.now() + offset_ms)
      near(stack.clock.now().getTime(), Date.now() + offset_ms)
      near(Date.parse(now), Date.now() + offset_ms)
      expect(await offsetOfPages()).toBe(offset_ms)
    }
    expect(await offsetOfPages()).toBe(0)
  })

  test('goes on by an hour, to nine in the morning of a zone, and to when contacts may be called', async () => {
    const before = await facts()
    near((await move('hour')).offset_ms, before.offset_ms + HOUR_MS)
    const morning = await move('morning', 'Asia/Kolkata')
    expect(localTime(morning.now, 'Asia/Kolkata')).toBe('09:00')
    const { opens_at, time_zone } = await facts()
    const opened = await move('opening')
    near(Date.parse(opened.now), Date.parse(opens_at))
    expect(localTime(opens_at, time_zone)).toBe('09:00')
  })

  test('lets a campaign that waits for its hours begin, and the carrier date the call by the same clock', async () => {
    await move('morning', 'America/New_York')
    const account = await openAccount(stack.db)
    const windows = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '13:00', closes_at: '20:00' }))
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('01') }], content: { windows } })
    const calls = () => stack.db.sql<{ state: string, dialled_at: Date, started_at: Date | null }[]>`select * from public.calls where campaign_id = ${campaignId}`
    await stack.tick()
    expect(await calls()).toEqual([])
    const waiting = await facts()
    expect(waiting).toMatchObject({ is_waiting: true, time_zone: 'America/New_York' })
    expect(localTime(waiting.opens_at, 'America/New_York')).toBe('13:00')
    await stack.db.sql`update engine.lanes set wait_reason = 'no_slot', next_at = private.now() where campaign_id = ${campaignId}`
    expect(await facts(), 'while every line is busy, too').toMatchObject({ is_waiting: true, time_zone: waiting.time_zone, opens_at: waiting.opens_at })
    const opened = await move('opening')
    expect(localTime(opened.now, 'America/New_York')).toBe('13:00')
    await stack.tickUntil(async () => (await calls())[0]?.state === 'settled', 'the call to settle')
    const [call] = await calls()
    near(call?.dialled_at.getTime() ?? 0, Date.parse(opened.now))
    near(stack.vapi.calls().at(-1)?.createdAt.getTime() ?? 0, call?.dialled_at.getTime() ?? 0)
    expect(Math.abs((call?.started_at?.getTime() ?? 0) - Date.parse(opened.now))).toBeLessThan(10 * 60_000)
  })

  test('goes back to real time without leaving anything waiting for a time that is to come', async () => {
    await move('morning', 'America/New_York')
    const account = await openAccount(stack.db)
    const { campaignId } = await startedCampaign(account, { contacts: [{ phone: newPhone('01') }] })
    await stack.tickUntil(async () => (await stack.db.sql`select from public.calls where campaign_id = ${campaignId} and state = 'settled'`).length === 1, 'the call to settle')
    await move('real')
    await stack.tick()
    const [marks] = await stack.db.sql`
      select (select count(*)::int from engine.campaigns where sent_at > private.now()) as unsent,
        (select count(*)::int from public.calls where settled_at is null and (lease_until > private.now() + interval '61 seconds' or dial_at > private.now() + interval '20 seconds')) as held,
        (select count(*)::int from engine.provider_lines where next_dial_at > private.now() + interval '20 seconds' or hold_until > private.now()) as lines`
    expect(marks).toEqual({ unsent: 0, held: 0, lines: 0 })
    await expectInvariants(stack.db)
  })

  test.each([[{ move: 'yesterday' }, 400], [{}, 400], [{ move: 'morning', zone: 'Mars/Base' }, 400], [null, 400]])('refuses %j and stays as it is', async (body, status) => {
    const before = await facts()
    expect((await order(body)).status).toBe(status)
    expect((await facts()).offset_ms).toBe(before.offset_ms)
  })

  test('is moved by this machine\'s own pages alone', async () => {
    expect((await order({ move: 'hour' }, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await order({ move: 'hour' }, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await fetch(at(), { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await fetch(at(), { method: 'DELETE' })).status).toBe(405)
  })
})
