/** The official Supabase command line, asked about a local database: generated types and the advisors' findings. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BIN, ROOT } from './paths.ts'

const run = promisify(execFile)
const QUIET = { SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }

async function supabase(args: string[]): Promise<string> {
  const { stdout } = await run(join(BIN, 'supabase'), args, { cwd: ROOT, env: { ...process.env, ...QUIET }, maxBuffer: 32 * 1024 * 1024 })
  return stdout
}

/** TypeScript types of the exposed schema, as committed in business/repositories/database.types.ts. */
export async function generatedTypes(databaseUrl: string): Promise<string> {
  const types = await supabase(['gen', 'types', 'typescript', `--remote=${databaseUrl}?sslmode=disable`, '--schema', 'public'])
  return `/* Generated from the migrations by "npm run types:database"; a test compares. */\n${types}`
}

export interface Finding { name: string, detail: string }

/** What Supabase's security and performance linter finds. A connection that fails rejects: it is no clean bill. */
export async function advisorFindings(databaseUrl: string): Promise<Finding[]> {
  const answer = await supabase(['db', 'advisors', `--remote=${databaseUrl}?sslmode=disable`, '--level', 'info', '--output-format', 'json'])
  return (JSON.parse(answer) as { results: Finding[] }).results
}
