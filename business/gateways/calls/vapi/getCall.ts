import type { VapiClient } from '@vapi-ai/server-sdk'
import type { CallCheck } from '../../../models/callEvent.ts'
import { failureOf } from './client.ts'
import { asObject, asText } from '../../json.ts'
import { eventOfCall } from './normalise.ts'

/** A 404 proves nothing: a fresh call can read as missing, and a missing one may still be talking. */
export async function getCall(client: VapiClient, provider_call_id: string): Promise<CallCheck> {
  try {
    const call = asObject(await client.calls.get({ id: provider_call_id }))
    return call && asText(call.id) ? { kind: 'found', event: eventOfCall(call) } : { kind: 'unsure', cause: 'an answer without a call' }
  } catch (error) {
    return { kind: 'unsure', cause: causeOf(error) }
  }
}

/** Short and free of anything the provider wrote. */
export function causeOf(error: unknown): string {
  const { status, cause } = failureOf(error)
  return status === undefined ? cause : `HTTP ${status}`
}
