import type { CallGateway, FindGateway } from '../../gateways/calls/callGateway.ts'
import type { DialOrder, DialResult } from '../../models/dial.ts'
import type { Log, Sleep } from '../../models/runtime.ts'
import type { DialRepository } from '../../repositories/dialRepository.ts'

export interface DialDeps {
  dials: Pick<DialRepository, 'begin' | 'record'>
  gatewayOf: FindGateway<Pick<CallGateway, 'placeCall'>>
  sleep: Sleep
  log: Log
}

const recordDelaysMs = [0, 250, 1000]

/**
 * The dial of one reserved call: begun, placed with exactly one request, and noted. null: the database says no at this instant.
 * What throws here leaves a state that the sweeps and the poll resolve.
 */
export async function dialCall(deps: DialDeps, call_id: string): Promise<DialResult | null> {
  const order = await deps.dials.begin(call_id)
  if (!order) return null
  const result = await place(deps, order)
  deps.log(result.kind === 'accepted' ? 'info' : 'warn', 'dial.answered', { call_id, kind: result.kind, class: 'class' in result ? result.class : undefined })
  await record(deps, call_id, result)
  return result
}

async function place({ gatewayOf }: DialDeps, order: DialOrder): Promise<DialResult> {
  const gateway = await gatewayOf(order.from).catch(() => 'unread' as const)
  if (gateway === 'unread') return keyUnread
  return gateway?.placeCall(order) ?? { kind: 'refused', class: 'auth', message: `There is no key for the provider "${order.from.provider}".` }
}

/** Nothing was asked of the provider yet, so that this is no call whose fate is unknown: the contact waits a moment and loses no attempt. */
const keyUnread: DialResult = { kind: 'refused', class: 'capacity', message: 'The key of the provider could not be read.' }

/** The answer of the provider is worth three tries; without it the call is unknown until somebody asks. */
async function record({ dials, sleep }: DialDeps, call_id: string, result: DialResult): Promise<void> {
  for (const [index, delay] of recordDelaysMs.entries()) {
    await sleep(delay)
    try {
      await dials.record(call_id, result)
      return
    } catch (error) {
      if (index === recordDelaysMs.length - 1) throw error
    }
  }
}
