/** A token that somebody kept after its owner signed out everywhere: it is signed, it has not run out, and it opens nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { bareSocket } from '../support/listeners.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let account: FullAccount
let token: string
let ended: string
const file = () => `${account.accountId}/${account.callId}.mp3`

beforeAll(async () => {
  stack = await createStack()
  account = await openFullAccount(stack.db)
  await stack.db.admin`insert into storage.objects (bucket_id, name) values ('recordings', ${file()})`
  await stack.db.sql`update public.calls set recording_path = ${file()}, recording_state = 'stored' where id = ${account.callId}`
  ended = (await signedIn(stack, account)).token
  expect((await ask('/auth/v1/logout?scope=global', { method: 'POST' }, ended)).status).toBe(204)
  token = (await signedIn(stack, account)).token
})
afterAll(() => stack.stop())

const ask = (path: string, init: RequestInit, bearer: string) => fetch(`${stack.url}${path}`,
  { ...init, headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${bearer}`, 'content-type': 'application/json' } })
const post = (path: string, body: object, bearer: string) => ask(path, { method: 'POST', body: JSON.stringify(body) }, bearer)
/** How many answers name the account, of as many tables as there are. */
async function namedIn(bearer: string): Promise<string[]> {
  const tables = await stack.db.sql<{ name: string, columns: string[] }[]>`select c.relname as name, array_agg(a.attname::text) as columns from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname in ('account_id', 'user_id', 'id') and has_column_privilege('authenticated', c.oid, a.attnum, 'select')
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1 order by 1`
  const found = await Promise.all(tables.map(async ({ name, columns }) => {
    const answer = await ask(`/rest/v1/${name}?select=${columns.join(',')}`, {}, bearer)
    const text = await answer.text()
    return text.includes(account.accountId) || text.includes(account.userId) ? [name] : []
  }))
  return found.flat()
}

test('reads no row over REST, of the account or of the person', async () => {
  expect((await namedIn(token)).length, 'a session that lives reads most tables').toBeGreaterThan(30)
  expect(await namedIn(ended)).toEqual([])
})

test('is told to sign in by every read and command', async () => {
  const commands: [string, object][] = [['my_accounts', {}], ['my_invitations', {}], ['own_number', {}], ['platform_metrics', {}], ['current_wallet', { account_id: account.accountId }],
    ['open_account', { company_name: 'Another' }], ['start_campaign', { campaign_id: account.campaignId }], ['search_contacts', { filter: { account_id: account.accountId } }],
    ['save_account', { account_id: account.accountId, content: { name: 'Mine' } }], ['close_account', { account_id: account.accountId, name: 'Mine' }]]
  for (const [name, args] of commands) {
    const answer = await post(`/rest/v1/rpc/${name}`, args, ended)
    expect([name, answer.status, (await answer.json() as { code: string }).code]).toEqual([name, 401, 'unauthenticated'])
  }
  expect((await post('/rest/v1/rpc/watch_call', { call_id: account.callId }, ended)).status, 'a call that nobody sees does not exist').toBe(404)
  expect(await (await post('/rest/v1/rpc/is_operator', {}, ended)).json()).toBe(false)
})

test('plays and signs no recording, and lists none', async () => {
  expect((await post(`/storage/v1/object/sign/recordings/${file()}`, { expiresIn: 60 }, token)).status, 'a session that lives').toBe(200)
  expect((await post(`/storage/v1/object/sign/recordings/${file()}`, { expiresIn: 60 }, ended)).ok).toBe(false)
  expect((await ask(`/storage/v1/object/authenticated/recordings/${file()}`, {}, ended)).ok).toBe(false)
  const listed = await post('/storage/v1/object/list/recordings', { prefix: account.accountId, limit: 100 }, ended)
  expect(listed.ok ? await listed.json() : []).toEqual([])
})

test('joins no channel', async () => {
  for (const topic of [`account:${account.accountId}`, `campaign:${account.campaignId}`, `user:${account.userId}`]) {
    const joined = async (bearer: string) => {
      const socket = await bareSocket(stack.url, stack.identity.publishableKey)
      const answer = await socket.join(topic, bearer)
      socket.close()
      return answer
    }
    expect([topic, await joined(token)]).toEqual([topic, 'ok'])
    expect([topic, await joined(ended)]).not.toEqual([topic, 'ok'])
  }
})

test('is let through no function, and nothing is bought, dialled or ended', async () => {
  const before = await stack.db.sql`select (select count(*) from public.orders) as orders, (select count(*) from public.calls) as calls, (select count(*) from engine.call_ends) as ends`
  const id = account.callId
  const requests: [string, string, object?][] = [
    ['POST', 'create-checkout', { account_id: account.accountId, request_id: id, pack_id: 'minutes_50' }], ['POST', `create-checkout/${id}/continue`], ['POST', `create-checkout/${id}/cancel`],
    ['POST', `create-checkout/${id}/check`], ['POST', 'end-call', { call_id: id }], ['POST', 'manage-cards/add', { account_id: account.accountId }],
    ['POST', 'manage-cards/sync', { account_id: account.accountId }], ['DELETE', 'manage-cards/pm_1'], ['POST', 'place-test-call/code', { account_id: account.accountId, phone: '+12025550101' }],
  ]
  for (const [method, path, body] of requests) {
    const answer = await ask(`/functions/v1/${path}`, { method, ...(body && { body: JSON.stringify(body) }) }, ended)
    expect([method, path, answer.status]).toEqual([method, path, 401])
  }
  expect(await stack.db.sql`select (select count(*) from public.orders) as orders, (select count(*) from public.calls) as calls, (select count(*) from engine.call_ends) as ends`).toEqual(before)
})
