/** The first page: today beside yesterday, of the campaigns that the person sees, and prices for whoever reads bills. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface Counted { calls_count: number, answered_count: number, positive_count: number, billed_seconds: number, price_micros: number | null }
interface Dashboard {
  today: Counted
  yesterday: Counted
  currency: string | null
}

describe('the dashboard', () => {
  let db: TestDatabase
  let account: TestAccount
  let agent: Actor
  const dashboard = (who: Actor) => who.rpc<Dashboard>('dashboard', { account_id: account.accountId })

  async function call(outcome: 'answered' | 'no_answer') {
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, outcome === 'answered' ? 61 : 0, { outcome, structured: { disposition: 'interested' } }))
    await processEvents(db)
  }

  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    const member = await addMember(db, account, 'agent')
    agent = member.actor
    const first = await startedCampaign(account, { contacts: 1 })
    await call('answered')
    await db.shiftClock('1 day')
    await startedCampaign(account, { contacts: 2 })
    await call('answered')
    await call('no_answer')
    await account.owner.rpc('assign_to_campaign', { campaign_id: first.campaignId, user_id: member.userId, is_assigned: true })
  })
  afterAll(() => db.drop())

  test('adds up today and yesterday', async () => {
    const seen = await dashboard(account.owner)
    expect(seen.today).toMatchObject({ calls_count: 2, answered_count: 1, positive_count: 1, billed_seconds: 120 })
    expect(seen.yesterday).toMatchObject({ calls_count: 1, answered_count: 1 })
    expect(seen.currency).toBe('usd')
  })

  test('shows an agent the campaigns they work on and no price, and a stranger nothing', async () => {
    const seen = await dashboard(agent)
    expect(seen.yesterday).toMatchObject({ calls_count: 1, billed_seconds: 120, price_micros: null })
    expect(seen.today).toMatchObject({ calls_count: 0, price_micros: null })
    expect(seen.currency).toBeNull()
    expect((await errorOf(dashboard((await openAccount(db)).owner))).code).toBe('not_found')
  })
})
