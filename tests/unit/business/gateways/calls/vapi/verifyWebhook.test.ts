import { describe, expect, it } from 'vitest'
import { verifyWebhook } from '../../../../../../business/gateways/calls/vapi/verifyWebhook.ts'

const judge = (given: string | null, secrets: string[]) => verifyWebhook(new Headers(given === null ? {} : { 'x-vapi-secret': given }), secrets)

describe('verifyWebhook', () => {
  it('accepts every active secret, so that they can be rotated', async () => {
    expect(await judge('new', ['new', 'old'])).toEqual({ ok: true })
    expect(await judge('old', ['new', 'old'])).toEqual({ ok: true })
  })

  it('reads the header whatever its case', async () => {
    expect(await verifyWebhook(new Headers({ 'X-Vapi-Secret': 's' }), ['s'])).toEqual({ ok: true })
  })

  it.each([['wrong', 'wrong'], ['right plus more', 'secret2'], ['a part', 'secre'], ['other case', 'SECRET'], ['both', 'secret,old']])('refuses a secret that is %s', async (_what, given) => {
    expect(await judge(given, ['secret', 'old'])).toEqual({ ok: false, reason: 'the secret is wrong' })
  })

  it.each([[null], ['']])('refuses a missing or empty secret: %j', async (given) => {
    expect(await judge(given, ['secret'])).toEqual({ ok: false, reason: 'the secret is missing' })
  })

  it.each([[[]], [['']]])('refuses everything when none is configured: %j', async (secrets) => {
    expect(await judge('', secrets)).toMatchObject({ ok: false })
    expect(await judge('anything', secrets)).toEqual({ ok: false, reason: 'no secret is configured' })
  })
})
