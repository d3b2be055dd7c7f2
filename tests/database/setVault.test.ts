/** What the script of a deployment leaves in the database: where the functions are, what to show them, and whether money is real. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createDatabase()
})
afterAll(() => db.drop())

async function run(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['config/deploy/setVault.ts'], { env: { ...process.env, DATABASE_URL: db.url.replace('supabase_admin', 'postgres'), SUPABASE_URL: 'https://ref.supabase.co/', ...settings } })
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (told += text))
  const [code] = await once(child, 'close') as [number]
  return { code, told }
}
const secrets = async () => Object.fromEntries((await db.sql`select name, decrypted_secret from vault.decrypted_secrets order by name`).map(({ name, decrypted_secret }) => [name as string, decrypted_secret as string]))
const isLive = async () => (await db.sql`select payments_are_live from engine.settings`)[0]?.payments_are_live as boolean

test('writes both secrets, the newest of several, and says no secret aloud', async () => {
  const { code, told } = await run({ CRON_SECRET: ' new-secret , old-secret', STRIPE_LIVE: 'true' })
  expect([code, told]).toEqual([0, 'the heartbeat knows functions_url and cron_secret\n'])
  expect(await secrets()).toMatchObject({ functions_url: 'https://ref.supabase.co/functions/v1', cron_secret: 'new-secret' })
  expect(await isLive()).toBe(true)
})

test('again replaces what was there, and adds nothing', async () => {
  const before = Object.keys(await secrets())
  await run({ CRON_SECRET: 'newest-secret' })
  expect(Object.keys(await secrets())).toEqual(before)
  expect(await secrets()).toMatchObject({ cron_secret: 'newest-secret' })
  expect(await isLive(), 'money is real only where somebody says so').toBe(false)
})

test.each(['outdial-tick', 'outdial-watch'])('changes nothing where %s is not scheduled, and says why', async (job) => {
  await db.admin`update cron.job set jobname = 'another' where jobname = ${job}`
  const { code, told } = await run({ CRON_SECRET: 'a-third-secret', STRIPE_LIVE: 'true' })
  expect(code).not.toBe(0)
  expect(told).toContain('not scheduled')
  expect([(await secrets()).cron_secret, await isLive()]).toEqual(['newest-secret', false])
  await db.admin`update cron.job set jobname = ${job} where jobname = 'another'`
})
