import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFunctionHost, type FunctionHost } from '../../supabase/local/functionHost.ts'
import { processIsAlive } from '../../supabase/local/processes.ts'

/** Functions as careless as they come; all of them share one process. */
const FUNCTIONS: Record<string, string> = {
  good: `Deno.serve(async request => Response.json({ path: new URL(request.url).pathname, pid: Deno.pid, secret: Deno.env.get('PRIVATE_OF_THIS_MACHINE') ?? null, given: Deno.env.get('GIVEN') ?? null, body: await request.text() }))`,
  misspelt: `Deno.serve((=> {`,
  'throws-while-loading': `throw new Error('no settings')`,
  throws: `Deno.serve(() => { throw new Error('secret detail') })`,
  'rejects-alone': `Deno.serve(() => { void Promise.reject(new Error('stray')); return new Response('ok') })`,
  'throws-later': `Deno.serve(() => { setTimeout(() => { throw new Error('later') }, 1); return new Response('ok') })`,
  background: `let done = 0
    Deno.serve((request) => {
      if (request.method === 'GET') return Response.json({ done })
      EdgeRuntime.waitUntil(new Promise(resolve => setTimeout(resolve, 200)).then(() => { done++ }))
      EdgeRuntime.waitUntil(Promise.reject(new Error('in the background')))
      return new Response('accepted', { status: 202 })
    })`,
  busy: `import process from 'node:process'
    Deno.serve(() => { const used = () => { const { user, system } = process.cpuUsage(); return user + system }; const end = used() + 600_000; while (used() < end); return new Response('ok') })`,
  _shared: `throw new Error('is no function')`,
}

describe('the host of the edge functions', () => {
  let folder: string
  let host: FunctionHost
  let losses = 0
  beforeAll(async () => {
    process.env.PRIVATE_OF_THIS_MACHINE = 'not for functions'
    folder = mkdtempSync(join(tmpdir(), 'outdial-host-'))
    for (const [name, source] of Object.entries(FUNCTIONS)) {
      mkdirSync(join(folder, 'functions', name), { recursive: true })
      writeFileSync(join(folder, 'functions', name, 'index.ts'), source)
    }
    host = await startFunctionHost({ folder, functions: join(folder, 'functions'), env: { GIVEN: 'yes' }, onLost: () => losses++ })
  })
  afterAll(async () => {
    await host.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const call = (path: string, init?: RequestInit) => fetch(`${host.url()}/functions/v1/${path}`, init)
  const pid = async () => (await (await call('good')).json() as { pid: number }).pid
  const log = () => readFileSync(join(folder, 'functions.log'), 'utf8')

  test('hands a function its path without /functions/v1, the body, and nothing of this machine\'s environment', async () => {
    const answer = await call('good/deeper?x=1', { method: 'POST', body: 'words' })
    expect(await answer.json()).toMatchObject({ path: '/good/deeper', body: 'words', secret: null, given: 'yes' })
  })

  test.each(['misspelt', 'throws-while-loading'])('a function that cannot be loaded (%s) answers 500 for itself alone', async (name) => {
    const answer = await call(name)
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'internal' } })
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    expect((await call('good')).status).toBe(200)
  })

  test('a name that is no function is not found, and neither is the shared folder', async () => {
    expect((await call('nowhere')).status).toBe(404)
    expect((await call('_shared')).status).toBe(404)
  })

  test('an error of a handler is a 500 that tells nothing, and the process lives on', async () => {
    const before = await pid()
    const answer = await call('throws')
    expect(answer.status).toBe(500)
    expect(await answer.json()).toEqual({ success: false, error: { code: 'internal', message: 'Something went wrong.', details: null } })
    expect(answer.headers.get('x-request-id')).toBeTruthy()
    expect(log()).toContain('secret detail')
    expect(await pid()).toBe(before)
  })

  test.each(['rejects-alone', 'throws-later'])('an error nobody waits for (%s) leaves the process alive, and is logged', async (name) => {
    const before = await pid()
    expect((await call(name)).status).toBe(200)
    expect(await pid()).toBe(before)
    await expect.poll(log).toContain(name === 'rejects-alone' ? 'stray' : 'later')
  })

  test('background work goes on after the answer, can be waited for, and may fail', async () => {
    expect((await call('background', { method: 'POST' })).status).toBe(202)
    await host.drain()
    expect(await (await call('background')).json()).toEqual({ done: 1 })
    expect(log()).toContain('in the background')
  })

  test('much processor time is reported', async () => {
    await host.drain()
    await call('busy')
    await expect.poll(log).toContain('"name":"busy"')
  })

  test('a host that was killed is started again', async () => {
    const before = await pid()
    process.kill(before, 'SIGKILL')
    await expect.poll(() => pid().catch(() => before)).not.toBe(before)
    expect(losses).toBe(1)
  })

  test('stopping leaves no process', async () => {
    const other = await startFunctionHost({ folder: mkdtempSync(join(folder, 'other-')), functions: join(folder, 'functions'), env: {} })
    const running = (await (await fetch(`${other.url()}/functions/v1/good`)).json() as { pid: number }).pid
    await other.stop()
    expect(processIsAlive(running)).toBe(false)
  })
})
