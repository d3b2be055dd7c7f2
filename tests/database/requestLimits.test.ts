/** How often something may be asked for: counted exactly, by whoever asks, and let through again when the time is over. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('the limits of requests', () => {
  let db: TestDatabase
  beforeEach(async () => {
    db = await renewDatabase(db)
    await db.sql`update engine.request_limits set most = 5, per = '10 minutes' where kind in ('unsubscribe_address', 'function_person', 'invitation_person', 'open_account_address')`
  })
  afterAll(() => db.drop())

  const spend = (wishes: Record<string, string>) => db.asService().rpc<number | null>('spend_requests', { wishes })
  const from = (address: string) => spend({ unsubscribe_address: address })
  const passed = (answers: (number | null)[]) => answers.filter((seconds) => seconds === null).length
  const times = <T>(count: number, ask: () => Promise<T>) => Promise.all(Array.from({ length: count }, ask))

  test('let exactly so many through, however many ask at the same time', async () => {
    expect(passed(await times(24, () => from('203.0.113.7')))).toBe(5)
  })

  test('say after how long the next one passes, and keep to it', async () => {
    await times(5, () => from('203.0.113.7'))
    const seconds = await from('203.0.113.7')
    expect(seconds).toBeGreaterThan(110)
    expect(seconds).toBeLessThanOrEqual(120)
    await db.shiftClock('100 seconds')
    expect(await from('203.0.113.7')).toBeGreaterThan(0)
    await db.shiftClock('21 seconds')
    expect([await from('203.0.113.7'), await from('203.0.113.7') !== null]).toEqual([null, true])
  })

  test('forget what is long ago', async () => {
    await times(5, () => from('203.0.113.7'))
    await db.shiftClock('2 hours')
    expect(passed(await times(6, () => from('203.0.113.7')))).toBe(5)
  })

  test('count each address and each kind by itself', async () => {
    await times(5, () => from('203.0.113.7'))
    expect([await from('203.0.113.8'), await spend({ function_person: '203.0.113.7' })]).toEqual([null, null])
    expect(await from('203.0.113.7')).not.toBeNull()
  })

  test('count a household of addresses of version 6 as one', async () => {
    const answers = [...await times(3, () => from('2001:db8:1:2::1')), ...await times(3, () => from('2001:db8:1:2:ffff::9'))]
    expect(passed(answers)).toBe(5)
    expect(await from('2001:db8:1:3::1')).toBeNull()
  })

  test('of several answer the longest wait, and count all of them', async () => {
    await db.sql`update engine.request_limits set most = 1, per = '1 hour' where kind = 'function_address'`
    expect(await spend({ function_person: 'a', function_address: '203.0.113.7' })).toBeNull()
    expect(await spend({ function_person: 'a', function_address: '203.0.113.7' })).toBeGreaterThan(3500)
    await times(3, () => spend({ function_person: 'a' }))
    expect(await spend({ function_person: 'a' })).toBeLessThanOrEqual(120)
    expect(await spend({ function_person: 'a', function_address: '203.0.113.7' })).toBeGreaterThan(3500)
  })

  test('take keys of any length and shape, and no kind that does not exist', async () => {
    for (const key of ['', 'x'.repeat(10_000), `'; drop table`, '999.999.999.999', '::ffff:203.0.113.7']) expect(await from(key)).toBeNull()
    expect((await errorOf(spend({ dreams: 'a' }))).code).toBe('invalid_input')
    expect(await spend({})).toBeNull()
  })

  test('are swept once they say nothing any more, and not before', async () => {
    await from('203.0.113.7')
    const left = async () => (await db.sql`select from engine.request_rates`).length
    await db.sql`select private.forget_requests(private.now())`
    expect(await left()).toBe(1)
    await db.shiftClock('10 minutes')
    await db.sql`select private.tick()`
    expect(await left()).toBe(0)
  })

  test('hold for the mails of a person in all their accounts together', async () => {
    const { userId } = await db.newUser()
    const person = db.asUser(userId)
    const invite = async (company: string, email: string) => {
      const { account_id } = await person.rpc<{ account_id: string }>('open_account', { company_name: company })
      return person.rpc('invite_member', { account_id, email, role: 'viewer' })
    }
    for (let each = 0; each < 5; each++) await invite(`Company ${each % 3}`, `person-${each}@example.com`)
    const { code, details } = await errorOf(invite('Company 3', 'one-more@example.com'))
    expect([code, details]).toEqual(['rate_limited', { retry_after_seconds: expect.any(Number) }])
    await openAccount(db).then(({ owner, accountId }) => owner.rpc('invite_member', { account_id: accountId, email: 'one-more@example.com', role: 'viewer' }))
  })

  test('hold for accounts opened from one address, whoever opens them, and for nobody without one', async () => {
    const open = async (headers: Record<string, string> | null) => {
      const { userId } = await db.newUser()
      const session = await db.session({ userId })
      if (headers) await session.query(`select set_config('request.headers', $1, false)`, [JSON.stringify(headers)])
      const answer = await session.rpc('open_account', { company_name: 'Analytical Engines' }).then(() => 'opened', async (error: unknown) => (await errorOf(Promise.reject(error as Error))).code)
      await session.query(`select set_config('request.headers', '', false)`)
      await session.close()
      return answer
    }
    for (let each = 0; each < 5; each++) expect(await open({ 'x-forwarded-for': '10.0.0.1, 203.0.113.7' })).toBe('opened')
    expect(await open({ 'x-forwarded-for': '203.0.113.7' })).toBe('rate_limited')
    expect(await open({ 'x-forwarded-for': '198.51.100.1', 'cf-connecting-ip': '203.0.113.7' }), 'a forged first hop').toBe('rate_limited')
    expect(await open({ 'x-forwarded-for': '203.0.113.8' })).toBe('opened')
    expect(await open({ 'x-forwarded-for': 'nonsense' })).toBe('opened')
    expect(await open(null)).toBe('opened')
  })
})
