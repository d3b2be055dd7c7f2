/** Short-lived tokens, each for one recording. */
import { randomUUID } from 'node:crypto'
import type { Mix } from './audio/recording.ts'
import type { SimulatedCall } from './call.ts'

const VALID_MS = 5 * 60_000

interface Ticket { call: SimulatedCall, mix: Mix }

export interface Tickets {
  issue(ticket: Ticket): string
  /** Null for one that is unknown or too old. */
  redeem(token: string): Ticket | null
}

export function createTickets(now: () => Date): Tickets {
  const tickets = new Map<string, Ticket & { until: number }>()
  return {
    issue(ticket) {
      const token = randomUUID()
      tickets.set(token, { ...ticket, until: now().getTime() + VALID_MS })
      return token
    },
    redeem(token) {
      const found = tickets.get(token)
      return found && found.until > now().getTime() ? found : null
    },
  }
}
