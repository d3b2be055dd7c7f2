import { describe, expect, it } from 'vitest'
import { isTotp, newSecret, totpAddress, totpOf } from '../../../supabase/local/auth/totp.ts'

/** "12345678901234567890", the key of RFC 6238, appendix B. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('a code by time', () => {
  it.each([[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']])(
    'is at second %d the one that the standard names', (second, code) => {
      expect(totpOf(KEY, second)).toBe(code)
    })

  it('is taken half a minute early and late, and not a minute', () => {
    const at = (second: number) => isTotp(totpOf(KEY, 1_000_000_000), KEY, 1_000_000_000 + second)
    expect([-60, -30, 0, 30, 60].map(at)).toEqual([false, true, true, true, false])
  })

  it.each(['', '12345', '1234567', 'abcdef', ' 287082', '２８７０８２'])('is not "%s"', (code) => {
    expect(isTotp(code, KEY, 59)).toBe(false)
  })

  it('comes of a key of 160 bits that nobody had before, told to an app in an address', () => {
    const secret = newSecret()
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(newSecret()).not.toBe(secret)
    expect(totpAddress({ issuer: 'Out dial', email: 'ada@example.com', secret }))
      .toBe(`otpauth://totp/Out%20dial%3Aada%40example.com?algorithm=SHA1&digits=6&issuer=Out%20dial&period=30&secret=${secret}`)
  })
})
