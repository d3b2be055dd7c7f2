/**
 * Packs files into a zip while they are being written: only compressed bytes are kept, so that a workbook of a million rows costs
 * megabytes and not gigabytes. The platform's own compression does the work, in the browser as in Node.
 */
export class ZipWriter {
  readonly #parts: Bytes[] = []
  readonly #directory: Bytes[] = []
  #count = 0
  #offset = 0

  /** One file of the archive; the next may be opened when this one is closed. */
  open(name: string): ZipEntry {
    return new ZipEntry((packed) => this.#append(name, packed))
  }

  finish(type: string): Blob {
    const size = this.#directory.reduce((sum, { length }) => sum + length, 0)
    const end = record(endSignature, [0, 2], [0, 2], [this.#count, 2], [this.#count, 2], [size, 4], [this.#offset, 4], [0, 2])
    return new Blob([...this.#parts, ...this.#directory, end], { type })
  }

  #append(name: string, { crc, size, chunks }: Packed): void {
    const title = new TextEncoder().encode(name)
    const packedSize = chunks.reduce((sum, { length }) => sum + length, 0)
    // Version 2.0, UTF-8 names, deflate; every file has the same date, so that the same content is the same archive.
    const facts: Field[] = [[20, 2], [0x800, 2], [8, 2], [0, 2], [0x21, 2], [crc, 4], [packedSize, 4], [size, 4], [title.length, 2], [0, 2]]
    const head = record(fileSignature, ...facts)
    this.#directory.push(record(directorySignature, [20, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [this.#offset, 4]), title)
    this.#parts.push(head, title, ...chunks)
    this.#count += 1
    this.#offset += head.length + title.length + packedSize
  }
}

type Bytes = Uint8Array<ArrayBuffer>
/** A number and how many bytes it takes, the lowest first. */
type Field = [value: number, bytes: number]
interface Packed { crc: number, size: number, chunks: Bytes[] }

const fileSignature = 0x04034b50
const directorySignature = 0x02014b50
const endSignature = 0x06054b50

class ZipEntry {
  readonly #deflate = new CompressionStream('deflate-raw')
  readonly #writer = this.#deflate.writable.getWriter()
  readonly #chunks: Promise<Bytes[]> = collect(this.#deflate.readable as ReadableStream<Bytes>)
  readonly #onClosed: (packed: Packed) => void
  #crc = ~0
  #size = 0

  constructor(onClosed: (packed: Packed) => void) {
    this.#onClosed = onClosed
  }

  /** Waits while the compression is behind, so that nothing piles up. */
  async write(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text)
    this.#crc = crcAfter(this.#crc, bytes)
    this.#size += bytes.length
    await this.#writer.write(bytes)
  }

  async close(): Promise<void> {
    await this.#writer.close()
    this.#onClosed({ crc: ~this.#crc >>> 0, size: this.#size, chunks: await this.#chunks })
  }
}

async function collect(stream: ReadableStream<Bytes>): Promise<Bytes[]> {
  const chunks: Bytes[] = []
  const reader = stream.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value)
  return chunks
}

function record(signature: number, ...fields: Field[]): Bytes {
  const all: Field[] = [[signature, 4], ...fields]
  return new Uint8Array(all.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 0xff)))
}

/** CRC-32 as zip wants it, eight bits at a time. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})

function crcAfter(crc: number, bytes: Uint8Array): number {
  let after = crc
  for (const byte of bytes) after = (after >>> 8) ^ crcTable[(after ^ byte) & 0xff]!
  return after
}
