/** What every part of the bench hands back, and how it is shown. */

/** One measured figure. Null where there is nothing to compare with, or no gate to meet. */
export interface Figure {
  name: string
  /** Null when the measurement is void; the name then says why. */
  value: number | null
  unit: string
  /** What it was measured beside, in the same run; the ratio is value ÷ that. */
  against: string | null
  ratio: number | null
  target: string | null
  met: boolean | null
}

/** full has the sizes that the gates speak of, small shows the same ratios within a quarter of an hour, smoke proves that the bench still runs. */
export const SCALES = ['smoke', 'small', 'full'] as const
export type Scale = typeof SCALES[number]
export type Part = (scale: Scale) => Promise<Figure[]>

/** A figure without a gate. */
export function reported(name: string, value: number, unit: string): Figure {
  return { name, value: round(value, value < 10 ? 2 : value < 100 ? 1 : 0), unit, against: null, ratio: null, target: null, met: null }
}

/** The row of the engine's design that a figure belongs to (R1 to R16), in front of its name. */
export function gate(row: string, figure: Figure): Figure {
  return { ...figure, name: `${row} ${figure.name}` }
}

export const count = (value: number): string => value.toLocaleString('en')

export function atMost(figure: Figure, limit: number, exact = figure.value ?? NaN): Figure {
  return { ...figure, target: `≤ ${limit}`, met: exact <= limit }
}

/** The same figure beside another one; what is judged is the ratio. */
export function beside(figure: Figure, against: string, ratio: number, gate: { min: number } | { max: number }): Figure {
  const [target, met] = 'min' in gate ? [`ratio ≥ ${gate.min}`, ratio >= gate.min] as const : [`ratio ≤ ${gate.max}`, ratio <= gate.max] as const
  return { ...figure, against, ratio: round(ratio), target, met }
}

export function voidFigure(part: string, error: unknown): Figure {
  const reason = error instanceof Error ? error.message : String(error)
  return { name: `${part}: void, ${reason}`, value: null, unit: '', against: null, ratio: null, target: null, met: false }
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export function median(values: number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] ?? NaN : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** The smallest value that so many percent of the values do not exceed. */
export function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.ceil(sorted.length * percent / 100) - 1] ?? NaN
}

export const round = (value: number, digits = 2) => Number(value.toFixed(digits))

const MARKS = new Map<boolean | null, string>([[true, '✓'], [false, '✗'], [null, '·']])

export function table(figures: Figure[]): string {
  return figures.map(({ name, value, unit, against, ratio, target, met }) => [
    MARKS.get(met), name.padEnd(72), `${value ?? '–'} ${unit}`.padEnd(16),
    against === null ? '' : `${ratio} × ${against}`, target === null ? '' : `(${target})`,
  ].join(' ').trimEnd()).join('\n')
}
