/** What the served /config.js says; contracts.md "SPA configuration". The same build runs wherever this points it. */
export interface WebConfig {
  /** Origin of REST, auth, storage, realtime and functions; '' means the origin of the page. */
  apiUrl: string
  publishableKey: string
  /** The stack of `npm start`: calls and payments are simulated and mails end in a local inbox. */
  embedded: boolean
  mailUrl: string | null
  /** Other services that people may sign in with ('github', 'google'): those that the project's auth service was given keys for. */
  providers: string[]
  /** The control page of the simulated carrier, in the stack of `npm start` alone. */
  carrierUrl: string | null
  /** The control page of the simulated payment provider, there too. */
  paymentsUrl: string | null
  /** Where the clock of that stack is read and moved. */
  clockUrl: string | null
  /** Where that stack makes demo data; null wherever calls are real. */
  demoUrl: string | null
  /** Where failures of the app are reported, as a tracker hands it out; null: nowhere. Its origin belongs into the policy (securityHeaders). */
  errorDsn: string | null
  /** How far that clock is from real time; hosted always 0. */
  clockOffsetMs: number
}

declare global {
  interface Window {
    __OUTDIAL__?: Partial<WebConfig>
  }
}

export function readWebConfig(page: Pick<Window, '__OUTDIAL__' | 'location'>): WebConfig {
  const given = page.__OUTDIAL__
  if (!given?.publishableKey) {
    throw new Error('/config.js is missing or has no publishableKey: whoever serves the app writes it')
  }
  return {
    apiUrl: (given.apiUrl || page.location.origin).replace(/\/+$/, ''),
    publishableKey: given.publishableKey,
    embedded: given.embedded ?? false,
    mailUrl: given.mailUrl ?? null,
    providers: given.providers ?? [],
    carrierUrl: given.carrierUrl ?? null,
    paymentsUrl: given.paymentsUrl ?? null,
    clockUrl: given.clockUrl ?? null,
    demoUrl: given.demoUrl ?? null,
    errorDsn: given.errorDsn ?? null,
    clockOffsetMs: given.clockOffsetMs ?? 0,
  }
}
