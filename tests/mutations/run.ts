/**
 * `npm run mutate`: takes one guard after the other away from a copy of the database and runs the checks until one of them
 * notices. `-- --only dial` only those with that in their name, `--list` names them, `--record` notes in catchers.json who noticed, `--quick` asks only
 * the test that noticed last, or the file that should.
 */
import { parseArgs } from 'node:util'
import { allMutations } from './all.ts'
import { readCatchers, writeCatchers } from './catchers.ts'
import { createChecks } from './checks.ts'
import { startMutants } from './mutants.ts'

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' }, record: { type: 'boolean' }, quick: { type: 'boolean' } } })

const mutants = await startMutants()
const mutations = (await mutants.read(allMutations)).filter(({ name }) => values.only?.some((part) => name.includes(part)) ?? true)
const survivors = values.list ? [] : await runAll()
if (values.list) process.stdout.write(`${mutations.map(({ name }) => name).join('\n')}\n${mutations.length} mutations\n`)
await mutants.stop()
process.exit(survivors.length > 0 ? 1 : 0)

async function runAll(): Promise<string[]> {
  const catchers = readCatchers()
  const checks = await createChecks()
  const layers: Record<string, number> = {}
  const left: string[] = []
  for (const [place, mutation] of mutations.entries()) {
    const started = Date.now()
    const asked = { hint: catchers[mutation.name] ?? mutation.hint, isQuick: values.quick ?? false }
    const catcher = await mutants.withMutant(mutation, (cluster) => checks.catcherOf(cluster, asked)).catch((error: Error) => void process.stderr.write(`${error.message}\n`))
    const layer = catcher?.split('/')[0] ?? 'survived'
    layers[layer] = (layers[layer] ?? 0) + 1
    if (!catcher) left.push(mutation.name)
    else if (values.record) writeCatchers({ ...readCatchers(), [mutation.name]: catcher })
    process.stdout.write(`${catcher ? '✓' : '✗'} ${place + 1}/${mutations.length} ${mutation.name} · ${catcher ?? 'SURVIVES'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
  }
  await checks.close()
  process.stdout.write(`\n${mutations.length} mutations: ${Object.entries(layers).map(([layer, count]) => `${count} ${layer}`).join(', ')}\n`)
  for (const name of left) process.stdout.write(`survives: ${name}\n`)
  return left
}
