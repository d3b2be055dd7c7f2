import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { Payer } from '../../models/payment.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { answered } from './answered.ts'

export interface CustomerDeps {
  gateway: Pick<PaymentGateway, 'createCustomer'>
  payments: Pick<PaymentRepository, 'recordCustomer'>
}

/** The account's customer at the provider, made with the first page that somebody opens. */
export async function customerOf({ gateway, payments }: CustomerDeps, payer: Payer): Promise<string> {
  if (payer.customer_id) return payer.customer_id
  const { customer_id } = answered(await gateway.createCustomer(payer))
  return payments.recordCustomer(payer.account_id, customer_id)
}
