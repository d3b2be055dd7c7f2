import { isOneOfSecrets } from '../../sameSecret.ts'
import type { WebhookVerdict } from '../../webhookVerdict.ts'

/** What Stripe's own libraries allow for the way; we allow as much for clocks that run ahead. */
const toleranceSeconds = 300

/**
 * `Stripe-Signature: t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">[,v1=…]`, over the bytes as they came. The secret is used as it
 * is, prefix included. Stripe signs with each of its active secrets while one is rolled, and we may know several, too. A time
 * that is too far off is refused in both directions: an old event may be a replay, and one from the future would stay valid for
 * as long as somebody likes.
 */
export async function verifyWebhook(raw: Uint8Array, headers: Headers, secrets: readonly string[], nowMs: number): Promise<WebhookVerdict> {
  const active = secrets.filter(Boolean)
  if (active.length === 0) return { ok: false, reason: 'no secret is configured' }
  const header = headers.get('stripe-signature')
  if (!header) return { ok: false, reason: 'the signature is missing' }
  const { time, signatures } = readHeader(header)
  if (time === null || signatures.length === 0) return { ok: false, reason: 'the signature cannot be read' }
  const expected = await Promise.all(active.map((secret) => sign(secret, time, raw)))
  const matches = await Promise.all(signatures.map((given) => isOneOfSecrets(given, expected)))
  if (!matches.includes(true)) return { ok: false, reason: 'the signature is wrong' }
  // Judged last, so that only who holds the secret learns how late it is here.
  const isNear = Math.abs(nowMs / 1000 - Number(time)) <= toleranceSeconds
  return isNear ? { ok: true } : { ok: false, reason: 'the signature is too old or from the future' }
}

/** More signatures than a rotation can explain are not worth the work. */
const mostSignatures = 10

function readHeader(header: string): { time: string | null, signatures: string[] } {
  const parts = header.split(',').map((part) => part.trim().split('=', 2))
  const valuesOf = (name: string) => parts.filter(([key]) => key === name).map(([, value = '']) => value)
  const time = valuesOf('t').find((value) => /^\d{1,12}$/.test(value)) ?? null
  return { time, signatures: valuesOf('v1').filter(Boolean).slice(0, mostSignatures) }
}

async function sign(secret: string, time: string, raw: Uint8Array): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const prefix = encode(`${time}.`)
  const signed = new Uint8Array(prefix.length + raw.length)
  signed.set(prefix)
  signed.set(raw, prefix.length)
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
