import type { CallGateway, FindGateway } from '../../gateways/calls/callGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { CallEndAnswer } from '../../models/callEnd.ts'
import type { Log } from '../../models/runtime.ts'
import type { AskedCallRepository } from '../../repositories/askedCallRepository.ts'
import type { DialRepository } from '../../repositories/dialRepository.ts'

type Cancelled = Awaited<ReturnType<CallGateway['cancel']>>

export interface EndDeps {
  /** With the person's own token. */
  askedCalls: Pick<AskedCallRepository, 'askEnd'>
  dials: Pick<DialRepository, 'findToEnd' | 'recordEnd'>
  gatewayOf: FindGateway<Pick<CallGateway, 'cancel'>>
  log: Log
}

const answers = { canceled: 'hung_up', already_ended: 'over', unsupported: 'not_yet', failed: 'failed' } as const satisfies Record<Cancelled, string>

/**
 * Ends a call for a person. The database says whether they may and whose turn it is to tell the provider; that the call is over is told by
 * the provider's events, as with every other call. Whatever breaks off in between can be asked for again half a minute later.
 */
export async function endCall({ askedCalls, dials, gatewayOf, log }: EndDeps, call_id: string, user_id: string): Promise<CallEndAnswer> {
  const asked = await askedCalls.askEnd(call_id)
  if (asked.answer) return asked.answer
  const { provider_call_id, ...at } = await dials.findToEnd(call_id, user_id)
  const gateway = await gatewayOf(at)
  const answer = answers[gateway ? await gateway.cancel(provider_call_id) : 'failed']
  log(answer === 'failed' ? 'warn' : 'info', 'call.end_asked', { call_id, answer })
  await dials.recordEnd(call_id, answer)
  if (answer === 'failed') throw new AppError('provider_refused', 'The provider did not end the call.')
  return answer
}
