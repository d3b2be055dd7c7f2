import type { ConsentContent } from '../../models/consent.ts'
import type { ChunkAnswer, ImportRow, ImportTotals, RefusedRow, RowFault } from '../../models/import.ts'
import { importLimits } from '../../models/import.ts'
import type { ImportRepository } from '../../repositories/importRepository.ts'

export interface ImportJob {
  account_id: string
  file_name: string
  default_time_zone: string | null
  /** What everybody in the file agreed to; null when nobody said. */
  consent?: ConsentContent | null
  rows: ImportRow[]
}

/** How far an import has come. Kept by the caller, so that the same import goes on after a failure. */
export interface ImportState {
  import_id: string | null
  next_chunk: number
  totals: ImportTotals
}

export function newImportState(): ImportState {
  return { import_id: null, next_chunk: 0, totals: { created: 0, updated: 0, unchanged: 0, refused: [], contact_ids: [] } }
}

interface Deps {
  imports: Pick<ImportRepository, 'create' | 'importChunk' | 'finish'>
}

/**
 * Sends checked rows in chunks and reports after each. When it throws, the state last reported is the one to call it
 * with again: a chunk that did arrive although its answer was lost is answered again by the database, not written twice.
 */
export async function importContacts(deps: Deps, job: ImportJob, state: ImportState, report: (state: ImportState) => void): Promise<ImportState> {
  let current = state.import_id ? state : await start(deps, job, state)
  report(current)
  const import_id = current.import_id as string
  const chunksCount = Math.ceil(job.rows.length / importLimits.chunk_rows)
  while (current.next_chunk < chunksCount) {
    const from = current.next_chunk * importLimits.chunk_rows
    const rows = job.rows.slice(from, from + importLimits.chunk_rows)
    const answer = await deps.imports.importChunk(import_id, current.next_chunk, rows)
    current = { import_id, next_chunk: current.next_chunk + 1, totals: add(current.totals, answer, rows) }
    report(current)
  }
  await deps.imports.finish(import_id)
  return current
}

async function start({ imports }: Deps, job: ImportJob, state: ImportState): Promise<ImportState> {
  const name = Array.from(job.file_name).slice(0, 255).join('') || 'contacts.csv'
  const { import_id } = await imports.create(job.account_id, {
    file_name: name, default_time_zone: job.default_time_zone, row_count: job.rows.length, consent: job.consent ?? null,
  })
  return { ...state, import_id }
}

function add(totals: ImportTotals, answer: ChunkAnswer, rows: ImportRow[]): ImportTotals {
  const refused = answer.refused.map(({ row, field, code }): RefusedRow => {
    const sent = rows.find((candidate) => candidate.row === row)
    const value = field === 'phone' || field === 'email' || field === 'time_zone' || field === 'region' || field === 'name' ? sent?.[field] : ''
    return { row, field, code: code as RowFault, value: value ?? '' }
  })
  return {
    created: totals.created + answer.created,
    updated: totals.updated + answer.updated,
    unchanged: totals.unchanged + answer.unchanged,
    refused: [...totals.refused, ...refused],
    contact_ids: [...totals.contact_ids, ...answer.contact_ids],
  }
}
