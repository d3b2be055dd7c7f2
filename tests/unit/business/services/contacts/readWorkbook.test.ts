import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { FileRow } from '../../../../../business/models/contactFile.ts'
import { readContactFile } from '../../../../../business/services/contacts/readContactFile.ts'
import { openWorkbook } from '../../../../../business/services/contacts/readWorkbook.ts'
import { readZip } from '../../../../../business/services/zip.ts'
import { zipOf } from '../../../../support/zipOf.ts'

interface Parts { sheet?: string, shared?: string, styles?: string, workbook?: string, links?: string, more?: Record<string, string> }

const WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="People" r:id="r1"/></sheets></workbook>'
const LINKS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>'

function archive({ sheet, shared, styles, workbook = WORKBOOK, links = LINKS, more = {} }: Parts, level = 6): Buffer<ArrayBuffer> {
  const parts = {
    'xl/workbook.xml': workbook, 'xl/_rels/workbook.xml.rels': links, 'xl/worksheets/sheet1.xml': sheet ?? sheetOf(''), ...more,
    ...(shared !== undefined && { 'xl/sharedStrings.xml': shared }), ...(styles !== undefined && { 'xl/styles.xml': styles }),
  }
  return zipOf(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])),
    (content) => deflateRawSync(content, { level })) as Buffer<ArrayBuffer>
}

const sheetOf = (rows: string) => `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`
const stylesOf = (...formats: (number | string)[]) => `<styleSheet><numFmts>${formats.map((code, index) =>
  (typeof code === 'string' ? `<numFmt numFmtId="${200 + index}" formatCode="${code}"/>` : '')).join('')}</numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((code, index) => `<xf numFmtId="${typeof code === 'string' ? 200 + index : code}"/>`).join('')}</cellXfs></styleSheet>`

async function rowsOf(parts: Parts, sheet = 0): Promise<FileRow[]> {
  const workbook = await openWorkbook(new Blob([archive(parts)]))
  if ('fault' in workbook) throw new Error(workbook.fault)
  const rows: FileRow[] = []
  for await (const piece of workbook.rows(sheet)) rows.push(...piece)
  return rows
}
const cellsOf = async (parts: Parts) => (await rowsOf(parts)).map(({ cells }) => cells)

async function faultOf(content: Buffer<ArrayBuffer>) {
  const opened = await readContactFile(new Blob([content]))
  return 'fault' in opened ? opened.fault : null
}

it('reads shared texts with their runs, entities and escapes, but not the readings above Japanese characters', async () => {
  const shared = `<sst><si><t>Smith &amp; &#x53;ons &lt;b&gt;</t></si><si><r><rPr/><t>Zo</t></r><r><t xml:space="preserve">ë </t></r></si>
    <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_b_x0041_</t></si><si><t/></si><si><t><![CDATA[<i>]]></t></si></sst>`
  const row = [0, 1, 2, 3, 4, 5].map((index) => `<c t="s"><v>${index}</v></c>`).join('')
  expect(await cellsOf({ shared, sheet: sheetOf(`<row r="1">${row}</row>`) })).toEqual([['Smith & Sons <b>', 'Zoë', '東京', 'a bA', '', '<i>']])
})

it.each([
  ['a phone number that shows as 1.5E+10', 'General', '15005550100', '15005550100'],
  ['a phone number written with an exponent', 0, '1.5005550100000001E10', '15005550100'],
  ['zeros in front that only the format has', '00000', '1234', '01234'],
  ['a day', 14, '32932', '1990-02-28'],
  ['a day and a time by a format of its own', 'dd.mm.yyyy\\ hh:mm', '45000.395833333336', '2023-03-15 09:30'],
  ['a time', 'h:mm AM/PM', '0.5', '12:00'],
  ['a day as it is written in East Asia', 31, '32932', '1990-02-28'],
  ['a number whose unit has letters of a date', '0 &quot;days&quot;', '12', '12'],
  ['a number in red', '[Red]0.00', '12.50', '12.5'],
  ['a number in an unknown format', 'bad [', '7', '7'],
])('shows %s', async (_, format, written, shown) => {
  const parts = { styles: stylesOf(0, format), sheet: sheetOf(`<row><c s="1"><v>${written}</v></c></row>`) }
  expect(await cellsOf(parts)).toEqual([[shown]])
})

it('counts days from 1904 where the workbook does', async () => {
  const workbook = WORKBOOK.replace('<sheets>', '<workbookPr date1904="1"/><sheets>')
  expect(await cellsOf({ workbook, styles: stylesOf(14), sheet: sheetOf('<row><c s="0"><v>31470</v></c></row>') })).toEqual([['1990-02-28']])
})

