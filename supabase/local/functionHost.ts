/** Starts the Deno process that serves the edge functions, and keeps it running. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ended, keepRunning } from './keepRunning.ts'
import { BIN, FUNCTIONS, LOCAL, ROOT } from './paths.ts'
import { endSupervised, spawnSupervised } from './supervised.ts'

export interface FunctionHost {
  url(): string
  /** Waits until no function has background work left. */
  drain(): Promise<void>
  stop(): Promise<void>
}

export interface FunctionHostOptions {
  /** Where the host keeps its port and its log. */
  folder: string
  env: Record<string, string>
  functions?: string
  /** Loads the functions anew when they change; whoever works on them reads their log in the terminal. */
  isWatching?: boolean
  onLost?: () => void
}

const DENO = join(BIN, 'deno')
const PERMISSIONS = ['--unstable-no-legacy-abort', '--allow-net', '--allow-env', '--allow-read', '--allow-sys']
const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 5_000
const LARGEST_LOG_BYTES = 10_000_000

export async function startFunctionHost(options: FunctionHostOptions): Promise<FunctionHost> {
  const { folder, env, functions = FUNCTIONS, isWatching = false, onLost = () => undefined } = options
  const portFile = join(folder, 'functions.port')
  const log = join(folder, 'functions.log')
  if (existsSync(log) && statSync(log).size > LARGEST_LOG_BYTES) rmSync(log)
  const watch = isWatching ? [`--watch=${functions},${join(ROOT, 'business')}`, '--no-clear-screen'] : []
  const args = ['run', '--no-lock', '--quiet', ...watch, ...PERMISSIONS, `--allow-write=${portFile}`, join(LOCAL, 'host.ts'), portFile, functions]
  const kept = keepRunning(() => {
    rmSync(portFile, { force: true })
    return isWatching ? launchWatched(args, env) : launch(args, env, log)
  }, onLost)
  const port = () => (existsSync(portFile) ? readFileSync(portFile, 'utf8') : '')
  const url = () => `http://127.0.0.1:${port() || '1'}`
  const stop = () => (isWatching ? endSupervised(kept.release(), STOPPED_WITHIN_MS) : end(kept.release()))
  try {
    await started(kept.current(), () => port() !== '', log)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, drain: async () => void await fetch(`${url()}/__drain`), stop }
}

/**
 * The environment holds what a deployed function would have and nothing else of this machine. The open input is how the
 * host notices that this process is gone; a group of its own keeps Ctrl-C from it until everything is stopped in order.
 */
function launch(args: string[], env: Record<string, string>, log: string): ChildProcess {
  const output = openSync(log, 'a', 0o600)
  const child = spawn(DENO, args, { cwd: ROOT, detached: true, stdio: ['pipe', output, output], env: environment(env) })
  closeSync(output)
  return child
}

/** Deno's watcher outlives the program that it watches, so that somebody else has to end it. */
function launchWatched(args: string[], env: Record<string, string>): ChildProcess {
  return spawnSupervised(DENO, [...args, 'watched'], { cwd: ROOT, env: environment(env), output: 'inherit', endsBy: 'TERM' })
}

function environment(env: Record<string, string>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1', ...env }
}

async function started(child: ChildProcess, isReady: () => boolean, log: string): Promise<void> {
  const limit = Date.now() + READY_WITHIN_MS
  while (!isReady()) {
    if (child.exitCode !== null || Date.now() > limit) throw new Error(`The edge functions do not start; the reason is in ${log}.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function end(child: ChildProcess): Promise<void> {
  child.stdin?.destroy()
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS)
  await ended(child)
  clearTimeout(impatience)
}
