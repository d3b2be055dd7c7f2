import { isOneOfSecrets } from '../../sameSecret.ts'
import type { WebhookVerdict } from '../../webhookVerdict.ts'

/**
 * VAPI sends back the header that each call's server setting carries. Several secrets are active during a rotation; with
 * none configured everything is refused.
 */
export async function verifyWebhook(headers: Headers, secrets: readonly string[]): Promise<WebhookVerdict> {
  if (!secrets.some(Boolean)) return { ok: false, reason: 'no secret is configured' }
  const given = headers.get('x-vapi-secret')
  if (!given) return { ok: false, reason: 'the secret is missing' }
  return (await isOneOfSecrets(given, secrets)) ? { ok: true } : { ok: false, reason: 'the secret is wrong' }
}
