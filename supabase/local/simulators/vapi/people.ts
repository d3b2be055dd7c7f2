/** Who can be on the line: how they sound, how fast they speak, and what is to be heard behind them. */
import type { Voice } from './audio/voices.ts'

export type PersonName = 'man' | 'woman' | 'elderly' | 'driver' | 'angry' | 'machine'

export interface Person {
  voice: Voice
  /** Above 1 speaks slower. */
  pace: number
  /** Seconds before an answer. */
  hesitation: number
  background?: 'car'
}

const man: Person = { voice: { pitch: 112, liveliness: 0.2, scale: 0.97, breath: 0.02 }, pace: 1, hesitation: 0.45 }

export const PEOPLE: Record<PersonName, Person> = {
  man,
  woman: { voice: { pitch: 164, liveliness: 0.24, scale: 1.08, breath: 0.05 }, pace: 0.97, hesitation: 0.4 },
  elderly: { voice: { pitch: 152, liveliness: 0.12, scale: 1.02, breath: 0.12 }, pace: 1.3, hesitation: 1.1 },
  driver: { ...man, hesitation: 0.6, background: 'car' },
  angry: { voice: { pitch: 132, liveliness: 0.34, scale: 0.99, breath: 0.015 }, pace: 0.85, hesitation: 0.2 },
  machine: { voice: { pitch: 140, liveliness: 0.03, scale: 1.04, breath: 0.01 }, pace: 1.05, hesitation: 0.7 },
}
