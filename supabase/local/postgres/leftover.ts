/** The database server of an instance that was killed: it may live on for a moment, and would keep the next one from its data. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, endProcess } from '../processes.ts'

/** Stops the server that runs on this folder, if there is one; SIGINT is Postgres' fast shutdown. */
export async function stopLeftoverServer(folder: string): Promise<boolean> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return false
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  // After a crash the number may belong to any program by now.
  if (!Number.isInteger(pid) || pid <= 1 || !commandOf(pid)?.includes('postgres')) return false
  await endProcess(pid, { signal: 'SIGINT' })
  return true
}
