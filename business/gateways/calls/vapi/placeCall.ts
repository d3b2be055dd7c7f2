import type { VapiClient } from '@vapi-ai/server-sdk'
import type { DialOrder, DialResult } from '../../../models/dial.ts'
import { callRequest } from './callRequest.ts'
import { failureOf, type VapiConfig } from './client.ts'
import { asText, pick } from '../../json.ts'
import { resultOfFailure } from './refusal.ts'

/** Exactly one POST /call; every answer is a value. */
export async function placeCall(client: VapiClient, config: VapiConfig, order: DialOrder): Promise<DialResult> {
  const request = callRequest(order, config.webhook)
  try {
    return resultOfAnswer(await client.calls.create(request))
  } catch (error) {
    return resultOfFailure(failureOf(error), [config.apiKey, config.webhook.secret])
  }
}

/** A success that names no call leaves open whether there is one. */
function resultOfAnswer(answer: unknown): DialResult {
  const provider_call_id = asText(pick(answer, 'id'))
  if (!provider_call_id) return { kind: 'unknown', cause: 'an answer without a call' }
  const isBlocked = pick(answer, 'subscriptionLimits', 'concurrencyBlocked') === true
  return { kind: isBlocked ? 'accepted_blocked' : 'accepted', provider_call_id }
}
