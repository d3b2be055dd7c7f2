/** Refunds, and what is only read: charges and disputes. */
import type { Hono } from 'hono'
import { z } from 'zod'
import { refund } from '../acts/refunds.ts'
import type { Provider } from '../provider.ts'
import type { Charge } from '../things.ts'
import { noteMoney } from '../violations.ts'
import { answering, type Asked } from '../wire/answer.ts'
import { checked, expand, metadata, text, whole } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { created, isAsked, isWithin, listing, page } from '../wire/list.ts'
import { invalid } from '../wire/refusal.ts'

const wanted = z.strictObject({
  payment_intent: text().optional(), charge: text().optional(), amount: whole.optional(), reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(), metadata: metadata.optional(), expand,
})
const query = z.strictObject({ ...listing, created, payment_intent: z.string().optional(), charge: z.string().optional() })
const chargeQuery = z.strictObject({ ...listing, created, payment_intent: z.string().optional(), customer: z.string().optional() })
const onlyExpand = z.strictObject({ expand })

export function refunds(app: Hono, provider: Provider): void {
  app.post('/refunds', answering(provider, create, { isForMoney: true }))
  for (const kind of ['refunds', 'charges', 'disputes'] as const) {
    app.get(`/${kind}`, answering(provider, ({ books }, { form }) => list(books, kind, form)))
    app.get(`/${kind}/:id`, answering(provider, ({ books }, { id, form }) => expanded(books, books[kind].get(id), checked(onlyExpand, form).expand)))
  }
}

function create(provider: Provider, asked: Asked): object {
  const { expand: paths, ...given } = checked(wanted, asked.form)
  noteMoney(provider, 'A refund', asked)
  return expanded(provider.books, refund(provider, chargeOf(provider, given), given), paths)
}

function chargeOf({ books }: Provider, { payment_intent: intent, charge }: { payment_intent?: string, charge?: string }): Charge {
  if (charge !== undefined) return books.charges.get(charge, 'charge', 400)
  if (intent === undefined) throw invalid('One of the following params should be provided for this request: payment_intent or charge.', undefined, 'parameter_missing')
  const { latest_charge: latest, status } = books.intents.get(intent, 'payment_intent', 400)
  if (latest === null || status !== 'succeeded') throw invalid(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, 'payment_intent')
  return books.charges.get(latest, 'charge', 400)
}

function list(books: Provider['books'], kind: 'refunds' | 'charges' | 'disputes', form: Asked['form']): object {
  const { expand: paths, ...asked } = checked(kind === 'charges' ? chargeQuery : query, form)
  const { payment_intent, charge, customer } = { charge: undefined, customer: undefined, ...asked } as Record<string, unknown>
  const isWanted = (one: Record<string, unknown>) => isAsked([[payment_intent, one.payment_intent], [charge, one.charge], [customer, one.customer]])
  const found = (books[kind].list() as (Charge & Record<string, unknown>)[]).filter((one) => isWanted(one) && isWithin(one.created, asked.created))
  return expanded(books, page(`/v1/${kind}`, found, asked), paths)
}
