import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What a person loads before anything shows, and what comes with it for every page, must stay small; `node config/entrySize.ts` after a build tells. */
const entryBytesMax = 130_000
/** Layouts, and what four pages or more share. */
const prefetchedBytesMax = 220_000

export interface EntryFile {
  path: string
  bytes: number
}

/**
 * Every script the shell asks for at once, as gzip -9 would send it. Chunks of a route or layout come later (prefetched
 * when idle) and are counted apart.
 */
export const entryFiles = (publicFolder: string): EntryFile[] => linkedFiles(publicFolder, 'modulepreload')

/** The scripts of the layouts, which the shell has fetched when it is idle: a worker or a library among them would be everybody's. */
export const prefetchedBytes = (publicFolder: string): number => sumOf(linkedFiles(publicFolder, 'prefetch'))

function linkedFiles(publicFolder: string, relation: 'modulepreload' | 'prefetch'): EntryFile[] {
  const html = readFileSync(join(publicFolder, '200.html'), 'utf8')
  const paths = [...html.matchAll(new RegExp(`<link rel="${relation}"[^>]* href="([^"]+\\.js)"`, 'g'))].map((match) => match[1] ?? '')
  return paths.map((path) => ({ path, bytes: gzipSync(readFileSync(join(publicFolder, path)), { level: 9 }).length }))
}

export function entryBytes(publicFolder: string): number {
  const files = entryFiles(publicFolder)
  if (files.length === 0) throw new Error(`The shell in ${publicFolder} names no script: has its form changed?`)
  return sumOf(files)
}

const sumOf = (files: EntryFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0)

if (import.meta.main) {
  const sizes = [['entry', entryBytes('.output/public'), entryBytesMax], ['layouts', prefetchedBytes('.output/public'), prefetchedBytesMax]] as const
  for (const [what, bytes, most] of sizes) process.stdout.write(`${what}: ${(bytes / 1000).toFixed(1)} kB of ${most / 1000} kB (gzip)\n`)
  process.exitCode = sizes.every(([, bytes, most]) => bytes <= most) ? 0 : 1
}
