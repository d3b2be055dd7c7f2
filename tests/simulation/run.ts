/** `npm run simulate -- --seeds 20 --first-seed 1 --hours 24`: runs worlds, says what they met, and how to see a failing one again. */
import { parseArgs } from 'node:util'
import { startCluster } from '../support/cluster.ts'
import { simulate, type RunReport } from './simulate.ts'

const { values } = parseArgs({ options: {
  seeds: { type: 'string', default: '10' }, 'first-seed': { type: 'string', default: '1' }, days: { type: 'string' }, hours: { type: 'string', default: '6' },
} })
const hours = values.days ? Number(values.days) * 24 : Number(values.hours)

const { server, stop } = await startCluster({ isDurable: false })
const reports: RunReport[] = []
try {
  for (let seed = Number(values['first-seed']); seed < Number(values['first-seed']) + Number(values.seeds); seed++) {
    const report = await simulate({ seed, hours, cluster: { port: server.port, password: server.password } })
    reports.push(report)
    process.stdout.write(`${describe(report)}\n`)
  }
} finally {
  await stop()
}
process.stdout.write(`${summary(reports)}\n`)
process.exit(reports.some(({ violations }) => violations.length > 0) ? 1 : 0)

function describe({ seed, violations, steps, dials, virtualMs, wallMs }: RunReport): string {
  const figures = `${steps} steps, ${dials} dials, ${(virtualMs / 3_600_000).toFixed(0)} h in ${(wallMs / 1000).toFixed(1)} s`
  if (violations.length === 0) return `✓ seed ${seed}: ${figures}`
  return [`✗ seed ${seed}: ${figures}`, ...violations.map((text) => `    ${text}`), `    again: npm run simulate -- --seeds 1 --first-seed ${seed} --hours ${hours}`].join('\n')
}

function summary(all: RunReport[]): string {
  const met: Record<string, number> = {}
  for (const report of all) for (const [name, count] of Object.entries(report.met)) met[name] = (met[name] ?? 0) + count
  const lines = Object.entries(met).sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
  const sum = (of: (report: RunReport) => number) => all.reduce((total, report) => total + of(report), 0)
  return [`met:`, ...lines, `${all.length} seeds, ${sum(({ steps }) => steps)} steps, ${sum(({ dials }) => dials)} dials, virtual ÷ wall ${Math.round(sum(({ virtualMs }) => virtualMs) / sum(({ wallMs }) => wallMs))}`].join('\n')
}
