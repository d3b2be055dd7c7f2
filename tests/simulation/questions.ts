/** Every promise as a question to the tables, asked again when one of the tables it reads was written. */
import { INVARIANTS } from '../support/promises.ts'
import type { SimulatedDatabase } from './database.ts'
import { furtherPromises, overdue } from './facts.ts'

export interface Questions {
  /** After a transaction, by the tables it wrote; null when nobody knows which. */
  afterWriting(tables: readonly string[] | null): Promise<void>
  afterBeat(): Promise<void>
  everything(): Promise<void>
}

type Promises = readonly (readonly [promise: string, query: string])[]
/** Promises about the same tables, in one text: the server plans each of these once. */
interface Question { tables: readonly string[], text: string }

/** Types are named as tables are. */
const isType = /^public\.consent_basis$/
const tablesOf = (query: string) => [...new Set(query.match(/\b(?:public|engine)\.[a-z_]+/g))].filter((name) => !isType.test(name)).toSorted()
const wordQuestion = (promises: Promises) =>
  promises.map(([promise, query]) => `select '${promise.replaceAll('\'', '\'\'')}' as promise where exists (${query})`).join('\nunion all\n')
const wordQuestions = (promises: Promises): Question[] => Object.values(Object.groupBy(promises, ([, query]) => tablesOf(query).join()))
  .map((group) => ({ tables: tablesOf(group![0]![1]), text: wordQuestion(group!) }))

const all: Promises = Object.entries({ ...INVARIANTS, ...furtherPromises })
/** About rows that nobody changes any more: what was wrong once stays wrong, and is found a few transactions later as well. */
const lasting = /^(ledger versions|a settled call|an unsettled call|the rollup|no listed number has|a dial|no number|every change|a consume|a campaign has used|rows that)/
const atOnce = wordQuestions(all.filter(([promise]) => !lasting.test(promise)))
const later = wordQuestions(all.filter(([promise]) => lasting.test(promise)))
export const tablesOfPromises: readonly string[] = [...new Set(all.flatMap(([, query]) => tablesOf(query)))]
const writesPerLater = 10
const afterBeats = wordQuestion(Object.entries(overdue))

export function createQuestions(database: SimulatedDatabase, condemn: (text: string) => void): Questions {
  let writes = 0
  let unasked: Set<string> | null = new Set()
  const ask = async (text: string) => {
    for (const { promise } of await database.query<{ promise: string }>(text)) condemn(`broken: ${promise}`)
  }
  const askAbout = (questions: readonly Question[], written: ReadonlySet<string> | null) =>
    Promise.all(questions.filter(({ tables }) => written === null || tables.some((table) => written.has(table))).map(({ text }) => ask(text)))
  return {
    async afterWriting(tables) {
      if (tables?.length === 0) return
      const written = tables && new Set(tables)
      unasked = written && unasked && unasked.union(written)
      const isLater = ++writes % writesPerLater === 0
      await Promise.all([askAbout(atOnce, written), isLater && askAbout(later, unasked)])
      if (isLater) unasked = new Set()
    },
    afterBeat: () => ask(afterBeats),
    everything: async () => void await askAbout([...atOnce, ...later], null),
  }
}
