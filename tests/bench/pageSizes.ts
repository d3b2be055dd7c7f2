/** What each page loads of scripts, from an empty cache until it is at rest: what all of them share, and what is the page's own. */
import { withStack } from '../support/startedStack.ts'
import { atMost, reported, type Figure } from './measure.ts'
import { withContext } from './openedBrowser.ts'
import { seedPages } from './seedPages.ts'

const OWN_MAX_KB = 80

export function measurePageSizes(): Promise<Figure[]> {
  return withStack(async (stack) => {
    const { account, paths } = await seedPages(stack)
    const pages = new Map<string, Map<string, number>>()
    for (const [name, path] of Object.entries(paths)) {
      pages.set(name, await withContext(account, async (context) => {
        const page = await context.newPage()
        // What a page fetches for the next one, once it is idle, is not its own; who saves data is spared that.
        await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
        await page.goto(`${stack.app_url}${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        // The bytes of each script as the server sends it, without its head.
        return new Map(await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
          .filter(({ name }) => name.includes('/_nuxt/') && name.endsWith('.js')).map(({ name, encodedBodySize }) => [name, encodedBodySize] as [string, number])))
      }))
    }
    const all = [...pages.values()]
    const isShared = (script: string) => all.every((scripts) => scripts.has(script))
    const kilobytes = (scripts: Map<string, number>, fits: (script: string) => boolean) =>
      [...scripts].filter(([script]) => fits(script)).reduce((sum, [, bytes]) => sum + bytes, 0) / 1000
    const own = [...pages].map(([name, scripts]) => ({ name, size: kilobytes(scripts, (script) => !isShared(script)), requests: scripts.size }))
      .sort((left, right) => right.size - left.size)
    return [
      reported(`scripts that each of ${pages.size} pages loads, the entry among them`, kilobytes(all[0] ?? new Map<string, number>(), isShared), 'kB gzip'),
      ...own.map(({ name, size, requests }) => atMost(reported(`${name}: scripts of its own (${requests} requests in all)`, size, 'kB gzip'), OWN_MAX_KB)),
    ]
  })
}
