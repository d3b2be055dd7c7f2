/**
 * Keeps the control interface for this machine's own pages and scripts. A page of another site could otherwise switch faults
 * on, or read who is called: it can reach 127.0.0.1 from the same browser, even under a name of its own.
 */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

export interface Refused { status: number, why: string }

const foreign = (why: string): Refused => ({ status: 403, why })

/** Null for a request that may pass. */
export function refusedAsForeign(request: Request): Refused | null {
  const { method, headers } = request
  const host = headers.get('host') ?? new URL(request.url).host
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  // A name that leads here without being this machine's: the trick of a page that lets its own name point to 127.0.0.1.
  if (!LOOPBACK.test(host)) return foreign('The control interface answers under 127.0.0.1 and localhost alone.')
  if (site !== null && site !== 'same-origin' && site !== 'none') return foreign('The control interface is for its own page.')
  if (origin !== null && origin !== `http://${host}`) return foreign('The control interface is for its own page.')
  // A form of another site cannot send JSON without asking first, and is not answered when it asks.
  if (method === 'POST' && !headers.get('content-type')?.startsWith('application/json')) return { status: 415, why: 'Send JSON.' }
  return null
}
