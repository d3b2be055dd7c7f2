/** What happened, for whoever missed it, and who is told. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { API_VERSION, type Provider } from '../provider.ts'
import type { StripeEvent, WebhookEndpoint } from '../things.ts'
import { answering, type Asked } from '../wire/answer.ts'
import { address, checked, expand, metadata, text, unsettable, withMetadata, yesNo } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { newId } from '../wire/ids.ts'
import { created, isAsked, isWithin, listing, page } from '../wire/list.ts'
import { invalid } from '../wire/refusal.ts'

const query = z.strictObject({
  ...listing, created, type: z.string().optional(), types: z.array(z.string()).max(20).optional(), delivery_success: yesNo.optional(),
})
const onlyExpand = z.strictObject({ expand })
const eventTypes = z.array(z.string().regex(/^(\*|[a-z_]+(\.[a-z_0-9]+)+)$/, 'Invalid enabled_events')).min(1)
const newEndpoint = z.strictObject({
  url: address, enabled_events: eventTypes, api_version: text().optional(), description: text().optional(), metadata: metadata.optional(),
  connect: yesNo.optional(), expand,
})
const endpointChanges = z.strictObject({
  url: address.optional(), enabled_events: eventTypes.optional(), description: unsettable().optional(), metadata: metadata.optional(),
  disabled: yesNo.optional(), expand,
})

export function events(app: Hono, provider: Provider): void {
  app.get('/events', answering(provider, list))
  app.get('/events/:id', answering(provider, ({ books }, { id, form }) => expanded(books, books.events.get(id), checked(onlyExpand, form).expand)))
  app.post('/webhook_endpoints', answering(provider, createEndpoint))
  app.get('/webhook_endpoints', answering(provider, ({ books }, { form }) => page('/v1/webhook_endpoints', books.endpoints.list(), checked(z.strictObject(listing), form))))
  app.get('/webhook_endpoints/:id', answering(provider, ({ books }, { id, form }) => expanded(books, books.endpoints.get(id), checked(onlyExpand, form).expand)))
  app.post('/webhook_endpoints/:id', answering(provider, changeEndpoint))
  app.delete('/webhook_endpoints/:id', answering(provider, removeEndpoint))
}

function list({ books }: Provider, { form }: Asked): object {
  const asked = checked(query, form)
  if (asked.type !== undefined && asked.types !== undefined) throw invalid('You may only specify one of these parameters: type, types.', 'type')
  const types = asked.types ?? (asked.type === undefined ? undefined : [asked.type])
  const found = books.events.list()
    .filter((event) => isWithin(event.created, asked.created) && isOf(event, types) && isAsked([[asked.delivery_success, event.pending_webhooks === 0]]))
  return expanded(books, page('/v1/events', found, asked), asked.expand)
}

/** `charge.*` means all of its kind. */
function isOf({ type }: StripeEvent, wanted: string[] | undefined): boolean {
  return wanted === undefined || wanted.some((one) => one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))))
}

export function addEndpoint(provider: Provider, given: { url: string, enabled_events: string[] } & Partial<Pick<WebhookEndpoint, 'id' | 'metadata' | 'api_version'>> & { description?: string, secret?: string }): WebhookEndpoint {
  const { secret = `whsec_${newId('x', 32).slice(2)}`, ...facts } = given
  return provider.books.endpoints.add({
    application: null, description: null, livemode: false, metadata: {}, api_version: API_VERSION, status: 'enabled', id: newId('we'), ...facts, object: 'webhook_endpoint', created: provider.seconds(), hidden: { secrets: [secret] },
  })
}

/** The secret is told once, here. */
function createEndpoint(provider: Provider, { form }: Asked): object {
  const { expand: _, connect: _connect, metadata: given, ...facts } = checked(newEndpoint, form)
  const made = addEndpoint(provider, { ...facts, metadata: withMetadata({}, given) })
  return { ...expanded(provider.books, made, []), secret: made.hidden.secrets[0] }
}

function changeEndpoint({ books }: Provider, { id, form }: Asked): object {
  const endpoint = books.endpoints.get(id)
  const { expand: _, disabled, metadata: given, ...facts } = checked(endpointChanges, form)
  books.endpoints.change(endpoint, { ...facts, metadata: withMetadata(endpoint.metadata, given), ...(disabled !== undefined && { status: disabled ? 'disabled' : 'enabled' }) })
  return expanded(books, endpoint, [])
}

function removeEndpoint({ books }: Provider, { id }: Asked): object {
  books.endpoints.get(id)
  books.endpoints.remove(id)
  return { id, object: 'webhook_endpoint', deleted: true }
}
