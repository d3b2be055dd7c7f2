import type { RecordingGateway } from '../../gateways/calls/callGateway.ts'
import type { EraseCall, OutboxResult } from '../../models/outboxJob.ts'

export interface ErasureDeps {
  recordingGateways: Readonly<Record<string, RecordingGateway>>
}

/** Has the provider forget a call. One that cannot is left as it is: what it keeps is then between the account and the provider. */
export async function eraseCall({ recordingGateways }: ErasureDeps, { provider, provider_call_id }: EraseCall): Promise<OutboxResult> {
  const gateway = recordingGateways[provider]
  if (!gateway) return { ok: false, error: `no provider ${provider}`, is_final: false }
  const answer = await gateway.eraseCall?.(provider_call_id)
  if (!answer) return { ok: true, is_deleted: false }
  return answer.kind === 'erased' ? { ok: true, is_deleted: true } : { ok: false, error: answer.cause, is_final: false }
}
