import Papa from 'papaparse'
import { expect, it } from 'vitest'
import type { ColumnUse } from '../../../../../business/models/contactFile.ts'
import { refusedRowsCsv } from '../../../../../business/services/contacts/refusedRowsCsv.ts'

const refusal = { field: 'phone', code: 'invalid_number', message: '' }
const mapping = { columns: ['=HYPERLINK("x")', 'Phone'], uses: ['attribute', 'phone'] as ColumnUse[] }
const written = refusedRowsCsv([
  { ...refusal, row: 2, content: { cells: ['=cmd|calc', '+1 202-555'] } },
  { ...refusal, row: 3, content: { cells: ['@sum, "q"', '12'] } },
], mapping, () => '-reason')

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

it('gives back what was sent of a row that only the database refused', () => {
  const text = refusedRowsCsv([{ ...refusal, row: 4, content: { phone: '+12025550101', attributes: { '=HYPERLINK("x")': 'kept' } } }], mapping, () => '')
  expect(Papa.parse<string[]>(text.slice(1)).data[1]).toEqual(['kept', '+12025550101', '4', ''])
})
