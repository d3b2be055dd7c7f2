/** Mails about notices on their whole way: told, gathered by the tick, sent by run-outbox to the inbox, stopped by their links. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let account: TestAccount

beforeAll(async () => {
  stack = await createStack()
})
afterAll(() => stack.stop())
beforeEach(async () => {
  stack.mails.length = 0
  account = await openAccount(stack.db)
})

const notify = (kind: string) => stack.db.sql`select private.notify(${account.accountId}, null, ${kind}::text::public.notice_kind, '{"spendable_seconds": 60, "amount_cents": 3000, "currency": "usd"}')`
/** The balance rose and fell again. */
async function again() {
  await stack.db.sql`select private.resolve_notices(${account.accountId}, null, '{low_balance}')`
  await notify('low_balance')
}
const jobsDone = () => stack.tickUntil(async () =>
  (await stack.db.sql`select from public.notices where mailed_at is null`).length === 0
  && (await stack.db.sql`select from engine.outbox where kind = 'mail_notices' and done_at is null`).length === 0, 'the mails')
async function mailed() {
  await stack.db.shiftClock('11 minutes')
  await jobsDone()
  return stack.mails
}
const unsubscribe = (token: string, method = 'POST') => fetch(`${stack.url}/functions/v1/unsubscribe?token=${encodeURIComponent(token)}`, { method })

test('reaches the inbox once, with a way to stop it that works without signing in', async () => {
  await notify('low_balance')
  const [mail, ...more] = await mailed()
  expect(more).toEqual([])
  expect(mail).toMatchObject({ subject: '1 minutes left', headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } })
  const address = /<(.*)>/.exec(mail!.headers!['List-Unsubscribe']!)![1]!

  expect((await fetch(address)).status, 'a program that opens links changes nothing').toBe(404)
  await again()
  expect(await mailed()).toHaveLength(2)
  const answer = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' })
  expect(await answer.json()).toEqual({ success: true, topics: ['minutes'] })
  await again()
  expect(await mailed()).toHaveLength(2)
  await notify('payment_disputed')
  expect((await mailed()).at(-1)?.subject).toBe('A payment of $30.00 is disputed')
})

test('a storm is one mail', async () => {
  await stack.db.sql`select private.tell_event(${account.accountId}, 'payment_failed', n::text, null, null, null, '{"amount_cents": 100, "currency": "usd"}') from generate_series(1, 300) n`
  const mails = await mailed()
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toMatch(/^300 notifications of/)
})

test('a link that is not ours is refused alike', async () => {
  const id = account.accountId
  for (const token of ['', 'x', `${id}.${account.userId}.minutes.${'0'.repeat(64)}`, `${id}.${id}.minutes.${'a'.repeat(64)}`]) {
    const answer = await unsubscribe(token)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ success: false, error: { code: 'not_found' } })
  }
})
