/** Round steps from nothing up to at least the largest value: 7.3 → 0, 2, 4, 6, 8. What is counted has no step below 1. */
export function niceTicks(largest: number, wanted = 4): number[] {
  const rough = Math.max(largest, 1) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10))
  const count = Math.max(1, Math.ceil(largest / step))
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}
