import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileLimits, type FileRow, type Reading } from '../../../../../business/models/contactFile.ts'
import { readContactFile } from '../../../../../business/services/contacts/readContactFile.ts'

type Content = string | Uint8Array

async function open(content: Content, wish: Partial<Reading> = {}) {
  const opened = await readContactFile(new Blob([content as BlobPart]), wish)
  if ('fault' in opened) throw new Error(opened.fault)
  const rows: FileRow[] = []
  for await (const piece of opened.rows()) rows.push(...piece)
  return { ...opened.facts, rows }
}

async function faultOf(content: Content) {
  const opened = await readContactFile(new Blob([content as BlobPart]))
  return 'fault' in opened ? opened.fault : null
}

it.each([',', ';', '\t', '|', '^', '~', '\u001f'])('reads a table with the delimiter %j', async (delimiter) => {
  const file = await open(`Name${delimiter}Phone\nAda${delimiter}+12025550101\n`)
  expect(file.columns).toEqual(['Name', 'Phone'])
  expect(file.rows).toEqual([{ row: 2, cells: ['Ada', '+12025550101'] }])
})

it('keeps commas in values when the header is separated by semicolons', async () => {
  const file = await open('Name;Notes;Phone\nAda;"a, b, c";1\nBob;x, y, z, w;2\n')
  expect(file.rows.map(({ cells }) => cells[1])).toEqual(['a, b, c', 'x, y, z, w'])
})

it('honours the line in which Excel names the delimiter and still counts it', async () => {
  const file = await open('sep=;\r\nName;Phone\r\nAda;1\r\n')
  expect(file.columns).toEqual(['Name', 'Phone'])
  expect(file.rows[0]).toEqual({ row: 3, cells: ['Ada', '1'] })
})

it('counts rows as a spreadsheet does, blank rows included', async () => {
  const file = await open('Name,Phone\n\nAda,1\n,\n\nBob,2\n')
  expect(file.rows.map(({ row }) => row)).toEqual([3, 6])
  expect(file.rows_count).toBe(2)
})

it('keeps quoted quotes, delimiters and line breaks in one cell', async () => {
  expect((await open('Name,Phone\n"Lovelace, ""Ada""\nMs",1')).rows[0]?.cells).toEqual(['Lovelace, "Ada" Ms', '1'])
})

it('keeps emoji, right-to-left names and their marks', async () => {
  expect((await open('Name,Phone\n👩‍🚀 عائشة‏,1')).rows[0]?.cells[0]).toBe('👩‍🚀 عائشة‏')
})

it('drops NUL and other control characters inside cells', async () => {
  const rows = `${'Ada,+12025550101\n'.repeat(50)}B\0o\u0007b,+12025550102`
  expect((await open(`Name,Phone\n${rows}`)).rows.at(-1)?.cells).toEqual(['Bob', '+12025550102'])
})

it('keeps HTML as the text it is', async () => {
  expect((await open('Name,Phone\n<b onclick="x">Ada</b>,1')).rows[0]?.cells[0]).toBe('<b onclick="x">Ada</b>')
})

it('has names for columns without one and tells equal names apart', async () => {
  expect((await open('Phone,,Phone,Phone,{odd|"x"}\n1,2,3,4,5')).columns).toEqual(['Phone', 'Column 2', 'Phone (2)', 'Phone (3)', 'odd x'])
})

it('counts cells beyond the header as columns of their own', async () => {
  expect((await open('Name,Phone\nAda,1,extra')).columns).toEqual(['Name', 'Phone', 'Column 3'])
})

it('counts a column whose first value comes after a thousand rows, and none without a value', async () => {
  const file = await open(`Name,Phone,,\n${'Ada,1,,\n'.repeat(3_000)}Bob,2,late,\n`)
  expect(file.columns).toEqual(['Name', 'Phone', 'Column 3'])
})

it('takes the first row as data when it holds a phone number, and as the header when a person says so', async () => {
  const text = 'Ada,+1 (202) 555-0101\nBob,+12025550102'
  const file = await open(text)
  expect(file.columns).toEqual(['Column 1', 'Column 2'])
  expect(file.rows.map(({ row }) => row)).toEqual([1, 2])
  expect((await open(text, { has_header: true })).rows.map(({ row }) => row)).toEqual([2])
})

