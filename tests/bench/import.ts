/**
 * A person imports a large file in a real browser: from the dropped file to the last row, by the dry run and the import itself; how long
 * the page was deaf meanwhile, and what the tab holds.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { findChromium } from '../support/findChromium.ts'
import { newDataFolder, withStack } from '../support/startedStack.ts'
import { openWebAccount } from '../support/webAccount.ts'
import { zipOf } from '../support/zipOf.ts'
import { atMost, count, reported, type Figure, type Scale } from './measure.ts'
import { watchMemory } from './tabMemory.ts'

const ROWS = { smoke: 2_000, small: 100_000, full: 100_000 }
/** The largest that a peer takes, and the largest that we say we take. Read and checked, not imported. */
const LARGE = { smoke: null, small: null, full: { xlsx: 150_000, csv: 1_000_000 } }
const PATIENCE_MS = 600_000

interface Walk { checkMs: number, importMs: number, longestTaskMs: number, memoryMb: number }

export async function measureImport(scale: Scale): Promise<Figure[]> {
  const folder = await newDataFolder()
  return withStack(async (stack) => {
    const rows = ROWS[scale]
    const walk = await withPage(stack, async (page) => importFile(page, stack, csvFile(folder, rows), rows))
    const size = `${count(rows)} rows`
    return [
      atMost(reported(`import of ${size}: dry run and import`, (walk.checkMs + walk.importMs) / 1000, 's'), 25),
      reported(`import of ${size}: the dry run of it, with reading the file`, walk.checkMs / 1000, 's'),
      atMost(reported(`import of ${size}: longest task of the page`, walk.longestTaskMs, 'ms'), 100),
      atMost(reported(`import of ${size}: most memory of the tab's process`, walk.memoryMb, 'MB'), 250),
      ...await largeFiles(stack, folder, LARGE[scale]),
    ]
  })
}

async function largeFiles(stack: StackFile, folder: string, sizes: { xlsx: number, csv: number } | null): Promise<Figure[]> {
  if (!sizes) return []
  const files = [['XLSX', sizes.xlsx, xlsxFile(folder, sizes.xlsx)], ['CSV', sizes.csv, csvFile(folder, sizes.csv)]] as const
  const figures: Figure[] = []
  for (const [kind, rows, file] of files) {
    const seconds = await withPage(stack, async (page) => {
      await page.goto(`${stack.app_url}/contacts/import`)
      const from = performance.now()
      await page.locator('input[type=file]').setInputFiles(file)
      await page.getByText(`${count(rows)} rows`).waitFor({ timeout: PATIENCE_MS })
      return (performance.now() - from) / 1000
    })
    figures.push(reported(`${kind} of ${count(rows)} rows read to its end`, seconds, 's'))
  }
  return figures
}

async function withPage<T>(stack: StackFile, work: (page: Page) => Promise<T>): Promise<T> {
  const account = await openWebAccount(stack)
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: findChromium(), args })
  try {
    const context = await browser.newContext()
    await account.enter(context)
    return await work(await context.newPage())
  } finally {
    await browser.close()
  }
}

/** The clock runs while the product works: from the dropped file to the columns, through the check, and from its button to the end. */
async function importFile(page: Page, stack: StackFile, file: string, rows: number): Promise<Walk> {
  await page.goto(`${stack.app_url}/contacts/import`)
  await page.getByRole('button', { name: 'Choose a file' }).waitFor()
  await watchTasks(page)
  const memory = await watchMemory(page)
  let checkMs = await timed(async () => {
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('What the columns mean').waitFor({ timeout: PATIENCE_MS })
  })
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('radio', { name: /Nothing to record/ }).click()
  const start = page.getByRole('button', { name: `Import ${count(rows)} rows` })
  checkMs += await timed(async () => {
    await page.getByRole('button', { name: 'Next' }).click()
    await start.and(page.locator(':enabled')).waitFor({ timeout: PATIENCE_MS })
  })
  const importMs = await timed(async () => {
    await start.click()
    await page.getByText('Finished').waitFor({ timeout: PATIENCE_MS })
  })
  const longestTaskMs = await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks))
  return { checkMs, importMs, longestTaskMs, memoryMb: memory() }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** The browser tells of tasks from 50 ms on. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = []
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] })
    Object.assign(window, { tasks })
  })
}

const HEADER = ['name', 'phone', 'email', 'company', 'city', 'customer since', 'note']

function person(index: number): string[] {
  return [`Person ${index}`, `+1${2_122_000_000 + index}`, `person${index}@example.com`, `Company ${index % 1_000}`, 'New York, NY', '2024-03-01', `Number ${index} of the list`]
}

function csvFile(folder: string, rows: number): string {
  const path = join(folder, `people-${rows}.csv`)
  const lines = Array.from({ length: rows }, (_, index) => person(index).map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(','))
  writeFileSync(path, [HEADER.join(','), ...lines].join('\n'))
  return path
}

function xlsxFile(folder: string, rows: number): string {
  const path = join(folder, `people-${rows}.xlsx`)
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const line = (cells: string[], index: number) => `<row r="${index + 1}">${cells.map(cell).join('')}</row>`
  const sheet = Buffer.from(`<worksheet><sheetData>${[HEADER, ...Array.from({ length: rows }, (_, index) => person(index))].map(line).join('')}</sheetData></worksheet>`)
  writeFileSync(path, zipOf({
    'xl/workbook.xml': Buffer.from('<workbook><sheets><sheet name="People" r:id="r1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': Buffer.from('<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'),
    'xl/worksheets/sheet1.xml': sheet,
  }, deflateRawSync))
  return path
}
