/** How long after a webhook arrived a person sees what it says: a running campaign, watched in a real browser. */
import { chromium, type Page } from '@playwright/test'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { createCampaign } from '../factories/campaign.ts'
import { findChromium } from '../support/findChromium.ts'
import { withStack } from '../support/startedStack.ts'
import { asAdmin, giveMinutes, importPeople, openWebAccount, type WebAccount } from '../support/webAccount.ts'
import { atMost, percentile, reported, type Figure, type Scale } from './measure.ts'

const CONTACTS = { smoke: 5, small: 10, full: 20 }
const PATIENCE_MS = 180_000
/** What is over sooner may be overtaken by what came after it, and is rightly never shown. */
const LASTS_MS = 1_000
/** The words of the page for what a webhook said. */
const WORDS: Record<string, string> = { ringing: 'Ringing', in_progress: 'In call', report: 'Answered' }

/** Where the page keeps when it first showed which words in whose row; milliseconds since 1970. */
interface Seen { contact: string, words: string, at: number }
interface Fact { contact: string, state: string, received: number }

export async function measureScreen(scale: Scale): Promise<Figure[]> {
  const delays = await withStack((stack) => measure(stack, CONTACTS[scale]))
  return [
    reported('webhook to screen, p50', percentile(delays, 50), 'ms'),
    atMost(reported(`webhook to screen, p95 of ${delays.length} changes`, percentile(delays, 95), 'ms'), 1_000),
  ]
}

async function measure(stack: StackFile, contacts: number): Promise<number[]> {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 1_000)
  const campaignId = await answeredCampaign(account, contacts)
  const browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const context = await browser.newContext()
    await account.enter(context)
    const page = await context.newPage()
    await page.goto(`${stack.app_url}/campaigns/${campaignId}`)
    await page.getByRole('row').nth(contacts).waitFor()
    await watchRows(page)
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    await page.waitForFunction((wanted) => document.querySelectorAll('tbody tr').length === wanted
      && [...document.querySelectorAll('tbody tr')].every((row) => row.textContent?.includes('Answered')), contacts, { timeout: PATIENCE_MS })
    const seen = await page.evaluate(() => (window as unknown as { seen: Seen[] }).seen)
    return delaysOf(await factsOf(stack, account.accountId), seen)
  } finally {
    await browser.close()
  }
}

/** A campaign whose numbers all answer and talk. */
async function answeredCampaign(account: WebAccount, contacts: number): Promise<string> {
  const people = Array.from({ length: contacts }, (_, index) => ({ name: `Contact ${index}.`, phone: `+1212555${String(index).padStart(2, '0')}01` }))
  const contactIds = await importPeople(account, people)
  const { campaignId } = await createCampaign(account, { contacts: 0, content: { max_attempts: 1 } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds })
  return campaignId
}

/** Looks at every change of the page, in the page: asking from outside would measure the asking. */
async function watchRows(page: Page): Promise<void> {
  await page.evaluate((words) => {
    const seen: Seen[] = []
    const known = new Set<string>()
    const look = () => {
      for (const row of document.querySelectorAll('tbody tr')) {
        const text = row.textContent ?? ''
        const contact = /Contact \d+\./.exec(text)?.[0] ?? ''
        const shown = words.find((word) => text.includes(word))
        if (!shown || known.has(contact + shown)) continue
        known.add(contact + shown)
        seen.push({ contact, words: shown, at: Date.now() })
      }
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.assign(window, { seen })
  }, Object.values(WORDS))
}

/** When each state was reported to us by the wall's clock, which the page has as well, and only those that lasted. */
async function factsOf(stack: StackFile, accountId: string): Promise<Fact[]> {
  const rows = await asAdmin(stack, (sql) => sql<Fact[]>`
    select k.name as contact, case when (e.event ->> 'is_report')::boolean then 'report' else e.event ->> 'state' end as state,
      (extract(epoch from e.received_at - (private.now() - clock_timestamp())) * 1000)::float8 as received
    from engine.provider_events e join public.calls c on c.id = e.call_id join public.contacts k on k.id = c.contact_id
    where e.account_id = ${accountId} order by k.name, e.id`)
  return rows.filter((row, index) => {
    const next = rows[index + 1]
    return row.state in WORDS && (next?.contact !== row.contact || next.received - row.received >= LASTS_MS)
  })
}

/** Null delays do not exist: what lasted and was never shown is the worst there is. */
function delaysOf(facts: Fact[], seen: Seen[]): number[] {
  if (facts.length === 0) throw new Error('No webhook arrived.')
  const delays = facts.map(({ contact, state, received }) => {
    const shown = seen.find((row) => row.contact === contact && row.words === WORDS[state])
    return shown ? shown.at - received : PATIENCE_MS
  })
  if (delays.some((delay) => delay < 0)) throw new Error('The page showed something before it was reported: the two clocks differ.')
  return delays
}
