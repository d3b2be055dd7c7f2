/** The drill of the worst day: the data of a used database is put into a fresh one, and every figure and promise is asked of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dumpDatabase, restoreDatabase } from '../../config/deploy/dump.ts'
import { openAccount } from '../factories/account.ts'
import { openFullAccount } from '../factories/everything.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

describe('a backup', () => {
  let used: TestDatabase
  let fresh: TestDatabase
  let folder: string
  beforeEach(async () => {
    [used, fresh] = await Promise.all([createDatabase(), createDatabase()])
    folder = mkdtempSync(join(tmpdir(), 'outdial-backup-'))
  })
  afterEach(async () => {
    await Promise.all([used.drop(), fresh.drop()])
    rmSync(folder, { recursive: true })
  })
  const rowsOf = async (db: TestDatabase, table: string) => (await db.admin.unsafe(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest, count(*)::int as rows from ${table} t`))[0]

  test('put into a fresh database is the same to the last row, and goes on from there', async () => {
    const account = await openFullAccount(used)
    await used.sql`update public.contacts set name = ${'Ünï\tcode\\n\r\n"quoted" \\N'} where id = ${account.contactIds[0]!}`
    // More than goes out or in at once.
    await used.sql`insert into public.activity_log (account_id, verb, subject_type, details)
      select ${account.accountId}, 'campaign.changed', 'campaign', jsonb_build_object('of', n, 'text', repeat('x', 100)) from generate_series(1, 2500) n`
    const { tables, figures } = await dumpDatabase(used.url, folder)
    expect(figures).toMatchObject({ people: expect.stringMatching(/^[1-9]/), 'gaps in the ledger': '0', 'ledger beside balances': '0' })
    expect(await restoreDatabase(fresh.url, folder)).toEqual([])
    for (const { name, rows } of tables) expect([name, await rowsOf(fresh, name)]).toEqual([name, { ...await rowsOf(used, name), rows }])
    await expectInvariants(fresh)
    // Sequences go on behind what is there, people act as before, and triggers watch again.
    const owner = fresh.asUser(account.userId)
    expect(await owner.rpc('current_wallet', { account_id: account.accountId })).toEqual(await used.asUser(account.userId).rpc('current_wallet', { account_id: account.accountId }))
    await owner.rpc('invite_member', { account_id: account.accountId, email: 'after@example.com', role: 'viewer' })
    await expect(fresh.sql`delete from public.ledger_entries`).rejects.toThrow()
    await fresh.sql`select private.tick()`
    await expectInvariants(fresh)
  })

  test('is taken at one instant, while others work', async () => {
    await openFullAccount(used)
    const [{ figures }] = await Promise.all([dumpDatabase(used.url, folder), ...Array.from({ length: 8 }, () => openAccount(used))])
    expect(await restoreDatabase(fresh.url, folder)).toEqual([])
    expect(figures['ledger beside balances']).toBe('0')
    await expectInvariants(fresh)
  })

  test('holds no secret of Vault, and nothing of the moment', async () => {
    const { tables } = await dumpDatabase(used.url, folder)
    expect(tables.map(({ name }) => name).filter((name) => /^(vault|realtime|cron|net)\.|request_rates|clock_offset/.test(name))).toEqual([])
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['auth.users', 'public.calls', 'engine.accounts', 'storage.objects']))
  })

  test('is refused where somebody has an account, and changes nothing there', async () => {
    await dumpDatabase(used.url, folder)
    await openFullAccount(fresh)
    const before = await rowsOf(fresh, 'public.accounts')
    await expect(restoreDatabase(fresh.url, folder)).rejects.toThrow('Somebody has an account')
    expect(await rowsOf(fresh, 'public.accounts')).toEqual(before)
  })

  test('is refused by a database of other migrations', async () => {
    await dumpDatabase(used.url, folder)
    await fresh.admin`insert into supabase_migrations.schema_migrations (version) values ('29990101000000')`
    await expect(restoreDatabase(fresh.url, folder)).rejects.toThrow('0 are missing here and 1 are too many')
  })

  test('that was changed on its way is refused whole', async () => {
    await openFullAccount(used)
    await dumpDatabase(used.url, folder)
    const file = join(folder, 'public.ledger_entries.rows.gz')
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('x')]))
    await expect(restoreDatabase(fresh.url, folder)).rejects.toThrow('The file of public.ledger_entries is not the one')
    expect(await fresh.admin`select from auth.users`).toHaveLength(0)
  })

  test('whose figures would not agree is taken back', async () => {
    await openFullAccount(used)
    await dumpDatabase(used.url, folder)
    const manifest = readFileSync(join(folder, 'manifest.json'), 'utf8')
    writeFileSync(join(folder, 'manifest.json'), manifest.replace(/"contacts": "\d+"/, '"contacts": "7000"'))
    expect(await restoreDatabase(fresh.url, folder)).toEqual([expect.stringMatching(/^contacts: 7000 in the backup, \d+ now$/)])
    expect(await fresh.sql`select from public.accounts`).toHaveLength(0)
  })
})
