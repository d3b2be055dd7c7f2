import type { Provider } from '../provider.ts'
import type { Customer } from '../things.ts'
import { newId } from '../wire/ids.ts'

export function addCustomer(provider: Provider, given: Partial<Pick<Customer, 'email' | 'name' | 'metadata'>> & Record<string, unknown>): Customer {
  const customer = provider.books.customers.add({
    address: null, balance: 0, currency: null, customer_account: null, default_source: null, delinquent: false, description: null, discount: null, invoice_prefix: newId('x', 8).slice(2).toUpperCase(),
    livemode: false, next_invoice_sequence: 1, phone: null, preferred_locales: [], shipping: null, tax_exempt: 'none', test_clock: null, email: null, name: null, metadata: {},
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    ...given, id: newId('cus', 14), object: 'customer', created: provider.seconds(),
  })
  provider.teller.tell('customer.created', customer)
  return customer
}
