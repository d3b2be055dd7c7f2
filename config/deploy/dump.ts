/**
 * The data of a database as files: for each table its rows, one to a line, and a manifest of what must be found again. The schema is not
 * in it, for the migrations are the schema. No client program is needed, so that a backup is taken and read wherever Node runs.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import postgres, { type ReservedSql } from 'postgres'
import { describeDatabase, type Table } from './tables.ts'

const rowsAtOnce = 1_000

export interface DumpedTable extends Table { rows: number, sha256: string }

export interface Manifest {
  takenAt: string
  /** The migrations of the database; a backup is read into exactly these. */
  migrations: string[]
  tables: DumpedTable[]
  /** sequence → its last value; null when it was never asked. */
  sequences: Record<string, string | null>
  /** Sums that must be the same afterwards; see tables.ts. */
  figures: Record<string, string>
}

/** Reads everything at one instant, so that no call is in the one table and not yet in the other. */
export async function dumpDatabase(url: string, folder: string): Promise<Manifest> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return withSession(url, async (session) => {
    await session.unsafe('begin isolation level repeatable read read only')
    const { tables, ...described } = await describeDatabase(session)
    const dumped: DumpedTable[] = []
    for (const table of tables) dumped.push({ ...table, ...await dumpTable(session, table, folder) })
    await session.unsafe('commit')
    const manifest: Manifest = { takenAt: new Date().toISOString(), ...described, tables: dumped }
    writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 })
    return manifest
  })
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
}

/**
 * Puts a backup into a database of the same migrations in which nobody has an account yet. One transaction: it is all there or
 * nothing is. Triggers rest meanwhile, for what they write is in the backup. Answers how its figures differ: nothing, if all went well.
 */
export async function restoreDatabase(url: string, folder: string): Promise<string[]> {
  const manifest = readManifest(folder)
  await requireIntact(manifest, folder)
  return withSession(url, async (session) => {
    await requireFresh(session, manifest)
    await session.unsafe('begin')
    await session.unsafe(`set local session_replication_role = replica; set local statement_timeout = 0`)
    for (const table of manifest.tables) await session.unsafe(`delete from ${table.name}`)
    for (const table of manifest.tables) await loadTable(session, table, folder)
    for (const [name, value] of Object.entries(manifest.sequences)) if (value !== null) await session.unsafe('select setval($1::regclass, $2::bigint)', [name, value])
    const { figures } = await describeDatabase(session)
    const differences = Object.keys(manifest.figures).filter((name) => figures[name] !== manifest.figures[name])
      .map((name) => `${name}: ${manifest.figures[name]} in the backup, ${figures[name] ?? 'nothing'} now`)
    await session.unsafe(differences.length === 0 ? 'commit' : 'rollback')
    return differences
  })
}

async function withSession<T>(url: string, work: (session: ReservedSql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  const session = await sql.reserve()
  try {
    return await work(session)
  } finally {
    session.release()
    await sql.end({ timeout: 5 })
  }
}

const fileOf = (folder: string, { name }: Table) => join(folder, `${name.replaceAll('"', '')}.rows.gz`)

/** A row is what Postgres writes for it, in JSON's quotes: exact for every type, and without a line break. */
async function dumpTable(session: ReservedSql, table: Table, folder: string): Promise<{ rows: number, sha256: string }> {
  let rows = 0
  async function* lines() {
    for await (const batch of session.unsafe(`select t::text as row from ${table.name} t`).cursor(rowsAtOnce)) {
      rows += batch.length
      yield batch.map(({ row }) => `${JSON.stringify(row)}\n`).join('')
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(fileOf(folder, table), { mode: 0o600 }))
  return { rows, sha256: await digestOf(fileOf(folder, table)) }
}

/** Columns are named because those that are computed cannot be written. */
async function loadTable(session: ReservedSql, table: DumpedTable, folder: string): Promise<void> {
  const insert = `insert into ${table.name} (${table.columns.join(', ')}) overriding system value
    select ${table.columns.map((column) => `(given.row).${column}`).join(', ')} from (select unnest($1::text[])::${table.name} as row offset 0) given`
  const lines = createInterface({ input: createReadStream(fileOf(folder, table)).pipe(createGunzip()), crlfDelay: Infinity })
  let batch: string[] = []
  for await (const line of lines) {
    batch.push(JSON.parse(line) as string)
    if (batch.length < rowsAtOnce) continue
    await session.unsafe(insert, [batch])
    batch = []
  }
  if (batch.length > 0) await session.unsafe(insert, [batch])
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function requireIntact({ tables }: Manifest, folder: string): Promise<void> {
  for (const table of tables) {
    if (await digestOf(fileOf(folder, table)) !== table.sha256) throw new Error(`The file of ${table.name} is not the one that was written.`)
  }
}

async function requireFresh(session: ReservedSql, manifest: Manifest): Promise<void> {
  const { migrations } = await describeDatabase(session)
  const missing = manifest.migrations.filter((version) => !migrations.includes(version))
  const more = migrations.filter((version) => !manifest.migrations.includes(version))
  if (missing.length > 0 || more.length > 0) {
    throw new Error(`The backup is of other migrations: ${missing.length} are missing here and ${more.length} are too many. Check out the release it is of.`)
  }
  const [answer] = await session.unsafe('select exists (select from public.accounts) as is_used')
  if (answer?.is_used) throw new Error('Somebody has an account in this database: a backup is put into a new one.')
}
