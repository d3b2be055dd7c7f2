/** POST /call. */
import { attemptOf } from '../attempt.ts'
import { newCall, type SimulatedCall } from '../call.ts'
import type { Exchange } from '../exchange.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { createCall, INVALID_NUMBER, type CreateCall } from '../request.ts'
import { resolve } from '../saved/destination.ts'
import { refusedByTrunk } from '../scripts/failures.ts'
import { isOutOfService } from '../scripts/index.ts'
import { snapshot } from '../views.ts'

/** Null drops the connection. */
export async function placeCall(exchange: Exchange, body: unknown): Promise<Response | null> {
  const attempt = attemptOf(body)
  const repeated = noteAttempt(exchange, attempt)
  const [fault] = exchange.faults.draw('refuse')
  if (repeated) return refusal(409, `The attempt ${attempt.id} was originated before.`)
  if (fault?.refuse) return fault.refuse()
  const parsed = createCall.safeParse(body)
  if (!parsed.success) return refusal(400, sentencesOf(parsed.error))
  const call = dial(exchange, parsed.data, attempt.id)
  return call instanceof Response ? call : accept(exchange, call)
}

/** Whether this attempt was seen before; what a real provider could not notice is written down for the tests. */
function noteAttempt({ attempts, violations }: Exchange, { id, disagreement }: ReturnType<typeof attemptOf>): boolean {
  if (disagreement !== undefined) violations.push(`The attempt ids of one request disagree: ${disagreement}`)
  if (id === undefined) return false
  const isRepeated = attempts.has(id)
  if (isRepeated) violations.push(`The attempt ${id} was originated more than once.`)
  attempts.add(id)
  return isRepeated
}

function dial(exchange: Exchange, request: CreateCall, attemptId: string | undefined): SimulatedCall | Response {
  if (isOutOfService(request.customer?.number ?? '')) return refusal(400, [INVALID_NUMBER])
  const resolved = resolve(request, exchange.shelves)
  if (typeof resolved === 'string') return refusal(400, resolved)
  if (exchange.aliveCount() >= exchange.concurrencyLimit) return Response.json({ error: 'Over Concurrency Limit' }, { status: 400 })
  const isRefusedByTrunk = exchange.trunk.isTooFast(request.phoneNumberId ?? 'transient')
  const faults = exchange.faults.draw('call')
  const bend = isRefusedByTrunk ? refusedByTrunk : undefined
  const call = newCall({ ...resolved, request, attemptId, faults, bend, origin: exchange.url, now: exchange.now() })
  exchange.journal.write({ id: call.id, attemptId, createdAt: call.createdAt.toISOString(), request, faults: faults.map(({ name }) => name), isRefusedByTrunk })
  exchange.calls.set(call.id, call)
  return call
}

async function accept(exchange: Exchange, call: SimulatedCall): Promise<Response | null> {
  const { concurrencyLimit } = exchange
  const subscriptionLimits = { concurrencyBlocked: false, concurrencyLimit, remainingConcurrentCalls: concurrencyLimit - exchange.aliveCount() }
  const accepted = { ...snapshot(call), subscriptionLimits }
  const isEarly = call.faults.some((fault) => fault.isEarly)
  exchange.begin(call, isEarly)
  if (isEarly) await exchange.postman.caughtUp(call)
  const answer = call.faults.find((fault) => fault.answer)?.answer
  return answer ? answer(accepted) : Response.json(accepted, { status: 201 })
}
