/** What every part of the bench hands back, and how it is shown. */

/** One measured figure. Null where there is nothing to compare with, or no gate to meet. */
export interface Figure {
  name: string
  value: number
  unit: string
  /** What it was measured beside, in the same run. */
  against: string | null
  ratio: number | null
  target: string | null
  met: boolean | null
}

export type Scale = 'small' | 'full'
export type Part = (scale: Scale) => Promise<Figure[]>

export function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] ?? NaN : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

export const round = (value: number, digits = 2) => Number(value.toFixed(digits))

const MARKS = new Map<boolean | null, string>([[true, '✓'], [false, '✗'], [null, '·']])

export function table(figures: Figure[]): string {
  return figures.map(({ name, value, unit, against, ratio, target, met }) => [
    MARKS.get(met), name.padEnd(48), `${value} ${unit}`.padEnd(20),
    against === null ? '' : `${ratio} × ${against}`, target === null ? '' : `(${target})`,
  ].join(' ').trimEnd()).join('\n')
}
