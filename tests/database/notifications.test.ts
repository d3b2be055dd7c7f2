/** Notices as people meet them: told once for each cause, to whom they concern, read by each person for themselves. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Row { id: string, kind: string, is_read: boolean }

describe('what an account tells its people', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  const page = (filter = {}, actor: Actor = account.owner, more = {}) =>
    actor.rpc<{ rows: Row[], next_cursor: unknown }>('list_notifications', { account_id: account.accountId, filter, ...more })
  const told = async (filter = {}, actor: Actor = account.owner) => (await page(filter, actor)).rows
  const kinds = async (actor: Actor, filter = {}) => (await told(filter, actor)).map(({ kind }) => kind)
  const unread = async (actor: Actor = account.owner) => (await actor.rpc<{ unread_count: number }>('count_unread', { account_id: account.accountId })).unread_count
  const read = (which: object, actor: Actor = account.owner) => actor.rpc('read_notifications', { account_id: account.accountId, ...which })
  const notify = (kind: string, campaignId: string | null = null) => db.sql`select private.notify(${account.accountId}, ${campaignId}, ${kind}::text::public.notice_kind)`
  const tellEvent = (kind: string, cause: string) => db.sql`select private.tell_event(${account.accountId}, ${kind}::text::public.notice_kind, ${cause}, null, null, null, '{}') as id`
  const accountMessages = () => db.admin`select payload ->> 'noticed_at' as noticed_at from realtime.messages where topic = ${`account:${account.accountId}`} and event = 'account_changed' order by inserted_at`

  async function completeCampaign() {
    const { campaignId } = await startedCampaign(account, { contacts: 1 })
    const { providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId))
    await processEvents(db)
    return campaignId
  }

  async function bringIn(end: 'finish_import' | 'fail_import', actor = account.owner) {
    const { import_id } = await actor.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'people.csv', default_time_zone: 'UTC' })
    await actor.rpc('import_contacts', { import_id, chunk: 0, rows: [{ row: 1, name: 'Al', phone: '+12025559901' }, { row: 2, name: 'Bo', phone: 'x' }] })
    const args = end === 'fail_import' ? { import_id, reason: 'given_up' } : { import_id }
    await actor.rpc(end, args)
    await actor.rpc(end, args)
    return import_id
  }

  test('tells that a campaign completed, with how many people were reached, in the transaction that completes it', async () => {
    const campaignId = await completeCampaign()
    expect(await told()).toMatchObject([{ kind: 'completed', campaign_id: campaignId, campaign_name: 'Spring', details: { reached: 1, not_reached: 0 }, is_read: false, is_over: false }])
    expect(await account.owner.rpc('list_notices', { account_id: account.accountId })).toEqual([])
    await db.sql`select private.complete_finished_campaigns(array[${campaignId}::uuid])`
    expect(await told()).toHaveLength(1)
  })

  test.each([['finish_import', 'import_completed'], ['fail_import', 'import_failed']] as const)('%s tells how a file went in to whoever brought it, and to nobody else', async (end, kind) => {
    const admin = await addMember(db, account, 'admin')
    const importId = await bringIn(end, admin.actor)
    expect(await told({}, admin.actor)).toMatchObject([{ kind, import_id: importId, file_name: 'people.csv', details: { created: 1, updated: 0, refused: 1 } }])
    expect(await told()).toEqual([])
    expect(await account.owner.query('select from public.notices')).toEqual([])
    await db.sql`delete from public.members where user_id = ${admin.userId}`
    expect((await errorOf(told({}, admin.actor))).code).toBe('not_found')
    expect(await admin.actor.query('select from public.notices')).toEqual([])
  })

  test('tells nobody of a file whose bringer has left', async () => {
    const admin = await addMember(db, account, 'admin')
    const { import_id } = await admin.actor.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv' })
    await db.sql`delete from public.members where user_id = ${admin.userId}`
    await account.owner.rpc('finish_import', { import_id })
    expect(await db.sql`select from public.notices`).toEqual([])
  })

  test('tells an event once for each cause, also when two workers tell it at the same time', async () => {
    const [first] = await tellEvent('payment_failed', 'order 1')
    expect(first?.id).not.toBeNull()
    expect((await Promise.all([tellEvent('payment_failed', 'order 1'), tellEvent('payment_failed', 'order 1')])).flat().map(({ id }) => id as unknown)).toEqual([null, null])
    await tellEvent('payment_failed', 'order 2')
    expect(await kinds(account.owner)).toEqual(['payment_failed', 'payment_failed'])
  })

  test('an alert whose cause is gone stays in the list, marked, and comes anew with the next cause', async () => {
    await notify('low_balance')
    await notify('low_balance')
    await db.sql`select private.resolve_notices(${account.accountId}, null, '{low_balance}')`
    expect(await told()).toMatchObject([{ kind: 'low_balance', is_over: true }])
    await notify('low_balance')
    expect(await told()).toMatchObject([{ is_over: false }, { is_over: true }])
  })

  describe('who hears', () => {
    const everybody = async () => {
      const add = (role: 'admin' | 'viewer' | 'agent') => addMember(db, account, role)
      const assigned = await add('agent')
      return { owner: account.owner, admin: (await add('admin')).actor, viewer: (await add('viewer')).actor, agent: (await add('agent')).actor,
        assigned: assigned.actor, outsider: (await openAccount(db)).owner, assignedId: assigned.userId }
    }

    test.each([
      ['budget', true, ['owner', 'admin', 'viewer', 'assigned']],
      ['completed', true, ['owner', 'admin', 'viewer', 'assigned']],
      ['no_minutes', false, ['owner', 'admin', 'viewer']],
      ['low_balance', false, ['owner', 'admin', 'viewer']],
      ['auto_top_up_failed', false, ['owner', 'admin']],
      ['payment_disputed', false, ['owner', 'admin']],
      ['payment_failed', false, ['owner', 'admin']],
      ['deletions_failed', false, ['owner', 'admin']],
      ['provider_refused', false, ['owner', 'admin']],
    ])('of %s', async (kind, isOfCampaign, hearers) => {
      const { campaignId } = await startedCampaign(account)
      const { assignedId, ...people } = await everybody()
      await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId}, ${assignedId}, ${account.accountId})`
      await notify(kind, isOfCampaign ? campaignId : null)
      const heard: string[] = []
      const seen: string[] = []
      const alerted: string[] = []
      for (const [name, actor] of Object.entries(people)) {
        if (name !== 'outsider' && (await kinds(actor)).length > 0 && await unread(actor) === 1) heard.push(name)
        if ((await actor.query('select from public.notices')).length > 0) seen.push(name)
        if (name !== 'outsider' && (await actor.rpc<Row[]>('list_notices', { account_id: account.accountId })).length > 0) alerted.push(name)
      }
      expect(heard).toEqual(hearers)
      expect(seen).toEqual(hearers)
      expect(alerted).toEqual(hearers)
    })

    test('a stranger and a visitor are told that there is no such account, and read nothing', async () => {
      const { outsider } = await everybody()
      await notify('low_balance')
      for (const ask of [() => told({}, outsider), () => unread(outsider), () => read({}, outsider)]) expect((await errorOf(ask())).code).toBe('not_found')
      expect((await errorOf(told({}, db.asAnon()))).code).toBe('42501')
      expect(await db.sql`select from public.notice_reads`).toEqual([])
    })
  })

  describe('reading', () => {
    test('is each person\'s own, one by one or all at once, and again changes nothing', async () => {
      const admin = await addMember(db, account, 'admin')
      for (const kind of ['low_balance', 'no_minutes', 'payment_failed']) await notify(kind)
      const [newest, , oldest] = await told()
      await read({ notice_ids: [oldest?.id] })
      await read({ notice_ids: [oldest?.id] })
      expect(await unread()).toBe(2)
      expect(await kinds(account.owner, { unread: true })).toEqual(['payment_failed', 'no_minutes'])
      await notify('auto_top_up_off')
      await read({ newest_id: newest?.id })
      expect(await kinds(account.owner, { unread: true })).toEqual(['auto_top_up_off'])
      expect((await told()).map(({ is_read }) => is_read)).toEqual([false, true, true, true])
      expect(await unread(admin.actor)).toBe(4)
    })

    test('marks nothing that the person does not hear of', async () => {
      const viewer = await addMember(db, account, 'viewer')
      const [notice] = await notify('payment_disputed')
      await read({ notice_ids: [notice?.notify] }, viewer.actor)
      await read({}, viewer.actor)
      expect(await db.sql`select from public.notice_reads`).toEqual([])
    })

    test('is told to the person\'s other tabs, on a topic that nobody else may hear', async () => {
      await notify('low_balance')
      await read({})
      await read({})
      expect(await db.admin`select payload ->> 'account_id' as account_id from realtime.messages where topic = ${`user:${account.userId}`}`).toEqual([{ account_id: account.accountId }])
      const admin = await addMember(db, account, 'admin')
      const hears = async (actor: Actor) => (await actor.query('select private.may_listen($1) as may', [`user:${account.userId}`]))[0]?.may
      expect([await hears(account.owner), await hears(admin.actor)]).toEqual([true, false])
    })

    test('owes nothing to who came later', async () => {
      await notify('low_balance')
      await db.shiftClock('1 minute')
      const admin = await addMember(db, account, 'admin')
      expect(await unread(admin.actor)).toBe(0)
      expect(await told({ unread: true }, admin.actor)).toEqual([])
      expect(await told({}, admin.actor)).toMatchObject([{ is_read: true }])
    })

    test('counts up to a hundred', async () => {
      for (let n = 0; n < 101; n++) await tellEvent('payment_failed', String(n))
      expect(await unread()).toBe(100)
    })
  })

  test('comes in pages without gaps, filtered by topic', async () => {
    for (let n = 0; n < 5; n++) await tellEvent('payment_failed', String(n))
    await notify('low_balance')
    const { rows, next_cursor } = await page({ topics: ['payments'] }, account.owner, { page_size: 3 })
    const rest = await page({ topics: ['payments'] }, account.owner, { page_size: 3, cursor: next_cursor })
    expect([...rows, ...rest.rows]).toHaveLength(5)
    expect(new Set([...rows, ...rest.rows].map(({ id }) => id)).size).toBe(5)
    expect(rest.next_cursor).toBeNull()
    expect((await errorOf(page({ topics: ['gossip'] }))).code).toBe('invalid_input')
  })

  test('reaches open pages with the next broadcast: many notices are one message, and other changes bring no other time', async () => {
    for (let n = 0; n < 50; n++) await tellEvent('payment_failed', String(n))
    await db.sql`select private.broadcast_changes()`
    await db.shiftClock('1 second')
    await db.sql`update engine.accounts set changed_at = private.now()`
    await db.sql`select private.broadcast_changes()`
    const messages = await accountMessages()
    expect(messages).toHaveLength(2)
    expect(messages[0]?.noticed_at).not.toBeNull()
    expect(messages[1]?.noticed_at).toBe(messages[0]?.noticed_at)
  })

  test('is forgotten half a year after it was over, and not while its cause lasts', async () => {
    await notify('no_minutes')
    await tellEvent('payment_failed', 'old')
    await db.shiftClock('181 days')
    await tellEvent('payment_failed', 'new')
    await db.sql`select private.forget_notices(private.now())`
    expect(await db.sql`select kind::text, cause from public.notices order by id`).toEqual([{ kind: 'no_minutes', cause: null }, { kind: 'payment_failed', cause: 'new' }])
  })
})
