/** Accounts, their people and their minutes, one rule at a time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createAssistant, createCampaign } from '../factories/campaign.ts'
import { openCheckout } from '../factories/order.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

describe('an account', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const balanceOf = async (userId: string, name: string) => {
    const person = db.asUser(userId)
    return (await person.rpc<{ balance_seconds: number }>('current_wallet', await person.rpc('open_account', { company_name: name }))).balance_seconds
  }

  test('takes a fact into its ledger once, answers whether it did, and logs it', async () => {
    const seen = await thrownAway(db, async (query) => {
      const post = async () => (await query<{ isNew: boolean }>(`select private.post_entry('${account.accountId}', 'purchase', 600, 'order:1') as "isNew"`))[0]?.isNew
      return { answers: [await post(), await post()], balance: await query(`select balance_seconds::int as seconds from engine.accounts where account_id = '${account.accountId}'`),
        log: await query(`select details from public.activity_log where account_id = '${account.accountId}' and verb = 'ledger.purchase'`) }
    })
    expect(seen).toEqual({ answers: [true, false], balance: [{ seconds: 1800 }], log: [{ details: { delta_seconds: 600, ref: 'order:1' } }] })
  })

  test('gets no minutes of an order before it is paid, whatever is settled', async () => {
    const order = await openCheckout(db, account)
    await db.sql`select private.settle_order(${order.order_id})`
    expect(await db.sql`select from public.ledger_entries where order_id = ${order.order_id}`).toEqual([])
  })

  test('brings its free minutes once to an address, whoever has it now', async () => {
    const [first, second] = [await db.newUser(), await db.newUser()]
    expect(await balanceOf(first.userId, 'One')).toBe(1200)
    await db.admin`update auth.users set email = 'moved@example.com' where id = ${first.userId}`
    await db.admin`update auth.users set email = ${first.email.toUpperCase()} where id = ${second.userId}`
    expect(await balanceOf(second.userId, 'Two')).toBe(0)
  })

  test('brings its free minutes once to a person, whatever their address is now', async () => {
    const { userId } = await db.newUser()
    expect(await balanceOf(userId, 'One')).toBe(1200)
    await db.admin`update auth.users set email = 'new-address@example.com' where id = ${userId}`
    expect(await balanceOf(userId, 'Two')).toBe(0)
  })

  test('is told to its own people alone', async () => {
    const other = await openAccount(db)
    expect((await other.owner.rpc<{ account_id: string }[]>('my_accounts')).map((row) => row.account_id)).toEqual([other.accountId])
  })

  test('asks whoever has no session to sign in', async () => {
    const answered = (check: string) => errorOf(thrownAway(db, (query) => query(`select private.${check}`)))
    expect((await answered(`require_permission('${account.accountId}', 'account.read')`)).code).toBe('unauthenticated')
    expect((await answered(`require_membership('${account.accountId}')`)).code).toBe('unauthenticated')
  })

  test('is waited for two seconds, not longer', async () => {
    expect(await thrownAway(db, async (query) => {
      await query(`select private.lock_account('${account.accountId}')`)
      return query('show lock_timeout')
    })).toEqual([{ lock_timeout: '2s' }])
  })

  test('keeps an assistant that a campaign calls with, and changes no archived one', async () => {
    const { assistantId, campaignId } = await createCampaign(account)
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    expect((await errorOf(account.owner.rpc('archive_assistant', { assistant_id: assistantId }))).code).toBe('conflict')
    const unused = await createAssistant(account)
    await account.owner.rpc('archive_assistant', { assistant_id: unused })
    const content = { name: 'Ava', voice_id: 'elliot', language: 'en', greeting: 'Hi', instructions: 'Be kind.', maximum_seconds: 60 }
    expect((await errorOf(account.owner.rpc('save_assistant', { account_id: account.accountId, assistant_id: unused, content }))).code).toBe('not_found')
  })

  test('answers a command that had to wait with the state that it found then', async () => {
    const { campaignId } = await createCampaign(account)
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    const [first, second] = [await db.session({ userId: account.userId }), await db.session({ userId: account.userId })]
    await first.begin()
    await first.rpc('pause_campaign', { campaign_id: campaignId })
    const waiting = errorOf(second.rpc('pause_campaign', { campaign_id: campaignId }))
    await db.untilSomebodyWaits()
    await first.commit()
    expect(await waiting).toMatchObject({ code: 'conflict', details: { status: 'paused' } })
    await Promise.all([first.close(), second.close()])
  })

  test('logs a change of its rules once when two make it at the same time, and leaves the closed days of campaigns alone', async () => {
    const { campaignId } = await createCampaign(account)
    await db.sql`insert into public.blackout_dates (account_id, campaign_id, day) values (${account.accountId}, ${campaignId}, '2030-01-01')`
    const rules = { account_id: account.accountId, content: { frequency_cap: 2, blackout_dates: [] } }
    const [first, second] = [await db.session({ userId: account.userId }), await db.session({ userId: account.userId })]
    await first.begin()
    await first.rpc('save_account_rules', rules)
    const waiting = second.rpc('save_account_rules', rules)
    await db.untilSomebodyWaits()
    await first.commit()
    await waiting
    await Promise.all([first.close(), second.close()])
    expect(await db.sql`select details from public.activity_log where account_id = ${account.accountId} and verb = 'account.rules_changed'`)
      .toEqual([{ details: { frequency_cap: { before: 3, after: 2 } } }])
    expect(await db.sql`select day::text from public.blackout_dates where campaign_id = ${campaignId}`).toEqual([{ day: '2030-01-01' }])
  })

  test('keeps its campaigns from whoever saves them under another account of theirs', async () => {
    const { campaignId } = await createCampaign(account)
    const other = await openAccount(db)
    await db.sql`insert into public.members (account_id, user_id, role) values (${other.accountId}, ${account.userId}, 'owner')`
    expect((await errorOf(account.owner.rpc('save_campaign', { account_id: other.accountId, campaign_id: campaignId, content: { name: 'Mine' } }))).code).toBe('not_found')
    const assistantId = await createAssistant(account)
    const content = { name: 'Ava', voice_id: 'elliot', language: 'en', greeting: 'Hi', instructions: 'Be kind.', maximum_seconds: 60 }
    expect((await errorOf(account.owner.rpc('save_assistant', { account_id: other.accountId, assistant_id: assistantId, content }))).code).toBe('not_found')
  })
})
