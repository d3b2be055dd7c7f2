/** The terms of use: who accepts them, what they hold up, and a draft that is emptied. Who may ask at all is in rights.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

describe('the terms of use', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await db.sql`delete from public.terms_acceptances`
  })
  afterAll(() => db.drop())
  const accept = (version: number, owner = account.owner) => owner.rpc<Record<string, unknown>>('accept_terms', { account_id: account.accountId, version })
  const read = () => account.owner.rpc<Record<string, unknown>>('current_terms', { account_id: account.accountId })

  test('are a text that nobody accepted yet', async () => {
    expect(await read()).toMatchObject({ version: 1, title: expect.any(String), accepted_at: null, accepted_by_name: null })
    expect(((await read()).sections as { heading: string, text: string }[]).every(({ heading, text }) => heading && text)).toBe(true)
  })

  test('hold up the start, now and at a time, until they are accepted', async () => {
    const { campaignId } = await createCampaign(account)
    const blocked = { code: 'not_launchable', details: [{ code: 'terms_not_accepted', details: { version: 1 } }] }
    expect(await errorOf(account.owner.rpc('start_campaign', { campaign_id: campaignId }))).toMatchObject(blocked)
    expect(await errorOf(account.owner.rpc('schedule_campaign', { campaign_id: campaignId, launch_at: '2040-01-01T09:00' })).catch(() => null)).toBeTruthy()
    await accept(1)
    expect(await account.owner.rpc('start_campaign', { campaign_id: campaignId })).toEqual({ status: 'active' })
  })

  test('are accepted once, on record with the person, whoever says it again', async () => {
    const admin = await addMember(db, account, 'admin')
    const first = await accept(1)
    expect(await accept(1, admin.actor)).toEqual(first)
    const logged = await db.sql`select actor_id, details from public.activity_log where verb = 'terms.accepted' and account_id = ${account.accountId} order by id desc limit 1`
    expect(logged).toEqual([{ actor_id: account.userId, details: { version: 1 } }])
  })

  test('are asked for again when there is a new version, and the old one is accepted no more', async () => {
    const { campaignId: running } = await startedCampaign(account)
    const { campaignId: draft } = await createCampaign(account)
    await db.sql`insert into public.terms (version, title, sections) values (2, 'New terms', '[]')`
    expect(await errorOf(accept(1))).toMatchObject({ code: 'conflict', details: { version: 2 } })
    expect(await account.owner.rpc('campaign_blockers', { campaign_id: draft })).toMatchObject([{ code: 'terms_not_accepted', details: { version: 2 } }])
    await account.owner.rpc('pause_campaign', { campaign_id: running })
    expect(await account.owner.rpc('resume_campaign', { campaign_id: running }), 'what runs goes on').toEqual({ status: 'active' })
    await accept(2)
    expect(await account.owner.rpc('campaign_blockers', { campaign_id: draft })).toEqual([])
  })

  test('of tomorrow hold nobody up today, and without any nobody is asked', async () => {
    const found = await thrownAway(db, async (query) => {
      await query(`insert into public.terms (version, title, sections, published_at) values (3, 'Later', '[]', private.now() + interval '1 day')`)
      const [later] = await query<{ is_fine: boolean }>(`select private.has_accepted_terms('${account.accountId}') as is_fine`)
      await query('delete from public.terms_acceptances; delete from public.terms')
      const [none] = await query<{ is_fine: boolean }>(`select private.has_accepted_terms('${account.accountId}') as is_fine`)
      return [later?.is_fine, none?.is_fine]
    })
    expect(found).toEqual([true, true])
  })

  test('are accepted by nobody who may not start campaigns, and are read by every member', async () => {
    for (const role of ['viewer', 'agent'] as const) {
      const { actor } = await addMember(db, account, role)
      expect((await errorOf(accept(2, actor))).code).toBe('forbidden')
      expect(await actor.rpc('current_terms', { account_id: account.accountId })).toMatchObject({ version: 2 })
    }
    expect((await errorOf(accept(2, (await openAccount(db)).owner))).code).toBe('not_found')
  })
})

describe('a draft', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())
  const blockers = (id: string) => account.owner.rpc<{ code: string }[]>('campaign_blockers', { campaign_id: id }).then((found) => found.map(({ code }) => code))
  const save = (id: string, content: object) => account.owner.rpc('save_campaign', { account_id: account.accountId, campaign_id: id, content })

  test('whose times never open says so, and one zone that opens is enough', async () => {
    const { campaignId } = await createCampaign(account, { contacts: 2, content: { windows: [{ weekday: 1, opens_at: '03:00', closes_at: '04:00' }] } })
    expect(await blockers(campaignId), 'nobody in the United States may be called at three in the night').toEqual(['window_never_open'])
    await save(campaignId, { windows: [{ weekday: 1, opens_at: '03:00', closes_at: '10:00' }] })
    expect(await blockers(campaignId)).toEqual([])
    await save(campaignId, { starts_at: '2040-01-02T00:00', ends_at: '2040-01-03T00:00' })
    expect(await blockers(campaignId), '2 January 2040 is a Monday').toEqual([])
    await save(campaignId, { starts_at: '2040-01-03T00:00', ends_at: '2040-01-04T00:00' })
    expect(await blockers(campaignId)).toEqual(['window_never_open'])
  })

  test('is emptied, and takes the same people in again', async () => {
    const { campaignId, contactIds } = await createCampaign(account, { contacts: 3 })
    expect(await account.owner.rpc('empty_campaign', { campaign_id: campaignId })).toEqual({ removed: 3, left: 0 })
    expect(await blockers(campaignId)).toEqual(['no_contacts'])
    expect(await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds })).toMatchObject({ enrolled: 3, already: 0 })
    const started = await startedCampaign(account)
    expect(await errorOf(account.owner.rpc('empty_campaign', { campaign_id: started.campaignId }))).toMatchObject({ code: 'conflict', details: { status: 'active' } })
  })

  test('shows those whom a reason keeps from being called', async () => {
    const { campaignId } = await createCampaign(account, { contacts: [{ consent: null }, { time_zone: null }, {}] })
    const reasons = async (reason?: string) => (await account.owner.rpc<{ rows: { reason: string | null }[] }>('list_enrolments', { campaign_id: campaignId, filter: { reason } })).rows.map((row) => row.reason)
    expect(await reasons('no_consent')).toEqual(['no_consent'])
    expect(await reasons('time_zone_unknown')).toEqual(['time_zone_unknown'])
    expect(await reasons('do_not_call')).toEqual([])
    expect(await reasons()).toHaveLength(3)
  })
})
