import { AuthApiError, AuthRetryableFetchError, type GoTrueClient } from '@supabase/auth-js'
import { describe, expect, it } from 'vitest'
import { createSessionRepository } from '../../../../business/repositories/sessionRepository.ts'

const person = { name: 'Ada', company_name: 'Engines', company_type: 'generic' as const, email: 'ada@example.com', password: 'Secret#12' }
const refusing = (error: Error) => {
  const answer = () => Promise.resolve({ data: { session: null, user: null }, error })
  return createSessionRepository({ signUp: answer, signInWithPassword: answer } as unknown as GoTrueClient)
}

describe('signing up', () => {
  it.each(['user_already_exists', 'email_exists', 'over_email_send_rate_limit'])('does not tell a stranger who is a customer (%s)', async (code) => {
    expect(await refusing(new AuthApiError('refused', 422, code)).signUp(person, '/')).toBeNull()
  })

  it('passes on what is wrong with the password', async () => {
    const signUp = refusing(new AuthApiError('weak', 422, 'weak_password')).signUp(person, '/')
    await expect(signUp).rejects.toMatchObject({ code: 'invalid_input', details: { reason: 'weak_password' } })
  })
})

describe('signing in', () => {
  it.each([
    [new AuthApiError('no', 400, 'invalid_credentials'), 'invalid_input', 'invalid_credentials'],
    [new AuthApiError('slow down', 429, 'over_request_rate_limit'), 'rate_limited', 'over_request_rate_limit'],
    [new AuthApiError('broken', 500, 'unexpected_failure'), 'unavailable', 'unexpected_failure'],
    [new AuthRetryableFetchError('no network', 0), 'unavailable', 'AuthRetryableFetchError'],
  ])('translates %s once, keeping the reason', async (error, code, reason) => {
    const signIn = refusing(error).signIn('ada@example.com', 'x')
    await expect(signIn).rejects.toMatchObject({ name: 'AppError', code, details: { reason } })
  })
})

describe('who is signed in', () => {
  const user = (id: string) => ({ id, email: `${id}@example.com`, user_metadata: { name: id, company_name: '' } })
  const stored = { getSession: () => Promise.resolve({ data: { session: { user: user('stored') } } }) }
  /** What the auth service makes of the tokens of a link. */
  const linked = (isGood: boolean) => {
    const asked: object[] = []
    const setSession = (tokens: object) => {
      asked.push(tokens)
      return Promise.resolve(isGood ? { data: { user: user('linked') }, error: null } : { data: { user: null }, error: new AuthApiError('expired', 403, 'bad_jwt') })
    }
    return { asked, repository: createSessionRepository({ ...stored, setSession } as unknown as GoTrueClient) }
  }
  const link = '#access_token=a&expires_in=3600&refresh_token=r&token_type=bearer&type=signup'

  it('is whom the link of a mail names', async () => {
    const { asked, repository } = linked(true)
    expect(await repository.find(link)).toEqual({ user_id: 'linked', email: 'linked@example.com', name: 'linked', company_name: null, company_type: 'generic' })
    expect(asked).toEqual([{ access_token: 'a', refresh_token: 'r' }])
  })

  it.each([['a link that is no good any more', link, 1], ['no link', '', 0], ['a refusal', '#error_code=otp_expired', 0], ['half a link', '#access_token=a', 0]])(
    'is who was before with %s', async (_what, hash, times) => {
      const { asked, repository } = linked(false)
      expect((await repository.find(hash))?.user_id).toBe('stored')
      expect(asked).toHaveLength(times)
    })
})

describe('what must not tell a stranger who is a customer', () => {
  const answering = (code?: string) => {
    const answer = () => Promise.resolve({ data: {}, error: code ? new AuthApiError('refused', 429, code) : null })
    return createSessionRepository({ resetPasswordForEmail: answer, signInWithOtp: answer, resend: answer, updateUser: answer } as unknown as GoTrueClient)
  }
  const asks = [
    ['a forgotten password', (session: ReturnType<typeof answering>) => session.requestPasswordReset('ada@example.com', '/')],
    ['a link to sign in', (session: ReturnType<typeof answering>) => session.requestSignInLink('ada@example.com', '/')],
    ['a confirmation sent again', (session: ReturnType<typeof answering>) => session.resendConfirmation('ada@example.com', '/')],
    ['another address', (session: ReturnType<typeof answering>) => session.changeEmail('ada@example.com', '/')],
  ] as const

  it.each(asks)('%s is answered alike for every address', async (_what, ask) => {
    for (const code of [undefined, 'over_email_send_rate_limit', 'email_exists', 'user_already_exists']) await expect(ask(answering(code))).resolves.toBeUndefined()
    await expect(ask(answering('over_request_rate_limit'))).rejects.toMatchObject({ details: { reason: 'over_request_rate_limit' } })
  })
})

describe('a password', () => {
  const asked: object[] = []
  const repository = createSessionRepository({ updateUser: (attributes: object) => {
    asked.push(attributes)
    return Promise.resolve({ error: Object.assign(new AuthApiError('weak', 422, 'weak_password'), { reasons: ['pwned'] }) })
  } } as unknown as GoTrueClient)

  it('is changed with the present one where that is known, and a stolen one is called so', async () => {
    await expect(repository.changePassword('New#horse77', 'Old#horse77')).rejects.toMatchObject({ code: 'invalid_input', details: { reason: 'pwned' } })
    await expect(repository.changePassword('New#horse77')).rejects.toThrow()
    expect(asked).toEqual([{ password: 'New#horse77', current_password: 'Old#horse77' }, { password: 'New#horse77' }])
  })

  const sessions: [string[], boolean][] = [[['password', 'totp'], true], [['otp'], false], [['totp', 'recovery'], false], [[], true]]
  it.each(sessions)('is known to whose session was begun by %j: %s', async (methods, isKnown) => {
    const currentAuthenticationMethods = methods.map((method) => ({ method, timestamp: 1 }))
    const mfa = { getAuthenticatorAssuranceLevel: () => Promise.resolve({ data: { currentAuthenticationMethods } }) }
    expect(await createSessionRepository({ mfa } as unknown as GoTrueClient).knowsPassword()).toBe(isKnown)
  })
})

describe('signing out everywhere', () => {
  const ending = (error: Error | null) => {
    const signOut = ({ scope }: { scope: string }) => Promise.resolve({ error: scope === 'global' ? error : null })
    return createSessionRepository({ signOut } as unknown as GoTrueClient)
  }

  it('says so when the server was not reached: the other devices are still signed in', async () => {
    await expect(ending(null).signOutEverywhere()).resolves.toBeUndefined()
    await expect(ending(new AuthRetryableFetchError('no network', 0)).signOutEverywhere()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
