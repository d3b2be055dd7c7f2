/**
 * Somebody takes the whole call log home, in a real browser: from the choice of a format to the saved file, and the most that the tab holds
 * meanwhile, beside the same for the latest half of the calls: what is written waits on disk, so twice the rows are not twice the memory.
 */
import { statSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { withStack } from '../support/startedStack.ts'
import { openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { atMost, beside, count, reported, round, type Figure, type Scale } from './measure.ts'
import { withContext } from './openedBrowser.ts'
import { seedMonth } from './seedMonth.ts'
import { memoryOfSaving } from './tabMemory.ts'

const CALLS = { smoke: 4_000, small: 200_000, full: 200_000 }
const PATIENCE_MS = 300_000
/** As the menu calls them. */
const FORMATS = ['CSV', 'XLSX'] as const
type Format = typeof FORMATS[number]
const SECONDS_MAX = 20
const MEMORY_MB_MAX = 250
/** Constant, but for what measuring it twice differs by. */
const GROWTH_MAX = 1.15

export async function measureExport(scale: Scale): Promise<Figure[]> {
  return withStack(async (stack) => {
    const account = await openWebAccount(stack)
    await seedMonth(stack, account, { calls: CALLS[scale], people: 200 })
    const figures: Figure[] = []
    for (const format of FORMATS) figures.push(...await figuresOf(account, `${stack.app_url}/calls`, format, CALLS[scale]))
    return figures
  })
}

/** Half of the calls are timed, twice as many must not hold more. */
async function figuresOf(account: WebAccount, address: string, format: Format, calls: number): Promise<Figure[]> {
  const half = await exported(account, `${address}?period=15`, format)
  const halfMb = await memoryOfSaving(account, `${address}?period=15`, openMenu, format)
  const wholeMb = await memoryOfSaving(account, address, openMenu, format)
  return [
    atMost(reported(`export of ${count(calls / 2)} calls as ${format} (${round(half.bytes / 1e6, 1)} MB)`, half.seconds, 's'), SECONDS_MAX),
    atMost(reported('the same: most memory of the tab\'s process', halfMb, 'MB'), MEMORY_MB_MAX),
    beside(reported(`export of ${count(calls)} calls as ${format}: most memory of the tab's process`, wholeMb, 'MB'),
      `half as many (${round(halfMb, 0)} MB)`, wholeMb / halfMb, { max: GROWTH_MAX }),
  ]
}

/** In a browser of its own, so that nothing is left of the export before. */
async function exported(account: WebAccount, address: string, format: Format): Promise<{ seconds: number, bytes: number }> {
  return withContext(account, async (context) => {
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('row').nth(1).waitFor({ timeout: PATIENCE_MS })
    const from = performance.now()
    const bytes = await save(page, format)
    return { seconds: (performance.now() - from) / 1_000, bytes }
  })
}

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).waitFor({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem').first().waitFor()
}

async function save(page: Page, format: string): Promise<number> {
  const download = page.waitForEvent('download', { timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: format }).click()
  return statSync(await (await download).path()).size
}
