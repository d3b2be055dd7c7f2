/**
 * `node config/deploy/backup.ts take <folder>` and `… restore <folder>`, of the database that DATABASE_URL names and, where SUPABASE_URL and
 * OUTDIAL_SECRET_KEY are set, of the files in its storage. With --dry-run it says what it would do. A restore refuses a database that is in use.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dumpDatabase, readManifest, restoreDatabase } from './dump.ts'
import { fetchObjects, sendObjects, storedObjects } from './objects.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

async function main(): Promise<void> {
  const { values, positionals: [deed, folder] } = parseArgs({ allowPositionals: true, options: { 'dry-run': { type: 'boolean', default: false } } })
  if (!folder || (deed !== 'take' && deed !== 'restore')) throw new Error('Say what to do and where: take <folder>, or restore <folder>.')
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is missing: the address of the database, as the project\'s settings show it.')
  const { SUPABASE_URL: supabaseUrl = '', OUTDIAL_SECRET_KEY: secretKey = '' } = process.env
  const storage = supabaseUrl && secretKey ? { supabaseUrl, secretKey } : null
  if (values['dry-run']) return announce(deed, folder, new URL(url).host, storage !== null)
  const started = Date.now()
  await (deed === 'take' ? take(url, folder) : restore(url, folder))
  if (storage) {
    const files = join(folder, 'objects')
    const moved = await (deed === 'take' ? fetchObjects(storage, files, await storedObjects(url)) : sendObjects(storage, files, await storedObjects(url)))
    say(`files: ${moved.done} moved, ${moved.kept} were there`)
  }
  say(`done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function announce(deed: string, folder: string, host: string, hasFiles: boolean): void {
  const [from, to] = deed === 'take' ? [host, folder] : [folder, host]
  say(`would copy every table of ours from ${from} to ${to}, in one snapshot`)
  say(hasFiles ? `would copy the files of the storage, too` : 'would leave the files of the storage alone: SUPABASE_URL or OUTDIAL_SECRET_KEY is missing')
}

async function take(url: string, folder: string): Promise<void> {
  const { tables, figures } = await dumpDatabase(url, folder)
  say(`${tables.length} tables, ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows`)
  for (const [name, value] of Object.entries(figures)) say(`${name}: ${value}`)
}

async function restore(url: string, folder: string): Promise<void> {
  const { takenAt } = readManifest(folder)
  const differences = await restoreDatabase(url, folder)
  if (differences.length > 0) throw new Error(`Nothing was changed, because the copy would differ:\n${differences.join('\n')}`)
  say(`everything of ${takenAt} is back; all figures agree`)
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
