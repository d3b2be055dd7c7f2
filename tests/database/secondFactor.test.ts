/** How strongly somebody is signed in, and what an account asks of them: judged in the database, so that no program gets around it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Told { account_id: string, permissions: string[], requires_second_factor: boolean, second_factor: string | null }

describe('a session', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db, 'Analytical Engines')
  })
  afterAll(() => db.drop())

  const wallet = (actor: Actor) => actor.rpc('current_wallet', { account_id: account.accountId })
  const require = (actor: Actor, is_required: boolean | null = true) => actor.rpc('require_second_factor', { account_id: account.accountId, is_required })
  const told = async (actor: Actor) => (await actor.rpc<Told[]>('my_accounts')).find(({ account_id }) => account_id === account.accountId)!
  const connect = (userId: string, status = 'verified') => db.admin`insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status)
    values (${randomUUID()}, ${userId}, ${randomUUID()}, 'totp', ${status})`
  async function begin(userId: string, aal: string | null = 'aal1') {
    const session_id = randomUUID()
    await db.admin`insert into auth.sessions (id, user_id, aal) values (${session_id}, ${userId}, ${aal})`
    return { session_id, actor: db.asUser(userId, { session_id, aal: 'aal1' }), end: () => db.admin`delete from auth.sessions where id = ${session_id}` }
  }
  const proven = (userId: string) => db.asUser(userId, { aal: 'aal2' })
  /** What a stranger's program would try first. */
  const attempts = async (actor: Actor) => ({
    command: (await errorOf(wallet(actor))).code,
    membership: (await errorOf(actor.rpc('list_notifications', { account_id: account.accountId }))).code,
    accounts: (await actor.query('select from public.accounts')).length,
    members: (await actor.query('select from public.members')).length,
    campaigns: (await actor.query('select from public.campaigns')).length,
    colleagues: (await actor.query(`select from public.profiles where id <> auth.uid()`)).length,
  })
  const nothing = { accounts: 0, members: 0, campaigns: 0, colleagues: 0 }

  test('that was ended opens nothing from that moment on, though its token lives on', async () => {
    await addMember(db, account, 'viewer')
    await createCampaign(account)
    const { actor, end } = await begin(account.userId)
    await wallet(actor)
    expect((await actor.query('select from public.campaigns')).length).toBe(1)
    await end()
    expect(await attempts(actor)).toEqual({ command: 'unauthenticated', membership: 'unauthenticated', ...nothing })
    expect((await errorOf(actor.rpc('my_accounts'))).code).toBe('unauthenticated')
    const others = [['start_campaign', { campaign_id: randomUUID() }], ['open_account', { company_name: 'Another' }], ['accept_invitation', { invitation_id: randomUUID() }]] as const
    for (const [name, args] of others) expect((await errorOf(actor.rpc(name, args))).code, name).toBe('unauthenticated')
  })

  test('that was ended, or kept the second factor back, opens nothing of the person either', async () => {
    await db.sql`insert into public.own_numbers (user_id, phone) values (${account.userId}, '+12025550101')`
    await account.owner.rpc('save_call_view', { account_id: account.accountId, name: 'Mine', query: 'outcome=answered' })
    await account.owner.rpc('save_notice_preference', { account_id: account.accountId, topic: 'minutes', by_email: false })
    await db.sql`insert into public.platform_admins (user_id) values (${account.userId})`
    await db.sql`select private.notify(${account.accountId}, null, 'low_balance')`
    await account.owner.rpc('read_notifications', { account_id: account.accountId })
    const tables = ['own_numbers', 'call_views', 'notice_preferences', 'notice_reads', 'platform_admins', 'profiles']
    const rows = async (actor: Actor) => (await Promise.all(tables.map((table) => actor.query(`select from public.${table}`)))).map((found) => found.length)
    const hears = async (actor: Actor) => (await actor.query(`select private.may_listen('user:${account.userId}') as hears`))[0]!.hears
    const { actor, end } = await begin(account.userId)
    expect([await rows(actor), await hears(actor)]).toEqual([tables.map(() => 1), true])
    const own = [['own_number', {}], ['confirm_own_number', { code: '123456' }], ['remove_own_number', {}]] as const

    await connect(account.userId)
    expect([await rows(actor), await hears(actor)]).toEqual([tables.map(() => 0), false])
    for (const [name, args] of own) expect(await errorOf(actor.rpc(name, args)), name).toMatchObject({ code: 'forbidden', details: { second_factor: 'show' } })
    expect(await actor.rpc('my_invitations')).toEqual([])

    await db.admin`delete from auth.mfa_factors`
    await end()
    expect([await rows(actor), await hears(actor)]).toEqual([tables.map(() => 0), false])
    for (const [name, args] of [...own, ['my_invitations', {}]] as const) expect((await errorOf(actor.rpc(name, args))).code, name).toBe('unauthenticated')
    expect(await db.sql`select from public.own_numbers`).toHaveLength(1)
  })

  test('of somebody else is none of one\'s own', async () => {
    const stranger = await db.newUser()
    const { session_id } = await begin(stranger.userId)
    expect((await errorOf(wallet(db.asUser(account.userId, { session_id })))).code).toBe('unauthenticated')
  })

  test('by a password alone opens nothing to somebody who has a second factor, and says what is missing', async () => {
    await createCampaign(account)
    await connect(account.userId)
    const { actor } = await begin(account.userId)
    expect(await attempts(actor)).toEqual({ command: 'forbidden', membership: 'forbidden', ...nothing })
    expect((await errorOf(wallet(actor))).details).toMatchObject({ second_factor: 'show' })
    expect(await told(actor)).toMatchObject({ second_factor: 'show', permissions: [] })
    expect((await errorOf(actor.rpc('leave_account', { account_id: account.accountId }))).details).toMatchObject({ second_factor: 'show' })
    await db.admin`update auth.sessions set aal = 'aal2' where user_id = ${account.userId}`
    await wallet(actor)
    expect(await told(actor)).toMatchObject({ second_factor: null })
  })

  test('goes by what the auth service knows now, not by what the token said an hour ago', async () => {
    await connect(account.userId)
    const session_id = (await begin(account.userId)).session_id
    expect((await errorOf(wallet(db.asUser(account.userId, { session_id, aal: 'aal2' })))).code).toBe('forbidden')
  })

  test('without a level, or with a factor that was never confirmed, is one by one factor', async () => {
    await connect(account.userId, 'unverified')
    await wallet((await begin(account.userId, null)).actor)
  })

  test('of an account that asks for a second factor opens it to nobody without one, whatever their role', async () => {
    const viewer = await addMember(db, account, 'viewer')
    await connect(account.userId)
    await require(proven(account.userId))
    expect((await errorOf(wallet(viewer.actor))).details).toMatchObject({ second_factor: 'set_up' })
    expect(await attempts(viewer.actor)).toMatchObject({ command: 'forbidden', membership: 'forbidden', accounts: 0, members: 0, campaigns: 0 })
    expect(await told(viewer.actor)).toMatchObject({ requires_second_factor: true, second_factor: 'set_up', permissions: [] })
    const admin = await addMember(db, account, 'admin')
    await admin.actor.rpc('leave_account', { account_id: account.accountId })
    await wallet(proven(viewer.userId))
    expect(await told(proven(viewer.userId))).toMatchObject({ second_factor: null })
  })

  test('opens the person\'s other accounts as before', async () => {
    await connect(account.userId)
    await require(proven(account.userId))
    const viewer = await addMember(db, account, 'viewer')
    const { account_id } = await viewer.actor.rpc<{ account_id: string }>('open_account', { company_name: 'Their own' })
    await viewer.actor.rpc('current_wallet', { account_id })
    expect((await viewer.actor.query('select id from public.accounts')).map(({ id }) => id)).toEqual([account_id])
  })
})

