import { fileDelimiters, type FileEncoding, type FileFault, type Reading } from '../../models/contactFile.ts'

/** What the first bytes of a file tell. Judged by them alone: names and types of files lie. */
export function sniffFile(head: Uint8Array): { kind: 'xlsx' } | { kind: 'csv', encoding: FileEncoding } | { fault: FileFault } {
  if (head.length === 0) return { fault: 'empty' }
  if (startsWithAny(head, [zip])) return { kind: 'xlsx' }
  if (startsWithAny(head, [oldOffice])) return { fault: 'other_workbook' }
  if (startsWithAny(head, binaries)) return { fault: 'binary' }
  const encoding = encodingOf(head)
  if (encoding === 'utf-8' && controlShare(head) > 0.01) return { fault: 'binary' }
  return { kind: 'csv', encoding }
}

/** XLSX, but also Numbers and OpenOffice: what is inside tells them apart. */
const zip = [0x50, 0x4b, 0x03, 0x04]
/** Excel before 2007, and any Excel file with a password. */
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0]
/** PNG, JPEG, GIF, PDF, GZIP. */
const binaries = [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x25, 0x50, 0x44, 0x46], [0x1f, 0x8b]]

function startsWithAny(bytes: Uint8Array, signatures: number[][]): boolean {
  return signatures.some((signature) => signature.every((byte, index) => bytes[index] === byte))
}

/** UTF-16 is what Excel saves as "Unicode text"; it tells by its mark, or by every second byte of Latin text being 0. */
function encodingOf(bytes: Uint8Array): FileEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, 2000)
  const zeros = (parity: number) => sample.filter((byte, index) => byte === 0 && index % 2 === parity).length
  if (zeros(1) > sample.length * 0.4) return 'utf-16le'
  if (zeros(0) > sample.length * 0.4) return 'utf-16be'
  return 'utf-8'
}

function controlShare(sample: Uint8Array): number {
  const isControl = (byte: number) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 31
  return sample.filter(isControl).length / sample.length
}

/**
 * The delimiter is judged by the first line alone, which is nearly always the header: values hold commas of their own, names of
 * columns hardly ever. Excel may write its choice into a line of its own ("sep=;").
 */
export function sniffText(head: string): Pick<Reading, 'delimiter' | 'newline'> {
  const newline = !head.includes('\n') && head.includes('\r') ? '\r' : '\n'
  const told = /^sep=(.)\r?\n/i.exec(head)?.[1]
  if (told) return { delimiter: told, newline }
  const line = (/^\s*([^\r\n]*)/.exec(head)?.[1] ?? '').replace(/"[^"]*"/g, '')
  const counts = fileDelimiters.map((delimiter) => line.split(delimiter).length)
  return { delimiter: fileDelimiters[counts.indexOf(Math.max(...counts))] ?? ',', newline }
}
