/**
 * Lighthouse's desktop scores of the pages that a person looks at most, on the built app of a running stack, signed in
 * where they need it. `node tests/bench/lighthouse.ts` starts a stack of its own and prints the rows.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { anyPort } from '../../supabase/local/ports.ts'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { findChromium } from '../support/findChromium.ts'
import { withStack } from '../support/startedStack.ts'
import type { WebAccount } from '../support/webAccount.ts'
import { seedPages } from './seedPages.ts'

export interface LighthouseRow { name: string, value: number, unit: string, against: null, ratio: null, target: string, met: boolean }

const TARGETS = { performance: 95, accessibility: 100, 'best-practices': 95 } as const
type Category = keyof typeof TARGETS
const CATEGORIES = Object.keys(TARGETS) as Category[]

/** Every page is loaded with empty caches, by somebody who is signed in. */
export async function measurePages(stack: StackFile): Promise<LighthouseRow[]> {
  const pages = await seedPages(stack)
  const profile = mkdtempSync(join(tmpdir(), 'outdial-lighthouse-'))
  const port = await anyPort()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(), args: [`--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] })
  try {
    const rows = await scoresOf('sign-in', `${stack.app_url}/sign-in`, port)
    await signIn(context, stack, pages.account)
    for (const [name, path] of Object.entries(pages.paths)) rows.push(...await scoresOf(name, `${stack.app_url}${path}`, port))
    return rows
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

async function scoresOf(name: string, url: string, port: number): Promise<LighthouseRow[]> {
  // The caches are emptied before each page; the session lives in the local storage, which is left alone.
  const result = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES, clearStorageTypes: ['cache_storage'] }, desktopConfig)
  if (!result || result.lhr.runtimeError) throw new Error(`Lighthouse could not measure ${url}: ${result?.lhr.runtimeError?.message}`)
  return CATEGORIES.map((category) => {
    const value = Math.round((result.lhr.categories[category]?.score ?? 0) * 100)
    const target = TARGETS[category]
    return { name: `lighthouse ${name}: ${category}`, value, unit: 'points', against: null, ratio: null, target: `≥ ${target}`, met: value >= target }
  })
}

/** The storage of a profile that is kept: Lighthouse opens tabs of its own in it. */
async function signIn(context: BrowserContext, stack: StackFile, account: WebAccount): Promise<void> {
  await account.enter(context)
  const page = await context.newPage()
  await page.goto(stack.app_url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.close()
}

if (import.meta.main) {
  const rows = await withStack(measurePages)
  for (const { name, value, target, met } of rows) process.stdout.write(`${met ? '✓' : '✗'} ${name}: ${value} (${target})\n`)
}
