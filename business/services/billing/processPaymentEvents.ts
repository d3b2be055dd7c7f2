import type { PaymentRepository } from '../../repositories/paymentRepository.ts'

export interface ProcessPaymentDeps {
  payments: Pick<PaymentRepository, 'processEvents'>
}

const eventsPerBatch = 100
const mostBatches = 20

/** Lets the database work through the inbox until a batch moves nothing: what then waits, waits for another event. */
export async function processPaymentEvents({ payments }: ProcessPaymentDeps): Promise<void> {
  for (let batch = 1; batch <= mostBatches; batch++) {
    const { processed } = await payments.processEvents(eventsPerBatch)
    if (processed < eventsPerBatch) return
  }
}
