/** What a round is like besides its seed: few accounts or many, a fast clock or a slow one, trouble often or seldom. */
import { createRandom } from '../simulation/random.ts'

export interface Conditions {
  /** How much faster than the wall's the clock runs. */
  speed: number
  companies: number
  /** How many calls a company may have open. */
  callsAtOnce: number
  /** Sessions are ended each time about so many further calls have been placed, and the server is stopped each time so many. */
  callsPerTermination: number
  callsPerStop: number
}

/** Each seed its own, and always the same: short rounds are stopped as often as long ones. */
export function drawConditions(seed: number, calls: number): Conditions {
  const random = createRandom(seed)
  // The first numbers of neighbouring seeds are neighbours as well.
  for (let n = 0; n < 20; n++) random.chance(0.5)
  const companies = random.pick([1, 3, 3, 6])
  return {
    companies, speed: random.pick([8, 12, 16, 20]),
    callsAtOnce: Math.ceil(random.pick([300, 900, 900, 1_500]) / companies),
    callsPerTermination: Math.min(random.pick([30, 100, 300, 1_000]), Math.ceil(calls / 20)),
    callsPerStop: Math.min(random.pick([1_000, 2_500, 5_000]), Math.ceil(calls / 3)),
  }
}
