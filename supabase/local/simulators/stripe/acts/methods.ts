/** Cards and bank accounts: made, attached to a customer, detached. */
import { createHash } from 'node:crypto'
import { methodOf } from '../cards.ts'
import type { Provider } from '../provider.ts'
import type { Facts, PaymentMethod } from '../things.ts'
import { newId } from '../wire/ids.ts'
import { invalid } from '../wire/refusal.ts'

interface Given { number: string, email?: string | null, name?: string | null, expMonth?: number, expYear?: number }

/** Cards that nobody typed a date for end in some years. */
const VALID_YEARS = 4
const TEST_IDS: Record<string, string> = {
  pm_card_visa: '4242424242424242', pm_card_mastercard: '5555555555554444', pm_card_chargeDeclined: '4000000000000002', pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_authenticationRequired: '4000002760003184', pm_card_chargeDeclinedInsufficientFunds: '4000000000009995', pm_card_createDispute: '4000000000000259',
}

export function makeMethod(provider: Provider, given: Given): PaymentMethod {
  const { type } = methodOf(given.number)
  return provider.books.methods.add({
    id: newId('pm'), object: 'payment_method', created: provider.seconds(), livemode: false, type, customer: null, customer_account: null, metadata: {}, allow_redisplay: 'unspecified',
    billing_details: billing(given), ...(type === 'card' ? { card: cardFacts(provider, given) } : { us_bank_account: accountFacts(given) }),
    hidden: { number: given.number, isSetUp: false, isSpent: false },
  })
}

export const billing = ({ email = null, name = null }: Pick<Given, 'email' | 'name'>): Facts =>
  ({ address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }, email, name, phone: null, tax_id: null })

function cardFacts(provider: Provider, { number, expMonth = 12, expYear }: Given): Facts {
  const { brand } = methodOf(number)
  return {
    brand, checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' }, country: 'US', display_brand: brand, exp_month: expMonth,
    exp_year: expYear ?? provider.now().getUTCFullYear() + VALID_YEARS, fingerprint: fingerprintOf(number), funding: 'credit', generated_from: null, last4: number.slice(-4),
    networks: { available: [brand], preferred: null }, regulated_status: 'unregulated', three_d_secure_usage: { supported: true }, wallet: null,
  }
}

function accountFacts({ number }: Given): Facts {
  return {
    account_holder_type: 'individual', account_type: 'checking', bank_name: 'STRIPE TEST BANK', financial_connections_account: null, fingerprint: fingerprintOf(number),
    last4: number.slice(-4), networks: { preferred: 'ach', supported: ['ach'] }, routing_number: '110000000', status_details: null,
  }
}

const fingerprintOf = (number: string): string => createHash('sha256').update(number).digest('base64url').slice(0, 16)

export function attach(provider: Provider, method: PaymentMethod, customer: string): void {
  if (method.customer === customer) return
  if (method.customer !== null) throw invalid('The payment method you provided has already been attached to a customer.', 'payment_method', 'payment_method_unexpected_state')
  if (method.hidden.isSpent) throw spent()
  provider.books.methods.change(method, { customer, allow_redisplay: 'limited' })
  provider.teller.tell('payment_method.attached', method)
}

export function detach(provider: Provider, method: PaymentMethod): void {
  const { customer } = method
  if (customer === null) throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.', 'payment_method', 'payment_method_unexpected_state')
  provider.books.methods.change(method, { customer: null, hidden: { ...method.hidden, isSpent: true } })
  const owner = provider.books.customers.find(customer)
  if (owner?.invoice_settings.default_payment_method === method.id) provider.books.customers.change(owner, {
    invoice_settings: { ...owner.invoice_settings, default_payment_method: null },
  })
  provider.teller.tell('payment_method.detached', method, { customer })
}

export const spent = () => invalid('The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.', 'payment_method', 'payment_method_unexpected_state')

/** By id, or by one of the names that the provider has for test cards; each use of a name makes a new one. */
export function findMethod(provider: Provider, id: string): PaymentMethod {
  const number = TEST_IDS[id]
  return number === undefined ? provider.books.methods.get(id, 'payment_method', 400) : makeMethod(provider, { number })
}
