import { AuthApiError, AuthRetryableFetchError, type GoTrueClient } from '@supabase/auth-js'
import { describe, expect, it } from 'vitest'
import { createSessionRepository } from '../../../../business/repositories/sessionRepository.ts'

const person = { name: 'Ada', company_name: 'Engines', email: 'ada@example.com', password: 'Secret#12' }
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
