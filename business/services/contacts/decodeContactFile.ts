import { importLimits, type FileFault } from '../../models/import.ts'

/** The text of an uploaded file, or why it is none. Judged by its bytes: names and types of files lie. */
export function decodeContactFile(bytes: Uint8Array): { text: string } | { fault: FileFault } {
  if (bytes.length === 0) return { fault: 'empty' }
  if (bytes.length > importLimits.bytes) return { fault: 'too_large' }
  if (startsWithAny(bytes, workbooks)) return { fault: 'workbook' }
  if (startsWithAny(bytes, binaries)) return { fault: 'binary' }
  const encoding = encodingOf(bytes)
  if (encoding === 'utf-8' && controlShare(bytes) > 0.01) return { fault: 'binary' }
  const text = decode(bytes, encoding)
  if (text === null) return { fault: 'encoding' }
  return text.trim() === '' ? { fault: 'empty' } : { text }
}

/** ZIP (xlsx, numbers, ods) and the container of old Office files. */
const workbooks = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]]
/** PNG, JPEG, GIF, PDF, GZIP. */
const binaries = [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x25, 0x50, 0x44, 0x46], [0x1f, 0x8b]]

function startsWithAny(bytes: Uint8Array, signatures: number[][]): boolean {
  return signatures.some((signature) => signature.every((byte, index) => bytes[index] === byte))
}

/** UTF-16 is what Excel saves as "Unicode text"; it tells by its mark, or by every second byte of Latin text being 0. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, 2000)
  const zeros = (parity: number) => sample.filter((byte, index) => byte === 0 && index % 2 === parity).length
  if (zeros(1) > sample.length * 0.4) return 'utf-16le'
  if (zeros(0) > sample.length * 0.4) return 'utf-16be'
  return 'utf-8'
}

function controlShare(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, 65_536)
  const isControl = (byte: number) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27
  return sample.filter(isControl).length / sample.length
}

/** The byte order mark goes with the decoding. */
function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // A fatal decoder throws at the first byte that is no text: that is the answer, not an accident.
    return null
  }
}
