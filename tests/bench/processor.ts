/** Processor time of a running stack, as the kernel counts it: it tells what work costs on a machine that does other things, too. */
import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10
const NAMES: Record<string, string> = { deno: 'function host', postgres: 'database' }

interface Process { pid: number, parent: number, name: string, ms: number }

/** Milliseconds since their start, by part of the stack; nothing where there is no /proc. Processes that ended are not counted. */
export function processorMs(stackPid: number): Record<string, number> {
  const processes = all()
  const parts: Record<string, number> = {}
  for (const { pid, name, ms } of processes) {
    if (!descends(pid, stackPid, processes)) continue
    const part = pid === stackPid ? 'gateway and API' : NAMES[name] ?? 'the rest'
    parts[part] = (parts[part] ?? 0) + ms
  }
  delete parts['the rest']
  return parts
}

function descends(pid: number, ancestor: number, processes: Process[]): boolean {
  for (let current: number | undefined = pid; current; current = processes.find((known) => known.pid === current)?.parent) {
    if (current === ancestor) return true
  }
  return false
}

function all(): Process[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => read(Number(name)) ?? [])
  } catch {
    return []
  }
}

/** Null when it has ended meanwhile. The name stands in brackets and may hold anything (proc(5)). */
function read(pid: number): Process | null {
  try {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    return { pid, name, parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS }
  } catch {
    return null
  }
}
