/** Processes of our own: are they alive, end them, wait for a condition. */

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  }
  catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Polls a condition; after the limit it throws a sentence that names what was waited for. */
export async function waitUntil(condition: () => boolean | Promise<boolean>, limitMs: number, what: string): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${Math.round(limitMs / 1000)} s for ${what}, in vain.`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

/** Ends a process politely, then firmly. */
export async function endProcess(pid: number, limitMs = 20_000): Promise<void> {
  if (!processIsAlive(pid)) return
  process.kill(pid, 'SIGTERM')
  try {
    await waitUntil(() => !processIsAlive(pid), limitMs, `process ${pid} to end`)
  }
  catch {
    process.kill(pid, 'SIGKILL')
  }
}
