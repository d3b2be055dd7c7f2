/** Brings the database of `npm run dev` to what the migrations say, with each save; a mistake in one is said, and the next save awaited. */
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { DATABASE, say } from './backend.ts'
import { databaseExists, migrate, prepareDatabase, replaceDatabase, seed } from './database.ts'
import { ROOT } from './paths.ts'
import { keepPeople } from './people.ts'
import type { PostgresServer } from './postgres.ts'
import { rememberedSchema, rememberSchema, schemaChange, schemaSources, type SchemaSources } from './schema.ts'
import { generatedTypes } from './supabaseCli.ts'

/** `pause` is called once the new schema is sure to work: whatever is connected to the database lets go of it. */
export async function applySchema(folder: string, server: PostgresServer, pause: () => Promise<void>): Promise<void> {
  const sources = schemaSources()
  const isNew = !(await databaseExists(server, DATABASE))
  const change = isNew ? 'edited' : schemaChange(rememberedSchema(folder), sources)
  if (change === 'none') return seed(server, DATABASE)
  if (change === 'added') await push(folder, server, sources, pause)
  else await rebuild(server, isNew, pause)
  rememberSchema(folder, sources)
  await writeTypes(server)
}

/** What came before a failing migration stays applied, and is remembered. */
async function push(folder: string, server: PostgresServer, sources: SchemaSources, pause: () => Promise<void>): Promise<void> {
  try {
    await migrate(server, DATABASE)
  } catch (error) {
    const applied = await appliedVersions(server)
    const kept = Object.entries(sources).filter(([file]) => !file.startsWith('migrations/') || applied.has(/\d+/.exec(file)?.[0] ?? ''))
    rememberSchema(folder, Object.fromEntries(kept))
    throw error
  }
  await pause()
  say('New migrations were applied; the data stays.')
}

async function appliedVersions(server: PostgresServer): Promise<Set<string>> {
  const sql = postgres(server.url(DATABASE), { max: 1 })
  const rows = await sql`select version from supabase_migrations.schema_migrations`
  await sql.end()
  return new Set(rows.map(({ version }) => version as string))
}

async function rebuild(server: PostgresServer, isNew: boolean, pause: () => Promise<void>): Promise<void> {
  const successor = await prepareDatabase(server, DATABASE)
  await pause()
  if (!isNew) await keepPeople(server.url(DATABASE), server.url(successor))
  await replaceDatabase(server, DATABASE, successor)
  if (!isNew) say('A migration was edited: the database is new. Who signed up is still signed in; their data is gone.')
}

async function writeTypes(server: PostgresServer): Promise<void> {
  const file = join(ROOT, 'business', 'repositories', 'database.types.ts')
  const types = await generatedTypes(server.url(DATABASE, 'postgres'))
  if (types === await readFile(file, 'utf8')) return
  writeFileSync(file, types)
  say('business/repositories/database.types.ts was written anew.')
}
