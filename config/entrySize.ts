import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What a person loads before anything shows must stay small: product rule, see tests/unit/config/entrySize.test.ts. */
export const entryBytesMax = 130_000

export interface EntryFile {
  path: string
  bytes: number
}

/** Every script the shell asks for at once, as gzip -9 would send it. Chunks of a route or layout come later (prefetched when idle) and do not count. */
export function entryFiles(publicFolder: string): EntryFile[] {
  const html = readFileSync(join(publicFolder, '200.html'), 'utf8')
  const named = html.matchAll(/<link rel="modulepreload"[^>]* href="([^"]+\.js)"/g)
  const paths = new Set([...named].map((match) => match[1] ?? ''))
  return [...paths].map((path) => ({ path, bytes: gzipSync(readFileSync(join(publicFolder, path)), { level: 9 }).length }))
}

export function entryBytes(publicFolder: string): number {
  return entryFiles(publicFolder).reduce((sum, { bytes }) => sum + bytes, 0)
}
