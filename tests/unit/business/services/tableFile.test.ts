import { crc32, inflateRawSync } from 'node:zlib'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { openTableFile, openWorkbook } from '../../../../business/services/tableFile.ts'

const nasty = ['=1+1', '@sum', '+1 202 555 0107', '-5', '\t=x', 'plain', '<b> & "x"', 'a\u0000b\u0007', '😀 Łódź', '=HYPERLINK("http://x")', '0012', '']

/** The files of an archive, read by its directory as other programs do it, each against its checksum. */
async function entriesOf(blob: Blob): Promise<Record<string, Buffer>> {
  const zip = Buffer.from(await blob.arrayBuffer())
  const entries: Record<string, Buffer> = {}
  const end = zip.length - 22
  expect(zip.readUInt32LE(end)).toBe(0x06054b50)
  let at = zip.readUInt32LE(end + 16)
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50)
    const nameLength = zip.readUInt16LE(at + 28)
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26)
    const content = inflateRawSync(zip.subarray(from, from + zip.readUInt32LE(at + 20)))
    expect([content.length, crc32(content)]).toEqual([zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 16)])
    entries[zip.toString('utf8', at + 46, at + 46 + nameLength)] = content
    at += 46 + nameLength
  }
  return entries
}
const sheetOf = async (blob: Blob, no = 1) => new TextDecoder().decode((await entriesOf(blob))[`xl/worksheets/sheet${no}.xml`])
const cellsOf = (sheet: string) => [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
  [...(row ?? '').matchAll(/<c\/>|<c t="inlineStr"><is><t(?: xml:space="preserve")?>(.*?)<\/t><\/is><\/c>/gs)].map(([, cell]) => (cell ?? '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')))

describe('a CSV file', () => {
  it('has its head first and every page after it', async () => {
    const file = openTableFile('csv')
    await file.add([['Ada', '1']])
    await file.add([])
    await file.add([['Grace', '2', 'late']])
    const bytes = new Uint8Array(await (await file.finish(['Name', 'No', 'More'])).arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(Papa.parse(new TextDecoder().decode(bytes)).data).toEqual([['Name', 'No', 'More'], ['Ada', '1'], ['Grace', '2', 'late']])
  })

  it('runs nothing as a formula', async () => {
    const file = openTableFile('csv')
    await file.add([nasty])
    const [, cells] = Papa.parse<string[]>(await (await file.finish(['x'])).text()).data
    expect(cells?.filter((cell) => /^[=@\t\r]/.test(cell))).toEqual([])
    expect(cells?.slice(2, 4)).toEqual(['+1 202 555 0107', '-5'])
  })
})

describe('a workbook', () => {
  it('keeps every cell as text, with what XML can hold', async () => {
    const file = openTableFile('xlsx')
    await file.add([nasty])
    const rows = cellsOf(await sheetOf(await file.finish(['Name'])))
    expect(rows[0]).toEqual(['Name'])
    expect(rows[1]).toEqual(['\'=1+1', '\'@sum', '+1 202 555 0107', '-5', '\'\t=x', 'plain', '<b> & "x"', 'ab', '😀 Łódź', '\'=HYPERLINK("http://x")', '0012', ''])
  })

  it('keeps the spaces around a text, and the place of a cell without one', async () => {
    const file = openTableFile('xlsx')
    await file.add([['', ' Ada\n', '', 'Grace']])
    const sheet = await sheetOf(await file.finish(['A', 'B', 'C', 'D']))
    expect(cellsOf(sheet)[1]).toEqual(['', ' Ada\n', '', 'Grace'])
    expect(sheet).toContain('<t xml:space="preserve"> Ada\n</t>')
    expect(sheet).toContain('<t>Grace</t>')
  })

  it('goes on on another sheet under the same head when one is full', async () => {
    const file = openWorkbook(3)
    await file.add([['1'], ['2'], ['3']])
    await file.add([['4'], ['5']])
    const blob = await file.finish(['No'])
    const sheets = await Promise.all([1, 2, 3].map((no) => sheetOf(blob, no)))
    expect(sheets.map(cellsOf)).toEqual([[['No'], ['1'], ['2']], [['No'], ['3'], ['4']], [['No'], ['5']]])
    expect(Object.keys(await entriesOf(blob))).toHaveLength(7)
  })

  it('is a whole archive of many rows', async () => {
    const file = openTableFile('xlsx')
    for (let page = 0; page < 20; page++) await file.add(Array.from({ length: 500 }, (_, row) => [`Person ${page * 500 + row}`, '+12025550107']))
    const blob = await file.finish(['Name', 'Phone'])
    expect(cellsOf(await sheetOf(blob))).toHaveLength(10_001)
    expect(blob.size).toBeLessThan(100_000)
  })
})
