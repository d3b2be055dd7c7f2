// Runs before `npm start`, `npm run dev` and `npm test`, on whatever Node the machine has and before anything is installed: plain
// JavaScript without dependencies, in words that the oldest Node with modules can read, so that it can say what is wrong with it.
import { execFileSync } from 'child_process'
import { existsSync, lstatSync, statSync } from 'fs'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'

const OLDEST_NODE = 20
const OLDEST_NPM = 9

/** What keeps this machine from installing, in one sentence, or null. */
export function problemOf(nodeVersion, npmVersion) {
  if (majorOf(nodeVersion) < OLDEST_NODE) {
    return `Outdial needs Node ${OLDEST_NODE} or later to start; this is Node ${nodeVersion}: install a newer one from https://nodejs.org.`
  }
  if (npmVersion === null) return 'Outdial needs npm, which is not installed: it comes with Node from https://nodejs.org.'
  if (majorOf(npmVersion) < OLDEST_NPM) return `Outdial needs npm ${OLDEST_NPM} or later; this is npm ${npmVersion}: run "npm install -g npm@${OLDEST_NPM}".`
  return null
}

/** npm writes its own list last, so that an interrupted installation has none, or an old one. */
export function installState(root) {
  const modules = join(root, 'node_modules')
  // npm empties the folder first; through a link that would be another checkout's.
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) return 'linked'
  const list = join(modules, '.package-lock.json')
  return existsSync(list) && statSync(list).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs ? 'current' : 'missing'
}

function majorOf(version) {
  return Number(version.split('.')[0])
}

function npm(args, options) {
  return execFileSync('npm', args, Object.assign({ shell: process.platform === 'win32' }, options))
}

function npmVersion() {
  try {
    return String(npm(['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })).trim()
  } catch {
    return null
  }
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

function main() {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
  const nodeProblem = problemOf(process.versions.node, String(OLDEST_NPM))
  if (nodeProblem) fail(nodeProblem)
  const state = installState(root)
  if (state === 'linked') console.warn('node_modules is a link: whoever owns the folder it leads to keeps it up to date with npm ci.')
  if (state !== 'missing') return
  const problem = problemOf(process.versions.node, npmVersion())
  if (problem) fail(problem)
  console.log('Installing the locked dependencies (once, about a minute) …')
  try {
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  } catch {
    fail('The dependencies could not be installed (npm says why above): the first start needs the network and the npm registry; run the command again.')
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
