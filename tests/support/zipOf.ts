import { crc32 } from 'node:zlib'

/** A ZIP as programs write it: each file packed, then the directory that says where each lies. */
export function zipOf(files: Record<string, Buffer>, pack: (content: Buffer) => Buffer): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const packed = pack(content)
    const facts = [crc32(content), packed.length, content.length, Buffer.byteLength(name)]
    const local = record(name, 30, [[0, 4, 0x04034b50], [8, 2, 8], ...placed(14, facts)])
    directory.push(record(name, 46, [[0, 4, 0x02014b50], [10, 2, 8], [42, 4, offset], ...placed(16, facts)]))
    parts.push(local, packed)
    offset += local.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  for (const at of [8, 10]) end.writeUInt16LE(directory.length, at)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}

type Field = [at: number, bytes: number, value: number]

/** Checksum, packed and unpacked size and the length of the name stand side by side in both kinds of header. */
const placed = (at: number, [sum = 0, packed = 0, unpacked = 0, name = 0]: number[]): Field[] =>
  [[at, 4, sum], [at + 4, 4, packed], [at + 8, 4, unpacked], [at + 12, 2, name]]

function record(name: string, length: number, fields: Field[]): Buffer {
  const header = Buffer.alloc(length)
  for (const [at, bytes, value] of fields) header.writeUIntLE(value, at, bytes)
  return Buffer.concat([header, Buffer.from(name)])
}
