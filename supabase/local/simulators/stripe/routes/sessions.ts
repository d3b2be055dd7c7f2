import type { Hono } from 'hono'
import { z } from 'zod'
import { expire, expireOld } from '../acts/checkout.ts'
import type { Provider } from '../provider.ts'
import { answering, type Asked } from '../wire/answer.ts'
import { checked, expand, metadata, withMetadata } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { created, isAsked, isWithin, listing, page } from '../wire/list.ts'
import { invalid } from '../wire/refusal.ts'
import { createSession } from './createSession.ts'

const query = z.strictObject({
  ...listing, created, customer: z.string().optional(), payment_intent: z.string().optional(), status: z.enum(['open', 'complete', 'expired']).optional(),
  customer_details: z.strictObject({ email: z.string() }).optional(),
})
const onlyExpand = z.strictObject({ expand })
const changes = z.strictObject({ metadata: metadata.optional(), expand })
const lineQuery = z.strictObject(listing)

export function sessions(app: Hono, provider: Provider): void {
  app.post('/checkout/sessions', answering(provider, createSession, { isForMoney: true }))
  app.get('/checkout/sessions', answering(provider, list))
  app.get('/checkout/sessions/:id', answering(provider, show))
  app.post('/checkout/sessions/:id', answering(provider, update))
  app.post('/checkout/sessions/:id/expire', answering(provider, end))
  app.get('/checkout/sessions/:id/line_items', answering(provider, lines))
}

function list(provider: Provider, { form }: Asked): object {
  const { books } = provider
  const asked = checked(query, form)
  expireOld(provider)
  const found = books.sessions.list().filter((one) => isWithin(one.created, asked.created)
    && isAsked([[asked.customer, one.customer], [asked.payment_intent, one.payment_intent], [asked.status, one.status],
      [asked.customer_details?.email, one.customer_details?.email]]))
  return expanded(books, page('/v1/checkout/sessions', found, asked), asked.expand)
}

function show(provider: Provider, { id, form }: Asked): object {
  expireOld(provider)
  return expanded(provider.books, provider.books.sessions.get(id), checked(onlyExpand, form).expand)
}

function update({ books }: Provider, { id, form }: Asked): object {
  const session = books.sessions.get(id)
  const given = checked(changes, form)
  books.sessions.change(session, { metadata: withMetadata(session.metadata, given.metadata) })
  return expanded(books, session, given.expand)
}

function end(provider: Provider, { id, form }: Asked): object {
  const { expand: paths } = checked(onlyExpand, form)
  expireOld(provider)
  const session = provider.books.sessions.get(id)
  if (session.status !== 'open') throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`)
  expire(provider, session)
  return expanded(provider.books, session, paths)
}

function lines({ books }: Provider, { id, form }: Asked): object {
  checked(lineQuery, form)
  return structuredClone(books.sessions.get(id).hidden.lines)
}
