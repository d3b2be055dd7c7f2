/** Forecasts of many quiet worlds held against what came: how far the likely figures are off, and how often the safe ones held. */
import type { ClusterAddress } from '../support/cluster.ts'
import { compareForecast, type Comparison } from './forecast.ts'

/** What `npm test` runs: two small ones, each of which may differ by luck. */
export const standardComparisons = { seeds: [1, 2], people: 25, most: { hours: 0.1, minutes: 0.5 } }
/** What is promised of many, in the middle. */
export const manyComparisons = { people: 60, most: { hours: 0.1, minutes: 0.1 } }

interface Plan { seeds: readonly number[], people: number, most: { hours: number, minutes: number }, cluster: ClusterAddress }

const percent = (share: number) => `${share >= 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(1)} %`
const offBy = ({ p50, real }: Comparison['minutes']) => real / p50 - 1

export async function compareForecasts({ seeds, people, most, cluster }: Plan, say: (text: string) => void): Promise<boolean> {
  const all: Comparison[] = []
  const left = [...seeds]
  await Promise.all([1, 2].map(async () => {
    while (left.length > 0) {
      const comparison = await compareForecast({ seed: left.shift()!, people, cluster })
      all.push(comparison)
      say(describe(comparison))
    }
  }))
  const middle = (of: (comparison: Comparison) => number) => all.map(of).sort((one, other) => one - other)[Math.floor(all.length / 2)]!
  const [hours, minutes] = [middle((each) => offBy(each.hours)), middle((each) => offBy(each.minutes))]
  const held = (of: (comparison: Comparison) => Comparison['hours']) => all.filter((each) => of(each).real <= of(each).p90 * 1.001).length
  say(`forecast: ${all.length} seeds, in the middle the end ${percent(hours)} and the minutes ${percent(minutes)} off;`
    + ` P90 held for the end in ${held((each) => each.hours)}, for the minutes in ${held((each) => each.minutes)}`)
  return Math.abs(hours) <= most.hours && Math.abs(minutes) <= most.minutes
}

function describe({ seed, hours, minutes }: Comparison): string {
  const figures = ({ p50, p90, real }: Comparison['hours'], digits: number) => `${p50.toFixed(digits)}–${p90.toFixed(digits)}, came ${real.toFixed(digits)}`
  return `  seed ${seed}: hours ${figures(hours, 1)}; minutes ${figures(minutes, 0)}`
}
