/**
 * The files inside a ZIP, read from its directory at the end, so that a workbook is never held whole. The browser unpacks; we only find
 * where each file lies.
 */
export interface ZipEntry {
  /** Unpacked, as the directory says. A file may lie: whoever reads counts. */
  size: number
  open(): Promise<ReadableStream<Uint8Array>>
}

/** Null: the directory is missing or makes no sense, as in a file that was cut off. */
export async function readZip(file: Blob): Promise<Map<string, ZipEntry> | null> {
  const tail = new DataView(await file.slice(Math.max(0, file.size - tailMax)).arrayBuffer())
  const end = lastSignature(tail, endOfDirectory)
  if (end < 0) return null
  const [size, offset] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)]
  if (offset + size > file.size) return null
  return entriesOf(file, new DataView(await file.slice(offset, offset + size).arrayBuffer()))
}

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
/** The end record and the longest comment that may follow it. */
const tailMax = 65_557

function lastSignature(view: DataView, signature: number): number {
  for (let at = view.byteLength - 22; at >= 0; at--) if (view.getUint32(at, true) === signature) return at
  return -1
}

function entriesOf(file: Blob, view: DataView): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === directoryEntry;) {
    const [method, packed, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const start = view.getUint32(at + 42, true)
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength))
    // Some programs write a leading slash or backslashes.
    entries.set(name.replaceAll('\\', '/').replace(/^\//, ''), { size, open: () => openEntry(file, { start, packed, method }) })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

async function openEntry(file: Blob, { start, packed, method }: { start: number, packed: number, method: number }): Promise<ReadableStream<Uint8Array>> {
  // The header beside the data has a name and extras of its own lengths.
  const header = new DataView(await file.slice(start, start + 30).arrayBuffer())
  const from = start + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  const data = file.slice(from, from + packed).stream()
  return method === 0 ? data : data.pipeThrough(new DecompressionStream('deflate-raw'))
}
