import { AppError } from '../models/appError.ts'

/** The way to the storage service with the key that may write to private buckets. */
export interface StorageAccess {
  url: string
  secretKey: string
  /** A file that is larger is broken off. */
  largestBytes?: number
}

export type RecordingRepository = ReturnType<typeof createRecordingRepository>

const bucket = 'recordings'
/** Half an hour of uncompressed stereo is a little more than this, and taken mixed instead; asked for is mp3, a tenth of it. */
const largestRecordingBytes = 200 * 1024 * 1024
const removalTimeoutMs = 30_000

/** Recordings in our private bucket. The browser plays them through short signed URLs, never from here. */
export function createRecordingRepository({ url, secretKey, largestBytes = largestRecordingBytes }: StorageAccess) {
  return {
    /** Streams a file into the bucket and answers its size. The same path again replaces the file. */
    async store(path: string, body: ReadableStream<Uint8Array>, content_type: string): Promise<number> {
      const counter = byteCounter(largestBytes)
      const answer = await fetch(`${url}/storage/v1/object/${bucket}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secretKey}`, apikey: secretKey, 'content-type': content_type, 'x-upsert': 'true' },
        body: body.pipeThrough(counter.stream),
        // A body that is a stream cannot be sent otherwise; the DOM's type does not know the word yet.
        duplex: 'half',
      } as RequestInit).catch((error: unknown) => {
        throw counter.isFull() ? tooLarge(largestBytes) : new AppError('unavailable', `The copy broke off: ${error instanceof Error ? error.name : 'unknown'}`)
      })
      await answer.body?.cancel()
      if (!answer.ok) throw new AppError(answer.status === 413 ? 'too_large' : 'unavailable', `The storage answered HTTP ${answer.status}`)
      return counter.bytes()
    },

    /** Deletes a file through the storage service, which also forgets its row. One that is gone already is deleted, too. */
    async remove(path: string): Promise<void> {
      const answer = await fetch(`${url}/storage/v1/object/${bucket}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${secretKey}`, apikey: secretKey, 'content-type': 'application/json' },
        body: JSON.stringify({ prefixes: [path] }),
        signal: AbortSignal.timeout(removalTimeoutMs),
      })
      await answer.body?.cancel()
      if (!answer.ok) throw new AppError('unavailable', `The storage answered HTTP ${answer.status}`)
    },
  }
}

const tooLarge = (limit: number) => new AppError('too_large', `The recording is larger than ${limit} bytes`)

/** Counts what passes and breaks the transfer off at the limit, however long the sender goes on. */
function byteCounter(limit: number) {
  let bytes = 0
  const stream = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes > limit) controller.error(tooLarge(limit))
      else controller.enqueue(chunk)
    },
  })
  return { stream, bytes: () => bytes, isFull: () => bytes > limit }
}
