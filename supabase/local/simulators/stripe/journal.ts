/**
 * What the provider remembers when the stack around it ends: customers, cards, sessions, payments, and the events that
 * nobody has taken yet. A line is the newest state of one thing.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Thing } from './things.ts'

/** Of each kind; the oldest are forgotten. */
const KEPT = 2000

const line = z.object({ kind: z.string(), thing: z.looseObject({ id: z.string(), object: z.string(), created: z.number() }) })
const erasure = z.object({ kind: z.string(), erased: z.string() })

export interface Journal {
  /** What was written before, oldest first, without what was erased. */
  entries(kind: string): Thing[]
  write(kind: string, thing: Thing): void
  erase(kind: string, id: string): void
}

export const noJournal: Journal = { entries: () => [], write: () => undefined, erase: () => undefined }

/** The file holds secrets of webhooks, so only its owner may read it. */
export function openJournal(file: string): Journal {
  const kinds = existsSync(file) ? read(readFileSync(file, 'utf8')) : new Map<string, Map<string, Thing>>()
  const entries = (kind: string) => [...kinds.get(kind)?.values() ?? []].slice(-KEPT)
  const lines = [...kinds.keys()].flatMap((kind) => entries(kind).map((thing) => lineOf({ kind, thing })))
  writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return {
    entries,
    write: (kind, thing) => appendFileSync(file, lineOf({ kind, thing })),
    erase: (kind, erased) => appendFileSync(file, lineOf({ kind, erased })),
  }
}

const lineOf = (value: { kind: string } & ({ thing: Thing } | { erased: string })): string => `${JSON.stringify(value)}\n`

/** A line that a crash has torn is passed over. */
function read(text: string): Map<string, Map<string, Thing>> {
  const kinds = new Map<string, Map<string, Thing>>()
  for (const one of text.split('\n')) {
    const value = parsed(one)
    const erased = erasure.safeParse(value).data
    if (erased) kinds.get(erased.kind)?.delete(erased.erased)
    const known = line.safeParse(value).data
    if (known) kinds.set(known.kind, (kinds.get(known.kind) ?? new Map<string, Thing>()).set(known.thing.id, known.thing))
  }
  return kinds
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
