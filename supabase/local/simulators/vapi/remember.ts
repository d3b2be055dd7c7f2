/** Brings back the calls of an earlier run. Whatever was going on then has ended meanwhile; nobody was there to be told. */
import { end, isPickedUp, newCall, type SimulatedCall } from './call.ts'
import type { Exchange } from './exchange.ts'
import { FAULTS } from './faults/index.ts'
import type { JournalEntry } from './journal.ts'
import { resolve } from './saved/destination.ts'
import { refusedByTrunk } from './scripts/failures.ts'

export function rememberCalls(exchange: Exchange): void {
  for (const entry of exchange.journal.entries()) {
    const call = rebuilt(exchange, entry)
    if (!call) continue
    exchange.calls.set(call.id, call)
    if (call.attemptId !== undefined) exchange.attempts.add(call.attemptId)
  }
}

/** Null when an assistant or a number that it names was kept in memory alone. */
function rebuilt({ shelves, url, now }: Exchange, { id, attemptId, createdAt, request, faults, isRefusedByTrunk }: JournalEntry): SimulatedCall | null {
  const resolved = resolve(request, shelves)
  if (typeof resolved === 'string') return null
  const drawn = FAULTS.filter(({ name }) => faults.includes(name))
  const order = { ...resolved, request, attemptId, faults: drawn, origin: url, now: new Date(createdAt), ...(isRefusedByTrunk && { bend: refusedByTrunk }) }
  const call = { ...newCall(order), id, isHidden: false, isReported: true }
  call.heardSeconds = call.conversation.seconds
  end(call, endOf(call, now()))
  return call
}

/** Not before it can have ended, and not in the future. */
function endOf(call: SimulatedCall, now: Date): Date {
  const seconds = call.script.ringSeconds + (isPickedUp(call) ? call.conversation.seconds : 0)
  return new Date(Math.min(now.getTime(), call.createdAt.getTime() + seconds * 1000))
}
