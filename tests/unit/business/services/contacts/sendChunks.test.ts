import { expect, it } from 'vitest'
import { AppError } from '../../../../../business/models/appError.ts'
import type { ImportRow, SentRefusal } from '../../../../../business/models/contactFile.ts'
import type { JudgedChunk } from '../../../../../business/services/contacts/judgeFile.ts'
import { checkChunks, importChunks, type ChunkSource } from '../../../../../business/services/contacts/sendChunks.ts'

const row = (number: number): ImportRow => ({ row: number, name: '', phone: `+1202${2_000_000 + number}`, email: '', company: '', time_zone: null, attributes: {} })
const chunks: JudgedChunk[] = Array.from({ length: 5 }, (_, index) => ({
  index, rows: [row(index)], refused: index === 1 ? [{ row: 99, field: 'phone', code: 'letters', value: 'x', cells: ['x', 'y'.repeat(2_000)] }] : [] }))

function sourceOf(list: JudgedChunk[]): ChunkSource {
  const left = [...list]
  return { next: async () => left.shift() ?? null }
}

const empty = { created: 1, updated: 0, unchanged: 0, skipped: 0, do_not_call: 0, no_time_zone: 0, refused: [] }

/** Takes chunks as the database does; answers of the named ones are lost as often as told. */
function createDatabase(lost: Record<number, number> = {}) {
  const sent: { chunk: number, rows: (ImportRow | SentRefusal)[] }[] = []
  const pauses: number[] = []
  const abort = new AbortController()
  const journey = {
    signal: abort.signal,
    wait: async (milliseconds: number) => void pauses.push(milliseconds),
    imports: {
      checkChunk: async () => empty,
      importChunk: async (_: string, chunk: number, rows: (ImportRow | SentRefusal)[]) => {
        sent.push({ chunk, rows })
        if ((lost[chunk] ?? 0) > 0) {
          lost[chunk] = (lost[chunk] ?? 0) - 1
          throw new AppError('unavailable', 'No network.')
        }
        return { ...empty, contact_ids: [] }
      },
    },
  }
  return { journey, sent, pauses, abort, numbers: () => sent.map(({ chunk }) => chunk).sort((a, b) => a - b) }
}

it('sends every chunk once, refused rows with their cells among them, and tells of each', async () => {
  const { journey, sent, numbers } = createDatabase()
  const told: number[] = []
  await importChunks(journey, { import_id: 'i', done: new Set() }, sourceOf(chunks), ({ index }) => told.push(index))
  expect(numbers()).toEqual([0, 1, 2, 3, 4])
  expect(told.sort()).toEqual([0, 1, 2, 3, 4])
  const refusal = sent.find(({ chunk }) => chunk === 1)?.rows.at(-1) as SentRefusal
  expect(refusal).toMatchObject({ row: 99, fault: { field: 'phone', code: 'letters' } })
  expect(refusal.cells.map(({ length }) => length), 'no more than a person reads').toEqual([1, 501])
})

it('sends nothing again that is in already', async () => {
  const { journey, numbers } = createDatabase()
  const told: number[] = []
  await importChunks(journey, { import_id: 'i', done: new Set([0, 3]) }, sourceOf(chunks), ({ index }) => told.push(index))
  expect(numbers()).toEqual([1, 2, 4])
  expect(told).toHaveLength(5)
})

it('asks again a few times when no answer comes, then stops and says so', async () => {
  const short = createDatabase({ 2: 3 })
  await importChunks(short.journey, { import_id: 'i', done: new Set() }, sourceOf(chunks), () => {})
  expect(short.numbers()).toEqual([0, 1, 2, 2, 2, 2, 3, 4])
  expect(short.pauses).toEqual([500, 1_500, 4_000])
  const long = createDatabase({ 2: 4 })
  await expect(importChunks(long.journey, { import_id: 'i', done: new Set() }, sourceOf(chunks), () => {})).rejects.toThrow('No network.')
})

it('takes a refusal for an answer', async () => {
  const { journey, pauses } = createDatabase()
  const refused = { ...journey, imports: { ...journey.imports, importChunk: async () => { throw new AppError('forbidden', 'No.') } } }
  await expect(importChunks(refused, { import_id: 'i', done: new Set() }, sourceOf(chunks), () => {})).rejects.toThrow('No.')
  expect(pauses).toEqual([])
})

it('sends nothing more once it is stopped', async () => {
  const { journey, sent, abort } = createDatabase()
  await importChunks(journey, { import_id: 'i', done: new Set() }, sourceOf(chunks), () => abort.abort())
  expect(sent.length).toBeLessThan(chunks.length)
})

it('asks what would happen only to chunks with a good row', async () => {
  const { journey } = createDatabase()
  const answers: unknown[] = []
  await checkChunks(journey, 'i', sourceOf([{ index: 0, rows: [], refused: chunks[1]!.refused }, chunks[0]!]), (_, answer) => answers.push(answer))
  expect(answers).toHaveLength(2)
  expect(answers).toContain(null)
})
