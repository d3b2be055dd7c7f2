/**
 * `npm run evidence`: every kind of proof after the other, at a size that an evening holds, and in the end one line for each. What is
 * on the page of evidence (tests/README.md) was found with these commands; `-- --size long` repeats it at the size given there.
 */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'

const sizes = {
  short: { seeds: '20', calls: '10000', mutate: ['--quick'], scale: 'small' },
  long: { seeds: '200', calls: '1000000', mutate: [], scale: 'full' },
} as const

const { values } = parseArgs({ options: { size: { type: 'string', default: 'short' }, 'first-seed': { type: 'string', default: '1' } } })
const size = sizes[values.size as keyof typeof sizes]
if (!size) throw new Error(`--size is one of ${Object.keys(sizes).join(', ')}.`)
const seed = values['first-seed']

const proofs: Record<string, string[]> = {
  'every test': ['tests/run.ts'],
  'whole histories with every fault': ['tests/simulation/run.ts', '--seeds', size.seeds, '--first-seed', seed, '--hours', '12'],
  'races on real sessions': ['tests/stress/run.ts', '--calls', size.calls, '--seed', seed],
  'every guard is missed': ['tests/mutations/run.ts', ...size.mutate],
  figures: ['tests/bench/run.ts', '--scale', size.scale],
}

const lines: string[] = []
let failures = 0
for (const [name, command] of Object.entries(proofs)) {
  const startedAt = Date.now()
  process.stdout.write(`\n▸ ${name}: node ${command.join(' ')}\n`)
  const code = await run(command)
  if (code !== 0) failures++
  lines.push(`${code === 0 ? '✓' : '✗'} ${name} (${Math.round((Date.now() - startedAt) / 60_000)} min)`)
}
process.stdout.write(`\n${lines.join('\n')}\n`)
process.exit(failures === 0 ? 0 : 1)

function run(args: string[]): Promise<number> {
  return new Promise((resolve) => spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1)))
}
