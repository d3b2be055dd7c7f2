/**
 * Brings events to endpoints: what happened together leaves in order, one after the other, and nobody promises that it
 * arrives so. What is not answered with 2xx is tried again with growing pauses, beside the others.
 */
import type { Pacer } from '../shared/pacer.ts'
import type { Books } from './books.ts'
import { signatureHeaders, type Signing } from './signing.ts'
import { visible, type StripeEvent, type WebhookEndpoint } from './things.ts'

export type { Signing }
export interface Parcel { event: StripeEvent, delaySeconds?: number, signing?: Signing }

export interface Postman {
  post(parcels: Parcel[]): void
  /** Resolves when what is on its way now has arrived, repeats included. */
  settled(): Promise<void>
  underwayCount(): number
  close(): void
}

const RETRY_SECONDS = [5, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600]
const TIMEOUT_MS = 20_000

export const wants = ({ status, enabled_events: types }: WebhookEndpoint, type: string): boolean => status === 'enabled' && (types.includes('*') || types.includes(type))

export function createPostman(books: Books, pacer: Pacer): Postman {
  const queues = new Map<string, Promise<void>>()
  const underway = new Set<Promise<void>>()
  const closing = new AbortController()

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.catch(() => undefined).finally(() => underway.delete(tracked))
    underway.add(tracked)
    return tracked
  }

  async function deliver(endpointId: string, { event, signing, delaySeconds = 0 }: Parcel): Promise<void> {
    if (delaySeconds > 0) await pacer.wait(delaySeconds)
    if (await hand(endpointId, event, signing)) return
    void track(repeat(endpointId, event))
  }

  async function repeat(endpointId: string, event: StripeEvent): Promise<void> {
    for (const seconds of RETRY_SECONDS) {
      await pacer.wait(seconds)
      if (await hand(endpointId, event)) return
    }
  }

  /** Whether nothing is left to do. */
  async function hand(endpointId: string, event: StripeEvent, signing?: Signing): Promise<boolean> {
    const endpoint = books.endpoints.find(endpointId)
    if (!endpoint || closing.signal.aborted) return true
    const status = await send(endpoint, event, { signing, closing: closing.signal })
    if (closing.signal.aborted) return true
    const isTaken = status >= 200 && status < 300
    note(books, event.id, { endpointId, isTaken, status })
    return isTaken
  }

  return {
    post(parcels) {
      for (const parcel of parcels) {
        for (const endpoint of books.endpoints.list().filter((one) => wants(one, parcel.event.type) || parcel.event.hidden.waiting.includes(one.id))) {
          // One that comes late must not hold back the others.
          const before = parcel.delaySeconds === undefined ? queues.get(endpoint.id) : undefined
          const work = track((before ?? Promise.resolve()).then(() => deliver(endpoint.id, parcel)))
          if (parcel.delaySeconds === undefined) queues.set(endpoint.id, work)
        }
      }
    },
    settled: async () => void await Promise.all([...underway]),
    underwayCount: () => underway.size,
    close: () => closing.abort(),
  }
}

/** The kept event is another object than a bent copy of it that travels. */
function note(books: Books, eventId: string, { endpointId, isTaken, status }: { endpointId: string, isTaken: boolean, status: number }): void {
  const event = books.events.find(eventId)
  if (!event) return
  const { waiting, tries } = event.hidden
  const left = isTaken ? waiting.filter((id) => id !== endpointId) : waiting
  books.events.change(event, { pending_webhooks: left.length, hidden: { waiting: left, tries: tries + 1, lastStatus: status } })
}

/** Status 0 means that no answer came. */
async function send(endpoint: WebhookEndpoint, event: StripeEvent, { signing, closing }: { signing?: Signing, closing: AbortSignal }): Promise<number> {
  // Indented, as there: who writes it anew before checking the signature checks another text.
  const body = JSON.stringify(visible(event), null, 2)
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST', body, redirect: 'manual', signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), closing]),
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)', ...signatureHeaders(body, endpoint.hidden.secrets, signing) },
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}
