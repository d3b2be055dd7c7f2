import type { CallWebhook } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiWebhook } from '../../../business/gateways/calls/vapi/webhook.ts'
import type { Env } from './env.ts'
import { hmac } from './hmac.ts'

/** Who may send us webhooks. Loads no SDK: a webhook is answered by a cold start, too. */
export async function createCallWebhook(env: Env, connection_id: string | null): Promise<CallWebhook> {
  return createVapiWebhook(await webhookSecretsOf(env, connection_id))
}

/**
 * The secrets of an address, the newest first. Whoever owns an account at the provider reads there what it sends along: an own connection has
 * secrets of its own, made from the installation's, which open its own address and nothing else.
 */
export function webhookSecretsOf({ vapi }: Env, connection_id: string | null): Promise<string[]> {
  return Promise.all(vapi.webhookSecrets.map((secret) => connection_id === null ? secret : hmac(`connection ${connection_id}`, secret)))
}

export function webhookAddress({ publicUrl }: Env, connection_id: string | null): string {
  return `${publicUrl}/functions/v1/receive-call-event/vapi${connection_id === null ? '' : `/${connection_id}`}`
}
