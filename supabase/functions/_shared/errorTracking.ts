import { createErrorReporter, type ReportError } from '../../../business/services/errors/errorReporter.ts'

let report: ReportError | undefined

/** From here on failures go to the tracker that the environment names; without one, nothing is sent. */
export function trackFailuresAt({ dsn, environment }: { dsn: string, environment: string }): void {
  report = dsn ? createErrorReporter({ dsn, platform: 'node', send: fetch, now: Date.now, ...(environment && { environment }) }) : undefined
}

/** Sends a failure that the log was told. The edge runtime keeps the worker alive for it. */
export function trackFailure(event: string, facts: Record<string, unknown>): void {
  if (!report) return
  const tags = Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[0] !== 'error'))
  const sending = report(new Error(`${event}: ${String(facts.error ?? facts.code ?? '')}`), tags)
  ;(globalThis as { EdgeRuntime?: { waitUntil: (work: Promise<unknown>) => void } }).EdgeRuntime?.waitUntil(sending)
}
