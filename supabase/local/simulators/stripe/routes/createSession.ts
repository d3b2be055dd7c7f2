/** POST /v1/checkout/sessions. */
import { addSetup } from '../acts/checkout.ts'
import type { Provider } from '../provider.ts'
import type { Facts, Session } from '../things.ts'
import { noteMoney, noteOrder } from '../violations.ts'
import type { Asked } from '../wire/answer.ts'
import { checked } from '../wire/check.ts'
import { expanded } from '../wire/expand.ts'
import { newId } from '../wire/ids.ts'
import { invalid } from '../wire/refusal.ts'
import { liveCustomer } from './customers.ts'
import { checkAmount } from './intentRequest.ts'
import { newSession, type NewSession } from './sessionRequest.ts'

const MINUTES = 60
const HOURS = 3600
/** Clocks differ, and a request takes its time. */
const LENIENCE_SECONDS = 60

const PAY_PATH = '/payments/pay'

export function createSession(provider: Provider, asked: Asked): object {
  const given = checked(newSession, asked.form)
  check(provider, given)
  const isPayment = given.mode === 'payment'
  if (isPayment) noteMoney(provider, 'A Checkout Session', asked)
  const id = newId('cs_test', 58)
  const setup = isPayment
    ? null
    : addSetup(provider, {
        id, customer: given.customer ?? null, metadata: given.setup_intent_data?.metadata ?? {}, description: given.setup_intent_data?.description ?? null,
      })
  const session = provider.books.sessions.add(built(provider, given, { id, setup: setup?.id ?? null }))
  if (isPayment) noteOrder(provider, { order: given.client_reference_id ?? given.metadata?.order_id, thing: id, key: asked.key })
  return expanded(provider.books, session, given.expand)
}

function check(provider: Provider, given: NewSession): void {
  const { mode, customer, customer_email: email, expires_at: until } = given
  if (mode === 'subscription') throw invalid('Subscriptions are not simulated.', 'mode')
  if (mode === 'setup') checkSetup(given)
  else checkPayment(given)
  if (customer !== undefined && email !== undefined) throw invalid('You may only specify one of these parameters: customer, customer_email.', 'customer')
  if (customer !== undefined && given.customer_creation !== undefined) throw invalid('You may only specify one of these parameters: customer, customer_creation.', 'customer_creation')
  if (customer !== undefined) liveCustomer(provider, customer, 'customer', 400)
  if (until !== undefined) checkEnd(provider, until)
}

function checkPayment(given: NewSession): void {
  const { line_items: lines = [], setup_intent_data: setup } = given
  if (lines.length === 0) throw invalid('You must provide line_items for a session in payment mode.', 'line_items', 'parameter_missing')
  if (setup) throw invalid('You can not pass `setup_intent_data` in `payment` mode.', 'setup_intent_data')
  const [unit = 'usd', ...others] = new Set(lines.map(({ price_data: price }) => price.currency))
  if (others.length > 0) throw invalid('All line items must have the same currency.', 'line_items')
  checkAmount(totalOf(given), unit, 'line_items')
}

function checkSetup(given: NewSession): void {
  for (const name of ['line_items', 'payment_intent_data', 'invoice_creation', 'submit_type'] as const) {
    if (given[name] !== undefined) throw invalid(`You can not pass \`${name}\` in \`setup\` mode.`, name)
  }
  if (given.currency === undefined && given.allowed_payment_method_types === undefined) {
    throw invalid('You must provide `currency` in `setup` mode when `allowed_payment_method_types` is not set.', 'currency', 'parameter_missing')
  }
}

function checkEnd(provider: Provider, until: number): void {
  const left = until - provider.seconds()
  if (left < 30 * MINUTES - LENIENCE_SECONDS) throw invalid('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', 'expires_at')
  if (left > 24 * HOURS + LENIENCE_SECONDS) throw invalid('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', 'expires_at')
}

const totalOf = ({ line_items: lines = [] }: NewSession): number =>
  lines.reduce((sum, { price_data: price, quantity }) => sum + price.unit_amount * quantity, 0)

