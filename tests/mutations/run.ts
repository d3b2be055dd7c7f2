/**
 * `npm run mutate`: takes one guard after the other away from a copy of the database and runs the checks until one of them
 * notices. README.md lists what may be said after `--`.
 */
import { parseArgs } from 'node:util'
import { allMutations } from './all.ts'
import { readCatchers, writeCatchers } from './catchers.ts'
import { createChecks } from './checks.ts'
import { openJournal, type Answer } from './journal.ts'
import { startMutants } from './mutants.ts'
import type { Mutation } from './mutation.ts'

const { values } = parseArgs({ options: {
  only: { type: 'string', multiple: true }, new: { type: 'boolean' }, share: { type: 'string' }, log: { type: 'string' },
  list: { type: 'boolean' }, record: { type: 'boolean' }, quick: { type: 'boolean' },
} })

const mutants = await startMutants()
const mutations = (await mutants.read(allMutations)).filter(isWanted)
const answers = values.list ? [] : await runAll()
if (values.list) process.stdout.write(`${mutations.map(({ name }) => name).join('\n')}\n${mutations.length} mutations\n`)
await mutants.stop()
process.exit(answers.some(({ catcher }) => catcher === null) ? 1 : 0)

function isWanted({ name }: Mutation, place: number): boolean {
  const [share, shares] = (values.share ?? '1/1').split('/').map(Number) as [number, number]
  return place % shares === share - 1
    && (values.only?.some((part) => name.includes(part)) ?? true)
    && !(values.new && name in readCatchers())
}

async function runAll(): Promise<Answer[]> {
  const checks = await createChecks()
  const journal = openJournal(values.log)
  const known = new Map(journal.answers.map((answer) => [answer.name, answer]))
  const answered: Answer[] = []
  for (const mutation of mutations) {
    const answer = known.get(mutation.name) ?? await ask(mutation)
    answered.push(answer)
    if (known.has(mutation.name)) continue
    if (values.record && answer.catcher) writeCatchers({ ...readCatchers(), [answer.name]: answer.catcher })
    journal.note(answer)
  }
  await checks.close()
  journal.sumUp(answered)
  return answered

  async function ask(mutation: Mutation): Promise<Answer> {
    const started = Date.now()
    const asked = { hint: readCatchers()[mutation.name] ?? mutation.hint, isQuick: values.quick ?? false }
    const caught = await mutants.withMutant(mutation, (cluster) => checks.catcherOf(cluster, asked)).catch((error: Error) => void process.stderr.write(`${error.message}\n`))
    return { name: mutation.name, catcher: caught?.catcher ?? null, kind: caught?.kind ?? 'nobody', seconds: (Date.now() - started) / 1000 }
  }
}
