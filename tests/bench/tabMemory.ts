/** What a tab of a real browser takes and holds; from the kernel, so on Linux only. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { endProcess, waitUntil } from '../../supabase/local/processes.ts'
import { findChromium } from '../support/findChromium.ts'
import type { WebAccount } from '../support/webAccount.ts'

const LOOK_EVERY_MS = 250
const PATIENCE_MS = 300_000

/** The most that the tab's process took of its own, worker included. */
export async function watchMemory(page: Page): Promise<() => number> {
  const pids = await renderersOf(page.context().browser()!)
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, ...pids.map(anonymousMb))), LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    return most
  }
}

/**
 * The most that a tab takes until it saved a file, while no tools are attached: those keep the body of every answer, a hundred megabytes
 * and more, which nobody's browser does. click is the button in the page, by its text, that begins it; it is pressed once we are gone.
 */
export async function memoryOfSaving(account: WebAccount, address: string, prepare: (page: Page) => Promise<void>, click: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-tab-'))
  const browser = await openLoose(folder)
  try {
    const pids = await attached(browser.address, async (tools) => {
      const context = tools.contexts()[0]!
      await account.enter(context)
      const page = context.pages()[0]!
      await page.goto(address)
      await prepare(page)
      await page.evaluate(pressLater, click)
      return renderersOf(tools)
    })
    return await mostUntilSaved(pids, join(folder, 'saved'))
  } finally {
    await endProcess(browser.pid)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs in the page. */
function pressLater(text: string): void {
  const item = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find(({ textContent }) => textContent?.includes(text))
  setTimeout(() => item?.click(), 2_000)
}

/** A browser that is not ours the moment it runs: it saves files without asking, and says where its tools may attach. */
async function openLoose(folder: string): Promise<{ address: string, pid: number }> {
  mkdirSync(join(folder, 'profile', 'Default'), { recursive: true })
  mkdirSync(join(folder, 'saved'))
  writeFileSync(join(folder, 'profile', 'Default', 'Preferences'), JSON.stringify({ download: { default_directory: join(folder, 'saved'), prompt_for_download: false } }))
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(findChromium(), ['--headless=new', ...asRoot, '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`, 'about:blank'], { stdio: 'ignore' })
  const port = join(folder, 'profile', 'DevToolsActivePort')
  await waitUntil(() => existsSync(port) && readFileSync(port, 'utf8').includes('\n'), PATIENCE_MS, 'The browser')
  return { address: `http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]}`, pid: child.pid! }
}

async function attached<T>(address: string, work: (tools: Browser) => Promise<T>): Promise<T> {
  const tools = await chromium.connectOverCDP(address)
  try {
    return await work(tools)
  } finally {
    // Leaves the browser running: it was not launched from here.
    await tools.close()
  }
}

async function mostUntilSaved(pids: number[], folder: string): Promise<number> {
  let most = 0
  await waitUntil(() => {
    most = Math.max(most, ...pids.map(anonymousMb))
    return readdirSync(folder).some((file) => !file.endsWith('.crdownload') && !file.startsWith('.'))
  }, PATIENCE_MS, 'The saved file')
  return most
}

async function renderersOf(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

function anonymousMb(pid: number): number {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}
