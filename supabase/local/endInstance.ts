/** Ends whatever runs on a data folder: the instance, and the database server that a killed one left behind. */
import { join } from 'node:path'
import { holderOf, releaseLock } from './lock.ts'
import { stopLeftoverServer } from './postgres/leftover.ts'
import { endProcess } from './processes.ts'
import { removeStackFile } from './stackFile.ts'

/** Answers whether anything ran. Returns when all of it is gone. */
export async function endInstance(folder: string): Promise<boolean> {
  const pid = holderOf(folder)
  if (pid !== null) await endProcess(pid, { limitMs: 30_000 })
  // Somebody may have started anew meanwhile.
  if (holderOf(folder) !== null) return true
  const hadServer = await stopLeftoverServer(join(folder, 'postgres'))
  removeStackFile(folder)
  releaseLock(folder)
  return pid !== null || hadServer
}
