import type { Log, LogLevel } from '../../../business/models/runtime.ts'

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** One JSON object a line, for whoever collects the output. Facts are ids, counts and codes: nothing personal. */
export function createLog(least: LogLevel, origin: Record<string, string>): Log {
  return (level, event, facts = {}) => {
    if (ranks[level] < ranks[least]) return
    const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...origin, ...facts })
    if (level === 'error') console.error(line)
    else console.log(line)
  }
}
