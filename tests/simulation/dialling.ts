/** The one request of a dial on its way to the carrier and back, and everything that can become of it. */
import { refusal, type DialRequest } from './carrier.ts'
import type { DialFault } from './faults.ts'
import type { Process, World } from './processes.ts'

const refusals: Partial<Record<DialFault, () => Error>> = {
  'number refused': () => refusal(400, 'customer.number must be a valid phone number in the E.164 format.'),
  'capacity refused': () => refusal(429, 'Over Concurrency Limit.'),
  'calls at once refused': () => refusal(400, 'Over Concurrency Limit.'),
  'key refused': () => refusal(401, 'Invalid Key.'),
  'money refused': () => refusal(402, 'Insufficient credits.'),
  'daily limit': () => refusal(400, 'Outbound daily limit reached.'),
  'assistant refused': () => refusal(400, 'assistant.voice.voiceId is unknown.'),
  'error without a call': () => refusal(500, 'Internal error.'),
}

/** The product gives a request twenty seconds. */
const timeoutMs = 20_000

export function dialOverTheNet(world: World, process: Process, request: DialRequest): Promise<unknown> {
  const { agenda, random, faults, carrier } = world
  return new Promise((resolve, reject) => {
    const fault = faults.ofDial()
    const later = (ms: number, work: () => void) => agenda.after(ms, work, process)
    // A machine that was put to sleep sends its request when it wakes: nothing of ours can hold it back then.
    const isLate = fault === 'asleep before the request'
    // What was sent arrives even when the sender dies meanwhile.
    agenda.after(isLate ? random.integer(60_000, 600_000) : random.integer(20, 400), () => {
      if (fault === 'crash before the request') return void (process.isDead = true)
      const refused = refusals[fault]
      if (refused) return later(random.integer(20, 400), () => reject(refused()))
      if (fault === 'timeout') return later(timeoutMs, () => reject(new Error('The request timed out.')))
      const call = carrier.dial(request, isLate)
      if (fault === 'crash after the request') return void (process.isDead = true)
      if (fault === 'timeout after accepting') return later(timeoutMs, () => reject(new Error('The request timed out.')))
      if (fault === 'accepted, then dropped') return later(random.integer(50, 5_000), () => reject(new TypeError('fetch failed')))
      if (fault === 'error after accepting') return later(random.integer(50, 5_000), () => reject(refusal(500, 'Internal error.')))
      const limits = { subscriptionLimits: { concurrencyBlocked: fault === 'blocked' } }
      later(fault === 'webhook before the answer' ? 15_000 : random.integer(20, 400), () => resolve({ id: call.id, ...limits }))
    })
  })
}
