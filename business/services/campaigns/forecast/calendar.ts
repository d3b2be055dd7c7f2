/** Questions to calling times, which are openings and closings in turn (seconds since 1970), and to the midnights of a zone. */

const hour = 3600
const twoDays = 48 * hour
/** A part of the day ends at noon, at five and at midnight of the contact's clock. */
const partEnds = [12 * hour, 17 * hour, 24 * hour] as const

/** How many of the sorted values are at or before that moment. */
function countUpTo(values: readonly number[], moment: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (values[middle]! <= moment) low = middle + 1
    else high = middle
  }
  return low
}

export function isOpen(edges: readonly number[], moment: number): boolean {
  return countUpTo(edges, moment) % 2 === 1
}

/** That moment while it is open, else the next opening; Infinity when none is known. */
export function nextOpen(edges: readonly number[], moment: number): number {
  const before = countUpTo(edges, moment)
  return before % 2 === 1 ? moment : edges[before] ?? Infinity
}

/** When what is open closes; nothing is asked of a closed one. */
export function closesAt(edges: readonly number[], moment: number): number {
  return edges[countUpTo(edges, moment)] ?? Infinity
}

/** The last midnight at or before a moment. */
export function midnightBefore(midnights: readonly number[], moment: number): number {
  return midnights[countUpTo(midnights, moment) - 1] ?? moment
}

export function midnightAfter(midnights: readonly number[], moment: number): number {
  return midnights[countUpTo(midnights, moment)] ?? Infinity
}

/** 0 morning, 1 afternoon, 2 evening. */
export function dayPart(midnights: readonly number[], moment: number): number {
  const since = moment - midnightBefore(midnights, moment)
  return since < partEnds[0] ? 0 : since < partEnds[1] ? 1 : 2
}

interface Calendar { edges: readonly number[], midnights: readonly number[] }

/** The first open moment, in another part of the day than the one to avoid when there is one within two days; as private.next_dial_at answers. */
export function nextDialAt({ edges, midnights }: Calendar, earliest: number, avoidPart: number | null): number {
  const plain = nextOpen(edges, earliest)
  let candidate = plain
  while (avoidPart !== null && candidate <= plain + twoDays && candidate < Infinity) {
    if (dayPart(midnights, candidate) !== avoidPart) return candidate
    candidate = nextOpen(edges, midnightBefore(midnights, candidate) + (partEnds[avoidPart] ?? 0))
  }
  return plain
}
