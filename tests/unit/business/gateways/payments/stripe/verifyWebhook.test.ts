import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createStripeWebhook } from '../../../../../../business/gateways/payments/stripe/webhook.ts'
import { verifyWebhook } from '../../../../../../business/gateways/payments/stripe/verifyWebhook.ts'

const payload = '{ "id" : "evt_1", "name":"Zoë" }'
const now = 1_760_000_000
const raw = new TextEncoder().encode(payload)
/** Signed by Stripe's own library, so that both readings of the contract must agree. */
const signed = (secret: string, timestamp = now, scheme = 'v1') => new Stripe('sk_test_x').webhooks.generateTestHeaderString({ payload, secret, timestamp, scheme })
const judge = (header: string | null, secrets = ['whsec_new', 'whsec_old'], body = raw) =>
  verifyWebhook(body, new Headers(header === null ? {} : { 'Stripe-Signature': header }), secrets, now * 1000)

describe('the signature of Stripe', () => {
  it.each(['whsec_new', 'whsec_old'])('is good under each active secret (%s), whatever the header\'s case', async (secret) => {
    expect(await judge(signed(secret))).toEqual({ ok: true })
    const webhook = createStripeWebhook([secret], () => now * 1000)
    expect(await webhook.verify(raw, new Headers({ 'STRIPE-SIGNATURE': signed(secret) }))).toEqual({ ok: true })
  })

  it('is good when one of several signatures is, as while Stripe rolls its secret', async () => {
    const [time, other] = signed('whsec_unknown').split(',')
    const [, ours] = signed('whsec_new').split(',')
    expect(await judge(`${time},${other},${ours}`)).toEqual({ ok: true })
    expect(await judge(`${time},v0=${'0'.repeat(64)},${ours}`)).toEqual({ ok: true })
  })

  it.each<[string, string | null]>([
    ['missing', null],
    ['empty', ''],
    ['without a time', signed('whsec_new').replace(/^t=\d+,/, '')],
    ['without a signature', `t=${now}`],
    ['of another scheme only', signed('whsec_new', now, 'v0')],
    ['of a secret we do not know', signed('whsec_other')],
    ['empty in itself', `t=${now},v1=`],
    ['with another time written over', signed('whsec_new').replace(`t=${now}`, `t=${now + 1}`)],
    ['no time at all', signed('whsec_new').replace(`t=${now}`, 't=soon')],
  ])('is refused when it is %s', async (_what, header) => {
    expect((await judge(header)).ok).toBe(false)
  })

  it.each([[-300, true], [300, true], [-301, false], [301, false], [86_400, false]])('made %i seconds from now is good: %s', async (offset, ok) => {
    expect((await judge(signed('whsec_new', now + offset))).ok).toBe(ok)
  })

  it('is refused for a body that was written anew', async () => {
    const rewritten = new TextEncoder().encode(JSON.stringify(JSON.parse(payload)))
    expect((await judge(signed('whsec_new'), undefined, rewritten)).ok).toBe(false)
  })

  it('holds for bytes that are no text', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x00, 0x80])
    expect((await judge(signed('whsec_new'), undefined, bytes)).ok).toBe(false)
  })

  it.each([[[]], [['']]])('lets nobody in under the secrets %j', async (secrets) => {
    expect((await judge(signed(' '), secrets)).ok).toBe(false)
    expect(await judge(`t=${now},v1=${'0'.repeat(64)}`, secrets)).toEqual({ ok: false, reason: 'no secret is configured' })
  })
})
