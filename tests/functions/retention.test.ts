/** A recording whose time is over, through the whole backend: file and row in the storage go, the carrier forgets the call, the proof stays. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { newPhone, startedCampaign } from '../factories/campaign.ts'
import { expectInvariants } from '../support/invariants.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('a recording whose time is over', () => {
  let stack: TestStack
  let account: TestAccount
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
  })
  afterAll(() => stack.stop())

  const callTo = async (phone: string) => (await stack.db.sql`select * from public.calls where phone = ${phone}`)[0]
  const verbs = async (id: string) => (await stack.db.sql`select verb from public.activity_log where subject_id = ${id} order by id`).map(({ verb }) => String(verb))
  async function recordedCall() {
    const phone = newPhone('07')
    await startedCampaign(account, { contacts: [{ phone }] })
    await stack.tickUntil(async () => (await callTo(phone))?.recording_state === 'stored', 'the recording to be stored')
    return (await callTo(phone))!
  }

  test('is deleted in the storage and at the carrier, and cannot be played any more', async () => {
    const call = await recordedCall()
    const owner = await signedIn(stack, account)
    const sign = () => owner.client.storage.from('recordings').createSignedUrl(call.recording_path, 60)
    const { data: signed } = await sign()
    expect((await fetch(signed?.signedUrl ?? '')).status).toBe(200)
    await account.owner.rpc('save_privacy', { account_id: account.accountId, content: { recording_days: 1 } })
    await stack.db.shiftClock('25 hours')
    await stack.tickUntil(async () => (await verbs(call.id)).length === 2, 'the proof of both deletions')
    expect(await verbs(call.id)).toEqual(['call.recording_deleted', 'call.erased_at_provider'])
    expect(await callTo(call.phone)).toMatchObject({ recording_state: 'expired', recording_path: null })
    expect(Number(call.recording_bytes)).toBeGreaterThan(1000)
    expect(await stack.db.admin`select from storage.objects where name = ${call.recording_path}`).toHaveLength(0)
    expect((await fetch(signed?.signedUrl ?? '')).ok, 'an address signed before').toBe(false)
    expect((await sign()).error).not.toBeNull()
    expect(stack.vapi.calls().find(({ id }) => id === call.provider_call_id)).toBeUndefined()
    await expectInvariants(stack.db)
  })

  test('stays while the storage does not answer, and goes when it does', async () => {
    const call = await recordedCall()
    await stack.db.admin.unsafe('alter table storage.objects rename to objects_away')
    await stack.db.shiftClock('25 hours')
    const tries = async () => Number((await stack.db.sql`select tries from engine.outbox where kind = 'delete_recording' and dedupe_key = ${call.id}`)[0]?.tries ?? 0)
    await stack.tickUntil(async () => (await tries()) === 1, 'a first try')
    expect(await callTo(call.phone)).toMatchObject({ recording_state: 'stored' })
    await stack.db.admin.unsafe('alter table storage.objects_away rename to objects')
    await stack.db.shiftClock('1 minute')
    await stack.tickUntil(async () => (await callTo(call.phone))?.recording_state === 'expired', 'the recording to go')
  })
  test('that never came to us goes at the carrier, who alone has it', async () => {
    const call = await recordedCall()
    await stack.db.sql`update public.calls set recording_state = 'failed', recording_path = null, recording_bytes = null where id = ${call.id}`
    await account.owner.rpc('save_privacy', { account_id: account.accountId, content: { recording_days: 1 } })
    await stack.db.shiftClock('25 hours')
    await stack.tickUntil(async () => (await callTo(call.phone))?.recording_state === 'expired', 'the carrier to forget the call')
    expect(await verbs(call.id)).toEqual(['call.erased_at_provider'])
    expect(stack.vapi.calls().find(({ id }) => id === call.provider_call_id)).toBeUndefined()
  })
})
