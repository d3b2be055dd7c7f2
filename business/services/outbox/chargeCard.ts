import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { ChargeCardJob, OutboxResult } from '../../models/outboxJob.ts'
import type { ChargeResult } from '../../models/payment.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'

export interface ChargeDeps {
  payments: Pick<PaymentRepository, 'orderForCharge' | 'recordCharge'>
  /** null: this installation takes no money. */
  gateway: Pick<PaymentGateway, 'chargeCard'> | null
}

/**
 * Tries are an hour and a half apart by then. A server error stays the provider's answer to a key for a day, and an order that
 * never ends would keep every other top-up of the account away. Should the money come all the same, its event pays the order.
 */
const lastTry = 6

/** Charges a saved card for an order, once however often the job comes: the order is the key. */
export async function chargeCard({ payments, gateway }: ChargeDeps, { order_id }: ChargeCardJob, tries: number): Promise<OutboxResult> {
  if (!gateway) return { ok: false, error: 'no payment provider', is_final: false }
  const order = await payments.orderForCharge(order_id)
  if (!order) return { ok: true }
  const result = await gateway.chargeCard(order)
  if (result.kind !== 'unknown') {
    await payments.recordCharge(order_id, result)
    return { ok: true }
  }
  if (tries < lastTry) return { ok: false, error: result.cause, is_final: false }
  await payments.recordCharge(order_id, givenUp(result.cause))
  return { ok: true }
}

function givenUp(cause: string): Extract<ChargeResult, { kind: 'refused' }> {
  return { kind: 'refused', payment_intent_id: null, code: 'no_answer', message: `The payment provider did not answer: ${cause}` }
}
