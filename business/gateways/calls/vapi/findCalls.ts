import type { VapiClient } from '@vapi-ai/server-sdk'
import type { CallCheck } from '../../../models/callEvent.ts'
import type { CallSearch } from '../callGateway.ts'
import { causeOf } from './getCall.ts'
import { attemptIdOf } from './identify.ts'
import { asObjects, asText, asTime, type JsonObject } from '../../json.ts'
import { eventOfCall } from './normalise.ts'

/** The largest page VAPI gives. */
const pageSize = 1000
const mostPages = 10
/** The two clocks may differ by two minutes either way, and a request takes up to twenty seconds. */
const clockMarginMs = 3 * 60_000

/** One listing of a line and time window, matched by attempt id, because VAPI cannot filter by anything of ours. */
export async function findCalls(client: VapiClient, search: CallSearch): Promise<Map<string, CallCheck>> {
  const listing = await listCalls(client, search)
  const found = new Map(listing.calls.map((call) => [attemptIdOf(call), call]))
  const missing: CallCheck = listing.isComplete ? { kind: 'absent' } : { kind: 'unsure', cause: listing.cause }
  return new Map(
    search.attempt_ids.map((attempt_id) => {
      const call = found.get(attempt_id.toLowerCase())
      return [attempt_id, call ? { kind: 'found', event: eventOfCall(call) } : missing]
    }),
  )
}

type Listing = { calls: JsonObject[], isComplete: true } | { calls: JsonObject[], isComplete: false, cause: string }

async function listCalls(client: VapiClient, { provider_ref, since, until }: CallSearch): Promise<Listing> {
  const calls = new Map<string, JsonObject>()
  let createdAtLe = new Date(until + clockMarginMs).toISOString()
  for (let page = 0; page < mostPages; page++) {
    const answer = await listPage(client, provider_ref, new Date(since - clockMarginMs).toISOString(), createdAtLe)
    if ('cause' in answer) return { calls: [...calls.values()], isComplete: false, cause: answer.cause }
    answer.forEach((call) => calls.set(String(call.id), call))
    if (answer.length < pageSize) return { calls: [...calls.values()], isComplete: true }
    const oldest = asTime(answer.at(-1)?.createdAt)
    // Calls of the same instant are asked for again rather than skipped; a page that does not move on cannot end.
    if (!oldest || oldest >= createdAtLe) break
    createdAtLe = oldest
  }
  return { calls: [...calls.values()], isComplete: false, cause: 'too many calls to list' }
}

async function listPage(client: VapiClient, phoneNumberId: string, createdAtGe: string, createdAtLe: string): Promise<JsonObject[] | { cause: string }> {
  try {
    const calls = asObjects(await client.calls.list({ phoneNumberId, createdAtGe, createdAtLe, limit: pageSize }))
    return calls?.every((call) => asText(call.id)) ? calls : { cause: 'an answer without a list' }
  } catch (error) {
    return { cause: causeOf(error) }
  }
}
