/** Over HTTP: an account that opens from one address alone, asked from it and from another, directly and through a function. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let account: TestAccount
let token: string
beforeAll(async () => {
  stack = await createStack()
  account = await openAccount(stack.db)
  token = (await signedIn(stack, account)).token
})
afterAll(() => stack.stop())

interface Asked { method?: string, path: string, body?: object, from?: string, headers?: Record<string, string> }

/** With an address of this machine as the sender's; Linux has all of 127.0.0.0/8. */
function ask({ method = 'POST', path, body, from = '127.0.0.1', headers = {} }: Asked): Promise<{ status: number, text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(stack.url)
    const own = { apikey: stack.identity.publishableKey, authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers }
    const call = request({ hostname, port, path, method, localAddress: from, headers: own }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece)).on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    call.once('error', reject)
    call.end(body && JSON.stringify(body))
  })
}
const about = () => ({ account_id: account.accountId })
const table = (from?: string, headers?: Record<string, string>) => ask({ method: 'GET', path: `/rest/v1/accounts?select=id`, from, headers })
const command = (from?: string) => ask({ path: '/rest/v1/rpc/current_wallet', body: about(), from })
const throughAFunction = (from?: string) => ask({ path: '/functions/v1/manage-cards/add', body: about(), from })

test('is closed to tables, commands and functions from elsewhere, whatever a client writes', async () => {
  expect([JSON.parse((await table()).text), (await command()).status, (await throughAFunction()).status]).toEqual([[{ id: account.accountId }], 200, 200])
  await stack.db.sql`update public.accounts set allowed_networks = '{203.0.113.0/24}' where id = ${account.accountId}`
  const forged = { 'x-forwarded-for': '203.0.113.7', 'cf-connecting-ip': '203.0.113.7', 'x-client-address': '203.0.113.7', 'x-client-proof': 'x' }
  for (const answer of [await table(), await table(undefined, forged)]) expect(answer).toEqual({ status: 200, text: '[]' })
  for (const answer of [await command(), await throughAFunction()]) expect([answer.status, answer.text.includes('only from its own networks')]).toEqual([403, true])
})

test.runIf(process.platform === 'linux')('is open from its own, and through functions to whoever is there and not to the functions themselves', async () => {
  await stack.db.sql`update public.accounts set allowed_networks = '{127.0.0.2/32}' where id = ${account.accountId}`
  expect([(await table('127.0.0.2')).text, (await command('127.0.0.2')).status, (await throughAFunction('127.0.0.2')).status]).toEqual([`[{"id":"${account.accountId}"}]`, 200, 200])
  expect([(await table()).text, (await command()).status, (await throughAFunction()).status]).toEqual(['[]', 403, 403])
})
