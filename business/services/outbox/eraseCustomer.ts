import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { EraseCustomerJob, OutboxResult } from '../../models/outboxJob.ts'

export interface CustomerErasureDeps {
  /** null: this installation takes no money. */
  gateway: Pick<PaymentGateway, 'eraseCustomer'> | null
}

/** Has the payment provider forget who paid for an account that was erased. As often as the job comes, it is gone once. */
export async function eraseCustomer({ gateway }: CustomerErasureDeps, { customer_id }: EraseCustomerJob): Promise<OutboxResult> {
  if (!gateway) return { ok: false, error: 'no payment provider', is_final: false }
  const answer = await gateway.eraseCustomer(customer_id)
  if (answer.kind === 'erased') return { ok: true }
  return answer.kind === 'refused' ? { ok: false, error: answer.code, is_final: true } : { ok: false, error: answer.cause, is_final: false }
}
