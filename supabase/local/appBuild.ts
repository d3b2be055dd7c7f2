/** Builds the app when its sources are newer than the last build, so that a second start takes seconds. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { BIN, PUBLISHED_APP, ROOT } from './paths.ts'

const SOURCES = ['app', 'business', 'config', 'public', 'nuxt.config.ts', 'package-lock.json']
const STAMP = join(ROOT, '.output', 'sources.sha256')

export async function buildAppIfStale(say: (text: string) => void, signal: AbortSignal): Promise<void> {
  const checksum = checksumOf(SOURCES.map((name) => join(ROOT, name)))
  if (existsSync(join(PUBLISHED_APP, '200.html')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === checksum) return
  say('Building the app (about ten seconds) …')
  await generate(signal)
  writeFileSync(STAMP, checksum)
}

function generate(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const output: Buffer[] = []
    const build = spawn(join(BIN, 'nuxt'), ['generate'], { cwd: ROOT, signal, env: { ...process.env, NUXT_TELEMETRY_DISABLED: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [build.stdout, build.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk))
    build.once('error', reject)
    build.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The app could not be built:\n${Buffer.concat(output).toString('utf8').slice(-4_000)}`))))
  })
}

function checksumOf(paths: string[]): string {
  const hash = createHash('sha256')
  const add = (path: string) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(relative(ROOT, path)).update(readFileSync(path))
  }
  paths.forEach(add)
  return hash.digest('hex')
}
