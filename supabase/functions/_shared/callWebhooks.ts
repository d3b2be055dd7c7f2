import type { CallWebhook } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiWebhook } from '../../../business/gateways/calls/vapi/webhook.ts'
import type { Env } from './env.ts'

/** Who may send us webhooks, by the last part of the address. Loads no SDK: a webhook is answered by a cold start, too. */
export function createCallWebhooks({ vapi }: Env): { vapi: CallWebhook } {
  return { vapi: createVapiWebhook(vapi.webhookSecrets) }
}
