/** Faults on demand: each fires as often as it was asked for, then the simulator is well again. */

export const FAULTS = {
  drop_after_accept: 'accepts the call, then drops the connection without an answer',
  error_after_accept: 'accepts the call, then answers 500',
  error_before_accept: 'answers 500 and places nothing',
  concurrency_400: 'refuses for concurrency with HTTP 400',
  rate_429: 'refuses with HTTP 429',
  concurrency_201: 'accepts with subscriptionLimits.concurrencyBlocked',
  unauthorized_401: 'refuses our key',
  webhook_before_response: 'posts the first server messages before it answers POST /call',
  duplicate_webhooks: 'sends every server message of the call twice',
  reordered_webhooks: 'sends the report before the other messages',
  late_report: 'holds the report back for a minute',
  lost_report: 'never sends the report',
  lost_webhooks: 'never sends any server message of the call',
  unknown_reason: 'ends with a reason nobody knows',
  null_cost: 'reports cost null',
  not_found_for_3s: 'answers GET /call/:id with 404 for three seconds',
} as const

export type FaultName = keyof typeof FAULTS

export interface Faults {
  set(name: FaultName, times: number): void
  /** Consumes one occurrence. */
  take(name: FaultName): boolean
  pending(): Record<string, number>
}

export function createFaults(): Faults {
  const left = new Map<FaultName, number>()
  return {
    set: (name, times) => void left.set(name, times),
    take(name) {
      const times = left.get(name) ?? 0
      if (times > 0) left.set(name, times - 1)
      return times > 0
    },
    pending: () => Object.fromEntries([...left].filter(([, times]) => times > 0)),
  }
}

export function isFault(name: unknown): name is FaultName {
  return typeof name === 'string' && name in FAULTS
}
