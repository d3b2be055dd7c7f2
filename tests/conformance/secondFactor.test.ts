/** Second factors by the wire format of hosted Auth, asked for with the official client. */
import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpOf } from '../../supabase/local/auth/totp.ts'
import { createStack, type TestStack } from '../support/stack.ts'

const PASSWORD = 'Correct#horse7'
const NEVER = '00000000-0000-4000-8000-000000000001'

describe('a second factor', () => {
  let stack: TestStack
  const client = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const code = (secret: string, seconds = 0) => totpOf(secret, Date.now() / 1000 + seconds)
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  async function signIn(email: string): Promise<SupabaseClient> {
    const fresh = client()
    const { error } = await fresh.auth.signInWithPassword({ email, password: PASSWORD })
    if (error) throw error
    return fresh
  }
  async function newPerson(): Promise<{ email: string, client: SupabaseClient }> {
    const email = `${randomUUID()}@example.com`
    await client().auth.signUp({ email, password: PASSWORD })
    await stack.db.admin`update auth.users set email_confirmed_at = now() where email = ${email}`
    return { email, client: await signIn(email) }
  }
  async function enrol(person: SupabaseClient, friendlyName = 'Phone') {
    const { data, error } = await person.auth.mfa.enroll({ factorType: 'totp', friendlyName, issuer: 'Outdial' })
    if (!data) throw error
    return { id: data.id, ...data.totp }
  }
  async function connected() {
    const person = await newPerson()
    const factor = await enrol(person.client)
    const { error } = await person.client.auth.mfa.challengeAndVerify({ factorId: factor.id, code: code(factor.secret) })
    if (error) throw error
    return { ...person, factor }
  }
  const claimsOf = async (person: SupabaseClient) => {
    const token = (await person.auth.getSession()).data.session?.access_token ?? ''
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { aal: string, amr: { method: string, timestamp: number }[], session_id: string }
  }
  const levels = async (person: SupabaseClient) => {
    const { data } = await person.auth.mfa.getAuthenticatorAssuranceLevel()
    return [data?.currentLevel, data?.nextLevel]
  }

  test('is set up by a picture, a key and an address, and counts once its first code was shown', async () => {
    const { client: person, email } = await newPerson()
    expect((await claimsOf(person))).toMatchObject({ aal: 'aal1', amr: [{ method: 'password', timestamp: expect.any(Number) as number }] })
    const factor = await enrol(person)
    expect(factor.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,<svg/)
    expect(factor.qr_code).not.toContain('#')
    expect(factor.uri).toBe(`otpauth://totp/Outdial%3A${encodeURIComponent(email)}?algorithm=SHA1&digits=6&issuer=Outdial&period=30&secret=${factor.secret}`)
    expect((await person.auth.mfa.listFactors()).data).toMatchObject({ totp: [], all: [{ id: factor.id, friendly_name: 'Phone', factor_type: 'totp', status: 'unverified' }] })
    const before = (await claimsOf(person)).session_id
    const { data, error } = await person.auth.mfa.challengeAndVerify({ factorId: factor.id, code: code(factor.secret) })
    expect([error, data?.token_type, data?.user.email]).toEqual([null, 'bearer', email])
    const claims = await claimsOf(person)
    expect([claims.aal, claims.amr.map(({ method }) => method).sort(), claims.session_id]).toEqual(['aal2', ['password', 'totp'], before])
    expect((await person.auth.mfa.listFactors()).data?.totp).toHaveLength(1)
  })

  test('is asked for at the next sign-in, and stays shown when the session is renewed', async () => {
    const { email, factor } = await connected()
    const there = await signIn(email)
    expect(await levels(there)).toEqual(['aal1', 'aal2'])
    await there.auth.mfa.challengeAndVerify({ factorId: factor.id, code: code(factor.secret) })
    expect((await there.auth.refreshSession()).error).toBeNull()
    expect(await levels(there)).toEqual(['aal2', 'aal2'])
    expect((await claimsOf(there)).amr.map(({ method }) => method).sort()).toEqual(['password', 'totp'])
  })

  test('that was just connected ends the sessions that were begun without it', async () => {
    const person = await newPerson()
    const there = await signIn(person.email)
    const factor = await enrol(person.client)
    await person.client.auth.mfa.challengeAndVerify({ factorId: factor.id, code: code(factor.secret) })
    expect((await there.auth.refreshSession()).error?.status).toBe(400)
    expect((await person.client.auth.refreshSession()).error).toBeNull()
  })

  test('is not shown by a wrong code, a used or foreign challenge, or somebody else', async () => {
    const { client: person, factor } = await connected()
    const other = await connected()
    const fail = async (challengeId: string, given: string, by = person, factorId = factor.id) =>
      (await by.auth.mfa.verify({ factorId, challengeId, code: given })).error?.code
    const { data } = await person.auth.mfa.challenge({ factorId: factor.id })
    expect(await fail(data!.id, code(factor.secret, -90))).toBe('mfa_verification_failed')
    expect(await fail(data!.id, '')).toBe('validation_failed')
    expect(await fail(NEVER, code(factor.secret))).toBe('mfa_factor_not_found')
    expect(await fail('nonsense', code(factor.secret))).toBe('mfa_factor_not_found')
    expect(await fail(data!.id, code(factor.secret), other.client)).toBe('mfa_factor_not_found')
    expect(await fail(data!.id, code(other.factor.secret), other.client, other.factor.id)).toBe('mfa_factor_not_found')
    await stack.db.admin`update auth.mfa_challenges set created_at = now() - interval '6 minutes' where id = ${data!.id}`
    expect(await fail(data!.id, code(factor.secret))).toBe('mfa_challenge_expired')
    const again = (await person.auth.mfa.challenge({ factorId: factor.id })).data!
    expect(await fail(again.id, code(factor.secret))).toBeUndefined()
    expect(await fail(again.id, code(factor.secret))).toBe('mfa_ip_address_mismatch')
    expect((await other.client.auth.mfa.challenge({ factorId: factor.id })).error?.code).toBe('mfa_factor_not_found')
  })

  test('has a name of its own, up to ten of them, and another one is connected only by who showed the first', async () => {
    const { client: person, email } = await connected()
    expect((await person.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone' })).error?.code).toBe('mfa_factor_name_conflict')
    expect((await (await signIn(email)).auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Thief' })).error?.code).toBe('insufficient_aal')
    for (let count = 2; count <= 10; count++) await enrol(person, `Phone ${count}`)
    expect((await person.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone 11' })).error?.code).toBe('too_many_enrolled_mfa_factors')
    expect((await person.auth.mfa.enroll({ factorType: 'phone', phone: '+4930123456', friendlyName: 'SMS' })).error?.code).toBe('mfa_phone_enroll_not_enabled')
  })

  test('is given up only by who showed it, and their session falls back to one factor', async () => {
    const { client: person, email, factor } = await connected()
    expect((await (await signIn(email)).auth.mfa.unenroll({ factorId: factor.id })).error?.code).toBe('insufficient_aal')
    expect((await person.auth.mfa.unenroll({ factorId: factor.id })).data).toEqual({ id: factor.id })
    expect((await person.auth.mfa.unenroll({ factorId: factor.id })).error?.code).toBe('mfa_factor_not_found')
    await person.auth.refreshSession()
    expect(await levels(person)).toEqual(['aal1', 'aal1'])
  })

  test('is needed to change the password or the address', async () => {
    const { email } = await connected()
    const there = await signIn(email)
    expect((await there.auth.updateUser({ password: 'Another#horse8', current_password: PASSWORD })).error?.code).toBe('insufficient_aal')
    expect((await there.auth.updateUser({ email: `${randomUUID()}@example.com` })).error?.code).toBe('insufficient_aal')
    expect((await there.auth.updateUser({ data: { name: 'Ada' } })).error).toBeNull()
  })

  test('is nothing for who is not signed in', async () => {
    expect((await client().auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone' })).error?.status).toBe(401)
    const bare = await fetch(`${stack.url}/auth/v1/factors`, { method: 'POST', body: '{}' })
    expect(bare.status).toBe(401)
    const unknown = await fetch(`${stack.url}/auth/v1/factors/x/y`, { method: 'POST', body: '{}', headers: { apikey: stack.identity.publishableKey } })
    expect(unknown.status).toBe(404)
  })

  test('that the database asks for is judged there: a password and a program get nothing', async () => {
    const { client: person, email, factor } = await connected()
    const { account_id } = (await person.rpc('open_account', { company_name: 'Engines' })).data as { account_id: string }
    const there = await signIn(email)
    const refused = await there.rpc('current_wallet', { account_id })
    expect([refused.status, (refused.error as { code?: string }).code]).toEqual([403, 'forbidden'])
    expect((await there.from('accounts').select('id')).data).toEqual([])
    await there.auth.mfa.challengeAndVerify({ factorId: factor.id, code: code(factor.secret) })
    expect((await there.rpc('current_wallet', { account_id })).error).toBeNull()
    expect((await there.from('accounts').select('id')).data).toEqual([{ id: account_id }])
  })
})
