import { describe, expect, it } from 'vitest'
import type { ContactFile } from '../../../../../business/models/import.ts'
import { parseContactFile } from '../../../../../business/services/contacts/parseContactFile.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const faultOf = (input: Uint8Array) => {
  const parsed = parseContactFile(input)
  return 'fault' in parsed ? parsed.fault : null
}
function read(input: string | Uint8Array): ContactFile {
  const parsed = parseContactFile(typeof input === 'string' ? bytes(input) : input)
  if ('fault' in parsed) throw new Error(parsed.fault)
  return parsed.file
}

describe('a file that is a table', () => {
  it.each([',', ';', '\t', '|', '^', '~'])('is read with the delimiter %j', (delimiter) => {
    const file = read(`Name${delimiter}Phone\nAda${delimiter}+12025550101\n`)
    expect(file.columns).toEqual(['Name', 'Phone'])
    expect(file.rows).toEqual([{ row: 2, cells: ['Ada', '+12025550101'] }])
  })

  it('keeps commas in values when the header is separated by semicolons', () => {
    const file = read('Name;Notes;Phone\nAda;"a, b, c";1\nBob;x, y, z, w;2\n')
    expect(file.rows.map(({ cells }) => cells[1])).toEqual(['a, b, c', 'x, y, z, w'])
  })

  it('is read with and without a byte order mark', () => {
    expect(read('\uFEFFName,Phone\nAda,1').columns).toEqual(['Name', 'Phone'])
  })

  it('is read in UTF-16, as Excel saves "Unicode text"', () => {
    const text = '\uFEFFName\tPhone\nZoë\t+12025550101'
    const utf16 = new Uint8Array(new Uint16Array(Array.from(text, (character) => character.charCodeAt(0))).buffer)
    expect(read(utf16).rows[0]?.cells).toEqual(['Zoë', '+12025550101'])
  })

  it('honours the line in which Excel names the delimiter and still counts it', () => {
    const file = read('sep=;\r\nName;Phone\r\nAda;1\r\n')
    expect(file.columns).toEqual(['Name', 'Phone'])
    expect(file.rows[0]).toEqual({ row: 3, cells: ['Ada', '1'] })
  })

  it('counts rows as a spreadsheet does, blank rows included', () => {
    const file = read('Name,Phone\n\nAda,1\n,\n\nBob,2\n')
    expect(file.rows.map(({ row }) => row)).toEqual([3, 6])
  })

  it('keeps quoted quotes, delimiters and line breaks in one cell', () => {
    expect(read('Name,Phone\n"Lovelace, ""Ada""\nMs",1').rows[0]?.cells).toEqual(['Lovelace, "Ada" Ms', '1'])
  })

  it('keeps emoji, right-to-left names and their marks', () => {
    expect(read('Name,Phone\n👩‍🚀 عائشة‏,1').rows[0]?.cells[0]).toBe('👩‍🚀 عائشة‏')
  })

  it('drops NUL and other control characters inside cells', () => {
    const rows = `${'Ada,+12025550101\n'.repeat(50)}B\0o\u0007b,+12025550102`
    expect(read(`Name,Phone\n${rows}`).rows.at(-1)?.cells).toEqual(['Bob', '+12025550102'])
  })

  it('has names for columns without one and tells equal names apart', () => {
    expect(read('Phone,,Phone,Phone,{odd|"x"}\n1,2,3,4,5').columns).toEqual(['Phone', 'Column 2', 'Phone (2)', 'Phone (3)', 'odd x'])
  })

  it('counts cells beyond the header as columns of their own', () => {
    expect(read('Name,Phone\nAda,1,extra').columns).toEqual(['Name', 'Phone', 'Column 3'])
  })

  it('takes the first row as data when it holds a phone number', () => {
    const file = read('Ada,+1 (202) 555-0101\nBob,+12025550102')
    expect(file.columns).toEqual(['Column 1', 'Column 2'])
    expect(file.rows.map(({ row }) => row)).toEqual([1, 2])
  })
})

