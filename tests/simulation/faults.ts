/**
 * What goes wrong, how often, and whether it ever did. Each name is a row of the failure model; a run that never met one has
 * proven nothing about it, so what was met is counted.
 */
import type { Random } from './random.ts'

/** Between a service and the database. */
export type RpcFault = 'none' | 'request lost' | 'answer lost' | 'crash before commit' | 'crash after commit' | 'slow'
/** Between a dispatcher and the carrier, for the one request of a dial. */
export type DialFault = keyof typeof dialFaults
export type MessageFault = 'none' | 'lost' | 'late' | 'twice' | 'twice at once'
export type AskFault = 'none' | 'asking failed' | 'crash while asking'

export interface Faults {
  /** command: what was asked of the database, so that each commit is met by each fault. */
  ofRpc(command: string): RpcFault
  ofDial(): DialFault
  ofMessage(): MessageFault
  ofAsking(): AskFault
  /** True when it happens now; the name is noted. */
  happens(name: string, probability: number): boolean
  /** Notes that something was met. */
  met(name: string): void
  /** From here on nothing goes wrong. */
  end(): void
  areOver(): boolean
  counts(): Record<string, number>
}

const rpcFaults = { none: 93, 'request lost': 1, 'answer lost': 1.5, 'crash before commit': 1.2, 'crash after commit': 1.8, slow: 1.5 } as const
/** Commands that come seldom are hit more often, so that each of their commits is met. */
const seldom: readonly string[] = ['answer_tool_calls', 'record_call_check', 'calls_to_check', 'claim_outbox', 'record_outbox']
const seldomFaults = { none: 84, 'request lost': 2, 'answer lost': 4, 'crash before commit': 4, 'crash after commit': 4, slow: 2 } as const
const dialFaults = {
  none: 76, 'accepted, then dropped': 3, 'error after accepting': 2, 'error without a call': 2, timeout: 1, 'timeout after accepting': 1, 'crash before the request': 1,
  'crash after the request': 2, 'asleep before the request': 1, 'webhook before the answer': 3, blocked: 2, 'number refused': 2, 'capacity refused': 1.5,
  'calls at once refused': 1.5, 'key refused': 0.8, 'money refused': 0.8, 'daily limit': 0.6, 'assistant refused': 0.8,
} as const
const messageFaults = { none: 82, lost: 6, late: 5, twice: 4, 'twice at once': 3 } as const
const askFaults = { none: 85, 'asking failed': 12, 'crash while asking': 3 } as const

const namesOf = (kind: string, weights: object) => Object.keys(weights).filter((name) => name !== 'none').map((name) => `${kind}: ${name}`)
/** Everything these four can do, as it is noted when it was met. */
export const faultNames: readonly string[] = [
  ...['claim_calls', 'begin_dial', 'record_dial', 'record_call_event', 'process_call_events', ...seldom]
    .flatMap((command) => ['answer lost', 'crash before commit', 'crash after commit'].map((fault) => `${fault}: ${command}`)),
  ...namesOf('dial', dialFaults), ...namesOf('webhook', messageFaults), ...namesOf('provider', askFaults),
]

export function createFaults(random: Random): Faults {
  const counts: Record<string, number> = {}
  let isOver = false
  const met = (name: string) => void (counts[name] = (counts[name] ?? 0) + 1)
  const draw = <K extends string>(nameOf: (fault: K) => string, weights: Readonly<Record<K, number>>): K => {
    const fault = isOver ? 'none' as K : random.weighted(weights)
    if (fault !== 'none') met(nameOf(fault))
    return fault
  }
  return {
    ofRpc: (command) => draw((fault) => `${fault}: ${command}`, seldom.includes(command) ? seldomFaults : rpcFaults),
    ofDial: () => draw((fault) => `dial: ${fault}`, dialFaults),
    ofMessage: () => draw((fault) => `webhook: ${fault}`, messageFaults),
    ofAsking: () => draw((fault) => `provider: ${fault}`, askFaults),
    happens(name, probability) {
      const does = !isOver && random.chance(probability)
      if (does) met(name)
      return does
    },
    met,
    end: () => void (isOver = true),
    areOver: () => isOver,
    counts: () => counts,
  }
}
