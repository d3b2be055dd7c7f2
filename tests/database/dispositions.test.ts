/** What a conversation meant in an account's own words: made, chosen, counted and put away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

interface Own { id: string, name: string, description: string, meaning: string, is_archived: boolean, is_used: boolean }

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

  test('is chosen by its name, too, whatever the case; what is unknown is refused with the words that exist', async () => {
    const id = await save('Price list sent', 'neutral')
    const logged = async () => Number((await db.sql`select count(*) as n from public.activity_log where verb = 'call.disposition_set'`)[0]!.n)
    expect(await choose({ own_disposition: '  price LIST sent ' })).toEqual({ disposition: 'information', own_disposition: 'Price list sent', is_listed: false })
    const before = await logged()
    await choose({ own_disposition_id: id })
    await choose({ own_disposition: 'Price list sent' })
    expect(await logged(), 'the same again').toBe(before)
    const unknown = await errorOf(choose({ disposition: 'sold' }))
    expect(unknown).toMatchObject({ code: 'invalid_input', details: [{ field: 'disposition', code: 'unknown', message: expect.stringContaining('interested, information, callback') as string }] })
    expect(await errorOf(choose({ own_disposition: 'Sold' }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'own_disposition', message: expect.stringContaining('Price list sent') as string }] })
    for (const chosen of [{}, { disposition: 'interested', own_disposition_id: id }, { own_disposition: 'Price list sent', own_disposition_id: id }]) {
      expect((await errorOf(choose(chosen))).code).toBe('invalid_input')
    }
    expect((await errorOf(choose({ own_disposition: ' ' }))).code).toBe('invalid_input')
    expect(await details()).toMatchObject({ own_disposition: 'Price list sent' })
  })

  test('says when it fits; who saves it without a word about that leaves it', async () => {
    const describe = (description: string | null, id: string | null) => account.owner.rpc<{ disposition_id: string }>('save_disposition', {
      account_id: account.accountId, disposition_id: id, name: 'Described', meaning: 'neutral', description })
    const { disposition_id: id } = await describe('  They asked for the brochure. ', null)
    const told = async () => (await list()).find((row) => row.id === id)?.description
    expect(await told()).toBe('They asked for the brochure.')
    await save('Described', 'neutral', id)
    expect(await told()).toBe('They asked for the brochure.')
    await describe('x'.repeat(200), id)
    expect((await errorOf(describe('x'.repeat(201), id))).details).toMatchObject([{ field: 'description' }])
    await describe('', id)
    expect(await told()).toBe('')
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

  test('is set by people who are found by name, each once, also those who left', async () => {
    const judges = (actor: Actor = account.owner) => actor.rpc<{ id: string, name: string }[]>('list_call_judges', { account_id: account.accountId })
    const { userId } = await db.newUser('Zoe Later')
    await db.sql`insert into public.members (account_id, user_id, role) values (${account.accountId}, ${userId}, 'admin')`
    await choose({ disposition: 'interested' })
    await startedCampaign(account)
    const call = await acceptedCall(db)
    await sendEvent(db, report(call.providerCallId, 61, { structured: { disposition: 'information' } }))
    await processEvents(db)
    expect(await judges()).toEqual([{ id: account.userId, name: 'Ada Test' }])
    await db.asUser(userId).rpc('set_disposition', { call_id: call.callId, disposition: 'interested' })
    await db.sql`insert into public.profiles (id, name, email) values (${userId}, 'Zoe Later', 'zoe@example.com') on conflict do nothing`
    await db.sql`delete from public.members where user_id = ${userId}`
    expect(await judges((await addMember(db, account, 'viewer')).actor)).toEqual([{ id: account.userId, name: 'Ada Test' }, { id: userId, name: 'Zoe Later' }])
    expect(await found({ disposition_by: userId })).toBe(1)
    const stranger = await openAccount(db)
    expect(await judges(stranger.owner).catch((error: unknown) => error)).toBeInstanceOf(Error)
    expect(await stranger.owner.rpc('list_call_judges', { account_id: stranger.accountId })).toEqual([])
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
