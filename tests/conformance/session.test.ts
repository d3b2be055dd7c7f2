/** A session as the app keeps it: renewed before it ends, known to REST and realtime alike, ended where the person ends it. */
import { createClient, type Session } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createBrowserSupabase } from '../../business/repositories/supabaseClient.ts'
import { openAccount } from '../factories/account.ts'
import { subscribed, until } from '../support/listeners.ts'
import { createStack, type TestStack } from '../support/stack.ts'

const PASSWORD = 'Correct#horse7'

describe('a session', () => {
  let stack: TestStack
  const client = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  /** Asks for new tokens by hand, as another tab of the same browser would. */
  async function renew(refreshToken: string) {
    const answer = await fetch(`${stack.url}/auth/v1/token?grant_type=refresh_token`, { method: 'POST', body: JSON.stringify({ refresh_token: refreshToken }),
      headers: { apikey: stack.identity.publishableKey, 'content-type': 'application/json' } })
    const body = await answer.json() as { access_token: string, refresh_token: string, error_code?: string }
    return { status: answer.status, ...body }
  }
  /** Somebody with an account, a password and a confirmed address. */
  async function signUp(): Promise<{ email: string, userId: string, accountId: string }> {
    const { accountId, userId } = await openAccount(stack.db)
    const email = `${userId}@example.com`
    const fresh = client()
    await fresh.auth.signUp({ email, password: PASSWORD })
    const [made] = await stack.db.admin`update auth.users set email_confirmed_at = now() where email = ${email} returning id`
    await stack.db.sql`insert into public.members (account_id, user_id, role) values (${accountId}, ${made?.id as string}, 'admin')`
    return { email, userId: made?.id as string, accountId }
  }
  async function signedInSession(): Promise<{ email: string, session: Session, client: ReturnType<typeof client> }> {
    const { email } = await signUp()
    const fresh = client()
    const { data } = await fresh.auth.signInWithPassword({ email, password: PASSWORD })
    if (!data.session) throw new Error('Nobody was signed in.')
    return { email, session: data.session, client: fresh }
  }
  const longAgo = () => stack.db.admin`update auth.refresh_tokens
    set updated_at = updated_at - interval '1 minute', created_at = created_at - interval '1 minute'`
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  test('lasts an hour and says who it is of', async () => {
    const { email, session } = await signedInSession()
    const claims = JSON.parse(Buffer.from(session.access_token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, number>
    expect(claims).toMatchObject({ sub: session.user.id, role: 'authenticated', aud: 'authenticated', email })
    expect([session.expires_in, claims.exp! - claims.iat!]).toEqual([3600, 3600])
  })

  test('goes on under new tokens, and the rotated one is forgiven at once but not later', async () => {
    const { session } = await signedInSession()
    const renewed = await renew(session.refresh_token)
    expect([renewed.status, renewed.refresh_token === session.refresh_token]).toEqual([200, false])
    expect((await renew(session.refresh_token)).status).toBe(200)
    expect((await renew(renewed.refresh_token)).status).toBe(200)
    await longAgo()
    expect(await renew(session.refresh_token)).toMatchObject({ status: 400, error_code: 'refresh_token_already_used' })
  })

  test('is over altogether when an old refresh token comes back: somebody stole one of the two', async () => {
    const { session } = await signedInSession()
    const renewed = await renew((await renew(session.refresh_token)).refresh_token)
    await longAgo()
    await renew(session.refresh_token)
    expect((await renew(renewed.refresh_token)).status).toBe(400)
  })

  test.each(['nonsense', '', '00000000-0000-4000-8000-000000000001'])('is not to be had with the refresh token "%s"', async (token) => {
    expect((await renew(token)).status).toBe(400)
  })

  test('ended here stays open elsewhere, and its refresh token is worth nothing', async () => {
    const { email, session, client: here } = await signedInSession()
    const there = client()
    const { data } = await there.auth.signInWithPassword({ email, password: PASSWORD })
    expect((await here.auth.signOut({ scope: 'local' })).error).toBeNull()
    expect((await renew(session.refresh_token)).status).toBe(400)
    expect((await client().auth.getUser(session.access_token)).error?.name).toBe('AuthSessionMissingError')
    expect((await renew(data.session?.refresh_token ?? '')).status).toBe(200)
    expect((await there.auth.signOut({ scope: 'global' })).error).toBeNull()
  })

  test('ended everywhere is over in every browser', async () => {
    const { email, client: here } = await signedInSession()
    const { data } = await client().auth.signInWithPassword({ email, password: PASSWORD })
    await here.auth.signOut({ scope: 'global' })
    expect((await renew(data.session?.refresh_token ?? '')).status).toBe(400)
  })

  test('is begun by nobody who does not know the password, and the answer does not tell whether the address is known', async () => {
    const { email } = await signUp()
    const attempts = await Promise.all([email, 'nobody@example.com'].map((address) => client().auth.signInWithPassword({ email: address, password: 'Wrong#horse7' })))
    expect(attempts.map(({ error }) => [error?.status, error?.code])).toEqual([[400, 'invalid_credentials'], [400, 'invalid_credentials']])
  })

  test('a forgotten password is answered alike for a known and an unknown address, and only the known one gets a mail', async () => {
    const { email } = await signUp()
    const mails = stack.mails.length
    for (const address of [email, 'nobody@example.com']) {
      expect(await client().auth.resetPasswordForEmail(address, { redirectTo: `${stack.url}/reset-password` })).toEqual({ data: {}, error: null })
    }
    expect(stack.mails.slice(mails).map((mail) => mail.to)).toEqual([email])
  })

  test('in the app: what it renews reaches REST, and the open channel of realtime', async () => {
    const pushed: string[] = []
    vi.stubGlobal('WebSocket', class extends WebSocket {
      override send(data: string) {
        if (data.includes('"access_token",')) pushed.push((JSON.parse(data) as [unknown, unknown, unknown, unknown, { access_token: string }])[4].access_token)
        super.send(data)
      }
    })
    const { email, accountId } = await signUp()
    const app = createBrowserSupabase({ apiUrl: stack.url, publishableKey: stack.identity.publishableKey })
    await app.auth.signInWithPassword({ email, password: PASSWORD })
    const realtime = await app.realtime()
    const heard: unknown[] = []
    const channel = realtime.channel(`account:${accountId}`, { config: { private: true } }).on('broadcast', { event: '*' }, (message) => void heard.push(message.payload))
    expect(await subscribed(channel)).toBe('SUBSCRIBED')
    const first = await currentToken(app)
    // Tokens of one second are one token: the next second makes another.
    await until(() => Math.floor(Date.now() / 1000) > iat(first))
    expect((await app.auth.refreshSession()).error).toBeNull()
    const second = await currentToken(app)
    await until(() => pushed.includes(second))
    expect(second).not.toBe(first)
    await stack.db.sql`select realtime.send('{"n": 1}', 'account_changed', ${`account:${accountId}`}, true)`
    await until(() => heard.length === 1)
    expect((await app.functions.rpc('my_accounts', {})).error).toBeNull()
    await app.auth.signOut({ scope: 'local' })
    await until(() => !realtime.isConnected())
    vi.unstubAllGlobals()
  })

  const currentToken = async (app: ReturnType<typeof createBrowserSupabase>) => (await app.auth.getSession()).data.session?.access_token ?? ''
  const iat = (token: string) => (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iat: number }).iat
})
