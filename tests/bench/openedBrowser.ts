/** A real browser, signed in as the owner of an account, for what a page costs the person who looks at it. */
import { chromium, type BrowserContext } from '@playwright/test'
import { findChromium } from '../support/findChromium.ts'
import type { WebAccount } from '../support/webAccount.ts'

const VIEWPORT = { width: 1440, height: 900 }

/** A context with empty caches each time; nothing of it stays. */
export async function withContext<T>(account: WebAccount, work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const context = await browser.newContext({ viewport: VIEWPORT })
    await account.enter(context)
    return await work(context)
  } finally {
    await browser.close()
  }
}
