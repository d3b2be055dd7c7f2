/** Deletions that keep failing: who hears of them, what is counted, how they are tried again, and what becomes of recordings that never came. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, callState, processEvents, report, sendEvent } from '../factories/call.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Job { id: number, kind: string, payload: Record<string, unknown>, tries: number }

describe('deletions that fail', () => {
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

  const save = (content: object) => account.owner.rpc('save_privacy', { account_id: account.accountId, content })
  const counts = async () => {
    const { overdue_count, failed_count } = await account.owner.rpc<Record<string, number>>('get_privacy', { account_id: account.accountId })
    return { overdue: overdue_count, failed: failed_count }
  }
  const retry = (actor: Actor = account.owner) => actor.rpc<{ count: number }>('retry_deletions', { account_id: account.accountId })
  const answer = ({ id }: Job, result: object) => db.asService().rpc<{ state: string }>('record_outbox', { id, result })
  const refuse = (job: Job) => answer(job, { ok: false, error: 'HTTP 500', is_final: true })
  const told = async (actor: Actor = account.owner) =>
    (await actor.rpc<{ rows: { kind: string }[] }>('list_notifications', { account_id: account.accountId })).rows.filter(({ kind }) => kind === 'deletions_failed').length
  const log = async (verb: string) => (await db.sql`select actor_id, details from public.activity_log where verb = ${verb}`).map((row) => ({ ...row }))
  /** What a tick orders, as a worker gets it. */
  async function work(kind: string): Promise<Job[]> {
    await db.sql`select private.tick()`
    return (await db.asService().rpc<{ jobs: Job[] }>('claim_outbox', { batch_size: 100 })).jobs.filter((job) => job.kind === kind)
  }

  /** A call whose recording is in our storage, or never came to us. */
  async function called(copied: object, owner = account): Promise<string> {
    await startedCampaign(owner, { contacts: [{ phone: newPhone() }] })
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 61))
    await processEvents(db)
    const [job] = await work('copy_recording')
    await answer(job!, copied)
    return callId
  }
  const stored = () => called({ ok: true, path: `${account.accountId}/${newPhone()}.mp3`, bytes: 4321 })
  const lost = (owner = account) => called({ ok: false, error: 'gone', is_final: true }, owner)

  /** A recording past its time whose deletion was given up. */
  async function given(): Promise<{ callId: string, job: Job }> {
    const callId = await stored()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    const [job] = await work('delete_recording')
    await refuse(job!)
    return { callId, job: job! }
  }

  test('are told to owners and admins, once a day however many there are', async () => {
    const people = { admin: (await addMember(db, account, 'admin')).actor, agent: (await addMember(db, account, 'agent')).actor, viewer: (await addMember(db, account, 'viewer')).actor }
    await stored()
    await stored()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    for (const job of await work('delete_recording')) await refuse(job)
    expect(await counts()).toEqual({ overdue: 0, failed: 2 })
    expect(await told()).toBe(1)
    expect(await Promise.all(Object.values(people).map(told))).toEqual([1, 0, 0])
    for (const [name, rows] of [['admin', 1], ['agent', 0], ['viewer', 0]] as const) {
      expect(await people[name].query(`select from public.notices where kind = 'deletions_failed'`), name).toHaveLength(rows)
    }
    const mailed = await db.sql`select m.role::text, private.wants_mail(m.account_id, m.user_id, 'privacy') as mails from public.members m where m.account_id = ${account.accountId} order by 1`
    expect(mailed.map((row) => ({ ...row }))).toEqual([{ role: 'admin', mails: true }, { role: 'agent', mails: false }, { role: 'owner', mails: true }, { role: 'viewer', mails: false }])
    await db.shiftClock('25 hours')
    for (const job of await work('delete_recording')) await refuse(job)
    expect(await told(), 'they failed on another day, too').toBe(2)
  })

  test('are those whose workers died, too', async () => {
    await stored()
    await save({ recording_days: 30 })
    await db.shiftClock('31 days')
    await work('delete_recording')
    await db.sql`update engine.outbox set tries = 8 where kind = 'delete_recording'`
    await db.shiftClock('3 minutes')
    await db.sql`select private.sweep_outbox(private.now())`
    expect([await counts(), await told()]).toEqual([{ overdue: 0, failed: 1 }, 1])
  })

  test('are tried again at once, with all tries, and count no more when it works', async () => {
    const { callId, job } = await given()
    expect(await retry()).toEqual({ count: 1 })
    expect(await counts()).toEqual({ overdue: 1, failed: 0 })
    expect(await retry(), 'asked again meanwhile').toEqual({ count: 0 })
    expect(await log('account.deletions_retried')).toEqual([{ actor_id: account.userId, details: { count: 1 } }])
    const [again] = await work('delete_recording')
    expect(again).toMatchObject({ id: job.id, tries: 1 })
    await db.asService().rpc('recording_to_delete', { job_id: again!.id })
    expect(await answer(again!, { ok: true, is_deleted: true })).toEqual({ state: 'done' })
    expect(await counts()).toEqual({ overdue: 0, failed: 0 })
    expect(await callState(db, callId)).toMatchObject({ recording_state: 'expired' })
    await save({ recording_days: null })
    const [erasure] = await work('erase_call')
    expect(erasure, 'what is gone here goes there, too, whatever the rule is now').toMatchObject({ payload: { call_id: callId } })
    await refuse(erasure!)
    expect(await counts(), 'gone here, and still at the carrier').toEqual({ overdue: 0, failed: 1 })
    expect(await retry()).toEqual({ count: 1 })
    await answer((await work('erase_call'))[0]!, { ok: true, is_deleted: true })
    expect(await counts()).toEqual({ overdue: 0, failed: 0 })
    expect(await log('call.erased_at_provider')).toEqual([{ actor_id: null, details: { provider: 'vapi' } }])
  })

  test('count no more when the rule becomes longer', async () => {
    await given()
    await save({ recording_days: 60 })
    expect([await counts(), await retry()]).toEqual([{ overdue: 0, failed: 0 }, { count: 0 }])
  })

  test('of another account are left alone', async () => {
    await given()
    const other = await openAccount(db)
    expect(await other.owner.rpc('retry_deletions', { account_id: other.accountId })).toEqual({ count: 0 })
    expect((await errorOf(retry(other.owner))).code).toBe('not_found')
    for (const role of ['agent', 'viewer'] as const) expect((await errorOf(retry((await addMember(db, account, role)).actor))).code).toBe('forbidden')
    expect(await counts()).toEqual({ overdue: 0, failed: 1 })
    expect(await retry((await addMember(db, account, 'admin')).actor)).toEqual({ count: 1 })
  })

  describe('of recordings that never came to us', () => {
    const erasures = () => work('erase_call')

    test('the carrier forgets them when their time is over, with a proof', async () => {
      const callId = await lost()
      const other = await openAccount(db)
      await lost(other)
      await save({ recording_days: 30 })
      await db.shiftClock('29 days')
      expect(await erasures()).toEqual([])
      await db.shiftClock('2 days')
      const [job, ...others] = await erasures()
      expect(others).toEqual([])
      expect(job).toMatchObject({ payload: { call_id: callId, provider: 'vapi', provider_call_id: expect.any(String), days: 30 } })
      await answer(job!, { ok: true, is_deleted: true })
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'expired' })
      expect(await log('call.erased_at_provider')).toEqual([{ actor_id: null, details: { provider: 'vapi', rule: 'retention', days: 30 } }])
      await db.shiftClock('2 days')
      expect(await erasures()).toEqual([])
    })

    test('a carrier that cannot forget is asked once, and nothing is said to be deleted', async () => {
      const callId = await lost()
      await save({ recording_days: 30 })
      await db.shiftClock('31 days')
      await answer((await erasures())[0]!, { ok: true, is_deleted: false })
      expect(await callState(db, callId)).toMatchObject({ recording_state: 'failed' })
      await db.shiftClock('2 days')
      expect(await erasures()).toEqual([])
      expect(await counts()).toEqual({ overdue: 0, failed: 0 })
      await save({ recording_days: 60 })
      await save({ recording_days: 30 })
      await db.shiftClock('61 seconds')
      expect(await erasures(), 'nor when the rule moved back and forth').toEqual([])
    })

    test('a carrier that refuses is counted, told and tried again', async () => {
      const callId = await lost()
      await save({ recording_days: 30 })
      await db.shiftClock('31 days')
      await refuse((await erasures())[0]!)
      expect([await counts(), await told()]).toEqual([{ overdue: 0, failed: 1 }, 1])
      expect(await db.sql`select call_id, facts ->> 'why' as why, facts ->> 'job' as job from engine.repairs where kind = 'recording_kept'`)
        .toMatchObject([{ call_id: callId, why: 'HTTP 500', job: 'erase_call' }])
      await retry()
      await answer((await erasures())[0]!, { ok: true, is_deleted: true })
      expect(await counts()).toEqual({ overdue: 0, failed: 0 })
    })

    test('a longer rule takes back what nobody began, and orders it again when that is over', async () => {
      const callId = await lost()
      await save({ recording_days: 30 })
      await db.shiftClock('31 days')
      const [job] = await erasures()
      await save({ recording_days: 60 })
      expect(await db.sql`select from engine.outbox where kind = 'erase_call'`, 'a worker is at it').toHaveLength(1)
      await refuse(job!)
      await save({ recording_days: 30 })
      expect(await counts(), 'still past its time').toMatchObject({ failed: 1 })
      await save({ recording_days: null })
      expect(await counts()).toMatchObject({ failed: 0 })
      await save({ recording_days: 90 })
      await db.shiftClock('30 days')
      expect(await erasures()).toEqual([])
      await db.shiftClock('30 days')
      expect(await erasures()).toMatchObject([{ payload: { call_id: callId, days: 90 } }])
    })

    test('two hundred at a time, and the next ones a minute later', async () => {
      await lost()
      await save({ recording_days: 30 })
      await db.sql`insert into public.calls select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'attempt_id', gen_random_uuid(), 'provider_call_id', 'copy-' || n,
          'attempt_no', n + 1, 'is_counted', false))).* from public.calls c, generate_series(1, 200) n where c.recording_state = 'failed'`
      await db.shiftClock('31 days')
      const ordered = async () => {
        await db.sql`select private.sweep_retention(private.now())`
        return (await db.sql`select from engine.outbox where kind = 'erase_call'`).length
      }
      expect([await ordered(), await ordered(), await ordered()]).toEqual([200, 201, 201])
      await db.sql`delete from public.calls where provider_call_id like 'copy-%'`
    })
  })
})
