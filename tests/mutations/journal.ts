/** What a run says, one line for each mutation; kept in a file, the next run goes on where this one was interrupted. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Kind } from './checks.ts'

export interface Answer {
  name: string
  /** "database/dial > name of the test"; null when nobody noticed. */
  catcher: string | null
  kind: Kind | 'nobody'
  seconds: number
}

interface Journal {
  /** What was noticed in an earlier run; survivors are asked about again. */
  answers: Answer[]
  note(answer: Answer): void
  sumUp(answers: Answer[]): void
}

const LINE = /^✓ (.+?) · (.+) \((\w+), ([\d.]+) s\)$/

export function openJournal(file?: string): Journal {
  const say = (text: string) => {
    process.stdout.write(text)
    if (file) appendFileSync(file, text)
  }
  const lines = file && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return {
    answers: lines.flatMap((line) => {
      const [, name, catcher, kind, seconds] = LINE.exec(line) ?? []
      return name && catcher ? [{ name, catcher, kind: kind as Kind, seconds: Number(seconds) }] : []
    }),
    note: ({ name, catcher, kind, seconds }) => say(`${catcher ? '✓' : '✗'} ${name} · ${catcher ?? 'SURVIVES'} (${kind}, ${seconds.toFixed(1)} s)\n`),
    sumUp: (answers) => say(summaryOf(answers)),
  }
}

function summaryOf(answers: Answer[]): string {
  const kinds = Map.groupBy(answers, ({ kind }) => kind)
  const seconds = answers.reduce((sum, answer) => sum + answer.seconds, 0)
  return `\n${answers.length} mutations in ${(seconds / 60).toFixed(0)} minutes, noticed by: ${[...kinds].map(([kind, ones]) => `${kind} ${ones.length}`).join(', ')}\n`
    + answers.filter(({ catcher }) => catcher === null).map(({ name }) => `survives: ${name}\n`).join('')
}