it('reads every type of cell: of a formula its last value, of an error none', async () => {
  const cells = ['<c t="str"><f>A1&amp;"x"</f><v>last</v></c>', '<c t="e"><v>#N/A</v></c>', '<c t="b"><v>1</v></c>', '<c t="d"><v>2024-03-01T00:00:00</v></c>', '<c t="inlineStr"><is><t>in</t></is></c>', '<c><v>5</v></c>']
  expect(await cellsOf({ sheet: sheetOf(`<row>${cells.join('')}</row>`) })).toEqual([['last', '', 'TRUE', '2024-03-01', 'in', '5']])
})

it('keeps rows and cells in their places, named or not', async () => {
  const text = (place: string, value: string) => `<c ${place} t="str"><v>${value}</v></c>`
  const sheet = sheetOf(`<row r="2">${text('r="B2"', 'b')}${text('', 'c')}${text('r="AA2"', 'far')}</row><row/><row>${text('', 'next')}</row>`)
  const rows = await rowsOf({ sheet })
  expect(rows.map(({ row }) => row)).toEqual([2, 4])
  expect(rows[0]?.cells).toEqual(Array.from({ length: 27 }, (_, index) => ({ 1: 'b', 2: 'c', 26: 'far' })[index] ?? ''))
})

it('reads a workbook whose program writes a prefix before every name', async () => {
  const workbook = '<x:workbook xmlns:x="x" xmlns:d="d"><x:sheets><x:sheet name="People" d:id="r1"/></x:sheets></x:workbook>'
  const sheet = '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Ada</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
  expect(await cellsOf({ workbook, sheet })).toEqual([['Ada']])
})

it('begins with the first sheet that is not hidden', async () => {
  const workbook = WORKBOOK.replace('<sheets>', '<sheets><sheet name="Old" state="veryHidden" r:id="r2"/>')
  const opened = await openWorkbook(new Blob([archive({ workbook, more: { 'xl/worksheets/sheet2.xml': sheetOf('') } })]))
  expect(opened).toMatchObject({ sheets: ['Old', 'People'], first: 1 })
})

it('leaves out of a cell what XML forbids and keeps the rest of it', async () => {
  expect(await cellsOf({ sheet: sheetOf('<row><c t="inlineStr"><is><t>B\u0001ob</t></is></c></row>') })).toEqual([['Bob']])
})

const table = sheetOf(Array.from({ length: 200 }, (_, index) => `<row>${['Ada', `+1202555${index}`].map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`).join(''))

it.each([
  ['broken_workbook', 'is cut off', archive({ sheet: table }).subarray(0, 600)],
  ['broken_workbook', 'has a sheet that ends in the middle of a row', archive({ sheet: table.slice(0, -400) })],
  ['broken_workbook', 'has a sheet that is no XML', archive({ sheet: table.replace('</row><row>', '</row></c><row>') })],
  ['broken_workbook', 'names a sheet that is not there', archive({ sheet: table, links: '<Relationships/>' })],
  ['other_workbook', 'is an archive of something else', zipOf({ 'content.xml': Buffer.from('<a/>') }, deflateRawSync) as Buffer<ArrayBuffer>],
] as const)('is refused as %s when it %s', async (fault, _, content) => {
  expect(await faultOf(content)).toBe(fault)
})

it('is refused when a byte of a sheet was changed, or a part is longer than the directory says', async () => {
  // Not compressed, so that only the checksum can tell.
  const whole = archive({ sheet: table }, 0)
  expect(await faultOf(whole)).toBe(null)
  const directory = whole.lastIndexOf('xl/worksheets/sheet1.xml') - 46
  const data = whole.indexOf('xl/worksheets/sheet1.xml') + 24
  const changed = Buffer.from(whole)
  changed[data + 300]! ^= 0x10
  expect(await faultOf(changed)).toBe('broken_workbook')
  const lying = Buffer.from(whole)
  lying.writeUInt32LE(100, directory + 24)
  expect(await faultOf(lying)).toBe('broken_workbook')
})

it('unpacks a part while it is read, and no further', async () => {
  const content = Buffer.alloc(8 * 1024 * 1024, 'a')
  const part = (await readZip(new Blob([zipOf({ 'xl/big.xml': content }, deflateRawSync) as Buffer<ArrayBuffer>]))).get('xl/big.xml')
  const reader = part!().getReader()
  let bytes = (await reader.read()).value?.length ?? 0
  expect(bytes).toBeLessThan(content.length / 10)
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) bytes += piece.value.length
  expect(bytes).toBe(content.length)
})
