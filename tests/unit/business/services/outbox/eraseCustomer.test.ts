import { expect, it, vi } from 'vitest'
import type { PaymentGateway } from '../../../../../business/gateways/payments/paymentGateway.ts'
import { eraseCustomer } from '../../../../../business/services/outbox/eraseCustomer.ts'

type Answer = Awaited<ReturnType<PaymentGateway['eraseCustomer']>>

it.each<[Answer, object]>([
  [{ kind: 'erased' }, { ok: true }],
  [{ kind: 'unknown', cause: 'HTTP 503' }, { ok: false, error: 'HTTP 503', is_final: false }],
  [{ kind: 'refused', code: 'parameter_invalid', message: 'No.' }, { ok: false, error: 'parameter_invalid', is_final: true }],
])('answers %j with %j', async (answer, result) => {
  const ask = vi.fn(async () => answer)
  expect(await eraseCustomer({ gateway: { eraseCustomer: ask } }, { customer_id: 'cus_1' })).toEqual(result)
  expect(ask.mock.calls).toEqual([['cus_1']])
})

it('waits for an installation that takes money', async () => {
  expect(await eraseCustomer({ gateway: null }, { customer_id: 'cus_1' })).toEqual({ ok: false, error: 'no payment provider', is_final: false })
})
