import { AuthApiError, type GoTrueClient } from '@supabase/auth-js'
import { describe, expect, it } from 'vitest'
import { createSecondFactorRepository } from '../../../../business/repositories/secondFactorRepository.ts'

interface Held { id: string, status: 'verified' | 'unverified', friendly_name?: string, created_at: string }

const factor = (id: string, status: Held['status'] = 'verified', day = '01'): Held => ({ id, status, friendly_name: `App ${id}`, created_at: `2026-11-${day}T10:00:00Z` })

/** An auth service that holds these factors; each takes the code that is its own id. */
function serving(held: Held[], refusal = 'mfa_verification_failed') {
  const asked: string[] = []
  const noted = <T>(what: string, answer: T) => {
    asked.push(what)
    return Promise.resolve(answer)
  }
  const mfa = {
    listFactors: () => Promise.resolve({ data: { all: held }, error: null }),
    enroll: ({ friendlyName }: { friendlyName: string }) => noted(`enrol ${friendlyName}`, { data: { id: 'new', totp: { qr_code: 'data:,', secret: 'ABC', uri: 'otpauth:' } }, error: null }),
    unenroll: ({ factorId }: { factorId: string }) => noted(`unenrol ${factorId}`, { data: { id: factorId }, error: null }),
    challengeAndVerify: ({ factorId, code }: { factorId: string, code: string }) =>
      noted(`show ${code} to ${factorId}`, { data: null, error: code === factorId ? null : new AuthApiError('no', 422, refusal) }),
  }
  return { asked, repository: createSecondFactorRepository({ mfa } as unknown as GoTrueClient) }
}

describe('authenticator apps', () => {
  it('are those that were confirmed, the oldest first', async () => {
    const { repository } = serving([factor('b', 'verified', '02'), factor('x', 'unverified'), factor('a')])
    expect((await repository.list()).map(({ id, name }) => [id, name])).toEqual([['a', 'App a'], ['b', 'App b']])
  })

  it('are begun anew: what was left unconfirmed is given up first', async () => {
    const { asked, repository } = serving([factor('a'), factor('x', 'unverified')])
    expect(await repository.begin('Phone')).toEqual({ id: 'new', qr_code: 'data:,', secret: 'ABC' })
    expect(asked).toEqual(['unenrol x', 'enrol Phone'])
  })

  it('are each as good: a code of any is taken', async () => {
    const { asked, repository } = serving([factor('a'), factor('x', 'unverified'), factor('b')])
    await repository.show('b')
    expect(asked).toEqual(['show b to a', 'show b to b'])
    await expect(repository.show('c')).rejects.toMatchObject({ details: { reason: 'mfa_verification_failed' } })
  })

  it('are not asked one after the other when the service refuses for another reason', async () => {
    const { asked, repository } = serving([factor('a'), factor('b')], 'over_request_rate_limit')
    await expect(repository.show('b')).rejects.toMatchObject({ details: { reason: 'over_request_rate_limit' } })
    expect(asked).toHaveLength(1)
  })

  it('are needed to show a code', async () => {
    await expect(serving([]).repository.show('a')).rejects.toMatchObject({ code: 'conflict' })
  })
})
