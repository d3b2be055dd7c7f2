/** Where things are: the checkout, and the data folder of this instance. */
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const MIGRATIONS = join(ROOT, 'supabase', 'migrations')
export const FUNCTIONS = join(ROOT, 'supabase', 'functions')
export const SEEDS = join(ROOT, 'supabase', 'seeds')
export const PUBLISHED_APP = join(ROOT, '.output', 'public')
export const LOCAL = join(ROOT, 'supabase', 'local')
export const BOOTSTRAP = join(LOCAL, 'bootstrap')
export const BIN = join(ROOT, 'node_modules', '.bin')

/** What `npm run dev` remembers, unless OUTDIAL_DATA_DIR names another folder. */
export const DEV_DATA = join(ROOT, '.data-dev')

/** The folder that holds everything an instance remembers; OUTDIAL_DATA_DIR lets several run side by side. */
export function dataDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.OUTDIAL_DATA_DIR ?? join(ROOT, '.data'))
}
