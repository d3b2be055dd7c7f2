/** HIPAA mode: who turns it on and off, who sees personal values, how long things are kept, what leaves the house. */
import { describe, expect, test } from 'vitest'
import { addMember, type TestAccount } from '../factories/account.ts'
import { acceptedCall, beginCall, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { companyForEach } from '../support/company.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'

type Row = Record<string, unknown>

describe('an account in HIPAA mode', () => {
  let db: TestDatabase
  let account: TestAccount
  companyForEach((given) => ({ db, account } = given))
  const about = () => ({ account_id: account.accountId })
  const proven = (userId = account.userId) => db.asUser(userId, { aal: 'aal2' })
  const set = (is_on: boolean | null, actor: Actor = proven()) => actor.rpc('set_hipaa_mode', { ...about(), is_on })
  const settings = async () => (await db.sql`select is_hipaa, requires_second_factor as factor, idle_minutes as idle from public.accounts where id = ${account.accountId}`)[0] as Row
  const days = async () => Object.fromEntries((await db.sql`select kind, days from public.retention_rules where account_id = ${account.accountId}`).map(({ kind, days }) => [kind, days as number | null]))
  const refusal = async (call: Promise<unknown>) => {
    const { code, details } = await errorOf(call)
    return [code, (details as { state?: string } | null)?.state]
  }

  test('is one by the word of an owner who showed a second factor, and is asked for by nobody else', async () => {
    const { userId: adminId } = await addMember(db, account, 'admin')
    const [before] = await db.sql`select coalesce(team_changed_at, private.now()) as at from engine.accounts where account_id = ${account.accountId}`
    expect(await refusal(set(true, account.owner))).toEqual(['conflict', 'no_second_factor'])
    expect((await errorOf(set(true, proven(adminId)))).code).toBe('forbidden')
    expect((await errorOf(set(null))).details).toMatchObject([{ field: 'is_on', code: 'missing' }])
    await db.shiftClock('1 hour')
    expect(await set(true)).toEqual({ is_on: true })
    expect(await settings()).toEqual({ is_hipaa: true, factor: true, idle: 15 })
    await db.shiftClock('1 hour')
    await set(true)
    expect(await db.sql`select details from public.activity_log where verb = 'account.hipaa_mode'`).toEqual([{ details: { before: false, after: true } }])
    expect(await account.owner.rpc('my_accounts')).toMatchObject([{ second_factor: 'set_up', permissions: [], idle_minutes: 15 }])
    expect(await db.sql`select team_changed_at > ${before!.at as Date}::timestamptz + interval '1 minute' as told from engine.accounts where account_id = ${account.accountId}`, 'open pages ask anew').toEqual([{ told: true }])
  })

  test('shows names and numbers to owners and admins alone', async () => {
    const { campaignId, contactIds: [contactId] } = await startedCampaign(account, { contacts: [{ name: 'Grace Hopper', phone: '+12025550101', email: 'grace@example.com' }] })
    const { userId: agentId } = await addMember(db, account, 'agent')
    const { userId: adminId } = await addMember(db, account, 'admin')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${campaignId}, ${agentId}, ${account.accountId})`
    const seen = async (userId: string) => (await proven(userId).rpc<Row>('get_contact', { contact_id: contactId })).name
    expect(await seen(agentId)).toBe('Grace Hopper')
    await set(true)
    expect([await seen(account.userId), await seen(adminId), await seen(agentId)]).toEqual(['Grace Hopper', 'Grace Hopper', 'G•••'])
    expect(await proven(agentId).query('select from public.contacts')).toEqual([])
    expect(await refusal(proven(agentId).rpc('add_contact_note', { contact_id: contactId, body: 'x' }))).toEqual(['forbidden', 'hipaa'])
    await set(false)
    expect(await seen(agentId)).toBe('Grace Hopper')
  })

  test('keeps recordings and transcripts for thirty days at the longest, from its beginning on', async () => {
    await account.owner.rpc('save_privacy', { ...about(), content: { recording_days: null, transcript_days: 10 } })
    await set(true)
    expect(await days()).toEqual({ recordings: 30, transcripts: 10, events: 30 })
    const save = (content: Row) => proven().rpc('save_privacy', { ...about(), content })
    for (const content of [{ recording_days: 31 }, { recording_days: null }, { transcript_days: 31 }, { transcript_days: null }]) {
      expect((await errorOf(save(content))).details).toMatchObject([{ field: Object.keys(content)[0], code: 'range' }])
    }
    await save({ recording_days: 7 })
    expect(await proven().rpc('get_privacy', about())).toMatchObject({ is_hipaa: true, recording_days: 7, transcript_days: 10 })
    await set(false)
    expect(await days()).toEqual({ recordings: 7, transcripts: 10, events: 30 })
    await save({ recording_days: null })
  })

  test('is not passed by a longer time that somebody saved while it began', async () => {
    const holder = await db.holding(`select private.lock_account('${account.accountId}')`)
    const saved = errorOf(proven().rpc('save_privacy', { ...about(), content: { recording_days: 365 } }))
    await db.untilSomebodyWaits()
    await holder.query(`update public.accounts set is_hipaa = true, requires_second_factor = true, idle_minutes = 15 where id = '${account.accountId}'`)
    await holder.query(`update public.retention_rules set days = 30 where account_id = '${account.accountId}'`)
    await holder.commit()
    expect((await saved).details).toMatchObject([{ field: 'recording_days', code: 'range' }])
    expect(await days()).toMatchObject({ recordings: 30 })
    await holder.close()
  })

  test('is ended by an owner; the second factor stays until it is taken back on its own', async () => {
    const rule = () => proven().rpc('require_second_factor', { ...about(), is_required: false })
    await set(true)
    expect(await refusal(rule())).toEqual(['conflict', 'hipaa'])
    await set(false)
    expect(await settings()).toEqual({ is_hipaa: false, factor: true, idle: 0 })
    await rule()
    expect(await settings()).toMatchObject({ factor: false })
  })

  test('has its calls placed under the carrier\'s plan for health, and shows no conversation to a model of ours', async () => {
    await startedCampaign(account, { contacts: 2 })
    const { providerCallId, callId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 61, { summary: null, turns: [{ role: 'contact', text: 'Hello' }], structured: null }))
    await processEvents(db)
    const asked = () => db.asService().rpc<Row | null>('call_to_analyse', { call_id: callId })
    expect(await asked()).toMatchObject({ may_ask_model: true })
    await set(true)
    expect(await asked()).toMatchObject({ may_ask_model: false })
    const [next] = await claim(db, 1)
    expect(await beginCall<Row>(db, next!.call_id)).toMatchObject({ is_hipaa: true })
  })
})
