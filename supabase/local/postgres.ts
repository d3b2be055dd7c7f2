/**
 * The Postgres server of an instance: real programs from npm, superuser `supabase_admin`, everything else as on a hosted
 * project. It is started again when it crashes, and ends when this process ends, however that happens.
 */
import { execFile, type ChildProcess } from 'node:child_process'
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { keepRunning } from './keepRunning.ts'
import { BOOTSTRAP } from './paths.ts'
import { findHome, makeFolderFor, type Home } from './postgres/home.ts'
import { stopLeftoverServer } from './postgres/leftover.ts'
import { endSupervised, spawnSupervised } from './supervised.ts'

export interface PostgresServer {
  port: number
  password: string
  /** Connection string of the superuser or of the role that migrations run as. */
  url(database: string, role?: 'supabase_admin' | 'postgres'): string
  stop(): Promise<void>
}

interface Options { folder: string, port: number, password: string, isDurable?: boolean, onLost?: () => void }

const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 20_000
/** Without a socket file the path of the data folder may be of any length. */
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'timezone=UTC']
const FASTER_BUT_NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export async function startPostgres({ folder, port, password, isDurable = true, onLost = () => undefined }: Options): Promise<PostgresServer> {
  await stopLeftoverServer(folder)
  const home = findHome(folder)
  if (!existsSync(join(home.folder, 'PG_VERSION'))) await initialise(home, password)
  const log = `${folder}.log`
  rmSync(log, { force: true })
  const settings = [...SETTINGS, ...(isDurable ? [] : FASTER_BUT_NOT_DURABLE)]
  const kept = keepRunning(() => launch(home, log, ['-D', home.folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]), onLost)
  const url: PostgresServer['url'] = (database, role = 'supabase_admin') => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
  const stop = () => endSupervised(kept.release(), STOPPED_WITHIN_MS)
  try {
    await ready(kept.current(), url('postgres'), log)
    await createRoles(url('postgres'), password)
  } catch (error) {
    await stop()
    throw error
  }
  return { port, password, url, stop }
}

/** initdb works beside the final place and is moved there when it is done: a start that was interrupted begins again. */
async function initialise({ folder, programs, account }: Home, password: string): Promise<void> {
  const unfinished = `${folder}.new`
  makeFolderFor(account, unfinished)
  const passwordFile = join(unfinished, '..', `password-${process.pid}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid)
  try {
    // The encoding and the order of a hosted database, whatever the language of this machine.
    await promisify(execFile)(join(programs, 'initdb'), [`--pgdata=${unfinished}`, '--username=supabase_admin', '--auth=scram-sha-256', `--pwfile=${passwordFile}`,
      '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync', '--no-instructions'], { ...account, cwd: '/' })
  } catch (error) {
    throw new Error(`The database could not be created: ${(error as { stderr?: string }).stderr?.trim() || String(error)}`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, folder)
}

function launch({ programs, account }: Home, log: string, args: string[]): ChildProcess {
  const output = openSync(log, 'a', 0o600)
  const child = spawnSupervised(join(programs, 'postgres'), args, { ...account, cwd: '/', env: { PATH: process.env.PATH ?? '' }, output, endsBy: 'INT' })
  closeSync(output)
  return child
}

/** Resolves when the server takes connections; rejects with its own words when it ended instead. */
async function ready(child: ChildProcess, url: string, log: string): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`The database does not start: ${lastFailure(log)} (${log})`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function lastFailure(log: string): string {
  const failures = readFileSync(log, 'utf8').split('\n').filter((line) => /FATAL|PANIC|error while loading/.test(line))
  return failures.at(-1)?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? 'it gave no reason'
}

/** All in one transaction: either the roles are there or nothing is. */
async function createRoles(url: string, password: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  const [found] = await sql`select from pg_roles where rolname = 'postgres'`
  if (!found) await sql.unsafe((await readFile(join(BOOTSTRAP, 'roles.sql'), 'utf8')).replaceAll('{{password}}', password))
  await sql.end()
}
