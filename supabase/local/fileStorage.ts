/** Where stored objects live on a laptop: files below one folder, each with a small JSON file of its metadata. */
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { App } from '@supabase/lite'

type StorageAdapter = NonNullable<App['_storageAdapter']>
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>
interface Description { mimetype: string, cacheControl: string }

export function fileStorage(folder: string): StorageAdapter {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = (bucket: string, key: string) => safePath(folder, bucket, key)
  return {
    driver: undefined,
    async getObject(bucket, key) {
      const file = path(bucket, key)
      return { metadata: await describe(file), httpStatusCode: 200, body: Readable.toWeb(createReadStream(file)) as ReadableStream }
    },
    async uploadObject(bucket, key, _version, body, contentType, cacheControl) {
      const file = path(bucket, key)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, body instanceof Uint8Array ? body : Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]))
      await writeFile(`${file}.meta.json`, JSON.stringify({ mimetype: contentType, cacheControl } satisfies Description))
      return describe(file)
    },
    async deleteObject(bucket, key) {
      await remove(path(bucket, key))
    },
    async deleteObjects(bucket, keys) {
      for (const key of keys) await remove(path(bucket, key))
    },
    async copyObject(fromBucket, from, _version, toBucket, to) {
      const target = path(toBucket, to)
      await mkdir(dirname(target), { recursive: true })
      await copyFile(path(fromBucket, from), target)
      await copyFile(`${path(fromBucket, from)}.meta.json`, `${target}.meta.json`)
      const { httpStatusCode, eTag, lastModified } = await describe(target)
      return { httpStatusCode, eTag, lastModified }
    },
    headObject: (bucket, key) => describe(path(bucket, key)),
    privateAssetUrl: (bucket, key) => Promise.resolve(`file://${path(bucket, key)}`),
  }
}

/** Keys come from requests: nothing may lead out of the bucket's folder. */
function safePath(folder: string, bucket: string, key: string): string {
  const base = join(folder, bucket)
  const file = normalize(join(base, key))
  if (!file.startsWith(base + sep)) throw new Error(`The object key ${key} leads out of its bucket.`)
  return file
}

async function describe(file: string): Promise<ObjectMetadata> {
  const [info, text] = await Promise.all([stat(file), readFile(`${file}.meta.json`, 'utf8')])
  const { mimetype, cacheControl } = JSON.parse(text) as Description
  const eTag = `"${createHash('sha1').update(`${file}:${info.mtimeMs}:${info.size}`).digest('hex')}"`
  return { cacheControl, mimetype, eTag, lastModified: info.mtime, contentLength: info.size, size: info.size, httpStatusCode: 200 } as ObjectMetadata
}

async function remove(file: string): Promise<void> {
  await rm(file, { force: true })
  await rm(`${file}.meta.json`, { force: true })
}
