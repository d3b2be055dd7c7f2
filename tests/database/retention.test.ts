/** How long recordings are kept: who decides it, what a sweep orders to be deleted, what may still stop it, and what stays as proof. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, beginCall, callState, claim, processEvents, report, sendEvent } from '../factories/call.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Job { id: number, kind: string, payload: Record<string, unknown>, tries: number }
interface Details { recording_state: string, recording_path: string | null, recording_fate: Record<string, unknown>, timeline: { kind: string }[] }

describe('recordings are kept as long as the account says', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(async () => {
    await expectInvariants(db)
  })
  afterAll(() => db.drop())

  const save = (content: object, actor: Actor = account.owner) => actor.rpc<Record<string, unknown>>('save_privacy', { account_id: account.accountId, content })
  const read = (actor: Actor = account.owner) => actor.rpc<Record<string, unknown>>('get_privacy', { account_id: account.accountId })
  const tick = () => db.sql`select private.tick()`
  const answer = (id: number, result: object) => db.asService().rpc<{ state: string }>('record_outbox', { id, result })
  const jobs = async () => (await db.asService().rpc<{ jobs: Job[] }>('claim_outbox', { batch_size: 100 })).jobs.filter(({ kind }) => kind !== 'mail_notices' && kind !== 'send_mail')
  const ask = ({ id }: Job) => db.asService().rpc<{ path: string } | null>('recording_to_delete', { job_id: id })
  const details = (callId: string, actor: Actor = account.owner) => actor.rpc<Details>('get_call', { call_id: callId })
  const log = async () => (await db.sql`select verb, actor_id, details from public.activity_log where subject_type = 'call' order by id`).map((row) => ({ ...row }))

  /** A call with its recording in our storage. */
  async function recorded(owner = account): Promise<string> {
    await startedCampaign(owner, { contacts: [{ phone: newPhone() }] })
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 61))
    await processEvents(db)
    const [job] = await jobs()
    await answer(job!.id, { ok: true, path: `${owner.accountId}/${callId}.mp3`, bytes: 4321 })
    return callId
  }
  const dueDeletion = async () => {
    await tick()
    return (await jobs()).filter(({ kind }) => kind === 'delete_recording')
  }

  test('a year unless somebody decides otherwise, and no day longer', async () => {
    const callId = await recorded()
    expect(await read()).toMatchObject({ records_calls: true, recording_days: 365, recording_bans: [], overdue_count: 0, failed_count: 0 })
    expect((await details(callId)).recording_fate).toMatchObject({ kept_until: expect.any(String), deleted_at: null })
    await db.shiftClock('364 days')
    expect(await dueDeletion()).toEqual([])
    await db.shiftClock('25 hours')
    expect(await read()).toMatchObject({ overdue_count: 1 })
    expect(await dueDeletion()).toHaveLength(1)
  })

  test('and go with a proof: what it was, by which rule, and when; then the provider is asked to forget the call', async () => {
    const callId = await recorded()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    const [job] = await dueDeletion()
    expect(await ask(job!)).toEqual({ path: `${account.accountId}/${callId}.mp3` })
    expect(await ask(job!), 'a worker that died there asks again').toEqual({ path: `${account.accountId}/${callId}.mp3` })
    expect(await answer(job!.id, { ok: true, is_deleted: true })).toEqual({ state: 'done' })
    expect(await answer(job!.id, { ok: true, is_deleted: true })).toEqual({ state: 'finished' })
    expect(await callState(db, callId)).toMatchObject({ recording_state: 'expired', recording_path: null })
    expect(await read()).toMatchObject({ overdue_count: 0 })
    expect(await account.owner.rpc('count_old', { account_id: account.accountId, kind: 'recordings', days: 1 })).toEqual({ count: 0 })
    expect(await log()).toEqual([{ verb: 'call.recording_deleted', actor_id: null, details: { rule: 'retention', days: 30, bytes: 4321, talk_seconds: 61 } }])
    expect(await details(callId)).toMatchObject({ recording_state: 'expired', recording_path: null,
      recording_fate: { kept_until: null, deleted_at: expect.any(String), deleted_after_days: 30 }, timeline: expect.arrayContaining([{ kind: 'recording_deleted', at: expect.any(String) }]) })
    const [erasure] = await jobs()
    expect(erasure).toMatchObject({ kind: 'erase_call', payload: { provider: 'vapi', call_id: callId, provider_call_id: expect.any(String) } })
    await answer(erasure!.id, { ok: true, is_deleted: true })
    expect((await log())[1]).toEqual({ verb: 'call.erased_at_provider', actor_id: null, details: { provider: 'vapi' } })
    expect((await details(callId)).timeline.at(-1)).toMatchObject({ kind: 'erased_at_provider' })
    await db.shiftClock('2 days')
    expect(await dueDeletion()).toEqual([])
  })

  test('whatever another account decides', async () => {
    const [callId, theirs] = [await recorded(), await recorded(await openAccount(db))]
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    expect(await dueDeletion()).toMatchObject([{ payload: { call_id: callId } }])
    expect((await read()).overdue_count).toBe(1)
    expect(await callState(db, theirs)).toMatchObject({ recording_state: 'stored' })
  })

  test('a provider that forgets nothing is not said to have forgotten', async () => {
    const callId = await recorded()
    await save({ recording_days: 1 })
    await db.shiftClock('2 days')
    const [job] = await dueDeletion()
    await ask(job!)
    await answer(job!.id, { ok: true, is_deleted: true })
    await answer((await jobs())[0]!.id, { ok: true, is_deleted: false })
    expect((await log()).map(({ verb }) => verb)).toEqual(['call.recording_deleted'])
    expect((await details(callId)).timeline.at(-1)).toMatchObject({ kind: 'recording_deleted' })
  })

  test('longer when the rule becomes longer before the deletion, and deleted when it becomes shorter again', async () => {
    const callId = await recorded()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    const [job] = await dueDeletion()
    await save({ recording_days: 60 })
    expect(await ask(job!)).toBeNull()
    await answer(job!.id, { ok: true, is_deleted: false })
    expect(await callState(db, callId)).toMatchObject({ recording_state: 'stored' })
    await save({ recording_days: null })
    await db.shiftClock('900 days')
    expect(await dueDeletion()).toEqual([])
    expect((await details(callId)).recording_fate).toMatchObject({ kept_until: null, deleted_at: null })
    await save({ recording_days: 900 })
    await db.shiftClock('61 seconds')
    const [again] = await dueDeletion()
    expect(again).toMatchObject({ id: job!.id, tries: 1, payload: { call_id: callId } })
    expect(await ask(again!)).not.toBeNull()
    await answer(again!.id, { ok: true, is_deleted: true })
    expect(await callState(db, callId)).toMatchObject({ recording_state: 'expired' })
  })

  test('an answer that nobody was allowed to give deletes nothing', async () => {
    const callId = await recorded()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    const [job] = await dueDeletion()
    await answer(job!.id, { ok: true, is_deleted: false })
    expect(await ask(job!), 'a finished job').toBeNull()
    expect(await callState(db, callId)).toMatchObject({ recording_state: 'stored' })
    expect(await ask({ ...job!, id: 0 })).toBeNull()
  })

  test('a storage that refuses for a day is asked again the next, and operators are told', async () => {
    const callId = await recorded()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    for (let n = 0; n < 8; n++) {
      const [job] = await dueDeletion()
      await ask(job!)
      await answer(job!.id, { ok: false, error: 'The storage answered HTTP 500', is_final: false })
      await db.shiftClock('5 hours')
    }
    expect(await dueDeletion()).toEqual([])
    expect(await db.sql`select kind, call_id, facts ->> 'why' as why from engine.repairs where kind like 'recording%'`).toMatchObject([{ kind: 'recording_kept', call_id: callId, why: 'The storage answered HTTP 500' }])
    expect(await read()).toMatchObject({ overdue_count: 0, failed_count: 1 })
    await db.shiftClock('1 day')
    expect(await dueDeletion()).toMatchObject([{ tries: 1 }])
    expect(await read()).toMatchObject({ overdue_count: 1, failed_count: 0 })
  })

  test('a second recording waits for its own time', async () => {
    const first = await recorded()
    await save({ recording_days: 30 })
    await db.shiftClock('20 days')
    const second = await recorded()
    await db.shiftClock('11 days')
    const [job, ...others] = await dueDeletion()
    expect(others).toEqual([])
    expect(await ask(job!)).toEqual({ path: `${account.accountId}/${first}.mp3` })
    await db.shiftClock('20 days')
    const ofSecond = (await dueDeletion()).find(({ payload }) => payload.call_id === second)
    expect(await ask(ofSecond!)).toEqual({ path: `${account.accountId}/${second}.mp3` })
  })

  test('is looked at again only when something can be due', async () => {
    const nextAt = async () => (await db.sql<{ days: number }[]>`select round(extract(epoch from next_at - private.now()) / 86400.0)::int as days from public.retention_rules where account_id = ${account.accountId} and kind = 'recordings'`)[0]?.days
    await recorded()
    await save({ recording_days: 2 })
    expect(await nextAt()).toBe(0)
    await tick()
    expect(await nextAt(), 'a recording of tomorrow must not wait').toBe(1)
    await save({ recording_days: 2 })
    expect(await nextAt(), 'another rule is heeded at once').toBe(0)
    await db.shiftClock('3 days')
    await db.sql`update public.retention_rules set next_at = private.now() + interval '2 minutes'`
    expect(await dueDeletion()).toEqual([])
    await db.shiftClock('3 minutes')
    expect(await dueDeletion()).toHaveLength(1)
  })

  test('of an account that somebody works on they wait for the next minute', async () => {
    await recorded()
    await save({ recording_days: 1 })
    await db.shiftClock('2 days')
    const other = await db.session({ userId: account.userId })
    await other.begin()
    await other.rpc('save_account', { account_id: account.accountId, content: { name: 'Other engines' } })
    expect(await dueDeletion()).toEqual([])
    await other.commit()
    await other.close()
    await db.shiftClock('61 seconds')
    expect(await dueDeletion()).toHaveLength(1)
  })

  test('by a rule that somebody changes they wait for the change, and go by it', async () => {
    await recorded()
    await db.shiftClock('2 days')
    await db.sql`update public.retention_rules set next_at = private.now()`
    const other = await db.session({ userId: account.userId })
    await other.begin()
    await other.rpc('save_privacy', { account_id: account.accountId, content: { recording_days: 1 } })
    expect(await dueDeletion()).toEqual([])
    await other.commit()
    await other.close()
    await db.shiftClock('61 seconds')
    expect(await dueDeletion()).toHaveLength(1)
  })

  test('of however many accounts every rule is looked at in one sweep, and none is locked of which nothing is old', async () => {
    for (let more = 0; more < 30; more++) await openAccount(db)
    const left = async () => (await db.sql`select from public.retention_rules where next_at <= private.now()`).length
    expect(await left()).toBe(93)
    const other = await db.session({ userId: account.userId })
    await other.begin()
    await other.rpc('save_account', { account_id: account.accountId, content: { name: 'Other engines' } })
    await db.sql`select private.sweep_retention(private.now())`
    expect(await left()).toBe(0)
    await other.commit()
    await other.close()
  })

  test('only leaders decide, members read, and nobody of another account does either', async () => {
    const [admin, agent, stranger] = [(await addMember(db, account, 'admin')).actor, (await addMember(db, account, 'agent')).actor, (await openAccount(db)).owner]
    expect(await save({ recording_days: 90 }, admin)).toMatchObject({ records_calls: true, recording_days: 90 })
    expect((await errorOf(save({ recording_days: 1 }, agent))).code).toBe('forbidden')
    expect(await read(agent)).toMatchObject({ recording_days: 90 })
    for (const asked of [() => save({ recording_days: 1 }, stranger), () => read(stranger)]) expect((await errorOf(asked())).code).toBe('not_found')
    const count = (actor: Actor, days: number) => actor.rpc('count_old', { account_id: account.accountId, kind: 'recordings', days })
    await recorded()
    await db.shiftClock('10 days')
    expect([await count(admin, 9), await count(admin, 11), await count(admin, -5)]).toEqual([{ count: 1 }, { count: 0 }, { count: 1 }])
    expect((await errorOf(count(agent, 9))).code).toBe('forbidden')
  })

  test('a decision is logged with what it was before; the same again is none', async () => {
    await save({ recording_days: 90, records_calls: false })
    await save({ recording_days: 90 })
    await save({})
    const changes = await db.sql`select actor_id, details from public.activity_log where verb = 'account.privacy_changed'`
    expect(changes.map((row) => ({ ...row }))).toEqual([
      { actor_id: account.userId, details: { recording_days: { before: 365, after: 90 }, records_calls: { before: true, after: false } } }])
  })

  test.each([[{ recording_days: 0 }, 'recording_days'], [{ recording_days: 3651 }, 'recording_days'], [{ recording_days: 1.5 }, 'recording_days'], [{ recording_days: 'x' }, 'recording_days'],
    [{ records_calls: 'no' }, 'records_calls'], [[], 'content']])('%j is refused', async (content, field) => {
    expect(await errorOf(save(content))).toMatchObject({ code: 'invalid_input', details: [{ field }] })
  })

  test('an account that does not record has the last word over assistant and campaign, from the next dial on', async () => {
    await startedCampaign(account, { contacts: [{ phone: newPhone() }, { phone: newPhone() }], content: { record_calls: true } })
    const [first, second] = await claim(db, 2)
    expect(await beginCall(db, first!.call_id)).toMatchObject({ record_calls: true, disclosures: { recording: expect.stringMatching(/\w/) } })
    await save({ records_calls: false })
    expect(await beginCall(db, second!.call_id)).toMatchObject({ record_calls: false, disclosures: { recording: '' } })
  })

  test('rules that forbid recording are shown with their citation while they are in force', async () => {
    const ban = (more: string) => db.sql.unsafe(`
      insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on, effective_until)
      values ('no-recording', 'us-recording', 'recording', '{"consent": "forbidden"}', 'An act', '2026-01-01', true, ${more})`)
    await ban('true, null')
    expect(await read()).toMatchObject({ recording_bans: [{ citation: 'An act', regions: expect.arrayContaining(['US-CA']) }] })
    await db.sql`delete from public.rules where id = 'no-recording'`
    await ban('false, null')
    expect(await read()).toMatchObject({ recording_bans: [] })
    await db.sql`delete from public.rules where id = 'no-recording'`
    await ban(`true, '2026-02-01'`)
    expect(await read()).toMatchObject({ recording_bans: [] })
  })
})
