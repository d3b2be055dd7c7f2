/**
 * The README's pictures, taken of the product as it is: `npm run pictures` starts a stack, fills an account through the
 * commands that people use, lets the simulated carrier make some calls, and writes config/readme/*.png.
 */
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { ROOT } from '../supabase/local/paths.ts'
import type { StackFile } from '../supabase/local/stackFile.ts'
import { ALWAYS, createCampaign } from './factories/campaign.ts'
import { findChromium } from './support/findChromium.ts'
import { withStack } from './support/startedStack.ts'
import { giveMinutes, importPeople, openWebAccount, type WebAccount } from './support/webAccount.ts'

const GIVEN = ['Grace', 'Katherine', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Margaret', 'Dennis', 'Radia', 'Ken', 'Frances', 'John', 'Hedy']
const FAMILY = ['Hopper', 'Johnson', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Hamilton', 'Ritchie', 'Perlman', 'Thompson', 'Allen']
/** What happens to one contact after the other, by the simulator's magic numbers: mostly people who answer. */
const ENDINGS = ['07', '01', '03', '07', '04', '01', '02', '07', '01', '05', '07', '03']
const ASSISTANT = { name: 'Emma', voice_id: 'emma', greeting: 'Hi {name}, this is Emma of Brightside Dental, an automated assistant.' }
const OFFICE = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens_at: '09:00', closes_at: '17:00' }))

/** It is nine in New York: nobody is called in California yet. */
const WEST = ['310', '415']

function people(count: number, area: string): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${GIVEN[index % GIVEN.length]} ${FAMILY[index % FAMILY.length]}`,
    phone: `+1${area}555${String(10 + index).padStart(2, '0')}${ENDINGS[index % ENDINGS.length]}`,
    time_zone: WEST.includes(area) ? 'America/Los_Angeles' : 'America/New_York',
  }))
}

interface Plan { name: string, area: string, count: number, windows?: typeof OFFICE, isStarted?: boolean }

async function campaign(account: WebAccount, { name, area, count, windows = ALWAYS, isStarted = true }: Plan): Promise<string> {
  const ids = await importPeople(account, people(count, area))
  const { campaignId } = await createCampaign(account, { contacts: 0, assistant: ASSISTANT, content: { name, windows, max_attempts: 3 } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids })
  if (isStarted) await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  return campaignId
}

interface Progress { counters: { reached: number, calling: number } }
interface ListedCall { id: string, talk_seconds: number | null, recording_state: string }

async function until<T>(read: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 180_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 400))) {
    const found = await read()
    if (found !== undefined) return found
  }
  throw new Error(`Waited three minutes for ${what}, in vain.`)
}

const reached = (account: WebAccount, id: string, count: number) => until(async () => {
  const { counters } = await account.owner.rpc<Progress>('get_campaign', { campaign_id: id })
  return counters.reached >= count && counters.calling > 1 ? counters : undefined
}, `${count} conversations`)

/** The longest conversation whose recording is there. */
const goodCall = (account: WebAccount) => until(async () => {
  const { rows } = await account.owner.rpc<{ rows: ListedCall[] }>('list_calls', { filter: { account_id: account.accountId, outcomes: ['answered'] } })
  return rows.filter(({ recording_state }) => recording_state === 'stored').sort((one, other) => (other.talk_seconds ?? 0) - (one.talk_seconds ?? 0))[0]?.id
}, 'a recorded call')

interface Shot { url: string, name: string, width?: number, height?: number, scale?: number, colorScheme?: 'light' | 'dark' }

async function picture(browser: Browser, account: WebAccount, { url, name, width = 1440, height = 900, scale = 1, colorScheme = 'light' }: Shot): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme, reducedMotion: 'reduce' })
  await account.enter(context)
  const page = await context.newPage()
  await page.goto(url)
  await loaded(page)
  await page.screenshot({ path: join(ROOT, 'config/readme', `${name}.png`) })
  await context.close()
}

async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => !document.querySelector('.animate-pulse'))
  await page.evaluate(() => document.fonts.ready)
}

async function takePictures(stack: StackFile): Promise<void> {
  const account = await openWebAccount(stack, { name: 'Grace Hopper', company: 'Brightside Dental Group' })
  await giveMinutes(stack, account.accountId, 240)
  const before = await campaign(account, { name: 'Missed appointments', area: '646', count: 24 })
  await reached(account, before, 5)
  const id = await campaign(account, { name: 'Spring check-up reminders', area: '212', count: 48 })
  await campaign(account, { name: 'Insurance renewals', area: '310', count: 30, windows: OFFICE })
  await campaign(account, { name: 'New patients from the website', area: '415', count: 18, isStarted: false })
  await reached(account, id, 3)
  const browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const home = stack.app_url
  await picture(browser, account, { url: `${home}/campaigns/${id}`, name: 'campaign' })
  await picture(browser, account, { url: `${home}/`, name: 'dashboard' })
  await picture(browser, account, { url: `${home}/campaigns/${id}`, name: 'phone', width: 390, height: 844, scale: 1.5, colorScheme: 'dark' })
  await picture(browser, account, { url: `${home}/calls/${await goodCall(account)}`, name: 'call' })
  await browser.close()
}

await withStack(takePictures)
