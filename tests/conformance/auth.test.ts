import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStack, type TestStack } from '../support/stack.ts'

const PASSWORD = 'Correct#horse7'

describe('sign-up, mails and sessions behave as with hosted Auth', () => {
  let stack: TestStack
  const anon = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const newAddress = () => `${randomUUID()}@example.com`
  /** The link of the newest mail, as a mail program would open it. */
  const newestLink = () => /href="([^"]+verify[^"]+)"/.exec(stack.mails.at(-1)?.html ?? '')?.[1]?.replaceAll('&amp;', '&') ?? ''
  const open = (link: string) => fetch(link, { redirect: 'manual' })
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  async function confirmed(): Promise<{ email: string, client: SupabaseClient }> {
    const email = newAddress()
    const client = anon()
    await client.auth.signUp({ email, password: PASSWORD, options: { data: { name: 'Ada', company: 'Acme' } } })
    await open(newestLink())
    return { email, client }
  }

  test('a sign-up gets a mail, and its link confirms the address and leads back to the app', async () => {
    const email = newAddress()
    const { error } = await anon().auth.signUp({ email, password: PASSWORD, options: { data: { name: 'Ada', company: 'Acme' } } })
    expect(error).toBeNull()
    expect((await anon().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe('email_not_confirmed')
    const answer = await open(newestLink())
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${stack.url}.*#.*access_token=`))
    const { data } = await anon().auth.signInWithPassword({ email, password: PASSWORD })
    expect(data.user?.user_metadata).toMatchObject({ name: 'Ada', company: 'Acme' })
  })

  test('metadata is stored as an object, not as a text that holds one', async () => {
    const { email } = await confirmed()
    const [row] = await stack.db.sql`select jsonb_typeof(raw_user_meta_data) as of_person, jsonb_typeof(raw_app_meta_data) as of_app from auth.users where email = ${email}`
    expect(row).toEqual({ of_person: 'object', of_app: 'object' })
  })

  test.each([
    ['a sign-up', 'signup', (email: string, to: string) => anon().auth.signUp({ email, password: PASSWORD, options: { emailRedirectTo: to } })],
    ['a repeated confirmation', 'signup', async (email: string, to: string) => {
      await anon().auth.signUp({ email, password: PASSWORD })
      await stack.db.admin`update auth.users set confirmation_sent_at = confirmation_sent_at - interval '1 minute' where email = ${email}`
      return anon().auth.resend({ type: 'signup', email, options: { emailRedirectTo: to } })
    }],
  ])('the link of %s leads to the page that the request named', async (_name, type, ask) => {
    const { error } = await ask(newAddress(), `${stack.url}/auth/callback?from=mail`)
    expect(error).toBeNull()
    const location = (await open(newestLink())).headers.get('location') ?? ''
    expect(location.startsWith(`${stack.url}/auth/callback?from=mail#`)).toBe(true)
    expect(new URLSearchParams(new URL(location).hash.slice(1)).get('type')).toBe(type)
  })

  test('who signs up again before confirming gets the mail again, and its link works', async () => {
    const email = newAddress()
    await anon().auth.signUp({ email, password: PASSWORD })
    await stack.db.admin`update auth.users set confirmation_sent_at = confirmation_sent_at - interval '1 minute' where email = ${email}`
    const { data, error } = await anon().auth.signUp({ email, password: PASSWORD })
    expect([error, data.user?.email, data.session]).toEqual([null, email, null])
    expect((await open(newestLink())).headers.get('location')).toContain('access_token=')
  })

  test('a known address is answered like a new one, and gets no mail', async () => {
    const { email } = await confirmed()
    const mails = stack.mails.length
    const { data, error } = await anon().auth.signUp({ email, password: PASSWORD })
    expect([error, data.user?.email, data.session]).toEqual([null, email, null])
    expect((await anon().auth.resend({ type: 'signup', email })).error).toBeNull()
    expect(stack.mails).toHaveLength(mails)
  })

  test('a confirmation is not sent twice within a second', async () => {
    const email = newAddress()
    await anon().auth.signUp({ email, password: PASSWORD })
    expect((await anon().auth.resend({ type: 'signup', email })).error?.code).toBe('over_email_send_rate_limit')
  })

  test('a reset link signs in at the page that asked for it, and the new password counts', async () => {
    const { email } = await confirmed()
    const { error } = await anon().auth.resetPasswordForEmail(email, { redirectTo: `${stack.url}/reset-password` })
    expect(error).toBeNull()
    const location = new URL((await open(newestLink())).headers.get('location') ?? '')
    const answer = new URLSearchParams(location.hash.slice(1))
    expect([location.pathname, answer.get('type')]).toEqual(['/reset-password', 'recovery'])
    const client = anon()
    await client.auth.setSession({ access_token: answer.get('access_token') ?? '', refresh_token: answer.get('refresh_token') ?? '' })
    expect((await client.auth.updateUser({ password: 'Another#horse8' })).error).toBeNull()
    expect((await anon().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe('invalid_credentials')
    expect((await anon().auth.signInWithPassword({ email, password: 'Another#horse8' })).error).toBeNull()
  })

  test('a foreign address in the request is not followed', async () => {
    await anon().auth.signUp({ email: newAddress(), password: PASSWORD, options: { emailRedirectTo: 'https://evil.example/steal' } })
    expect((await open(newestLink())).headers.get('location')).toMatch(new RegExp(`^${stack.url}/?#`))
  })

  test('a link that was used says so to the page it leads to', async () => {
    await anon().auth.signUp({ email: newAddress(), password: PASSWORD })
    const link = newestLink()
    await open(link)
    const location = new URL((await open(link)).headers.get('location') ?? '')
    expect(new URLSearchParams(location.hash.slice(1)).get('error_code')).toBe('otp_expired')
  })

  test.each(['Sh0rt#1', 'nodigits#here', 'NOLOWER#123', 'noupper#123', 'NoSymbol123'])('the password %s is refused as too weak', async (password) => {
    expect((await anon().auth.signUp({ email: newAddress(), password })).error?.code).toBe('weak_password')
  })
})