function built(provider: Provider, given: NewSession, { id, setup }: { id: string, setup: string | null }): Session {
  const now = provider.seconds()
  return {
    ...plainFacts(given), ...amountsOf(provider, given), ...payerOf(given), id, object: 'checkout.session', created: now, mode: given.mode === 'payment' ? 'payment' : 'setup', status: 'open',
    client_reference_id: given.client_reference_id ?? null, expires_at: given.expires_at ?? now + 24 * HOURS, metadata: given.metadata ?? {},
    payment_intent: null, setup_intent: setup,
    success_url: given.success_url, cancel_url: given.cancel_url ?? null, url: `${provider.pageOrigin}${PAY_PATH}/${id}`,
    hidden: {
      lines: { object: 'list', url: `/v1/checkout/sessions/${id}/line_items`, has_more: false, data: linesOf(given) }, intent: intentOf(given), challenged: null,
      createsCustomer: given.customer === undefined && (given.customer_creation === 'always' || given.mode === 'setup'),
    },
  }
}

type Amounts = Pick<Session, 'payment_status' | 'amount_subtotal' | 'amount_total' | 'currency'> & { total_details: Facts | null }

function amountsOf(provider: Provider, given: NewSession): Amounts {
  if (given.mode !== 'payment') return { payment_status: 'no_payment_required', amount_subtotal: null, amount_total: null, total_details: null, currency: given.currency ?? null }
  const subtotal = totalOf(given)
  const [fault] = provider.faults.draw('session')
  const discount = Math.round(subtotal * (fault?.discount ?? 0))
  return {
    payment_status: 'unpaid', amount_subtotal: subtotal, amount_total: subtotal - discount, total_details: { amount_discount: discount, amount_shipping: 0, amount_tax: 0 },
    currency: given.line_items?.[0]?.price_data.currency ?? null,
  }
}

function payerOf(given: NewSession): Pick<Session, 'customer' | 'customer_email' | 'customer_details'> {
  const [customer, email] = [given.customer ?? null, given.customer_email ?? null]
  const details = email === null ? null : { address: null, email, name: null, phone: null, tax_exempt: 'none', tax_ids: null }
  return { customer, customer_email: email, customer_details: details }
}

const intentOf = ({ payment_intent_data: data }: NewSession): Session['hidden']['intent'] =>
  ({
    metadata: data?.metadata ?? {}, description: data?.description ?? null, receipt_email: data?.receipt_email ?? null,
    setup_future_usage: data?.setup_future_usage ?? null,
  })

function linesOf({ line_items: lines = [] }: NewSession): Facts[] {
  return lines.map(({ price_data: price, quantity }) => ({
    id: newId('li'), object: 'item', amount_discount: 0, amount_subtotal: price.unit_amount * quantity, amount_tax: 0, amount_total: price.unit_amount * quantity, currency: price.currency,
    description: price.product_data.name, metadata: {}, quantity,
    price: { id: newId('price'), object: 'price', active: false, billing_scheme: 'per_unit', currency: price.currency, livemode: false, product: newId('prod', 14), type: 'one_time', unit_amount: price.unit_amount, unit_amount_decimal: String(price.unit_amount) },
  }))
}

/** What is only told back. */
function plainFacts(given: NewSession): Facts {
  return {
    adaptive_pricing: given.adaptive_pricing ?? { enabled: true }, after_expiration: null, allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    automatic_tax: { enabled: given.automatic_tax?.enabled ?? false, liability: null, provider: null, status: null },
    billing_address_collection: given.billing_address_collection ?? null, client_secret: null,
    collected_information: null, consent: null, consent_collection: null, currency_conversion: null, custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer_account: null, customer_creation: given.customer === undefined ? given.customer_creation ?? 'if_required' : null, discounts: [], excluded_payment_method_types: given.excluded_payment_method_types ?? [],
    integration_identifier: null, invoice: null, invoice_creation: { enabled: given.invoice_creation?.enabled ?? false }, livemode: false,
    locale: given.locale ?? null, managed_payments: null, origin_context: null,
    payment_link: null, payment_method_collection: 'if_required', payment_method_configuration_details: null, payment_method_options: {}, payment_method_types: ['card', 'us_bank_account'], permissions: null,
    phone_number_collection: { enabled: false }, recovered_from: null, saved_payment_method_options: null, shipping_address_collection: null,
    shipping_cost: null, shipping_options: [], submit_type: given.submit_type ?? null,
    subscription: null, tax_id_collection: given.tax_id_collection ?? { enabled: false }, ui_mode: 'hosted_page', wallet_options: null,
  }
}
