/**
 * `npm run simulate -- --seeds 20 --first-seed 1 --days 2`: runs worlds, says what they met, and how to see a failing one again.
 * --change file.sql: runs it on the finished database first; a guard taken away must be noticed.
 * --twice 3: world 3 is made a second time, and must leave the same rows.
 * Without numbers it runs the standard worlds. From 3,000 dials on a run must have met everything in sometimes.ts.
 */
import { parseArgs } from 'node:util'
import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import { startCluster, TEMPLATE } from '../support/cluster.ts'
import { describe, summarise } from './report.ts'
import { simulate, type RunReport } from './simulate.ts'
import { manyDials, neverMet, standardHours, standardSeeds } from './sometimes.ts'

const { values } = parseArgs({ options: {
  seeds: { type: 'string' }, 'first-seed': { type: 'string', default: '1' }, days: { type: 'string' }, hours: { type: 'string' }, twice: { type: 'string' }, change: { type: 'string' },
} })
const hours = values.days ? Number(values.days) * 24 : Number(values.hours ?? standardHours)
const seeds = values.seeds ? Array.from({ length: Number(values.seeds) }, (_, index) => Number(values['first-seed']) + index) : standardSeeds
/** While one world waits for its database the other one thinks. */
const atOnce = 2

const { server, stop } = await startCluster({ isDurable: false })
if (values.change) await changeTemplate(server.url(TEMPLATE, 'postgres'), values.change)
const cluster = { port: server.port, password: server.password }
const reports: RunReport[] = []
const startedAt = Date.now()
try {
  const left = [...seeds]
  await Promise.all(Array.from({ length: Math.min(atOnce, seeds.length) }, async () => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) await runOne(seed)
  }))
} finally {
  await stop()
}

const { text, met } = summarise(reports, Date.now() - startedAt)
const missing = neverMet(met)
const mustMeetAll = reports.reduce((dials, report) => dials + report.dials, 0) >= manyDials
process.stdout.write(`${text}\n${missing.map((name) => `${mustMeetAll ? '✗' : '·'} never met: ${name}\n`).join('')}`)
process.exit(reports.some(({ violations }) => violations.length > 0) || (mustMeetAll && missing.length > 0) ? 1 : 0)

async function runOne(seed: number): Promise<void> {
  const report = await simulate({ seed, hours, cluster })
  if (Number(values.twice) === seed) {
    const again = await simulate({ seed, hours, cluster })
    if (again.digest !== report.digest) report.violations.push(`another run of the same seed came to other rows: ${report.digest}, ${again.digest}`)
  }
  reports.push(report)
  process.stdout.write(`${describe(report, hours)}\n`)
}

async function changeTemplate(url: string, file: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  await sql.unsafe(await readFile(file, 'utf8'))
  await sql.end()
}
