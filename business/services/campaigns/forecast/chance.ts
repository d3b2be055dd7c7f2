/**
 * Chance from a seed and two numbers, 0 up to but not 1: the same three give the same, in any order. So the second call to a person
 * comes out the same however many lines there are, and two forecasts differ by what was changed, not by luck.
 */
export function chanceOf(seed: number, one: number, other: number): number {
  let bits = seed ^ Math.imul(one + 0x9E3779B9, 0x85EBCA6B) ^ Math.imul(other + 0x7F4A7C15, 0xC2B2AE35)
  bits = Math.imul(bits ^ (bits >>> 16), 0x7FEB352D)
  bits = Math.imul(bits ^ (bits >>> 15), 0x846CA68B)
  return ((bits ^ (bits >>> 16)) >>> 0) / 0x100000000
}

/** A stream of chance: each call of it is another draw. */
export function streamOf(seed: number, name: number): () => number {
  let draws = 0
  return () => chanceOf(seed, name, ++draws)
}

/** A draw from the bell curve around 0 with deviation 1. */
export function bell(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** A draw from the gamma distribution of this shape (Marsaglia and Tsang): shares drawn so add up to what counts leave open. */
export function gamma(shape: number, next: () => number): number {
  if (shape < 1) return gamma(shape + 1, next) * (1 - next()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = bell(next)
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
