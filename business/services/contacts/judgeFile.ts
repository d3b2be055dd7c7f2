import { chunkRows, type FileRow, type ImportRow, type RefusedRow } from '../../models/contactFile.ts'
import { isComplaint, judgeRow, type ImportPlan } from './judgeRow.ts'

/** A refused row with what stood in the file, to be shown and corrected. */
export interface RefusedCells extends RefusedRow {
  cells: string[]
}

/** A thousand rows of the file, judged. Which rows belong to which chunk follows from the file alone, so that a broken import goes on where it was. */
export interface JudgedChunk {
  index: number
  rows: ImportRow[]
  refused: RefusedCells[]
}

/** Which row has a number first. Kept as numbers: a million of them as texts would fill the memory. */
export class Claims {
  private readonly rows = new Map<number, number>()
  private readonly phones = new Map<number, number>()

  /** The row that has the number, which is this one when nobody had it. */
  claim(phone: string, row: number): number {
    const digits = Number(phone.slice(1))
    const first = this.rows.get(digits)
    if (first === undefined) this.rows.set(digits, row)
    return first ?? row
  }

  /** What a corrected row gets is remembered, so that it is free when the row is corrected again. */
  reclaim(phone: string, row: number): number {
    this.phones.set(row, Number(phone.slice(1)))
    return this.claim(phone, row)
  }

  release(row: number): void {
    const before = this.phones.get(row)
    if (before !== undefined && this.rows.get(before) === row) this.rows.delete(before)
    this.phones.delete(row)
  }
}

/** Judges a whole file, chunk by chunk. Of rows with the same number the first good one goes in. */
export async function* judgeFile(pieces: AsyncIterable<FileRow[]>, plan: ImportPlan, claims: Claims): AsyncGenerator<JudgedChunk> {
  let index = 0
  let pending: FileRow[] = []
  for await (const piece of pieces) {
    pending = pending.length > 0 ? pending.concat(piece) : piece
    while (pending.length >= chunkRows) {
      yield judgeChunk(index++, pending.slice(0, chunkRows), plan, claims)
      pending = pending.slice(chunkRows)
    }
  }
  if (pending.length > 0) yield judgeChunk(index, pending, plan, claims)
}

function judgeChunk(index: number, rows: FileRow[], plan: ImportPlan, claims: Claims): JudgedChunk {
  const chunk: JudgedChunk = { index, rows: [], refused: [] }
  for (const row of rows) {
    const judged = judgeOne(row, plan, (phone) => claims.claim(phone, row.row))
    if ('code' in judged) chunk.refused.push(judged)
    else chunk.rows.push(judged)
  }
  return chunk
}

/** Judges corrected rows again, beside all others of the file. */
export function judgeAgain(rows: FileRow[], plan: ImportPlan, claims: Claims): Omit<JudgedChunk, 'index'> {
  for (const { row } of rows) claims.release(row)
  const judged = rows.map((row) => judgeOne(row, plan, (phone) => claims.reclaim(phone, row.row)))
  return { rows: judged.filter((row): row is ImportRow => !('code' in row)), refused: judged.filter((row): row is RefusedCells => 'code' in row) }
}

function judgeOne(row: FileRow, plan: ImportPlan, claim: (phone: string) => number): ImportRow | RefusedCells {
  const judged = judgeRow(row, plan)
  if (isComplaint(judged)) return { row: row.row, ...judged, cells: row.cells }
  const first_row = claim(judged.phone)
  return first_row === row.row ? judged : { row: row.row, field: 'phone', code: 'duplicate', value: judged.phone, first_row, cells: row.cells }
}
