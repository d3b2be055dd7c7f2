/** An account that opens from its own networks alone: to everybody inside, to nobody outside, whatever they ask and however. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

type Headers = Record<string, string>
interface Answer { networks: string[], own_address: string | null }

const secret = 'the heartbeat shows this'
const inside: Headers = { 'x-forwarded-for': '203.0.113.7' }
const outside: Headers = { 'x-forwarded-for': '198.51.100.1' }

describe('an account with networks of its own', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    await db.admin`insert into vault.secrets (name, secret) values ('cron_secret', ${secret}) on conflict (name) do update set secret = excluded.secret`
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  /** As somebody whose request says this. */
  async function as<T>(userId: string, headers: Headers | null, work: (actor: Actor) => Promise<T>): Promise<T> {
    const session = await db.session({ userId })
    try {
      await session.query(`select set_config('request.headers', $1, false)`, [headers ? JSON.stringify(headers) : ''])
      return await work(session)
    } finally {
      await session.query(`select set_config('request.headers', '', false), set_config('realtime.topic', '', false)`)
      await session.close()
    }
  }
  const about = () => ({ account_id: account.accountId })
  const save = (networks: (string | null)[], headers: Headers | null = inside, userId = account.userId) =>
    as(userId, headers, (actor) => actor.rpc<Answer>('save_allowed_networks', { ...about(), networks }))
  const sees = (headers: Headers | null, userId = account.userId) => as(userId, headers, async (actor) => (await actor.query('select from public.accounts')).length === 1)
  const refusal = async (call: Promise<unknown>) => {
    const { code, details } = await errorOf(call)
    return [code, (details as { state?: string } | null)?.state ?? null]
  }
  const wallet = (headers: Headers | null) => as(account.userId, headers, (actor) => actor.rpc('current_wallet', about()))

  test('shows itself to who comes from there, and says to everybody else why not', async () => {
    expect(await save([' 203.0.113.0/24 ', '2001:db8::1', '203.0.113.9/24'])).toEqual({ networks: ['203.0.113.0/24', '2001:db8::1/128'], own_address: '203.0.113.7' })
    expect([await sees(inside), await sees({ 'x-forwarded-for': '2001:db8::1' }), await sees(outside), await sees({ 'x-forwarded-for': '2001:db8::2' }), await sees(null)]).toEqual([true, true, false, false, false])
    expect(await wallet(inside)).toMatchObject({ spendable_seconds: expect.any(Number) })
    expect(await refusal(wallet(outside))).toEqual(['forbidden', 'outside'])
    const mine = (headers: Headers) => as(account.userId, headers, (actor) => actor.rpc<{ is_outside: boolean, permissions: string[] }[]>('my_accounts'))
    expect(await mine(outside)).toMatchObject([{ is_outside: true, permissions: [] }])
    expect((await mine(inside))[0]).toMatchObject({ is_outside: false, permissions: expect.arrayContaining(['account.manage']) })
  })

  test('believes no header that a client can write, and a function that speaks for this person alone', async () => {
    await save(['203.0.113.0/24'])
    expect(await sees({ 'x-forwarded-for': '203.0.113.7, 198.51.100.1' })).toBe(false)
    expect(await sees({ 'x-forwarded-for': '203.0.113.7', 'cf-connecting-ip': '198.51.100.1' })).toBe(false)
    const proof = (userId: string, key = secret) => createHmac('sha256', key).update(`203.0.113.7 ${userId}`).digest('hex')
    const asked = (given: string) => sees({ ...outside, 'x-client-address': '203.0.113.7', 'x-client-proof': given })
    const other = await db.newUser()
    expect(await asked(proof(account.userId))).toBe(true)
    expect(await asked(`${proof(account.userId, 'the secret before')},${proof(account.userId)}`)).toBe(true)
    for (const wrong of ['', proof(other.userId), proof(account.userId, 'guessed')]) expect([wrong, await asked(wrong)]).toEqual([wrong, false])
    const colleague = await addMember(db, account, 'viewer')
    expect(await sees({ ...outside, 'x-client-address': '203.0.113.7', 'x-client-proof': proof(account.userId) }, colleague.userId), 'another one\'s proof').toBe(false)
  })

  test('tells whoever may listen of changes, for topics hold ids and counters alone', async () => {
    await save(['203.0.113.0/24'])
    const rights = await as(account.userId, null, async (actor) => {
      await actor.query(`select set_config('realtime.topic', 'account:${account.accountId}', false)`)
      return actor.query(`select private.account_ids('account.read') as id`)
    })
    expect(rights).toEqual([{ id: account.accountId }])
  })

  test('locks nobody out who decides it', async () => {
    for (const call of [() => save(['198.51.100.0/24']), () => save(['203.0.113.0/24'], null)]) {
      expect((await errorOf(call())).details).toMatchObject([{ field: 'networks', code: 'own_address' }])
    }
    expect((await errorOf(save(['198.51.100.0/24']))).message).toContain('203.0.113.7')
    expect(await sees(outside)).toBe(true)
  })

  test.each([['nonsense', 'shape'], ['203.0.113.0/33', 'shape'], ['', 'shape'], [null, 'shape'], ['0.0.0.0/0', 'width'], ['::/0', 'width']])('is not made of %j', async (network, code) => {
    expect((await errorOf(save(['203.0.113.7', network]))).details).toMatchObject([{ field: 'networks', code }])
  })

  test('has fifty of them at most', async () => {
    const some = (count: number) => Array.from({ length: count }, (_, at) => `203.0.113.${at}`)
    expect((await save(some(50))).networks).toHaveLength(50)
    expect((await errorOf(save(some(51)))).details).toMatchObject([{ code: 'count' }])
  })

  test('opens from everywhere again when the list is empty, and logs each change once', async () => {
    await save(['203.0.113.0/24'])
    await save(['203.0.113.0/24'])
    expect(await save([])).toEqual({ networks: [], own_address: '203.0.113.7' })
    expect(await sees(outside)).toBe(true)
    const log = await db.sql`select details -> 'count' as count from public.activity_log where verb = 'account.networks_changed' order by id`
    expect(log.map(({ count }) => count as number)).toEqual([1, 0])
  })

  test('is decided by its owners, and seen by its admins', async () => {
    const [admin, viewer] = [await addMember(db, account, 'admin'), await addMember(db, account, 'viewer')]
    expect(await refusal(save(['203.0.113.0/24'], inside, admin.userId))).toEqual(['forbidden', null])
    expect(await as(admin.userId, inside, (actor) => actor.rpc('allowed_networks', about()))).toEqual({ networks: [], own_address: '203.0.113.7' })
    expect(await refusal(as(viewer.userId, inside, (actor) => actor.rpc('allowed_networks', about())))).toEqual(['forbidden', null])
    expect(await refusal(as((await db.newUser()).userId, inside, (actor) => actor.rpc('allowed_networks', about())))).toEqual(['not_found', null])
  })
})
