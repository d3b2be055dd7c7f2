import { AppError } from '../../models/appError.ts'
import type { DialResult } from '../../models/dial.ts'
import type { NumberCheckWish, TestCallWish } from '../../models/testCall.ts'
import type { AskedCallRepository } from '../../repositories/askedCallRepository.ts'
import { dialCall, type DialDeps } from './dialCall.ts'

export interface PlaceDeps extends DialDeps {
  /** With the person's own token. */
  askedCalls: AskedCallRepository
}

interface Placed { call_id: string, dial_in_ms: number }

/** Has the person called by an assistant. The call is dialled when this answers, or it is known why not. */
export async function placeTestCall(deps: PlaceDeps, wish: TestCallWish): Promise<{ call_id: string }> {
  const { assistant_version_id } = await deps.askedCalls.keepVersion(wish)
  return dialAtOnce(deps, await deps.askedCalls.requestTestCall(assistant_version_id, wish))
}

/** Has the person called with a code. */
export async function placeCodeCall(deps: PlaceDeps, wish: NumberCheckWish): Promise<{ call_id: string }> {
  return dialAtOnce(deps, await deps.askedCalls.requestNumberCheck(wish))
}

/** Whatever breaks off here leaves a reserved or unknown call, which the sweeps and the poll bring to its end. */
async function dialAtOnce(deps: PlaceDeps, { call_id, dial_in_ms }: Placed): Promise<{ call_id: string }> {
  await deps.sleep(dial_in_ms)
  const result = await dialCall(deps, call_id)
  if (!result) throw new AppError('conflict', 'Something changed before the call could be made.', { reason: 'not_dialled' })
  if (result.kind === 'refused') throw refusal(result)
  return { call_id }
}

function refusal(result: Extract<DialResult, { kind: 'refused' }>): AppError {
  if (result.class !== 'number') return new AppError('provider_refused', result.message)
  return new AppError('invalid_input', 'This number cannot be called.', [{ field: 'phone', code: 'invalid_number', message: 'This number cannot be called.' }])
}
