import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { PurchaseRepository } from '../../repositories/purchaseRepository.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { answered } from './answered.ts'
import { processPaymentEvents } from './processPaymentEvents.ts'
import { recordFound } from './recordFound.ts'

export interface OpenCheckoutDeps {
  purchases: Pick<PurchaseRepository, 'getOrder'>
  payments: Pick<PaymentRepository, 'recordCheckout' | 'recordAnswer' | 'processEvents'>
  gateway: Pick<PaymentGateway, 'expireCheckout' | 'findCheckout' | 'findPayment'>
}

/** The page of an order that was left before it was paid. */
export async function continueCheckout({ purchases }: Pick<OpenCheckoutDeps, 'purchases'>, order_id: string): Promise<{ order_id: string, url: string }> {
  const { status, checkout_url } = await purchases.getOrder(order_id)
  if (status !== 'open' || !checkout_url) throw new AppError('conflict', `The order is ${status}.`, { state: status })
  return { order_id, url: checkout_url }
}

/**
 * Gives up an order: its page is closed at the provider, and what the provider then says of it decides. Who paid at the same
 * moment has paid.
 */
export async function cancelCheckout(deps: OpenCheckoutDeps, order_id: string): Promise<{ order_id: string, status: string }> {
  const { session_id, status } = await deps.purchases.getOrder(order_id)
  if (status !== 'open') throw new AppError('conflict', `The order is ${status}.`, { state: status })
  if (session_id) answered(await deps.gateway.expireCheckout(session_id))
  else await deps.payments.recordCheckout(order_id, { error: { code: 'canceled', message: 'Given up before there was a page to pay it on.' } })
  return checkCheckout(deps, order_id)
}

/** Asks the provider instead of waiting for its event: for whoever looks at a page that says "waiting for the payment". */
export async function checkCheckout(deps: OpenCheckoutDeps, order_id: string): Promise<{ order_id: string, status: string }> {
  const { session_id, payment_intent_id } = await deps.purchases.getOrder(order_id)
  await recordFound(deps, { order_id, session_id, payment_intent_id })
  await processPaymentEvents(deps)
  const { status } = await deps.purchases.getOrder(order_id)
  return { order_id, status }
}
