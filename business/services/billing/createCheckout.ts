import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { CheckoutWish } from '../../models/checkoutWish.ts'
import type { PurchaseRepository } from '../../repositories/purchaseRepository.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { answered } from './answered.ts'
import { customerOf } from './customers.ts'

export interface CreateCheckoutDeps {
  purchases: Pick<PurchaseRepository, 'createOrder'>
  payments: Pick<PaymentRepository, 'recordCheckout' | 'recordCustomer'>
  gateway: Pick<PaymentGateway, 'createCheckout' | 'createCustomer'>
  appUrl: string
}

/**
 * The order first, then the page to pay it on. Whatever breaks off in between, the same request asks again for the same order with
 * the same key, so that there is one page for it; a lost answer therefore leaves the order open, a refusal ends it.
 */
export async function createCheckout(deps: CreateCheckoutDeps, wish: CheckoutWish): Promise<{ order_id: string, url: string }> {
  const { purchases, payments, gateway, appUrl } = deps
  const order = await purchases.createOrder(wish)
  const { order_id } = order
  if (order.status !== 'open') throw new AppError('conflict', `The order is ${order.status}.`, { state: order.status })
  if (order.checkout_url) return { order_id, url: order.checkout_url }
  const customer_id = await customerOf(deps, order)
  const page = await gateway.createCheckout({ ...order, customer_id }, returnUrls(appUrl, order_id))
  if (page.kind === 'refused') await payments.recordCheckout(order_id, { error: { code: page.code, message: page.message } })
  const { session_id, url, expires_at, payment_intent_id } = answered(page)
  await payments.recordCheckout(order_id, { session_id, url, expires_at, payment_intent_id, customer_id })
  return { order_id, url }
}

/** The page that waits for the event; coming back to it credits nothing. */
function returnUrls(appUrl: string, order_id: string) {
  const cancel_url = `${appUrl}/billing?order=${order_id}`
  return { success_url: `${cancel_url}&paid=1`, cancel_url }
}
