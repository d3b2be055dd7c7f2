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
  try {
    return await work(stack)
  } finally {
    await endProcess(stack.pid)
    rmSync(folder, { recursive: true, force: true })
  }
}
