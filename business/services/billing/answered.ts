import type { Refusal } from '../../gateways/payments/paymentGateway.ts'
import { AppError } from '../../models/appError.ts'

/** For a person who waits: the answer, or the error that says whether trying again can help. */
export function answered<T extends { kind: string }>(answer: T | Refusal): Exclude<T, Refusal> {
  if (isRefused(answer)) throw new AppError('provider_refused', answer.message, { reason: answer.code })
  if (isUnknown(answer)) throw new AppError('unavailable', `The payment provider did not answer: ${answer.cause}`)
  return answer as Exclude<T, Refusal>
}

const isRefused = (answer: { kind: string }): answer is Extract<Refusal, { kind: 'refused' }> => answer.kind === 'refused'
const isUnknown = (answer: { kind: string }): answer is Extract<Refusal, { kind: 'unknown' }> => answer.kind === 'unknown'
