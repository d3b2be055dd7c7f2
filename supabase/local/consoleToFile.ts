/**
 * Libraries in this process write to the console, the API a whole stack for every answer that is no success. What they say
 * while they work for us goes to a file in the data folder; the terminal is for sentences that a person needs.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync, existsSync, rmSync, statSync } from 'node:fs'
import { format } from 'node:util'

const LARGEST_BYTES = 10_000_000
const LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const
const file = new AsyncLocalStorage<string>()
let isPatched = false

export function withConsoleIn<T>(path: string, work: () => T): T {
  patchOnce()
  return file.run(path, work)
}

/** Begins the file anew when it has become large. */
export function trimLog(path: string): void {
  if (existsSync(path) && statSync(path).size > LARGEST_BYTES) rmSync(path)
}

function patchOnce(): void {
  if (isPatched) return
  isPatched = true
  for (const level of LEVELS) {
    const write = console[level].bind(console)
    console[level] = (...args: unknown[]) => {
      const path = file.getStore()
      if (path) appendFileSync(path, `${new Date().toISOString()} ${format(...args)}\n`, { mode: 0o600 })
      else write(...args)
    }
  }
}
