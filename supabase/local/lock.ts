/**
 * One instance per data folder: two database servers on one folder would destroy it. The lock names its process by number and
 * beginning, so that a number given to another program after a crash or a reboot is not taken for ours.
 */
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginningOf } from './processes.ts'

interface Holder { pid: number, began: string | null }

const fileIn = (folder: string) => join(folder, 'instance.lock')

/** The process that runs on this folder now, or null: a lock left by a killed process speaks of nobody. */
export function holderOf(folder: string): number | null {
  return livingHolder(readOrNull(fileIn(folder)))
}

/** Takes the folder for this process, or answers false: somebody else was faster. */
export function takeLock(folder: string): boolean {
  return removeStale(folder) && linkOwn(folder)
}

export function releaseLock(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

/** Of several that find the same stale lock only one can move it away; who moved a fresh one puts it back. */
function removeStale(folder: string): boolean {
  const seen = readOrNull(fileIn(folder))
  if (seen === null) return true
  if (livingHolder(seen) !== null) return false
  const moved = `${fileIn(folder)}.${process.pid}`
  try {
    renameSync(fileIn(folder), moved)
  } catch {
    return false
  }
  const isStale = readOrNull(moved) === seen
  if (!isStale) renameSync(moved, fileIn(folder))
  rmSync(moved, { force: true })
  return isStale
}

/** Written beside and linked: the lock appears at once and complete, or not at all. */
function linkOwn(folder: string): boolean {
  const own = join(folder, `lock.${process.pid}`)
  writeFileSync(own, JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) } satisfies Holder))
  try {
    linkSync(own, fileIn(folder))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

function livingHolder(text: string | null): number | null {
  const holder = text === null ? null : parse(text)
  return holder && beginningOf(holder.pid) === holder.began ? holder.pid : null
}

function readOrNull(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder>
    return typeof holder.pid === 'number' && typeof holder.began === 'string' ? { pid: holder.pid, began: holder.began } : null
  } catch {
    return null
  }
}
