import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findSecrets, settingNames } from '../../../config/findSecrets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'built-'))
  mkdirSync(join(folder, '_nuxt'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const find = (content: string, env: Record<string, string> = {}) => {
  writeFileSync(join(folder, '_nuxt/entry.js'), content)
  return findSecrets(folder, env, Object.keys(env))
}
const payload = Buffer.from('{"iss":"x","role":"service_role","iat":1}').toString('base64url')

describe('what browsers load', () => {
  it('is clean when it holds public values alone', () => {
    const env = { OUTDIAL_PUBLISHABLE_KEY: 'sb_publishable_1234567890', SUPABASE_URL: 'https://project.supabase.co', LOG_LEVEL: 'info' }
    expect(find(`fetch("${env.SUPABASE_URL}", "${env.OUTDIAL_PUBLISHABLE_KEY}", "info", "sk_live_")`, env)).toEqual([])
  })

  it.each([
    [`"sk_live_${'a'.repeat(24)}"`, 'a live key of Stripe'],
    [`'whsec_${'a'.repeat(32)}'`, 'a webhook secret of Stripe'],
    [`\`sb_secret_${'a'.repeat(22)}\``, 'a secret key of Supabase'],
    [`re_${'a'.repeat(8)}_${'b'.repeat(24)}`, 'a key of Resend'],
    [`-----BEGIN ${'PRIVATE'} KEY-----`, 'a private key'],
    [`eyJhbGciOiJIUzI1NiJ9.${payload}.${'a'.repeat(43)}`, 'a token of the role that passes every policy'],
  ])('must not hold %s', (content, what) => {
    expect(find(content)).toEqual([`_nuxt/entry.js: holds ${what}`])
  })

  it('must not hold the value of a setting, which is not repeated in the complaint', () => {
    expect(find('const key = "hunter2hunter2"', { VAPI_API_KEY: 'hunter2hunter2', STRIPE_LIVE: 'true' })).toEqual(['_nuxt/entry.js: holds the value of VAPI_API_KEY'])
  })

  it('is searched for every setting there is', () => {
    expect(settingNames()).toEqual(expect.arrayContaining(['OUTDIAL_SECRET_KEY', 'CRON_SECRET', 'STRIPE_SECRET_KEY']))
  })
})
