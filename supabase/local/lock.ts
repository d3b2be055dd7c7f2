/**
 * One instance per data folder: two database servers on one folder would destroy it. The lock names its process by number and
 * beginning, so that a number given to another program after a crash or a reboot is not taken for ours.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beginningOf } from './processes.ts'

interface Holder { pid: number, began: string | null }

const fileIn = (folder: string) => join(folder, 'instance.lock')

/** The process that runs on this folder now, or null: a lock left by a killed process speaks of nobody. */
export function holderOf(folder: string): number | null {
  if (!existsSync(fileIn(folder))) return null
  const holder = parse(readFileSync(fileIn(folder), 'utf8'))
  return holder && beginningOf(holder.pid) === holder.began ? holder.pid : null
}

/** Takes the folder for this process, or answers false: somebody else was faster. */
export function takeLock(folder: string): boolean {
  if (holderOf(folder) !== null) return false
  releaseLock(folder)
  try {
    writeFileSync(fileIn(folder), JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) } satisfies Holder), { flag: 'wx' })
    return true
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

export function releaseLock(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Partial<Holder>
    return typeof holder.pid === 'number' && typeof holder.began === 'string' ? { pid: holder.pid, began: holder.began } : null
  }
  catch {
    return null
  }
}
