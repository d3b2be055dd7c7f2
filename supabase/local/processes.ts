/** Processes of our own: are they alive, are they still the same, end them, wait for a condition. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, in the words of the system; null when there is none. Numbers are given again, beginnings are not. */
export function beginningOf(pid: number): string | null {
  if (existsSync('/proc/self/stat')) {
    // The name of the program stands in brackets and may hold anything; the beginning is the 20th word after it.
    return readOrNull(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19] ?? null
  }
  return ps(pid, 'lstart=')
}

/** The command line of a process; null when there is none. */
export function commandOf(pid: number): string | null {
  if (existsSync('/proc/self/stat')) return readOrNull(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? null
  return ps(pid, 'command=')
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
  } catch {
    return null
  }
}

/** Polls a condition; after the limit it throws a sentence that names what was waited for. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, limitMs: number, what: string): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${Math.round(limitMs / 1000)} s for ${what}, in vain.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Ends a process politely, then firmly. */
export async function endProcess(pid: number, { signal = 'SIGTERM', limitMs = 20_000 }: { signal?: NodeJS.Signals, limitMs?: number } = {}): Promise<void> {
  if (!processIsAlive(pid)) return
  process.kill(pid, signal)
  try {
    await waitUntil(() => !processIsAlive(pid), limitMs, `process ${pid} to end`)
  } catch {
    process.kill(pid, 'SIGKILL')
    await waitUntil(() => !processIsAlive(pid), 5_000, `process ${pid} to end`)
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
