/** The list of campaigns: searched, filtered, sorted, paged, counted. Who sees it at all is asked in campaigns.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { createAssistant, createCampaign, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'

interface Row { id: string, name: string, status: string, calls_count: number, answered_count: number, budget_seconds: number | null, active_at: string }
interface Page { rows: Row[], total_count: number, status_counts: Record<string, number> }

describe('the list of campaigns', () => {
  let db: TestDatabase
  let account: TestAccount
  let carlId: string
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    ids.running = (await startedCampaign(account, { contacts: 2, content: { name: 'Apples', budget_seconds: 600 } })).campaignId
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    ids.stopped = (await startedCampaign(account, { content: { name: 'pears 100%' } })).campaignId
    await account.owner.rpc('stop_campaign', { campaign_id: ids.stopped })
    carlId = await createAssistant(account, { name: 'Carl' })
    for (const name of ['Zebra', 'berries']) ids[name] = (await createCampaign(account, { contacts: 0, content: { name, category: name === 'Zebra' ? 'Renewals Q3' : '', assistant_id: carlId } })).campaignId
    ids.archived = (await startedCampaign(account, { content: { name: 'Old apples' } })).campaignId
    for (const verb of ['stop', 'archive']) await account.owner.rpc(`${verb}_campaign`, { campaign_id: ids.archived })
    await createCampaign(await openAccount(db), { content: { name: 'Apples of others' } })
  })
  afterAll(() => db.drop())
  const list = (filter: object = {}, more: object = {}) => account.owner.rpc<Page>('list_campaigns', { filter: { account_id: account.accountId, ...filter }, ...more })
  const names = async (filter: object = {}, more: object = {}) => (await list(filter, more)).rows.map(({ name }) => name)

  test('is the newest first, without what was archived', async () => {
    expect(await names()).toEqual(['berries', 'Zebra', 'pears 100%', 'Apples'])
    expect(await names({ status: 'archived' })).toEqual(['Old apples'])
  })

  test('finds words of names, categories and assistants, however they are written, and takes them literally', async () => {
    expect(await names({ text: 'APP' })).toEqual(['Apples'])
    expect(await names({ text: 'zeb carl' })).toEqual(['Zebra'])
    expect((await list({ text: 'q3 renew' })).rows).toMatchObject([{ name: 'Zebra', category: 'Renewals Q3' }])
    expect(await names({ text: '0%' })).toEqual(['pears 100%'])
    expect(await names({ text: '_' })).toEqual([])
  })

  test('shows one status or one assistant, and counts each status that the search leaves', async () => {
    expect(await names({ status: 'stopped' })).toEqual(['pears 100%'])
    expect(await names({ assistant_id: carlId })).toEqual(['berries', 'Zebra'])
    expect(await list({ status: 'active' })).toMatchObject({ total_count: 1, status_counts: { active: 1, stopped: 1, draft: 2, archived: 1 } })
    expect((await list({ text: 'apples' })).status_counts).toEqual({ active: 1, archived: 1 })
  })

  test.each([
    ['name', ['Apples', 'berries', 'pears 100%', 'Zebra']], ['status', ['Apples', 'berries', 'Zebra', 'pears 100%']],
    ['created', ['Apples', 'pears 100%', 'Zebra', 'berries']], ['progress', ['berries', 'Zebra', 'Apples', 'pears 100%']],
  ])('sorts by %s, both ways', async (sort, sorted) => {
    expect(await names({ sort, is_ascending: true })).toEqual(sorted)
    const backwards = await names({ sort, is_ascending: false })
    expect(backwards[0]).toBe(sort === 'progress' || sort === 'name' || sort === 'created' ? sorted.at(-1) : 'pears 100%')
    expect([...backwards].sort()).toEqual([...sorted].sort())
  })

  test('sorts by what happened last, and a call is something', async () => {
    await db.sql`update engine.campaigns set sent_at = private.now() + interval '1 hour', changed_at = null where campaign_id = ${ids.running!}`
    expect((await names({ sort: 'activity' }))[0]).toBe('Apples')
  })

  test('comes in pages that hold everybody once, and is empty behind the last', async () => {
    const pages = [await names({}, { page: 1, page_size: 3 }), await names({}, { page: 2, page_size: 3 }), await names({}, { page: 3, page_size: 3 })]
    expect(pages).toEqual([['berries', 'Zebra', 'pears 100%'], ['Apples'], []])
    expect(await names({}, { page: -4, page_size: 1 })).toEqual(['berries'])
  })

  test('tells calls, answers and the budget of each', async () => {
    const [row] = (await list({ status: 'active' })).rows
    expect(row).toMatchObject({ calls_count: 1, answered_count: 1, budget_seconds: 600 })
  })

  test('names the newest for a field, with their states', async () => {
    expect(await account.owner.rpc('list_campaign_names', { account_id: account.accountId })).toMatchObject([{ name: 'Old apples', status: 'archived' }, { name: 'berries' }, {}, {}, {}])
  })

  test('is of one account, also for whoever belongs to two', async () => {
    const other = await openAccount(db)
    await db.sql`insert into public.members (account_id, user_id, role) values (${other.accountId}, ${account.userId}, 'owner')`
    await createCampaign(other, { contacts: 0, content: { name: 'Elsewhere' } })
    expect(await names({ text: 'elsewhere' })).toEqual([])
    expect(await account.owner.rpc('list_campaign_names', { account_id: other.accountId })).toMatchObject([{ name: 'Elsewhere' }])
  })

  test('is shown to an agent as far as they are assigned', async () => {
    const agent = await addMember(db, account, 'agent')
    await db.sql`insert into public.campaign_members (account_id, campaign_id, user_id) values (${account.accountId}, ${ids.stopped!}, ${agent.userId})`
    expect(await agent.actor.rpc('list_campaigns', { filter: { account_id: account.accountId } })).toMatchObject({ rows: [{ name: 'pears 100%' }], total_count: 1, status_counts: { stopped: 1 } })
    expect((await errorOf((await openAccount(db)).owner.rpc('list_campaigns', { filter: { account_id: account.accountId } }))).code).toBe('not_found')
  })
})
