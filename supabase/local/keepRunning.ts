/** Keeps a child process running: it is started again when it ends by itself, ever more slowly while it ends at once. */
import type { ChildProcess } from 'node:child_process'

export interface Kept {
  current(): ChildProcess
  /** From now on an end is wanted; the caller ends the process. */
  release(): ChildProcess
}

const QUICK_END_MS = 10_000
const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 5_000

export function keepRunning(launch: () => ChildProcess, onLost: () => void): Kept {
  let isReleased = false
  let delay = FIRST_DELAY_MS
  let child: ChildProcess
  const start = () => {
    const started = Date.now()
    child = launch()
    child.once('exit', () => {
      if (isReleased) return
      onLost()
      delay = Date.now() - started < QUICK_END_MS ? Math.min(delay * 2, LONGEST_DELAY_MS) : FIRST_DELAY_MS
      setTimeout(() => isReleased || start(), delay)
    })
  }
  start()
  return {
    current: () => child,
    release() {
      isReleased = true
      return child
    },
  }
}

/** Resolves when the process has ended. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => void child.once('exit', () => resolve()))
}
