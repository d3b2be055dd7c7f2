/** Which notices become mails: gathered, one for each person, as they wish and may; and the link that stops them. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Job { user_id: string, notice_ids: string[] }
interface Mail { to: string, count: number, notices: { kind: string }[], topics: { topic: string, token: string }[], token: string }

describe('mails about notices', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  const notify = (kind: string, campaignId: string | null = null) => db.sql`select private.notify(${account.accountId}, ${campaignId}, ${kind}::text::public.notice_kind)`
  const sweep = () => db.sql`select private.sweep_notice_mails(private.now())`
  const jobs = async () => (await db.sql<{ payload: Job }[]>`select payload from engine.outbox where kind = 'mail_notices' order by id`).map(({ payload }) => payload)
  const mailed = async () => {
    await db.shiftClock('61 seconds')
    await sweep()
    return jobs()
  }
  const mailOf = ({ user_id, notice_ids }: Job) => db.asService().rpc<Mail | null>('notice_mail', { account_id: account.accountId, user_id, notice_ids })
  const preferences = async (actor: Actor) => Object.fromEntries((await actor.rpc<{ topic: string, by_email: boolean }[]>('list_notice_preferences', { account_id: account.accountId }))
    .map(({ topic, by_email }) => [topic, by_email]))
  const prefer = (topic: string, by_email: boolean, actor = account.owner) => actor.rpc('save_notice_preference', { account_id: account.accountId, topic, by_email })
  const unsubscribe = (token: string) => db.asService().rpc('unsubscribe', { token })

  test('wait a minute, and are queued once for all that was told then, also by two heartbeats at once', async () => {
    await notify('low_balance')
    await sweep()
    expect(await jobs()).toEqual([])
    await notify('payment_failed')
    await db.shiftClock('61 seconds')
    await Promise.all([sweep(), sweep(), db.sql`select private.tick()`])
    await sweep()
    expect(await jobs()).toMatchObject([{ user_id: account.userId }])
    expect((await jobs())[0]?.notice_ids).toHaveLength(2)
  })

  test('are one when a thousand campaigns stop at once, and name the newest twenty', async () => {
    const { campaignId } = await createCampaign(account)
    await db.sql`select private.tell_event(${account.accountId}, 'completed', n::text, ${campaignId}, null, null, '{}') from generate_series(1, 1000) n`
    const [job, ...more] = await mailed()
    expect(more).toEqual([])
    const mail = await mailOf(job!)
    expect(mail).toMatchObject({ count: 1000, format_style: 'american', topics: [{ topic: 'completed' }] })
    expect(mail?.notices).toHaveLength(20)
  })

  test('come again after ten minutes at the earliest, and lose nothing meanwhile', async () => {
    await notify('low_balance')
    expect(await mailed()).toHaveLength(1)
    await notify('payment_failed')
    expect(await mailed()).toHaveLength(1)
    await db.shiftClock('9 minutes')
    await sweep()
    expect((await jobs())[1]?.notice_ids).toHaveLength(1)
  })

  test('leave out what is over, or was put away, before they are sent', async () => {
    const { campaignId } = await startedCampaign(account)
    await notify('low_balance')
    await notify('budget', campaignId)
    await notify('no_minutes')
    const [job] = await mailed()
    await db.sql`select private.resolve_notices(${account.accountId}, null, '{low_balance}')`
    const [alert] = await account.owner.rpc<{ id: string }[]>('list_notices', { account_id: account.accountId })
    await account.owner.rpc('dismiss_notice', { notice_id: alert?.id })
    expect((await mailOf(job!))?.notices.map(({ kind }) => kind)).toEqual(['budget'])
  })

  describe('who gets them', () => {
    const add = (role: 'admin' | 'agent' | 'viewer') => addMember(db, account, role)

    test('by role, until somebody says otherwise', async () => {
      const all = { completed: true, paused: true, not_launched: true,
        minutes: true, payments: true, imports: true, privacy: true, account: true, provider: true }
      expect(await preferences(account.owner)).toEqual(all)
      expect(await preferences((await add('admin')).actor)).toEqual(all)
      expect(await preferences((await add('viewer')).actor)).toEqual({ completed: false, paused: false, not_launched: false, minutes: false })
      expect(await preferences((await add('agent')).actor)).toEqual({ completed: false, paused: false, not_launched: false })
    })

    test('as each person wishes, for themselves and this account alone', async () => {
      const [admin, viewer] = [await add('admin'), await add('viewer')]
      await prefer('minutes', false)
      await prefer('minutes', false)
      await prefer('minutes', true, viewer.actor)
      await notify('low_balance')
      expect((await mailed()).map(({ user_id }) => user_id).sort()).toEqual([admin.userId, viewer.userId].sort())
      expect(await preferences(account.owner)).toMatchObject({ minutes: false, paused: true })
      expect(await admin.actor.query('select from public.notice_preferences')).toEqual([])
      const other = await openAccount(db)
      expect((await errorOf(other.owner.rpc('save_notice_preference', { account_id: account.accountId, topic: 'minutes', by_email: true }))).code).toBe('not_found')
      for (const [topic, by_email] of [['gossip', true], ['minutes', null], [null, true]]) expect((await errorOf(prefer(topic as string, by_email as boolean))).code).toBe('invalid_input')
    })

    test('nobody who may not hear of it, whatever they wish', async () => {
      const [viewer, agent] = [await add('viewer'), await add('agent')]
      await prefer('payments', true, viewer.actor)
      await prefer('paused', true, agent.actor)
      const { campaignId } = await startedCampaign(account)
      await notify('payment_disputed')
      await notify('budget', campaignId)
      expect((await mailed()).map(({ user_id }) => user_id)).toEqual([account.userId])
    })

    test('nobody who left, or changed their mind, before it was sent', async () => {
      const admin = await add('admin')
      await notify('low_balance')
      const queued = await mailed()
      await db.sql`delete from public.members where user_id = ${admin.userId}`
      await prefer('minutes', false)
      for (const job of queued) expect(await mailOf(job)).toBeNull()
      expect(queued).toHaveLength(2)
    })

    test('a quick import nobody, a long or broken one its bringer', async () => {
      const event = (kind: string, seconds: number) => db.sql`select private.tell_event(${account.accountId}, ${kind}::text::public.notice_kind, ${`${kind}${seconds}`}, null, null, ${account.userId}, ${db.sql.json({ seconds })})`
      await add('admin')
      await event('import_completed', 120)
      expect(await mailed()).toEqual([])
      await event('import_completed', 121)
      await event('import_failed', 1)
      expect(await mailed()).toMatchObject([{ user_id: account.userId }])
      expect((await jobs())[0]?.notice_ids).toHaveLength(2)
    })
  })

  describe('the link in them', () => {
    const tokens = async () => {
      const { campaignId } = await startedCampaign(account)
      await notify('low_balance')
      await notify('budget', campaignId)
      const mail = await mailOf((await mailed()).find(({ user_id }) => user_id === account.userId)!)
      return { minutes: mail!.topics.find(({ topic }) => topic === 'minutes')!.token, all: mail!.token }
    }

    test('stops one topic, or all of a mail, for its person and account alone, as often as it is used', async () => {
      const admin = await addMember(db, account, 'admin')
      const { minutes, all } = await tokens()
      expect(await unsubscribe(minutes)).toEqual({ topics: ['minutes'] })
      await unsubscribe(minutes)
      expect(await preferences(account.owner)).toMatchObject({ minutes: false, paused: true })
      await unsubscribe(all)
      expect(await preferences(account.owner)).toMatchObject({ minutes: false, paused: false, payments: true })
      expect(await preferences(admin.actor)).toMatchObject({ minutes: true, paused: true })
    })

    test('is refused alike whatever is wrong with it, and does nothing for who left', async () => {
      const { minutes } = await tokens()
      const [accountId, userId, , signature] = minutes.split('.')
      const stranger = await openAccount(db)
      const forged = [minutes.slice(0, -1), `${minutes}0`, [accountId, stranger.userId, 'minutes', signature].join('.'), [accountId, userId, 'payments', signature].join('.'),
        [accountId, userId, 'minutes', '0'.repeat(64)].join('.'), '', `${minutes}' or true --`]
      const answers = await Promise.all(forged.map((token) => errorOf(unsubscribe(token))))
      expect(new Set(answers.map(({ code, message }) => `${code}: ${message}`))).toEqual(new Set(['not_found: This link is not complete. Open it from the mail again.']))
      await db.sql`delete from public.members where user_id = ${account.userId}`
      expect(await unsubscribe(minutes)).toEqual({ topics: ['minutes'] })
      expect(await db.sql`select from public.notice_preferences`).toEqual([])
    })

    test('is worth nothing under another secret', async () => {
      const { minutes } = await tokens()
      await db.sql`update engine.settings set link_secret = 'another'`
      expect((await errorOf(unsubscribe(minutes))).code).toBe('not_found')
    })
  })

  test('about bills go to an address that is nobody\'s here, and not twice to people of the account', async () => {
    const letters = async () => (await db.sql`select payload ->> 'to' as "to" from engine.outbox where kind = 'send_mail'`).map(({ to }) => to as string)
    const tell = (cause: string) => db.sql`select private.mail_billing(${account.accountId}, 'low_balance', ${cause}, '{}')`
    await tell('1')
    expect(await letters()).toEqual([])
    await account.owner.rpc('save_billing_details', { account_id: account.accountId, details: { email: 'books@example.com' } })
    await tell('2')
    expect(await letters()).toEqual(['books@example.com'])
  })
})
