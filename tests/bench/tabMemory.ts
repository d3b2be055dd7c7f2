/** What a tab of a real browser holds. */
import { existsSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** The most that the tab's process took of its own, worker included, looked at four times a second; from the kernel, so on Linux only. */
export async function watchMemory(page: Page): Promise<() => Promise<number>> {
  return watch(page, async () => {})
}

/**
 * The most that it holds: before each look the browser is told that memory is short, so that nothing is counted that nobody needs any
 * more and that was only not swept yet. Sweeping costs time: nothing else is measured meanwhile.
 */
export async function watchHeldMemory(page: Page): Promise<() => Promise<number>> {
  const tab = await page.context().newCDPSession(page)
  return watch(page, async () => void await tab.send('Memory.simulatePressureNotification', { level: 'critical' }))
}

async function watch(page: Page, before: () => Promise<void>): Promise<() => Promise<number>> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo = [] } = await session?.send('SystemInfo.getProcessInfo') ?? {}
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  let most = 0
  let isOver = false
  const looking = (async () => {
    while (!isOver) {
      await before()
      most = Math.max(most, ...renderers.map(anonymousMb))
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  })()
  return async () => {
    isOver = true
    await looking
    return most
  }
}

function anonymousMb(pid: number): number {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}
