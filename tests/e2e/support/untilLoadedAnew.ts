import type { Page } from '@playwright/test'

/**
 * What leads to a new document, and its arrival. Whoever signs out gets one: until it is there the old one shows the same address,
 * loses what it is asked in the middle, and Chromium may never end who is closed then.
 */
export async function untilLoadedAnew(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()])
}
