// Runs before `npm start` and `npm test`, on whatever Node the machine has and before anything is installed: so it is plain
// JavaScript without dependencies. Installs the locked dependencies when they are missing or older than the lockfile.
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const lock = join(root, 'package-lock.json')
const installed = join(root, 'node_modules', '.package-lock.json')

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(`Outdial needs Node 20 or later to start; this is Node ${process.versions.node}.`)
  process.exit(1)
}
const isLinked = lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false
// npm empties the folder first; through a link that would be another checkout's.
if (isLinked) console.warn('node_modules is a link: whoever owns the folder it leads to keeps it up to date with npm ci.')
else if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log('Installing the locked dependencies (once, about a minute) …')
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  } catch {
    console.error('The dependencies could not be installed: check the network and the npm registry, then run the command again.')
    process.exit(1)
  }
}
