import type { ClaimedCall } from '../../models/dial.ts'
import type { Clock } from '../../models/runtime.ts'
import type { DialRepository } from '../../repositories/dialRepository.ts'
import { inPool } from '../inPool.ts'
import { dialCall, type DialDeps } from './dialCall.ts'

export interface DispatchDeps extends DialDeps {
  dials: Pick<DialRepository, 'claim' | 'begin' | 'record'>
  clock: Clock
}

const callsPerRound = 25
const dialsAtOnce = 10
const mostDials = 50
/** No new round is begun after this; the last one may still wait for its turn on the line. */
const budgetMs = 20_000

/**
 * Claims due calls and dials them, round after round, until nothing is due or the budget of one run is used up; the next
 * tick starts another. Stopping anywhere is safe: what was claimed and not dialled goes back when its lease ends.
 */
export async function dispatchCalls(deps: DispatchDeps): Promise<{ dialled: number }> {
  const startedAt = deps.clock()
  let claimed = 0
  let dialled = 0
  while (claimed < mostDials && deps.clock() - startedAt < budgetMs) {
    const claim = await deps.dials.claim(Math.min(callsPerRound, mostDials - claimed))
    if (claim.call_ids.length === 0) break
    claimed += claim.call_ids.length
    dialled += await dialRound(deps, claim.call_ids)
    if (!claim.more) break
  }
  deps.log('info', 'dispatch.done', { claimed, dialled })
  return { dialled }
}

async function dialRound(deps: DispatchDeps, calls: ClaimedCall[]): Promise<number> {
  const claimedAt = deps.clock()
  let dialled = 0
  await inPool(calls, dialsAtOnce, async ({ call_id, dial_in_ms }) => {
    await deps.sleep(Math.max(0, dial_in_ms - (deps.clock() - claimedAt)))
    if (await dialCarefully(deps, call_id)) dialled++
  })
  return dialled
}

/** One call's trouble is not the others'. Whatever breaks here leaves a state that the sweeps and the poll resolve. */
async function dialCarefully(deps: DispatchDeps, call_id: string): Promise<boolean> {
  try {
    return await dialCall(deps, call_id) !== null
  } catch (error) {
    deps.log('error', 'dial.broken', { call_id, error: String(error) })
    return false
  }
}
