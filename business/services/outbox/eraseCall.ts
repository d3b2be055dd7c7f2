import type { FindGateway, RecordingGateway } from '../../gateways/calls/callGateway.ts'
import type { EraseCall, OutboxResult } from '../../models/outboxJob.ts'

export interface ErasureDeps {
  recordingGatewayOf: FindGateway<RecordingGateway>
}

/**
 * Has the provider forget a call. One that cannot, or an own connection whose key the account took away, is left as it is: what is kept there
 * is then between the account and the provider.
 */
export async function eraseCall({ recordingGatewayOf }: ErasureDeps, { provider_call_id, ...at }: EraseCall): Promise<OutboxResult> {
  const gateway = await recordingGatewayOf(at)
  if (!gateway && at.connection_id === null) return { ok: false, error: `no key for ${at.provider}`, is_final: false }
  const answer = await gateway?.eraseCall?.(provider_call_id)
  if (!answer) return { ok: true, is_deleted: false }
  return answer.kind === 'erased' ? { ok: true, is_deleted: true } : { ok: false, error: answer.cause, is_final: false }
}
