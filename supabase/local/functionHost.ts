/** Starts the Deno process that serves the edge functions, and keeps it running. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BIN, LOCAL, ROOT } from './paths.ts'
import { endProcess, waitUntil } from './processes.ts'

export interface FunctionHost {
  url(): string
  /** Waits until no function has background work left. */
  drain(): Promise<void>
  stop(): Promise<void>
}
interface Options { folder: string, env: Record<string, string>, isWatching?: boolean }

const RESTART_AFTER_MS = 500

export async function startFunctionHost({ folder, env, isWatching = false }: Options): Promise<FunctionHost> {
  const portFile = join(folder, 'functions.port')
  const log = createWriteStream(join(folder, 'functions.log'), { flags: 'a' })
  let child: ChildProcess
  let isStopping = false

  const start = () => {
    rmSync(portFile, { force: true })
    const watch = isWatching ? [`--watch=${join(ROOT, 'supabase/functions')},${join(ROOT, 'business')}`, '--no-clear-screen'] : []
    child = spawn(join(BIN, 'deno'), ['run', '--no-lock', '--quiet', ...watch, '--allow-net', '--allow-env', '--allow-read', `--allow-write=${portFile}`, '--allow-sys', join(LOCAL, 'host.ts'), portFile],
      { cwd: ROOT, env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1', ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    child.once('exit', () => {
      if (!isStopping) setTimeout(start, RESTART_AFTER_MS).unref()
    })
  }

  start()
  await waitUntil(() => existsSync(portFile) && readFileSync(portFile, 'utf8') !== '', 60_000, `the functions to start (see ${join(folder, 'functions.log')})`)
  const url = () => `http://127.0.0.1:${existsSync(portFile) ? readFileSync(portFile, 'utf8') : '1'}`
  return {
    url,
    async drain() {
      await fetch(`${url()}/__drain`)
    },
    async stop() {
      isStopping = true
      if (child.pid) await endProcess(child.pid)
      log.end()
    },
  }
}
