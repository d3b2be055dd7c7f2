import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hostedConfig } from '../../../../config/deploy/hostedConfig.ts'
import { describeStep, planDeployment, type Part } from '../../../../config/deploy/plan.ts'
import { complaintsAbout, functionNames, functionSecrets, type Settings } from '../../../../config/deploy/settings.ts'

const secret = 'x'.repeat(40)
const production: Settings = {
  SUPABASE_URL: 'https://ref.supabase.co', OUTDIAL_SECRET_KEY: `sb_secret_${'k'.repeat(4)}`, OUTDIAL_PUBLISHABLE_KEY: 'sb_publishable_k', OUTDIAL_APP_URL: 'https://app.example',
  CRON_SECRET: secret, VAPI_API_KEY: 'vapi key with $pecial "signs"', VAPI_WEBHOOK_SECRET: `${secret},${secret}`, STRIPE_SECRET_KEY: 'sk_live_k', STRIPE_WEBHOOK_SECRET: 'whsec_k', STRIPE_LIVE: 'true',
  RESEND_API_KEY: 're_k', MAIL_FROM: 'Outdial <mail@app.example>', SUPABASE_PROJECT_REF: 'abcdefghijklmnopqrst', SUPABASE_ACCESS_TOKEN: 'sbp_k', DATABASE_URL: 'postgresql://postgres:hunter2@db/postgres',
  OUTDIAL_SECURITY_CONTACT: 'mailto:security@app.example', OUTDIAL_WEB_TARGET: 'deploy@host:/var/www/outdial',
}
const { STRIPE_LIVE: _live, ...others } = production
const staging: Settings = { ...others, STRIPE_LIVE: 'false', STRIPE_SECRET_KEY: 'sk_test_k' }
const plan = (settings = production, parts?: Part[]) => planDeployment(settings, { environment: settings === production ? 'production' : 'staging', release: 'v1.2.3', parts })
const printed = (...given: Parameters<typeof plan>) => plan(...given).map(describeStep).join('\n')

describe('the settings of an environment', () => {
  it('are complete and of one world', () => {
    expect([complaintsAbout(production, 'production'), complaintsAbout(staging, 'staging')]).toEqual([[], []])
  })

  it.each<[string, Settings, string]>([
    ['a missing one', { ...production, RESEND_API_KEY: '' }, 'RESEND_API_KEY is missing'],
    ['a misspelt one', { ...production, VAPI_KEY: 'k' }, 'VAPI_KEY is no setting of ours: is it spelled as in .env.example?'],
    ['an address without https', { ...production, OUTDIAL_APP_URL: 'http://app.example' }, 'OUTDIAL_APP_URL is not https://host'],
    ['an address with a path', { ...production, SUPABASE_URL: 'https://ref.supabase.co/rest' }, 'SUPABASE_URL is not https://host'],
    ['a guessable secret, also as the old one of two', { ...production, CRON_SECRET: `${secret},old` }, 'CRON_SECRET has fewer than 32 characters'],
    ['test money in production', { ...production, STRIPE_LIVE: 'false' }, 'STRIPE_LIVE is true in production'],
    ['a test key in production', { ...production, STRIPE_SECRET_KEY: 'sk_test_k' }, 'STRIPE_SECRET_KEY is a live key in production'],
  ])('complain of %s', (_what, settings, complaint) => expect(complaintsAbout(settings, 'production')).toEqual([complaint]))

  it('let no real money move in staging', () => {
    expect(complaintsAbout(production, 'staging')).toEqual(['STRIPE_LIVE is false in staging', 'STRIPE_SECRET_KEY is a test key in staging'])
  })

  it('never show a value in a complaint', () => {
    const wrong = Object.fromEntries(Object.keys(production).map((name) => [name, 'hunter2']))
    expect(complaintsAbout({ ...wrong, NEW: 'hunter2' }, 'production').join()).not.toContain('hunter2')
  })

  it('reach the functions whole, but for what the platform says itself', () => {
    const secrets = functionSecrets({ ...production, LOG_LEVEL: 'info' })
    expect(Object.keys(secrets).sort()).toEqual(functionNames().filter((name) => name in production || name === 'LOG_LEVEL').filter((name) => name !== 'SUPABASE_URL').sort())
    expect(secrets).not.toHaveProperty('DATABASE_URL')
  })
})

