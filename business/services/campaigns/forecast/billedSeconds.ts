import type { ForecastLimits } from '../../../models/forecast.ts'

/** What a conversation would be billed, for an estimate; what it is billed private.round_up decides. */
export function billedSeconds(talk: number, limits: Pick<ForecastLimits, 'first_increment_seconds' | 'billing_increment_seconds'>): number {
  const { first_increment_seconds: first, billing_increment_seconds: step } = limits
  const seconds = Math.round(talk)
  if (seconds <= 0) return 0
  return seconds <= first ? first : first + Math.ceil((seconds - first) / step) * step
}