it('reads old Mac line ends', async () => {
  expect((await open('Name,Phone\rAda,1\rBob,2')).rows.map(({ cells }) => cells[0])).toEqual(['Ada', 'Bob'])
})

it('loses only the line that opens a quote for ever', async () => {
  expect((await open('Name,Phone\nAda,1\n"Bob,2\nCy,3\nDi,4\n')).rows).toEqual([
    { row: 2, cells: ['Ada', '1'] }, { row: 3, cells: ['"Bob', '2'], has_broken_quotes: true }, { row: 4, cells: ['Cy', '3'] }, { row: 5, cells: ['Di', '4'] },
  ])
})

it('marks the row whose quote closes in the middle of a cell, and no other', async () => {
  const file = await open('Name,Phone\n"Bob" Smith,2\nCy,3\n"a\nb" c,4\nDi,5')
  expect(file.rows.filter(({ has_broken_quotes }) => has_broken_quotes).map(({ row }) => row)).toEqual([2, 4])
  expect(file.rows.at(-1)).toEqual({ row: 6, cells: ['Di', '5'] })
})

it('leaves no line out, however many quotes are open', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `Ada${index}`)
  const file = await open(`Name,Phone\n${names.map((name) => `"${name},1\nBob,2`).join('\n')}\n`)
  const said = file.rows.flatMap(({ cells }) => cells).join(' ')
  expect(names.filter((name) => !said.includes(name))).toEqual([])
  expect(file.rows.at(-1)).toEqual({ row: 81, cells: ['Bob', '2'] })
})

it('keeps a cell of a megabyte in its place', async () => {
  const rows = (await open(`Name,Phone,Note\nAda,1,"${'x\n'.repeat(500_000)}"\nBob,2,y`)).rows
  expect(rows.map(({ cells }) => cells.map(({ length }) => length))).toEqual([[3, 1, 999_999], [3, 1, 1]])
})

it('knows the same bytes again', async () => {
  const [one, same, other] = await Promise.all(['Phone\n1', 'Phone\n1', 'Phone\n2'].map((text) => open(text)))
  expect(one?.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(same?.hash).toBe(one?.hash)
  expect(other?.hash).not.toBe(one?.hash)
})

it.each([
  ['empty', ''], ['empty', '\uFEFF \r\n\n'], ['only_header', 'Name,Phone,E-mail\n'], ['only_header', 'Name,Phone\n,\n\n'],
  ['binary', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
  ['binary', Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256)],
  ['other_workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
  ['broken_workbook', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 20, 0])],
  ['too_many_columns', `${'a,'.repeat(10_000)}\n${'1,'.repeat(10_000)}`],
] as const)('is refused as %s', async (fault, content) => {
  expect(await faultOf(content)).toBe(fault)
})

it('refuses a file over the limit without reading a byte of it', async () => {
  const file = { size: fileLimits.bytes + 1 } as Blob
  expect(await readContactFile(file)).toEqual({ fault: 'too_large' })
})

it('does not count the bare delimiters of a sheet that was formatted to its end', async () => {
  expect((await open(`Name,Phone\nAda,1\n${',,\r\n'.repeat(200_000)}`)).rows).toEqual([{ row: 2, cells: ['Ada', '1'] }])
})

const folder = 'tests/fixtures/contacts'
it.each(readdirSync(folder).filter((name) => name.startsWith('people.')))('reads the people of %s, whatever wrote it', async (name) => {
  const file = await open(readFileSync(join(folder, name)))
  expect(file.columns).toEqual(['Name', 'Phone', 'City', 'Born'])
  expect(file.rows).toEqual([
    { row: 2, cells: ['Zoë Müller', '030901820', 'Köln', '1990-02-28'] },
    { row: 3, cells: ['François "Fritz" Dupont', '15005550100', 'Orléans; Loire', '2001-12-31'] },
  ])
})
