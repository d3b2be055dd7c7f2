/** The people of an account: invited, joined, changed, gone and back, one rule at a time. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall } from '../factories/call.ts'
import { createCampaign, newPhone, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Team {
  members: { user_id: string, role: string, is_last_owner: boolean, campaigns_count: number }[]
  former: { user_id: string, role: string, was_removed: boolean }[]
  invitations: { id: string, email: string, role: string, is_expired: boolean, invited_by_name: string }[]
}
interface Person { userId: string, email: string, actor: Actor }

describe('the team of an account', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db, 'Analytical Engines')
  })
  afterAll(() => db.drop())

  const about = (userId: string) => ({ account_id: account.accountId, user_id: userId })
  const invite = (email: string, role = 'agent', actor: Actor = account.owner) =>
    actor.rpc<{ invitation_id: string, is_new: boolean }>('invite_member', { account_id: account.accountId, email, role })
  const team = (actor: Actor = account.owner) => actor.rpc<Team>('list_team', { account_id: account.accountId })
  const setRole = (userId: string, role: string | null, actor: Actor = account.owner) => actor.rpc('set_member_role', { ...about(userId), role })
  const rolesOf = async () => Object.fromEntries((await db.sql`select user_id, role from public.members where account_id = ${account.accountId}`).map((row) => [row.user_id, row.role]))
  const accept = (id: string, actor: Actor) => actor.rpc<{ account_id: string }>('accept_invitation', { invitation_id: id })
  const mails = async () => (await db.sql`select payload from engine.outbox where kind = 'mail_invitation' order by id`).map((row) => row.payload as { invitation_id: string, sent_count: number })
  const mailOf = (job: { invitation_id: string, sent_count: number }) => db.asService().rpc<Record<string, unknown> | null>('invitation_mail', job)
  const log = async () => (await db.sql`select verb, actor_id, subject_id, details from public.activity_log where account_id = ${account.accountId} and (verb like 'member.%' and verb <> 'member.created' or verb = 'account.transferred') order by id`)
    .map((row) => ({ ...row }))
  const refusal = async (call: Promise<unknown>) => (await errorOf(call)).code
  const stateOf = async (call: Promise<unknown>) => ((await errorOf(call)).details as { state: string }).state
  async function newPerson(): Promise<Person> {
    const { userId, email } = await db.newUser()
    return { userId, email, actor: db.asUser(userId) }
  }

  describe('is asked by mail', () => {
    test('and whoever has the address joins once, with the role they were asked for', async () => {
      const person = await newPerson()
      const { invitation_id: id } = await invite(`  ${person.email.toUpperCase()} `)
      expect(await mails()).toEqual([{ invitation_id: id, sent_count: 1 }])
      expect(await mailOf((await mails())[0]!)).toMatchObject({ to: person.email, account_name: 'Analytical Engines', role: 'agent', invited_by_name: 'Ada Test', invitation_id: id })
      expect(await person.actor.rpc('my_invitations')).toEqual([{ id, account_name: 'Analytical Engines', role: 'agent', invited_by_name: 'Ada Test', expires_at: expect.any(String), is_expired: false }])
      expect(await person.actor.rpc('my_accounts')).toEqual([])
      expect(await accept(id, person.actor)).toEqual({ account_id: account.accountId })
      expect(await accept(id, person.actor), 'a second tab').toEqual({ account_id: account.accountId })
      expect(await person.actor.rpc('my_accounts')).toMatchObject([{ account_id: account.accountId, role: 'agent' }])
      expect((await team()).invitations).toEqual([])
      expect(await person.actor.rpc('my_invitations')).toEqual([])
      expect(await mailOf({ invitation_id: id, sent_count: 1 })).toBeNull()
      expect(await log()).toEqual([
        { verb: 'member.invited', actor_id: account.userId, subject_id: id, details: { role: 'agent' } },
        { verb: 'member.joined', actor_id: person.userId, subject_id: person.userId, details: { role: 'agent' } }])
    })

    test('nobody else can use it, and all are answered alike', async () => {
      const [person, other] = [await newPerson(), await newPerson()]
      const { invitation_id: id } = await invite(person.email)
      const answers = [await errorOf(accept(id, other.actor)), await errorOf(accept('00000000-0000-4000-8000-000000000000', other.actor))]
      expect(answers[0]).toMatchObject({ code: 'not_found' })
      expect(answers[0]!.message).toBe(answers[1]!.message)
      expect(await other.actor.rpc('my_invitations')).toEqual([])
      expect(await refusal(accept(id, db.asAnon()))).toBe('42501')
    })

    test('an address that nobody showed to be theirs proves nothing', async () => {
      const person = await newPerson()
      const { invitation_id: id } = await invite(person.email)
      await db.admin`update auth.users set email_confirmed_at = null where id = ${person.userId}`
      expect(await person.actor.rpc('my_invitations')).toEqual([])
      expect(await refusal(accept(id, person.actor))).toBe('not_found')
    })

    test('it ends after a week, and another mail gives it another', async () => {
      const person = await newPerson()
      const { invitation_id: id } = await invite(person.email)
      await db.shiftClock('7 days')
      expect((await team()).invitations).toMatchObject([{ id, is_expired: true }])
      expect(await stateOf(accept(id, person.actor))).toBe('expired')
      await account.owner.rpc('resend_invitation', { invitation_id: id })
      expect(await mails()).toEqual([{ invitation_id: id, sent_count: 1 }, { invitation_id: id, sent_count: 2 }])
      expect(await mailOf({ invitation_id: id, sent_count: 1 }), 'only the newest mail is worth sending').toBeNull()
      expect(await mailOf({ invitation_id: id, sent_count: 2 })).toMatchObject({ to: person.email })
      await accept(id, person.actor)
      expect((await rolesOf())[person.userId]).toBe('agent')
    })

    test('it can be taken back, and is nobody\'s any more', async () => {
      const person = await newPerson()
      const { invitation_id: id } = await invite(person.email)
      await account.owner.rpc('revoke_invitation', { invitation_id: id })
      expect(await stateOf(account.owner.rpc('revoke_invitation', { invitation_id: id }))).toBe('revoked')
      expect(await stateOf(account.owner.rpc('resend_invitation', { invitation_id: id }))).toBe('revoked')
      expect(await refusal(accept(id, person.actor))).toBe('not_found')
      expect(await mailOf({ invitation_id: id, sent_count: 1 })).toBeNull()
      expect((await invite(person.email)).is_new, 'and they can be asked anew').toBe(true)
      expect((await log()).map(({ verb }) => verb)).toEqual(['member.invited', 'member.invitation_revoked', 'member.invited'])
    })

    test('twice at once is one invitation and one mail; later with another role it is mailed anew', async () => {
      const first = await invite('bo@example.com')
      expect(await invite('BO@example.com')).toEqual({ invitation_id: first.invitation_id, is_new: false })
      expect(await mails()).toHaveLength(1)
      await db.shiftClock('2 minutes')
      await invite('bo@example.com', 'viewer')
      expect(await mails()).toHaveLength(2)
      expect((await team()).invitations).toMatchObject([{ email: 'bo@example.com', role: 'viewer', invited_by_name: 'Ada Test' }])
      expect((await log()).map(({ details }) => details)).toEqual([{ role: 'agent' }, { role: 'viewer' }])
      expect(await refusal(account.owner.rpc('resend_invitation', { invitation_id: first.invitation_id })), 'within the minute').toBe('rate_limited')
    })

    test('two accounts can ask the same address, and each has its answer', async () => {
      const [person, other] = [await newPerson(), await openAccount(db)]
      const first = await invite(person.email)
      const second = await other.owner.rpc<{ invitation_id: string, is_new: boolean }>('invite_member', { account_id: other.accountId, email: person.email, role: 'viewer' })
      expect([first.is_new, second.is_new]).toEqual([true, true])
      await accept(second.invitation_id, person.actor)
      expect((await team()).invitations).toMatchObject([{ id: first.invitation_id }])
      expect(await person.actor.rpc('my_accounts')).toMatchObject([{ account_id: other.accountId, role: 'viewer' }])
    })

    test('thirty mails an hour, and a hundred that nobody answers', async () => {
      for (let n = 0; n < 30; n++) await invite(`person${n}@example.com`)
      expect(await refusal(invite('one-more@example.com'))).toBe('rate_limited')
      await db.sql`insert into public.invitations (account_id, email, role, sent_at, expires_at)
        select ${account.accountId}, 'old' || n || '@example.com', 'viewer', private.now() - interval '1 day', private.now() from generate_series(1, 70) n`
      await db.shiftClock('61 minutes')
      expect(await stateOf(invite('one-more@example.com'))).toBe('too_many')
      expect((await invite('old7@example.com')).is_new).toBe(false)
    })

    test.each([null, '', 'bo', 'bo@', '@example.com', 'bo@example', 'bo@example.', 'b o@example.com', 'Bo <bo@example.com>', `${'b'.repeat(250)}@example.com`])('%s is no address', async (email) => {
      expect((await errorOf(invite(email as string))).details).toMatchObject([{ field: 'email' }])
    })

    test.each([null, 'owner', 'king'])('nobody is asked as %s', async (role) => {
      expect((await errorOf(invite('bo@example.com', role as string))).details).toMatchObject([{ field: 'role' }])
    })

    test('a member is not asked again', async () => {
      const { userId } = await addMember(db, account, 'viewer')
      const [person] = await db.admin<{ email: string }[]>`select email from auth.users where id = ${userId}`
      expect(await stateOf(invite(person!.email.toUpperCase()))).toBe('member')
    })

    test('who became a member meanwhile keeps the role they have', async () => {
      const person = await newPerson()
      const { invitation_id: id } = await invite(person.email, 'viewer')
      await db.sql`insert into public.members (account_id, user_id, role) values (${account.accountId}, ${person.userId}, 'admin')`
      await accept(id, person.actor)
      expect((await rolesOf())[person.userId]).toBe('admin')
    })

    test('only by those who manage the team, and only in their own account', async () => {
      const other = await openAccount(db)
      const { invitation_id: id } = await invite('bo@example.com')
      for (const role of ['agent', 'viewer'] as const) {
        const { actor } = await addMember(db, account, role)
        expect(await refusal(invite('cy@example.com', 'viewer', actor)), role).toBe('forbidden')
        expect(await refusal(actor.rpc('revoke_invitation', { invitation_id: id })), role).toBe('forbidden')
      }
      expect(await refusal(invite('cy@example.com', 'viewer', other.owner))).toBe('not_found')
      for (const command of ['revoke_invitation', 'resend_invitation']) {
        expect(await refusal(other.owner.rpc(command, { invitation_id: id })), command).toBe('not_found')
        expect(await refusal(other.owner.rpc(command, { invitation_id: '00000000-0000-4000-8000-000000000000' })), command).toBe('not_found')
      }
    })
  })

  describe('changes what somebody is', () => {
    test('at once, for everything that asks for a right', async () => {
      const { userId, actor } = await addMember(db, account, 'viewer')
      expect(await refusal(actor.rpc('save_privacy', { account_id: account.accountId, content: {} }))).toBe('forbidden')
      expect(await setRole(userId, 'admin')).toEqual({ role: 'admin' })
      await actor.rpc('save_privacy', { account_id: account.accountId, content: {} })
      await setRole(userId, 'admin')
      expect(await log(), 'the same again is no news').toEqual([{ verb: 'member.role_changed', actor_id: account.userId, subject_id: userId, details: { before: 'viewer', after: 'admin' } }])
    })

    test('an admin all but owners, and makes none', async () => {
      const [admin, viewer] = [await addMember(db, account, 'admin'), await addMember(db, account, 'viewer')]
      await setRole(viewer.userId, 'agent', admin.actor)
      await setRole(viewer.userId, 'admin', admin.actor)
      expect(await refusal(setRole(viewer.userId, 'owner', admin.actor))).toBe('forbidden')
      expect(await refusal(setRole(admin.userId, 'owner', admin.actor))).toBe('forbidden')
      expect(await refusal(setRole(account.userId, 'viewer', admin.actor))).toBe('forbidden')
      expect(await refusal(admin.actor.rpc('deactivate_member', about(account.userId)))).toBe('forbidden')
      expect(await refusal(admin.actor.rpc('transfer_ownership', about(viewer.userId)))).toBe('forbidden')
      expect(await rolesOf()).toEqual({ [account.userId]: 'owner', [admin.userId]: 'admin', [viewer.userId]: 'admin' })
    })

    test('nobody without the right, nobody from elsewhere, nothing unknown', async () => {
      const [agent, viewer] = [await addMember(db, account, 'agent'), await addMember(db, account, 'viewer')]
      const other = await openAccount(db)
      for (const actor of [agent.actor, viewer.actor]) expect(await refusal(setRole(viewer.userId, 'admin', actor))).toBe('forbidden')
      expect(await refusal(setRole(viewer.userId, 'admin', other.owner))).toBe('not_found')
      expect(await refusal(setRole(other.userId, 'admin'))).toBe('not_found')
      for (const role of [null, 'king']) expect((await errorOf(setRole(viewer.userId, role))).details).toMatchObject([{ field: 'role' }])
    })

    test('but the last owner stays one', async () => {
      expect(await stateOf(setRole(account.userId, 'admin'))).toBe('last_owner')
      expect(await stateOf(account.owner.rpc('leave_account', { account_id: account.accountId }))).toBe('last_owner')
      const { userId } = await addMember(db, account, 'admin')
      await setRole(userId, 'owner')
      await setRole(account.userId, 'admin')
      expect(await rolesOf()).toEqual({ [account.userId]: 'admin', [userId]: 'owner' })
    })

    test('two owners who step down at once leave one', async () => {
      const { userId, actor } = await addMember(db, account, 'admin')
      await setRole(userId, 'owner')
      const answers = await Promise.allSettled([setRole(account.userId, 'admin'), setRole(userId, 'admin', actor)])
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(Object.values(await rolesOf()).sort()).toEqual(['admin', 'owner'])
    })

    test('an owner hands the account over', async () => {
      const { userId } = await addMember(db, account, 'agent')
      await account.owner.rpc('transfer_ownership', about(userId))
      expect(await rolesOf()).toEqual({ [account.userId]: 'admin', [userId]: 'owner' })
      expect(await refusal(account.owner.rpc('transfer_ownership', about(userId))), 'who handed it over has it no more').toBe('forbidden')
      expect(await log()).toEqual([{ verb: 'account.transferred', actor_id: account.userId, subject_id: userId, details: { before: 'agent', after: 'owner' } },
        { verb: 'member.changed', actor_id: account.userId, subject_id: account.userId, details: {} }])
    })

    test('two owners who hand over to each other at once leave one at least', async () => {
      const { userId, actor } = await addMember(db, account, 'admin')
      await setRole(userId, 'owner')
      await Promise.allSettled([account.owner.rpc('transfer_ownership', about(userId)), actor.rpc('transfer_ownership', about(account.userId))])
      expect(Object.values(await rolesOf())).toContain('owner')
    })

    test('nobody from elsewhere waits for the account, or keeps others waiting', async () => {
      const other = await openAccount(db)
      const holder = await db.holding(`select from engine.accounts where account_id = '${account.accountId}' for update`)
      expect(await refusal(other.owner.rpc('transfer_ownership', about(other.userId)))).toBe('not_found')
      await holder.close()
    })

    test('to a member alone, who is somebody else', async () => {
      expect(await stateOf(account.owner.rpc('transfer_ownership', about(account.userId)))).toBe('self')
      expect(await refusal(account.owner.rpc('transfer_ownership', about((await newPerson()).userId)))).toBe('not_found')
    })
  })

  describe('ends somebody\'s access', () => {
    test('with the same transaction, and for whatever they ask', async () => {
      const { userId, actor } = await addMember(db, account, 'admin')
      const { campaignId } = await createCampaign(account)
      expect(await actor.query('select id from public.campaigns')).toEqual([{ id: campaignId }])
      await account.owner.rpc('deactivate_member', about(userId))
      for (const table of ['accounts', 'campaigns', 'members', 'contacts', 'calls', 'activity_log', 'invitations', 'former_members']) {
        expect(await actor.query(`select account_id from public.${table}`.replace('account_id from public.accounts', 'id from public.accounts')), table).toEqual([])
      }
      expect(await refusal(actor.rpc('list_team', { account_id: account.accountId }))).toBe('not_found')
      expect(await refusal(actor.rpc('get_campaign', { campaign_id: campaignId }))).toBe('not_found')
      expect(await actor.rpc('my_accounts')).toEqual([])
      expect(await log()).toEqual([{ verb: 'member.deactivated', actor_id: account.userId, subject_id: userId, details: { role: 'admin' } }])
    })

    test('who listens along to a call hears no more of it', async () => {
      const { userId, actor } = await addMember(db, account, 'admin')
      await startedCampaign(account, { contacts: [{ phone: newPhone() }] })
      const { callId } = await acceptedCall(db)
      for (const listener of [actor, account.owner]) await listener.rpc('watch_call', { call_id: callId })
      await account.owner.rpc('deactivate_member', about(userId))
      expect(await db.sql`select user_id from engine.call_watchers`).toEqual([{ user_id: account.userId }])
    })

    test('and gives it back, with the campaigns they were assigned to', async () => {
      const { userId, actor } = await addMember(db, account, 'agent')
      const { campaignId } = await createCampaign(account)
      await account.owner.rpc('assign_to_campaign', { campaign_id: campaignId, user_id: userId, is_assigned: true })
      expect((await team()).members.find((member) => member.user_id === userId)).toMatchObject({ campaigns_count: 1 })
      await account.owner.rpc('deactivate_member', about(userId))
      expect((await team()).former).toMatchObject([{ user_id: userId, role: 'agent', was_removed: true }])
      expect(await actor.query('select id from public.campaigns')).toEqual([])
      expect(await account.owner.rpc('reactivate_member', about(userId))).toEqual({ role: 'agent' })
      expect(await actor.query('select id from public.campaigns')).toEqual([{ id: campaignId }])
      expect((await team()).former).toEqual([])
      expect(await refusal(account.owner.rpc('reactivate_member', about(userId)))).toBe('not_found')
    })

    test('or they leave by themselves, and come back by an invitation', async () => {
      const person = await newPerson()
      await accept((await invite(person.email, 'viewer')).invitation_id, person.actor)
      await person.actor.rpc('leave_account', { account_id: account.accountId })
      expect((await team()).former).toMatchObject([{ user_id: person.userId, was_removed: false }])
      await accept((await invite(person.email, 'agent')).invitation_id, person.actor)
      expect(await team()).toMatchObject({ former: [], members: [{ role: 'owner' }, { user_id: person.userId, role: 'agent' }] })
      expect(await refusal((await openAccount(db)).owner.rpc('leave_account', { account_id: account.accountId }))).toBe('not_found')
    })

    test('an owner\'s only by an owner, nobody their own, a stranger\'s never', async () => {
      const [second, admin] = [await addMember(db, account, 'admin'), await addMember(db, account, 'admin')]
      await setRole(second.userId, 'owner')
      expect(await stateOf(account.owner.rpc('deactivate_member', about(account.userId)))).toBe('self')
      expect(await refusal(account.owner.rpc('deactivate_member', about((await newPerson()).userId)))).toBe('not_found')
      await account.owner.rpc('deactivate_member', about(second.userId))
      expect(await refusal(admin.actor.rpc('reactivate_member', about(second.userId)))).toBe('forbidden')
      const viewer = await addMember(db, account, 'viewer')
      expect(await refusal(viewer.actor.rpc('deactivate_member', about(admin.userId)))).toBe('forbidden')
      expect(await refusal(viewer.actor.rpc('reactivate_member', about(second.userId)))).toBe('forbidden')
    })
  })

  test('an account that somebody opened and left is not theirs for opening it again', async () => {
    const { userId } = await addMember(db, account, 'admin')
    await account.owner.rpc('transfer_ownership', about(userId))
    await account.owner.rpc('leave_account', { account_id: account.accountId })
    expect(await stateOf(account.owner.rpc('open_account', { company_name: 'Analytical Engines' }))).toBe('left')
    expect(await account.owner.rpc('open_account', { company_name: 'Difference Engines' })).not.toEqual({ account_id: account.accountId })
  })

  test('whatever writes a membership, open pages hear of it with the next message', async () => {
    const messages = async () => {
      await db.sql`select private.tick()`
      await db.shiftClock('2 seconds')
      return (await db.admin`select payload ->> 'team_changed_at' as at from realtime.messages where topic = ${`account:${account.accountId}`} and event = 'account_changed' order by inserted_at`)
        .map(({ at }) => at as string)
    }
    const before = await messages()
    const { userId } = await addMember(db, account, 'agent')
    const joined = await messages()
    await setRole(userId, 'viewer')
    const changed = await messages()
    await account.owner.rpc('deactivate_member', about(userId))
    const heard = await messages()
    expect(new Set(heard.slice(before.length)).size).toBe(3)
    expect(await account.owner.rpc('my_accounts'), 'who asks anew has it').toMatchObject([{ team_changed_at: heard.at(-1) }])
    expect([joined.length, changed.length, heard.length]).toEqual([before.length + 1, before.length + 2, before.length + 3])
  })

  test('is shown to all of it; who was asked and who left to those who manage it', async () => {
    const viewer = await addMember(db, account, 'viewer')
    const gone = await addMember(db, account, 'agent')
    await account.owner.rpc('deactivate_member', about(gone.userId))
    await invite('bo@example.com')
    const seen = await team(viewer.actor)
    const members = [{ user_id: account.userId, is_last_owner: true }, { user_id: viewer.userId, is_last_owner: false }]
    expect(seen).toMatchObject({ former: [], invitations: [], members })
    expect(await team()).toMatchObject({ former: [{}], invitations: [{ email: 'bo@example.com' }] })
  })
})
