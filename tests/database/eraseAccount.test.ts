/** The end of a closed account: what is deleted, what stays, and in what order. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { openFullAccount } from '../factories/everything.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

/** What an erased account keeps: money, rules of its own without persons, the lines through which the carrier is asked to forget, and who did what. */
const STAYS = ['account_hours', 'account_rules', 'activity_log', 'ledger_entries', 'orders', 'payment_methods', 'phone_numbers', 'retention_rules', 'terms_acceptances']

describe('an account that is erased', () => {
  let db: TestDatabase
  let account: TestAccount
  const about = () => ({ account_id: account.accountId })
  const refusal = async (call: Promise<unknown>) => {
    const { code, details } = await errorOf(call)
    return [code, (details as { state?: string } | null)?.state]
  }
  const sweep = () => db.sql`select private.sweep_erasures(private.now())`
  const close = () => db.sql`select private.set_account_status(${account.accountId}, 'closed', 'closed', null, ${account.userId})`
  const erase = (actor = account.owner, name = 'Engines') => actor.rpc('erase_account', { ...about(), name })
  const erasedAt = async () => (await db.sql`select erased_at from public.accounts where id = ${account.accountId}`)[0]!.erased_at as Date | null
  const count = async (table: string) => (await db.sql.unsafe(`select count(*)::int as n from ${table} where account_id = '${account.accountId}'`))[0]!.n as number
  /** How much an account has in each table. */
  async function rowsOf({ accountId }: TestAccount): Promise<Record<string, number>> {
    const tables = await db.sql`select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
      where c.relnamespace::regnamespace::text in ('public', 'engine') and c.relkind = 'r'`
    const counts = await Promise.all(tables.map(async ({ name }) => [name as string, (await db.sql.unsafe(`select count(*)::int as n from ${name as string} where account_id = '${accountId}'`))[0]!.n as number] as const))
    return Object.fromEntries(counts)
  }
  async function settledWithoutWords() {
    const call = await acceptedCall(db)
    await db.sql`update public.calls set state = 'settled', settled_at = private.now(), outcome = 'no_answer' where id = ${call.callId}`
    return call
  }
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db, 'Engines')
  })
  afterAll(() => db.drop())

  test('is ordered by an owner of a closed one who typed its name, and by nobody else; from then on nobody opens it again', async () => {
    const admin = (await addMember(db, account, 'admin')).actor
    expect(await refusal(erase())).toEqual(['conflict', 'active'])
    await close()
    expect(await refusal(erase(admin))).toEqual(['forbidden', 'closed'])
    expect(await refusal(erase((await openAccount(db)).owner))).toEqual(['not_found', undefined])
    expect((await errorOf(erase(account.owner, 'engines'))).details).toMatchObject([{ field: 'name', code: 'mismatch' }])
    await sweep()
    expect(await erasedAt(), 'thirty days are left').toBeNull()
    const first = await erase()
    expect(await erase()).toEqual(first)
    expect(await refusal(account.owner.rpc('reopen_account', about()))).toEqual(['conflict', 'over'])
    await sweep()
    expect(await erasedAt()).not.toBeNull()
    expect(await account.owner.rpc('my_accounts')).toEqual([])
    expect(await refusal(account.owner.rpc('open_account', { company_name: 'ENGINES' })), 'signing in opens none of that name').toEqual(['conflict', 'erased'])
    expect(await account.owner.rpc('open_account', { company_name: 'Other engines' })).toMatchObject({ account_id: expect.any(String) })
  })

  test('comes by itself thirty days after the closing, and leaves figures without persons', async () => {
    const other = await openFullAccount(db)
    await db.sql`update engine.accounts set next_at = null where account_id = ${other.accountId}`
    const full = await openFullAccount(db)
    account = full
    await db.sql`update public.calls set state = 'settled', settled_at = private.now(), outcome = 'failed' where account_id = ${full.accountId} and settled_at is null`
    await db.sql`update public.calls set recording_state = 'expired', recording_path = null where account_id = ${full.accountId} and recording_state <> 'none'`
    await db.sql`insert into engine.erased_numbers (account_id, digest, contact_id) values (${full.accountId}, 'x', gen_random_uuid())`
    const theirs = await rowsOf(other)
    const before = { ledger: await count('public.ledger_entries'), orders: await count('public.orders') }
    await close()
    await db.shiftClock('29 days')
    await sweep()
    expect(await count('public.contacts')).toBeGreaterThan(0)
    await db.shiftClock('2 days')
    for (let minute = 0; minute < 3; minute++) await sweep()
    expect(await erasedAt()).not.toBeNull()
    const tables = (await db.sql`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`).map(({ name }) => name as string)
    const left: string[] = []
    for (const table of tables) if (await count(`public.${table}`) > 0) left.push(table)
    expect(left.filter((table) => !STAYS.includes(table))).toEqual([])
    expect(await count('engine.erased_numbers')).toBe(0)
    expect({ ledger: await count('public.ledger_entries'), orders: await count('public.orders') }).toEqual(before)
    expect(await db.sql`select name from public.accounts where id = ${full.accountId}`).toEqual([{ name: `Erased ${full.accountId}` }])
    expect(await db.sql`select from private.ledger_faults() where account_id = ${full.accountId}`).toEqual([])
    const afterwards = await rowsOf(other)
    expect(Object.keys(theirs).filter((table) => afterwards[table]! < theirs[table]!), 'another account').toEqual([])
  })

  test('has its recordings deleted first, and the carrier forget every call', async () => {
    await startedCampaign(account)
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    await db.sql`update public.campaigns set status = 'stopped'`
    await db.sql`update public.calls set recording_state = 'stored', recording_path = 'a.mp3'`
    await close()
    await erase()
    await sweep()
    expect([await erasedAt(), await count('public.calls'), await count('public.contacts')], 'its call says where the recording lies').toEqual([null, 1, 1])
    expect(await count('public.call_transcripts')).toBe(0)
    await db.shiftClock('25 hours')
    await db.sql`select private.sweep_retention(private.now())`
    const [job] = await db.sql`select id from engine.outbox where kind = 'delete_recording'`
    expect(await db.asService().rpc('recording_to_delete', { job_id: Number(job!.id) })).toEqual({ path: 'a.mp3' })
    await db.asService().rpc('record_outbox', { id: Number(job!.id), result: { ok: true, is_deleted: true } })
    await sweep()
    await sweep()
    expect([await erasedAt(), await count('public.calls'), await count('public.contacts')]).toEqual([expect.any(Date), 0, 0])
    expect(await db.sql`select payload ->> 'call_id' as id, payload ->> 'provider_call_id' as provider from engine.outbox where kind = 'erase_call'`).toEqual([{ id: callId, provider: providerCallId }])
  })

  describe('whose recording the storage refuses to delete', () => {
    let callId: string
    beforeEach(async () => {
      await startedCampaign(account)
      callId = (await settledWithoutWords()).callId
      await db.sql`update public.campaigns set status = 'stopped'`
      await db.sql`update public.calls set recording_state = 'stored', recording_path = 'a.mp3'`
      await close()
      await erase()
      await db.sql`insert into engine.outbox (account_id, kind, dedupe_key, payload, tries, quarantined_at)
        values (${account.accountId}, 'delete_recording', ${callId}, ${db.sql.json({ call_id: callId })}, 8, private.now())`
    })
    const settle = async () => { for (let minute = 0; minute < 3; minute++) await sweep() }
    const job = async () => Number((await db.sql`select id from engine.outbox where kind = 'delete_recording'`)[0]!.id)
    const proofs = async () => (await db.sql`select subject_id, details from public.activity_log where verb = 'call.recording_deleted'`).map((row) => ({ ...row }))

    test('is waited for during a week, and is not kept for it', async () => {
      await db.shiftClock('6 days 23 hours')
      await settle()
      expect([await erasedAt(), await count('public.calls')]).toEqual([null, 1])
      await db.shiftClock('2 hours')
      await settle()
      expect([await erasedAt(), await count('public.calls')]).toEqual([expect.any(Date), 0])
    })

    test('waits on while the storage is still tried', async () => {
      await db.sql`update engine.outbox set quarantined_at = null`
      await db.shiftClock('8 days')
      await settle()
      expect(await erasedAt()).toBeNull()
    })

    test('has it deleted once the storage does, with the proof', async () => {
      await db.shiftClock('8 days')
      await settle()
      expect((await db.sql`select private.platform_figures() ->> 'quarantined_jobs' as n`)[0]!.n, 'operators see it').toBe('1')
      await db.sql`update engine.outbox set quarantined_at = null, tries = 0 where kind = 'delete_recording'`
      expect(await db.asService().rpc('recording_to_delete', { job_id: await job() })).toEqual({ path: 'a.mp3' })
      await db.asService().rpc('record_outbox', { id: await job(), result: { ok: true, is_deleted: true } })
      expect(await proofs()).toEqual([{ subject_id: callId, details: { rule: 'erasure' } }])
    })
  })

  test('does not wait for a recording that only the carrier has', async () => {
    await startedCampaign(account)
    const { callId } = await settledWithoutWords()
    await db.sql`update public.campaigns set status = 'stopped'`
    await db.sql`update public.calls set recording_state = 'failed'`
    await close()
    await erase()
    await sweep()
    await sweep()
    expect(await erasedAt()).not.toBeNull()
    expect(await db.sql`select payload ->> 'call_id' as id from engine.outbox where kind = 'erase_call'`, 'it is asked to forget it').toEqual([{ id: callId }])
  })

  test('has the payment provider forget who paid, once, and keeps the proof', async () => {
    const other = await openAccount(db)
    await db.sql`insert into engine.payment_customers (account_id, customer_id) values (${account.accountId}, 'cus_1'), (${other.accountId}, 'cus_2')`
    await close()
    await erase()
    await sweep()
    await sweep()
    const jobs = await db.sql<{ id: string, payload: object }[]>`select id, payload from engine.outbox where kind = 'erase_customer'`
    expect(jobs.map(({ payload }) => payload)).toEqual([{ customer_id: 'cus_1' }])
    const record = (ok: boolean) => db.asService().rpc('record_outbox', { id: Number(jobs[0]!.id), result: ok ? { ok } : { ok, error: 'HTTP 500', is_final: false } })
    const proofs = () => count(`(select account_id from public.activity_log where verb = 'account.customer_erased') l`)
    await record(false)
    expect(await proofs()).toBe(0)
    await record(true)
    await record(true)
    expect(await proofs()).toBe(1)
  })

  test('goes in portions, and on after a crash', async () => {
    await startedCampaign(account, { contacts: 5 })
    const { callId, providerCallId } = await settledWithoutWords()
    await db.sql`update public.campaigns set status = 'stopped'`
    await close()
    await erase()
    const portion = async () => (await db.sql`select private.erase_portion(${account.accountId}, 3) as is_done`)[0]!.is_done as boolean
    const steps: boolean[] = []
    while (!steps.at(-1) && steps.length < 20) steps.push(await portion())
    expect(steps.at(-1)).toBe(true)
    expect(steps.length).toBeGreaterThan(3)
    expect(await count('public.contacts')).toBe(0)
    expect(await db.sql`select payload ->> 'call_id' as id, payload ->> 'provider_call_id' as provider from engine.outbox where kind = 'erase_call'`, 'the carrier knows the number of who never answered').toEqual([{ id: callId, provider: providerCallId }])
  })
})
