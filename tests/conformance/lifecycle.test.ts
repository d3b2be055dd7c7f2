/** npm start, stop and reset as a person meets them: twice, at once, killed, with things taken or broken. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOCAL, ROOT } from '../../supabase/local/paths.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { processIsAlive } from '../../supabase/local/processes.ts'
import type { StackFile } from '../../supabase/local/stackFile.ts'

interface Run { child: ChildProcess, said: () => string, ended: Promise<number | null> }

/** The first start may have to build the app. */
const SLOW = 300_000

describe('an instance of its own', () => {
  let folder: string
  let port: number
  const running = new Set<ChildProcess>()
  beforeAll(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'outdial-life-')), 'data')
    port = await anyPort()
  })
  afterAll(async () => {
    await run('stop').ended
    for (const child of running) child.kill('SIGKILL')
    rmSync(join(folder, '..'), { recursive: true, force: true })
  })

  function run(script: 'start' | 'stop' | 'reset', args: string[] = [], env: Record<string, string> = {}): Run {
    const child = spawn(process.execPath, [join(LOCAL, `${script}.ts`), ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', OUTDIAL_DATA_DIR: folder, OUTDIAL_PORT: String(port), ...env } })
    running.add(child)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (text += chunk.toString()))
    return { child, said: () => text, ended: new Promise((resolve) => child.once('close', (code) => resolve(code))) }
  }

  async function started(env?: Record<string, string>): Promise<Run> {
    const start = run('start', [], env)
    await expect.poll(start.said, { timeout: SLOW, interval: 50 }).toMatch(/is ready|could not start/)
    expect(start.said()).toContain('Outdial is ready')
    return start
  }

  const stack = () => JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as StackFile
  const postmaster = () => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const functionsAnswer = async () => (await fetch(`${stack().api_url}/functions/v1/nowhere`)).status
  const restAnswers = async () => (await fetch(`${stack().api_url}/rest/v1/plans`, { headers: { apikey: stack().publishable_key } })).status

  test('starts, says where, and everything behind its one address answers', async () => {
    const { said } = await started()
    expect(said()).toContain(`Outdial is ready:  ${stack().app_url}`)
    expect(stack().app_url).toBe(`http://127.0.0.1:${port}`)
    expect(stack().api_url).toBe(stack().app_url)
    expect((await fetch(stack().app_url)).headers.get('content-type')).toContain('text/html')
    expect([await restAnswers(), await functionsAnswer(), (await fetch(stack().mail_url)).status]).toEqual([401, 404, 200])
    expect((await fetch(`${stack().vapi_url}/call`)).status).toBe(401)
    expect((await fetch(`${stack().stripe_url}/v1/customers`)).status).toBe(401)
    expect((await fetch(`${stack().app_url}/payments`)).headers.get('content-type')).toContain('text/html')
  })

  test('the address of the database in stack.json is that of the role without superuser rights', async () => {
    const role = async (url: string) => {
      const sql = postgres(url, { max: 1 })
      const [row] = await sql`select current_user as name, rolsuper from pg_roles where rolname = current_user`
      await sql.end()
      return row
    }
    expect(await role(stack().database_url)).toEqual({ name: 'postgres', rolsuper: false })
    expect(await role(stack().admin_database_url)).toEqual({ name: 'supabase_admin', rolsuper: true })
  })

  test('a second start says that it runs already and changes nothing', async () => {
    const before = stack()
    const second = run('start')
    expect(await second.ended).toBe(0)
    expect(second.said()).toContain(`running already: ${before.app_url}`)
    expect(stack()).toEqual(before)
  })

  test('a crash of the database is survived, by the listener of the broadcasts too', async () => {
    const before = postmaster()
    process.kill(before, 'SIGKILL')
    await expect.poll(() => postmasterOr(before)).not.toBe(before)
    await expect.poll(restAnswers).toBe(401)
    const sql = postgres(stack().admin_database_url, { max: 1 })
    await expect.poll(async () => (await sql`select from pg_stat_activity where datname = current_database() and query ilike 'listen%'`).length).toBe(1)
    await sql.end()
  })

  test('after a kill -9 nothing lives on, and the next start has the same keys, ports and mails', async () => {
    const before = stack()
    const server = postmaster()
    await signUp(before)
    process.kill(before.pid, 'SIGKILL')
    await expect.poll(() => processIsAlive(server)).toBe(false)
    await started()
    expect({ ...stack(), pid: 0 }).toEqual({ ...before, pid: 0 })
    const mails = await (await fetch(new URL('/api/email', stack().mail_url))).json() as { subject: string }[]
    expect(mails.map((mail) => mail.subject)).toEqual(['Confirm Your Signup'])
  })

  test('stop ends every process and leaves the data', async () => {
    const { pid } = stack()
    const server = postmaster()
    const stop = run('stop')
    expect(await stop.ended).toBe(0)
    expect(stop.said()).toBe('Outdial has stopped; your data stays.\n')
    expect([processIsAlive(pid), processIsAlive(server), existsSync(join(folder, 'stack.json'))]).toEqual([false, false, false])
    const again = run('stop')
    await again.ended
    expect(again.said()).toBe('Outdial was not running.\n')
  })

  test('of two starts at the same moment one gets the folder', async () => {
    const starts = [run('start'), run('start'), run('start')]
    await expect.poll(() => starts.filter((start) => start.said().includes('is ready')).length, { timeout: SLOW }).toBe(1)
    await expect.poll(() => starts.filter((start) => /already/.test(start.said())).length).toBe(2)
    expect(await restAnswers()).toBe(401)
  })

  test('Ctrl-C stops it in order: no complaint, no process', async () => {
    const { pid } = stack()
    const server = postmaster()
    process.kill(pid, 'SIGINT')
    await expect.poll(() => [processIsAlive(pid), processIsAlive(server)]).toEqual([false, false])
  })

  test('takes another port when the wanted one is taken, and says so', async () => {
    const taken: Server = createServer()
    const other = await anyPort()
    await new Promise<void>((resolve) => taken.listen(other, '127.0.0.1', resolve))
    const { said } = await started({ OUTDIAL_PORT: String(other) })
    expect(said()).toContain(`Port ${other} is taken; Outdial uses ${port}.`)
    taken.close()
    await run('stop').ended
  })

  test.each([
    ['a port that is none', { OUTDIAL_PORT: 'abc' }, 'OUTDIAL_PORT'],
    ['a data folder that is a file', { OUTDIAL_DATA_DIR: join(ROOT, 'package.json') }, 'cannot be written'],
  ])('names what is wrong: %s', async (_name, env, words) => {
    const start = run('start', [], env)
    expect(await start.ended).toBe(1)
    expect(start.said()).toContain('Outdial could not start')
    expect(start.said()).toContain(words)
    expect(start.said()).not.toMatch(/^\s+at /m)
  })

  test('a changed schema is refused with the way out, and the server is stopped again', async () => {
    writeFileSync(join(folder, 'schema.json'), JSON.stringify({ 'migrations/1_another.sql': 'another' }))
    const start = run('start')
    expect(await start.ended).toBe(1)
    expect(start.said()).toContain('npm run reset')
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('reset asks, and deletes only what an instance made', async () => {
    const unanswered = run('reset')
    expect([await unanswered.ended, existsSync(folder)]).toEqual([1, true])
    const foreign = run('reset', ['--yes'], { OUTDIAL_DATA_DIR: join(ROOT, 'tests') })
    expect([await foreign.ended, existsSync(join(ROOT, 'tests', 'support'))]).toEqual([1, true])
    const reset = run('reset', ['--yes'])
    expect([await reset.ended, existsSync(folder)]).toEqual([0, false])
  })

  test('a first start that was interrupted begins again', async () => {
    const first = run('start')
    await expect.poll(() => existsSync(join(folder, 'postgres.new')) || existsSync(join(folder, 'postgres')), { interval: 5 }).toBe(true)
    first.child.kill('SIGKILL')
    await first.ended
    await started()
    expect(await restAnswers()).toBe(401)
  })

  function postmasterOr(known: number): number {
    try {
      return postmaster() || known
    } catch {
      return known
    }
  }

  async function signUp({ api_url: url, publishable_key: apikey }: StackFile): Promise<void> {
    const answer = await fetch(`${url}/auth/v1/signup`, { method: 'POST', headers: { apikey, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'Correct#horse7' }) })
    expect(answer.status).toBe(200)
  }
})