describe('the plan', () => {
  it('goes from the database over the functions to the app', () => {
    const order = plan().map(({ part }) => part)
    expect([...new Set(order)]).toEqual(['database', 'functions', 'app'])
    expect(order).toEqual([...order].sort((one, other) => ['database', 'functions', 'app'].indexOf(one) - ['database', 'functions', 'app'].indexOf(other)))
  })

  it('takes a backup first in production alone', () => {
    expect(plan()[0]?.args).toEqual(['config/deploy/backup.ts', 'take', 'backups/before-v1.2.3'])
    expect(plan(staging)[0]?.args.slice(0, 2)).toEqual(['db', 'push'])
  })

  it('does a part when asked for it', () => {
    expect(new Set(plan(production, ['functions']).map(({ part }) => part))).toEqual(new Set(['functions']))
  })

  it('names every project it touches', () => {
    for (const { command, args } of plan()) if (command === 'supabase') expect(args).toContain('--remote=abcdefghijklmnopqrst')
  })

  it('shows no secret when it is printed, and has none in an argument', () => {
    const mighty = Object.entries(production).filter(([name]) => /KEY|SECRET|TOKEN|DATABASE_URL/.test(name)).flatMap(([, value]) => value.split(','))
    for (const value of mighty) {
      expect(printed()).not.toContain(value)
      for (const { args } of plan()) expect(args.join(' ')).not.toContain(value)
    }
  })

  it('writes the functions\' settings so that they are read as they were', () => {
    const { content } = plan(production, ['functions'])[0]!.file!
    expect(content).toContain(`VAPI_API_KEY=${JSON.stringify(production.VAPI_API_KEY)}\n`)
  })

  it('tells each command of ours every setting that it reads', () => {
    for (const { command, args: [script = ''], env = [] } of plan()) {
      if (command !== 'node' || !script.startsWith('config/deploy/')) continue
      const read = [...readFileSync(script, 'utf8').matchAll(/\b((?:OUTDIAL|SUPABASE|CRON|STRIPE)_[A-Z_]+|DATABASE_URL)\b(?=[:\s,)?]| \|\|| =)/g)].map(([, name]) => name!)
      // A backup before a deployment is of the database alone: files never change.
      const missing = [...new Set(read)].filter((name) => !env.includes(name) && script !== 'config/deploy/backup.ts')
      expect([script, missing]).toEqual([script, []])
    }
  })

  it('leaves the uploading to another host when there is no server', () => {
    expect(printed({ ...staging, OUTDIAL_WEB_TARGET: '' })).not.toMatch(/rsync|ssh/)
  })

  it.each(['host', 'host:relative', 'host:/with blank', 'host;rm -rf:/var/www', 'host:/var/www;reboot'])('refuses to be told another command by the target %j', (target) => {
    expect(() => plan({ ...staging, OUTDIAL_WEB_TARGET: target })).toThrow('OUTDIAL_WEB_TARGET')
  })

  it.each(['v1 2', 'v1;reboot', '', '$(x)'])('refuses the release %j', (release) => {
    expect(() => planDeployment(production, { environment: 'production', release })).toThrow('release')
  })
})

describe('the command', () => {
  const run = (args: string[], env: Settings = {}) => spawnSync(process.execPath, ['config/deploy/run.ts', ...args], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...env } })

  it('prints what it would do and does nothing', () => {
    const { status, stdout } = run(['production', '--dry-run', '--release', 'v1.2.3'], production)
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, '# nothing was done'])
    expect(stdout).toContain('supabase functions deploy --remote=abcdefghijklmnopqrst --use-api --prune --yes')
    expect(stdout).not.toContain('hunter2')
  })

  it.each([[['nowhere'], 'staging or production'], [['staging'], 'SUPABASE_URL is missing'], [['staging', '--only', 'tests'], 'There is no part tests'], [['staging', '--force'], 'Unknown option']])('refuses %j', (args, words) => {
    const { status, stderr } = run(args, args.includes('--only') ? staging : {})
    expect([status, stderr.includes(words)]).toEqual([1, true])
  })
})

describe('the settings of auth', () => {
  it('are those of config.toml, with the address of this environment', () => {
    const toml = readFileSync('supabase/config.toml', 'utf8')
    const hosted = hostedConfig(toml, 'https://app.example/')
    expect(hosted).toContain('site_url = "https://app.example"\nadditional_redirect_urls = ["https://app.example/**"]')
    expect(hosted).not.toContain('127.0.0.1')
    expect(hosted.split('\n').length).toBe(toml.split('\n').length)
  })
})
