/**
 * `npm run stress -- --calls 20000 --seed 1`: rounds of calls on real sessions until so many have been placed. With `--log file`
 * each finished round is a line there, and the same command again goes on where it was ended. `--without` a guard it must fail.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startStressServer } from './server.ts'
import { stress, type StressReport } from './stress.ts'

const { values } = parseArgs({ options: {
  calls: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' }, rounds: { type: 'string' }, log: { type: 'string' },
  round: { type: 'string', default: '10000' }, verbose: { type: 'boolean', default: false },
  without: { type: 'string', multiple: true },
} })
const wanted = Number(values.calls)

const reports: StressReport[] = values.log && existsSync(values.log)
  ? readFileSync(values.log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as StressReport)
  : []
const mostRounds = values.rounds === undefined ? Infinity : reports.length + Number(values.rounds)
const placed = () => reports.reduce((sum, { calls }) => sum + calls, 0)

const server = await startStressServer({ without: values.without })
try {
  while (placed() < wanted && reports.length < mostRounds) {
    const calls = Math.min(Number(values.round), wanted - placed())
    const report = await stress({ cluster: server, seed: Number(values.seed) + reports.length, calls,
      onProgress: values.verbose ? (words) => void process.stderr.write(`${words}\n`) : undefined })
    reports.push(report)
    if (values.log) appendFileSync(values.log, `${JSON.stringify(report)}\n`)
    process.stdout.write(`${describe(report)}\n`)
  }
} finally {
  await server.stop()
}
process.stdout.write(`${summary()}\n`)
process.exit(reports.some(({ violations }) => violations.length > 0) ? 1 : 0)

function describe({ seed, calls, seconds, violations, counts }: StressReport): string {
  const figures = `${calls} calls in ${seconds} s, ${counts['sessions terminated'] ?? 0} sessions ended, ${counts.deadlocks ?? 0} deadlocks`
  return [`${violations.length === 0 ? '✓' : '✗'} seed ${seed}: ${figures}`, ...violations.map((text) => `    ${text}`)].join('\n')
}

function summary(): string {
  const met: Record<string, number> = {}
  for (const { counts } of reports) for (const [name, count] of Object.entries(counts)) met[name] = (met[name] ?? 0) + count
  const lines = Object.entries(met).sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`)
  return ['met:', ...lines, `${reports.length} rounds, ${placed()} of ${wanted} calls, ${reports.reduce((sum, { seconds }) => sum + seconds, 0)} s`].join('\n')
}
