import type { Hono } from 'hono'
import { z } from 'zod'
import { addCustomer } from '../acts/customers.ts'
import type { Provider } from '../provider.ts'
import type { Customer } from '../things.ts'
import { answering, type Asked } from '../wire/answer.ts'
import { anything, checked, email, expand, metadata, unsettable, withMetadata } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { created, isAsked, isWithin, listing, page } from '../wire/list.ts'
import { invalid, missing } from '../wire/refusal.ts'

const fields = {
  email: z.union([z.literal('').transform(() => null), email]).optional(), name: unsettable(256).optional(), description: unsettable().optional(), phone: unsettable(20).optional(),
  metadata: metadata.optional(), address: anything.optional(), shipping: anything.optional(), preferred_locales: z.array(z.string()).optional(),
  tax_exempt: z.enum(['none', 'exempt', 'reverse']).optional(), invoice_settings: z.strictObject({ default_payment_method: unsettable().optional(), footer: unsettable().optional() }).optional(), expand,
}
const creation = z.strictObject(fields)
const query = z.strictObject({ ...listing, email: z.string().optional(), created })
const methodsQuery = z.strictObject({ ...listing, type: z.string().optional(), allow_redisplay: z.enum(['always', 'limited', 'unspecified']).optional() })
const onlyExpand = z.strictObject({ expand })

export function customers(app: Hono, provider: Provider): void {
  app.post('/customers', answering(provider, create))
  app.get('/customers', answering(provider, list))
  app.get('/customers/:id', answering(provider, show))
  app.post('/customers/:id', answering(provider, update))
  app.delete('/customers/:id', answering(provider, remove))
  app.get('/customers/:id/payment_methods', answering(provider, methods))
}

function create(provider: Provider, { form }: Asked): object {
  const { expand: paths, metadata: given, invoice_settings: invoice, ...facts } = checked(creation, form)
  checkDefault(provider, null, invoice?.default_payment_method)
  return expanded(provider.books, addCustomer(provider, { ...facts, metadata: withMetadata({}, given) }), paths)
}

function list({ books }: Provider, { form }: Asked): object {
  const asked = checked(query, form)
  const found = books.customers.list().filter((one) => one.deleted !== true && isAsked([[asked.email, one.email]]) && isWithin(one.created, asked.created))
  return expanded(books, page('/v1/customers', found, asked), asked.expand)
}

function show({ books }: Provider, { id, form }: Asked): object {
  const { expand: paths } = checked(onlyExpand, form)
  const customer = books.customers.get(id)
  return customer.deleted === true ? { id, object: 'customer', deleted: true } : expanded(books, customer, paths)
}

/** One that was deleted can be read, and is no customer for anything else. */
export function liveCustomer({ books }: Provider, id: string, param = 'id', status = 404): Customer {
  const customer = books.customers.get(id, param, status)
  if (customer.deleted === true) throw missing('customer', id, param, status)
  return customer
}

function update(provider: Provider, { id, form }: Asked): object {
  const customer = liveCustomer(provider, id)
  const { expand: paths, metadata: given, invoice_settings: invoice, ...facts } = checked(creation, form)
  checkDefault(provider, id, invoice?.default_payment_method)
  const changes = {
    ...facts, ...(invoice && { invoice_settings: { ...customer.invoice_settings, ...invoice } }), metadata: withMetadata(customer.metadata, given),
  }
  const previous = Object.fromEntries(Object.keys(changes).map((key) => [key, customer[key]]))
  provider.books.customers.change(customer, changes)
  provider.teller.tell('customer.updated', customer, previous)
  return expanded(provider.books, customer, paths)
}

function checkDefault({ books }: Provider, customer: string | null, method: string | null | undefined): void {
  if (method === null || method === undefined) return
  if (books.methods.get(method, 'invoice_settings[default_payment_method]', 400).customer === customer && customer !== null) return
  throw invalid(`The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`, 'invoice_settings[default_payment_method]', 'resource_missing')
}

function remove(provider: Provider, { id }: Asked): object {
  const customer = liveCustomer(provider, id)
  const owned = provider.books.methods.list().filter((one) => one.customer === id)
  for (const method of owned) provider.books.methods.change(method, { customer: null, hidden: { ...method.hidden, isSpent: true } })
  provider.books.customers.change(customer, { deleted: true })
  provider.teller.tell('customer.deleted', customer)
  return { id, object: 'customer', deleted: true }
}

function methods(provider: Provider, { id, form }: Asked): object {
  liveCustomer(provider, id, 'customer')
  const asked = checked(methodsQuery, form)
  const found = provider.books.methods.list().filter((one) => one.customer === id && isAsked([[asked.type, one.type]]))
  return expanded(provider.books, page(`/v1/customers/${id}/payment_methods`, found, asked), asked.expand)
}
