/** The demo over HTTP: made once however often it is asked for, while the heart rests. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DemoState } from '../../supabase/local/demo/index.ts'
import { startTicker, type Ticker } from '../../supabase/local/ticker.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('the demo of the local stack', () => {
  let stack: TestStack
  let ticker: Ticker
  /** What was there each time the heart was stopped, and beats counted when it went on. */
  const rests: { accounts: number, before: number, after?: number }[] = []
  const one = async (text: string) => Number((await stack.db.admin.unsafe(text))[0]?.n)
  const accounts = () => one('select count(*)::int as n from public.accounts')
  const beats = () => one('select count(*)::int as n from private.beats')

  const restHeart = async () => {
    const goOn = await ticker.pause()
    const rest: (typeof rests)[number] = { accounts: await accounts(), before: await beats() }
    rests.push(rest)
    return () => void beats().then((count) => {
      rest.after = count
      goOn()
    })
  }

  beforeAll(async () => {
    stack = await createStack({ restHeart })
    await stack.db.admin`create table private.beats (at timestamptz not null default clock_timestamp())`
    await stack.db.admin`select cron.schedule('witness', '2 seconds', 'insert into private.beats default values')`
    await stack.db.admin`grant insert on private.beats to postgres`
    ticker = startTicker({ databaseUrl: stack.db.url.replace('supabase_admin', 'postgres'), adminUrl: stack.db.url, say: () => undefined })
  })
  afterAll(async () => {
    await ticker.stop()
    // The demo's campaigns go on: what is on its way ends before the carrier does.
    await stack.db.admin`update engine.settings set enabled = false`
    await stack.tick()
    await stack.stop()
  })

  const ask = (init?: RequestInit) => fetch(`${stack.url}/carrier/demo`, init)
  const click = (body = '{"size":"small"}', headers: Record<string, string> = {}) =>
    ask({ method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
  const state = async () => await (await ask()).json() as DemoState

  test('is there for nobody before it is asked for, and takes no order from another page', async () => {
    expect(await state()).toMatchObject({ state: 'none', message: null })
    expect((await click('{"size":"small"}', { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await click('{"size":"huge"}')).status).toBe(400)
    expect((await ask({ method: 'DELETE' })).status).toBe(405)
    expect(await state()).toMatchObject({ state: 'none' })
  })

  test('makes one account for two quick clicks, and no beat falls into it', async () => {
    await expect.poll(beats).toBeGreaterThan(0)
    const answers = await Promise.all([click(), click()])
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    for (const answer of answers) expect(await answer.json()).toMatchObject({ state: 'making' })
    await expect.poll(async () => (await state()).state, { timeout: 250_000 }).not.toBe('making')
    expect(await state()).toMatchObject({ state: 'ready', message: null })
    expect(await accounts()).toBe(1)
    await expect.poll(() => rests[0]?.after).toBeDefined()
    expect(rests, 'stopped once, before anything was there').toEqual([{ accounts: 0, before: expect.any(Number) as number, after: rests[0]?.before }])
    const since = await beats()
    await expect.poll(beats).toBeGreaterThan(since)
  })

  test('is made no second time when it is there', async () => {
    expect(await (await click()).json()).toMatchObject({ state: 'ready' })
    expect(await accounts()).toBe(1)
    expect(rests).toHaveLength(1)
  })
})
