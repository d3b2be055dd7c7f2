/** The log of an account as its page reads it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createContact, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface Line { id: number, verb: string, actor_name: string | null, actor_kind: string, subject_name: string | null }
interface Page { rows: Line[], next_cursor: { id: number } | null }

describe('the activity of an account', () => {
  let db: TestDatabase
  let account: TestAccount
  let adminId: string
  let admin: Actor
  let campaignId: string
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    ;({ userId: adminId, actor: admin } = await addMember(db, account, 'admin'))
    await db.sql`insert into public.profiles (id, name, email) values (${adminId}, 'Bo Test', 'bo@example.com')`
    ;({ campaignId } = await startedCampaign(account, { contacts: 1 }))
    await admin.rpc('save_tag', { account_id: account.accountId, tag_id: null, name: 'Warm' })
    await createContact(account, { name: 'Grace Hopper', phone: '+12025550111' })
  })
  afterAll(() => db.drop())
  const search = (filter: object = {}, cursor: unknown = null, page_size = 20, who: Actor = account.owner) =>
    who.rpc<Page>('search_activity', { filter: { ...filter, account_id: account.accountId }, cursor, page_size })
  const verbs = async (filter: object) => (await search(filter, null, 100)).rows.map(({ verb }) => verb)

  test('comes in pages, the newest first, each line once', async () => {
    const all = (await search({}, null, 1000)).rows
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => b - a))
    const paged: Line[] = []
    for (let cursor: Page['next_cursor'] = null, page; ; cursor = page.next_cursor) {
      page = await search({}, cursor, 3)
      paged.push(...page.rows)
      if (!page.next_cursor) break
    }
    expect(paged).toEqual(all)
  })

  test('is found by who, by what it is about, by its ids', async () => {
    expect(await verbs({ actor_id: adminId })).toEqual(['tag.created'])
    expect(await verbs({ subject_types: ['tag'] })).toEqual(['tag.created'])
    expect(await verbs({ verbs: ['campaign.started'] })).toEqual(['campaign.started'])
    expect(await verbs({ text: campaignId })).toEqual(['campaign.started', 'campaign.created'])
    expect((await search({ actor_kind: 'platform' }, null, 100)).rows.every(({ actor_kind }) => actor_kind === 'platform')).toBe(true)
    expect(await verbs({ text: '203.0.113.1' })).toEqual([])
  })

  test('is of the days of the account\'s own calendar', async () => {
    const [day] = await db.sql`select (private.now() at time zone 'America/New_York')::date::text as today, ((private.now() at time zone 'America/New_York')::date + 1)::text as tomorrow`
    expect((await verbs({ from_day: day!.today, until_day: day!.today })).length).toBeGreaterThan(5)
    expect(await verbs({ from_day: day!.tomorrow })).toEqual([])
    expect((await errorOf(search({ from_day: '2026-02-31' }))).code).toBe('invalid_input')
  })

  test('refuses a filter that nobody knows, instead of showing all', async () => {
    expect((await errorOf(search({ actr_id: adminId }))).code).toBe('invalid_input')
  })

  test('names people and things as its reader may see them', async () => {
    const contact = async () => (await search({ verbs: ['contact.created'] })).rows[0]
    expect(await contact()).toMatchObject({ subject_name: 'Grace Hopper', actor_name: 'Ada Test' })
    await db.sql`delete from public.role_permissions where role = 'admin' and permission = 'contacts.read_personal'`
    expect((await search({ verbs: ['contact.created'] }, null, 20, admin)).rows[0]?.subject_name).toBe('G•••')
  })

  test('keeps what speaks of money from whoever reads no bills', async () => {
    await account.owner.rpc('create_order', { account_id: account.accountId, request_id: '00000000-0000-4000-8000-000000000001', pack_id: 'minutes_50' })
    expect((await search({}, null, 100, admin)).rows.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['order.created', 'ledger.grant']))
    await db.sql`delete from public.role_permissions where role = 'admin' and permission = 'billing.read'`
    expect((await search({}, null, 100, admin)).rows.filter(({ verb }) => /^(order|ledger)/.test(verb))).toEqual([])
  })

  test('keeps the names of who left', async () => {
    await admin.rpc('leave_account', { account_id: account.accountId })
    expect((await search({ actor_id: adminId })).rows.map(({ verb, actor_name }) => [verb, actor_name])).toEqual([['member.left', 'Bo Test'], ['tag.created', 'Bo Test']])
  })
})
