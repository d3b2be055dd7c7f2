/** The stack as a new user starts it, in a process of its own, on its own port and data folder. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../supabase/local/paths.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { endProcess } from '../../supabase/local/processes.ts'
import type { StackFile } from '../../supabase/local/stackFile.ts'

/** A new user has no NODE_ENV; with `test` in it the local services behave otherwise. */
const { NODE_ENV: _nodeEnv, ...environment } = process.env

/** Builds the app first when its sources are newer than the last build. */
export async function startStack(folder: string, port: number): Promise<StackFile> {
  const env = { ...environment, OUTDIAL_DATA_DIR: folder, OUTDIAL_PORT: String(port) }
  const child = spawn(process.execPath, [join(ROOT, 'supabase/local/start.ts')], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
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

/** Nine in the morning in New York, where the factories' contacts live, so that no test depends on the hour it runs at. */
export async function beginInTheMorning({ app_url }: StackFile): Promise<void> {
  const answer = await fetch(`${app_url}/carrier/clock`, { method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ move: 'morning', zone: 'America/New_York' }) })
  if (!answer.ok) throw new Error(`The clock could not be moved: ${await answer.text()}`)
}

/** Postgres may run as another account, which must get through. */
export async function newDataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-stack-'))
  await chmod(folder, 0o755)
  return folder
}

/** A stack for one piece of work; nothing of it stays. */
export async function withStack<T>(work: (stack: StackFile) => Promise<T>): Promise<T> {
  const folder = await newDataFolder()
  const stack = await startStack(folder, await anyPort())
  await beginInTheMorning(stack)
  try {
    return await work(stack)
  } finally {
    await endProcess(stack.pid)
    rmSync(folder, { recursive: true, force: true })
  }
}
