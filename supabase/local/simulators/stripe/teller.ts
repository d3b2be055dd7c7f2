/** Writes down what happens, as events, and gives what happened together to the postman. */
import type { Books } from './books.ts'
import type { FaultBox, Tools } from './faults/fault.ts'
import { wants, type Postman } from './postman.ts'
import { visible, type Facts, type StripeEvent, type Thing } from './things.ts'
import { expanded } from './wire/expand.ts'
import { newId } from './wire/ids.ts'

export interface Caller { id: string | null, idempotency_key: string | null }

export interface Teller {
  /** An event about the thing as it is now. */
  tell(type: string, thing: Thing, previous?: Facts): void
  /** Everything told inside happened together; the post leaves when it is over, also when it ends in a refusal. */
  together<Result>(work: () => Result, caller?: Caller): Result
  /** Gives an event to the postman once more. */
  resend(event: StripeEvent): void
}

interface Parts { books: Books, faults: FaultBox, postman: Postman, seconds: () => number, apiVersion: string }

const NOBODY: Caller = { id: null, idempotency_key: null }
const EXPANDED_IN: Record<string, string[]> = {
  'checkout.session': ['customer', 'payment_intent', 'setup_intent'], payment_intent: ['customer', 'payment_method', 'latest_charge'],
  charge: ['customer', 'payment_intent'], refund: ['charge', 'payment_intent'], dispute: ['charge', 'payment_intent'], payment_method: ['customer'], setup_intent: ['customer', 'payment_method'],
}

export function createTeller(parts: Parts): Teller {
  let told: StripeEvent[] = []
  let caller = NOBODY
  let isTogether = false

  function written(type: string, object: Facts, previous?: Facts): StripeEvent {
    const { books, seconds, apiVersion } = parts
    const waiting = books.endpoints.list().filter((endpoint) => wants(endpoint, type)).map(({ id }) => id)
    return books.events.add({
      id: newId('evt'), object: 'event', api_version: apiVersion, created: seconds(), livemode: false, pending_webhooks: waiting.length, request: caller, type,
      data: { object, ...(previous && { previous_attributes: previous }) }, hidden: { waiting, tries: 0, lastStatus: null },
    })
  }

  const tools: Tools = {
    twin: ({ type, data }) => written(type, data.object, data.previous_attributes),
    invented: (type, object) => written(type, object),
    expanded: (event) => {
      const { object } = event.data
      const paths = (EXPANDED_IN[String(object.object)] ?? []).filter((name) => object[name] !== null && object[name] !== undefined)
      return { ...event, data: { ...event.data, object: expanded(parts.books, object, paths) } }
    },
  }

  function send(events: StripeEvent[]): void {
    // What nobody wants to hear must not use a fault up.
    const wanted = events.filter((event) => event.hidden.waiting.length > 0)
    if (wanted.length === 0) return
    const [fault] = parts.faults.draw('deliver')
    const parcels = fault?.deliver ? fault.deliver(wanted, tools) : wanted.map((event) => ({ event }))
    const sent = new Set(parcels.map(({ event }) => event.id))
    // What is lost stays lost, after a restart too.
    for (const event of wanted.filter(({ id }) => !sent.has(id))) parts.books.events.change(event, { hidden: { ...event.hidden, waiting: [] } })
    parts.postman.post(parcels)
  }

  return {
    tell: (type, thing, previous) => void told.push(written(type, visible(thing), previous)),
    together(work, by = NOBODY) {
      if (isTogether) return work()
      isTogether = true
      caller = by
      try {
        return work()
      } finally {
        const events = told
        told = []
        send(events)
        caller = NOBODY
        isTogether = false
      }
    },
    resend: (event) => parts.postman.post([{ event }]),
  }
}
