/** Whatever is sent to a function, with and without the right secret: never a failure of ours, and never a trace in money or calls. */
import { createHmac, randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { request as ask } from 'node:http'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FUNCTIONS } from '../../supabase/local/paths.ts'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { expectInvariants } from '../support/invariants.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

const names = readdirSync(FUNCTIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map(({ name }) => name)
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

describe('a function', () => {
  let stack: TestStack
  let account: FullAccount
  let token: string
  beforeAll(async () => {
    stack = await createStack()
    account = await openFullAccount(stack.db)
    token = (await signedIn(stack, account)).token
    await stack.db.sql`update engine.request_limits set most = 100000`
  })
  afterAll(() => stack.stop())

  const path = fc.oneof(fc.constantFrom('', '/', '/vapi', '/code', '/add', '/sync', `/${randomUUID()}/continue`, '/x/check', '/%00', '/..%2f..', '/%ff', '?token=x', '?a[]=1&a=2'), fc.webPath({ size: 'small' }))
  const method = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS')
  const known = () => fc.record({ account_id: fc.constantFrom<unknown>(account.accountId, 7, null, ''), call_id: fc.constantFrom<unknown>(account.callId, 'x', []), request_id: fc.constantFrom<unknown>(randomUUID(), {}),
    pack_id: fc.constantFrom<unknown>('minutes_50', 'none', 1e9), amount_cents: fc.constantFrom<unknown>(3000, -1, 1e300, '3000'), phone: fc.constantFrom<unknown>('+12025559907', '0', null),
    assistant_id: fc.constantFrom<unknown>(account.assistantId, randomUUID()), message: fc.constantFrom<unknown>({ type: 'end-of-call-report', call: { id: 'x' } }, { type: 'tool-calls' }, [], 'x') }, { requiredKeys: [] })
  const body = () => fc.oneof(known().map((value) => JSON.stringify(value)), fc.json({ maxDepth: 4 }), fc.string({ size: 'medium' }),
    fc.constantFrom('', 'null', '0', '"x"', '{', '{"a":1}{', '\u0000', '{"__proto__": {"x": 1}}', '{"account_id": "\\u0000"}', deep(300), deep(30_000), `{"call_id": ${deep(20_000)}}`, 'x'.repeat(70_000), `{"a": "${'y'.repeat(60_000)}"}`))
  const type = fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '', 'application/json; charset=utf-16')

  /** Secrets that are right, wrong, or none. */
  function credentials(raw: string): Record<string, string>[] {
    const at = Math.floor(Date.now() / 1000)
    const signature = createHmac('sha256', stack.identity.stripeWebhookSecret).update(`${at}.${raw}`).digest('hex')
    return [{}, { 'x-cron-secret': 'wrong', 'x-vapi-secret': 'wrong', authorization: 'Bearer wrong', 'stripe-signature': 't=1,v1=00' },
      { 'x-vapi-secret': stack.identity.vapiWebhookSecret }, { 'stripe-signature': `t=${at},v1=${signature}` }, { authorization: `Bearer ${token}` }]
  }

  /** By hand: fetch would not send half of these. */
  function send(name: string, { to, verb, headers, raw }: { to: string, verb: string, headers: Record<string, string>, raw: string }): Promise<number> {
    return new Promise((resolve, reject) => {
      const url = new URL(stack.url)
      const call = ask({ host: url.hostname, port: url.port, method: verb, path: encodeURI(`/functions/v1/${name}${to}`).replace(/%25/g, '%'), headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
      })
      call.once('error', reject)
      call.end(['GET', 'HEAD'].includes(verb) ? undefined : raw)
    })
  }

  test.each(names)('%s answers or refuses', async (name) => {
    // Nothing beats by itself here, which health would say with a 503.
    if (name === 'health') await stack.tick()
    const requests = fc.record({ to: path, verb: method, raw: body(), contentType: type, which: fc.nat(4) })
    await fc.assert(fc.asyncProperty(requests, async ({ to, verb, raw, contentType, which }) => {
      const headers = { ...(contentType && { 'content-type': contentType }), ...credentials(raw)[which] }
      const status = await send(name, { to, verb, headers, raw })
      expect([status, status < 500], `${verb} ${to}`).toEqual([status, true])
    }), { numRuns: 40, seed: 20_261_122 })
  })

  test('left nothing behind that breaks a promise', async () => {
    await stack.tick()
    await expectInvariants(stack.db)
  })
})
