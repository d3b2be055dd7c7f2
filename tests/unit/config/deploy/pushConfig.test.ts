/** What the official command is given when a project's settings are pushed, and what becomes of its answer. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outdial-push-'))
  // Stands where the command would, and writes down what it finds.
  writeFileSync(join(folder, 'supabase'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$HEARD/arguments"\ncp "$5/supabase/config.toml" "$HEARD/config.toml"\nexit "$ANSWER"\n')
  chmodSync(join(folder, 'supabase'), 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function push(answer: number, appUrl = 'https://app.example/somewhere') {
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}`, HEARD: folder, ANSWER: String(answer), SUPABASE_PROJECT_REF: 'abcdefghijklmnopqrst', OUTDIAL_APP_URL: appUrl }
  return spawnSync(process.execPath, ['config/deploy/pushConfig.ts'], { env, encoding: 'utf8' })
}
const heard = (file: string) => readFileSync(join(folder, file), 'utf8')

it('pushes config.toml with the address of this app to this project, and leaves nothing behind', () => {
  expect(push(0).status).toBe(0)
  const [config, verb, remote, flag, workdir, yes] = heard('arguments').trim().split('\n')
  expect([config, verb, remote, flag, yes]).toEqual(['config', 'push', '--remote=abcdefghijklmnopqrst', '--workdir', '--yes'])
  expect(heard('config.toml')).toContain('site_url = "https://app.example"\n')
  expect(heard('config.toml').replace(/^(site_url|additional_redirect_urls) = .*$/gm, '')).toBe(readFileSync('supabase/config.toml', 'utf8').replace(/^(site_url|additional_redirect_urls) = .*$/gm, ''))
  expect(existsSync(workdir!)).toBe(false)
})

it('fails as the command fails, and without an address before it asks anybody', () => {
  expect(push(3).status).toBe(3)
  rmSync(join(folder, 'arguments'))
  expect(push(0, '').status).not.toBe(0)
  expect(existsSync(join(folder, 'arguments'))).toBe(false)
})
