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
import { createCampaign } from '../factories/campaign.ts'
import { findChromium } from '../support/findChromium.ts'
import { withStack } from '../support/startedStack.ts'
import { giveMinutes, importPeople, openWebAccount, type WebAccount } from '../support/webAccount.ts'

export interface LighthouseRow { name: string, value: number, unit: string, against: null, ratio: null, target: string, met: boolean }

const TARGETS = { performance: 95, accessibility: 100, 'best-practices': 95 } as const
type Category = keyof typeof TARGETS
const CATEGORIES = Object.keys(TARGETS) as Category[]

/** Every page is loaded with empty caches, by somebody who is signed in. */
export async function measurePages(stack: StackFile): Promise<LighthouseRow[]> {
  const pages = await seed(stack)
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

/** An account with something on each page: a thousand contacts and a campaign whose first call is over. */
async function seed(stack: StackFile): Promise<{ account: WebAccount, paths: Record<string, string> }> {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const people = Array.from({ length: 1000 }, (_, index) => ({ name: `Person ${index}`, phone: `+1212${2_000_000 + index}` }))
  const ids = await importPeople(account, [{ name: 'Grace Hopper', phone: '+12124567807' }, ...people])
  const { campaignId, assistantId } = await createCampaign(account, { contacts: 0, content: { name: 'Spring renewals' } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids.slice(0, 500) })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const { campaignId: draftId } = await createCampaign(account, { contacts: 1, content: { name: 'Autumn renewals' } })
  await account.owner.rpc('import_do_not_call', {
    account_id: account.accountId, phones: Array.from({ length: 500 }, (_, index) => `+1305${2_000_000 + index}`), reason: 'Customers who left' })
  const callId = await firstFinishedCall(account)
  await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
  return { account, paths: {
    dashboard: '/', 'campaign list': '/campaigns', 'campaign detail': `/campaigns/${campaignId}`, 'campaign form': `/campaigns/${campaignId}/edit`, 'campaign wizard': '/campaigns/new',
    'campaign review': `/campaigns/${draftId}/setup/review`, 'assistant list': '/assistants', billing: '/billing', notifications: '/notifications', settings: '/settings/dispositions',
    contacts: '/contacts', 'contact detail': `/contacts/${ids[0]}`, 'do-not-call list': '/contacts/do-not-call', calls: '/calls',
    'call detail': `/calls/${callId}`, 'assistant editor': `/assistants/${assistantId}` } }
}

async function firstFinishedCall(account: WebAccount): Promise<string> {
  const filter = { account_id: account.accountId, outcomes: ['answered'] }
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const { rows } = await account.owner.rpc<{ rows: { id: string, settled_at: string | null, recording_state: string }[] }>('list_calls', { filter })
    const finished = rows.find(({ settled_at, recording_state }) => settled_at && recording_state === 'stored')
    if (finished) return finished.id
  }
  throw new Error('No call was answered, settled and recorded within two minutes.')
}

if (import.meta.main) {
  const rows = await withStack(measurePages)
  for (const { name, value, target, met } of rows) process.stdout.write(`${met ? '✓' : '✗'} ${name}: ${value} (${target})\n`)
}
