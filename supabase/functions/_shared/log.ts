import type { Log, LogLevel } from '../../../business/models/runtime.ts'
import { scrub } from '../../../business/services/errors/scrub.ts'
import { trackFailure } from './errorTracking.ts'

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/**
 * One JSON object a line, for whoever collects the output. Facts are ids, counts and codes: nothing personal. Words of failures are
 * cleaned, because others wrote them; errors go to the tracker, too, where there is one.
 */
export function createLog(least: LogLevel, origin: Record<string, string>): Log {
  return (level, event, facts = {}) => {
    if (ranks[level] < ranks[least]) return
    const clean = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' && !isCode(value) ? scrub(value) : value]))
    const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...origin, ...clean })
    if (level !== 'error') return console.log(line)
    console.error(line)
    trackFailure(event, { ...origin, ...clean })
  }
}

/** One word of ours or of a provider's: an id, a state, an instant; no number that could be rung. */
const isCode = (value: string) => /^[\w.:/-]+$/.test(value) && !/^[\d-]{8,}$/.test(value)
