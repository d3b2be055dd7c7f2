/**
 * What a run must have met to have proven anything: every row of the failure model, everything people may do, every rule that
 * may stand in a call's way. A run of many dials that never met one of these fails; a shorter one says what it did not meet.
 */
import { deeds } from './deeds.ts'
import { traceNames } from './ending.ts'
import { faultNames } from './faults.ts'
import { forbiddings } from './forbidding.ts'

/** What `npm test` runs: some 5,000 steps. */
export const standardSeeds: readonly number[] = [1, 4]
export const standardHours = 12
/** From so many dials on a run has no excuse for what it never met. */
export const manyDials = 3_000

const sometimes: readonly string[] = [
  ...faultNames, ...forbiddings, ...Object.keys(deeds).map((deed) => `people: ${deed}`), ...traceNames,
  'people: begin with few minutes', 'people: an account with a line of its own',
  'cron: silent for a while', 'cron: request lost', ...['dispatch-calls', 'reconcile-calls', 'run-outbox'].map((name) => `cron: two to five workers of ${name}`),
  'clock: a process is wrong', 'clock: the database jumps ahead', 'clock: the database is set back', 'crash after the 200, before processing',
  'recording: unreachable', 'recording: only mixed', 'recording: gone', 'recording: not ready', 'recording: storage refuses',
  'judged: a slot is free and somebody waits', 'judged: two campaigns share an account', 'rule: a promised call beyond the attempts',
]

export const neverMet = (met: Readonly<Record<string, number>>): string[] => sometimes.filter((name) => !met[name])
