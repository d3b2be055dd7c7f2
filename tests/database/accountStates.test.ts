/** What an account is open for: every right in every state, a suspension in the middle of the work, closing and opening again. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { createAssistant, createCampaign, createContact, newPhone, startedCampaign } from '../factories/campaign.ts'
import { saveCards, saveTopUp } from '../factories/order.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

/** Every right that changes nothing; a new one is named here or it is none. */
const READING = ['account.read', 'activity.read', 'assistants.read', 'billing.read', 'calls.listen', 'calls.read', 'campaigns.read', 'contacts.read', 'contacts.read_personal']

describe('the state of an account', () => {
  let db: TestDatabase
  let account: TestAccount
  let operator: string
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db, 'Analytical Engines')
    operator = (await db.newUser()).userId
    await db.sql`insert into public.platform_admins (user_id) values (${operator})`
  })
  afterAll(() => db.drop())

  const about = () => ({ account_id: account.accountId })
  const suspend = (reason = 'Bills are open', actor = operator) => db.sql`select private.suspend_account(${account.accountId}, ${reason}, ${actor}) as answer`
  const reactivate = (reason = 'Paid', actor = operator) => db.sql`select private.reactivate_account(${account.accountId}, ${reason}, ${actor}) as answer`
  const close = (name = 'Analytical Engines', actor: Actor = account.owner) => actor.rpc('close_account', { ...about(), name })
  const reopen = (actor: Actor = account.owner) => actor.rpc('reopen_account', about())
  const status = async () => (await db.sql`select status::text from public.accounts where id = ${account.accountId}`)[0]!.status as string
  const refusal = async (call: Promise<unknown>) => {
    const { code, details } = await errorOf(call)
    return [code, (details as { state?: string } | null)?.state]
  }
  const tick = () => db.sql`select private.tick()`
  const log = async () => (await db.sql`select verb, actor_id, details from public.activity_log where account_id = ${account.accountId} and subject_id = ${account.accountId}
    and verb in ('account.suspended', 'account.reactivated', 'account.closed', 'account.reopened') order by id`).map((row) => ({ ...row }))
  const notices = async (actor: Actor = account.owner) => (await actor.rpc<{ kind: string }[]>('list_notices', about())).map(({ kind }) => kind)

  test('leaves each role what reads in a suspended account, owners that alone in a closed one, and nobody else anything', async () => {
    const permissions = (await db.sql`select distinct permission from public.role_permissions order by 1`).map(({ permission }) => permission as string)
    expect(permissions.filter((one) => READING.includes(one))).toEqual(READING)
    const people = { owner: account.owner, admin: (await addMember(db, account, 'admin')).actor, agent: (await addMember(db, account, 'agent')).actor, viewer: (await addMember(db, account, 'viewer')).actor }
    const { campaignId } = await createCampaign(account)
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) select ${campaignId}, user_id, account_id from public.members where account_id = ${account.accountId} and role = 'agent'`
    const rights = await db.sql`select role::text, permission, scope::text from public.role_permissions`
    for (const state of ['active', 'suspended', 'closed']) {
      await db.sql`update public.accounts set status = ${state}::text::public.account_status, status_reason = 'why' where id = ${account.accountId}`
      for (const [role, actor] of Object.entries(people)) {
        for (const permission of permissions) {
          const held = rights.find((right) => right.role === role && right.permission === permission)
          const isLeft = state === 'active' || (READING.includes(permission) && (state === 'suspended' || role === 'owner'))
          const [found] = await actor.query('select $1 = any(array(select private.account_ids($2))) as whole, $3 = any(array(select private.campaign_ids($2))) as campaign', [account.accountId, permission, campaignId])
          expect([state, role, permission, found]).toEqual([state, role, permission, { whole: isLeft && held?.scope === 'account', campaign: isLeft && held !== undefined }])
        }
        const [mine] = await actor.rpc<{ status: string, permissions: string[] }[]>('my_accounts')
        expect(mine!.permissions).toEqual(rights.filter((right) => right.role === role && (state === 'active' || (READING.includes(right.permission as string) && (state === 'suspended' || role === 'owner')))).map(({ permission }) => permission).sort())
        expect(mine!.status).toBe(state)
        const [row] = await actor.query(`select count(*)::int as accounts, (select count(*)::int from public.members) as members from public.accounts`)
        expect(row).toEqual(state === 'closed' && role !== 'owner' ? { accounts: 0, members: 0 } : { accounts: 1, members: 4 })
      }
    }
  })

  describe('suspended by an operator', () => {
    test('is told to its leaders with the reason, and to open pages at once; the same again is no news', async () => {
      const viewer = (await addMember(db, account, 'viewer')).actor
      await db.admin`delete from realtime.messages`
      const asOf = async () => (await account.owner.rpc<{ team_changed_at: string }[]>('my_accounts'))[0]!.team_changed_at
      const before = await asOf()
      await suspend('  Bills are open ')
      await suspend()
      expect(await account.owner.rpc('my_accounts')).toMatchObject([{ status: 'suspended', status_reason: 'Bills are open', status_at: expect.any(String) }])
      expect([await notices(), await notices(viewer)]).toEqual([['account_suspended'], []])
      expect(await log()).toEqual([{ verb: 'account.suspended', actor_id: operator, details: { reason: 'Bills are open' } }])
      const [told] = await db.admin`select payload -> 'team_changed_at' as at from realtime.messages where topic = ${`account:${account.accountId}`} and event = 'account_changed' order by inserted_at desc limit 1`
      expect(told!.at).toBe(await asOf())
      expect(told!.at).not.toBe(before)
      await suspend('Fraud')
      expect(await account.owner.rpc('list_notices', about())).toMatchObject([{ kind: 'account_suspended', details: { reason: 'Fraud' } }])
      await reactivate()
      expect([await status(), await notices()]).toEqual(['active', []])
      expect((await log()).map(({ verb }) => verb)).toEqual(['account.suspended', 'account.suspended', 'account.reactivated'])
    })

    test('by operators alone, with a reason, and only from where it makes sense', async () => {
      expect(await refusal(suspend('Because', account.userId))).toEqual(['forbidden', undefined])
      for (const reason of ['', '   ', 'x'.repeat(501)]) expect((await refusal(suspend(reason)))[0]).toBe('invalid_input')
      expect(await refusal(reactivate())).toEqual(['conflict', 'active'])
      await suspend()
      expect(await refusal(reactivate('Because', account.userId))).toEqual(['forbidden', undefined])
      await reactivate()
      await close()
      expect(await refusal(suspend())).toEqual(['conflict', 'closed'])
      expect(await refusal(reactivate())).toEqual(['conflict', 'closed'])
      for (const name of ['suspend_account', 'reactivate_account', 'set_account_status']) {
        expect(await db.sql`select from pg_proc where proname = ${name} and (has_function_privilege('authenticated', oid, 'execute') or has_function_privilege('service_role', oid, 'execute'))`).toEqual([])
      }
    })

    test('dials nobody new, lets running calls end and pays for them, and goes on where it stopped', async () => {
      const { campaignId } = await startedCampaign(account, { contacts: 4 })
      const running = await acceptedCall(db)
      const [reserved, ...others] = await claim(db)
      const counts = () => account.owner.rpc<{ status: string, wait_reason: string | null, counters: { waiting: number, calling: number } }>('get_campaign', { campaign_id: campaignId })
      expect(others).toHaveLength(2)
      await suspend()
      expect(await callState(db, reserved!.call_id)).toMatchObject({ state: 'voided', is_counted: false })
      expect(await counts()).toMatchObject({ status: 'active', wait_reason: 'account_held', counters: { waiting: 3, calling: 1 } })
      expect(await claim(db)).toEqual([])
      expect(await db.sql`select private.claim_account(${account.accountId}, 25, true, 1) as claimed`, 'by a claim that looked before').toEqual([{ claimed: [] }])
      await tick()
      expect((await db.sql`select (private.tick() ->> 'dispatched')::boolean as dispatched, private.engine_health() ->> 'overdue_seconds' as overdue`)[0]).toEqual({ dispatched: false, overdue: '0' })
      await sendEvent(db, report(running.providerCallId, 61))
      await processEvents(db)
      expect(await callState(db, running.callId)).toMatchObject({ state: 'settled', billed_seconds: 120 })
      await db.shiftClock('2 days')
      await tick()
      expect([await claim(db), (await counts()).counters]).toEqual([[], { ...(await counts()).counters, waiting: 3, calling: 0 }])
      expect(await db.sql`select from engine.repairs where kind = 'missed_wake'`).toEqual([])
      await reactivate()
      expect(await claim(db)).toHaveLength(3)
      expect((await counts()).wait_reason).toBeNull()
      await expectInvariants(db)
    })

    test('dials no call that was reserved while the suspension committed', async () => {
      await startedCampaign(account)
      const [reserved] = await claim(db)
      await db.sql`update public.calls set dial_at = private.now() where id = ${reserved!.call_id}`
      await db.sql`update engine.accounts set is_held = true where account_id = ${account.accountId}`
      expect(await db.asService().rpc('begin_dial', { call_id: reserved!.call_id })).toBeNull()
      expect(await db.sql`select reason from public.dial_denials`).toEqual([{ reason: 'account_held' }])
    })

    test('places no test call, and dials none that was asked for before', async () => {
      const assistantId = await createAssistant(account)
      const [version] = await db.sql`select id from public.assistant_versions where assistant_id = ${assistantId}`
      const phone = newPhone()
      await db.sql`insert into public.own_numbers (user_id, phone) values (${account.userId}, ${phone})`
      const ask = () => account.owner.rpc<{ call_id: string }>('request_test_call', { assistant_version_id: version!.id, phone })
      const { call_id: callId } = await ask()
      await db.sql`update public.calls set dial_at = private.now() where id = ${callId}`
      await db.sql`update engine.accounts set is_held = true where account_id = ${account.accountId}`
      expect(await db.asService().rpc('begin_dial', { call_id: callId })).toBeNull()
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', dialled_at: null })
      await suspend()
      expect(await refusal(ask())).toEqual(['forbidden', 'suspended'])
    })

    test('starts no scheduled campaign before it is reactivated, and none by itself twice', async () => {
      const { campaignId } = await createCampaign(account)
      const [at] = await db.sql`select private.local_text(private.now() + interval '1 hour', 'America/New_York') as at`
      await account.owner.rpc('schedule_campaign', { campaign_id: campaignId, launch_at: at!.at })
      await suspend()
      await db.shiftClock('2 hours')
      await tick()
      expect(await db.sql`select status::text from public.campaigns`).toEqual([{ status: 'scheduled' }])
      await reactivate()
      await tick()
      expect(await db.sql`select status::text from public.campaigns`).toEqual([{ status: 'active' }])
    })

    test('buys nothing by itself', async () => {
      await saveCards(db, account)
      await saveTopUp(account)
      await suspend()
      await db.sql`select private.post_entry(${account.accountId}, 'expire', -1, 'use')`
      await tick()
      expect(await db.sql`select from public.orders where kind = 'auto_top_up'`).toEqual([])
      await reactivate()
      await tick()
      expect(await db.sql`select from public.orders where kind = 'auto_top_up'`).toHaveLength(1)
    })

    test('gets no mails of campaigns, and one that says why', async () => {
      await db.sql`select private.notify(${account.accountId}, null, 'no_minutes')`
      await suspend()
      await db.shiftClock('20 minutes')
      await db.sql`select private.sweep_notice_mails(private.now())`
      const [job, ...others] = await db.sql`select payload from engine.outbox where kind = 'mail_notices'`
      expect(others).toEqual([])
      expect(await db.asService().rpc('notice_mail', job!.payload as Record<string, unknown>)).toMatchObject({ count: 1, notices: [{ kind: 'account_suspended', details: { reason: 'Bills are open' } }] })
    })

    test('takes nobody in, and mails no invitation', async () => {
      const person = await db.newUser()
      const { invitation_id: id } = await account.owner.rpc<{ invitation_id: string }>('invite_member', { ...about(), email: person.email, role: 'agent' })
      await suspend()
      expect(await db.asService().rpc('invitation_mail', { invitation_id: id, sent_count: 1 })).toBeNull()
      expect(await refusal(db.asUser(person.userId).rpc('accept_invitation', { invitation_id: id }))).toEqual(['conflict', 'held'])
      await reactivate()
      expect(await db.asUser(person.userId).rpc('accept_invitation', { invitation_id: id })).toEqual({ account_id: account.accountId })
    })

    test('still shows contacts, and takes and gives up no note about them', async () => {
      const contactId = await createContact(account)
      const { note_id: noteId } = await account.owner.rpc<{ note_id: string }>('add_contact_note', { contact_id: contactId, body: 'Hello' })
      await suspend()
      expect(await refusal(account.owner.rpc('add_contact_note', { contact_id: contactId, body: 'Hello' }))).toEqual(['forbidden', 'suspended'])
      expect(await refusal(account.owner.rpc('delete_contact_note', { note_id: noteId }))).toEqual(['forbidden', 'suspended'])
      expect(await account.owner.rpc('get_contact', { contact_id: contactId })).toMatchObject({ name: 'Jo Field' })
    })
  })

  describe('closed by an owner', () => {
    test('under its name, by nobody else, and not while something is under way', async () => {
      const admin = (await addMember(db, account, 'admin')).actor
      expect(await refusal(close('Analytical Engines', admin))).toEqual(['forbidden', undefined])
      expect(await refusal(close('Analytical Engines', (await openAccount(db)).owner))).toEqual(['not_found', undefined])
      for (const name of ['', 'analytical engines', 'Engines']) expect((await errorOf(close(name))).details).toMatchObject([{ field: 'name', code: 'mismatch' }])
      const { campaignId } = await startedCampaign(account)
      expect((await errorOf(close())).details).toEqual({ state: 'in_use', campaigns: 1, calls: 0 })
      const { providerCallId } = await acceptedCall(db)
      await account.owner.rpc('stop_campaign', { campaign_id: campaignId })
      expect((await errorOf(close())).details).toEqual({ state: 'in_use', campaigns: 0, calls: 1 })
      await sendEvent(db, report(providerCallId))
      await processEvents(db)
      expect(await close(' Analytical Engines ')).toEqual({ status: 'closed' })
      expect(await refusal(close())).toEqual(['forbidden', 'closed'])
    })

    test('is readable and exportable for owners, and gone for everybody else', async () => {
      const [admin, viewer] = [(await addMember(db, account, 'admin')).actor, (await addMember(db, account, 'viewer')).actor]
      const contactId = await createContact(account)
      await close()
      expect(await account.owner.rpc('export_contacts', { selection: { account_id: account.accountId, contact_ids: [contactId] } })).toMatchObject({ rows: [{ name: 'Jo Field' }] })
      expect(await account.owner.rpc('list_ledger', about())).toMatchObject({ rows: [{ kind: 'grant' }] })
      for (const actor of [admin, viewer]) {
        expect(await actor.rpc('my_accounts')).toMatchObject([{ status: 'closed', permissions: [] }])
        for (const read of ['dashboard', 'list_team', 'list_tags', 'list_call_views', 'current_wallet']) expect(await refusal(actor.rpc(read, about())), read).toEqual(['forbidden', 'closed'])
        for (const table of ['contacts', 'accounts', 'notices', 'account_rules']) expect(await actor.query(`select from public.${table}`), table).toEqual([])
        await actor.rpc('leave_account', about())
        expect(await actor.rpc('my_accounts')).toEqual([])
      }
      expect(await refusal(account.owner.rpc('save_tag', { ...about(), tag_id: null, name: 'New' }))).toEqual(['forbidden', 'closed'])
    })

    test('is opened again within thirty days by an owner, as it was', async () => {
      const admin = (await addMember(db, account, 'admin')).actor
      const { campaignId } = await createCampaign(account)
      expect(await refusal(reopen())).toEqual(['conflict', 'active'])
      await close()
      expect(await notices()).toEqual(['account_closed'])
      expect(await refusal(reopen(admin))).toEqual(['forbidden', 'closed'])
      expect(await refusal(reopen((await openAccount(db)).owner))).toEqual(['not_found', undefined])
      await db.shiftClock('29 days 23 hours')
      expect(await reopen()).toEqual({ status: 'active' })
      expect(await notices()).toEqual([])
      await account.owner.rpc('start_campaign', { campaign_id: campaignId })
      expect(await claim(db)).toHaveLength(1)
      expect(await log()).toEqual([{ verb: 'account.closed', actor_id: account.userId, details: {} }, { verb: 'account.reopened', actor_id: account.userId, details: {} }])
    })

    test('and after thirty days by nobody', async () => {
      await close()
      await db.shiftClock('30 days')
      expect(await refusal(reopen())).toEqual(['conflict', 'over'])
      expect(await status()).toBe('closed')
    })

    test('no sooner than a suspension that came first allows', async () => {
      await suspend()
      expect(await refusal(close())).toEqual(['forbidden', 'suspended'])
    })
  })
})
