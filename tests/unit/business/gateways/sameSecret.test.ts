import { describe, expect, it } from 'vitest'
import { isOneOfSecrets, isSameSecret } from '../../../../business/gateways/sameSecret.ts'

describe('isSameSecret', () => {
  it('is true for the same text only', async () => {
    expect(await isSameSecret('sécret', 'sécret')).toBe(true)
    expect(await isSameSecret('secret', 'Secret')).toBe(false)
    expect(await isSameSecret('secre', 'secret')).toBe(false)
  })

  it('never takes nothing for something, nor for nothing', async () => {
    expect(await isSameSecret('', '')).toBe(false)
    expect(await isSameSecret('', 'x')).toBe(false)
    expect(await isSameSecret('x', '')).toBe(false)
  })
})

describe('isOneOfSecrets', () => {
  it('accepts any active one and nothing when there is none', async () => {
    expect(await isOneOfSecrets('b', ['a', 'b'])).toBe(true)
    expect(await isOneOfSecrets('c', ['a', 'b'])).toBe(false)
    expect(await isOneOfSecrets('', [])).toBe(false)
  })
})
