/** What watches an installation from outside gets, and one request's id from the browser to the database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('an installation that is watched', () => {
  let stack: TestStack
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${stack.url}/functions/v1/${path}`, { headers })

  test('says to anybody whether it is well, and nothing else', async () => {
    await stack.tick()
    const answer = await ask('health')
    expect([answer.status, await answer.json()]).toEqual([200, { success: true, database: true, beat: true, inbox: true }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('gives figures to nobody without the secret', async () => {
    expect((await ask('metrics')).status).toBe(401)
    expect((await ask('metrics', { authorization: 'Bearer ' })).status).toBe(401)
    expect((await ask('metrics', { authorization: 'Bearer undefined' })).status).toBe(401)
  })

  test('knows a request again in its log, with the address that the gateway saw', async () => {
    const account = await openAccount(stack.db)
    const { token } = await signedIn(stack, account)
    const id = 'e2e-request-0001'
    const answer = await fetch(`${stack.url}/rest/v1/rpc/save_tag`, {
      method: 'POST',
      headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': id, 'x-forwarded-for': '6.6.6.6', 'user-agent': 'Test/1' },
      body: JSON.stringify({ account_id: account.accountId, tag_id: null, name: 'Warm' }),
    })
    expect(answer.status).toBe(200)
    expect(await stack.db.sql`select verb, host(ip) as ip, user_agent, actor_kind from public.activity_log where request_id = ${id}`)
      .toEqual([{ verb: 'tag.created', ip: '127.0.0.1', user_agent: 'Test/1', actor_kind: 'person' }])
  })

  test('takes it through a function to the database', async () => {
    const account = await openAccount(stack.db)
    const { token } = await signedIn(stack, account)
    const id = 'e2e-request-0002'
    const answer = await fetch(`${stack.url}/functions/v1/create-checkout`, {
      method: 'POST',
      headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': id },
      body: JSON.stringify({ account_id: account.accountId, request_id: crypto.randomUUID(), pack_id: 'minutes_50', saves_card: false }),
    })
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, id])
    const lines = await stack.db.sql`select verb from public.activity_log where request_id = ${id} order by id`
    expect(lines.map(({ verb }) => verb as string)).toContain('order.created')
  })
})
