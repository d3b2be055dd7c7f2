/**
 * An account with a month of calls behind it, in a real browser: how long until the pages that people keep open can be used, from an empty
 * cache, and how long from a click in the menu to the page it leads to.
 */
import type { BrowserContext, Page } from '@playwright/test'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { withStack } from '../support/startedStack.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { atMost, count, median, percentile, reported, type Figure, type Scale } from './measure.ts'
import { withContext } from './openedBrowser.ts'
import { seedMonth } from './seedMonth.ts'

const SIZES = {
  smoke: { calls: 2_000, people: 50, loads: 2, rounds: 2 },
  small: { calls: 100_000, people: 1_000, loads: 5, rounds: 8 },
  full: { calls: 100_000, people: 1_000, loads: 11, rounds: 20 },
}
const PAGES = ['Campaigns', 'Contacts', 'Assistants', 'Calls', 'Dashboard']

/** When something that only stands for what will come was last on the page; milliseconds since the page was asked for. */
interface Watched { waitingUntil: number, taskUntil: number }

export async function measureMonth(scale: Scale): Promise<Figure[]> {
  const { calls, people, loads, rounds } = SIZES[scale]
  return withStack(async (stack) => {
    const account = await openWebAccount(stack)
    const campaignId = await seedMonth(stack, account, { calls, people })
    const figures: Figure[] = []
    for (const [name, path] of [['dashboard', '/'], ['campaign detail', `/campaigns/${campaignId}`]] as const) {
      const times: number[] = []
      for (let load = 0; load < loads; load++) times.push(await withContext(account, (context) => usableAfter(context, `${stack.app_url}${path}`)))
      figures.push(atMost(reported(`${name} with ${count(calls)} calls in a month, until it can be used: median`, median(times), 'ms'), 1_000))
    }
    const routes = await withContext(account, (context) => routeChanges(context, stack, rounds))
    return [...figures,
      atMost(reported(`route change by the menu, ${routes.length} clicks: p50`, percentile(routes, 50), 'ms'), 150),
      reported(`route change by the menu, ${routes.length} clicks: p95`, percentile(routes, 95), 'ms')]
  })
}

/** Everything is in its place, and no task of more than 50 ms keeps a click waiting. */
async function usableAfter(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript(watchLoading)
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => {
    const { waitingUntil, taskUntil } = (window as unknown as { watched: Watched }).watched
    return performance.now() - Math.max(waitingUntil, taskUntil) > 1_500
  })
  const { waitingUntil, taskUntil } = await page.evaluate(() => (window as unknown as { watched: Watched }).watched)
  return Math.max(waitingUntil, taskUntil)
}

/** Runs in the page, before its own scripts. What waits for data pulses, and a page without a heading is not there yet. */
function watchLoading(): void {
  const watched: Watched = { waitingUntil: 0, taskUntil: 0 }
  const look = () => {
    if (!document.querySelector('h1') || document.querySelector('.animate-pulse')) watched.waitingUntil = performance.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.taskUntil = Math.max(watched.taskUntil, startTime + duration)
  }).observe({ type: 'longtask', buffered: true })
  Object.assign(window, { watched })
}

/** From the click to the frame that shows the next page's own title; the first round brings the files. */
async function routeChanges(context: BrowserContext, { app_url }: StackFile, rounds: number): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(app_url)
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    for (const name of PAGES) {
      const time = await clickTo(page, name)
      if (round > 0) times.push(time)
    }
  }
  return times
}

async function clickTo(page: Page, name: string): Promise<number> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().waitFor()
  const time = await page.evaluate((wanted) => new Promise<number>((resolve) => {
    const link = [...document.querySelectorAll<HTMLElement>('nav a')].find((one) => one.textContent?.trim() === wanted)
    const from = performance.now()
    const look = () => {
      const title = document.querySelector('h1')?.textContent?.trim()
      if (title === wanted) resolve(performance.now() - from)
      else requestAnimationFrame(look)
    }
    link?.click()
    requestAnimationFrame(look)
  }), name)
  // What the page asks for belongs to it: the next click finds a page at rest.
  await page.waitForLoadState('networkidle')
  return time
}
