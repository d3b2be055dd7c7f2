/** An account's own key: where it lies, who may bring, use and take it away, and what is called by it. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, beginCall, callState, claim, dialOne, processEvents, report, sendEvent } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { chooseNumber, connected, keptKey, listingOf, newKey, ownLine, type TestConnection } from '../factories/connection.ts'
import { callWithCode } from '../factories/ownNumber.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

interface Order { attempt_id: string, from: { provider_ref: string, connection_id: string | null } }
interface Seen { line: Record<string, unknown> | null, connection: Record<string, unknown> | null, pending: Record<string, unknown> | null }

describe('an account\'s own connection', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  const seen = (actor: Actor = account.owner) => actor.rpc<Seen>('get_provider', { account_id: account.accountId })
  const keyOf = async ({ connectionId }: Pick<TestConnection, 'connectionId'>) =>
    (await db.asService().rpc<{ api_key: string, key_id: string } | null>('provider_key', { connection_id: connectionId }))
  const secrets = async () => (await db.sql`select decrypted_secret as key from vault.decrypted_secrets where name is null`).map(({ key }) => key as string)
  const verbs = async () => (await db.sql`select verb from public.activity_log where account_id = ${account.accountId} and verb like 'provider.%' order by id`).map(({ verb }) => verb as string)
  const remove = ({ connectionId }: TestConnection, actor = account.owner) => actor.rpc('remove_provider', { connection_id: connectionId })
  const lineId = async (accountId = account.accountId) => (await db.sql`select provider_line_id as id from engine.accounts where account_id = ${accountId}`)[0]?.id as string
  const refuse = (callId: string, cause = 'auth') => db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'refused', class: cause, message: 'no' } })
  const notices = async (actor: Actor = account.owner) => (await actor.rpc<{ kind: string }[]>('list_notices', { account_id: account.accountId })).map(({ kind }) => kind)
  const minutesPass = async (interval: string) => {
    await db.shiftClock(interval)
    await db.sql`select private.tick()`
  }

  describe('the key', () => {
    test('lies in Vault and nowhere else, and of it four characters are shown', async () => {
      const { apiKey, connectionId, listing } = await ownLine(db, account)
      expect(await keyOf({ connectionId })).toMatchObject({ api_key: apiKey })
      expect(await seen()).toMatchObject({ connection: { id: connectionId, state: 'working', last_four: apiKey.slice(-4), key_by_name: 'Ada Test', numbers: listing.numbers }, pending: null })
      const tables = await db.sql`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in ('public', 'engine', 'private', 'net', 'realtime')`
      for (const { name } of tables) {
        const found = await db.admin.unsafe(`select from ${name as string} x where x::text like '%' || $1 || '%'`, [apiKey])
        expect([name, found.length]).toEqual([name, 0])
      }
    })

    test('is read by functions alone, and by nobody before it was taken on', async () => {
      const { connectionId } = await ownLine(db, account)
      for (const actor of [account.owner, db.asAnon()]) expect((await errorOf(actor.rpc('provider_key', { connection_id: connectionId }))).code).toBe('42501')
      expect(await keyOf({ connectionId: await keptKey(db, account.accountId, listingOf()) })).toBeNull()
      expect(await keyOf({ connectionId: randomUUID() })).toBeNull()
    })

    test('that nobody took on is destroyed after ten minutes, not before', async () => {
      const offered = await keptKey(db, account.accountId, listingOf())
      await minutesPass('9 minutes')
      expect(await secrets()).toHaveLength(1)
      await minutesPass('2 minutes')
      expect(await secrets()).toEqual([])
      expect((await errorOf(account.owner.rpc('connect_provider', { connection_id: offered }))).code).toBe('not_found')
    })

    test('of the same customer replaces the old one, which is destroyed at once; number and line stay', async () => {
      const first = await ownLine(db, account)
      const second = await connected(db, account, first.listing)
      expect(second.connectionId).toBe(first.connectionId)
      expect(await secrets()).toEqual([second.apiKey])
      expect(await seen()).toMatchObject({ line: { is_own: true, e164: first.listing.numbers[0]!.e164 }, connection: { state: 'working', last_four: second.apiKey.slice(-4) } })
      expect(await verbs()).toEqual(['provider.connected', 'provider.number_chosen', 'provider.key_replaced'])
      await minutesPass('11 minutes')
      expect((await keyOf(first))?.api_key).toBe(second.apiKey)
    })

    test('of another customer waits until its number is chosen; then the first one retires', async () => {
      const first = await ownLine(db, account)
      const second = await connected(db, account)
      const [used] = first.listing.numbers
      expect(await seen()).toMatchObject({ line: { e164: used!.e164 }, connection: { id: first.connectionId }, pending: { id: second.connectionId } })
      await chooseNumber(account.owner, second)
      expect(await seen()).toMatchObject({ line: { e164: second.listing.numbers[0]!.e164 }, connection: { id: second.connectionId }, pending: null })
      await minutesPass('1 minute')
      expect(await secrets()).toEqual([second.apiKey])
    })

    test('that waited and was replaced, or was put away, is destroyed at once', async () => {
      const first = await connected(db, account)
      const second = await connected(db, account)
      expect(await secrets()).toEqual([second.apiKey])
      expect((await errorOf(chooseNumber(account.owner, first))).code).toBe('not_found')
      await remove(second)
      expect(await secrets()).toEqual([])
      expect(await seen()).toMatchObject({ connection: null, pending: null, line: { is_own: false } })
    })
  })

  describe('who may', () => {
    test.each(['agent', 'viewer'] as const)('%s sees the state, and neither brings, changes nor removes anything', async (role) => {
      const connection = await ownLine(db, account)
      const { actor } = await addMember(db, account, role)
      expect(await seen(actor)).toMatchObject({ connection: { state: 'working', numbers: [] } })
      const offered = await keptKey(db, account.accountId, listingOf())
      for (const [name, args] of [['check_provider_right', { account_id: account.accountId }], ['connect_provider', { connection_id: offered }],
        ['choose_provider_number', { connection_id: connection.connectionId, provider_ref: connection.listing.numbers[0]!.provider_ref, concurrency_max: 1 }],
        ['remove_provider', { connection_id: connection.connectionId }]] as const) expect([name, (await errorOf(actor.rpc(name, args))).code]).toEqual([name, 'forbidden'])
    })

    test('somebody with an account of their own finds none of it, by no id', async () => {
      const connection = await ownLine(db, account)
      const offered = await keptKey(db, account.accountId, listingOf())
      const other = await openAccount(db)
      for (const [name, args] of [['get_provider', { account_id: account.accountId }], ['connect_provider', { connection_id: offered }], ['remove_provider', { connection_id: connection.connectionId }],
        ['check_provider_right', { account_id: account.accountId }], ['check_provider_right', { account_id: other.accountId, connection_id: connection.connectionId }],
        ['choose_provider_number', { connection_id: connection.connectionId, provider_ref: connection.listing.numbers[0]!.provider_ref, concurrency_max: 1 }]] as const) {
        expect([name, (await errorOf(other.owner.rpc(name, args))).code]).toEqual([name, 'not_found'])
      }
    })

    test('a suspended account changes nothing', async () => {
      const connection = await ownLine(db, account)
      await db.sql`select private.set_account_status(${account.accountId}, 'suspended', 'suspended', 'test', null)`
      expect((await errorOf(remove(connection))).code).toBe('forbidden')
    })

    test('a second click on what is done already is told so', async () => {
      const offered = await keptKey(db, account.accountId, listingOf())
      await account.owner.rpc('connect_provider', { connection_id: offered })
      expect(await errorOf(account.owner.rpc('connect_provider', { connection_id: offered }))).toMatchObject({ code: 'conflict', details: { state: 'pending' } })
      await remove({ connectionId: offered, listing: listingOf(), apiKey: '' })
      expect((await errorOf(remove({ connectionId: offered, listing: listingOf(), apiKey: '' }))).code).toBe('not_found')
    })
  })

  describe('the number', () => {
    const field = async (work: Promise<unknown>) => {
      const { code, details } = await errorOf(work)
      return [code, ...(details as { field: string, code: string }[]).map((detail) => `${detail.field} ${detail.code}`)]
    }

    test('is one that the provider listed, with 1 to 100 calls at once', async () => {
      const connection = await connected(db, account)
      for (const most of [0, 101, null]) expect(await field(chooseNumber(account.owner, connection, 0, most as number))).toEqual(['invalid_input', 'concurrency_max range'])
      expect(await field(account.owner.rpc('choose_provider_number', { connection_id: connection.connectionId, provider_ref: randomUUID(), concurrency_max: 1 }))).toEqual(['invalid_input', 'provider_ref unknown'])
    })

    test('is nobody else\'s: not another account\'s, not the platform\'s, until it was left', async () => {
      const listing = listingOf()
      const first = await ownLine(db, account, listing)
      const other = await openAccount(db)
      const second = await connected(db, other, listing)
      expect(await field(chooseNumber(other.owner, second))).toEqual(['invalid_input', 'provider_ref taken'])
      const [platform] = await db.sql`select e164 from public.phone_numbers where account_id is null`
      const third = await connected(db, other, { customer_ref: 'c', numbers: [{ provider_ref: randomUUID(), e164: platform!.e164 as string, label: '' }] })
      expect(await field(chooseNumber(other.owner, third))).toEqual(['invalid_input', 'provider_ref platform'])
      await remove(first)
      await chooseNumber(other.owner, await connected(db, other, listing))
      expect(await db.sql`select account_id from public.phone_numbers where provider_ref = ${listing.numbers[0]!.provider_ref} and removed_at is null`).toEqual([{ account_id: other.accountId }])
    })

    test('can be changed, and the calls at once with it; the same again logs nothing', async () => {
      const connection = await ownLine(db, account, listingOf(2))
      const line = await lineId()
      await chooseNumber(account.owner, connection)
      await chooseNumber(account.owner, connection, 0, 3)
      await chooseNumber(account.owner, connection, 1, 3)
      expect(await lineId()).toBe(line)
      expect(await seen()).toMatchObject({ line: { e164: connection.listing.numbers[1]!.e164, concurrency_max: 3, is_own: true } })
      expect(await db.sql`select tokens from engine.provider_lines where id = ${line}`).toEqual([{ tokens: 3 }])
      expect(await verbs()).toEqual(['provider.connected', 'provider.number_chosen', 'provider.limit_changed', 'provider.number_chosen'])
      expect(await db.sql`select e164 from public.phone_numbers where account_id = ${account.accountId} and removed_at is null`).toEqual([{ e164: connection.listing.numbers[1]!.e164 }])
    })
  })

  describe('calls', () => {
    test('name the connection, never the key, wherever a function works on them', async () => {
      const { connectionId, apiKey, listing } = await ownLine(db, account)
      await startedCampaign(account, { contacts: 1 })
      const [claimed] = await claim(db)
      const order = await beginCall<Order>(db, claimed!.call_id)
      expect(order.from).toEqual({ provider: 'vapi', provider_ref: listing.numbers[0]!.provider_ref, connection_id: connectionId })
      await db.asService().rpc('record_dial', { call_id: claimed!.call_id, result: { kind: 'unknown' } })
      const { calls } = await db.asService().rpc<{ calls: object[] }>('calls_to_check', { batch_size: 5 })
      expect(calls).toMatchObject([{ connection_id: connectionId }])
      expect(JSON.stringify([order, calls])).not.toContain(apiKey)
    })

    test('claimed before the account left the line go back and are dialled by the other one; what is on its way ends by its own key', async () => {
      const connection = await ownLine(db, account)
      await startedCampaign(account, { contacts: 2 })
      await db.sql`update engine.provider_lines set calls_per_second = 20`
      const running = await acceptedCall(db)
      const [reserved] = await claim(db)
      await remove(connection)
      expect(await callState(db, reserved!.call_id)).toMatchObject({ state: 'voided', is_counted: false })
      expect((await keyOf(connection))?.api_key).toBe(connection.apiKey)
      const [again] = await claim(db)
      expect((await beginCall<Order>(db, again!.call_id)).from.connection_id).toBeNull()
      await minutesPass('1 minute')
      expect((await keyOf(connection))?.api_key).toBe(connection.apiKey)
      await db.asService().rpc('record_call_check', { call_id: running.callId, facts: { kind: 'found', event: { provider: 'vapi', ...report(running.providerCallId) } } })
      await processEvents(db)
      expect(await callState(db, running.callId)).toMatchObject({ state: 'settled', billed_seconds: 120 })
      // The recording is still to be copied.
      await minutesPass('1 minute')
      const { jobs } = await db.asService().rpc<{ jobs: { id: number, kind: string, payload: object }[] }>('claim_outbox', { batch_size: 9 })
      const copy = jobs.find(({ kind }) => kind === 'copy_recording')
      expect(copy?.payload).toMatchObject({ connection_id: connection.connectionId })
      expect((await keyOf(connection))?.api_key).toBe(connection.apiKey)
      await db.asService().rpc('record_outbox', { id: copy!.id, result: { ok: true, path: 'x.mp3', bytes: 5, channels: 2 } })
      await minutesPass('1 minute')
      expect([await keyOf(connection), await secrets()]).toEqual([null, []])
    })

    test('that speak a code go by the platform\'s line: nobody reads it at a provider of their own', async () => {
      await ownLine(db, account)
      const { callId } = await callWithCode(db, account, '+12025550177')
      expect(await db.sql`select l.connection_id from public.calls c join engine.provider_lines l on l.id = c.provider_line_id where c.id = ${callId}`).toEqual([{ connection_id: null }])
    })

    test('of an account without a connection go by the platform\'s line, also in an account opened later', async () => {
      await ownLine(db, account)
      const other = await openAccount(db)
      expect(await seen()).toMatchObject({ line: { is_own: true } })
      expect(await other.owner.rpc('get_provider', { account_id: other.accountId })).toMatchObject({ line: { is_own: false, provider_ref: null, in_flight: null }, connection: null })
      expect(await db.sql`select private.default_line(${account.accountId}) = provider_line_id as is_own from engine.accounts where account_id = ${account.accountId}`).toEqual([{ is_own: true }])
    })
  })

  describe('refused by the provider', () => {
    let connection: TestConnection
    const campaignOf = async (id: string) => account.owner.rpc('get_campaign', { campaign_id: id })
    let campaignId: string
    beforeEach(async () => {
      connection = await ownLine(db, account)
      campaignId = (await startedCampaign(account, { contacts: 3 })).campaignId
    })

    test('holds its line, tells owners and admins once, loses no attempt, and leaves the platform\'s line alone', async () => {
      const { callId } = await dialOne(db)
      await refuse(callId)
      expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
      expect(await campaignOf(campaignId)).toMatchObject({ status: 'active', wait_reason: 'line_held', counters: { waiting: 3 } })
      expect(await seen()).toMatchObject({ connection: { state: 'refused', refused_as: 'auth' }, line: { hold_reason: 'auth' } })
      expect(await db.sql`select from engine.provider_lines where account_id is null and hold_until is not null`).toEqual([])
      expect(await db.sql`select (private.platform_figures() ->> 'lines_held')::int as lines_held`).toEqual([{ lines_held: 0 }])
      await minutesPass('5 minutes 1 second')
      await db.sql`update engine.dial_queue set due_at = private.now()`
      await db.sql`select private.wake(${account.accountId}, ${campaignId})`
      await refuse((await dialOne(db)).callId)
      expect(await notices()).toEqual(['provider_refused'])
      const viewer = await addMember(db, account, 'viewer')
      expect([await notices((await addMember(db, account, 'admin')).actor), await notices(viewer.actor)]).toEqual([['provider_refused'], []])
      expect(await db.sql`select m.role::text, private.wants_mail(m.account_id, m.user_id, 'provider') as mails from public.members m where m.account_id = ${account.accountId} order by 1`)
        .toEqual([{ role: 'admin', mails: true }, { role: 'owner', mails: true }, { role: 'viewer', mails: false }])
    })

    test('goes on with a new key at once', async () => {
      await refuse((await dialOne(db)).callId)
      await connected(db, account, connection.listing)
      expect(await seen()).toMatchObject({ connection: { state: 'working', refused_as: null, refused_at: null }, line: { hold_reason: null } })
      expect([await notices(), (await campaignOf(campaignId) as { wait_reason: unknown }).wait_reason]).toEqual([[], null])
      await db.shiftClock('61 seconds')
      expect((await claim(db)).length).toBeGreaterThan(0)
    })

    test('by a call that was dialled with the key before says nothing about the new one', async () => {
      const { callId } = await dialOne(db)
      await db.shiftClock('1 second')
      await connected(db, account, connection.listing)
      await refuse(callId)
      expect([await seen(), await notices()]).toMatchObject([{ connection: { state: 'working' }, line: { hold_reason: null } }, []])
    })

    test('works again when a call goes through, without anybody\'s help', async () => {
      await db.sql`update engine.provider_lines set calls_per_second = 20`
      await acceptedCall(db)
      await db.shiftClock('1 second')
      await refuse((await dialOne(db)).callId, 'billing')
      expect(await seen()).toMatchObject({ connection: { state: 'refused', refused_as: 'billing' } })
      await minutesPass('1 minute')
      expect(await seen()).toMatchObject({ connection: { state: 'refused' } })
      await minutesPass('4 minutes 1 second')
      expect(await seen()).toMatchObject({ connection: { state: 'refused' } })
      await acceptedCall(db)
      await minutesPass('1 minute')
      expect([await seen(), await notices()]).toMatchObject([{ connection: { state: 'working' } }, []])
    })

    test('works again when its key lists numbers, unless the key was replaced meanwhile or money is what is missing', async () => {
      const list = async (keyId: string) => db.asService().rpc('record_provider_listing', { connection_id: connection.connectionId, key_id: keyId, listing: connection.listing })
      const { key_id: keyId } = (await keyOf(connection))!
      const { callId } = await dialOne(db)
      await refuse(callId)
      await list(randomUUID())
      expect(await seen()).toMatchObject({ connection: { state: 'refused' } })
      await list(keyId)
      expect(await seen()).toMatchObject({ connection: { state: 'working' }, line: { hold_reason: null } })
      await db.shiftClock('61 seconds')
      await refuse((await dialOne(db)).callId, 'billing')
      await list(keyId)
      expect(await seen()).toMatchObject({ connection: { state: 'refused', refused_as: 'billing' }, line: { hold_reason: 'billing' } })
    })

    test('and removed, waits no more: the platform\'s line takes over', async () => {
      await refuse((await dialOne(db)).callId)
      await remove(connection)
      expect([await seen(), await notices()]).toMatchObject([{ connection: null, line: { is_own: false, hold_reason: null } }, []])
      expect(await campaignOf(campaignId)).toMatchObject({ wait_reason: null })
    })

    test('for the day\'s limit holds the line and blames nobody\'s key', async () => {
      await refuse((await dialOne(db)).callId, 'daily_limit')
      expect([await seen(), await notices()]).toMatchObject([{ connection: { state: 'working' }, line: { hold_reason: 'daily_limit' } }, []])
    })
  })

  test('ends with the account: its key is destroyed once nothing needs it', async () => {
    const { connectionId } = await ownLine(db, account)
    await account.owner.rpc('close_account', { account_id: account.accountId, name: (await db.sql`select name from public.accounts where id = ${account.accountId}`)[0]!.name })
    await minutesPass('1 minute')
    expect(await keyOf({ connectionId })).not.toBeNull()
    await minutesPass('31 days')
    await minutesPass('1 minute')
    expect([await keyOf({ connectionId }), await secrets()]).toEqual([null, []])
  })

  test('is logged by who did it, without a key', async () => {
    const key = newKey()
    const connection = await ownLine(db, account, listingOf(), key)
    await remove(connection)
    const lines = await db.sql`select actor_id, verb, details::text, changes::text from public.activity_log where account_id = ${account.accountId} and verb like 'provider.%' order by id`
    expect(lines.map(({ actor_id, verb }) => [actor_id, verb])).toEqual(['connected', 'number_chosen', 'removed'].map((verb) => [account.userId, `provider.${verb}`]))
    expect(JSON.stringify(lines)).not.toContain(key.slice(-6))
    await sendEvent(db, { attempt_id: randomUUID() })
  })
})
