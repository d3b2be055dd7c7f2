import type { ForecastPrice } from '../../../models/forecast.ts'

/** What so many seconds would cost, in millionths: the balance at its average price first, what is missing at the smallest pack's. */
export function costOf(price: ForecastPrice, seconds: number): number {
  const fromBalance = Math.min(seconds, price.balance_seconds)
  const average = price.balance_seconds > 0 ? price.balance_micros / price.balance_seconds : 0
  return Math.round(fromBalance * average + (seconds - fromBalance) * (price.pack_micros_per_minute ?? 0) / 60)
}
