/** The headers by which a receiver knows the provider: a bearer token, or a signature over the very bytes that are sent. */
import { createHmac, randomUUID } from 'node:crypto'
import type { AuthenticationPlan } from './things.ts'

interface Letter { url: string, body: string, now: Date }

export function authenticationHeaders(plan: AuthenticationPlan | undefined, letter: Letter): Record<string, string> {
  if (!plan) return {}
  if (plan.type === 'bearer') return { [plan.headerName ?? 'Authorization']: `${plan.bearerPrefixEnabled === false ? '' : 'Bearer '}${plan.token}` }
  return signature(plan, letter)
}

/** The timestamp counts seconds. */
function signature(plan: AuthenticationPlan & { type: 'hmac' }, { url, body, now }: Letter): Record<string, string> {
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const values: Record<string, string> = { body, timestamp, method: 'POST', url, 'svix-id': id }
  const format = plan.payloadFormat ?? (plan.includeTimestamp === false ? '{body}' : '{timestamp}.{body}')
  const payload = format.replace(/\{(body|timestamp|method|url|svix-id)\}/g, (_, name: string) => values[name] ?? '')
  const key = Buffer.from(plan.secretKey, plan.secretIsBase64 ? 'base64' : 'utf8')
  const digest = createHmac(plan.algorithm, key).update(payload).digest(plan.signatureEncoding ?? 'hex')
  return {
    [plan.signatureHeader ?? 'x-signature']: `${plan.signaturePrefix ?? ''}${digest}`,
    ...(plan.includeTimestamp !== false && { [plan.timestampHeader ?? 'x-timestamp']: timestamp }),
    ...(plan.messageIdHeader !== undefined && { [plan.messageIdHeader]: id }),
  }
}
