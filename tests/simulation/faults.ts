/**
 * What goes wrong, how often, and whether it ever did. Each name is a row of the failure model; a run that never met one has
 * proven nothing about it, so what was met is counted.
 */
import type { Random } from './random.ts'

/** Between a service and the database. */
export type RpcFault = 'none' | 'request lost' | 'answer lost' | 'crash before commit' | 'crash after commit' | 'slow'
/** Between a dispatcher and the carrier, for the one request of a dial. */
export type DialFault = 'none' | 'accepted, then dropped' | 'error after accepting' | 'error without a call' | 'timeout' | 'crash while dialling'
  | 'webhook before the answer' | 'blocked' | 'number refused' | 'capacity refused' | 'key refused' | 'money refused' | 'daily limit' | 'assistant refused'
export type MessageFault = 'none' | 'lost' | 'late' | 'twice' | 'twice at once'
export type AskFault = 'none' | 'asking failed' | 'crash while asking'

export interface Faults {
  ofRpc(): RpcFault
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

const rpcFaults = { none: 94, 'request lost': 1, 'answer lost': 1.5, 'crash before commit': 1, 'crash after commit': 1.5, slow: 1 } as const
const dialFaults = {
  none: 78, 'accepted, then dropped': 3, 'error after accepting': 2, 'error without a call': 2, timeout: 2, 'crash while dialling': 2, 'webhook before the answer': 3,
  blocked: 2, 'number refused': 2, 'capacity refused': 3, 'key refused': 0.3, 'money refused': 0.3, 'daily limit': 0.2, 'assistant refused': 0.2,
} as const
const messageFaults = { none: 82, lost: 6, late: 5, twice: 4, 'twice at once': 3 } as const
const askFaults = { none: 85, 'asking failed': 12, 'crash while asking': 3 } as const

export function createFaults(random: Random): Faults {
  const counts: Record<string, number> = {}
  let isOver = false
  const met = (name: string) => void (counts[name] = (counts[name] ?? 0) + 1)
  const draw = <K extends string>(kind: string, weights: Readonly<Record<K | 'none', number>>): K | 'none' => {
    const fault = isOver ? 'none' : random.weighted(weights)
    if (fault !== 'none') met(`${kind}: ${fault}`)
    return fault as K | 'none'
  }
  return {
    ofRpc: () => draw('database', rpcFaults),
    ofDial: () => draw('dial', dialFaults),
    ofMessage: () => draw('webhook', messageFaults),
    ofAsking: () => draw('asking', askFaults),
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
