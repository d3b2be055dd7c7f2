import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { callState, processEvents, report, sendEvent } from '../factories/call.ts'
import { newPhone } from '../factories/campaign.ts'
import { callWithCode, refusal, spokenCode, verifiedNumber } from '../factories/ownNumber.ts'
import { errorOf, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'
import { renewDatabase } from '../support/renewedDatabase.ts'

describe('a person\'s own number', () => {
  let db: TestDatabase
  let account: TestAccount
  let phone: string
  const own = (who: TestAccount = account) => who.owner.rpc<Record<string, unknown>>('own_number')
  const confirm = (code: string) => account.owner.rpc<{ is_verified: boolean, guesses_left: number | null }>('confirm_own_number', { code })
  const request = (number = phone) => account.owner.rpc('request_number_check', { account_id: account.accountId, phone: number })
  beforeEach(async () => {
    db = await renewDatabase(db)
    account = await openAccount(db)
    phone = newPhone()
  })
  afterEach(() => expectInvariants(db))
  afterAll(() => db.drop())

  test('is verified by the code that a call spoke, and the call costs nothing', async () => {
    const before = await account.owner.rpc('current_wallet', { account_id: account.accountId })
    const { callId, code } = await spokenCode(db, account, phone)
    expect(code).toMatch(/^\d{6}$/)
    expect(await own()).toMatchObject({ phone: null, tries_left: 2, check: { phone, state: 'settled', outcome: 'answered', guesses_left: 5 } })
    expect(await confirm(`${code.slice(0, 3)} ${code.slice(3)}`)).toEqual({ is_verified: true, guesses_left: null })
    expect(await own()).toMatchObject({ phone, tests_left: 20, check: null })
    expect(await callState(db, callId)).toMatchObject({ kind: 'verification', state: 'settled', reserved_seconds: 0, billed_seconds: 0, started_by: account.userId })
    expect(await account.owner.rpc('current_wallet', { account_id: account.accountId })).toEqual(before)
    expect(await db.sql`select from public.ledger_entries where kind = 'consume'`).toHaveLength(0)
  })

  test('is not ready for a test while the voice still speaks', async () => {
    const { code, providerCallId } = await callWithCode(db, account, phone)
    await confirm(code)
    expect(await own()).toMatchObject({ phone, is_in_code_call: true })
    await sendEvent(db, report(providerCallId, 21))
    await processEvents(db)
    expect(await own()).toMatchObject({ phone, is_in_code_call: false })
  })

  test('is asked for even when the account has no minutes', async () => {
    await db.sql`select private.post_entry(${account.accountId}, 'adjust', -1200, 'used')`
    expect(await verifiedNumber(db, account, phone)).toBe(phone)
  })

  test('the code is kept nowhere: not in the transcript, not as itself', async () => {
    const { callId, code } = await spokenCode(db, account, phone)
    expect(await db.sql`select from public.call_transcripts where call_id = ${callId}`).toHaveLength(0)
    const [check] = await db.sql`select code_digest, row_to_json(k)::text as whole from engine.number_checks k`
    expect(check?.whole).not.toContain(code)
    expect((check?.code_digest as Buffer).length).toBe(32)
  })

  test.each([0, 15, 31])('a digest that differs in byte %i alone is another one', async (byte) => {
    const [answer] = await db.sql`select private.is_same_digest(d, d) as same, private.is_same_digest(d, set_byte(d, ${byte}, 1)) as other from (select decode(repeat('00', 32), 'hex') as d) x`
    expect(answer).toEqual({ same: true, other: false })
  })

  test('two calls speak two codes, and only the newest one counts', async () => {
    const first = await spokenCode(db, account, phone)
    const second = await spokenCode(db, account, newPhone())
    expect(first.code).not.toBe(second.code)
    expect(await confirm(first.code)).toMatchObject({ is_verified: false })
    expect(await confirm(second.code)).toMatchObject({ is_verified: true })
  })

  test('nobody else sees the call, hears it or lists it', async () => {
    const { callId } = await callWithCode(db, account, phone)
    expect((await errorOf(account.owner.rpc('get_call', { call_id: callId }))).code).toBe('not_found')
    expect((await errorOf(account.owner.rpc('watch_call', { call_id: callId }))).code).toBe('not_found')
    expect((await errorOf(account.owner.rpc('set_disposition', { call_id: callId, disposition: 'interested' }))).code).toBe('not_found')
    expect((await account.owner.rpc<{ rows: unknown[] }>('list_calls', { filter: { account_id: account.accountId } })).rows).toEqual([])
    expect(await account.owner.query('select id from public.calls')).toEqual([])
    expect(await account.owner.rpc('list_reservations', { account_id: account.accountId })).toEqual([])
  })

  test('a wrong code is counted, the sixth guess is no guess any more, and a right one after that is refused', async () => {
    const { code } = await spokenCode(db, account, phone)
    const wrong = code === '000000' ? '111111' : '000000'
    const left: unknown[] = []
    for (let guess = 0; guess < 5; guess++) left.push((await confirm(wrong)).guesses_left)
    expect(left).toEqual([4, 3, 2, 1, 0])
    expect(await refusal(confirm(code))).toEqual(['conflict', 'too_many_guesses'])
    expect(await own()).toMatchObject({ phone: null, check: null })
  })

  test('two guesses at once are two guesses', async () => {
    const { code } = await spokenCode(db, account, phone)
    const wrong = code === '000000' ? '111111' : '000000'
    const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(wrong)))
    expect(answers.map(({ guesses_left }) => guesses_left).sort()).toEqual([0, 1, 2, 3, 4])
  })

  test('a code ends after ten minutes, is used once, and is not there before it is spoken', async () => {
    await request()
    expect(await confirm('')).toEqual({ is_verified: false, guesses_left: 4 })
    await db.shiftClock('1 minute')
    await db.sql`select private.tick()`
    const { code } = await spokenCode(db, account, phone)
    await db.shiftClock('10 minutes')
    expect(await refusal(confirm(code))).toEqual(['conflict', 'expired'])
    const next = await spokenCode(db, account, phone)
    await confirm(next.code)
    expect(await refusal(confirm(next.code))).toEqual(['conflict', 'no_check'])
  })

  test('three tries a day; what was never dialled is none', async () => {
    for (let attempt = 0; attempt < 2; attempt++) await spokenCode(db, account, phone)
    await request()
    await db.shiftClock('1 minute')
    await db.sql`select private.tick()`
    await spokenCode(db, account, phone)
    expect(await refusal(request(newPhone()))).toEqual(['rate_limited', 'tries'])
    expect(await own()).toMatchObject({ tries_left: 0, next_try_at: expect.any(String) as string })
    await db.shiftClock('1 day')
    expect(await own()).toMatchObject({ tries_left: 3, next_try_at: null })
    await request()
  })

  test('a number is rung three times a day by all people together', async () => {
    const others = [await openAccount(db), await openAccount(db), await openAccount(db)]
    for (const other of others) await spokenCode(db, other, phone)
    expect(await refusal(request())).toEqual(['rate_limited', 'tries'])
    expect(await own()).toMatchObject({ tries_left: 3 })
  })

  test('the fourth of four wishes at once is refused', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => request(newPhone())))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })

  test.each([
    ['no number', '555', 'invalid_input', undefined],
    ['the number that calls come from', 'ours', 'invalid_input', undefined],
    ['a number on the list', 'listed', 'conflict', 'do_not_call'],
  ])('refuses %s', async (_why, which, code, reason) => {
    const [line] = await db.sql`select e164 from public.phone_numbers limit 1`
    if (which === 'listed') await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })
    const number = which === 'ours' ? line?.e164 as string : which === 'listed' ? phone : which
    expect(await refusal(request(number))).toEqual([code, reason])
  })

  test('a number that was listed after it was asked for is not dialled', async () => {
    const { call_id: callId } = await account.owner.rpc<{ call_id: string }>('request_number_check', { account_id: account.accountId, phone })
    await db.sql`update public.calls set dial_at = private.now()`
    await db.sql`insert into public.do_not_call (account_id, phone, source) values (${account.accountId}, ${phone}, 'hand')`
    expect(await db.asService().rpc('begin_dial', { call_id: callId })).toBeNull()
    expect(await callState(db, callId)).toMatchObject({ state: 'voided', is_counted: false })
    expect(await db.sql`select from engine.number_checks where code_digest is not null`).toHaveLength(0)
  })

  test('a verified number is replaced by the next one, and removed when asked', async () => {
    await verifiedNumber(db, account, phone)
    const next = newPhone()
    await callWithCode(db, account, next)
    expect(await own()).toMatchObject({ phone })
    await account.owner.rpc('remove_own_number')
    expect(await own()).toMatchObject({ phone: null, check: null })
    await account.owner.rpc('remove_own_number')
  })

  test('is the person\'s alone, whatever accounts they share', async () => {
    await verifiedNumber(db, account, phone)
    expect(await own(await openAccount(db))).toMatchObject({ phone: null, check: null, tries_left: 3 })
    expect(await db.asUser((await openAccount(db)).userId).query('select * from public.own_numbers')).toEqual([])
    expect(await account.owner.query('select phone from public.own_numbers')).toEqual([{ phone }])
  })

  test('whoever asks the voice not to call any more is on the list', async () => {
    const { callId, providerCallId } = await callWithCode(db, account, phone)
    await db.asService().rpc('answer_tool_calls', { event: { provider: 'vapi', dedupe_key: 't', type: 'tool-calls', provider_call_id: providerCallId, tools: [{ id: '1', name: 'opt_out', arguments: {} }] }, body: {} })
    await sendEvent(db, report(providerCallId, 20))
    await processEvents(db)
    expect(await db.sql`select phone from public.do_not_call`).toEqual([{ phone }])
    expect(await callState(db, callId)).toMatchObject({ disposition: 'do_not_call' })
  })
})
