/** What a conversation meant in an account's own words: made, chosen, counted and put away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

interface Own { id: string, name: string, meaning: string, is_archived: boolean, is_used: boolean }

describe('a disposition of an account', () => {
  let db: TestDatabase
  let account: TestAccount
  let callId: string
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await startedCampaign(account)
    const call = await acceptedCall(db)
    callId = call.callId
    await sendEvent(db, report(call.providerCallId, 61, { structured: { disposition: 'information' } }))
    await processEvents(db)
  })
  afterAll(() => db.drop())

  const list = (actor: Actor = account.owner) => actor.rpc<Own[]>('list_dispositions', { account_id: account.accountId })
  const save = async (name: string, meaning: string, id: string | null = null, actor: Actor = account.owner) =>
    (await actor.rpc<{ disposition_id: string }>('save_disposition', { account_id: account.accountId, disposition_id: id, name, meaning })).disposition_id
  const choose = (chosen: object, actor: Actor = account.owner) => actor.rpc('set_disposition', { call_id: callId, ...chosen })
  const details = () => account.owner.rpc<Record<string, unknown>>('get_call', { call_id: callId })
  const positive = async () => Number((await db.sql`select sum(positive_count) as n from public.daily_stats`)[0]!.n)
  const found = async (filter: object) => (await account.owner.rpc<{ rows: unknown[] }>('list_calls', { filter: { account_id: account.accountId, ...filter } })).rows.length

  test('stands beside the platform\'s word for its meaning, is counted by it, and who said what is kept', async () => {
    const [booked, later] = [await save('Visit booked', 'positive'), await save('Has a contract', 'negative')]
    expect(await choose({ own_disposition_id: booked })).toMatchObject({ disposition: 'interested' })
    expect(await details()).toMatchObject({ disposition: 'interested', own_disposition: 'Visit booked' })
    expect([await positive(), await found({ dispositions: ['interested'] }), await found({ own_disposition_ids: [booked] })]).toEqual([1, 1, 1])
    await choose({ own_disposition_id: later })
    expect(await details()).toMatchObject({ disposition: 'not_interested', own_disposition: 'Has a contract' })
    expect([await positive(), await found({ own_disposition_ids: [booked] }), await found({ own_disposition_ids: [booked], dispositions: ['not_interested'] })]).toEqual([0, 0, 1])
    await choose({ disposition: 'callback' })
    expect(await details()).toMatchObject({ disposition: 'callback', own_disposition: null, disposition_history: [
      { before: 'information', own_before: null, after: 'interested', own_after: 'Visit booked' }, { own_before: 'Visit booked', own_after: 'Has a contract' },
      { before: 'not_interested', own_before: 'Has a contract', after: 'callback', own_after: null }] })
    await expectInvariants(db)
  })

  test('may be renamed; what it means stays once calls have it', async () => {
    const id = await save('Warm', 'neutral')
    expect(await save('Very warm', 'positive', id)).toBe(id)
    await choose({ own_disposition_id: id })
    expect((await errorOf(save('Very warm', 'negative', id))).code).toBe('conflict')
    await save('Hot', 'positive', id)
    expect(await details()).toMatchObject({ own_disposition: 'Hot' })
    expect((await errorOf(save('hot', 'neutral'))).code).toBe('conflict')
    expect((await errorOf(save('Hot', 'positive', await save('Other', 'neutral')))).code).toBe('conflict')
    for (const [name, meaning] of [['', 'neutral'], ['x'.repeat(61), 'neutral'], ['Fine', null]] as const) expect((await errorOf(save(name, meaning as string))).code).toBe('invalid_input')
  })

  test('is put away when calls have it, deleted when none has, and brought back by its name', async () => {
    const [used, unused] = [await save('Used', 'neutral'), await save('Unused', 'neutral')]
    await choose({ own_disposition_id: used })
    expect(await account.owner.rpc('remove_disposition', { disposition_id: used })).toEqual({ is_archived: true })
    expect(await account.owner.rpc('remove_disposition', { disposition_id: unused })).toEqual({ is_archived: false })
    const rows = await list()
    expect(rows.find(({ id }) => id === used)).toMatchObject({ is_archived: true, is_used: true })
    expect(rows.some(({ id }) => id === unused)).toBe(false)
    expect(await details()).toMatchObject({ own_disposition: 'Used' })
    await choose({ disposition: 'information' })
    expect((await errorOf(choose({ own_disposition_id: used }))).code, 'it is not offered any more').toBe('not_found')
    expect(await save('used', 'neutral')).toBe(used)
    expect((await list()).find(({ id }) => id === used)).toMatchObject({ is_archived: false, name: 'used' })
  })

  test('is another account\'s for nobody, and given by whoever may judge calls', async () => {
    const stranger = await openAccount(db)
    const { disposition_id } = await stranger.owner.rpc<{ disposition_id: string }>('save_disposition', { account_id: stranger.accountId, disposition_id: null, name: 'Theirs', meaning: 'positive' })
    expect((await errorOf(choose({ own_disposition_id: disposition_id }))).code).toBe('not_found')
    expect((await errorOf(save('Mine', 'neutral', disposition_id))).code).toBe('not_found')
    const viewer = (await addMember(db, account, 'viewer')).actor
    expect((await errorOf(choose({ disposition: 'interested' }, viewer))).code).toBe('forbidden')
    expect((await list(viewer)).length).toBeGreaterThan(0)
  })

  test('gives way to a wish not to be called, and there are fifty of them', async () => {
    const id = await save('Nearly', 'positive')
    await choose({ own_disposition_id: id })
    await choose({ disposition: 'do_not_call' })
    expect(await details()).toMatchObject({ disposition: 'do_not_call', own_disposition: null, is_listed: true })
    for (let number = (await list()).length; number < 50; number++) await save(`Word ${number}`, 'neutral')
    expect((await errorOf(save('One more', 'neutral'))).code).toBe('invalid_input')
  })
})
