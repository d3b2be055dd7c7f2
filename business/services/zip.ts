import { BlobReader, BlobWriter, ZipReader, ZipWriter, type FileEntry } from '@zip.js/zip.js'

/** A file of an archive, unpacked while it is read, and checked: what is damaged breaks the reading off. */
export type ZipPart = () => ReadableStream<Uint8Array>

/** Thrown where an archive, or what lies in it, is cut off or damaged. */
export class BrokenArchive extends Error {}

/** A file that was moved or changed since it was chosen is not broken: browsers tell that by an exception of their own. */
export function brokenBy(error: unknown): unknown {
  return error instanceof DOMException ? error : new BrokenArchive(String(error))
}

/**
 * What the library does not do by itself: the checksum of what was unpacked is looked at; what Excel forgives (a header beside the data
 * that differs from the directory, bytes after its end) is forgiven. It starts no workers, for it is called in one.
 */
const reading = { useWebWorkers: false, checkSignature: true, strictness: 'tolerant' } as const

/** The files inside a ZIP by their names, found by the directory at its end, so that a workbook is never held whole. */
export async function readZip(file: Blob): Promise<Map<string, ZipPart>> {
  const parts = new Map<string, ZipPart>()
  try {
    for await (const entry of new ZipReader(new BlobReader(file), reading).getEntriesGenerator()) {
      // Some programs write a leading slash or backslashes.
      if (!entry.directory) parts.set(entry.filename.replaceAll('\\', '/').replace(/^\//, ''), () => unpacked(entry))
    }
  } catch (error) {
    throw brokenBy(error)
  }
  return parts
}

function unpacked(entry: FileEntry): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  // A failure breaks the stream off, and whoever reads hears of it there.
  entry.getData(writable, reading).catch(() => undefined)
  return readable
}

/** Every file has the same date, so that the same content is the same archive. */
const writing = { useWebWorkers: false, extendedTimestamp: false, lastModDate: new Date(1980, 0, 1) }

/** An archive that is written while its files come: none of them, nor the whole, is ever held in memory. */
export interface ZipFile {
  add(name: string, content: ReadableStream<Uint8Array>): Promise<void>
  /** The archive; null where it was written to a file of the person's. */
  finish(): Promise<Blob | null>
}

/** Into a file on disk where there is one, else into a blob, which a browser keeps on disk when it is long. */
export function openZip(type: string, target: WritableStream<Uint8Array> | null): ZipFile {
  const zip = target ? new ZipWriter<unknown>(target, writing) : new ZipWriter<unknown>(new BlobWriter(type), writing)
  return {
    add: async (name, content) => void await zip.add(name, content),
    finish: async () => {
      const whole = await zip.close()
      return target ? null : whole as Blob
    },
  }
}

/** An archive of files by their names. Contents are read and packed piece by piece; a browser keeps long blobs on disk. */
export async function writeZip(files: Record<string, Blob>, type: string): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter(type), writing)
  for (const [name, content] of Object.entries(files)) await zip.add(name, new BlobReader(content))
  return zip.close()
}
