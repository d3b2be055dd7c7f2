/** A campaign in full swing, watched in a real browser: what fifty events of the provider a second cost the page, in frames and in processor time. */
import type { CDPSession, Page } from '@playwright/test'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { withStack } from '../support/startedStack.ts'
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { atMost, percentile, reported, type Figure, type Scale } from './measure.ts'
import { withContext } from './openedBrowser.ts'
import { reportOf, seedLiveCalls, sendEvent, statusOf } from './sentEvents.ts'

/** calls: so many are on their way when the watching begins, and each says three things within some seconds. */
const SIZES = {
  smoke: { calls: 200, seconds: 5 },
  small: { calls: 1_000, seconds: 40 },
  full: { calls: 3_000, seconds: 150 },
}
const EVENTS_PER_SECOND = 50
const CORE_PERCENT_MAX = 30
/** A frame that came later than two sixtieths of a second was seen to stutter. */
const LATE_MS = 34

export async function measureWatching(scale: Scale): Promise<Figure[]> {
  const { calls, seconds } = SIZES[scale]
  return withStack(async (stack) => {
    const account = await openWebAccount(stack)
    const { campaignId, ids } = await seedLiveCalls(stack, account, calls)
    return withContext(account, async (context) => {
      const page = await context.newPage()
      await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      const [figures] = await Promise.all([watch(stack, page, seconds), sendAll(stack, ids, seconds)])
      return figures
    })
  })
}

/** Each call rings, is answered some seconds later and ends after some more, as those of its neighbours do. */
async function sendAll(stack: StackFile, ids: string[], seconds: number): Promise<void> {
  const messages = ids.flatMap((id, index) => [
    { at: index, message: () => statusOf(id, 'ringing') }, { at: index + 40, message: () => statusOf(id, 'in-progress') }, { at: index + 200, message: () => reportOf(id) },
  ]).sort((left, right) => left.at - right.at).slice(0, seconds * EVENTS_PER_SECOND)
  await Promise.all(messages.map(async ({ message }, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 1000 / EVENTS_PER_SECOND))
    await sendEvent(stack, message())
  }))
}

async function watch(stack: StackFile, page: Page, seconds: number): Promise<Figure[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const [events, tasks, from] = [await eventsOf(stack), await taskSeconds(session), performance.now()]
  const frames = await page.evaluate((milliseconds) => new Promise<number[]>((resolve) => {
    const gaps: number[] = []
    const begun = performance.now()
    let last = begun
    const look = (now: number) => {
      gaps.push(now - last)
      last = now
      if (now - begun < milliseconds) requestAnimationFrame(look)
      else resolve(gaps.slice(1))
    }
    requestAnimationFrame(look)
  }), seconds * 1000)
  const passed = (performance.now() - from) / 1000
  const rate = (await eventsOf(stack) - events) / passed
  const percent = (await taskSeconds(session) - tasks) / passed * 100
  const size = `a campaign's page at ${rate.toFixed(0)} events a second`
  return [
    atMost(reported(`${size}: of one core, the page's thread`, percent, '%'), CORE_PERCENT_MAX),
    reported(`${size}: frames`, frames.length / passed, 'a second'),
    atMost(reported(`${size}: frames later than ${LATE_MS} ms`, frames.filter((gap) => gap > LATE_MS).length / frames.length * 100, '%'), 1),
    reported(`${size}: between two frames, p99`, percentile(frames, 99), 'ms'),
  ]
}

async function eventsOf(stack: StackFile): Promise<number> {
  const [{ count } = { count: 0 }] = await asAdmin(stack, (sql) => sql<[{ count: number }]>`select coalesce(max(id), 0)::int as count from engine.provider_events`)
  return count
}

/** Seconds that the page's main thread has worked so far, scripts, styles, layout and painting. */
async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
}
