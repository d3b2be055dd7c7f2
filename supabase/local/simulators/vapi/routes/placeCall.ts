/** POST /call. */
import { attemptOf } from '../attempt.ts'
import { newCall, type SimulatedCall } from '../call.ts'
import type { Exchange } from '../exchange.ts'
import { refusal, sentencesOf } from '../refusal.ts'
import { createCall, INVALID_NUMBER } from '../request.ts'
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
  if (isOutOfService(parsed.data.customer?.number ?? '')) return refusal(400, [INVALID_NUMBER])
  if (exchange.aliveCount() >= exchange.concurrencyLimit) return Response.json({ error: 'Over Concurrency Limit' }, { status: 400 })
  const call = newCall(parsed.data, attempt.id, exchange.faults.draw('call'), exchange.now())
  exchange.calls.set(call.id, call)
  return accept(exchange, call)
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

async function accept(exchange: Exchange, call: SimulatedCall): Promise<Response | null> {
  const { concurrencyLimit } = exchange
  const accepted = { ...snapshot(call), subscriptionLimits: { concurrencyBlocked: false, concurrencyLimit, remainingConcurrentCalls: concurrencyLimit - exchange.aliveCount() } }
  const isEarly = call.faults.some((fault) => fault.isEarly)
  exchange.begin(call, isEarly)
  if (isEarly) await exchange.postman.caughtUp(call)
  const answer = call.faults.find((fault) => fault.answer)?.answer
  return answer ? answer(accepted) : Response.json(accepted, { status: 201 })
}
