/** What every page must be, whatever it shows: accessible in light and dark, and nowhere wider than the screen. */
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const LOOKS = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 1440, height: 900, colorScheme: 'dark' },
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const
/** Whatever stands over the page: a dialog, a sheet, a question, a menu, a list of options. */
const OVERLAY = ['dialog', 'alertdialog', 'menu', 'listbox'].map((role) => `[role="${role}"][data-state="open"]`).join(', ')

type Texts = { [key: string]: string | Texts }
const keysOf = (texts: Texts, path: string): string[] =>
  Object.entries(texts).flatMap(([key, text]) => (typeof text === 'string' ? [`${path}.${key}`] : keysOf(text, `${path}.${key}`)))
const textKeys = new Set(globSync('app/locales/en/*.json').flatMap((file) => keysOf(JSON.parse(readFileSync(file, 'utf8')) as Texts, basename(file, '.json'))))

interface Scope { rules?: string[], within?: string }

export async function expectAccessible(page: Page, scope: Scope = {}): Promise<void> {
  // A page that is still empty has nothing to find fault with.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectTexts(page)
  await expectNoViolations(page, scope)
}

/** Each page loads its own texts; of one that did not come, its key is shown. */
async function expectTexts(page: Page): Promise<void> {
  const shown = (await page.locator('body').innerText()).match(/\w+(?:\.\w+)+/g) ?? []
  expect(shown.filter((word) => textKeys.has(word))).toEqual([])
}

/** What is open hides the page behind it, its heading included. */
export async function expectDialogAccessible(page: Page): Promise<void> {
  await expect(page.locator(OVERLAY).first()).toBeVisible()
  await expectNoViolations(page, { within: OVERLAY })
}

/**
 * The run in one piece inside the page: our pages have no frames, for which axe would otherwise carry its whole findings through
 * a second, blank page. What passes is not listed, and axe itself is sent to a document once.
 */
async function expectNoViolations(page: Page, { rules, within }: Scope): Promise<void> {
  const isThere = await page.evaluate(() => 'axe' in window)
  const axe = new AxeBuilder({ page, axeSource: isThere ? 'window.axe.version' : undefined }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (rules) axe.withRules(rules)
  if (within) axe.include(within)
  await comeToRest(page)
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}

/** A color on its way to another one has a contrast that nobody reads. */
async function comeToRest(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime))
    .map(({ finished }) => finished)))
}

/** A page that is given another width has it with the next frame: what is too wide after five seconds stays so. */
const SETTLED_WITHIN_MS = 5_000

/** 360 px is the narrowest phone; 200 % zoom of a laptop is 720 px. */
async function expectToFit(page: Page): Promise<void> {
  for (const width of [360, 720]) {
    await page.setViewportSize({ width, height: 800 })
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    await expect.poll(wider, { message: `${page.url()} at ${width} px scrolls sideways`, timeout: SETTLED_WITHIN_MS }).toBe(0)
  }
}

export async function expectGoodLooks(page: Page): Promise<void> {
  // Nothing fades while it is measured: a half faded text has half its contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const { width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    // The dark look has the same structure in other colours.
    await expectAccessible(page, colorScheme === 'dark' ? { rules: ['color-contrast'] } : {})
  }
  await expectToFit(page)
}
