import Papa from 'papaparse'
import { expect, it } from 'vitest'
import { refusedRowsCsv } from '../../../../../business/services/contacts/refusedRowsCsv.ts'

const file = {
  columns: ['=HYPERLINK("x")', 'Phone'],
  delimiter: ';',
  rows: [{ row: 2, cells: ['=cmd|calc', '+1 202-555'] }, { row: 3, cells: ['@sum, "q"', '12'] }],
}
const written = refusedRowsCsv(file, [
  { row: 2, field: 'phone', code: 'invalid_number', value: '' },
  { row: 3, field: 'phone', code: 'invalid_number', value: '' },
], () => '-reason')

it('gives the own columns back with row number and reason', () => {
  const { data } = Papa.parse<string[]>(written.slice(1))
  expect(data[2]).toEqual(['\'@sum, "q"', '12', '3', '\'-reason'])
  expect(data).toHaveLength(3)
})

it('lets no cell begin a formula, and leaves phone numbers as they are', () => {
  const cells = Papa.parse<string[]>(written.slice(1)).data.flat()
  expect(cells.filter((cell) => /^[=@]/.test(cell))).toEqual([])
  expect(cells).toContain('+1 202-555')
})

it('begins with the mark by which Excel reads UTF-8', () => {
  expect(written.startsWith('\uFEFF')).toBe(true)
})
