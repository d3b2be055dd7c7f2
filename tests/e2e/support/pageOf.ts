import type { Browser, Page } from '@playwright/test'
import type { WebAccount } from '../../support/webAccount.ts'

/** A browser of its own for one person, so that two people can look at the same thing. */
export async function pageOf(browser: Browser, account: WebAccount): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await account.enter(context)
  return context.newPage()
}
