/** Money that goes back, and money that is disputed: the ledger follows the facts, in whatever order they come. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { factsOf, hotAccount, ledgerOf, openCheckout, orderRow, paidOrder, paymentEvents, type Order } from '../factories/order.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

let db: TestDatabase
let account: TestAccount
let order: Order
let facts: ReturnType<typeof factsOf>
beforeAll(async () => {
  db = await createDatabase()
})
beforeEach(async () => {
  account = await openAccount(db)
  order = await paidOrder(db, account)
  facts = factsOf(order)
})
afterAll(async () => {
  await expectInvariants(db)
  await db.drop()
})
const claws = async (who = account) => (await ledgerOf(db, who)).filter(([kind]) => kind === 'refund' || kind === 'dispute')
const row = () => orderRow(db, order.order_id)
const balance = async () => (await hotAccount(db, account)).balance_seconds
const open = async () => (await db.sql`select kind::text from public.notices where account_id = ${account.accountId} and resolved_at is null order by 1`).map(({ kind }) => kind as string)

describe('refunds', () => {
  test('a part of the money takes the same part of the seconds, rounded down, the rest of it the rest', async () => {
    await paymentEvents(db, facts.charge(1001), facts.refund('a', 1001), facts.charge(1001))
    expect(await claws()).toEqual([['refund', -1001]])
    expect(await row()).toMatchObject({ status: 'paid', refunded_cents: 1001 })
    await paymentEvents(db, facts.refund('b', 1999), facts.charge(3000), facts.refund('b', 1999))
    expect(await claws()).toEqual([['refund', -1001], ['refund', -1999]])
    expect(await balance()).toBe(1200)
    const refs = await db.sql`select ref, order_id, note from public.ledger_entries where account_id = ${account.accountId} and kind = 'refund' order by account_version`
    expect(refs).toEqual([1, 2].map((n) => ({ ref: `${order.order_id}:refund:${n}`, order_id: order.order_id, note: '50 minutes' })))
  })

  test('rounds down where cents and seconds do not divide', async () => {
    const odd = await paidOrder(db, account, { pack_id: 'minutes_100' })
    await paymentEvents(db, factsOf(odd).refund('a', 333))
    expect((await claws()).at(-1)).toEqual(['refund', -399])
    await paymentEvents(db, factsOf(odd).charge(5000))
    expect((await claws()).at(-1)).toEqual(['refund', -5601])
  })

  test('the running sum alone is enough, an older one changes nothing', async () => {
    await paymentEvents(db, facts.charge(2000), facts.charge(500), facts.charge(0))
    expect(await claws()).toEqual([['refund', -2000]])
  })

  test.each([
    ['failed', ['pending', 'succeeded', 'failed']],
    ['failed, heard of first', ['failed', 'succeeded', 'pending']],
    ['canceled', ['requires_action', 'canceled']],
  ])('a refund that %s gives the seconds back', async (_what, states) => {
    for (const state of states) await paymentEvents(db, facts.refund('a', 1000, state))
    await paymentEvents(db, facts.charge(1000))
    expect(await balance()).toBe(4200)
    expect(await row()).toMatchObject({ refunded_cents: 0 })
    await paymentEvents(db, facts.refund('b', 3000), facts.charge(3000))
    expect(await balance(), 'and another one goes its own way').toBe(1200)
    expect(await row()).toMatchObject({ refunded_cents: 3000 })
  })

  test('takes the bonus with the seconds', async () => {
    await db.sql`update public.packs set bonus_percent = 10 where id = 'minutes_50'`
    const generous = await paidOrder(db, account)
    await db.sql`update public.packs set bonus_percent = 0 where id = 'minutes_50'`
    expect((await ledgerOf(db, account)).at(-1)).toEqual(['purchase', 3300])
    await paymentEvents(db, factsOf(generous).refund('a', 1500))
    expect((await claws()).at(-1)).toEqual(['refund', -1650])
    await paymentEvents(db, factsOf(generous).charge(3000))
    expect((await claws()).at(-1)).toEqual(['refund', -1650])
  })

  test('before the payment is known, it is posted after it', async () => {
    const late = await openCheckout(db, account)
    await paymentEvents(db, { ...factsOf(late).charge(3000), order_id: late.order_id }, factsOf(late).refund('a', 3000))
    expect(await claws()).toEqual([])
    expect(await orderRow(db, late.order_id)).toMatchObject({ status: 'open', refunded_cents: 0 })
    await paymentEvents(db, factsOf(late).paid())
    expect((await ledgerOf(db, account)).slice(-2)).toEqual([['purchase', 3000], ['refund', -3000]])
  })

  test('may take the balance below zero, where dialling waits and people hear of it, once', async () => {
    await db.sql`select private.post_entry(${account.accountId}, 'expire', -4000, ${`used:${account.accountId}`})`
    await paymentEvents(db, facts.charge(3000))
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: -2800, value_micros: 0 })
    expect(await open()).toEqual(['balance_below_zero'])
    await paymentEvents(db, facts.charge(3000))
    expect(await open()).toEqual(['balance_below_zero'])
    await paidOrder(db, account)
    expect(await hotAccount(db, account), 'a purchase pays what is owed first: what is left is worth its part').toMatchObject({ balance_seconds: 200, value_micros: 2_000_000 })
    expect(await open()).toEqual([])
  })

  test('what returns brings the value it took, to the micro', async () => {
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 4200, value_micros: 30_000_000 })
    await paymentEvents(db, facts.refund('a', 1000))
    expect(await hotAccount(db, account)).toMatchObject({ value_micros: 30_000_000 - Math.floor(30_000_000 * 1000 / 4200) })
    await paymentEvents(db, facts.refund('a', 1000, 'failed'))
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 4200, value_micros: 30_000_000 })
  })
})

describe('disputes', () => {
  const notices = (change: string, status?: string) => paymentEvents(db, facts.dispute(change, status))

  test('an inquiry moves nothing', async () => {
    await notices('created', 'warning_needs_response')
    await notices('closed', 'warning_closed')
    expect(await claws()).toEqual([])
    expect(await row()).toMatchObject({ disputed_cents: 0 })
  })

  test('withdrawn money takes the seconds, reinstated money gives them back', async () => {
    await notices('created')
    expect(await claws(), 'nothing has moved yet').toEqual([])
    await notices('funds_withdrawn')
    await notices('funds_withdrawn')
    expect(await claws()).toEqual([['dispute', -3000]])
    expect(await row()).toMatchObject({ status: 'paid', disputed_cents: 3000 })
    expect(await open()).toContain('payment_disputed')
    await notices('closed', 'won')
    await notices('funds_reinstated', 'won')
    expect(await claws()).toEqual([['dispute', -3000], ['dispute', 3000]])
    expect(await hotAccount(db, account)).toMatchObject({ balance_seconds: 4200, value_micros: 30_000_000 })
    expect(await open()).not.toContain('payment_disputed')
  })

  test('heard of backwards, a won dispute moves nothing', async () => {
    await notices('funds_reinstated', 'won')
    await notices('funds_withdrawn')
    await notices('created')
    expect(await claws()).toEqual([])
    expect(await balance()).toBe(4200)
  })

  test('a lost one keeps what it took', async () => {
    await notices('funds_withdrawn')
    await notices('closed', 'lost')
    expect(await claws()).toEqual([['dispute', -3000]])
    expect(await open()).toContain('payment_disputed')
  })

  test('together with refunds they never take more than the order brought', async () => {
    await notices('funds_withdrawn')
    await paymentEvents(db, facts.charge(1000))
    expect(await claws(), 'what returns comes first').toEqual([['dispute', -3000], ['dispute', 1000], ['refund', -1000]])
    await paymentEvents(db, facts.charge(3000))
    await notices('funds_reinstated', 'won')
    expect(await balance()).toBe(1200)
    expect((await claws()).reduce((sum, [, seconds]) => sum + seconds, 0)).toBe(-3000)
  })

  test('one order\'s dispute leaves another order alone', async () => {
    const other = await paidOrder(db, account)
    await notices('funds_withdrawn')
    expect(await orderRow(db, other.order_id)).toMatchObject({ disputed_cents: 0 })
    expect(await balance()).toBe(4200)
  })
})

test('what was disputed is told to those who may read bills, that minutes run out to everybody', async () => {
  const { actor: viewer } = await addMember(db, account, 'viewer')
  await paymentEvents(db, facts.dispute('created'))
  await db.sql`select private.post_entry(${account.accountId}, 'expire', -4000, ${`used:${account.accountId}`})`
  const kinds = async (who = account.owner) => (await who.rpc<{ kind: string }[]>('list_notices', { account_id: account.accountId })).map(({ kind }) => kind).sort()
  expect(await kinds()).toEqual(['low_balance', 'payment_disputed'])
  expect(await kinds(viewer)).toEqual(['low_balance'])
  expect(await viewer.query(`select kind from public.notices where account_id = '${account.accountId}'`)).toEqual([{ kind: 'low_balance' }])
})

test('none of all these stumbled', async () => {
  expect(await db.sql`select type, error from engine.payment_events where tries > 0`).toEqual([])
})
