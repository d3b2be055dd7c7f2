/**
 * Completes package-lock.json with the optional builds for other platforms.
 *
 * Why: behind a registry that does not carry the builds of every platform, `npm install` silently drops them from the
 * lockfile, and `npm ci` then refuses it ("Missing: … from lock file"). The dropped entries are all named, with their
 * versions, in the optionalDependencies of a package that is in the lock: they can be put back without any network.
 *
 * Run after every `npm install`: `npm run lock`. A test fails when the lockfile is incomplete.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface LockedPackage {
  version?: string
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
  [key: string]: unknown
}
export interface Lockfile { packages: Record<string, LockedPackage>, [key: string]: unknown }

/** A lock with every optional dependency of every locked package present; `added` names the entries that were missing. */
export function completeLockfile(lock: Lockfile): { lock: Lockfile, added: string[] } {
  const packages = { ...lock.packages }
  const added: string[] = []
  for (const [path, parent] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
      if (isExactVersion(range) && !resolves(packages, path, name, range)) {
        const place = placeFor(packages, path, name)
        packages[place] = entryFor(name, range, parent)
        added.push(place)
      }
    }
  }
  return { lock: { ...lock, packages: sorted(packages) }, added }
}

/** Platform builds are pinned exactly by their parents; ranges are ordinary optional dependencies that npm keeps. */
function isExactVersion(range: string): boolean {
  return /^\d+\.\d+\.\d+[\w.+-]*$/.test(range)
}

/** Node's own lookup: nearest node_modules first, then outward. */
function resolves(packages: Lockfile['packages'], from: string, name: string, version: string): boolean {
  const found = candidates(from, name).find((place) => packages[place])
  return found !== undefined && packages[found]?.version === version
}

function candidates(from: string, name: string): string[] {
  if (from === '') return [`node_modules/${name}`]
  const cut = from.lastIndexOf('/node_modules/')
  return [`${from}/node_modules/${name}`, ...candidates(cut === -1 ? '' : from.slice(0, cut), name)]
}

/** At the top unless another version lives there already; then beside the parent that wants it. */
function placeFor(packages: Lockfile['packages'], from: string, name: string): string {
  const top = `node_modules/${name}`
  return packages[top] ? `${from}/node_modules/${name}` : top
}

function entryFor(name: string, version: string, parent: LockedPackage): LockedPackage {
  return { version, ...(parent.dev ? { dev: true } : {}), optional: true, ...platformOf(name) }
}

/** Operating system, processor and C library, read from the package's name: `@scope/tool-linux-x64-musl`. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/\-_.]/)
  const os = ['linux', 'darwin', 'win32', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony'].find((word) => words.includes(word))
    ?? (words.includes('windows') ? 'win32' : words.includes('macos') ? 'darwin' : undefined)
  const cpu = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32', 'ppc64le'].find((word) => words.includes(word))
    ?? (words.some((word) => word.startsWith('armv7') || word === 'gnueabihf' || word === 'musleabihf') ? 'arm' : undefined)
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : os === 'linux' && words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}) }
}

function sorted(packages: Lockfile['packages']): Lockfile['packages'] {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = new URL('../package-lock.json', import.meta.url)
  const { lock, added } = completeLockfile(JSON.parse(readFileSync(path, 'utf8')) as Lockfile)
  if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(added.length > 0 ? `Completed package-lock.json with ${added.length} builds for other platforms.\n` : 'package-lock.json is complete.\n')
}
