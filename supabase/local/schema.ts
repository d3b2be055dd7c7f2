/** What the database of a data folder was made from, and what a change of those files asks for. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BOOTSTRAP, MIGRATIONS } from './paths.ts'

/** The checksum of each migration and of each file of the bootstrap. */
export type SchemaSources = Record<string, string>

/** `added`: migrations that come after all known ones, which lose no data. `edited`: everything else; only a new database has it. */
export type SchemaChange = 'none' | 'added' | 'edited'

export function schemaSources(): SchemaSources {
  return { ...checksums(BOOTSTRAP, 'bootstrap'), ...checksums(MIGRATIONS, 'migrations') }
}

export function schemaChange(known: SchemaSources | null, now: SchemaSources): SchemaChange {
  if (known === null || Object.keys(known).some((file) => known[file] !== now[file])) return 'edited'
  const added = Object.keys(now).filter((file) => known[file] === undefined)
  const last = Object.keys(known).sort().at(-1) ?? ''
  if (added.some((file) => !file.startsWith('migrations/') || file < last)) return 'edited'
  return added.length > 0 ? 'added' : 'none'
}

/** Null when this folder's database is unknown or older than the record. */
export function rememberedSchema(folder: string): SchemaSources | null {
  const file = recordIn(folder)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as SchemaSources : null
}

export function rememberSchema(folder: string, sources: SchemaSources): void {
  const file = recordIn(folder)
  writeFileSync(`${file}.new`, JSON.stringify(sources, null, 2))
  renameSync(`${file}.new`, file)
}

const recordIn = (folder: string) => join(folder, 'schema.json')

function checksums(folder: string, name: string): SchemaSources {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql')).sort()
  return Object.fromEntries(files.map((file) => [`${name}/${file}`, createHash('sha256').update(readFileSync(join(folder, file))).digest('hex')]))
}
