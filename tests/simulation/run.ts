/**
 * `npm run simulate -- --seeds 20 --first-seed 1 --days 2`: runs worlds, says what they met, and how to see a failing one again.
 * --twice 3: world 3 is made a second time, and must leave the same rows.
 * Without numbers it runs the standard worlds, which must meet everything; so does a run of as many others.
 */
import { parseArgs } from 'node:util'
import { startCluster } from '../support/cluster.ts'
import { describe, summarise } from './report.ts'
import { simulate, type RunReport } from './simulate.ts'
import { neverMet, standardHours, standardSeeds } from './sometimes.ts'

const { values } = parseArgs({ options: {
  seeds: { type: 'string' }, 'first-seed': { type: 'string', default: '1' }, days: { type: 'string' }, hours: { type: 'string' }, twice: { type: 'string' },
} })
const hours = values.days ? Number(values.days) * 24 : Number(values.hours ?? standardHours)
const seeds = values.seeds ? Array.from({ length: Number(values.seeds) }, (_, index) => Number(values['first-seed']) + index) : standardSeeds
/** While one world waits for its database the other one thinks. */
const atOnce = 2

const { server, stop } = await startCluster({ isDurable: false })
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
const isLarge = seeds.length * hours >= standardSeeds.length * standardHours
const missing = isLarge ? neverMet(met) : []
process.stdout.write(`${text}\n${missing.map((name) => `✗ never met: ${name}\n`).join('')}`)
process.exit(reports.some(({ violations }) => violations.length > 0) || missing.length > 0 ? 1 : 0)

async function runOne(seed: number): Promise<void> {
  const report = await simulate({ seed, hours, cluster })
  if (Number(values.twice) === seed) {
    const again = await simulate({ seed, hours, cluster })
    if (again.digest !== report.digest) report.violations.push(`another run of the same seed came to other rows: ${report.digest}, ${again.digest}`)
  }
  reports.push(report)
  process.stdout.write(`${describe(report, hours)}\n`)
}
