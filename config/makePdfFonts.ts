/**
 * Writes the typeface of invoices and exports as a module: the edge runtime deploys modules and nothing beside them, and the same
 * file serves the browser. Inter as it comes from its package, one small font for each script. Run after a new version of it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'

const root = new URL('../', import.meta.url)
const target = new URL('business/services/pdf/fonts.ts', root)
const scripts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese']

const comment = `/**
 * Made by \`npm run fonts\` from @fontsource/inter: Inter, copyright 2016 The Inter Project Authors (github.com/rsms/inter), under
 * the SIL Open Font License 1.1 (OFL.txt). TrueType in base64, one font for each script, without the tables for kerning, ligatures and
 * screens, which a PDF of plain lines has no use for.
 */`

export function fontModule(): string {
  return `${comment}
export const regularFonts: readonly string[] = [
${scripts.map((script) => `  '${font(script, 400)}',`).join('\n')}
]

/** For words of ours, which are English. */
export const boldFonts: readonly string[] = [
  '${font('latin', 700)}',
]
`
}

function font(script: string, weight: number): string {
  return unpacked(readFileSync(new URL(`node_modules/@fontsource/inter/files/inter-${script}-${weight}-normal.woff`, root))).toString('base64')
}

const needed = new Set(['OS/2', 'cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post'])

interface Table { tag: string, checksum: number, bytes: Buffer }

/** A WOFF is a TrueType file whose tables are packed one by one; to unpack them at each use costs seconds. */
function unpacked(woff: Buffer): Buffer {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => tableAt(woff, 44 + index * 20)).filter(({ tag }) => needed.has(tag))
  const power = Math.floor(Math.log2(tables.length))
  const head = Buffer.alloc(12 + tables.length * 16)
  head.writeUInt32BE(woff.readUInt32BE(4), 0)
  head.writeUInt16BE(tables.length, 4)
  head.writeUInt16BE(16 * 2 ** power, 6)
  head.writeUInt16BE(power, 8)
  head.writeUInt16BE(16 * (tables.length - 2 ** power), 10)
  let offset = head.length
  tables.forEach(({ tag, checksum, bytes }, index) => {
    const entry = 12 + index * 16
    head.write(tag, entry, 'latin1')
    head.writeUInt32BE(checksum, entry + 4)
    head.writeUInt32BE(offset, entry + 8)
    head.writeUInt32BE(bytes.length, entry + 12)
    offset += padded(bytes).length
  })
  return Buffer.concat([head, ...tables.map(({ bytes }) => padded(bytes))])
}

function tableAt(woff: Buffer, entry: number): Table {
  const [offset, packed, length, checksum] = [4, 8, 12, 16].map((place) => woff.readUInt32BE(entry + place)) as [number, number, number, number]
  const bytes = woff.subarray(offset, offset + packed)
  return { tag: woff.toString('latin1', entry, entry + 4), checksum, bytes: packed < length ? inflateSync(bytes) : bytes }
}

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, fontModule())
