import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What a person loads before anything shows must stay small; `node config/entrySize.ts` after a build tells. */
const entryBytesMax = 130_000

export interface EntryFile {
  path: string
  bytes: number
}

/**
 * Every script the shell asks for at once, as gzip -9 would send it. Chunks of a route or layout come later (prefetched
 * when idle) and do not count.
 */
export function entryFiles(publicFolder: string): EntryFile[] {
  const html = readFileSync(join(publicFolder, '200.html'), 'utf8')
  const paths = [...html.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+\.js)"/g)].map((match) => match[1] ?? '')
  return paths.map((path) => ({ path, bytes: gzipSync(readFileSync(join(publicFolder, path)), { level: 9 }).length }))
}

export function entryBytes(publicFolder: string): number {
  const files = entryFiles(publicFolder)
  if (files.length === 0) throw new Error(`The shell in ${publicFolder} names no script: has its form changed?`)
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

if (import.meta.main) {
  const bytes = entryBytes('.output/public')
  process.stdout.write(`The entry is ${(bytes / 1000).toFixed(1)} kB of ${entryBytesMax / 1000} kB (gzip)\n`)
  process.exitCode = bytes <= entryBytesMax ? 0 : 1
}
