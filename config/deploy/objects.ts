/** The files of the storage, beside the database that says which there are: recordings and invoices. */
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'

export interface StorageAccess { supabaseUrl: string, secretKey: string }
export interface StoredObject { bucket: string, name: string, type: string }
interface Moved { done: number, kept: number }

export async function storedObjects(databaseUrl: string): Promise<StoredObject[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined })
  const rows = await sql<StoredObject[]>`select bucket_id as bucket, name, coalesce(metadata ->> 'mimetype', 'application/octet-stream') as type
    from storage.objects where bucket_id in ('recordings', 'invoices') order by 1, 2`
  await sql.end({ timeout: 5 })
  return [...rows]
}

/** Fetches what is not there yet; a file never changes once it is written, so that a daily backup brings only the day's. One that was deleted meanwhile is left out. */
export async function fetchObjects(access: StorageAccess, folder: string, objects: StoredObject[]): Promise<Moved> {
  const wanted = objects.filter((object) => !existsSync(pathOf(folder, object)))
  let done = 0
  for (const object of wanted) {
    const answer = await fetch(addressOf(access, object), { headers: headersOf(access) })
    if (answer.status === 404 || answer.status === 400) continue
    if (!answer.ok || !answer.body) throw new Error(`The storage answered HTTP ${answer.status} for ${object.bucket}/${object.name}.`)
    const file = pathOf(folder, object)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // Renamed when it is whole: a backup that was broken off goes on with this file.
    await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(`${file}.part`, { mode: 0o600 }))
    renameSync(`${file}.part`, file)
    done += 1
  }
  return { done, kept: objects.length - wanted.length }
}

/** Puts the files back that the database knows of; what the storage has already is written over with the same. */
export async function sendObjects(access: StorageAccess, folder: string, objects: StoredObject[]): Promise<Moved> {
  const there = objects.filter((object) => existsSync(pathOf(folder, object)))
  for (const object of there) {
    const file = pathOf(folder, object)
    const answer = await fetch(addressOf(access, object), {
      method: 'POST', headers: { ...headersOf(access), 'content-type': object.type, 'x-upsert': 'true', 'content-length': String(statSync(file).size) },
      body: Readable.toWeb(createReadStream(file)), duplex: 'half',
    } as RequestInit)
    if (!answer.ok) throw new Error(`The storage answered HTTP ${answer.status} for ${object.bucket}/${object.name}.`)
  }
  return { done: there.length, kept: objects.length - there.length }
}

const headersOf = ({ secretKey }: StorageAccess) => ({ apikey: secretKey, authorization: `Bearer ${secretKey}` })

function addressOf({ supabaseUrl }: StorageAccess, { bucket, name }: StoredObject): string {
  return `${supabaseUrl.replace(/\/$/, '')}/storage/v1/object/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`
}

/** Names come from the database: none may lead out of the folder. */
function pathOf(folder: string, { bucket, name }: StoredObject): string {
  const base = join(folder, bucket)
  const file = normalize(join(base, name))
  if (!file.startsWith(base + sep)) throw new Error(`The name ${bucket}/${name} leads out of the backup.`)
  return file
}
