/** What somebody meets who asks too often, over HTTP: the refusal, when to come again, and that no header of their own helps. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await createStack()
  await stack.db.sql`update engine.request_limits set most = 3 where kind in ('unsubscribe_address', 'function_person', 'refused_address', 'invitation_person')`
})
afterAll(() => stack.stop())

const post = (path: string, headers: Record<string, string> = {}, body = '{}') =>
  fetch(`${stack.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
/** Statuses of one request after the other. */
async function statuses(count: number, ask: (turn: number) => Promise<Response>): Promise<number[]> {
  const answers: number[] = []
  for (let turn = 0; turn < count; turn++) answers.push((await ask(turn)).status)
  return answers
}

test('a link of a mail is tried a few times a minute, whatever address the client claims to have', async () => {
  const forged = (turn: number) => ({ 'x-forwarded-for': `203.0.113.${turn}`, 'cf-connecting-ip': `203.0.113.${turn}`, 'x-real-ip': `203.0.113.${turn}`, forwarded: `for=203.0.113.${turn}` })
  const ask = (turn: number) => post(`/functions/v1/unsubscribe?token=${'a'.repeat(100)}`, forged(turn))
  expect(await statuses(4, ask)).toEqual([404, 404, 404, 429])
  const answer = await ask(5)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await answer.json()).toMatchObject({ success: false, error: { code: 'rate_limited', details: { retry_after_seconds: expect.any(Number) } } })
  await stack.db.shiftClock('1 minute')
  expect((await ask(6)).status).toBe(404)
})

test('a person asks a function so often, and another one is not kept waiting', async () => {
  const [one, other] = [await signedIn(stack), await signedIn(stack)]
  const ask = ({ token }: { token: string }) => () => post('/functions/v1/end-call', { authorization: `Bearer ${token}` }, '{"call_id": "00000000-0000-4000-8000-000000000000"}')
  expect(await statuses(4, ask(one))).toEqual([404, 404, 404, 429])
  expect(await statuses(1, ask(other))).toEqual([404])
})

test('wrong secrets are refused another way in the end, and the right one still gets in', async () => {
  const ring = (secret: string) => post('/functions/v1/receive-call-event/vapi', { 'x-vapi-secret': secret }, '{"message": {"type": "hello"}}')
  expect(await statuses(4, () => ring('wrong'))).toEqual([401, 401, 401, 429])
  expect((await ring(stack.identity.vapiWebhookSecret)).status).toBe(200)
  expect((await post('/functions/v1/dispatch-calls', { 'x-cron-secret': stack.identity.cronSecret })).status).toBe(202)
  await stack.tick()
})

test('a command of the database says in the same header when to come again', async () => {
  const account = await openAccount(stack.db)
  const { client, token } = await signedIn(stack, account)
  for (const name of ['ann', 'bo', 'cy']) expect((await client.rpc('invite_member', { account_id: account.accountId, email: `${name}@example.com`, role: 'viewer' })).error).toBeNull()
  const answer = await post('/rest/v1/rpc/invite_member', { apikey: stack.identity.publishableKey, authorization: `Bearer ${token}` },
    JSON.stringify({ account_id: account.accountId, email: 'di@example.com', role: 'viewer' }))
  expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect(await answer.json()).toMatchObject({ code: 'rate_limited' })
})
