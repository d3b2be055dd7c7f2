/**
 * Somebody takes the whole call log home, in a real browser: from the choice of a format to the saved file, and the most that the tab holds
 * meanwhile, beside the same for the latest half of the calls: what is written waits on disk, so twice the rows are not twice the memory.
 */
import { statSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { withStack } from '../support/startedStack.ts'
import { openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { atMost, count, reported, round, type Figure, type Scale } from './measure.ts'
import { withContext } from './openedBrowser.ts'
import { seedMonth } from './seedMonth.ts'
import { watchMemory } from './tabMemory.ts'

const CALLS = { smoke: 2_000, small: 100_000, full: 100_000 }
const PATIENCE_MS = 300_000
/** As the menu calls them. */
const FORMATS = ['CSV', 'XLSX'] as const
const SECONDS_MAX = 20
const MEMORY_MB_MAX = 250

interface Saved { seconds: number, memoryMb: number, bytes: number }

export async function measureExport(scale: Scale): Promise<Figure[]> {
  return withStack(async (stack) => {
    const account = await openWebAccount(stack)
    const calls = CALLS[scale]
    await seedMonth(stack, account, { calls, people: 200 })
    const figures: Figure[] = []
    for (const format of FORMATS) {
      const part = await exported(account, `${stack.app_url}/calls?period=15`, format)
      const whole = await exported(account, `${stack.app_url}/calls`, format)
      figures.push(
        atMost(reported(`export of ${count(calls)} calls as ${format} (${round(whole.bytes / 1e6, 1)} MB)`, whole.seconds, 's'), SECONDS_MAX),
        atMost({ ...reported('the same: most memory of the tab\'s process', whole.memoryMb, 'MB'),
          against: `half of them (${round(part.memoryMb, 0)} MB)`, ratio: round(whole.memoryMb / part.memoryMb) }, MEMORY_MB_MAX))
    }
    return figures
  })
}

/** In a browser of its own, so that nothing is left of the export before. */
async function exported(account: WebAccount, address: string, format: typeof FORMATS[number]): Promise<Saved> {
  return withContext(account, async (context) => {
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('row').nth(1).waitFor({ timeout: PATIENCE_MS })
    const memory = await watchMemory(page)
    const from = performance.now()
    const bytes = await save(page, format)
    return { seconds: (performance.now() - from) / 1_000, memoryMb: memory(), bytes }
  })
}

async function save(page: Page, format: string): Promise<number> {
  const download = page.waitForEvent('download', { timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: format }).click()
  return statSync(await (await download).path()).size
}
