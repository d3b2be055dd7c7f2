import type { CallGateway } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiCalls } from '../../../business/gateways/calls/vapi/calls.ts'
import type { Env } from './env.ts'

/** Every provider this installation has a key for. Loads their SDKs, so only dispatch and reconcile import it. */
export function createCallGateways({ vapi, publicUrl }: Env): CallGateway[] {
  if (!vapi.apiKey) return []
  const webhook = { url: `${publicUrl}/functions/v1/receive-call-event/vapi`, secret: vapi.webhookSecrets[0] ?? '' }
  return [createVapiCalls({ apiKey: vapi.apiKey, baseUrl: vapi.baseUrl, webhook })]
}
