/** Transcripts and what the carrier sent are kept as long as the account says, and go with a proof. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('what calls leave in writing', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const about = () => ({ account_id: account.accountId })
  const save = (content: Record<string, unknown>) => account.owner.rpc('save_privacy', { ...about(), content })
  const sweep = () => db.sql`select private.sweep_slowly(private.now())`
  const transcripts = async () => (await db.sql`select call_id from public.call_transcripts where account_id = ${account.accountId}`).map(({ call_id: id }) => id as string)
  const erasures = async () => (await db.sql`select payload from engine.outbox where kind = 'erase_call' and account_id = ${account.accountId}`).map(({ payload }) => payload as Record<string, unknown>)
  const log = async (verb: string) => (await db.sql`select details from public.activity_log where account_id = ${account.accountId} and verb = ${verb}`).map(({ details }) => details as unknown)
  const events = async () => (await db.sql`select body, event from engine.provider_events where account_id = ${account.accountId} order by id`) as unknown as { body: unknown, event: Record<string, unknown> }[]

  async function conversation(facts: Record<string, unknown> = {}): Promise<string> {
    await startedCampaign(account)
    const { callId, providerCallId } = await acceptedCall(db)
    await sendEvent(db, report(providerCallId, 61, { has_recording: false, ...facts }))
    await processEvents(db)
    return callId
  }

  test('two years of transcripts and thirty days of events, unless somebody decides otherwise', async () => {
    const callId = await conversation()
    expect(await account.owner.rpc('get_privacy', about())).toMatchObject({ recording_days: 365, transcript_days: 730, event_days: 30 })
    await db.shiftClock('29 days')
    await sweep()
    expect((await events()).every(({ body }) => body !== null)).toBe(true)
    await db.shiftClock('2 days')
    await sweep()
    expect((await events()).map(({ body, event }) => [body, 'turns' in event, 'summary' in event])).toEqual([[null, false, false]])
    expect(await log('account.events_deleted')).toEqual([{ rule: 'retention', days: 30, count: 1 }])
    expect(await transcripts(), 'the transcript has its own time').toEqual([callId])
    await db.shiftClock('698 days')
    await sweep()
    expect(await transcripts()).toEqual([callId])
    await db.shiftClock('2 days')
    await sweep()
    expect(await transcripts()).toEqual([])
  })

  test('go with a proof that names the rule; the call and its costs stay, and the carrier forgets it', async () => {
    const callId = await conversation()
    await save({ transcript_days: 10 })
    await db.shiftClock('11 days')
    await sweep()
    await sweep()
    expect(await transcripts()).toEqual([])
    expect(await log('account.transcripts_deleted')).toEqual([{ rule: 'retention', days: 10, count: 1 }])
    expect(await erasures()).toMatchObject([{ call_id: callId, rule: 'retention', days: 10 }])
    expect((await events()).map(({ body, event }) => [body, 'turns' in event, event.talk_seconds])).toEqual([[null, false, 61]])
    expect(await account.owner.rpc('get_call', { call_id: callId })).toMatchObject({ billed_seconds: 120, outcome: 'answered', transcript: null,
      transcript_fate: { deleted_at: expect.any(String), deleted_after_days: 10 } })
  })

  test('the carrier keeps a call whose recording is still to be copied', async () => {
    await conversation({ has_recording: true })
    expect(await db.sql`select recording_state::text from public.calls`).toEqual([{ recording_state: 'pending' }])
    await save({ transcript_days: 1 })
    await db.shiftClock('2 days')
    await db.sql`select private.sweep_retention(private.now())`
    expect([await transcripts(), await erasures()]).toEqual([[], []])
  })

  test('a shorter time is counted before and holds at once; none of another account', async () => {
    await conversation()
    const other = await openAccount(db)
    await db.shiftClock('20 days')
    const count = (days: number, actor = account.owner, kind: string | null = 'transcripts') => actor.rpc('count_old', { ...about(), kind, days })
    expect([await count(10), await count(30)]).toEqual([{ count: 1 }, { count: 0 }])
    expect((await errorOf(count(10, account.owner, 'dreams'))).details).toMatchObject([{ field: 'kind' }])
    expect((await errorOf(count(10, (await addMember(db, account, 'viewer')).actor))).code).toBe('forbidden')
    await other.owner.rpc('save_privacy', { account_id: other.accountId, content: { transcript_days: 1, event_days: 1 } })
    await sweep()
    expect(await transcripts()).toHaveLength(1)
    expect((await events())[0]!.body).not.toBeNull()
    await save({ transcript_days: 10, event_days: 5 })
    await db.shiftClock('1 minute')
    await sweep()
    expect([await transcripts(), (await events())[0]!.body]).toEqual([[], null])
  })

  test.each([['transcript_days', 0], ['transcript_days', 3651], ['transcript_days', 1.5], ['event_days', 31], ['event_days', 0], ['event_days', null]])('refuses a wrong %s: %s', async (field, days) => {
    expect((await errorOf(save({ [field]: days }))).details).toMatchObject([{ field }])
  })

  test('without an end nothing is deleted', async () => {
    const callId = await conversation()
    await save({ transcript_days: null })
    await db.shiftClock('4000 days')
    await sweep()
    expect(await transcripts()).toEqual([callId])
  })

  test('what was said goes of this account alone, and of what is old', async () => {
    const [first, other] = [account, await openAccount(db)]
    const old = await conversation()
    account = other
    const theirs = await conversation()
    account = first
    await db.shiftClock('20 days')
    const fresh = await conversation()
    expect((await db.sql`select private.delete_transcripts(${account.accountId}, private.now() - interval '10 days', '{}') as gone`)[0]?.gone).toBe(1)
    const left = (await db.sql`select call_id from public.call_transcripts`).map(({ call_id: id }) => id as string)
    expect([left.includes(old), left.includes(theirs), left.includes(fresh)]).toEqual([false, true, true])
  })

  test('what events carried goes of this account alone, and of what is old', async () => {
    const other = await openAccount(db)
    const bring = (accountId: string, key: string, days: number) => db.sql`insert into engine.provider_events (provider, dedupe_key, account_id, event, body, received_at, processed_at)
      values ('vapi', ${key}, ${accountId}, '{}', '{}', private.now() - make_interval(days => ${days}), private.now())`
    await bring(account.accountId, 'old', 31)
    await bring(account.accountId, 'new', 29)
    await bring(other.accountId, 'theirs', 31)
    expect((await db.sql`select private.delete_event_bodies(${account.accountId}, 30, private.now()) as gone`)[0]?.gone).toBe(1)
    expect((await db.sql`select dedupe_key from engine.provider_events where body is not null order by 1`).map(({ dedupe_key }) => dedupe_key as string)).toEqual(['new', 'theirs'])
  })
})