describe('asking everybody for a second factor', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db, 'Analytical Engines')
  })
  afterAll(() => db.drop())
  const require = (actor: Actor, is_required: boolean | null = true) => actor.rpc('require_second_factor', { account_id: account.accountId, is_required })
  const owner = () => db.asUser(account.userId, { aal: 'aal2' })
  const changes = async () => (await db.sql`select details, actor_id from public.activity_log where verb = 'account.second_factor' order by id`).map((row) => ({ ...row }))

  test('is for owners who showed one themselves', async () => {
    const admin = await addMember(db, account, 'admin')
    expect((await errorOf(require(db.asUser(admin.userId, { aal: 'aal2' })))).code).toBe('forbidden')
    expect(await errorOf(require(account.owner))).toMatchObject({ code: 'conflict', details: { state: 'no_second_factor' } })
    expect(await errorOf(require(owner(), null))).toMatchObject({ code: 'invalid_input', details: [{ field: 'is_required' }] })
    await require(owner())
    await require(owner(), false)
  })

  test('is logged once, and open pages hear of it', async () => {
    const [before] = await db.sql`select team_changed_at from engine.accounts where account_id = ${account.accountId}`
    await require(owner())
    await require(owner())
    const [after] = await db.sql`select team_changed_at from engine.accounts where account_id = ${account.accountId}`
    expect(after?.team_changed_at).not.toEqual(before?.team_changed_at)
    await require(owner(), false)
    expect(await changes()).toEqual([
      { details: { before: false, after: true }, actor_id: account.userId },
      { details: { before: true, after: false }, actor_id: account.userId },
    ])
  })

  test('shows who manages the team, and nobody else, who has one', async () => {
    const viewer = await addMember(db, account, 'viewer')
    for (const status of ['verified', 'unverified']) {
      await db.admin`insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status)
        values (${randomUUID()}, ${status === 'verified' ? account.userId : viewer.userId}, 'Phone', 'totp', ${status})`
    }
    const factors = async (actor: Actor) => (await actor.rpc<{ members: { has_second_factor: boolean | null }[] }>('list_team', { account_id: account.accountId }))
      .members.map(({ has_second_factor }) => has_second_factor)
    expect([await factors(owner()), await factors(viewer.actor)]).toEqual([[true, false], [null, null]])
  })

  test('is taken back by an owner who showed one, and not by one who did not', async () => {
    await require(owner())
    expect((await errorOf(require(account.owner, false))).code).toBe('forbidden')
  })
})

describe('a changed address', () => {
  let db: TestDatabase
  afterAll(() => db.drop())

  test('is the one that colleagues see', async () => {
    db = await renewDatabase(db!)
    const account = await openAccount(db)
    await db.admin`update auth.users set email = 'new@example.com' where id = ${account.userId}`
    await db.admin`update auth.users set email = null where id = ${account.userId}`
    expect((await db.sql`select email from public.profiles where id = ${account.userId}`)[0]?.email).toBe('new@example.com')
  })
})
