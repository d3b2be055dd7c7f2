import type { Hono } from 'hono'
import { z } from 'zod'
import { attach, detach } from '../acts/methods.ts'
import type { Provider } from '../provider.ts'
import { answering, type Asked } from '../wire/answer.ts'
import { anything, checked, expand, metadata, text, withMetadata } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { isAsked, listing, page } from '../wire/list.ts'
import { liveCustomer } from './customers.ts'

const query = z.strictObject({ ...listing, customer: text().optional(), type: z.string().optional() })
const attaching = z.strictObject({ customer: text(), expand })
const changes = z.strictObject({ metadata: metadata.optional(), allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional(), billing_details: anything.optional(), expand })
const onlyExpand = z.strictObject({ expand })

export function paymentMethods(app: Hono, provider: Provider): void {
  app.get('/payment_methods', answering(provider, list))
  app.get('/payment_methods/:id', answering(provider, show))
  app.post('/payment_methods/:id', answering(provider, update))
  app.post('/payment_methods/:id/attach', answering(provider, attachTo))
  app.post('/payment_methods/:id/detach', answering(provider, takeOff))
}

function list({ books }: Provider, { form }: Asked): object {
  const asked = checked(query, form)
  const found = books.methods.list().filter((one) => one.customer !== null && isAsked([[asked.customer, one.customer], [asked.type, one.type]]))
  return expanded(books, page('/v1/payment_methods', found, asked), asked.expand)
}

function show({ books }: Provider, { id, form }: Asked): object {
  return expanded(books, books.methods.get(id), checked(onlyExpand, form).expand)
}

function update({ books, teller }: Provider, { id, form }: Asked): object {
  const method = books.methods.get(id)
  const { expand: paths, metadata: given, ...facts } = checked(changes, form)
  books.methods.change(method, { ...facts, metadata: withMetadata(method.metadata, given) })
  teller.tell('payment_method.updated', method)
  return expanded(books, method, paths)
}

function attachTo(provider: Provider, { id, form }: Asked): object {
  const method = provider.books.methods.get(id)
  const { customer, expand: paths } = checked(attaching, form)
  attach(provider, method, liveCustomer(provider, customer, 'customer', 400).id)
  return expanded(provider.books, method, paths)
}

function takeOff(provider: Provider, { id, form }: Asked): object {
  const method = provider.books.methods.get(id)
  const { expand: paths } = checked(onlyExpand, form)
  detach(provider, method)
  return expanded(provider.books, method, paths)
}
