/** What becomes of a dial, in the proportions that people who call for a living would expect. */
import type { PlotName } from '../simulators/vapi/scripts/script.ts'

/** Of a hundred dials of the month. */
const SHARES: [plot: PlotName, share: number][] = [
  ['interested', 11], ['notNow', 15], ['asksRobot', 5], ['callBack', 4], ['haggler', 4], ['elderly', 3], ['hangsUp', 5], ['annoyed', 2.5], ['wrongNumber', 1.5],
  ['optsOut', 1.2], ['screening', 0.8], ['silence', 1], ['voicemail', 17], ['noAnswer', 20], ['busy', 7.5], ['providerFault', 1.5],
]
const TOTAL = SHARES.reduce((sum, [, share]) => sum + share, 0)

export function plotOf(random: () => number): PlotName {
  let left = random() * TOTAL
  for (const [plot, share] of SHARES) {
    left -= share
    if (left < 0) return plot
  }
  return 'notNow'
}

/** Of two hundred dials one is told to nobody, as the net will have it. */
export function isHeard(random: () => number): boolean {
  return random() > 0.005
}
