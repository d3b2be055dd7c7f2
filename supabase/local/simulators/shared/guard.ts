/**
 * Keeps the control interface for this machine's own pages and scripts. A page of another site could otherwise switch faults
 * on, or read who is called: it can reach 127.0.0.1 from the same browser, even under a name of its own.
 */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** What a browser says of a request by the same page, or by the person. */
const OWN = ['same-origin', 'none']

export interface Refused { status: number, why: string }

const foreign = (why: string): Refused => ({ status: 403, why })

interface Lenience {
  /** A page that works by forms, which other sites can send as well: the browser says where they come from. */
  acceptsForms?: boolean
  /** A page that people come to from elsewhere. */
  acceptsLinks?: boolean
}

/** Null for a request that may pass. */
export function refusedAsForeign(request: Request, lenience: Lenience = {}): Refused | null {
  const { method, headers } = request
  const host = headers.get('host') ?? new URL(request.url).host
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  // A name that leads here without being this machine's: the trick of a page that lets its own name point to 127.0.0.1.
  if (!LOOPBACK.test(host)) return foreign('The control interface answers under 127.0.0.1 and localhost alone.')
  const isLink = lenience.acceptsLinks === true && method === 'GET'
  if (!isLink && site !== null && !OWN.includes(site)) return foreign('The control interface is for its own page.')
  if (origin !== null && origin !== `http://${host}`) return foreign('The control interface is for its own page.')
  // A form of another site cannot send JSON without asking first, and is not answered when it asks.
  if (lenience.acceptsForms !== true && method === 'POST' && !headers.get('content-type')?.startsWith('application/json')) return { status: 415, why: 'Send JSON.' }
  return null
}
