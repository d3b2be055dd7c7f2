/** What a tab of a real browser holds. */
import { existsSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** The most that the tab's process held of its own, worker included, looked at four times a second; from the kernel, so on Linux only. */
export async function watchMemory(page: Page): Promise<() => number> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo = [] } = await session?.send('SystemInfo.getProcessInfo') ?? {}
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, ...renderers.map(anonymousMb))), 250)
  return () => {
    clearInterval(timer)
    return most
  }
}

function anonymousMb(pid: number): number {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}
