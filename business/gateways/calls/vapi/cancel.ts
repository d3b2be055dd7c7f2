import type { VapiClient } from '@vapi-ai/server-sdk'
import { fetchForeign } from '../../fetchForeign.ts'
import type { CallGateway } from '../callGateway.ts'
import { asText, pick } from '../../json.ts'

type CancelAnswer = Awaited<ReturnType<CallGateway['cancel']>>

const timeoutMs = 10_000

/**
 * Hangs up a running conversation through its control address, the only way VAPI documents. DELETE /call would erase the
 * call's data, and a queued or ringing call cannot be stopped.
 */
export async function cancel(client: VapiClient, baseUrl: string, provider_call_id: string): Promise<CancelAnswer> {
  const call = await client.calls.get({ id: provider_call_id }).catch(() => null)
  if (!call) return 'failed'
  if (call.status === 'ended') return 'already_ended'
  const controlUrl = asText(pick(call, 'monitor', 'controlUrl'))
  if (call.status !== 'in-progress' || !controlUrl) return 'unsupported'
  return (await endsCall(controlUrl, baseUrl)) ? 'canceled' : 'failed'
}

async function endsCall(controlUrl: string, baseUrl: string): Promise<boolean> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'end-call' }), signal: AbortSignal.timeout(timeoutMs) }
  const answer = await fetchForeign(controlUrl, request, { baseUrl }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.ok ?? false
}
