/** Where people live: what their numbers begin with, which law that means, and the clock on their wall. */
import type { Random } from './random.ts'

export interface Place { region: string, prefix: string, zones: readonly string[] }

/** Every kind of law and of clock: states with hours of their own, half and three quarter hours, changes at other dates than ours. */
const places: readonly Place[] = [
  { region: 'US-DC', prefix: '+1202', zones: ['America/New_York'] },
  { region: 'US-FL', prefix: '+1305', zones: ['America/New_York', 'America/Chicago'] },
  { region: 'US-TX', prefix: '+1214', zones: ['America/Chicago', 'America/Denver'] },
  { region: 'US-OK', prefix: '+1405', zones: ['America/Chicago'] },
  { region: 'US-MD', prefix: '+1410', zones: ['America/New_York'] },
  { region: 'US-CA', prefix: '+1415', zones: ['America/Los_Angeles'] },
  { region: 'CA-ON', prefix: '+1416', zones: ['America/Toronto'] },
  { region: 'CA-NL', prefix: '+1709', zones: ['America/St_Johns'] },
  { region: 'DE', prefix: '+4930', zones: ['Europe/Berlin'] },
  { region: 'GB', prefix: '+4420', zones: ['Europe/London'] },
  { region: 'IN', prefix: '+9122', zones: ['Asia/Kolkata'] },
  { region: 'NP', prefix: '+9771', zones: ['Asia/Kathmandu'] },
  { region: 'AU', prefix: '+612', zones: ['Australia/Lord_Howe', 'Australia/Adelaide'] },
  { region: 'NZ', prefix: '+643', zones: ['Pacific/Chatham'] },
]

export const zones: readonly string[] = [...new Set(places.flatMap((place) => place.zones))]

/** Whose laws hold for somebody: the country's, its part's, and the union's it is in. */
export function lawsOf(region: string): string[] {
  const country = region.slice(0, 2)
  return [country, ...(region === country ? [] : [region]), ...(country === 'DE' ? ['EU'] : [])]
}

/** The law that a number's beginning means; the world has no other numbers. */
export function regionOf(phone: string): string {
  return places.find(({ prefix }) => phone.startsWith(prefix))?.region ?? ''
}

/** Numbers nobody in this world has had before. */
export function createNumbers(random: Random): () => Place & { phone: string } {
  let given = 0
  return () => {
    const place = random.pick(places)
    return { ...place, phone: `${place.prefix}${String(2_000_000 + given++)}` }
  }
}
