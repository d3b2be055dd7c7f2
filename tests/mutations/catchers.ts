/** Who noticed each mutation when all were run last: "database/dial > name of the test". Kept so that this check is asked first. */
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('./catchers.json', import.meta.url)

export function readCatchers(): Record<string, string> {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>
}

export function writeCatchers(catchers: Record<string, string>): void {
  const sorted = Object.fromEntries(Object.entries(catchers).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`)
}
