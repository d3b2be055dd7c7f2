/**
 * `npm run simulate -- --seeds 20 --first-seed 1 --days 2`: runs worlds, says what they met, and how to see a failing one again.
 * --without 'the list': takes a guard of guards.ts away first, which must be missed; --without all: each in turn.
 * --twice 3: world 3 is made a second time, and must leave the same rows.
 * --forecast 50: compares so many forecasts with what comes of the campaign in a quiet world, and runs nothing else.
 * --record file.jsonl: appends each world to the file, and goes on after those that are in it.
 * Without numbers it runs the standard worlds. From 3,000 dials on a run must have met everything in sometimes.ts.
 */
import { parseArgs } from 'node:util'
import { appendFile, readFile } from 'node:fs/promises'
import { startCluster } from '../support/cluster.ts'
import { compareForecasts, manyComparisons, standardComparisons } from './compareForecasts.ts'
import { guards } from './guards.ts'
import { describe, summarise } from './report.ts'
import { simulate, type RunReport } from './simulate.ts'
import { manyDials, neverMet, standardHours, standardSeeds } from './sometimes.ts'
import { isMissed } from './without.ts'

const { values } = parseArgs({ options: {
  seeds: { type: 'string' }, 'first-seed': { type: 'string', default: '1' }, days: { type: 'string' }, hours: { type: 'string' }, twice: { type: 'string' }, without: { type: 'string', multiple: true }, record: { type: 'string' },
  forecast: { type: 'string' },
} })
const hours = values.days ? Number(values.days) * 24 : Number(values.hours ?? standardHours)
const seeds = values.seeds ? seedsFrom(Number(values.seeds)) : standardSeeds
/** While one world waits for its database the other one thinks. */
const atOnce = 2

const { server, stop } = await startCluster({ isDurable: false })
const cluster = { port: server.port, password: server.password }
const reports = await readRecord()
const done = new Set(reports.map(({ seed }) => seed))
let wasUnmissed = false
let isForecastGood = true
try {
  if (values.forecast) isForecastGood = await compareForecasts({ ...manyComparisons, seeds: seedsFrom(Number(values.forecast)), cluster }, print)
  else if (values.without) await forEach(guardsNamed(values.without), async (name) => {
    if (!await isMissed({ server, seeds, hours }, name)) wasUnmissed = true
  })
  else {
    await forEach(seeds.filter((seed) => !done.has(seed)), runOne)
    // The standard worlds only: whoever asks for others asks for them.
    if (seeds === standardSeeds) isForecastGood = await compareForecasts({ ...standardComparisons, cluster }, print)
  }
} finally {
  await stop()
}
if (values.without || values.forecast) process.exit(wasUnmissed || !isForecastGood ? 1 : 0)

const { text, met } = summarise(reports)
const missing = neverMet(met)
const mustMeetAll = reports.reduce((dials, report) => dials + report.dials, 0) >= manyDials
process.stdout.write(`${text}\n${missing.map((name) => `${mustMeetAll ? '✗' : '·'} never met: ${name}\n`).join('')}`)
process.exit(!isForecastGood || reports.some(({ violations }) => violations.length > 0) || (mustMeetAll && missing.length > 0) ? 1 : 0)

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function seedsFrom(count: number): number[] {
  return Array.from({ length: count }, (_, index) => Number(values['first-seed']) + index)
}

async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (left.length > 0) await work(left.shift()!)
  }))
}

function guardsNamed(wanted: readonly string[]): string[] {
  return Object.keys(guards).filter((name) => wanted.includes('all') || wanted.includes(name))
}

async function runOne(seed: number): Promise<void> {
  const report = await simulate({ seed, hours, cluster })
  if (Number(values.twice) === seed) {
    const again = await simulate({ seed, hours, cluster })
    if (again.digest !== report.digest) report.violations.push(`another run of the same seed came to other rows: ${report.digest}, ${again.digest}`)
  }
  reports.push(report)
  if (values.record) await appendFile(values.record, `${JSON.stringify({ hours, ...report })}\n`)
  process.stdout.write(`${describe(report, hours)}\n`)
}

async function readRecord(): Promise<RunReport[]> {
  const text = values.record ? await readFile(values.record, 'utf8').catch(() => '') : ''
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as RunReport)
}
