/** A durable Postgres server of the bench's own, with one migrated database: the settings of `npm start`, fsync on. */
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { createPlatformDatabase, migrate } from '../../supabase/local/database.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { startPostgres } from '../../supabase/local/postgres.ts'

export interface Bench {
  /** The role that migrations run as, on as many connections as every contender gets. */
  sql: Sql
  /** The superuser's address of a database of this server. */
  url(database: string): string
  createEmpty(name: string): Promise<void>
}

export const DATABASE = 'bench'
export const CONNECTIONS = 4

export async function withServer<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-bench-'))
  await chmod(folder, 0o755)
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: await anyPort(), password: 'bench' })
  try {
    await createPlatformDatabase(server, DATABASE)
    await migrate(server, DATABASE)
    const sql = postgres(server.url(DATABASE, 'postgres'), { max: CONNECTIONS, onnotice: () => undefined })
    const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined })
    try {
      return await work({ sql, url: (name) => server.url(name), createEmpty: async (name) => void await admin.unsafe(`create database "${name}"`) })
    } finally {
      await Promise.all([sql.end({ timeout: 5 }), admin.end({ timeout: 5 })])
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
