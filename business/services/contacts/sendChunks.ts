import { AppError } from '../../models/appError.ts'
import type { SentRefusal } from '../../models/contactFile.ts'
import type { CheckedChunk } from '../../models/import.ts'
import type { ImportRepository } from '../../repositories/importRepository.ts'
import type { JudgedChunk } from './judgeFile.ts'

/** Where chunks come from: a worker that reads the file. Null after the last one. */
export interface ChunkSource {
  next(): Promise<JudgedChunk | null>
}

/** How chunks travel. Waiting is handed in, so that no test waits. */
export interface Journey {
  imports: Pick<ImportRepository, 'checkChunk' | 'importChunk'>
  wait(milliseconds: number): Promise<void>
  signal: AbortSignal
}

/** Two at once: while one chunk is on its way, the next one is read and judged. */
const lanes = 2
/** A connection that comes back within seconds is no reason to ask a person. */
const pausesMs = [500, 1_500, 4_000]

/** Asks the database what it would do with the good rows of each chunk. */
export async function checkChunks(
  journey: Journey, import_id: string, source: ChunkSource, onChunk: (chunk: JudgedChunk, answer: CheckedChunk | null) => void,
): Promise<void> {
  await eachChunk(journey, source, async (chunk) => {
    const answer = chunk.rows.length > 0 ? await persistently(journey, () => journey.imports.checkChunk(import_id, chunk.rows)) : null
    if (!journey.signal.aborted) onChunk(chunk, answer)
  })
}

/**
 * Sends each chunk that is not in yet, refused rows among them: the database keeps these, so that the file of them can be had on any
 * device. A chunk that did arrive although its answer was lost is answered again by the database, not written twice.
 */
export async function importChunks(
  journey: Journey, { import_id, done }: { import_id: string, done: ReadonlySet<number> }, source: ChunkSource, onChunk: (chunk: JudgedChunk) => void,
): Promise<void> {
  await eachChunk(journey, source, async (chunk) => {
    const rows = () => [...chunk.rows, ...chunk.refused.map(sentRefusal)]
    if (!done.has(chunk.index)) await persistently(journey, () => journey.imports.importChunk(import_id, chunk.index, rows()))
    if (!journey.signal.aborted) onChunk(chunk)
  })
}

/** More of a refused row is not kept than a person can read. */
const cellMax = 500

function sentRefusal({ row, field, code, first_row, cells }: JudgedChunk['refused'][number]): SentRefusal {
  const kept = cells.map((cell) => (cell.length > cellMax ? `${cell.slice(0, cellMax)}…` : cell))
  return { row, fault: { field, code, ...(first_row && { first_row }) }, cells: kept }
}

async function eachChunk({ signal }: Journey, source: ChunkSource, work: (chunk: JudgedChunk) => Promise<void>): Promise<void> {
  let isBroken = false
  async function lane() {
    for (let chunk = await source.next(); chunk && !isBroken && !signal.aborted; chunk = await source.next()) await work(chunk)
  }
  const ends = await Promise.allSettled(Array.from({ length: lanes }, () => lane().catch((error: unknown) => {
    isBroken = true
    throw error
  })))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed && !signal.aborted) throw failed.reason
}

/** Only a missing answer is asked for again: a refusal stays one. */
async function persistently<T>({ wait, signal }: Journey, ask: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AppError && ['unavailable', 'rate_limited'].includes(error.code)) || signal.aborted) throw error
      await wait(pause)
    }
  }
  return ask()
}
