import { expect, it } from 'vitest'
import { Claims, judgeAgain, judgeFile, type JudgedChunk } from '../../../../../business/services/contacts/judgeFile.ts'
import type { ImportPlan } from '../../../../../business/services/contacts/judgeRow.ts'

const plan: ImportPlan = {
  columns: ['Phone', 'E-mail'], uses: ['phone', 'email'], country: 'US', default_time_zone: 'America/New_York',
  consent: { purposes: [], channel: 'other', text_shown: '' }, today: '2026-11-21', emptied: [], fixes: {},
}
const numbered = (rows: string[][]) => rows.map((cells, index) => ({ row: index + 2, cells }))

async function judge(pieces: string[][][], changes: Partial<ImportPlan> = {}) {
  const claims = new Claims()
  async function* source() {
    let before = 0
    for (const piece of pieces) {
      yield numbered(piece).map(({ row, cells }) => ({ row: row + before, cells }))
      before += piece.length
    }
  }
  const chunks: JudgedChunk[] = []
  for await (const chunk of judgeFile(source(), { ...plan, ...changes }, claims)) chunks.push(chunk)
  return { chunks, claims }
}

it('makes the same chunks of a thousand rows, good and bad together, however the file arrives', async () => {
  const rows = Array.from({ length: 2_300 }, (_, index) => [index % 10 === 0 ? 'no' : `+1212${2_000_000 + index}`])
  const [whole, pieces] = [await judge([rows]), await judge(Array.from({ length: 23 }, (_, index) => rows.slice(index * 100, index * 100 + 100)))]
  expect(whole.chunks.map(({ index, rows, refused }) => [index, rows.length, refused.length])).toEqual([[0, 900, 100], [1, 900, 100], [2, 270, 30]])
  expect(pieces.chunks).toEqual(whole.chunks)
})

it('refuses the second row with the same number and names the first, across chunks', async () => {
  const rows = [['+12025550101'], ...Array.from({ length: 1_200 }, (_, index) => [`+1212${2_000_000 + index}`]), ['202-555-0101', 'x@y.zz']]
  const { chunks } = await judge([rows])
  expect(chunks[1]?.refused).toEqual([{ row: 1203, field: 'phone', code: 'duplicate', value: '+12025550101', first_row: 2, cells: ['202-555-0101', 'x@y.zz'] }])
})

it('lets a good row in when an earlier one with its number was refused', async () => {
  const { chunks } = await judge([[['+12025550101', 'no-mail'], ['+12025550101', 'a@b.co']]])
  expect(chunks[0]?.rows.map(({ row }) => row)).toEqual([3])
})

it('judges corrected rows beside all others, as often as they are corrected', async () => {
  const { chunks, claims } = await judge([[['12'], ['+12025550101'], ['13']]])
  const bad = chunks[0]?.refused.map(({ row, cells }) => ({ row, cells })) ?? []
  const again = (phone: string) => judgeAgain(bad.slice(0, 1), { ...plan, fixes: { 2: { 0: phone } } }, claims)
  expect(again('+12025550101').refused).toMatchObject([{ row: 2, code: 'duplicate', first_row: 3 }])
  expect(again('+12025550102').rows).toMatchObject([{ row: 2, phone: '+12025550102' }])
  expect(again('+12025550102').rows, 'its own number is no duplicate').toHaveLength(1)
  again('+12025550103')
  expect(judgeAgain(bad.slice(1), { ...plan, fixes: { 4: { 0: '+12025550102' } } }, claims).rows, 'what it had is free again').toHaveLength(1)
})
