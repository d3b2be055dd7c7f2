/** Made-up people in rows as a file of contacts has them, the same from the same seed. */
import { randomBy } from '../simulators/vapi/audio/random.ts'
import { FAMILY, GIVEN, SPANISH_FAMILY, SPANISH_GIVEN, SPANISH_TRADES, TRADES } from './data/names.ts'
import type { Place } from './data/places.ts'

export interface ContactRow {
  row: number
  name: string
  phone: string
  email: string
  company: string
  time_zone: string | null
  attributes: Record<string, string>
}

export interface Crowd {
  places: Place[]
  /** The list they are put into. */
  list: string
  tags?: string[]
  speaks?: 'es'
  /** Nobody wrote down where they live, and the number does not say it. */
  lacksZone?: boolean
  seed: string
}

/** Mixed, as a list is that nobody sorted. */
export function contactRows({ places, list, speaks, lacksZone = false, seed }: Crowd, count: number): ContactRow[] {
  const random = randomBy(`${seed} ${list}`)
  const numbers = places.flatMap((place) => numbersOf(place).map((phone) => ({ place, phone })))
  return shuffled(numbers, random).slice(0, count).map(({ place, phone }, index) => {
    const person = speaks === 'es' ? spanishPerson(random) : englishPerson(random)
    const { name, company } = person
    return { row: index + 1, phone, time_zone: lacksZone ? null : place.time_zone, name, email: emailOf(name, index), company,
      attributes: { City: place.city, Trade: person.trade, 'Team size': String(2 + Math.floor(random() ** 2 * 38)) } }
  })
}

function numbersOf({ prefix, from, to }: Place): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${String(from + index).padStart(2, '0')}`)
}

function englishPerson(random: () => number) {
  const family = pick(FAMILY, random)
  const trade = pick(TRADES, random)
  return { name: `${pick(GIVEN, random)} ${family}`, trade, company: `${random() < 0.6 ? family : pick(FAMILY, random)} ${trade}` }
}

function spanishPerson(random: () => number) {
  const family = pick(SPANISH_FAMILY, random)
  const trade = pick(SPANISH_TRADES, random)
  return { name: `${pick(SPANISH_GIVEN, random)} ${family}`, trade, company: `${trade} ${family}` }
}

/** Two people may have one name, never one address. */
function emailOf(name: string, index: number): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z]+/g, '.')
  return `${plain}.${index + 1}@example.com`
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!
}

export function shuffled<T>(items: T[], random: () => number): T[] {
  return items.map((item) => ({ item, place: random() })).sort((one, other) => one.place - other.place).map(({ item }) => item)
}