describe('a file with unpaired quotation marks', () => {
  it('loses only the line that opens a quote for ever', () => {
    const file = read('Name,Phone\nAda,1\n"Bob,2\nCy,3\nDi,4\n')
    expect(file.rows).toEqual([
      { row: 2, cells: ['Ada', '1'] },
      { row: 3, cells: ['"Bob', '2'], has_broken_quotes: true },
      { row: 4, cells: ['Cy', '3'] },
      { row: 5, cells: ['Di', '4'] },
    ])
  })

  it('marks the row whose quote closes in the middle of a cell', () => {
    const file = read('Name,Phone\n"Bob" Smith,2\nCy,3\n')
    expect(file.rows.find(({ cells }) => cells.includes('3'))?.has_broken_quotes).toBeUndefined()
    expect(file.rows.some(({ has_broken_quotes }) => has_broken_quotes)).toBe(true)
  })

  it('leaves no line out, however many there are', () => {
    const names = Array.from({ length: 40 }, (_, index) => `Ada${index}`)
    const file = read(`Name,Phone\n${names.map((name) => `"${name},1\nBob,2`).join('\n')}\n`)
    const said = file.rows.flatMap(({ cells }) => cells).join(' ')
    expect(names.filter((name) => !said.includes(name))).toEqual([])
    expect(file.rows.at(-1)).toEqual({ row: 81, cells: ['Bob', '2'] })
  })

  it('ends with thousands of them, too', () => {
    const text = `Name,Phone\n${'"a"b\n"c,1\n'.repeat(2000)}`
    expect(() => parseContactFile(bytes(text))).not.toThrow()
  })
})

describe('a file that cannot be read', () => {
  it('is called empty without bytes and with blanks only', () => {
    expect(faultOf(new Uint8Array())).toBe('empty')
    expect(faultOf(bytes('\uFEFF \r\n\n'))).toBe('empty')
  })

  it('is called binary when it is a PNG or other bytes', () => {
    expect(faultOf(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))).toBe('binary')
    expect(faultOf(Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256))).toBe('binary')
  })

  it('is called a workbook when it comes from Excel unsaved as CSV', () => {
    expect(faultOf(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 20, 0]))).toBe('workbook')
  })

  it('is told apart by its encoding', () => {
    expect(faultOf(new Uint8Array([...bytes('Name,Phone\nJos'), 0xe9, ...bytes(',+12025550101')]))).toBe('encoding')
  })

  it('is refused with only a header', () => {
    expect(faultOf(bytes('Name,Phone,E-mail\n'))).toBe('only_header')
    expect(faultOf(bytes('Name,Phone\n,\n\n'))).toBe('only_header')
  })

  it('is refused above 20 MB and above 50,000 rows', () => {
    expect(faultOf(new Uint8Array(20 * 1024 * 1024 + 1))).toBe('too_large')
    expect(faultOf(bytes(`Phone\n${'a\n'.repeat(50_001)}`))).toBe('too_many_rows')
    expect(faultOf(bytes(`Phone\n${'a\n'.repeat(50_000)}`))).toBeNull()
  })

  it('keeps all of 50,000 rows when a blank line stands after each', () => {
    expect(read(`Phone\n\n${'1\n\n'.repeat(50_000)}`).rows.at(-1)?.row).toBe(100_001)
    expect(faultOf(bytes(`Phone\n${'1\n\n'.repeat(50_001)}`))).toBe('too_many_rows')
    expect(faultOf(bytes(`Phone\n${'1\n\n\n\n\n'.repeat(50_000)}`))).toBe('too_many_rows')
  })

  it('does not count the bare delimiters of a sheet that was formatted to its end', () => {
    expect(read(`Name,Phone\nAda,1\n${',,\r\n'.repeat(1_000_000)}`).rows).toEqual([{ row: 2, cells: ['Ada', '1'] }])
  })

  it('is refused with a hundred thousand columns, quickly', () => {
    expect(faultOf(bytes(`${'a,'.repeat(100_000)}\n${'1,'.repeat(100_000)}`))).toBe('too_many_columns')
  })
})
