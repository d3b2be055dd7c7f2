const steps: Record<string, (index: number, last: number) => number> = {
  ArrowRight: (index, last) => Math.min(last, index + 1),
  ArrowLeft: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** Where a key leads among the places of a chart; null: the key is none of the chart's. */
export function stepTo(key: string, index: number, last: number): number | null {
  return steps[key]?.(index, last) ?? null
}
