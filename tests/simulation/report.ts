/** What a run says of itself. */
import type { RunReport } from './simulate.ts'

export function describe({ seed, violations, steps, dials, virtualMs, wallMs }: RunReport, hours: number): string {
  const figures = `${steps} steps, ${dials} dials, ${(virtualMs / 3_600_000).toFixed(0)} h in ${(wallMs / 1000).toFixed(1)} s`
  if (violations.length === 0) return `✓ seed ${seed}: ${figures}`
  return [`✗ seed ${seed}: ${figures}`, ...violations.map((text) => `    ${text}`), `    again: npm run simulate -- --seeds 1 --first-seed ${seed} --hours ${hours}`].join('\n')
}

const isFault = (name: string) => !/^(people|reserved|seen|judged|rule):/.test(name)

export function summarise(reports: RunReport[]): { text: string, met: Record<string, number> } {
  const met: Record<string, number> = {}
  for (const report of reports) for (const [name, count] of Object.entries(report.met)) met[name] = (met[name] ?? 0) + count
  const lines = Object.entries(met).toSorted(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
  const sum = (of: (report: RunReport) => number) => reports.reduce((total, report) => total + of(report), 0)
  const faults = Object.entries(met).reduce((total, [name, count]) => total + (isFault(name) ? count : 0), 0)
  const steps = sum((report) => report.steps)
  const virtualMs = sum((report) => report.virtualMs)
  const wallMs = sum((report) => report.wallMs)
  return { met, text: ['met:', ...lines, `${reports.length} seeds, ${steps} steps (${Math.round(steps / wallMs * 1000)}/s), ${faults} faults, ${sum(({ dials }) => dials)} dials, `
    + `${(virtualMs / 86_400_000).toFixed(0)} virtual days, worlds of ${Math.round(wallMs / 1000)} s together: virtual ÷ wall of a world ${Math.round(virtualMs / wallMs)}`].join('\n') }
}
