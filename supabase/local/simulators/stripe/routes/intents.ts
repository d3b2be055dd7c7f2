import type { Hono } from 'hono'
import { z } from 'zod'
import { addIntent, cancel, checkOwner, confirm, unexpected } from '../acts/intents.ts'
import { findMethod, spent } from '../acts/methods.ts'
import type { Provider } from '../provider.ts'
import type { PaymentIntent } from '../things.ts'
import { noteMoney, noteOrder } from '../violations.ts'
import { answering, type Asked } from '../wire/answer.ts'
import { checked, expand, withMetadata } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { isAsked, isWithin, page } from '../wire/list.ts'
import { invalid } from '../wire/refusal.ts'
import { liveCustomer } from './customers.ts'
import { cancellation, checkAmount, confirmation, intentChanges, intentQuery, newIntent } from './intentRequest.ts'

const onlyExpand = z.strictObject({ expand, client_secret: z.string().optional() })

export function intents(app: Hono, provider: Provider): void {
  app.post('/payment_intents', answering(provider, create, { isForMoney: true }))
  app.get('/payment_intents', answering(provider, list))
  app.get('/payment_intents/:id', answering(provider, show))
  app.post('/payment_intents/:id', answering(provider, update))
  app.post('/payment_intents/:id/confirm', answering(provider, confirmKnown, { isForMoney: true }))
  app.post('/payment_intents/:id/cancel', answering(provider, cancelKnown))
  app.get('/setup_intents/:id', answering(provider, showSetup))
}

function create(provider: Provider, asked: Asked): object {
  const given = checked(newIntent, asked.form)
  checkAmount(given.amount, given.currency, 'amount')
  const customer = given.customer === undefined ? null : liveCustomer(provider, given.customer, 'customer', 400).id
  if (given.off_session !== undefined && given.confirm !== true) throw invalid('`off_session` can only be passed when `confirm` is true.', 'off_session')
  if (given.error_on_requires_action !== undefined && given.confirm !== true) throw invalid('`error_on_requires_action` can only be passed when `confirm` is true.', 'error_on_requires_action')
  if (given.confirm === true && given.payment_method === undefined) throw invalid('You cannot confirm this PaymentIntent because it\'s missing a payment method.', 'payment_method', 'parameter_missing')
  const method = given.payment_method === undefined ? undefined : usable(provider, given.payment_method, customer)
  noteMoney(provider, 'A PaymentIntent', asked)
  const intent = addIntent(provider, { ...given, customer, metadata: withMetadata({}, given.metadata) })
  noteOrder(provider, { order: intent.metadata.order_id, thing: intent.id, key: asked.key })
  if (method) provider.books.intents.change(intent, { payment_method: method.id, status: 'requires_confirmation' })
  if (given.confirm === true && method) confirm(provider, intent, method, {
    isOffSession: given.off_session ?? false, refusesAction: given.error_on_requires_action ?? false,
  })
  return expanded(provider.books, intent, given.expand)
}

function usable(provider: Provider, id: string, customer: string | null) {
  const method = findMethod(provider, id)
  checkOwner(method, customer)
  if (method.customer === null && method.hidden.isSpent) throw spent()
  return method
}

function list({ books }: Provider, { form }: Asked): object {
  const asked = checked(intentQuery, form)
  const found = books.intents.list().filter((one) => isAsked([[asked.customer, one.customer]]) && isWithin(one.created, asked.created))
  return expanded(books, page('/v1/payment_intents', found, asked), asked.expand)
}

function show({ books }: Provider, { id, form }: Asked): object {
  return expanded(books, books.intents.get(id), checked(onlyExpand, form).expand)
}

function update({ books }: Provider, { id, form }: Asked): object {
  const intent = books.intents.get(id)
  const { expand: paths, metadata, ...facts } = checked(intentChanges, form)
  books.intents.change(intent, { ...facts, metadata: withMetadata(intent.metadata, metadata) })
  return expanded(books, intent, paths)
}

function confirmKnown(provider: Provider, asked: Asked): object {
  const intent = provider.books.intents.get(asked.id)
  const given = checked(confirmation, asked.form)
  noteMoney(provider, 'A confirmation', asked)
  if (intent.hidden.session !== null) throw sessionsOwn(intent)
  const wanted = given.payment_method ?? intent.payment_method
  if (wanted === null) throw unexpected(intent, 'You cannot confirm this PaymentIntent because it\'s missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.')
  confirm(provider, intent, usable(provider, wanted, intent.customer), {
    isOffSession: given.off_session ?? false, refusesAction: given.error_on_requires_action ?? false,
  })
  return expanded(provider.books, intent, given.expand)
}

const sessionsOwn = (intent: PaymentIntent) => unexpected(intent, 'You cannot confirm or cancel this PaymentIntent because it is managed by a Checkout Session.')

function cancelKnown(provider: Provider, { id, form }: Asked): object {
  const intent = provider.books.intents.get(id)
  const given = checked(cancellation, form)
  if (provider.books.sessions.find(intent.hidden.session ?? '')?.status === 'open') throw sessionsOwn(intent)
  cancel(provider, intent, given.cancellation_reason ?? null)
  return expanded(provider.books, intent, given.expand)
}

function showSetup({ books }: Provider, { id, form }: Asked): object {
  return expanded(books, books.setups.get(id), checked(onlyExpand, form).expand)
}
