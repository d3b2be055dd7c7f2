/** What was met, by name, and what must never have been. */
export interface Tally {
  met(name: string, times?: number): void
  condemn(text: string): void
  readonly counts: Record<string, number>
  readonly violations: string[]
}

const MOST_TOLD = 30

export function createTally(): Tally {
  const counts: Record<string, number> = {}
  const violations: string[] = []
  const met: Tally['met'] = (name, times = 1) => void (counts[name] = (counts[name] ?? 0) + times)
  return {
    met, counts, violations,
    condemn(text) {
      met('violations')
      if (violations.length < MOST_TOLD) violations.push(text)
    },
  }
}
