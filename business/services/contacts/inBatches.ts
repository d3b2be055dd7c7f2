import type { ContactSelection } from '../../models/contact.ts'

/** What a command answers for some contacts: how many of each, however deep, and where to go on. */
export interface BatchAnswer {
  next_cursor: unknown
}

export interface Counts {
  [name: string]: number | Counts
}

export interface Batches {
  counts: Counts
  /** False: somebody stopped it; what was done stays done. */
  isWhole: boolean
}

/** What a command takes by their ids. */
const idsMax = 1000

/**
 * Runs a command for any number of contacts, a thousand at a time, and adds up what it answers. Each thousand is a transaction of
 * its own: stopped or broken off, what was done stays, and the same again does only the rest.
 */
export async function inBatches(
  selection: ContactSelection,
  ask: (part: ContactSelection, cursor: unknown) => Promise<BatchAnswer>,
  { signal, onCounts }: { signal: AbortSignal, onCounts: (counts: Counts) => void },
): Promise<Batches> {
  let counts: Counts = {}
  for (const part of partsOf(selection)) {
    let cursor: unknown = null
    do {
      const { next_cursor, ...answer } = await ask(part, cursor)
      counts = added(counts, answer)
      cursor = next_cursor ?? null
      onCounts(counts)
      if (signal.aborted) return { counts, isWhole: false }
    } while (cursor !== null)
  }
  return { counts, isWhole: true }
}

function partsOf(selection: ContactSelection): ContactSelection[] {
  if (!('contact_ids' in selection)) return [selection]
  const { account_id, contact_ids } = selection
  return Array.from({ length: Math.ceil(contact_ids.length / idsMax) }, (_, part) =>
    ({ account_id, contact_ids: contact_ids.slice(part * idsMax, (part + 1) * idsMax) }))
}

/** Numbers are added, what holds numbers is added part by part, everything else is of one answer and left out. */
function added(sum: Counts, answer: object): Counts {
  const result = { ...sum }
  for (const [name, value] of Object.entries(answer)) {
    const known = result[name]
    if (typeof value === 'number') result[name] = (typeof known === 'number' ? known : 0) + value
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) result[name] = added(typeof known === 'object' ? known : {}, value as object)
  }
  return result
}
