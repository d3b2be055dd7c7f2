/**
 * What `supabase functions deploy` sends: a function's folder, the shared one, what it imports of business/, and its own
 * deno.json. Each is checked and started from exactly that, without the root's package.json, and with no packages but its pins.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ended } from '../../supabase/local/keepRunning.ts'
import { BIN, FUNCTIONS, ROOT } from '../../supabase/local/paths.ts'
import { anyPort } from '../../supabase/local/ports.ts'

const names = readdirSync(FUNCTIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map((entry) => entry.name)
const DENO = join(BIN, 'deno')
/** What is in no node_modules of the copy must not come from a registry either. */
const env = { ...process.env, NPM_CONFIG_REGISTRY: 'http://127.0.0.1:1/', DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' }
const SETTINGS = { SUPABASE_URL: 'http://127.0.0.1:1', OUTDIAL_SECRET_KEY: 'sb_secret_x', VAPI_API_KEY: 'x' }
const FROM_ITS_OWN = ['--config', 'deno.json', '--node-modules-dir=manual', '--no-lock']

function pinsOf(name: string): string[] {
  const { imports } = JSON.parse(readFileSync(join(FUNCTIONS, name, 'deno.json'), 'utf8')) as { imports: Record<string, string> }
  return Object.keys(imports).filter((specifier) => !specifier.endsWith('/'))
}

/** Answers the function's folder in the copy. */
function copyOf(name: string, root: string): string {
  cpSync(join(ROOT, 'business'), join(root, 'business'), { recursive: true })
  for (const folder of ['_shared', name]) cpSync(join(FUNCTIONS, folder), join(root, 'supabase', 'functions', folder), { recursive: true })
  for (const pin of pinsOf(name)) {
    const link = join(root, 'node_modules', pin)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', pin), link)
  }
  return join(root, 'supabase', 'functions', name)
}

describe.each(names)('the function %s, as it is deployed', (name) => {
  let root: string
  let folder: string
  let running: ChildProcess | undefined
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'outdial-deployed-'))
    folder = copyOf(name, root)
  })
  afterAll(async () => {
    running?.kill('SIGKILL')
    if (running) await ended(running)
    rmSync(root, { recursive: true, force: true })
  })

  test('finds every import and passes the type check with its own deno.json alone', () => {
    const { status, stderr } = spawnSync(DENO, ['check', ...FROM_ITS_OWN, 'index.ts'], { cwd: folder, env, encoding: 'utf8' })
    expect([status, status === 0 ? '' : stderr]).toEqual([0, ''])
  })

  test('starts, knows its callers, puts a request id on every answer, and invites no page of another origin', async () => {
    const address = `127.0.0.1:${await anyPort()}`
    running = spawn(DENO, ['run', ...FROM_ITS_OWN, '--cached-only', '--allow-net', '--allow-env', '--allow-read', 'index.ts'],
      { cwd: folder, stdio: 'ignore', env: { ...env, ...SETTINGS, DENO_SERVE_ADDRESS: `tcp:${address}` } })
    const ask = (path: string, init: RequestInit = {}) => fetch(`http://${address}/${name}${path}`,
      { method: 'POST', body: '{}', headers: { origin: 'https://elsewhere.example' }, ...init })
    await expect.poll(() => ask('/nowhere').then((answer) => answer.status, () => null)).toBe(404)
    const routes = [...readFileSync(join(folder, 'index.ts'), 'utf8').matchAll(/app\.(post|get)\('\/?([^']*)'/g)].map(([, method, route]) => ({ method: method!.toUpperCase(), path: route ? `/${route}` : '' }))
    expect(routes).not.toEqual([])
    // A link of a mail that was not signed leads nowhere: nobody could sign in to make it one.
    const stranger = name === 'unsubscribe' ? 404 : 401
    for (const { method, path, status } of [...routes.map((route) => ({ ...route, status: stranger })), { method: 'POST', path: '/nowhere', status: 404 }]) {
      const answer = await ask(path, method === 'GET' ? { method, body: null } : {})
      // Whoever watches may ask; there is no database here, which is the answer.
      const expected = name === 'health' && path === ''
        ? [503, { success: false, database: false }]
        : [status, { success: false, error: { code: status === 401 ? 'unauthenticated' : 'not_found' } }]
      expect([answer.status, await answer.json()]).toMatchObject(expected)
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{20,}$/)
      const preflight = await ask(path, { method: 'OPTIONS', body: null })
      for (const { headers } of [answer, preflight]) expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})
