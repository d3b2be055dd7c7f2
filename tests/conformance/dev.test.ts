/** npm run dev in a copy of the checkout: functions, migrations and the app as somebody edits them. */
import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../supabase/local/paths.ts'
import { processIsAlive, waitUntil } from '../../supabase/local/processes.ts'
import type { StackFile } from '../../supabase/local/stackFile.ts'

const COPIED = ['app', 'business', 'config', 'public', 'supabase', 'nuxt.config.ts', 'package.json', 'tsconfig.json']
const OFTEN = { interval: 50 }

describe('work on the product', () => {
  let copy: string
  let dev: ChildProcess
  let said = ''
  const file = (path: string) => join(copy, 'supabase', path)
  const edit = (path: string, change: (text: string) => string) => writeFileSync(path, change(readFileSync(path, 'utf8')))
  const stack = () => JSON.parse(readFileSync(join(copy, '.data-dev', 'stack.json'), 'utf8')) as StackFile

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'outdial-dev-'))
    for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    const { OUTDIAL_DATA_DIR: _, OUTDIAL_PORT: __, ...env } = process.env
    dev = spawn(process.execPath, [file('local/dev.ts')], { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'], env })
    for (const stream of [dev.stdout, dev.stderr]) stream?.on('data', (chunk: Buffer) => void (said += chunk.toString()))
    await waitUntil(() => /Outdial is ready|could not start/.test(said), 300_000, 'the start')
  })

  afterAll(async () => {
    const { pid } = stack()
    const server = Number(readFileSync(join(copy, '.data-dev', 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    dev.kill('SIGINT')
    await waitUntil(() => !processIsAlive(pid) && !processIsAlive(server), 60_000, 'the end of every process')
    expect(existsSync(join(copy, '.data-dev', 'stack.json'))).toBe(false)
    rmSync(copy, { recursive: true, force: true })
  })

  async function ask(query: string): Promise<Record<string, unknown>[]> {
    const sql = postgres(stack().admin_database_url, { max: 1, onnotice: () => undefined })
    try {
      return [...await sql.unsafe(query)]
    } catch (error) {
      return [{ error: (error as Error).message }]
    } finally {
      await sql.end()
    }
  }

  test('a saved function answers anew', async () => {
    const answer = async () => (await fetch(`${stack().app_url}/functions/v1/receive-call-event`)).text()
    edit(file('functions/receive-call-event/index.ts'), () => `Deno.serve(() => new Response('edited'))\n`)
    await expect.poll(answer, OFTEN).toBe('edited')
  })

  test('the app comes from its development server, at the same address', async () => {
    await expect.poll(async () => (await fetch(stack().app_url)).text(), OFTEN).toContain('/_nuxt/@vite/client')
  })

  test('a mistake in a migration is named by file and line, and the database goes on', async () => {
    const last = '20990101000000_probe.sql'
    writeFileSync(file(`migrations/${last}`), '\ncreate tabel probe ();\n')
    await expect.poll(() => said, OFTEN).toContain(`supabase/migrations/${last}:2: syntax error at or near "tabel"`)
    expect(await ask('select count(*)::int as count from public.accounts')).toEqual([{ count: 0 }])
  })

  test('a new migration is applied, the data stays, and the types follow', async () => {
    await ask(`insert into auth.users (id, email, aud, role) values (gen_random_uuid(), 'ada@example.com', 'authenticated', 'authenticated')`)
    await ask(`insert into public.profiles (id, name, email) select id, 'Ada', email from auth.users`)
    writeFileSync(file('migrations/20990101000000_probe.sql'), 'create table public.probe (id int primary key);\nalter table public.probe enable row level security;\n')
    await expect.poll(() => said, OFTEN).toContain('New migrations were applied; the data stays.')
    await expect.poll(() => readFileSync(join(copy, 'business/repositories/database.types.ts'), 'utf8'), OFTEN).toMatch(/"?probe"?: \{/)
    expect(await ask('select name from public.profiles')).toEqual([{ name: 'Ada' }])
  })

  test('an edited migration makes the database anew, with the people who signed up', async () => {
    appendFileSync(file('migrations/20990101000000_probe.sql'), 'alter table public.probe add column edited text;\n')
    await expect.poll(() => said, OFTEN).toContain('A migration was edited: the database is new.')
    await expect.poll(() => ask('select count(edited)::int as count from public.probe'), OFTEN).toEqual([{ count: 0 }])
    expect(await ask('select email from auth.users')).toEqual([{ email: 'ada@example.com' }])
    expect(await ask('select name from public.profiles')).toEqual([])
  })
})
