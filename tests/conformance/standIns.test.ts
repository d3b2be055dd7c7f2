/** pg_cron, pg_net and Vault are extensions that the embedded server does not have; what migrations use of them is imitated. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runJobs, sendQueued, startTicker } from '../../supabase/local/ticker.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

interface Heard { path: string, secret: unknown, body: string, type: string | undefined }

describe('the stand-ins for pg_cron, pg_net and Vault', () => {
  let db: TestDatabase
  let server: Server
  let url: string
  const heard: Heard[] = []
  beforeAll(async () => {
    db = await createDatabase()
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        heard.push({ path: request.url ?? '', secret: request.headers['x-cron-secret'], body: Buffer.concat(chunks).toString(), type: request.headers['content-type'] })
        if (request.url !== '/silent') response.end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await db.drop()
  })

  const post = (path: string) => `select net.http_post(url := '${url}${path}', body := '{"a": 1}', headers := '{"x-cron-secret": "s"}', timeout_milliseconds := 1000)`

  test('the migrations leave two jobs: the heartbeat, and who watches it', async () => {
    expect(await db.sql`select jobname, schedule, command, active from cron.job order by jobid`).toEqual([
      { jobname: 'outdial-tick', schedule: '2 seconds', command: 'select private.tick()', active: true },
      { jobname: 'outdial-watch', schedule: '30 seconds', command: 'select private.watch()', active: true },
    ])
  })

  test('a request is sent after the commit, once, with its body and headers', async () => {
    await db.sql.unsafe(post('/committed'))
    await sendQueued(db.admin)
    await sendQueued(db.admin)
    expect(heard).toEqual([{ path: '/committed', secret: 's', body: '{"a":1}', type: 'application/json' }])
  })

  test('a request of a transaction that was taken back is never sent', async () => {
    heard.length = 0
    await db.sql.begin(async (sql) => {
      await sql.unsafe(post('/taken-back'))
      throw new Error('undo')
    }).catch(() => undefined)
    await sendQueued(db.admin)
    expect(heard).toEqual([])
  })

  test('an address that does not answer is nobody\'s error', async () => {
    await db.sql`select net.http_post(url := 'http://127.0.0.1:1/', timeout_milliseconds := 500)`
    await expect(sendQueued(db.admin)).resolves.toBeUndefined()
  })

  test('an answer is waited for five seconds unless the caller says less, and a slow one holds up no other', async () => {
    heard.length = 0
    await db.sql`select net.http_post(url := ${`${url}/patient`})`
    expect(await db.admin`select timeout_milliseconds as wait, headers from net.http_request_queue`).toEqual([{ wait: 5000, headers: { 'Content-Type': 'application/json' } }])
    await db.sql`select net.http_post(url := ${`${url}/silent`}, timeout_milliseconds := 300)`
    const started = Date.now()
    await sendQueued(db.admin)
    expect(Date.now() - started).toBeLessThan(3_000)
    expect(heard.map((request) => request.path).sort()).toEqual(['/patient', '/silent'])
  })

  test('what is not JSON is not sent', async () => {
    await expect(db.sql`select net.http_post(url := ${url}, headers := '{"content-type": "text/plain"}')`).rejects.toMatchObject({ code: 'P0001' })
  })

  test('a job that fails, or is switched off, keeps no other from running', async () => {
    await db.sql.unsafe('create table public.runs (job text)')
    await db.sql`select cron.schedule('a-broken', '2 seconds', 'select 1 / 0'), cron.schedule('b-works', '2 seconds', 'insert into public.runs values (''b'')'),
      cron.schedule('c-off', '2 seconds', 'insert into public.runs values (''c'')'), cron.schedule('b-works', '5 seconds', 'insert into public.runs values (''B'')')`
    await db.admin`update cron.job set active = false where jobname in ('c-off', 'outdial-tick')`
    await expect(runJobs(db.sql)).rejects.toMatchObject({ code: '22012' })
    expect(await db.sql`select job from public.runs`).toEqual([{ job: 'B' }])
    await db.sql`select cron.unschedule(jobname) from cron.job where jobname <> 'outdial-tick'`
    expect(await db.sql`select cron.unschedule('gone') as was_there`).toEqual([{ was_there: false }])
  })

  test('a job runs as the role that scheduled it, and not after it was taken off', async () => {
    await db.sql.unsafe(`create table public.beats (who text)`)
    await db.sql`select cron.unschedule('outdial-tick')`
    await db.sql`select cron.schedule('probe', '2 seconds', 'insert into public.beats select current_user')`
    await runJobs(db.sql)
    await db.sql`select cron.unschedule('probe')`
    await runJobs(db.sql)
    expect(await db.sql`select who from public.beats`).toEqual([{ who: 'postgres' }])
  })

  test('the ticker beats at once and again, runs the jobs and sends what they queued, and complains of one failure once', async () => {
    heard.length = 0
    const said: string[] = []
    await db.sql.unsafe(`select cron.schedule('queues', '2 seconds', $$${post('/queued')}$$), cron.schedule('fails', '2 seconds', 'select 1 / 0')`)
    const ticker = startTicker({ databaseUrl: db.url.replace('supabase_admin:', 'postgres:'), adminUrl: db.url, say: (text) => void said.push(text) })
    await expect.poll(() => heard.length).toBe(2)
    await ticker.stop()
    expect(said).toEqual([expect.stringContaining('division by zero')])
    await db.sql`select cron.unschedule('queues'), cron.unschedule('fails')`
  })

  test('a schedule that the ticker would not keep is refused', async () => {
    await expect(db.sql`select cron.schedule('nightly', '0 3 * * *', 'select 1')`).rejects.toMatchObject({ code: '0A000' })
  })

  test('a secret is made once by its name, changed by its id, and read decrypted', async () => {
    const [made] = await db.sql`select vault.create_secret('first', 'probe') as id`
    await expect(db.sql`select vault.create_secret('second', 'probe')`).rejects.toMatchObject({ code: '23505' })
    await db.sql`select vault.update_secret(${made?.id as string}, 'third')`
    expect(await db.sql`select name, decrypted_secret from vault.decrypted_secrets where name = 'probe'`).toEqual([{ name: 'probe', decrypted_secret: 'third' }])
  })

  test.each(['asAnon', 'asService'] as const)('secrets, jobs and requests are closed to %s', async (role) => {
    for (const table of ['vault.secrets', 'vault.decrypted_secrets', 'cron.job', 'net.http_request_queue']) {
      await expect(db[role]().query(`select * from ${table}`)).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('auth.uid() reads the claims of the token even when nothing else is set', async () => {
    const [row] = await db.sql.begin(async (sql) => {
      await sql`select set_config('request.jwt.claims', '{"sub": "00000000-0000-4000-8000-000000000001", "role": "authenticated"}', true)`
      return sql`select auth.uid()::text as id, auth.role() as role, auth.jwt() ->> 'role' as claimed`
    })
    expect(row).toEqual({ id: '00000000-0000-4000-8000-000000000001', role: 'authenticated', claimed: 'authenticated' })
  })
})
