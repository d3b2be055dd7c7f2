/** Sets a project's auth, API and storage as config.toml has them, with the address of this environment's app. Run by run.ts. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostedConfig } from './hostedConfig.ts'

const { SUPABASE_PROJECT_REF: ref = '', OUTDIAL_APP_URL: appUrl = '' } = process.env
const folder = mkdtempSync(join(tmpdir(), 'outdial-config-'))
try {
  mkdirSync(join(folder, 'supabase'))
  writeFileSync(join(folder, 'supabase', 'config.toml'), hostedConfig(readFileSync('supabase/config.toml', 'utf8'), appUrl))
  process.exitCode = spawnSync('supabase', ['config', 'push', `--remote=${ref}`, '--workdir', folder, '--yes'], { stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
