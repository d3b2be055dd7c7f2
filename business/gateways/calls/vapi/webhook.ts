import type { CallWebhook } from '../callGateway.ts'
import { parseWebhook } from './parseWebhook.ts'
import { vapiId } from './shapes.ts'
import { answerTools } from './tools.ts'
import { verifyWebhook } from './verifyWebhook.ts'

/** The receiving half of VAPI, free of the SDK: a webhook answers within a cold start. */
export function createVapiWebhook(secrets: readonly string[]): CallWebhook {
  return { id: vapiId, verify: (_raw, headers) => verifyWebhook(headers, secrets), parse: parseWebhook, answerTools }
}
