import type { CallGateway, FindGateway } from '../../gateways/calls/callGateway.ts'
import type { CallCheck, CallToCheck } from '../../models/callEvent.ts'
import type { Log } from '../../models/runtime.ts'
import type { DialRepository } from '../../repositories/dialRepository.ts'
import { inPool } from '../inPool.ts'
import { processCallEvents } from './processCallEvents.ts'

type AskingGateway = Pick<CallGateway, 'capabilities' | 'getCall' | 'findCalls'>

export interface ReconcileDeps {
  dials: Pick<DialRepository, 'listToCheck' | 'recordCheck' | 'processEvents'>
  gatewayOf: FindGateway<AskingGateway>
  log: Log
}

const callsPerRun = 100
const questionsAtOnce = 5
/** Calls dialled further apart are looked for in listings of their own. */
const widestGapMs = 10 * 60_000

/**
 * Asks the provider about calls that nobody heard of: by id where it is known, else by one listing per line and time
 * window. Only stores what was said; what follows from it is the database's decision.
 */
export async function reconcileCalls(deps: ReconcileDeps): Promise<{ checked: number }> {
  const calls = await deps.dials.listToCheck(callsPerRun)
  if (calls.length === 0) return { checked: 0 }
  await inPool(calls.filter((call) => !call.must_list), questionsAtOnce, (call) => checkById(deps, call))
  await inPool(windowsOf(calls.filter((call) => call.must_list)), questionsAtOnce, (window) => checkByListing(deps, window))
  await processCallEvents(deps)
  deps.log('info', 'reconcile.done', { checked: calls.length })
  return { checked: calls.length }
}

async function checkById(deps: ReconcileDeps, call: CallToCheck): Promise<void> {
  const gateway = await askable(deps, call)
  const check = gateway && call.provider_call_id ? await gateway.getCall(call.provider_call_id) : noProvider
  await note(deps, call, check)
}

async function checkByListing(deps: ReconcileDeps, window: CallToCheck[]): Promise<void> {
  const gateway = await askable(deps, window[0]!)
  const canList = gateway && gateway.capabilities.findByAttempt !== 'none'
  const answers = canList ? await gateway.findCalls(searchOf(window)) : new Map<string, CallCheck>()
  for (const call of window) await note(deps, call, dated(answers.get(call.attempt_id) ?? noProvider, call))
}

/** Whether the dial was old enough when the listing was asked for, not when its answer is noted. */
function dated(check: CallCheck, { absence_counts }: CallToCheck): CallCheck {
  return check.kind === 'absent' ? { ...check, absence_counts } : check
}

const noProvider: CallCheck = { kind: 'unsure', cause: 'the provider cannot be asked' }

/** One call that cannot be noted is asked about again in fifteen seconds; it must not keep the others waiting. */
async function note({ dials, log }: ReconcileDeps, { call_id }: CallToCheck, check: CallCheck): Promise<void> {
  try {
    const { state } = await dials.recordCheck(call_id, check)
    log(check.kind === 'unsure' ? 'warn' : 'info', 'call.checked', { call_id, kind: check.kind, state, cause: 'cause' in check ? check.cause : undefined })
  } catch (error) {
    log('error', 'check.broken', { call_id, error: String(error) })
  }
}

/** Calls of one line whose dials lie close together. */
function windowsOf(calls: CallToCheck[]): CallToCheck[][] {
  const byLine = Object.values(Object.groupBy(calls, (call) => `${call.provider} ${call.connection_id} ${call.provider_ref}`))
  return byLine.flatMap((line) => splitAtGaps((line ?? []).toSorted((a, b) => dialledAt(a) - dialledAt(b))))
}

function splitAtGaps(calls: CallToCheck[]): CallToCheck[][] {
  return calls.reduce<CallToCheck[][]>((windows, call) => {
    const current = windows.at(-1)
    const isNear = current && dialledAt(call) - dialledAt(current.at(-1)!) <= widestGapMs
    return isNear ? [...windows.slice(0, -1), [...current, call]] : [...windows, [call]]
  }, [])
}

function searchOf(window: CallToCheck[]) {
  return {
    provider_ref: window[0]!.provider_ref,
    attempt_ids: window.map((call) => call.attempt_id),
    since: dialledAt(window[0]!),
    until: dialledAt(window.at(-1)!),
  }
}

const dialledAt = (call: CallToCheck) => Date.parse(call.since)

/** One account's key that cannot be read right now must not keep the others' calls from being asked about. */
function askable({ gatewayOf, log }: ReconcileDeps, call: CallToCheck): Promise<AskingGateway | null> {
  return gatewayOf(call).catch((error: unknown) => {
    log('error', 'key.unread', { connection_id: call.connection_id ?? undefined, error: String(error) })
    return null
  })
}
