/** Makes a database that looks like a hosted project's, and brings it to the newest schema. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import './liteSwitches.ts'
import { getAuthSchemaSql, getStorageSchemaSql, SUPABASE_AUTH_HELPERS_SQL } from '@supabase/lite'
import postgres from 'postgres'
import { describeFailure, lineAt } from './migrationFailure.ts'
import { BIN, BOOTSTRAP, MIGRATIONS, ROOT, SEEDS } from './paths.ts'
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
  await maintain(server, `alter database "${await prepareDatabase(server, name)}" rename to "${name}"`)
}

/** A complete database beside the one with this name, which goes on meanwhile; answers its own name. */
export async function prepareDatabase(server: PostgresServer, name: string): Promise<string> {
  const beside = `${name}_unfinished`
  await maintain(server, `drop database if exists "${beside}" with (force)`)
  await createPlatformDatabase(server, beside)
  await migrate(server, beside)
  return beside
}

/** Puts the one database in the other's place; nobody may be connected to either. */
export async function replaceDatabase(server: PostgresServer, name: string, successor: string): Promise<void> {
  await maintain(server, `drop database if exists "${name}" with (force)`)
  await maintain(server, `alter database "${successor}" rename to "${name}"`)
}

async function maintain(server: PostgresServer, text: string): Promise<void> {
  const sql = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined })
  await sql.unsafe(text)
  await sql.end()
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
    const output = (error as { stderr?: string }).stderr ?? String(error)
    const reason = describeFailure(output, (file) => readFileSync(join(MIGRATIONS, file), 'utf8'))
    throw new Error(`The migrations could not be applied:\n${reason}`, { cause: error })
  }
  await seed(server, name)
}

/** The platform's data, file by file. They can run again at any time, so that a voice added to one arrives with the next start. */
export async function seed(server: PostgresServer, name: string): Promise<void> {
  const sql = postgres(server.url(name, 'postgres'), { max: 1, onnotice: () => undefined })
  try {
    for (const file of (await readdir(SEEDS)).sort()) await runSeed(sql, file)
  } finally {
    await sql.end()
  }
}

async function runSeed(sql: postgres.Sql, file: string): Promise<void> {
  const text = await readFile(join(SEEDS, file), 'utf8')
  try {
    await sql.unsafe(text)
  } catch (error) {
    const { message, position } = error as { message: string, position?: string }
    throw new Error(`The seed could not be applied:\nsupabase/seeds/${file}${position ? `:${lineAt(text, Number(position) - 1)}` : ''}: ${message}`, { cause: error })
  }
}
