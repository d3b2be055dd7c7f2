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
