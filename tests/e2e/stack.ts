/** One stack per Playwright worker, started as a new user starts it, on its own ports and data folder. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { ROOT } from '../../supabase/local/paths.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { endProcess } from '../../supabase/local/processes.ts'
import type { StackFile } from '../../supabase/local/stackFile.ts'

export interface RunningStack extends StackFile {
  /** The newest mail to an address, as HTML. */
  mailTo(address: string): Promise<string>
  restart(): Promise<void>
}

/** A new user has no NODE_ENV; with `test` in it the local services behave otherwise. */
const { NODE_ENV: _nodeEnv, ...environment } = process.env

async function start(folder: string, port: number): Promise<StackFile> {
  const child = spawn(process.execPath, [join(ROOT, 'supabase/local/start.ts')], { cwd: ROOT, env: { ...environment, OUTDIAL_DATA_DIR: folder, OUTDIAL_PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    const heard: string[] = []
    const listen = (chunk: Buffer) => {
      heard.push(chunk.toString())
      if (heard.join('').includes('Outdial is ready')) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', () => reject(new Error(`The stack ended:\n${heard.join('')}`)))
  })
  return JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as StackFile
}

export const test = base.extend<object, { stack: RunningStack }>({
  stack: [async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'outdial-e2e-'))
    await chmod(folder, 0o755)
    const port = await anyPort()
    let stack = await start(folder, port)
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
        stack = await start(folder, port)
      },
    })
    await endProcess(stack.pid)
    // What the functions complained of explains a failure better than a screenshot.
    const complaints = readFileSync(join(folder, 'functions.log'), 'utf8').split('\n').filter((line) => /"level":"(error|warn)"/.test(line))
    if (complaints.length > 0) process.stdout.write(`${complaints.slice(-20).join('\n')}\n`)
    rmSync(folder, { recursive: true, force: true })
  }, { scope: 'worker', timeout: 180_000 }],
})

export { expect } from '@playwright/test'
