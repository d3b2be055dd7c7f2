/** One's own address and password, changed as hosted Auth lets them be: with proof, and without telling who is a customer. */
import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStack, type TestStack } from '../support/stack.ts'

const PASSWORD = 'Correct#horse7'
const NEXT = 'Another#horse8'

describe('a person changes', () => {
  let stack: TestStack
  const client = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const newAddress = () => `${randomUUID()}@example.com`
  const linkTo = (address: string) => /href="([^"]+verify[^"]+)"/.exec(stack.mails.filter(({ to }) => to === address).at(-1)?.html ?? '')?.[1]?.replaceAll('&amp;', '&') ?? ''
  const open = async (link: string) => new URL((await fetch(link, { redirect: 'manual' })).headers.get('location') ?? '')
  const hashOf = (place: URL) => new URLSearchParams(place.hash.slice(1))
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  const signIn = async (email: string, password = PASSWORD) => {
    const fresh = client()
    return { client: fresh, error: (await fresh.auth.signInWithPassword({ email, password })).error }
  }
  async function newPerson(): Promise<{ email: string, client: SupabaseClient }> {
    const email = newAddress()
    await client().auth.signUp({ email, password: PASSWORD })
    await stack.db.admin`update auth.users set email_confirmed_at = now() where email = ${email}`
    return { email, client: (await signIn(email)).client }
  }
  /** Signed in by the link of a mail. */
  async function byLink(place: URL): Promise<SupabaseClient> {
    const fresh = client()
    await fresh.auth.setSession({ access_token: hashOf(place).get('access_token') ?? '', refresh_token: hashOf(place).get('refresh_token') ?? '' })
    return fresh
  }

  test('the password with the present one, and every other session is over', async () => {
    const { email, client: here } = await newPerson()
    const { client: there } = await signIn(email)
    expect((await here.auth.updateUser({ password: NEXT })).error?.code).toBe('current_password_required')
    expect((await here.auth.updateUser({ password: NEXT, current_password: 'Wrong#horse9' })).error?.code).toBe('current_password_invalid')
    expect((await signIn(email)).error).toBeNull()
    expect((await here.auth.updateUser({ password: NEXT, current_password: PASSWORD })).error).toBeNull()
    expect([(await signIn(email)).error?.code, (await signIn(email, NEXT)).error]).toEqual(['invalid_credentials', null])
    expect((await there.auth.refreshSession()).error?.status).toBe(400)
    expect((await here.auth.refreshSession()).error).toBeNull()
  })

  test('the password without the present one after coming by the link of a mail', async () => {
    const { email } = await newPerson()
    await client().auth.signInWithOtp({ email })
    const here = await byLink(await open(linkTo(email)))
    expect((await here.auth.mfa.getAuthenticatorAssuranceLevel()).data?.currentAuthenticationMethods).toMatchObject([{ method: 'otp' }])
    expect((await here.auth.updateUser({ password: NEXT })).error).toBeNull()
    expect((await signIn(email, NEXT)).error).toBeNull()
  })

  test.each([['the old one first', 0], ['the new one first', 1]])('the address by the links of both mails, %s', async (_name, first) => {
    const { email, client: here } = await newPerson()
    const next = newAddress()
    expect((await here.auth.updateUser({ email: next }, { emailRedirectTo: `${stack.url}/auth/email-change` })).error).toBeNull()
    const links = [linkTo(email), linkTo(next)]
    const half = await open(links[first]!)
    expect([half.pathname, hashOf(half).get('message')]).toEqual(['/auth/email-change', 'Confirmation link accepted. Please proceed to confirm link sent to the other email'])
    expect((await signIn(email)).error).toBeNull()
    expect(hashOf(await open(links[first]!)).get('error_code')).toBe('otp_expired')
    const done = await open(links[1 - first]!)
    expect([done.pathname, hashOf(done).get('type')]).toEqual(['/auth/email-change', 'email_change'])
    expect((await (await byLink(done)).auth.getUser()).data.user?.email).toBe(next)
    expect([(await signIn(email)).error?.code, (await signIn(next)).error]).toEqual(['invalid_credentials', null])
  })

  test('the address to no foreign page, and not to one that is taken', async () => {
    const { email, client: here } = await newPerson()
    const { email: taken } = await newPerson()
    const mails = stack.mails.length
    expect((await here.auth.updateUser({ email: taken })).error?.code).toBe('email_exists')
    expect(stack.mails).toHaveLength(mails)
    const next = newAddress()
    await here.auth.updateUser({ email: next }, { emailRedirectTo: 'https://evil.example/steal' })
    expect((await open(linkTo(email))).origin).toBe(stack.url)
  })
})

describe('a link to sign in', () => {
  let stack: TestStack
  const client = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  test('goes to a known and an unknown address alike, and proves the unknown one only when it is opened', async () => {
    const [known, unknown] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`]
    await client().auth.signUp({ email: known, password: PASSWORD })
    await stack.db.admin`update auth.users set email_confirmed_at = now() where email = ${known}`
    const answers = await Promise.all([known, unknown].map(async (email) => {
      const response = await fetch(`${stack.url}/auth/v1/otp?redirect_to=${encodeURIComponent(`${stack.url}/auth/callback`)}`, { method: 'POST',
        body: JSON.stringify({ email, create_user: true }), headers: { apikey: stack.identity.publishableKey, 'content-type': 'application/json' } })
      return { status: response.status, body: await response.json() as unknown }
    }))
    expect(answers).toEqual([{ status: 200, body: {} }, { status: 200, body: {} }])
    const isProven = async () => (await stack.db.sql`select email_confirmed_at is not null as is_proven from auth.users where email = ${unknown}`)[0]?.is_proven as boolean
    expect(await isProven()).toBe(false)
    const html = stack.mails.filter(({ to }) => to === unknown).at(-1)?.html ?? ''
    const link = /href="([^"]+verify[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const place = new URL((await fetch(link, { redirect: 'manual' })).headers.get('location') ?? '')
    expect([place.pathname, new URLSearchParams(place.hash.slice(1)).has('access_token')]).toEqual(['/auth/callback', true])
    expect(await isProven()).toBe(true)
  })
})
