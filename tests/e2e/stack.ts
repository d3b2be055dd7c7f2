/** One stack per Playwright worker, started as a new user starts it, on its own ports and data folder. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { anyPort } from '../../supabase/local/ports.ts'
import { endProcess } from '../../supabase/local/processes.ts'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { beginInTheMorning, newDataFolder, startStack } from '../support/startedStack.ts'

export interface RunningStack extends StackFile {
  /** The newest mail to an address, as HTML. */
  mailTo(address: string): Promise<string>
  restart(): Promise<void>
}

/** How much faster than in life the carrier's calls go. Nobody watches most of them; a test in which somebody does says so. */
const HURRIED = 20

export const test = base.extend<{ carrierSpeed: number, pace: null, leftOpen: null }, { stack: RunningStack }>({
  carrierSpeed: [HURRIED, { option: true }],
  pace: [async ({ stack, carrierSpeed }, use) => {
    await setCarrierSpeed(stack, carrierSpeed)
    await use(null)
  }, { auto: true }],
  // A page that stays open goes on listening and asking beside every later test: forty of them are half of what the machine has to do.
  leftOpen: [async ({ browser }, use) => {
    await use(null)
    await Promise.all(browser.contexts().map((context) => context.close()))
  }, { auto: true }],
  stack: [async ({ browserName: _ }, use) => {
    const folder = await newDataFolder()
    const port = await anyPort()
    let stack = await startStack(folder, port)
    await beginInTheMorning(stack)
    await use({
      ...stack,
      async mailTo(address) {
        const inbox = new URL('/api/email', stack.mail_url)
        for (let tries = 0; tries < 100; tries++) {
          const mails = await (await fetch(inbox)).json() as { to: { address: string }[], html: string }[]
          const mail = mails.filter(({ to }) => to.some((receiver) => receiver.address === address)).at(-1)
          if (mail) return mail.html
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
        throw new Error(`No mail came to ${address}.`)
      },
      async restart() {
        await endProcess(stack.pid)
        stack = await startStack(folder, port)
      },
    })
    await endProcess(stack.pid)
    // What the functions complained of explains a failure better than a screenshot.
    const complaints = readFileSync(join(folder, 'functions.log'), 'utf8').split('\n').filter((line) => /"level":"(error|warn)"/.test(line))
    if (complaints.length > 0) process.stdout.write(`${complaints.slice(-20).join('\n')}\n`)
    rmSync(folder, { recursive: true, force: true })
  }, { scope: 'worker', timeout: 600_000 }],
})

export async function setCarrierSpeed({ app_url }: Pick<RunningStack, 'app_url'>, speed: number): Promise<void> {
  await fetch(`${app_url}/carrier/speed`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ speed }) })
}

export { expect } from '@playwright/test'
