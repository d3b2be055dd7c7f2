import { describe, expect, it } from 'vitest'
import { storableJson } from '../../../../business/models/storableJson.ts'

describe('storableJson', () => {
  it('leaves ordinary values as they are', () => {
    const value = { a: [1, 'x', null, true, 1.5], ключ: '👍 ünïcode', b: {} }
    expect(storableJson(value)).toEqual(value)
  })

  it('takes out what Postgres cannot hold, in keys, too', () => {
    expect(storableJson({ 'k\u0000ey': 'a\u0000b', half: '\ud83d!', other: '!\udc4d', whole: '👍' })).toEqual({ key: 'ab', half: '\ufffd!', other: '!\ufffd', whole: '👍' })
  })

  it('keeps no secret that a provider echoes', () => {
    expect(storableJson({ server: { headers: { 'X-Vapi-Secret': 's', Authorization: 'Bearer x' }, secret: 's' }, client_secret: 'pi_1_secret_2' })).toEqual({
      server: { headers: { 'X-Vapi-Secret': '…', Authorization: '…' }, secret: '…' }, client_secret: '…' })
  })

  it('cuts what is too deep to parse', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown
    expect(JSON.stringify(storableJson(deep)).length).toBeLessThan(200)
  })
})
