/** A saved card that is charged when minutes run low, by SQL, run-outbox, the SDK and the simulated provider together. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { expectInvariants } from '../support/invariants.ts'
import { createShop, PAYS, type OrderRow, type Shop } from '../support/shop.ts'
import { createStack, type TestStack } from '../support/stack.ts'

let stack: TestStack
let shop: Shop
let account: TestAccount

beforeAll(async () => {
  stack = await createStack()
  shop = createShop(stack)
})
afterAll(async () => {
  await stack.tick()
  await stack.stop()
})
/** An account with a card; its 20 free minutes are below the threshold as soon as the top-up is on. */
beforeEach(async () => {
  stack.payments.clearFaults()
  stack.mails.length = 0
  account = await openAccount(stack.db)
  // A bookkeeper's: people of the account hear of it by their notices, after a minute.
  await account.owner.rpc('save_billing_details', { account_id: account.accountId, details: { email: 'books@example.com' } })
  const { session } = await shop.open(account, { pack_id: 'minutes_50', saves_card: true })
  stack.payments.pay(session, { number: PAYS })
  await shop.heard()
  await stack.tickUntil(async () => (await shop.cards(account)).length === 1, 'the card')
  const [card] = await shop.cards(account)
  await account.owner.rpc('set_default_payment_method', { payment_method_id: card!.id })
})

const switchOn = () => account.owner.rpc('save_auto_top_up', {
  account_id: account.accountId, settings: { is_on: true, threshold_seconds: 10_000, pack_id: 'minutes_500', monthly_limit_cents: 100_000 },
})
const topUps = async () => [...await stack.db.sql<OrderRow[]>`select * from public.orders where account_id = ${account.accountId} and kind = 'auto_top_up' order by created_at`]
/** The text of a mail with that subject, once it is there. */
const mail = async (subject: string) => {
  const found = () => stack.mails.find((one) => one.subject === subject)
  await stack.tickUntil(() => Promise.resolve(found() !== undefined), `the mail "${subject}"`)
  return found()?.text
}
const ended = () => stack.tickUntil(async () => (await topUps()).some(({ status }) => status !== 'open'), 'the charge')

/** Each test buys, saves a card and tops up, and waits for every step of it. */
describe('an automatic top-up', () => {
  test('is charged and credited once', async () => {
    const before = await shop.balance(account)
    await switchOn()
    await ended()
    await shop.heard()
    expect((await topUps()).map(({ status }) => status)).toEqual(['paid'])
    expect(await shop.balance(account)).toBe(before + 30_000)
    expect(stack.payments.violations()).toEqual([])
    await expectInvariants(stack.db)
  })

  test.each(['drop_after_accept', 'error_after_accept', 'key_in_use', 'rate_429'])('survives %s with one charge', async (fault) => {
    const before = await shop.balance(account)
    stack.payments.fault(fault)
    await switchOn()
    await stack.tickUntil(async () => {
      await stack.db.shiftClock('20 seconds')
      return (await topUps()).some(({ status }) => status === 'paid')
    }, 'the charge')
    expect(await topUps()).toHaveLength(1)
    expect(await shop.balance(account)).toBe(before + 30_000)
    expect(stack.payments.violations()).toEqual([])
  })

  test('that the bank declines credits nothing, says why, and waits', async () => {
    stack.payments.fault('insufficient_funds')
    await switchOn()
    await ended()
    expect((await topUps())[0]).toMatchObject({ status: 'failed', failure_code: 'insufficient_funds' })
    expect(await mail('The top-up of $200.00 failed')).toContain('there was not enough money on the card')
    await stack.tick()
    expect(await topUps()).toHaveLength(1)
  })

  test('that the bank wants confirmed sends its owner a link', async () => {
    stack.payments.fault('owner_required')
    await switchOn()
    await ended()
    const [order] = await topUps()
    expect(order).toMatchObject({ status: 'failed', failure_code: 'authentication_required' })
    expect(await mail('Please confirm the top-up of $200.00')).toContain(`${stack.url}/billing?pay=${order!.id}`)
  })
})
