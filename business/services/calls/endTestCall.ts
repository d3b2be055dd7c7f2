import type { CallGateway } from '../../gateways/calls/callGateway.ts'
import type { HangUpAnswer } from '../../models/testCall.ts'
import type { DialRepository } from '../../repositories/dialRepository.ts'

export interface EndDeps {
  dials: Pick<DialRepository, 'findToEnd'>
  gateways: readonly Pick<CallGateway, 'id' | 'cancel'>[]
}

/** Hangs up for the person who asked for the call. That it is over is told by the provider's events, as with every other call. */
export async function endTestCall({ dials, gateways }: EndDeps, call_id: string, user_id: string): Promise<HangUpAnswer> {
  const { provider, provider_call_id, is_live } = await dials.findToEnd(call_id, user_id)
  if (!is_live) return 'over'
  const gateway = gateways.find(({ id }) => id === provider)
  if (!gateway || !provider_call_id) return 'not_yet'
  const answer = await gateway.cancel(provider_call_id)
  return answer === 'canceled' ? 'hung_up' : answer === 'already_ended' ? 'over' : 'not_yet'
}
