/** `npm run reset`: deletes the local data after a question; `--yes` answers it. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { endInstance } from './endInstance.ts'
import { dataDir } from './paths.ts'
import { removeHome } from './postgres/home.ts'
import { messageOf } from './processes.ts'

const folder = dataDir()

async function isSure(): Promise<boolean> {
  // npm keeps `npm run reset --yes` to itself and says so in the environment.
  if (process.argv.includes('--yes') || process.env.npm_config_yes === 'true') return true
  if (!process.stdin.isTTY) throw new Error('Nobody is here to answer the question; "npm run reset -- --yes" deletes without asking.')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`This deletes all local data in ${folder}. Type "yes" to go on: `)
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

async function main(): Promise<string> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return 'There is no local data.'
  // OUTDIAL_DATA_DIR may name anything, a home folder included: only what an instance made is deleted.
  if (!existsSync(join(folder, 'identity.json'))) throw new Error(`${folder} holds no data of Outdial; nothing was deleted.`)
  if (!(await isSure())) return 'Nothing was deleted.'
  await endInstance(folder)
  removeHome(join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
  return 'The local data is gone. "npm start" begins anew.'
}

main().then((text) => process.stdout.write(`${text}\n`), (error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 1
})
