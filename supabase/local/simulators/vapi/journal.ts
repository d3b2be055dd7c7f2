/**
 * What the carrier remembers when the stack around it ends: its calls, and with them the attempts. The real one does not stop
 * when a laptop does, and who asks it after a restart is told how the calls went, not that there never were any.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { createCall } from './request.ts'

/** The oldest are forgotten, as they are there after some days. */
const KEPT = 1000

const entry = z.object({
  id: z.string(), attemptId: z.string().optional(), createdAt: z.iso.datetime(), request: createCall, faults: z.array(z.string()),
  isRefusedByTrunk: z.boolean(),
})
const erasure = z.object({ erased: z.string() })

export type JournalEntry = z.infer<typeof entry>

export interface Journal {
  /** What was written before, without what was erased. */
  entries(): JournalEntry[]
  write(entry: JournalEntry): void
  erase(id: string): void
}

export const noJournal: Journal = { entries: () => [], write: () => undefined, erase: () => undefined }

/** The file holds what requests hold, secrets of webhooks included, so only its owner may read it. */
export function openJournal(file: string): Journal {
  const entries = existsSync(file) ? read(readFileSync(file, 'utf8')).slice(-KEPT) : []
  writeFileSync(`${file}.new`, entries.map(lineOf).join(''), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return {
    entries: () => entries,
    write: (one) => appendFileSync(file, lineOf(one)),
    erase: (id) => appendFileSync(file, lineOf({ erased: id })),
  }
}

const lineOf = (value: JournalEntry | { erased: string }): string => `${JSON.stringify(value)}\n`

/** A line that a crash has torn, or that an older version wrote, is passed over. */
function read(text: string): JournalEntry[] {
  const kept = new Map<string, JournalEntry>()
  for (const line of text.split('\n')) {
    const value = parsed(line)
    const erased = erasure.safeParse(value).data?.erased
    if (erased !== undefined) kept.delete(erased)
    const known = entry.safeParse(value).data
    if (known) kept.set(known.id, known)
  }
  return [...kept.values()]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return null
  }
}
