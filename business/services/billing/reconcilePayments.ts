import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { OrderToCheck } from '../../models/payment.ts'
import type { Log } from '../../models/runtime.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import { inPool } from '../inPool.ts'
import { answered } from './answered.ts'
import { processPaymentEvents } from './processPaymentEvents.ts'
import { recordFound } from './recordFound.ts'

export interface ReconcilePaymentsDeps {
  payments: Pick<PaymentRepository, 'listToCheck' | 'recordAnswer' | 'processEvents' | 'dueListing' | 'recordListing'>
  gateway: Pick<PaymentGateway, 'findCheckout' | 'findPayment' | 'listPayments'>
  log: Log
}

const ordersPerRun = 50
const questionsAtOnce = 4

/**
 * Asks the provider about orders whose end nobody heard of, and once a night for its books. Only stores what was said; what
 * follows from it, and what counts as a difference, is the database's decision.
 */
export async function reconcilePayments(deps: ReconcilePaymentsDeps): Promise<{ checked: number }> {
  const orders = await deps.payments.listToCheck(ordersPerRun)
  await inPool(orders, questionsAtOnce, (order) => check(deps, order))
  if (orders.length > 0) await processPaymentEvents(deps)
  await compareBooks(deps)
  deps.log('info', 'payments.reconciled', { checked: orders.length })
  return { checked: orders.length }
}

/** An order that cannot be asked about now is asked about again; it must not keep the others waiting. */
async function check(deps: ReconcilePaymentsDeps, order: OrderToCheck): Promise<void> {
  try {
    await recordFound(deps, order)
  } catch (error) {
    deps.log('warn', 'order.not_checked', { order_id: order.order_id, error: String(error) })
  }
}

async function compareBooks({ payments, gateway, log }: ReconcilePaymentsDeps): Promise<void> {
  const period = await payments.dueListing()
  if (!period) return
  const { payments: facts } = answered(await gateway.listPayments(period.since, period.until))
  await payments.recordListing(period, facts)
  log('info', 'payments.listed', { ...period, payments: facts.length })
}
