/** Makes a database that looks like a hosted project's, and brings it to the newest schema. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import './liteSwitches.ts'
import { getAuthSchemaSql, getStorageSchemaSql, SUPABASE_AUTH_HELPERS_SQL } from '@supabase/lite'
import postgres from 'postgres'
import { BIN, BOOTSTRAP, MIGRATIONS, ROOT, SEED } from './paths.ts'
import type { PostgresServer } from './postgres.ts'

const run = promisify(execFile)

export async function databaseExists(server: PostgresServer, name: string): Promise<boolean> {
  const sql = postgres(server.url('postgres'), { max: 1 })
  const found = await sql`select 1 from pg_database where datname = ${name}`
  await sql.end()
  return found.length > 0
}

/** Made beside and renamed when it is complete, so that an interrupted first start leaves nothing half done behind. */
export async function createDatabase(server: PostgresServer, name: string): Promise<void> {
  const unfinished = `${name}_unfinished`
  const maintain = async (text: string) => {
    const sql = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined })
    await sql.unsafe(text)
    await sql.end()
  }
  await maintain(`drop database if exists "${unfinished}" with (force)`)
  await createPlatformDatabase(server, unfinished)
  await migrate(server, unfinished)
  await maintain(`alter database "${unfinished}" rename to "${name}"`)
}

/** An empty database with the platform's schemas, owned by the role that migrations run as. */
export async function createPlatformDatabase(server: PostgresServer, name: string): Promise<void> {
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined })
  await admin.unsafe(`create database "${name}" owner postgres`)
  await admin.end()
  const sql = postgres(server.url(name), { max: 1, onnotice: () => undefined })
  await sql.unsafe(`create schema if not exists extensions; create extension if not exists pgcrypto with schema extensions;`)
  await sql.unsafe(getAuthSchemaSql())
  await sql.unsafe(SUPABASE_AUTH_HELPERS_SQL)
  await sql.unsafe(getStorageSchemaSql())
  for (const file of ['database.sql', 'guard.sql']) await sql.unsafe(await readFile(join(BOOTSTRAP, file), 'utf8'))
  await sql.end()
}

/** Applies the migrations with the official command, as the non-superuser, then the platform data. */
export async function migrate(server: PostgresServer, name: string): Promise<void> {
  try {
    await run(join(BIN, 'supabase'), ['db', 'push', `--remote=${server.url(name, 'postgres')}?sslmode=disable`, '--yes', '--include-all'],
      { cwd: ROOT, env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' } })
  } catch (error) {
    throw new Error(`The migrations could not be applied:\n${(error as { stderr?: string }).stderr ?? String(error)}`, { cause: error })
  }
  await seed(server, name)
}

/** The platform's data. The file can run again at any time, so that a voice added to it arrives with the next start. */
export async function seed(server: PostgresServer, name: string): Promise<void> {
  const sql = postgres(server.url(name, 'postgres'), { max: 1, onnotice: () => undefined })
  await sql.unsafe(await readFile(SEED, 'utf8'))
  await sql.end()
}

/** Changes when a migration or the bootstrap is edited: then the data folder and the code no longer speak of the same schema. */
export function schemaChecksum(): string {
  const hash = createHash('sha256')
  for (const folder of [MIGRATIONS, BOOTSTRAP]) {
    for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)))
  }
  return hash.digest('hex')
}
