import type { Figures } from '../../models/health.ts'

/** Figures in the text format of Prometheus (version 0.0.4): each a gauge outdial_<name>. */
export function prometheusText(figures: Figures): string {
  const lines = Object.entries(figures).sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `# TYPE outdial_${name} gauge\noutdial_${name} ${value}\n`)
  return lines.join('')
}
