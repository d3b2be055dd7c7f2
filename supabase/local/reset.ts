/** `npm run reset`: deletes the local data after a question; `--yes` answers it. */
import { existsSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { dataDir } from './paths.ts'
import { endProcess } from './processes.ts'
import { runningStack } from './stackFile.ts'

const folder = dataDir()

async function isSure(): Promise<boolean> {
  // npm keeps `npm run reset --yes` to itself and says so in the environment.
  if (process.argv.includes('--yes') || process.env.npm_config_yes === 'true') return true
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`This deletes all local data in ${folder}. Type "yes" to go on: `)
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

if (!existsSync(folder)) process.stdout.write('There is no local data.\n')
else if (await isSure()) {
  const running = runningStack(folder)
  if (running) await endProcess(running.pid)
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write('The local data is gone. "npm start" begins anew.\n')
}
else process.stdout.write('Nothing was deleted.\n')
