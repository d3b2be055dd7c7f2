/** What the command menu finds: by words and numbers, for each role what its lists show, whatever somebody types. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createAssistant, createCampaign, createContact } from '../factories/campaign.ts'
import { errorOf, createDatabase, type Actor, type TestDatabase } from '../support/database.ts'

interface Thing { kind: string, id: string, title: string, detail: string | null, status: string | null, is_archived: boolean }

describe('the search of everything', () => {
  let db: TestDatabase
  let account: TestAccount
  let campaignId: string
  let contactId: string
  let assistantId: string
  const people = {} as Record<'viewer' | 'agent' | 'assigned', Actor>
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    assistantId = await createAssistant(account, { name: 'Spring voice' })
    contactId = await createContact(account, { name: 'Grace Springfield', phone: '+4930901820', company: 'Navy', time_zone: 'Europe/Berlin' })
    campaignId = (await createCampaign(account, { contacts: 0, content: { name: 'Spring 10-2026 100%' } })).campaignId
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: [contactId] })
    const assigned = await addMember(db, account, 'agent')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId}, ${assigned.userId}, ${account.accountId})`
    Object.assign(people, { viewer: (await addMember(db, account, 'viewer')).actor, agent: (await addMember(db, account, 'agent')).actor, assigned: assigned.actor })
  })
  afterAll(() => db.drop())

  const find = (text: string, actor: Actor = account.owner) => actor.rpc<Thing[]>('search_everything', { account_id: account.accountId, text })
  const titles = async (text: string, actor?: Actor) => (await find(text, actor)).map(({ title }) => title)

  test('finds campaigns, contacts and assistants by a part of their names', async () => {
    expect(await find('sprin')).toEqual([
      { kind: 'campaign', id: campaignId, title: 'Spring 10-2026 100%', detail: null, status: 'draft', is_archived: false },
      { kind: 'contact', id: contactId, title: 'Grace Springfield', detail: '+4930901820 · Navy', status: null, is_archived: false },
      { kind: 'assistant', id: assistantId, title: 'Spring voice', detail: null, status: null, is_archived: false },
    ])
    expect(await titles('grace SPRING')).toEqual(['Grace Springfield'])
    expect(await titles('spring 10-2026')).toEqual(['Spring 10-2026 100%'])
  })

  test.each(['+49 30 901820', '0049 (0)30/90 18-20', '901820', '030 901820'])('finds a contact by its number, written %s', async (number) => {
    expect(await titles(number)).toEqual(['Grace Springfield'])
  })

  test('shows each role what its lists show, masked for who may not see personal values', async () => {
    expect(await titles('spring', people.viewer), 'a name is not searched where it is masked').toEqual(['Spring 10-2026 100%', 'Spring voice'])
    expect(await find('navy', people.viewer)).toMatchObject([{ title: 'G•••', detail: '+49•••20 · Navy' }])
    expect(await titles('grace', people.viewer)).toEqual([])
    expect(await titles('901820', people.viewer)).toEqual([])
    expect(await titles('spring', people.agent)).toEqual(['Spring voice'])
    expect(await titles('spring', people.assigned)).toEqual(['Spring 10-2026 100%', 'Grace Springfield', 'Spring voice'])
    const stranger = (await openAccount(db)).owner
    expect((await errorOf(find('spring', stranger))).code).toBe('not_found')
    expect((await errorOf(stranger.rpc('search_everything', { account_id: account.accountId, thing_ids: [contactId] }))).code).toBe('not_found')
  })

  test('finds again what was opened before, as far as the person may still see it', async () => {
    const again = async (actor: Actor, ids: string[]) => (await actor.rpc<Thing[]>('search_everything', { account_id: account.accountId, thing_ids: ids })).map(({ id }) => id)
    const foreign = await openAccount(db)
    const foreignId = await createContact(foreign, { phone: '+12025559977' })
    const { campaignId: foreignCampaignId } = await createCampaign(foreign, { contacts: 0 })
    // Of whoever owns both accounts, either shows its own.
    await db.sql`insert into public.members (account_id, user_id, role) values (${foreign.accountId}, ${account.userId}, 'owner')`
    expect(await again(account.owner, [assistantId, contactId, campaignId, foreignId, foreignCampaignId])).toEqual([campaignId, contactId, assistantId])
    expect(await again(people.agent, [assistantId, contactId, campaignId])).toEqual([assistantId])
  })

  test('marks what was put away and shows it last', async () => {
    const [first, second] = [await createAssistant(account, { name: 'Winter' }), await createAssistant(account, { name: 'Winter too' })]
    await account.owner.rpc('archive_assistant', { assistant_id: second })
    expect((await find('winter')).map(({ id, is_archived }) => [id, is_archived])).toEqual([[first, false], [second, true]])
  })

  test.each(['%', '_', '\\', `'; drop table public.contacts; --`, '%%%%', '(((', 'a'.repeat(5000), '   ', '\u0000'.slice(1), '🦊', '{}[]$1', '100%'])('takes %j for what it says', async (text) => {
    const found = await titles(text)
    expect(found.filter((title) => !title.includes('100%'))).toEqual([])
    expect((await db.sql`select count(*)::int as n from public.contacts`)[0]?.n).toBeGreaterThan(0)
  })

  test('names at most six of a kind', async () => {
    for (let n = 0; n < 8; n++) await createCampaign(account, { contacts: 0, content: { name: `Many ${n}` } })
    expect(await find('many')).toHaveLength(6)
  })
})
